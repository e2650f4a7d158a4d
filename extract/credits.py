"""Who wrote a text: people in the byline, the agency a credit names, the dateline."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from extract.model import Zone
from extract.sources import AgencyEntry

# City in capitals or title case, optional day, optional agency, then a dash: "PORT ESKER, Jan 8 (MNA) - ".
DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Za-z.'’-]+(?:[ ,/]+[A-Z][A-Za-z.'’-]+){0,4})"
    r"(?:,?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2})?"
    r"\s*(?:\((?P<agency>[A-Za-z][\w /&.-]{1,30})\))?\s*(?:--|[–—-])\s+(?=[\"“A-Z0-9])"
)
_BY = re.compile(r"^\s*(?:written\s+|reported\s+|posted\s+)?by:?\s+", re.IGNORECASE)
_NAME_BREAK = re.compile(r"\s*(?:,|;|\||/|\band\b|&|•|·)\s*", re.IGNORECASE)
_PERSON = re.compile(r"^[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:[a-zà-ÿ]{1,3}\s+)?[A-ZÀ-Þ][\w'’.-]*){1,3}$")
_NAME_CHARS = 60
_NOT_A_PERSON = re.compile(
    r"\b(staff|desk|editor(?:ial|s)?|bureau|agenc(?:y|ies)|news|online|team|correspondent|reporter|service|press|media|admin|"
    r"updated|published|wire|posted|min(?:ute)?s?|read|photo\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency named by a text, and the words that name it."""

    name: str
    evidence: str


@dataclass(frozen=True)
class AgencyTable:
    """Normal names by folded name or alias."""

    names: dict[str, str]

    def find(self, text: str) -> str | None:
        """Return the normal name of the agency that a credit such as "ANI" or "AP/Reuters" names first."""
        for part in re.split(r"\s*(?:[/,;()]|\band\b|&)\s*", text.strip(" .()")):
            name = self.names.get(_folded(part))
            if name:
                return name
        return None


@cache
def _built_in() -> tuple[tuple[str, str], ...]:
    entries = yaml.safe_load(resources.files("extract").joinpath("agencies.yml").read_text("utf-8"))
    return tuple((_folded(form), entry["name"]) for entry in entries for form in (entry["name"], *entry["aliases"]))


def agency_table(declared: Iterable[AgencyEntry] = ()) -> AgencyTable:
    """Return the built-in agencies with those a sources file declares."""
    own = {_folded(form): entry.name for entry in declared for form in (entry.name, *entry.aliases)}
    return AgencyTable(dict(_built_in()) | own)


def _folded(text: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(text.split()).casefold())


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


def dateline_place(body_start: str) -> str | None:
    """Return the place of a dateline; None when the text opens without one."""
    match = DATELINE.match(body_start)
    place = match.group("place").strip(" ,") if match else None
    return place if place and (place.split(",")[0].isupper() or (match and match.group("agency"))) else None


def byline(authors: Iterable[str], lines: Sequence[tuple[Zone, str]], table: AgencyTable) -> str | None:
    """Return the people named as authors, separated by a semicolon; None when none is named."""
    candidates = list(authors) or [text for zone, text in lines if zone is Zone.BYLINE]
    people: list[str] = []
    for candidate in candidates:
        for part in _NAME_BREAK.split(_BY.sub("", candidate)):
            name = part.strip(" .")
            is_person = _PERSON.match(name) and not _NOT_A_PERSON.search(name) and table.find(name) is None
            if is_person and name not in people:
                people.append(name)
    return "; ".join(people) or None
