"""Chooses a page's headline: not the site's name, not a section, not the part after the bar."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.model import ParsedPage
from extract.urls import host_of, site_of
from extract.words import words

_BAR = re.compile(r"\s+[|»·•]\s+[^|»·•]{2,60}$")  # what follows a bar is no part of a headline
_DASH = re.compile(r"\s+(?:[–—]|-{1,2}|:{2})\s+(?P<tail>[^–—]{2,60})$")  # after a dash it may well be
_HEAD = re.compile(r"^(?P<head>[\w .'-]{2,40})\s+(?:[|»:])\s+")
_NOT_A_TITLE = re.compile(
    r"^(home|news|menu|search|login|article|page not found|untitled|video|photos?)$", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*[•·*|>-]")
_NO_END = (".", "…", ",")
_MIN_WORDS, _MAX_WORDS = 3, 30
HEAD_LINES = 150  # above the body; menus of thousands of entries stand further up
_TELLING_NAME = 5  # letters; shorter names ("bt", "mk") stand inside ordinary words
_SAME_TITLE = 0.5  # share of words that makes the heading and the head's title the same headline


def headline(page: ParsedPage) -> tuple[str | None, str | None]:
    """Return (title, source) from a page's markup or its source row; (None, None) when neither has one."""
    given = next((candidate.title for candidate in page.titles if candidate.source == "given"), None)
    if given:
        return given, "given"
    names = {page.site_name or "", page.outlet_id or "", _site_label(page.canonical_url)} - {""}
    usable = [
        (candidate.source, title)
        for candidate in page.titles
        if (title := without_outlet(candidate.title, names)) not in names and not _NOT_A_TITLE.match(title)
    ]
    headings = [title for source, title in usable if source == "heading"]
    declared = [(source, title) for source, title in usable if source != "heading"]
    if not declared:
        return (headings[0], "heading") if len(headings) == 1 else (None, None)
    for title in headings:
        if any(_overlap(title, other) >= _SAME_TITLE for _, other in declared):
            return title, "heading"
    return declared[0][1], declared[0][0]


def _site_label(url: str | None) -> str:
    """Return the name in a site's domain: `tarnpost` of `https://news.tarnpost.example/a`."""
    return (site_of(host_of(url)) or "").split(".")[0]


def without_outlet(title: str, names: set[str]) -> str:
    """Return a title without the outlet's name before or after it, and without what follows a bar."""
    folded = {_folded(name) for name in names}
    head = _HEAD.match(title)
    if head and _folded(head.group("head")) in folded:
        title = title[head.end() :]
    while cut := _outlet_tail(title, folded):
        title = title[:cut]
    return title


def _outlet_tail(title: str, names: set[str]) -> int | None:
    """Return where the last part of a title begins that is no part of the headline; None when there is none."""
    bar, dash = _BAR.search(title), _DASH.search(title)
    found = bar or (dash if dash and _names_outlet(_folded(dash.group("tail")), names) else None)
    return found.start() if found and len(words(title[: found.start()])) >= _MIN_WORDS else None


def _names_outlet(tail: str, names: set[str]) -> bool:
    return tail in names or any(len(name) >= _TELLING_NAME and (name in tail or tail in name) for name in names)


def _folded(name: str) -> str:
    return re.sub(r"\W|^the\s", "", name.casefold())


def _overlap(left: str, right: str) -> float:
    first, second = Counter(words(left)), Counter(words(right))
    shared = sum((first & second).values())
    return shared / max(1, min(sum(first.values()), sum(second.values())))


def headline_line(lines: Sequence[str | None], keys: Sequence[str], body_start: int) -> int | None:
    """Return the index of a dump's headline among the lines before the body; None when no line looks like one.

    Lines come without a crawler's stamp; those that are known to be something else are None. `keys` are the words of
    each line with spaces between. A headline stands twice in many dumps (in the page's title and above the text), so
    repetition wins; then the line nearest the top. Only the lines near the body are asked.
    """
    near = range(max(0, body_start - HEAD_LINES), min(body_start + 1, len(lines)))
    known = [(index, line, keys[index]) for index in near if (line := lines[index]) is not None]
    shapes = [
        (not any(own in other for place, _, other in known if place != index), index)
        for index, line, own in known
        if index < body_start and _MIN_WORDS < own.count(" ") + 1 <= _MAX_WORDS and _is_shaped(line)
    ]
    return min(shapes)[1] if shapes else None


def _is_shaped(line: str) -> bool:
    return not (_BULLET.match(line) or line.rstrip().endswith(_NO_END) or "»" in line or "|" in line)
