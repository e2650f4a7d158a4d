"""Chooses at most one of a page's times per kind, and says why. Abstains rather than guesses.

What a page says of its own publication is weighed by where it says it and by whether another part of the page, made in
another way (the markup, the lines that readers see, the address), says the same (docs/decisions/0008).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from extract.dates import FIRST_YEAR, LAST_YEAR, Clock, Reading, read_time
from extract.model import Time, TimeCandidate

_EASTERNMOST = timedelta(hours=14)  # a day begins that much earlier in Kiribati than in UTC
_WESTERNMOST = timedelta(hours=12)  # and ends that much later at sea
_DAY = timedelta(days=1)
_LONGEST_MONTH = timedelta(days=31)
_FETCH_TOLERANCE = timedelta(hours=1)  # clocks of crawlers and outlets differ by minutes, not hours
_BY_MACHINE = ("given", "json_ld", "meta")  # for readers that are programs: has both times where both are known
# How far clocks on land are ahead of UTC.
_AHEAD = {timedelta(hours=hours) for hours in range(-11, 15) if hours} | {
    timedelta(hours=hours) for hours in (-9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 9.5, 10.5, 12.75, 13.75)
}
_MISREAD_ZONE = timedelta(hours=12)  # one of two times with different hours was written without heed of its zone
_WITH_CLOCK = ("instant", "minute")
_FINENESS = {"instant": 0, "minute": 0, "day": 1, "month": 2}
_A_MINUTE = timedelta(minutes=1)  # seconds are cut or rounded

_KINDS = ("published", "updated", "created")
_ROW = "source row"
_FAMILIES = {
    "given": _ROW, "json_ld": "markup", "meta": "markup", "microdata": "markup", "time_tag": "markup",
    "script": "markup", "visible": "text", "url": "address",
}  # fmt: skip


class _Trust(NamedTuple):
    """How often a time of one source is right, by what the other families of evidence say."""

    agreed: float
    alone: float
    disputed: float


# Best first. Shares of right days among the first such time of a page, over aed, fundus, wcxb_article (news),
# htmldate_dates (news) and postlight_meta: 523 pages, those whose gold day some part of the page gives; drawn towards
# the share of their column (.99, .95, .12) as by five pages more. docs/decisions/0008 says how they were measured.
_TRUST: dict[tuple[str, str], _Trust] = {
    ("given", "named"): _Trust(1.0, 1.0, 1.0),  # declared, not measured
    ("json_ld", "named"): _Trust(0.99, 0.92, 0.15),
    ("meta", "named"): _Trust(0.99, 0.92, 0.1),
    ("microdata", "named"): _Trust(0.99, 0.97, 0.12),
    ("time_tag", "named"): _Trust(0.98, 0.98, 0.27),
    ("visible", "named"): _Trust(0.99, 0.96, 0.12),
    ("time_tag", "own"): _Trust(0.99, 0.99, 0.05),
    ("json_ld", "page"): _Trust(0.99, 0.98, 0.1),
    ("visible", "own"): _Trust(0.99, 0.99, 0.2),
    ("meta", "page"): _Trust(0.97, 0.99, 0.23),
    ("script", "named"): _Trust(0.99, 0.96, 0.12),
    ("url", "named"): _Trust(0.95, 0.98, 0.08),
    ("time_tag", "page"): _Trust(0.99, 0.91, 0.05),
    ("visible", "page"): _Trust(0.92, 0.91, 0.07),
}
_ORDER = {key: place for place, key in enumerate(_TRUST)}
_LEAST = 0.5  # less certain times are not chosen: a day that another part of the page contradicts is mostly wrong


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A candidate, what it says, and why that cannot be; the reason is empty when it can."""

    candidate: TimeCandidate
    reading: Reading
    refusal: str

    @property
    def family(self) -> str:
        """Evidence of one family is made in one way and goes wrong in one way."""
        return _FAMILIES[self.candidate.source]

    @property
    def key(self) -> tuple[str, str]:
        """Where it stands in the table of trust."""
        return self.candidate.source, self.candidate.standing


@dataclass(frozen=True, slots=True)
class _Verdict:
    """How far a time is believed."""

    evidence: _Evidence
    trust: float
    is_agreed: bool
    why: str


def read_times(candidates: Sequence[TimeCandidate], clock: Clock, stamps: Iterable[str] = ()) -> list[Time]:
    """Value every candidate and choose one per kind; refused ones stay, with the reason.

    Args:
        candidates: in order of preference within a source.
        clock: what zones and futures are read against.
        stamps: texts of crawl stamps, kept as refused evidence.
    """
    evidence = _evidence(candidates, clock)
    verdicts = [_verdict(one, [other for other in evidence if _is_rival(one, other)]) for one in evidence]
    chosen = [_best([one for one in verdicts if one.evidence.candidate.kind == kind]) for kind in _KINDS]
    has_choice = {one.evidence.candidate.kind for one in chosen if one}
    rows: list[Time] = []
    for verdict in verdicts:
        one, is_chosen = verdict.evidence, any(verdict is best for best in chosen)
        kind = "best evidence" if is_chosen else "too weak to be believed"
        reason = f"{kind}: {one.candidate.source}, {verdict.why}"
        if not is_chosen and one.candidate.kind in has_choice:
            reason = "better evidence exists"
        zone = _own_zone(one, evidence) if is_chosen else one.reading.zone_name
        rows.append(_row(len(rows), verdict, zone_name=zone, is_chosen=is_chosen, reason=one.refusal or reason))
    for stamp in stamps:
        reading = read_time(stamp, clock)
        if reading is not None:
            candidate = TimeCandidate("published", stamp.strip(), "visible", None, None)
            refused = _Evidence(candidate, reading, "a crawler's stamp, not the page's own date")
            verdict = _Verdict(refused, 0.0, is_agreed=False, why="")
            rows.append(_row(len(rows), verdict, zone_name=reading.zone_name, is_chosen=False, reason=refused.refusal))
    return rows


def _evidence(candidates: Sequence[TimeCandidate], clock: Clock) -> list[_Evidence]:
    """Read the candidates; those that say nothing certain are left out."""
    readings = [(candidate, read_time(candidate.original_text, clock)) for candidate in candidates]
    sure = [reading for _, reading in readings if reading and not reading.swapped]
    found = []
    for candidate, reading in readings:
        decided = _decided(reading, sure) if reading else None
        if decided is not None:
            found.append(_Evidence(candidate, decided, _refusal(decided, clock)))
    found = _without_updates(found)
    if not any(one.candidate.kind == "published" and not one.refusal for one in found):
        # "Created" is what some outlets print for "published"; it stands in only when nothing better is there.
        found += [
            replace(one, candidate=replace(one.candidate, kind="published"))
            for one in found
            if one.candidate.kind == "created"
        ]
    return found


def _decided(reading: Reading, sure: Sequence[Reading]) -> Reading | None:
    """Return the reading; of two days that figures may mean the one that other evidence names, None without it."""
    if reading.swapped is None:
        return reading
    days = [day for day in (reading.moment, reading.swapped) if any(_agree(_of_day(day), other) for other in sure)]
    return replace(reading, moment=days[0], swapped=None, wall=None) if len(days) == 1 else None


def _of_day(day: datetime) -> Reading:
    return Reading(day, None, "none", "day")


def _without_updates(found: Sequence[_Evidence]) -> list[_Evidence]:
    """Refuse times that nothing says are of the publication where the page gives the same as that of its update.

    That holds when something else is named as the publication's, and for `<time>` tags whose text readers see as the
    update's.
    """
    usable = [one for one in found if not one.refusal]
    updates = [one for one in usable if one.candidate.kind == "updated"]
    named = [
        one
        for one in usable
        if one.candidate.kind == "published"
        and one.candidate.source in _BY_MACHINE
        and one.candidate.standing == "named"
    ]

    def is_update(one: _Evidence) -> bool:
        if one.refusal or one.candidate.kind != "published" or one in named:
            return False
        if named:
            is_later = all(
                one.reading.moment > other.reading.moment and not _agree(one.reading, other.reading) for other in named
            )
            return is_later and any(_agree(one.reading, other.reading) for other in updates)
        return (
            one.candidate.source == "time_tag"
            and one.candidate.standing != "named"
            and any(other.candidate.source == "visible" and _agree(one.reading, other.reading) for other in updates)
        )

    return [replace(one, refusal="the page says it was updated then") if is_update(one) else one for one in found]


def _refusal(reading: Reading, clock: Clock) -> str:
    """Return why a time cannot be true; empty when it can."""
    if reading.moment.year < FIRST_YEAR:
        return f"before {FIRST_YEAR}: a placeholder"
    tolerance = _FETCH_TOLERANCE if reading.precision in _WITH_CLOCK else _EASTERNMOST
    return "after the page was fetched" if reading.moment - tolerance > clock.latest else ""


def _is_rival(one: _Evidence, other: _Evidence) -> bool:
    """Tell whether two pieces of evidence are of one kind of time."""
    return other is not one and other.candidate.kind == one.candidate.kind and not other.refusal


def _verdict(one: _Evidence, rivals: Sequence[_Evidence]) -> _Verdict:
    """Say how far a time is believed, by what else is said of the same kind of time."""
    trust = _TRUST[one.key]
    others = [other for other in rivals if other.family != one.family]
    agreeing = sorted({other.candidate.source for other in others if _agree(one.reading, other.reading)})
    if agreeing:
        return _Verdict(
            one, trust.agreed, is_agreed=True, why=f"{', '.join(agreeing)} agree{'s' if len(agreeing) == 1 else ''}"
        )
    # What stands anywhere on a page may be of anything: it contradicts only its like.
    is_weak = one.candidate.standing == "page"
    contradicting = [
        other for other in (rivals if is_weak else others) if is_weak or other.candidate.standing != "page"
    ]
    if any(other.family != one.family or not _agree(one.reading, other.reading) for other in contradicting):
        return _Verdict(one, trust.disputed, is_agreed=False, why="something else contradicts it")
    return _Verdict(one, trust.alone, is_agreed=False, why="nothing else says when")


def _best(verdicts: Sequence[_Verdict]) -> _Verdict | None:
    """Return the evidence to believe: the best source, and of what says the same the finest; None when all are weak."""
    believed = [one for one in verdicts if one.trust >= _LEAST and not one.evidence.refusal]
    if not believed:
        return None
    best = min(believed, key=lambda one: (not one.is_agreed and one.evidence.family != _ROW, _ORDER[one.evidence.key]))
    same = [
        one
        for one in believed
        if one.evidence.candidate.standing != "page" and _agree(one.evidence.reading, best.evidence.reading)
    ]
    if best.evidence.family == _ROW:
        same = [one for one in same if one.evidence.family == _ROW]
    return min(
        [best, *same],
        key=lambda one: (_FINENESS[one.evidence.reading.precision], -_families_to_the_minute(one, [best, *same])),
    )


def _families_to_the_minute(one: _Verdict, others: Sequence[_Verdict]) -> int:
    moment = one.evidence.reading.moment
    return len({other.evidence.family for other in others if abs(other.evidence.reading.moment - moment) <= _A_MINUTE})


def _agree(one: Reading, other: Reading) -> bool:
    """Tell whether two times may be of one day: a day may be one of any zone, a month holds its days."""
    if one.precision == other.precision == "day":
        return one.moment == other.moment
    if one.precision in _WITH_CLOCK and other.precision in _WITH_CLOCK:
        return abs(one.moment - other.moment) <= _MISREAD_ZONE
    (begin, end), (other_begin, other_end) = _span(one), _span(other)
    return begin <= other_end and other_begin <= end


def _span(reading: Reading) -> tuple[datetime, datetime]:
    if reading.precision in _WITH_CLOCK or not FIRST_YEAR <= reading.moment.year < LAST_YEAR:
        return reading.moment, reading.moment
    length = _DAY if reading.precision == "day" else _LONGEST_MONTH
    return reading.moment - _EASTERNMOST, reading.moment + length + _WESTERNMOST


def _own_zone(one: _Evidence, evidence: Sequence[_Evidence]) -> str | None:
    """Return the zone of the page's own clocks, where the page shows an instant in UTC and in its own time as well."""
    reading = one.reading
    if reading.zone_evidence != "explicit" or reading.moment != reading.wall:
        return reading.zone_name
    instant = _to_the_minute(reading.moment)
    walls = [
        _to_the_minute(other.reading.wall)
        for other in evidence
        if other.reading.wall and not other.refusal and other is not one
        if other.reading.zone_evidence == "none" or _to_the_minute(other.reading.moment) == instant
    ]
    ahead = [wall - instant for wall in walls if wall - instant in _AHEAD]
    if not ahead or any(wall == instant for wall in walls if wall == instant and _is_shown(wall, evidence)):
        return reading.zone_name
    return datetime(2000, 1, 1, tzinfo=timezone(min(ahead, key=abs))).strftime("%z")


def _is_shown(wall: datetime, evidence: Sequence[_Evidence]) -> bool:
    """Tell whether readers see a time on the page's own clocks."""
    return any(
        one.candidate.source == "visible"
        and one.reading.zone_evidence == "none"
        and one.reading.wall
        and _to_the_minute(one.reading.wall) == wall
        for one in evidence
    )


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _row(number: int, verdict: _Verdict, *, zone_name: str | None, is_chosen: bool, reason: str) -> Time:
    one = verdict.evidence
    return Time(
        time_no=number,
        kind=one.candidate.kind,
        value_at=one.reading.moment,
        original_text=one.candidate.original_text,
        zone_name=zone_name,
        zone_evidence=one.reading.zone_evidence,
        precision=one.reading.precision,
        source=one.candidate.source,
        confidence=verdict.trust,
        start_offset=one.candidate.start_offset,
        end_offset=one.candidate.end_offset,
        is_chosen=is_chosen,
        reason=reason,
    )
