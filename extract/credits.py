"""Who wrote a text: people in the byline, the agency a credit names, the dateline."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import attrgetter

from extract.agencies import AgencyTable
from extract.bylines import (
    AGENCY,
    DESK,
    ORGANISATION,
    PERSON,
    UPSTREAM,
    Named,
    folded,
    has_lead,
    is_dated,
    is_dated_name,
    is_lead,
    is_lone_name,
    other_hands,
    split_byline,
)
from extract.datelines import DATELINE
from extract.model import AuthorCandidate, Credit, Zone

Split = Callable[..., list[Named]]  # split_byline, knowing the agencies and the outlet

_BY = re.compile(r"^\s*(?:written\s+|reported\s+|posted\s+)?by:?\s+", re.IGNORECASE)
_NAME_CHARS = 60
# Where a text comes from, in the words of those who pass it on.
_UPSTREAM = re.compile(
    r"""^\W*(?:(?:sources?|via|quellen?|fuentes?|fonte|bron|källa|kilde|kaynak|źródło|источники?|agenc(?:y|ies)|credits?)\s?[:：]
        | (?:with\s)?inputs?\sfrom
        | (?:this\s(?:story|article|report)\s)?(?:was\s)?(?:first|originally)\s(?:appeared|published)\s(?:in|on|by|at))
        \s*(?P<name>[^\W\d][^\d:]{1,60}?)[\W\d]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTRIBUTED = re.compile(
    r"(?P<name>[A-Z][\w.&' ]{1,40}?)\s+(?:[a-z]+\s+)?contributed\s+(?:\w+\s+)?to\s+this\s+(?:report|story|article)"
)
_SIGNED = re.compile(r"(?:\s[-–—]{1,2}\s?|\s*\()(?P<name>[^\W\d_][\w .&/-]{1,30}?)\)?[\s.]*$")
_LINE_CHARS = 220  # of a byline; the longest of the evaluation sets, with seven people and their papers, has 190
_BESIDE_NAMES = 40  # characters of a line beside names; with more it is prose that links to people
_OTHER_TEXTS = (Zone.CAPTION, Zone.CREDIT, Zone.ADVERT, Zone.NEWSLETTER, Zone.LEGAL)
_AGENCY_LINE_CHARS = 40
_UPSTREAM_CHARS = 90
_SIGNED_CHARS = 50
_LINES_TO_DATE = 2
_GOING_ON = 3  # lines from one name of a byline to the next: a job, an address
_MAX_SEEN = 12  # people; more stand in lists of other articles


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency named by a text, and the words that name it."""

    name: str
    evidence: str


def credited_agency(named: Iterable[Credit], table: AgencyTable) -> Agency | None:
    """Return the agency among the chosen credits; None when there is none."""
    for one in named:
        name = table.find(one.name) if one.is_chosen and one.role in (AGENCY, UPSTREAM) else None
        if name:
            return Agency(name, one.original_text)
    return None


def find_agency(
    lines: Sequence[tuple[Zone, str]],
    near: Sequence[str],
    trailing: str | None,
    body_start: str,
    authors: Iterable[str],
    table: AgencyTable,
) -> Agency | None:
    """Return the agency a page credits, looking at the surest place first.

    Args:
        lines: (zone, text) of the lines that are not body.
        near: lines between a dump's headline and its body; a menu further up may name agencies too.
        trailing: credit cut from the end of the body, such as "(ANI)".
        body_start: first paragraph, for its dateline.
        authors: authors in the markup.
        table: what is known of agencies.
    """
    dateline = DATELINE.match(body_start)
    places = [trailing or "", (dateline.group("agency") or "") if dateline else "", *authors]
    places += [re.sub(r"^[\w\s]{2,12}:\s*", "", text) for zone, text in lines if zone is Zone.CREDIT]
    places += [_BY.sub("", text) for zone, text in lines if zone is Zone.BYLINE]
    # A bullet or a line that is nothing but an agency's name stands where bylines stand.
    places += [text.strip(" •·*|-–") for text in near if len(text) <= _NAME_CHARS]
    for place in places:
        name = table.find(place) if place else None
        if name:
            return Agency(name, place.strip())
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page near its text, where bylines stand."""

    start: int
    text: str
    zone: Zone
    is_named: bool  # its markup calls it a byline
    is_foot: bool  # it stands below the text
    is_above: bool  # it stands above the headline


def read_credits(
    candidates: Sequence[AuthorCandidate],
    lines: Sequence[Line],
    texts: Sequence[Line],
    outlets: Iterable[str],
    table: AgencyTable,
) -> list[Credit]:
    """Return everybody a page names as its author, in markup and in the lines around its text; the believed are chosen.

    Args:
        candidates: authors in the markup.
        lines: lines around the text.
        texts: first and last lines of the text itself and the credits cut from it, which say where it comes from.
        outlets: names of the outlet, which is no author beside a person.
        table: what is known of agencies.
    """
    own = {folded(name) for name in outlets} - {""}
    split = lru_cache(
        partial(split_byline, find_agency=table.find, outlets=own)
    )  # markup says most names several times
    found = _firsts(
        [*_declared(candidates, split), *_seen(candidates, lines, table, split)],
        attrgetter("source", "is_foot", "is_above", "named"),
    )
    edited = {
        folded(named.name)
        for line in lines
        if len(line.text) <= _LINE_CHARS and (hands := other_hands(line.text, at_start=line.is_foot))
        for named in split(hands, is_field=True)
    }
    chosen, reason = _believed(found, edited, own)
    origin = _upstream(texts, own, table)
    found += origin
    return [
        Credit(
            number,
            one.named.role,
            one.named.name,
            (table.find(one.named.name) if one.named.role in (AGENCY, UPSTREAM) else None) or one.named.name,
            one.source,
            one.span[0],
            one.span[1],
            one in chosen or one in origin,
            "says where the text comes from"
            if one in origin
            else reason
            if one in chosen
            else "said elsewhere, or less surely",
        )
        for number, one in enumerate(found)
    ]


_Span = tuple[int | None, int | None]
_NOWHERE: _Span = (None, None)


def _span(line: Line, name: str) -> _Span:
    """Return where a line says a name, whatever its spaces; nowhere when it was put together from its parts."""
    match = re.search(r"\s+".join(map(re.escape, name.split())), line.text)
    return (line.start + match.start(), line.start + match.end()) if match else _NOWHERE


@dataclass(frozen=True, slots=True)
class _Found:
    named: Named
    source: str
    span: _Span = _NOWHERE
    line: int | None = None
    is_foot: bool = False
    is_above: bool = False
    is_complete: bool = False  # its line has a date of its own: the next names the writer of something else

    @property
    def key(self) -> str:
        return folded(self.named.name)


def _declared(candidates: Sequence[AuthorCandidate], split: Split) -> list[_Found]:
    found = []
    for one in candidates:
        if one.source == "markup":
            continue
        parts = split(one.name, is_field=True, is_organisation=one.is_organisation)
        found += [_Found(named, one.source) for named in parts]
    return found


def _seen(
    candidates: Sequence[AuthorCandidate], lines: Sequence[Line], table: AgencyTable, split: Split
) -> list[_Found]:
    """Return whom the lines name: by an element that is marked as author, or by their own wording."""
    marked = list(dict.fromkeys(one.name for one in candidates if one.source == "markup"))
    found: list[_Found] = []
    for number, line in enumerate(lines):
        if len(line.text) > _LINE_CHARS or line.zone in _OTHER_TEXTS:
            continue
        follows_lead = number > 0 and is_lead(lines[number - 1].text)
        for source, named in _named_in(line, marked, table, split, follows_lead=follows_lead):
            span = _span(line, named.name)
            found.append(_Found(named, source, span, number, line.is_foot, line.is_above, is_dated(line.text)))
    return found[:_MAX_SEEN] if found else _beside_the_date(lines, split)


def _beside_the_date(lines: Sequence[Line], split: Split) -> list[_Found]:
    """Return the first name that stands alone on its line near the line with the date."""
    told = [line for line in lines if any(letter.isalnum() for letter in line.text) and not line.is_foot]
    dated = [place for place, line in enumerate(told) if is_dated(line.text) and not line.is_above]
    for place, line in enumerate(told):
        is_near = any(abs(place - other) <= _LINES_TO_DATE for other in dated) and not line.is_above
        if is_near and line.zone is Zone.BOILERPLATE and is_lone_name(line.text):
            parts = split(line.text)
            return [_Found(one, "line", _span(line, one.name), place) for one in parts]
    return []


def _named_in(
    line: Line, marked: Sequence[str], table: AgencyTable, split: Split, *, follows_lead: bool
) -> list[tuple[str, Named]]:
    """Return whom a line names, each with how that is known."""
    is_byline = line.zone is Zone.BYLINE or line.is_named or follows_lead or has_lead(line.text)
    inside = [name for name in marked if name in line.text]
    left = len(line.text) - sum(map(len, inside))
    if inside and (is_byline or left <= _BESIDE_NAMES):
        parts = [named for name in inside for named in split(name, is_field=True)]
        if parts:
            return [("markup", named) for named in dict.fromkeys(parts)]
    if is_byline or is_dated_name(line.text):
        return [("line", named) for named in split(line.text, is_field=follows_lead)]
    agency, _, place = line.text.strip(" •·*|-–").partition(",")
    if len(line.text) <= _AGENCY_LINE_CHARS and place.upper() == place and table.find(agency):
        return [("line", Named(AGENCY, agency.strip()))]
    return []


def _believed(found: Sequence[_Found], edited: Collection[str], own: Collection[str]) -> tuple[list[_Found], str]:
    """Return the credits that count, and why.

    Args:
        found: all credits, in order.
        edited: keys of those who only edited or checked.
        own: the outlet's names, the last that count as an author.
    """
    found = [one for one in found if one.key not in edited] or found
    seen = [one for one in found if one.line is not None and not one.is_foot]
    groups = {
        "JSON-LD": [one for one in found if one.source == "json_ld"],
        "meta tags": [one for one in found if one.source == "meta"],
        "the byline": _first_byline([one for one in seen if not one.is_above]),
        "the line above the headline": _first_byline([one for one in seen if one.is_above]),
    }
    for name, group in groups.items():
        if any(one.named.role == PERSON for one in group):
            group = _with_companions(_distinct(group), groups["the byline"])
            return [one for one in group if one.named.role != ORGANISATION], f"people named by {name}"
    for role in (AGENCY, DESK):
        for name, group in groups.items():
            if any(one.named.role == role for one in group):
                return [
                    one for one in _distinct(group) if one.named.role != ORGANISATION
                ], f"named by {name}, no person is"
    foot = _first_byline([one for one in found if one.is_foot])
    if any(one.named.role == PERSON for one in foot):
        return _distinct(foot), "people named by the foot"
    for name, group in groups.items():
        others = [one for one in _distinct(group) if one.key not in own]
        if others:
            return others, f"named by {name}, no person is"
    return next(
        ((_distinct(group), f"{name}: nobody but the outlet") for name, group in groups.items() if group), ([], "")
    )


def _upstream(texts: Sequence[Line], own: Collection[str], table: AgencyTable) -> list[_Found]:
    """Return those a text says it comes from: an agency in its dateline or behind its last word, or a named source."""
    found: list[_Found] = []
    for number, line in enumerate(texts):
        dateline = DATELINE.match(line.text) if number == 0 else None
        if dateline and dateline.group("agency"):
            found.append(_origin(line, "dateline", dateline, "agency"))
        label = (
            _UPSTREAM.match(line.text)
            if len(line.text) <= _UPSTREAM_CHARS and (line.is_foot or line.zone is Zone.CREDIT)
            else None
        )
        if label and (line.is_foot or table.find(label.group("name"))) and folded(label.group("name")) not in own:
            found.append(_origin(line, "line", label, "name"))
        signed = _SIGNED.search(line.text, max(0, len(line.text) - _SIGNED_CHARS))
        if signed and table.find(signed.group("name")) and not label:
            found.append(_origin(line, "trailing", signed, "name"))
        thanks = _CONTRIBUTED.finditer(line.text) if "contributed" in line.text else ()
        found += [_origin(line, "line", one, "name") for one in thanks if table.find(one.group("name"))]
    return _firsts(found, attrgetter("key"))


def _origin(line: Line, source: str, match: re.Match[str], group: str) -> _Found:
    span = (line.start + match.start(group), line.start + match.end(group))
    return _Found(Named(UPSTREAM, match.group(group)), source, span, None, line.is_foot)


def _first_byline(seen: Sequence[_Found]) -> list[_Found]:
    """Return the credits of the first line that names a person and of the lines that go on with it."""
    people = [one for one in seen if one.named.role == PERSON]
    if not people:
        return list(seen)
    last = people[0].line or 0
    result = []
    for one in seen:
        line = one.line or 0
        if line == last or (line - last <= _GOING_ON and not one.is_complete and not people[0].is_complete):
            result.append(one)
            last = line
    return result


def _with_companions(group: list[_Found], seen: Sequence[_Found]) -> list[_Found]:
    """Return the group with the people who share the visible byline with some of it."""
    keys = {one.key for one in group}
    if not any(one.key in keys for one in seen):
        return group
    lines = {one.line for one in seen if one.key in keys}
    near = lines | {(line or 0) + step for line in lines for step in (-1, 1)}
    others = [
        one
        for one in seen
        if one.key not in keys
        and one.named.role == PERSON
        and " " in one.named.name
        and (one.line in lines or (one.line in near and one.source == "markup"))
    ]
    return [*group, *_distinct(others)]


def _distinct(group: Iterable[_Found]) -> list[_Found]:
    best: dict[str, _Found] = {}
    for one in group:
        if one.key not in best or (" " in one.named.name and " " not in best[one.key].named.name):
            best[one.key] = one
    return list(best.values())


def _firsts(found: Iterable[_Found], key: Callable[[_Found], object]) -> list[_Found]:
    """Return the first of those that have a key in common, in order."""
    first: dict[object, _Found] = {}
    for one in found:
        first.setdefault(key(one), one)
    return list(first.values())


def people(named: Iterable[Credit]) -> str | None:
    """Return the people among the chosen credits, separated by a semicolon; None when none is named."""
    return "; ".join(one.name for one in named if one.is_chosen and one.role == PERSON) or None
