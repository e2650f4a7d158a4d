"""Which of a page's times is believed: reckoned on evidence as pages give it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import Clock
from extract.model import STANDINGS, Time, TimeCandidate
from extract.time_choice import read_times

LATEST = datetime(2026, 1, 31)
CLOCK = Clock(LATEST, None, None)


def said(source: str, text: str, kind: str = "published", standing: str = "named") -> TimeCandidate:
    return TimeCandidate(kind, text, source, None, None, standing)


def chosen(*candidates: TimeCandidate, clock: Clock = CLOCK, kind: str = "published") -> Time | None:
    return next((time for time in read_times(candidates, clock) if time.is_chosen and time.kind == kind), None)


def day(time: Time | None) -> str | None:
    return time.value_at.date().isoformat() if time else None


def test_what_two_parts_of_a_page_say_is_believed_over_what_one_says():
    found = chosen(
        said("json_ld", "2025-11-02"),
        said("visible", "8 January 2026", standing="own"),
        said("url", "2026-01-08"),
    )
    assert day(found) == "2026-01-08"


def test_two_parts_that_contradict_each_other_are_both_doubted():
    times = read_times([said("json_ld", "2025-11-02"), said("visible", "8 January 2026", standing="own")], CLOCK)
    assert not any(time.is_chosen for time in times)
    assert {time.reason.partition(":")[0] for time in times} == {"too weak to be believed"}


def test_a_date_that_stands_just_anywhere_does_not_contradict_the_markup():
    found = chosen(said("json_ld", "2025-11-02"), said("visible", "8 January 2026", standing="page"))
    assert day(found) == "2025-11-02"


def test_dates_that_stand_just_anywhere_contradict_each_other():
    dates = [said("visible", text, standing="page") for text in ("8 January 2026", "5 January 2026")]
    assert chosen(*dates) is None
    assert day(chosen(dates[0])) == "2026-01-08"


def test_what_the_source_row_says_is_never_overruled():
    markup, line = said("json_ld", "2025-11-02"), said("visible", "2 November 2025")
    assert day(chosen(markup, line, said("given", "2026-01-08"))) == "2026-01-08"


@pytest.mark.parametrize("line", ["9 January 2026", "2026-01-09"])
def test_a_shown_day_agrees_with_the_instant_that_is_on_it_somewhere(line: str):
    found = chosen(said("json_ld", "2026-01-08T22:10:00Z"), said("visible", line, standing="own"))
    assert found is not None
    assert (found.source, found.confidence) == ("json_ld", 0.99)


def test_of_times_that_agree_the_finest_is_taken():
    found = chosen(said("json_ld", "2026-01-08"), said("meta", "2026-01-08T10:00:00Z"), said("url", "2026-01-08"))
    assert found is not None
    assert (found.source, found.precision) == ("meta", "instant")


def test_of_two_hours_the_one_that_readers_see_too_is_taken():
    found = chosen(
        said("json_ld", "2026-01-08T10:00:00Z"),  # local time, written as if it were UTC
        said("meta", "2026-01-08T10:00:00+05:30"),
        said("visible", "Jan 8, 2026 10:00 IST", standing="own"),
    )
    assert found is not None
    assert found.value_at == datetime(2026, 1, 8, 4, 30)


def test_the_day_of_the_update_is_not_that_of_the_publication():
    found = chosen(
        said("json_ld", "2025-11-02T10:00:00Z"),
        said("json_ld", "2026-01-08T10:00:00Z", kind="updated"),
        said("time_tag", "2026-01-08T10:00:00Z", standing="own"),
        said("visible", "January 8, 2026", standing="own"),
    )
    assert day(found) == "2025-11-02"


def test_a_tag_whose_text_says_updated_gives_no_publication():
    times = read_times(
        [said("time_tag", "2026-01-08T10:00:00Z", standing="own"), said("visible", "January 8, 2026", kind="updated")],
        CLOCK,
    )
    assert [(time.kind, time.is_chosen) for time in times] == [("published", False), ("updated", True)]
    assert times[0].reason == "the page says it was updated then"


def test_figures_that_two_countries_read_differently_are_read_as_other_evidence_reads_them():
    unclear = said("visible", "02/01/2026", standing="own")
    assert chosen(unclear) is None
    assert chosen(unclear, said("url", "2026-01-02")) is not None
    assert day(chosen(unclear, clock=Clock(LATEST, None, None, "de"))) == "2026-01-02"
    assert chosen(unclear, clock=Clock(LATEST, None, None, "en")) is None


def test_an_instant_in_utc_is_told_on_the_clocks_that_the_page_shows():
    seen = said("visible", "December 22, 2025 at 8:48 p.m.", standing="own")
    found = chosen(said("json_ld", "2025-12-23T01:48:19Z"), seen)
    assert found is not None
    assert (found.value_at, found.zone_name) == (datetime(2025, 12, 23, 1, 48, 19), "-0500")
    in_utc = chosen(said("json_ld", "2025-12-22T20:48:19Z"), seen)
    assert in_utc is not None
    assert in_utc.zone_name == "UTC"
    no_zone = chosen(said("json_ld", "2025-12-23T01:51:19Z"), seen)  # no zone is that many minutes away
    assert no_zone is not None
    assert no_zone.zone_name == "UTC"


moments = st.datetimes(datetime(2001, 1, 1), datetime(2027, 1, 1))
offsets = st.integers(-11 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
written = st.builds(lambda moment, zone: moment.replace(microsecond=0, tzinfo=zone).isoformat(), moments, offsets)
days = moments.map(lambda moment: moment.strftime(r"%d %B %Y"))
numbers = moments.map(lambda moment: moment.strftime("%m/%d/%Y %H:%M"))
placeholders = st.sampled_from(
    ["0001-01-01", "0001-01-01T00:00:00Z", "1601-01-01", "9999-12-31", "9999-12-31T23:59:59-08:00"]
)
texts = st.one_of(written, days, numbers, placeholders, st.text(max_size=30))
places = [("json_ld", "named"), ("meta", "named"), ("meta", "page"), ("time_tag", "own"), ("url", "named")] + [
    ("visible", standing) for standing in STANDINGS
]
candidates = st.builds(
    lambda place, text, kind: said(place[0], text, kind, place[1]),
    st.sampled_from(places),
    texts,
    st.sampled_from(["published", "published", "updated", "created"]),
)


@given(st.lists(candidates, max_size=8), st.sampled_from([None, "Europe/Sofia"]))
def test_at_most_one_of_a_kind_is_chosen_and_never_one_from_the_future(evidence: list[TimeCandidate], zone: str | None):
    times = read_times(evidence, Clock(LATEST, zone, None))
    assert [time.time_no for time in times] == list(range(len(times)))
    for kind in ("published", "updated", "created"):
        assert sum(time.is_chosen for time in times if time.kind == kind) <= 1
    for time in times:
        assert time.reason
        assert 0 <= time.confidence <= 1
        if time.is_chosen:
            assert time.value_at <= LATEST + timedelta(hours=14)


@given(written)
def test_an_instant_with_its_zone_is_kept_to_the_second(text: str):
    (time,) = read_times([said("json_ld", text)], Clock(datetime(2030, 1, 1), None, None))
    assert time.value_at == datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)
    assert time.is_chosen


@given(st.lists(candidates, max_size=6), st.randoms(use_true_random=False))
def test_the_day_does_not_depend_on_the_order_of_sources(evidence: list[TimeCandidate], shuffle):
    of_each = list({(one.source, one.standing, one.kind): one for one in evidence}.values())
    mixed = list(of_each)
    shuffle.shuffle(mixed)
    first, second = chosen(*of_each), chosen(*mixed)
    assert (first and first.value_at, first and first.source) == (second and second.value_at, second and second.source)
