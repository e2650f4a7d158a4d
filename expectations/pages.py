"""Pages for people: one per gate that says what failed and what to do, and Data Docs that open without a network."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expectations.report import GateReport, Outcome

STYLES = Path(__file__).parent / "styles"
REMOTE = re.compile(
    r"<link\b[^>]*\bhref=\"(?:https?:)?//[^>]*>"
    r"|<script\b[^>]*\bsrc=\"(?:https?:)?//[^>]*>\s*</script>"
    r"|<img\b[^>]*\bsrc=\"(?:https?:)?//[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
REMOTE_IN_STYLE = re.compile(r"url\(['\"]?(?:https?:)?//[^)]*\)", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b.*?</script>", re.IGNORECASE | re.DOTALL)


def make_readable_offline(docs_dir: Path) -> None:
    """Replace what Great Expectations' Data Docs load from the network by a style sheet of our own.

    Their pages are laid out with Bootstrap and scripts from four content networks. Without these the scripts only
    fail, so they go too; folded parts are shown unfolded. Their index is made of scripts only: it leads to ours.
    """
    style = "<style>" + (STYLES / "data_docs.css").read_text(encoding="utf-8") + "</style>"
    for page in sorted(docs_dir.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        text = SCRIPT.sub("", REMOTE.sub("", text))
        text = REMOTE_IN_STYLE.sub("none", text)
        page.write_text(text.replace("</head>", style + "</head>", 1), encoding="utf-8")
    (docs_dir / "index.html").write_text(
        "<!doctype html><meta charset='utf-8'><title>Data Docs</title>"
        "<meta http-equiv='refresh' content='0; url=../index.html'><a href='../index.html'>To the gate</a>\n",
        encoding="utf-8",
    )


def write_gate_page(report: GateReport) -> None:
    """Write the page of a gate: what stops the run first, then warnings, then what is met."""
    verdict = "stopped" if report.stopped else "passed with warnings" if report.warned else "passed"
    tone = "stop" if report.stopped else "warn" if report.warned else "met"
    sections = [
        _section("What stopped the run", "stop", report.stopped),
        _section("What to look at", "warn", report.warned),
        _section("What holds", "met", report.met),
    ]
    title = f"Gate “{report.gate}”, night {report.night}"
    style = (STYLES / "gate.css").read_text(encoding="utf-8")
    report.page.write_text(
        f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{escape(title)}: {verdict}</title>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'><style>{style}</style></head><body><main>"
        f"<header><h1>{escape(title)}</h1><p class='verdict {tone}'>{verdict}</p>"
        f"<p>{len(report.met)} of {len(report.outcomes)} expectations hold, {len(report.warned)} warn, "
        f"{len(report.stopped)} stop the run. "
        f"Great Expectations' own pages: {_data_docs_links(report.page.parent)}.</p></header>"
        f"{''.join(sections)}</main></body></html>\n",
        encoding="utf-8",
    )


def _data_docs_links(folder: Path) -> str:
    pages = sorted((folder / "data_docs" / "validations").rglob("*.html"))
    links = [(page.relative_to(folder).as_posix(), page.parents[2].name.replace("_", " ")) for page in pages]
    return ", ".join(f"<a href='{escape(address)}'>{escape(name)}</a>" for address, name in links)


def _section(heading: str, tone: str, outcomes: list[Outcome]) -> str:
    if not outcomes:
        return ""
    cards = "".join(_card(tone, outcome) for outcome in outcomes)
    return f"<section><h2>{escape(heading)} <small>{len(outcomes)}</small></h2>{cards}</section>"


def _card(tone: str, outcome: Outcome) -> str:
    expectation = outcome.expectation
    rows = [
        ("Found", outcome.observed),
        ("Expected", expectation.expected),
        ("Why", expectation.why),
        ("Next step", expectation.next_step),
    ]
    shown = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in rows)
    name = expectation.name.replace("_", " ").capitalize()
    return (
        f"<details class='{tone}'{'' if outcome.is_met else ' open'}><summary>{escape(name)}"
        f"<code>{expectation.severity}</code></summary><dl>{shown}</dl></details>"
    )
