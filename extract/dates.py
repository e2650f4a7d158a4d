"""Reads the times a page gives for itself, and chooses at most one per kind. Abstains rather than guesses.

A crawler's stamp is never a publication time; a time after the page was fetched is refused; a time without zone is read
in its outlet's zone when that is declared, and otherwise keeps only its day.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from extract.model import Time, TimeCandidate

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)}
_MONTH = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
# Abbreviations are capitals ("et" is a French word); an offset stands apart, or "10:00-12:30" would be one.
_ZONE = r"(?P<zone>(?-i:Z|UTC|GMT|[A-Z]{2,5})\b|(?<=\s)[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d))"
_CLOCK = rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?::\d{{2}})?\s?(?P<half>[ap]\.?m\.?)?(?:\s?\(?{_ZONE}\)?)?"
_DAY_FORMS = (
    r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})",
    r"(?P<day>\d{1,2})(?P<slash>[-/.])(?P<month>\d{1,2})[-/.](?P<year>(?:19|20)\d{2})",
    rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+{_MONTH},?\s+(?P<year>(?:19|20)\d{{2}})",
)
_BETWEEN = r"(?:[\s,|/·•–-]|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|at|T|um|à){0,9}"
_VISIBLE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for day in _DAY_FORMS
    for pattern in (
        rf"(?<![\d/.-]){_WEEKDAY}{day}{_BETWEEN}{_CLOCK}",
        rf"(?<!\d){_CLOCK}{_BETWEEN}{day}(?![\d/-])",
        rf"(?<![\d/.-]){day}(?![\d/-])",
    )
)
_LABELS = re.compile(
    r"\b(?:(?P<updated>updated?|modified|last\s+(?:changed|edited)|aktualisiert|mis\s+à\s+jour)|(?P<created>created)"
    r"|(?P<published>published|posted|publié|veröffentlicht))\b",
    re.IGNORECASE,
)
_LABEL_WINDOW = 25  # characters before a time in which a word says what it is the time of
_SECONDS = re.compile(r"\d{2}:\d{2}:\d{2}")
_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d{2})[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?:/|-|$)")

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

_SOURCE_CONFIDENCE = {"given": 1.0, "json_ld": 0.95, "meta": 0.92, "time_tag": 0.85, "visible": 0.75, "url": 0.7}
_EASTERNMOST = timedelta(hours=14)  # a day begins that much earlier in Kiribati than in UTC
_LAST_YEAR = 9999  # of the calendar
_FIRST_YEAR = 1900  # software writes the year 1 or 1601 for "no date"
_FETCH_TOLERANCE = timedelta(hours=1)  # clocks of crawlers and outlets differ by minutes, not hours


@dataclass(frozen=True, slots=True)
class Clock:
    """What a page's times are read against."""

    latest: datetime  # UTC; nothing was published after the page was fetched
    time_zone: str | None
    country: str | None


def visible_times(text: str, start: int, line: str) -> list[TimeCandidate]:
    """Return the times one line of a page's head or foot shows; `start` is the line's offset in the page text."""
    spans: list[tuple[int, int]] = []
    for pattern in _VISIBLE:
        for match in pattern.finditer(line):
            if not any(match.start() < end and begin < match.end() for begin, end in spans):
                spans.append(match.span())
    found: list[TimeCandidate] = []
    previous = 0
    for begin, end in sorted(spans):
        label = line[max(previous, begin - _LABEL_WINDOW) : begin]
        found.append(
            TimeCandidate(
                _labelled_kind(label), text[start + begin : start + end], "visible", start + begin, start + end
            )
        )
        previous = end
    return found


def _labelled_kind(label: str) -> str:
    """Return the kind of time that the last labelling word before it names; published without one."""
    last = [match.lastgroup for match in _LABELS.finditer(label)]
    return last[-1] or "published" if last else "published"


def url_time(url: str | None) -> list[TimeCandidate]:
    """Return the day in a URL's path, if it has one."""
    match = _URL_DAY.search(url or "")
    if match is None:
        return []
    day = f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"
    return [TimeCandidate("published", day, "url", None, None)]


def read_times(candidates: Sequence[TimeCandidate], clock: Clock, stamps: Iterable[str] = ()) -> list[Time]:
    """Value every candidate and choose one per kind; refused ones stay, with the reason.

    Args:
        candidates: in order of preference within a source.
        clock: what zones and futures are read against.
        stamps: texts of crawl stamps, kept as refused evidence.
    """
    times = [time for candidate in candidates if (time := _valued(candidate, clock)) is not None]
    if not any(time.kind == "published" and not time.reason for time in times):
        # "Created" is what some outlets print for "published"; it stands in only when nothing better is there.
        times += [
            replace(time, kind="published", confidence=round(time.confidence * 0.9, 4))
            for time in times
            if time.kind == "created"
        ]
    chosen: set[int] = set()
    for kind in ("published", "updated", "created"):
        usable = [
            (-_SOURCE_CONFIDENCE[time.source], time.precision == "day", index)
            for index, time in enumerate(times)
            if time.kind == kind and not time.reason
        ]
        if usable:
            chosen.add(min(usable)[2])
    numbered = [
        replace(
            time,
            time_no=index,
            is_chosen=index in chosen,
            reason=time.reason or (f"best evidence: {time.source}" if index in chosen else "better evidence exists"),
        )
        for index, time in enumerate(times)
    ]
    for stamp in stamps:
        value = _read_visible(stamp, clock)
        if value is not None:
            moment, zone_name, evidence, precision = value
            numbered.append(
                Time(len(numbered), "published", moment, stamp.strip(), zone_name, evidence, precision, "visible", 0.0,
                     None, None, False, "a crawler's stamp, not the page's own date")
            )  # fmt: skip
    return numbered


def _valued(candidate: TimeCandidate, clock: Clock) -> Time | None:
    value = _read_iso(candidate.original_text, clock) or _read_visible(candidate.original_text, clock)
    if value is None:
        return None
    moment, zone_name, evidence, precision = value
    confidence = _SOURCE_CONFIDENCE[candidate.source] * (0.8 if evidence == "none" and precision != "day" else 1.0)
    return Time(
        0,
        candidate.kind,
        moment,
        candidate.original_text,
        zone_name,
        evidence,
        precision,
        candidate.source,
        round(confidence, 4),
        candidate.start_offset,
        candidate.end_offset,
        is_chosen=False,
        reason=_refusal(moment, precision, clock),
    )


def _refusal(moment: datetime, precision: str, clock: Clock) -> str:
    """Return why a time cannot be true; empty when it can."""
    if moment.year < _FIRST_YEAR:
        return f"before {_FIRST_YEAR}: a placeholder"
    tolerance = _EASTERNMOST if precision == "day" else _FETCH_TOLERANCE
    return "after the page was fetched" if moment - tolerance > clock.latest else ""


_Value = tuple[datetime, str | None, str, str]


def _read_iso(text: str, clock: Clock) -> _Value | None:
    cleaned = text.strip()
    try:
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        return None
    if len(cleaned) <= len("2026-01-05"):
        return moment, None, "none", "day"
    if moment.year < _FIRST_YEAR or moment.year >= _LAST_YEAR:
        return moment.replace(tzinfo=None), None, "none", "day"  # near the ends of the calendar no zone can be reckoned
    if moment.tzinfo is not None:
        name = "UTC" if not moment.utcoffset() else moment.strftime("%z")
        precision = "instant" if _SECONDS.search(cleaned) else "minute"
        return moment.astimezone(UTC).replace(tzinfo=None), name, "explicit", precision
    return _in_outlet_zone(moment, clock, "minute")


def _read_visible(text: str, clock: Clock) -> _Value | None:
    for pattern in _VISIBLE:
        match = pattern.search(text)
        moment = _moment(match.groupdict(), clock.country) if match else None
        if match is None or moment is None:
            continue
        parts = match.groupdict()
        if parts.get("hour") is None:
            return moment, None, "none", "day"
        return _zoned(moment, parts.get("zone"), clock) or _in_outlet_zone(moment, clock, "minute")
    return None


def _moment(parts: dict[str, str | None], country: str | None) -> datetime | None:
    month = parts.get("month")
    number = int(month) if month else _MONTH_NUMBERS[(parts.get("month_name") or "")[:3].lower()]
    day = int(parts["day"] or 0)
    if number > 12 >= day:
        number, day = day, number  # a month-first day such as 12-30-2019 can only be read this way
    elif parts.get("slash") in ("/", "-") and day <= 12 and number != day:
        if country is None:
            return None  # 01/02/2026 is two different days in two countries: abstain
        if country == "US":
            number, day = day, number
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower().replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return datetime(int(parts["year"] or 0), number, day, hour, int(parts.get("minute") or 0))  # noqa: DTZ001 - zone follows
    except ValueError:
        return None


def _zoned(moment: datetime, zone: str | None, clock: Clock) -> _Value | None:
    if not zone:
        return None
    label = zone.upper()
    if label in _NAMED_ZONES:
        aware = moment.replace(tzinfo=ZoneInfo(_NAMED_ZONES[label]))
        return aware.astimezone(UTC).replace(tzinfo=None), label, "abbreviation", "minute"
    if label[0] in "+-":
        sign = -1 if label[0] == "-" else 1
        hours, minutes = int(label[1:3]), int(label[-2:])
        return _shifted(moment, sign * (hours + minutes / 60)), label, "explicit", "minute"
    options = _ABBREVIATIONS.get(label)
    if options is None:
        return None
    hours_by_country = dict(options)
    offset = hours_by_country.get(clock.country, hours_by_country[None])
    return _shifted(moment, offset), label, "explicit" if offset == 0 else "abbreviation", "minute"


def _shifted(moment: datetime, hours: float) -> datetime:
    return moment.replace(tzinfo=timezone(timedelta(hours=hours))).astimezone(UTC).replace(tzinfo=None)


def _in_outlet_zone(moment: datetime, clock: Clock, precision: str) -> _Value:
    if clock.time_zone:
        aware = moment.replace(tzinfo=ZoneInfo(clock.time_zone))
        return aware.astimezone(UTC).replace(tzinfo=None), clock.time_zone, "outlet", precision
    # Without a zone the hour could be off by half a day: only the day is kept.
    return moment.replace(hour=0, minute=0, second=0, microsecond=0), None, "none", "day"
