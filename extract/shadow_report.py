"""What a shadow run found, for people: a table for the terminal, and one page of HTML that needs no network."""

from __future__ import annotations

from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extract.compare import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.compare import FieldChange, PageComparison
    from extract.shadow import OutletLine, Shadow

_WORST_ON_TERMINAL = 10
_TELLING_CHARACTERS = 90  # of a text, on a line of the terminal
# Column of OutletLine -> its heading; the quiet ones are left out of the terminal when they are zero throughout.
_COLUMNS = {
    "pages": "pages",
    "unchanged": "same",
    "changed": "changed",
    "newly_accepted": "newly accepted",
    "newly_quarantined": "newly quarantined",
    "failed": "failed",
    "agreement": "agreement",
    "words_lost": "words lost",
    "words_gained": "words gained",
    "titles": "titles changed",
    "dates": "dates changed",
}
_QUIET = ("newly_accepted", "newly_quarantined", "failed", "titles", "dates")


def render(shadow: Shadow) -> RenderableType:
    """Return the outcome for a terminal of 110 columns."""
    title = Text.assemble(
        ("Shadow", "bold"), f"  extractor {shadow.extractor}  ", (f"beside release {shadow.release}", "dim")
    )
    parts: list[RenderableType] = [
        Rule(title, align="left", style="cyan"),
        Padding(Text(headline(shadow) + "\n" + versions(shadow)), (1, 1)),
        Padding(_outlet_table(shadow), (0, 1)),
    ]
    if shadow.worst:
        parts.append(Padding(Text("Worst pages first", style="bold cyan"), (1, 1, 0, 1)))
        parts += [Padding(_page_lines(page), (0, 1)) for page in shadow.worst[:_WORST_ON_TERMINAL]]
    parts.append(Padding(Text(verdict(shadow), style="bold"), (1, 1, 0, 1)))
    return Group(*parts)


def headline(shadow: Shadow) -> str:
    """Return the counts in one sentence."""
    counts = ", ".join(
        f"{shadow.count(change):,} {_said(change)}"
        for change in Change
        if shadow.count(change) or change is Change.UNCHANGED
    )
    nights = shadow.nights[0] if len(shadow.nights) == 1 else f"{len(shadow.nights)} nights"
    return f"{shadow.pages:,} of {shadow.readable_pages:,} pages of {nights} read again: {counts}"


def versions(shadow: Shadow) -> str:
    """Return what read the pages before and now."""
    return f"stored: {', '.join(shadow.stored_versions)}\nnow:    {shadow.version}"


def verdict(shadow: Shadow) -> str:
    """Return what to do next."""
    if shadow.is_in_use:
        return (
            "Nothing to accept: the next night reads like this already. "
            "To stay with the stored reading, go back to the version that made it."
        )
    return (
        f"Nothing is switched. To let nights read like this from the next one on:\nmake shadow-accept {shadow.asked_as}"
    )


def _said(name: str) -> str:
    return name.replace("_", " ")


def _cell(line: OutletLine, column: str) -> str:
    value = getattr(line, column)
    if isinstance(value, float):
        return f"{value:.3f}"
    return "" if value is None else f"{value:,}"


def _outlet_table(shadow: Shadow) -> Table:
    columns = [name for name in _COLUMNS if name not in _QUIET or shadow.count(name)]
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("outlet", no_wrap=True)
    for name in columns:
        table.add_column(_COLUMNS[name], justify="right")
    for line in shadow.outlets:
        style = "" if line.unchanged < line.pages else "dim"
        table.add_row(Text(line.outlet_id), *(_cell(line, name) for name in columns), style=style)
    return table


def _page_lines(page: PageComparison) -> Text:
    text = Text(overflow="ellipsis", no_wrap=True)
    text.append(f"{page.agreement:.3f} ", style="yellow")
    text.append(f"{_said(page.change)}  {page.page_id}  {page.outlet_id}  {page.url or page.origin}")
    if page.detail:
        text.append(f"\n      {_one_line(page.detail)}", style="red")
    for sign, style, count, texts in (("lost", "red", page.words_lost, page.lost),
                                      ("gained", "green", page.words_gained, page.gained)):  # fmt: skip
        if texts:
            text.append(
                f"\n      {sign} {count:,} {'word' if count == 1 else 'words'}: {_one_line(texts[0])}", style=style
            )
    for change in page.fields:
        shown = f"{_one_line(change.before or 'none', 40)} -> {_one_line(change.after or 'none', 40)}"
        text.append(f"\n      {change.name}: {shown}", style="dim")
    if _only_spacing(page):
        text.append("\n      the same words, spaced or punctuated otherwise", style="dim")
    return text


def _only_spacing(page: PageComparison) -> bool:
    return page.change == Change.CHANGED and not page.fields and not page.words_lost + page.words_gained


def _one_line(text: str, most: int = _TELLING_CHARACTERS) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def html_report(shadow: Shadow) -> str:
    """Return the report: verdict, a table of outlets, and the changed pages, worst first."""
    title = f"Shadow of {shadow.release}: extractor {shadow.extractor}"
    changed = shadow.pages - shadow.count("unchanged")
    shown = (
        "" if changed <= len(shadow.worst) else f", of which {len(shadow.worst)} are shown; all are in pages.parquet"
    )
    style = resources.files("extract").joinpath("shadow.css").read_text("utf-8")
    pages = "".join(_page_html(page) for page in shadow.worst)
    return (
        f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'><style>{style}</style></head><body><main>"
        f"<header><h1>{escape(title)}</h1><p>{escape(headline(shadow))}.</p><pre>{escape(versions(shadow))}</pre>"
        f"<p class='verdict'>{escape(verdict(shadow))}</p></header>"
        f"<section><h2>By outlet</h2>{_outlets_html(shadow.outlets)}"
        "<p class='note'>Agreement: share of the words of both bodies that stand in a run of four which both "
        "have; mean over the pages that have a body before or after.</p></section>"
        f"<section><h2>Pages that would change, worst first <small>{changed:,}{shown}</small></h2>"
        f"{pages or '<p>None.</p>'}</section></main></body></html>\n"
    )


def _outlets_html(lines: Sequence[OutletLine]) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in ("outlet", *_COLUMNS.values()))
    rows = "".join(_row_html(line) for line in lines)
    return f"<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"


def _row_html(line: OutletLine) -> str:
    numbers = "".join(f"<td>{_cell(line, name)}</td>" for name in _COLUMNS)
    quiet = " class='quiet'" if line.unchanged == line.pages else ""
    return f"<tr{quiet}><th scope='row'>{escape(line.outlet_id)}</th>{numbers}</tr>"


def _page_html(page: PageComparison) -> str:
    facts = "".join(_fact_html(*fact) for fact in _facts(page))
    texts = "".join(f"<del>{escape(text)}</del>" for text in page.lost)
    texts += "".join(f"<ins>{escape(text)}</ins>" for text in page.gained)
    counts = f"{page.words_before:,} words before, {page.words_after:,} after"
    place = f"{page.outlet_id} · {page.url or page.origin}"
    return (
        f"<details class='{page.change}' open><summary><b>{page.agreement:.3f}</b> {_said(page.change)} "
        f"<span>{escape(place)}</span></summary><dl>{facts}</dl>"
        f"<p class='note'>{counts}, {page.words_lost:,} lost, {page.words_gained:,} gained</p>{texts}</details>"
    )


def _facts(page: PageComparison) -> list[tuple[str, str]]:
    facts = [("page", f"{page.page_id}, night {page.night}, {page.media} from {page.source_id}: {page.origin}")]
    if page.detail:
        facts.append(("why", page.detail))
    if _only_spacing(page):
        facts.append(("body", "the same words, spaced or punctuated otherwise"))
    return facts + [(change.name, _arrow(change)) for change in page.fields]


def _arrow(change: FieldChange) -> str:
    return f"{change.before or 'none'} → {change.after or 'none'}"


def _fact_html(name: str, text: str) -> str:
    return f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>"
