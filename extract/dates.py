"""Finds dates and times in short lines and in the values of markup, and reads them. Abstains rather than guesses.

A time without zone is read in its outlet's zone when that is declared, and otherwise keeps only its day. Which of a
page's times is the page's own is decided elsewhere (`extract.time_choice`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from extract.model import TimeCandidate
from extract.months import month_number

_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d(?!\d?:\d\d))"  # "202211:01" is a year and a clock that stick together
_NAME = r"(?P<name>[^\s\d,.;:|/()\[\]•·–—_-]{2,14})"
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/.-])(?P<year>(?:19|20)\d{2})(?:(?P<dash>[-/.])\s?|年\s?|년\s?)(?P<month>\d{1,2})"
        r"(?:(?P=dash)|月|월)\s?(?P<day>\d{1,2})(?:日|일)?(?!\d(?!\d?:\d\d))",
        rf"(?<![\d/.:-])(?P<day>\d{{1,2}})(?P<slash>[-/.])\s?(?P<month>\d{{1,2}})(?P=slash)\s?{_YEAR}",
        rf"{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s+{_YEAR}",
        rf"(?<![\d/.:-])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]*(?:of\s+|de\s+|d['’])?"
        rf"{_NAME}\.?,?[\s-]*(?:del?\s+)?{_YEAR}",
        rf"(?P<year>(?:19|20)\d{{2}})\.?\s+(?:m\.\s+)?{_NAME}\.?\s+(?P<day>\d{{1,2}})(?!\d)",
    )
)
_HAS_YEAR = re.compile(r"(?:19|20)\d{2}")
_COMPACT = re.compile(r"^(?P<day>(?:19|20)\d{6})(?P<clock>\d{4}(?:\d{2})?)?$")
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")  # seconds or milliseconds since 1970, 2001 to 2033
_LONGEST = 200  # characters of a value of markup; longer ones are no times, and would take long to search
# Forms of programs, as forms that are read.
_REWRITTEN = (
    (re.compile(r"^(?:\w{3} )?(\w{3}) (\d{2}) (\d{2}:\d{2}:\d{2}) ([A-Z]{2,5}) (\d{4})$"), r"\1 \2, \5 \3 \4"),
    (re.compile(r"^(\d{4}) (\d{2}) (\d{2})(?=$| \d{2}:)"), r"\1-\2-\3"),
)
_MONTH_ONLY = re.compile(r"^(?P<year>(?:19|20)\d{2})-(?P<month>0[1-9]|1[0-2])$")
# Abbreviations are capitals ("et" is a French word); an offset stands apart, or "10:00-12:30" would be one.
_ZONE = (
    r"(?P<zone>(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|(?-i:Z|UTC|GMT|[A-Z]{2,5})\b"
    r"|(?<=\s)[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d))"
)
_HALF = r"(?P<half>[ap](?:m|\.m\.?)(?-i:(?![a-z]))|[صم](?!\w))"
_CLOCK = (
    rf"(?P<before>午前|午後|上午|下午|오전|오후)?\s?(?P<hour>\d{{1,2}})(?:\s?(?:[:.h時时]|시\s?)\s?(?P<minute>\d{{2}})"
    rf"(?:[:.](?P<second>\d{{2}}))?(?:\.\d+)?[分분]?(?!\d)(?:\s?{_HALF})?|\s?(?P<whole>[ap](?:m|\.m\.?)(?-i:(?![a-z]))))(?:\s?\(?{_ZONE}\)?)?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_BETWEEN = (
    rf"(?:[\s,|/·•()–—-]|(?:{_WEEKDAY}|at|um|à|às|as|a|las|alle|ore|ora|ob|om|kl|klo|saat|godz|t|o|в|о|у|u|v|jam|pukul)"
    r"(?![^\W\d])[.:]?){0,9}"
)
_CLOCK_AFTER = re.compile(_BETWEEN + _CLOCK, re.IGNORECASE)
_CLOCK_BEFORE = re.compile(rf"(?<![\d:.]){_CLOCK}{_BETWEEN}$", re.IGNORECASE)
_CLOCK_REACH = 40  # characters before a day in which its clock may stand
_LABELS = re.compile(
    r"(?P<updated>\b(?:last\s+(?:changed|edited)|updated?|modified|edited|aktualis\w+|stand|mis(?:e)?\s+à\s+jour|"
    r"modifi[ée]e?|a[ck]?tuali[zs]ad[oa]|aggiornat[oa]|bijgewerkt|gewijzigd|opp?dater\w+|uppdaterad|ändrad|päivitetty|"
    r"z?aktualiz\w+|frissítve|güncellen?\w*|обновлен\w*|оновлен\w*|ажурира\w*|actualizat|diperbarui|ενημέρωση\w*)\b"
    r"|تحديث|更新|수정)"
    r"|(?P<created>\b(?:created|erstellt)\b)"
    r"|(?P<published>\b(?:published|posted|story\s+is\s+from|publiée?|veröffentlicht|erschienen|publicad[oa]|publicat|"
    r"pubblicat[oa]|gepubliceerd|geplaatst|publicerad|publi[sc]er[te]t?|udgivet|julkaistu|opublikowan\w+|publikován\w*|"
    r"megjelent|yayın\w*|опубликован\w*|опубліковано|публикуван\w*|објављено|objavljeno|δημοσίευση\w*|diterbitkan)\b"
    r"|نشر|公開|掲載|発行|입력|등록)"
    r"|(?P<other>\b(?:as\s+of|until|till|expires?|ends?|starts?|due|since|born|died|deadline|accessed|retrieved)\b"
    r"|copyright|©)",
    re.IGNORECASE,
)
_LABEL_WINDOW = 25  # characters before a time in which a word says what it is the time of
_SECONDS = re.compile(r"\d{2}:\d{2}:\d{2}")
_URL_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"/(?P<year>(?:19|20)\d{2})(?P<dash>[/_-])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})(?=[/_-]|$)",
        r"/(?P<year>(?:19|20)\d{2})/(?P<name>[a-z]{3,9})/(?P<day>\d{1,2})/",
        r"/(?P<year>20(?P<short>\d{2}))/(?P<month>0[1-9]|1[0-2])/(?P=short)(?P=month)(?P<day>\d{2})(?=[/_-])",
        r"[/_-](?P<year>20\d{2})(?P<dash>-?)(?P<month>0[1-9]|1[0-2])(?P=dash)(?P<day>\d{2})(?=[/_.-]|$)",
    )
)

# Hours from UTC. Abbreviations that several countries use are read by the outlet's country, else by the first here.
_ABBREVIATIONS: dict[str, tuple[tuple[str | None, float], ...]] = {
    "Z": ((None, 0),), "UTC": ((None, 0),), "GMT": ((None, 0),), "WET": ((None, 0),), "BST": ((None, 1),),
    "CET": ((None, 1),), "CEST": ((None, 2),), "EET": ((None, 2),), "EEST": ((None, 3),), "MSK": ((None, 3),),
    "SAST": ((None, 2),), "WAT": ((None, 1),), "EAT": ((None, 3),), "GST": ((None, 4),), "PKT": ((None, 5),),
    "SGT": ((None, 8),), "HKT": ((None, 8),), "JST": ((None, 9),), "KST": ((None, 9),), "AEST": ((None, 10),),
    "AEDT": ((None, 11),), "NZST": ((None, 12),), "NZDT": ((None, 13),), "EST": ((None, -5),), "EDT": ((None, -4),),
    "MST": ((None, -7),), "MDT": ((None, -6),), "PST": ((None, -8),), "PDT": ((None, -7),), "CDT": ((None, -5),),
    "IST": ((None, 5.5), ("IN", 5.5), ("IE", 1), ("IL", 2)),
    "CST": ((None, -6), ("US", -6), ("CN", 8), ("TW", 8)),
}  # fmt: skip
_NAMED_ZONES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
# Countries that write the month first in figures; everywhere else the day comes first, or the year.
_MONTH_FIRST = {"US", "PH"}
_AMBIGUOUS_LANGUAGES = {"en"}  # its countries do not agree on the order; other languages' do
_AFTERNOON = ("p", "م", "午後", "下午", "오후")

FIRST_YEAR = 1900  # software writes the year 1 or 1601 for "no date"
LAST_YEAR = 9999  # of the calendar
_Parts = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Clock:
    """What a page's times are read against."""

    latest: datetime  # UTC; nothing was published after the page was fetched
    time_zone: str | None
    country: str | None
    language: str | None = None  # of the page's text


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written time says."""

    moment: datetime  # UTC, without zone; midnight of the day, or of the month's first, where it says no more
    zone_name: str | None
    zone_evidence: str  # explicit | abbreviation | outlet | none
    precision: str  # instant | minute | day | month
    wall: datetime | None = None  # what the clock on the writer's wall showed
    swapped: datetime | None = None  # the other day that figures such as 01/02/2026 may mean


def visible_times(text: str, start: int, line: str, standing: str = "page") -> list[TimeCandidate]:
    """Return the times one line of a page's head or foot shows; `start` is the line's offset in the page text.

    A time that a word says is of something else ("price as of") is left out.
    """
    found: list[TimeCandidate] = []
    previous = 0
    for begin, end, _ in _found(line):
        kind, is_labelled = _labelled_kind(line[max(previous, begin - _LABEL_WINDOW) : begin])
        previous = end
        if kind != "other":
            place = "named" if is_labelled else standing
            original = text[start + begin : start + end]
            found.append(TimeCandidate(kind, original, "visible", start + begin, start + end, place))
    return found


def _labelled_kind(label: str) -> tuple[str, bool]:
    """Return the kind of time that the last labelling word before it names, and whether there is such a word."""
    last = [match.lastgroup for match in _LABELS.finditer(label)]
    return (last[-1] or "published", True) if last else ("published", False)


def _found(line: str) -> list[tuple[int, int, _Parts]]:
    """Return start, end and parts of every time in a line, in order; where two overlap the form that comes first."""
    line = _with_ascii_digits(line)
    if not _HAS_YEAR.search(line):
        return []
    found: list[tuple[int, int, _Parts]] = []
    for pattern in _DAYS:
        for match in pattern.finditer(line):
            parts = match.groupdict()
            begin, end = match.span()
            if parts.get("name") and month_number(parts["name"] or "", None) is None and not _is_two_months(parts):
                continue
            begin, end, clock = _with_clock(line, begin, end)
            if not any(begin < other_end and other_begin < end for other_begin, other_end, _ in found):
                found.append((begin, end, parts | clock))
    return sorted(found, key=lambda one: one[0])


def _is_two_months(parts: _Parts) -> bool:
    return any(month_number(parts["name"] or "", language) for language in ("pl", "hr"))


def _with_clock(line: str, begin: int, end: int) -> tuple[int, int, _Parts]:
    """Widen a day to the clock beside it."""
    after = _CLOCK_AFTER.match(line, end)
    if after and _is_clock(after.groupdict()):
        return begin, after.end(), after.groupdict()
    reach = max(0, begin - _CLOCK_REACH)
    before = _CLOCK_BEFORE.search(line[reach:begin])
    if before and _is_clock(before.groupdict()):
        return reach + before.start(), end, before.groupdict()
    return begin, end, {}


def _is_clock(parts: _Parts) -> bool:
    return int(parts["hour"] or 99) < 24 and int(parts["minute"] or 0) < 60


def _with_ascii_digits(text: str) -> str:
    """Return the text with the digits of other scripts as 0 to 9; every character keeps its place."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() and not char.isascii() else char for char in text)


def url_time(url: str | None) -> list[TimeCandidate]:
    """Return the day in a URL's path, if it has one."""
    path = re.sub(r"^https?://[^/]*", "", (url or "").partition("?")[0])
    for pattern in _URL_DAYS:
        for match in pattern.finditer(path):
            parts = match.groupdict()
            month = int(parts["month"]) if parts.get("month") else month_number(parts["name"], "en")
            try:
                day = datetime(int(parts["year"]), month or 0, int(parts["day"])).date()  # noqa: DTZ001 - a day
            except ValueError:
                continue
            return [TimeCandidate("published", day.isoformat(), "url", None, None)]
    return []


def read_time(text: str, clock: Clock) -> Reading | None:
    """Return what a written time says, None when it says nothing certain."""
    text = _with_ascii_digits(text.strip())
    if len(text) > _LONGEST:
        return None
    for pattern, usual in _REWRITTEN:
        text = pattern.sub(usual, text)
    return _read_number(text) or _read_iso(text, clock) or next(_read_written(text, clock), None)


def _read_number(text: str) -> Reading | None:
    if _EPOCH.match(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC).replace(tzinfo=None)
        return Reading(moment, "UTC", "explicit", "instant", moment)
    month = _MONTH_ONLY.match(text)
    if month:
        return Reading(datetime(int(month["year"]), int(month["month"]), 1), None, "none", "month")  # noqa: DTZ001 - no zone
    return None


def _read_iso(text: str, clock: Clock) -> Reading | None:
    compact = _COMPACT.match(text)
    if compact and compact["clock"]:
        text = f"{compact['day']}T{compact['clock']}"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) <= len("2026-01-05") and "T" not in text:
        return Reading(moment, None, "none", "day")
    if moment.year < FIRST_YEAR or moment.year >= LAST_YEAR:
        return Reading(moment.replace(tzinfo=None), None, "none", "day")  # near the calendar's ends no zone is reckoned
    if moment.tzinfo is not None:
        name = "UTC" if not moment.utcoffset() else moment.strftime("%z")
        precision = "instant" if _SECONDS.search(text) or compact else "minute"
        wall = moment.replace(tzinfo=None)
        return Reading(moment.astimezone(UTC).replace(tzinfo=None), name, "explicit", precision, wall)
    return _in_outlet_zone(moment, clock)


def _read_written(text: str, clock: Clock) -> Iterator[Reading]:
    for _, _, parts in _found(text):
        days = _days(parts, clock)
        if not days:
            continue
        wall = _on_the_clock(days[0], parts)
        if wall is None:
            swapped = days[1] if len(days) > 1 else None
            yield Reading(days[0], None, "none", "day", swapped=swapped)
        elif len(days) > 1:
            yield Reading(days[0], None, "none", "day", wall, days[1])
        else:
            yield _zoned(wall, parts.get("zone"), clock) or _in_outlet_zone(wall, clock)


def _days(parts: _Parts, clock: Clock) -> list[datetime]:
    """Return the day the figures mean; two where countries would read them differently and nothing decides."""
    day = int(parts["day"] or 0)
    number = int(parts["month"] or 0) if parts.get("month") else month_number(parts["name"] or "", clock.language)
    if number is None:
        return []
    orders = [(number, day)]
    if parts.get("slash") and number > 12 >= day:
        orders = [(day, number)]  # a month-first day such as 12-30-2019 can only be read this way
    elif parts.get("slash") in ("/", "-") and day <= 12 and number != day:
        orders = _orders(number, day, clock)
    found = []
    for month, day_of_month in orders:
        try:
            found.append(datetime(int(parts["year"] or 0), month, day_of_month))  # noqa: DTZ001 - zone follows
        except ValueError:
            continue
    return found


def _orders(second: int, first: int, clock: Clock) -> list[tuple[int, int]]:
    """Return (month, day) readings of two small figures, by the outlet's country or the page's language."""
    if clock.country in _MONTH_FIRST:
        return [(first, second)]
    if clock.country is not None or (clock.language and clock.language not in _AMBIGUOUS_LANGUAGES):
        return [(second, first)]
    return [(second, first), (first, second)]


def _on_the_clock(day: datetime, parts: _Parts) -> datetime | None:
    """Return the day at the time of its clock; None when it has none."""
    if parts.get("hour") is None:
        return None
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or parts.get("whole") or parts.get("before") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    return day.replace(hour=hour, minute=int(parts.get("minute") or 0))


def _zoned(wall: datetime, zone: str | None, clock: Clock) -> Reading | None:
    if not zone:
        return None
    offset = zone_offset(zone, wall, clock.country)
    if offset is None:
        return None
    label = zone.upper()
    is_explicit = offset == timedelta() or label[0] in "+-" or label[:3] in ("UTC", "GMT")
    return Reading(
        (wall.replace(tzinfo=timezone(offset))).astimezone(UTC).replace(tzinfo=None),
        label,
        "explicit" if is_explicit else "abbreviation",
        "minute",
        wall,
    )


def zone_offset(zone: str, wall: datetime, country: str | None) -> timedelta | None:
    """Return how far a zone's clocks are ahead of UTC at a time on its own clocks; None when the name says nothing.

    Args:
        zone: offset (`+0530`, `GMT+2`), abbreviation (`IST`), or IANA name.
        wall: the time on its clocks.
        country: of the outlet, for abbreviations that several countries use.
    """
    label = zone.upper()
    figures = re.match(r"^(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?$", label)
    if figures:
        size = timedelta(hours=int(figures[2]), minutes=int(figures[3] or 0))
        return None if size > timedelta(hours=14) else -size if figures[1] == "-" else size
    if label in _ABBREVIATIONS:
        by_country = dict(_ABBREVIATIONS[label])
        return timedelta(hours=by_country.get(country, by_country[None]))
    name = _NAMED_ZONES.get(label) or (zone if "/" in zone else None)
    return wall.replace(tzinfo=ZoneInfo(name)).utcoffset() if name else None


def _in_outlet_zone(wall: datetime, clock: Clock) -> Reading:
    wall = wall.replace(second=0, microsecond=0)
    if clock.time_zone:
        aware = wall.replace(tzinfo=ZoneInfo(clock.time_zone))
        return Reading(aware.astimezone(UTC).replace(tzinfo=None), clock.time_zone, "outlet", "minute", wall)
    # Without a zone the hour could be off by half a day: only the day is kept.
    return Reading(wall.replace(hour=0, minute=0), None, "none", "day", wall)
