"""Reads the dateline a report opens with: place, day, agency."""

import re
from typing import NamedTuple

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHERS = {
    "janv": 1,
    "ene": 1,
    "fév": 2,
    "fev": 2,
    "märz": 3,
    "mär": 3,
    "mars": 3,
    "avr": 4,
    "abr": 4,
    "mai": 5,
    "mayo": 5,
    "juin": 6,
    "juil": 7,
    "ago": 8,
    "août": 8,
    "set": 9,
    "okt": 10,
    "out": 10,
    "déc": 12,
    "dez": 12,
    "dic": 12,
}
_DAY_MONTHS = {name: number for number, name in enumerate(_ENGLISH, 1)} | _OTHERS  # as months begin in datelines
_MONTH = "|".join(sorted(_DAY_MONTHS, key=lambda name: (-len(name), name)))
# City in capitals or title case, optional country, optional day, optional agency, then a dash, or a colon behind an
# agency: "PORT ESKER, Jan 8 (MNA) - ", "Kochi (Kerala) [India], January 8 (ANI): ".
DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]+(?:[ ,/]+[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]+){0,4})"
    r"(?:\s*\([A-Z][a-z ]+\))?(?:\s*\[[A-Z][A-Za-z ]*\])?"
    rf"(?:,?\s+(?P<day>(?i:{_MONTH})[a-z]*\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+(?i:{_MONTH})[a-zé]*\.?)(?:,?\s+\d{{4}})?)?"
    r"\s*(?:\((?P<agency>[A-Za-z][\w /&.-]{1,30})\))?\s*(?:--|[–—-]|(?<=\)):)\s+(?=[\"“„«‘A-ZÀ-Þ0-9])"
)
_NO_PLACE = {"FILE", "UPDATE", "WATCH", "VIDEO", "PHOTOS", "OPINION", "EXCLUSIVE", "BREAKING"}
_LONGEST_MONTH = 31


class Dateline(NamedTuple):
    """Place and day of a dateline; the day as written, and as numbers where it tells them."""

    place: str
    day: str | None
    month: int | None
    day_of_month: int | None


def read_dateline(body_start: str) -> Dateline | None:
    """Return the dateline of a text; None when it opens without one."""
    match = DATELINE.match(body_start)
    place = match.group("place").strip(" ,") if match else ""
    if not match or not place or place in _NO_PLACE or not (place.split(",")[0].isupper() or match.group("agency")):
        return None
    day = match.group("day")
    month = re.search(_MONTH, day, re.IGNORECASE) if day else None
    number = re.search(r"\d+", day) if day else None
    return Dateline(
        place,
        day,
        _DAY_MONTHS[month.group().lower()] if month else None,
        int(number.group()) if number and 1 <= int(number.group()) <= _LONGEST_MONTH else None,
    )
