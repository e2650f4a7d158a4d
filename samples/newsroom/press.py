"""How a text becomes a printed page: the outlet's edits, its layout and its template."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])|(?<=[.!?][\"”])\s+(?=[A-Z\"“])")
PARAGRAPHS_PER_SEGMENT = 3  # enough siblings to defeat a reader that takes one container for the body


def body_as_printed(paragraphs: list[str], page: dict[str, Any], *, one_sentence_per_line: bool) -> list[str]:
    """Apply what the outlet did to a text, in this order: choose, replace, add, dateline, merge or split.

    Args:
        paragraphs: The full text.
        page: The page's entry in its night.
        one_sentence_per_line: The outlet's dumps break after every sentence.

    Returns:
        The body's paragraphs, or lines, as the page shows them.

    Raises:
        ValueError: An edit names words or a number of paragraphs that the text does not have.
    """
    chosen = [paragraphs[number - 1] for number in page.get("paragraphs", range(1, len(paragraphs) + 1))]
    for old, new in page.get("replace", {}).items():
        if sum(paragraph.count(old) for paragraph in chosen) != 1:
            raise ValueError(f"{old!r} is not there exactly once")
        chosen = [paragraph.replace(old, new) for paragraph in chosen]
    chosen += [line for line in page.get("add", "").splitlines() if line]
    chosen[0] = page.get("dateline", "") + chosen[0]
    if one_sentence_per_line:
        return [sentence for paragraph in chosen for sentence in SENTENCE_END.split(paragraph)]
    if "merge" in page:
        if sum(page["merge"]) != len(chosen):
            raise ValueError(f"merge {page['merge']} does not cover {len(chosen)} paragraphs")
        remaining = iter(chosen)
        return [" ".join(next(remaining) for _ in range(size)) for size in page["merge"]]
    return chosen


def segments(body: list[str]) -> list[list[str]]:
    """Cut a body into the sibling containers that some outlets spread it over."""
    return [body[start : start + PARAGRAPHS_PER_SEGMENT] for start in range(0, len(body), PARAGRAPHS_PER_SEGMENT)]


def rotated(items: list[Any], number: int) -> list[Any]:
    """The items, starting from a place that depends on the page's number."""
    start = number % len(items) if items else 0
    return items[start:] + items[:start]


def render(template: str, words: dict[str, Any]) -> str:
    """Print a page; HTML is escaped, a name that the template does not know is an error."""
    return ENVIRONMENT.get_template(template).render(words)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _local(moment: date, pattern: str, zone: str) -> str:
    return (moment.astimezone(ZoneInfo(zone)) if isinstance(moment, datetime) else moment).strftime(pattern)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _american(moment: datetime, zone: str) -> str:
    """As in `Jan. 8, 2026, 7:20 a.m. CST`; all sample pages are from January, the only short month written here."""
    half = "a.m." if moment.astimezone(ZoneInfo(zone)).hour < 12 else "p.m."
    return f"{_local(moment, '%b. %-d, %Y, %-I:%M', zone)} {half} {_local(moment, '%Z', zone)}"


def _json(value: Any) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))


def _linked(paragraph: str, tags: list[str]) -> Markup:
    """The paragraph with the first tag that it names made a link, as newsrooms' systems do."""
    escaped = str(escape(paragraph))
    for tag in tags:
        if tag in escaped:
            return Markup(escaped.replace(tag, f'<a href="/topic/{_slug(tag)}">{tag}</a>', 1))
    return Markup(escaped)


def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).resolve().parent / "templates")
    environment = Environment(
        loader=loader,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "american": _american,
        "json": _json,
        "linked": _linked,
        "local": _local,
        "slug": _slug,
        "utc": _utc,
    }
    environment.tests["day"] = lambda moment: not isinstance(moment, datetime)
    return environment


ENVIRONMENT = _environment()
