"""Chooses a page's headline: not the site's name, not a section, not the part after the bar. Alternatives are kept."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.model import ParsedPage, Title, TitleCandidate
from extract.urls import host_of, site_of
from extract.words import words

_BAR = re.compile(r"(?:\s+[|»·•]\s+|\s*[｜│]\s*)[^|»·•｜│]{2,60}$")  # what follows a bar is no part of a headline
_DASH = re.compile(r"(?:\s+(?:[–—]|-{1,2}|:{1,2})\s+|\s*[：_])(?P<tail>[^–—：_]{2,60})$")  # after a dash it may well be
_HEAD = re.compile(r"^(?P<head>[\w .'-]{2,40}?)(?:\s+[|»:–—-]\s+|:\s+)")
_NOT_A_TITLE = re.compile(
    r"^(home|news|menu|search|login|article|page not found|untitled|video|photos?)$", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*[•·*|>-]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # hyphenation marks and joiners
_NO_END = (".", "…", ",")
_MIN_WORDS, _MAX_WORDS = 3, 30
HEAD_LINES = 150  # above the body; menus of thousands of entries stand further up
_TELLING_NAME = 5  # letters; shorter names ("bt", "mk") stand inside ordinary words
_SAME_TITLE = 0.5  # share of words that makes the heading and the head's title the same headline
_WORD_START = re.compile(r"(?<=\s)[\"“‘«„'(¿¡]*\w")
_OWN_COLON = re.compile(r"\w[:：]\s*$")  # "Culture : Why" is set apart, "Oslo: Ferries" is not
_LONE_HEADING_WORDS = 4
_KICKER_WORDS = 3
# How much a source's word counts. What readers see above the text wins, unless JSON-LD and Open Graph agree against it:
# then it is mostly a heading of the site. Twitter's title is mostly a copy of Open Graph's, the head's of the heading.
# Of 510 pages of the evaluation sets 463 titles are right; choosing the weights on four fifths of the sites and
# measuring on the fifth left 460, the heading alone 453.
_WEIGHTS = {"heading": 2.0, "json_ld": 1.5, "open_graph": 1.0, "twitter": 0.2, "meta": 0.3, "head_title": 0.3}


def read_titles(page: ParsedPage) -> list[Title]:
    """Return every title a page's markup or its source row gives, cleaned; at most one of them is chosen."""
    names = {page.site_name or "", page.outlet_id or "", _site_label(page.canonical_url)} - {""}
    distinct = {candidate.title for candidate in page.titles}
    bare = {title: without_outlet(clean_title(title), names) for title in distinct}
    cleaned = [bare[candidate.title] for candidate in page.titles]
    refused = _refusals(page.titles, cleaned, {_folded(name) for name in names})
    keyed = {title: " ".join(words(title)) for title in bare.values()}
    keys = [keyed[title] for title in cleaned]
    places = [place for place, reason in enumerate(refused) if reason is None]
    for place in places:
        shorter = _without_kicker(place, places, cleaned, keys)
        if shorter is not None:
            cleaned[place], keys[place] = shorter, " ".join(words(shorter))
    chosen = _chosen(page.titles, keys, places)
    return [
        Title(number, candidate.source, candidate.title, cleaned[number], number == chosen, reason)
        for number, candidate in enumerate(page.titles)
        for reason in [refused[number] or _reason(number, chosen, keys)]
    ]


def headline(titles: Sequence[Title]) -> tuple[str | None, str | None]:
    """Return (title, source) of the chosen one; (None, None) when none is."""
    return next(((title.title, title.source) for title in titles if title.is_chosen), (None, None))


def heading_texts(titles: Sequence[Title]) -> list[str]:
    """Return the headings of the page that may be its headline, as written."""
    return [
        one.original_text
        for one in titles
        if one.source == "heading" and (one.is_chosen or "page agrees" in one.reason)
    ]


def with_line(titles: Sequence[Title], lines: Sequence[str]) -> list[Title]:
    """Return the titles with the first of the lines that are headlines, where nothing else gives one."""
    if any(one.is_chosen for one in titles) or not lines:
        return list(titles)
    line = Title(len(titles), "line", lines[0].strip(), clean_title(lines[0]), True, "a line above the text")
    return [*titles, line]


def clean_title(text: str) -> str:
    """Return a title on one line, without marks that nobody sees; as written when nothing else would be left."""
    return " ".join(_UNSEEN.sub("", text).split()) or text


def _refusals(candidates: Sequence[TitleCandidate], cleaned: Sequence[str], names: set[str]) -> list[str | None]:
    """Return for each candidate why it is no headline; None when it may be one."""
    refused: list[str | None] = [
        "names the outlet or a section" if _NOT_A_TITLE.match(title) or _folded(title) in names else None
        for title in cleaned
    ]
    usable = [place for place, reason in enumerate(refused) if reason is None]
    headings = [place for place in usable if candidates[place].source == "heading"]
    declared = [place for place in usable if candidates[place].source != "heading"]
    counted = {title: Counter(words(title)) for title in {cleaned[place] for place in usable}}
    others = [counted[title] for title in dict.fromkeys(cleaned[place] for place in declared)]
    shared = {
        place: max((_overlap(counted[cleaned[place]], other) for other in others), default=(0, 0.0))
        for place in headings
    }
    is_lone = len(headings) == 1 and (
        not declared
        or (
            all(candidates[place].source == "head_title" for place in declared)
            and len(words(cleaned[headings[0]])) >= _LONE_HEADING_WORDS
        )
    )
    # Of several headings that resemble what the page declares the one that shares most with it counts.
    best = max(shared, key=lambda place: shared[place][0], default=None)
    for place in headings:
        if not is_lone and (place != best or shared[place][1] < _SAME_TITLE):
            refused[place] = "a heading unlike the title the page declares"
    return refused


def _chosen(candidates: Sequence[TitleCandidate], keys: Sequence[str], places: Sequence[int]) -> int | None:
    """Return the candidate that most of the weight agrees on, the first where weights are equal; None without any."""
    given = next((place for place, candidate in enumerate(candidates) if candidate.source == "given"), None)
    if given is not None or not places:
        return given
    votes = dict.fromkeys((keys[place] for place in places), 0.0)
    for source, key in dict.fromkeys((candidates[place].source, keys[place]) for place in places):
        votes[key] += _WEIGHTS[source]
    return max(places, key=lambda place: (votes[keys[place]], -place))


def _reason(number: int, chosen: int | None, keys: Sequence[str]) -> str:
    if chosen is None:
        return "nothing to choose"
    if number == chosen:
        return "the headline most of the page agrees on"
    return "says the same as the chosen one" if keys[number] == keys[chosen] else "less of the page agrees on it"


def _without_kicker(place: int, places: Sequence[int], titles: Sequence[str], keys: Sequence[str]) -> str | None:
    """Return a title without the section before it ("Opinion Why ...") that another candidate lacks; None without one.

    After a colon the words are the headline's own: "Oslo: Ferries stop".
    """
    own = keys[place]
    for other in places:
        rest = keys[other]
        kicker = own.removesuffix(f" {rest}")
        if kicker == own or rest.count(" ") + 1 < _MIN_WORDS or kicker.count(" ") + 1 > _KICKER_WORDS:
            continue
        starts = (found.start() for found in _WORD_START.finditer(titles[place]))
        start = next((start for start in starts if " ".join(words(titles[place][start:])) == rest), None)
        if start and not _OWN_COLON.search(titles[place][:start]):
            return titles[place][start:]
    return None


def _site_label(url: str | None) -> str:
    """Return the name in a site's domain: `tarnpost` of `https://news.tarnpost.example/a`."""
    return (site_of(host_of(url)) or "").split(".")[0]


def without_outlet(title: str, names: set[str]) -> str:
    """Return a title without the outlet's name before or after it, and without what follows a bar."""
    folded = {_folded(name) for name in names}
    head = _HEAD.match(title)
    if head and _folded(head.group("head")) in folded and title[head.end() :].strip():
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
    return tail in names or any(len(name) >= _TELLING_NAME and (name in tail or tail in name) for name in names if tail)


def _folded(name: str) -> str:
    return re.sub(r"\W|^the\s", "", name.casefold())


def _overlap(left: Counter[str], right: Counter[str]) -> tuple[int, float]:
    """Return how many words two titles share, and which share of the shorter one that is."""
    shared = sum((left & right).values())
    return shared, shared / max(1, min(left.total(), right.total()))


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
