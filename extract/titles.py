"""Chooses a page's headline: not the site's name, not a section, not the part after the bar."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.labels import crawl_stamp
from extract.model import ParsedPage
from extract.words import words

_TAIL = re.compile(r"\s+(?:[|»·•–—]|-{1,2}|:{2})\s+(?P<tail>[^|»·•–—]{2,60})$")
_HEAD = re.compile(r"^(?P<head>[\w .'-]{2,40})\s+(?:[|»:])\s+")
_NOT_A_TITLE = re.compile(
    r"^(home|news|menu|search|login|article|page not found|untitled|video|photos?)$", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*[•·*|>-]")
_MIN_WORDS, _MAX_WORDS = 3, 30
_SAME_TITLE = 0.5  # share of words that makes the heading and the head's title the same headline


def headline(page: ParsedPage) -> tuple[str | None, str | None]:
    """Return (title, source) from a page's markup or its source row; (None, None) when neither has one."""
    candidates = [tuple(entry.split("\t", 1)) for entry in page.titles]
    given = next((title for source, title in candidates if source == "given"), None)
    if given:
        return given, "given"
    names = {page.site_name or "", page.outlet_id or ""}
    cleaned = [(source, without_outlet(title, names)) for source, title in candidates]
    usable = [(source, title) for source, title in cleaned if not _NOT_A_TITLE.match(title) and title not in names]
    headings = [title for source, title in usable if source == "heading"]
    declared = [(source, title) for source, title in usable if source != "heading"]
    if not declared:
        return (headings[0], "heading") if len(headings) == 1 else (None, None)
    for title in headings:
        if any(_overlap(title, other) >= _SAME_TITLE for _, other in declared):
            return title, "heading"
    return declared[0][1], declared[0][0]


def without_outlet(title: str, names: set[str]) -> str:
    """Return a title without the outlet's name before or after it."""
    folded = {_folded(name) for name in names if name}
    head = _HEAD.match(title)
    if head and _folded(head.group("head")) in folded:
        title = title[head.end() :]
    tail = _TAIL.search(title)
    while tail and len(words(title[: tail.start()])) >= _MIN_WORDS:
        title = title[: tail.start()]
        tail = _TAIL.search(title)
    return title


def _folded(name: str) -> str:
    return re.sub(r"\W|^the\s", "", name.casefold())


def _overlap(left: str, right: str) -> float:
    first, second = Counter(words(left)), Counter(words(right))
    shared = sum((first & second).values())
    return shared / max(1, min(sum(first.values()), sum(second.values())))


def headline_line(lines: Sequence[str | None], body_start: int) -> int | None:
    """Return the index of a dump's headline among the lines before the body; None when no line looks like one.

    Lines that are known to be something else are None.

    A headline stands twice in many dumps (in the page's title and above the text), so repetition wins; then the line
    nearest the top.
    """
    keys = [" ".join(words(line or "")) for line in lines]
    shapes: list[tuple[int, int]] = []
    for index in range(min(body_start, len(lines))):
        line = lines[index]
        if line is None:
            continue
        text = line[crawl_stamp(line) :]
        size = len(words(text))
        is_shaped = (
            _MIN_WORDS < size <= _MAX_WORDS and not _BULLET.match(text) and not text.rstrip().endswith((".", "…", ","))
        )
        if is_shaped and "»" not in text and "|" not in text:
            own = " ".join(words(text))
            times = sum(own in key for key in keys[: body_start + 1] if key)
            shapes.append((-min(times, 2), index))
    return min(shapes)[1] if shapes else None
