"""Pages for people: one per gate that says what failed and what to do, and Data Docs that open without a network."""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html

if TYPE_CHECKING:
    from expectations.report import GateReport, Outcome

STYLES = Path(__file__).parent / "styles"
RUNBOOKS = Path(__file__).parents[1] / "docs" / "runbooks"
PLACES_SHOWN = 4  # of one body
# Of a page of Data Docs: what a reader came for, and what of it is dead without scripts or tells when it was made.
COLUMN = "//div[contains(@class, 'col-md-10')]"
DEAD = (
    ".//script | .//style | .//link | .//img | .//button | .//input | .//a[@data-toggle]"
    " | .//*[contains(@class, 'modal')] | .//*[contains(@class, 'collapse')][.//h6[contains(., 'Batch Spec')]]"
)


def make_readable_offline(docs_dir: Path) -> None:
    """Put what Great Expectations' Data Docs say into pages of our own; one a suite, and one for what it expects.

    Their pages are laid out with Bootstrap and scripts from four content networks, carry a newsletter, a tour and
    filters that do nothing without these, and lie in folders named after the second of the run.
    """
    for page in sorted((docs_dir / "validations").rglob("*.html")):
        suite = page.relative_to(docs_dir / "validations").parts[0]
        _rewrite(page, docs_dir / f"{suite}.html", f"What was found: {suite.replace('_', ' ')}", "../index.html")
    for page in sorted((docs_dir / "expectations").glob("*.html")):
        _rewrite(page, page, f"What is expected: {page.stem.replace('_', ' ')}", "../../index.html")
    for folder in ("validations", "static"):
        shutil.rmtree(docs_dir / folder, ignore_errors=True)
    (docs_dir / "index.html").write_text(
        "<!doctype html><meta charset='utf-8'><title>Data Docs</title>"
        "<meta http-equiv='refresh' content='0; url=../index.html'><a href='../index.html'>To the gate</a>\n",
        encoding="utf-8",
    )


def _rewrite(source: Path, page: Path, title: str, back: str) -> None:
    whole = lxml.html.document_fromstring(source.read_text(encoding="utf-8"))
    column = (whole.xpath(COLUMN) or [whole.body])[0]
    for dead in column.xpath(DEAD):
        dead.drop_tree()
    for element in column.iter(lxml.etree.Element):
        element.attrib.pop("style", None)
        if "expectations/" in element.get("href", ""):
            element.set("href", "expectations/" + element.get("href").rsplit("/", 1)[1])
    style = _style() + (STYLES / "data_docs.css").read_text(encoding="utf-8")
    page.write_text(
        f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'><style>{style}</style></head><body><main>"
        f"<header><p><a href='{back}'>Back to the gate</a></p><h1>{escape(title)}</h1></header>"
        f"{lxml.html.tostring(column, encoding='unicode')}</main></body></html>\n",
        encoding="utf-8",
    )


def write_gate_page(report: GateReport) -> None:
    """Write the page of a gate: what stops the run first, then warnings, then what is met."""
    verdict = "stopped" if report.stopped else "passed with warnings" if report.warned else "passed"
    tone = "stop" if report.stopped else "warn" if report.warned else "met"
    sections = [
        _consequence(report),
        _section("What stopped the run", "stop", report.stopped, report),
        _section("What to look at", "warn", report.warned, report),
        _worst_bodies(report),
        _section("What holds", "met", report.met, report),
    ]
    title = f"Gate “{report.gate}”, night {report.night}"
    runbooks = _copy_runbooks(report)
    style = _style()
    report.page.write_text(
        f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{escape(title)}: {verdict}</title>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'><style>{style}</style></head><body><main>"
        f"<header><h1>{escape(title)}</h1><p class='verdict {tone}'>{verdict}</p>"
        f"<p>{len(report.met)} of {len(report.outcomes)} expectations hold, {len(report.warned)} warn, "
        f"{len(report.stopped)} stop the run. "
        f"Runbooks: {_links(runbooks)}. "
        f"Great Expectations' own pages: {_links(_data_docs(report.page.parent))}.</p></header>"
        f"{''.join(sections)}</main></body></html>\n",
        encoding="utf-8",
    )


def _style() -> str:
    return (STYLES / "gate.css").read_text(encoding="utf-8")


def _copy_runbooks(report: GateReport) -> list[tuple[str, str]]:
    """Put the runbooks of the gate's groups beside its page, so that its links hold wherever the page is taken to."""
    folder = report.page.parent / "runbooks"
    folder.mkdir()
    groups = dict.fromkeys(outcome.expectation.group for outcome in report.outcomes)
    for group in groups:
        text = (RUNBOOKS / f"{group}.md").read_text(encoding="utf-8")
        (folder / f"{group}.html").write_text(
            f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>Runbook: {escape(group)}</title>"
            f"<style>{_style()}</style></head><body><main>{runbook_html(text)}</main></body></html>\n",
            encoding="utf-8",
        )
    return [(f"runbooks/{group}.html", group) for group in groups]


def runbook_html(text: str) -> str:
    """HTML of a runbook: headings, paragraphs, items, fenced code and code words are all that runbooks use."""
    parts = []
    for number, part in enumerate(re.split(r"^```\w*\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)):
        if number % 2:
            parts.append(f"<pre>{escape(part)}</pre>")
            continue
        for block in filter(None, (block.strip() for block in part.split("\n\n"))):
            words = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(block, quote=False))
            if heading := re.match(r"(#+) (.*)", words):
                level = len(heading[1])
                anchor = heading[2].replace(" ", "-")
                parts.append(f"<h{level} id='{escape(anchor)}'>{heading[2]}</h{level}>")
            elif words.startswith("- "):
                items = "".join(f"<li>{item}</li>" for item in re.split(r"(?:^|\n)- ", words)[1:])
                parts.append(f"<ul>{items}</ul>")
            else:
                parts.append(f"<p>{words}</p>")
    return "".join(parts)


def _data_docs(folder: Path) -> list[tuple[str, str]]:
    pages = [page for page in sorted((folder / "data_docs").glob("*.html")) if page.name != "index.html"]
    return [(page.relative_to(folder).as_posix(), page.stem.replace("_", " ")) for page in pages]


def _links(links: list[tuple[str, str]]) -> str:
    return ", ".join(f"<a href='{escape(address)}'>{escape(name)}</a>" for address, name in links)


def _consequence(report: GateReport) -> str:
    if not report.stopped:
        return ""
    return (
        "<p class='consequence'>The night was not published. Readers still see the release before it; nothing they "
        "can reach has changed. Mend the cause and run the night again: it is replaced, never added twice.</p>"
    )


def _worst_bodies(report: GateReport) -> str:
    if not report.worst:
        return ""
    rows = "".join(
        f"<tr><td><code>{escape(body.article_id)}</code><br>{escape(body.outlet_id or 'outlet unknown')}</td><td>"
        + "".join(f"<p><b>{escape(detector)}</b> {escape(place)}</p>" for detector, place in body.places[:PLACES_SHOWN])
        + "</td></tr>"
        for body in report.worst
    )
    return (
        f"<section><h2>The worst bodies <small>{len(report.worst)}</small></h2><table><thead><tr><th>Article</th>"
        f"<th>What stands in it</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _section(heading: str, tone: str, outcomes: list[Outcome], report: GateReport) -> str:
    if not outcomes:
        return ""
    cards = "".join(_card(tone, outcome, report) for outcome in outcomes)
    return f"<section><h2>{escape(heading)} <small>{len(outcomes)}</small></h2>{cards}</section>"


def _card(tone: str, outcome: Outcome, report: GateReport) -> str:
    expectation = outcome.expectation
    first = report.since.get(expectation.name)
    rows = [
        ("Found", outcome.observed.partition(", such as ")[0]),
        *(("Where", example) for example in outcome.examples),
        *([] if outcome.is_met else [("Since", f"the night {first}" if first else "this night")]),
        ("Expected", expectation.expected),
        ("Why", expectation.why),
        ("Next step", expectation.next_step),
    ]
    shown = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in rows)
    name = expectation.name.replace("_", " ").capitalize()
    guide = f"<a href='runbooks/{expectation.group}.html#{expectation.name}'>{escape(expectation.group)}</a>"
    return (
        f"<details class='{tone}'{'' if outcome.is_met else ' open'}><summary>{escape(name)}"
        f"<code>{expectation.severity}</code></summary><dl>{shown}<dt>Runbook</dt><dd>{guide}</dd></dl></details>"
    )
