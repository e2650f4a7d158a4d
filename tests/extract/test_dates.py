from datetime import datetime

import pytest

from extract.dates import Clock, url_time, visible_times
from extract.model import Time, TimeCandidate
from extract.time_choice import read_times

LATEST = datetime(2026, 1, 31)


def chosen(line: str, country: str | None = None, zone: str | None = None, kind: str = "published") -> Time | None:
    times = read_times(visible_times(line, 0, line), Clock(LATEST, zone, country))
    return next((time for time in times if time.is_chosen and time.kind == kind), None)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Updated: 30-12-2019 22:00 IST | Created: 30-12-2019 22:00 IST", datetime(2019, 12, 30, 16, 30)),
        ("8 January 2026, 22:00 EET", datetime(2026, 1, 8, 20, 0)),
        ("22:00 EET, 8 January 2026", datetime(2026, 1, 8, 20, 0)),
        ("Jan. 8, 2026, 12:45 p.m. CST", datetime(2026, 1, 8, 18, 45)),
        ("Jan. 8, 2026 12:05 a.m. ET", datetime(2026, 1, 8, 5, 5)),
        ("July 8, 2025 12:00 p.m. ET", datetime(2025, 7, 8, 16, 0)),
        ("First Published: Jan 08 2026 | 10:00 PM IST", datetime(2026, 1, 8, 16, 30)),
        ("2026-01-08 10:00 +05:30", datetime(2026, 1, 8, 4, 30)),
        ("8 January 2026, 10:00 +05:30", datetime(2026, 1, 8, 4, 30)),
        ("8 January 2026, 10:00 -0330", datetime(2026, 1, 8, 13, 30)),
    ],
)
def test_a_time_with_a_zone_is_read_to_the_minute(line: str, value: datetime) -> None:
    time = chosen(line)
    assert time is not None
    assert (time.value_at, time.precision) == (value, "minute")


def test_an_abbreviation_means_what_it_means_in_the_outlets_country() -> None:
    line = "8 January 2026, 22:00 IST"
    found = [chosen(line, country) for country in ("IN", "IE", "IL")]
    assert [time and time.value_at.hour for time in found] == [16, 21, 20]


def test_a_time_without_zone_is_read_in_the_outlets_zone() -> None:
    time = chosen("January 8, 2026, Thursday // 17:15", zone="Europe/Sofia")
    assert time is not None
    assert (time.value_at, time.zone_evidence) == (datetime(2026, 1, 8, 15, 15), "outlet")


def test_a_time_without_any_zone_keeps_only_its_day() -> None:
    time = chosen("January 8, 2026, Thursday // 17:15")
    assert time is not None
    assert (time.value_at, time.precision, time.zone_evidence) == (datetime(2026, 1, 8), "day", "none")


def test_a_day_that_two_countries_read_differently_is_not_guessed() -> None:
    assert chosen("02/01/2025") is None
    assert [(t := chosen("02/01/2025", country)) and t.value_at.month for country in ("US", "GB")] == [2, 1]


def test_a_day_that_can_only_be_read_one_way_is_read() -> None:
    time = chosen("12/30/2025")
    assert time is not None
    assert time.value_at == datetime(2025, 12, 30)


@pytest.mark.parametrize(
    "line", ["31 February 2026", "99:99 8 Januember", "call 555-0142", "Season 2025/26", "1-2-3", "on Monday"]
)
def test_what_is_no_date_gives_none(line: str) -> None:
    assert chosen(line) is None


def test_a_time_after_the_page_was_fetched_is_refused_and_kept() -> None:
    (time,) = read_times(
        [TimeCandidate("published", "2026-02-20T10:00:00Z", "meta", None, None)], Clock(LATEST, None, None)
    )
    assert not time.is_chosen
    assert time.reason == "after the page was fetched"


def test_better_evidence_is_chosen_and_the_other_says_why_not() -> None:
    times = read_times(
        [
            TimeCandidate("published", "2026-01-07", "url", None, None),
            TimeCandidate("published", "2026-01-08T10:00:00+02:00", "json_ld", None, None),
            TimeCandidate("updated", "2026-01-08T11:00:00+02:00", "json_ld", None, None),
        ],
        Clock(LATEST, None, None),
    )
    assert [(time.kind, time.source, time.is_chosen) for time in times] == [
        ("published", "url", False),
        ("published", "json_ld", True),
        ("updated", "json_ld", True),
    ]
    assert times[1].value_at == datetime(2026, 1, 8, 8, 0)


def test_a_crawl_stamp_is_kept_as_evidence_and_never_chosen() -> None:
    (time,) = read_times([], Clock(LATEST, None, None), stamps=[" date 2025-01-21 "])
    assert (time.is_chosen, time.confidence) == (False, 0.0)
    assert "stamp" in time.reason


def test_created_stands_in_only_where_published_is_missing() -> None:
    line = "Created: 30-12-2019 22:00 UTC"
    assert chosen(line) is not None
    published = chosen(f"Published: 29-12-2019 10:00 UTC {line}")
    assert published is not None
    assert published.value_at == datetime(2019, 12, 29, 10, 0)


def test_the_evidence_says_where_it_stands() -> None:
    text = "Head\nPublished 8 January 2026\n"
    (candidate,) = visible_times(text, 5, text[5:])
    assert text[candidate.start_offset : candidate.end_offset] == candidate.original_text == "8 January 2026"


def test_the_day_in_a_url_is_read() -> None:
    (candidate,) = url_time("https://tarnpost.example/2026/1/8/quay")
    assert candidate.original_text == "2026-01-08"
    assert url_time("https://tarnpost.example/2026/quay") == []


def test_a_small_word_is_no_time_zone() -> None:
    french = chosen("Publié le 08/01/2026 10:30 et mis à jour ensuite", "FR", "Europe/Paris")
    german = chosen("8 January 2026, 10:30 ist es", "DE", "Europe/Berlin")
    assert french is not None
    assert german is not None
    assert french.value_at == german.value_at == datetime(2026, 1, 8, 9, 30)


@pytest.mark.parametrize("line", ["8 January 2026, 10:00-12:30", "8 January 2026, 18:00-24:00"])
def test_an_end_time_is_no_offset(line: str) -> None:
    time = chosen(line)
    assert time is not None
    assert (time.value_at, time.zone_evidence) == (datetime(2026, 1, 8), "none")


def test_each_time_takes_the_word_nearest_before_it() -> None:
    line = "Updated 1/9/2026 Posted 1/8/2026"
    times = read_times(visible_times(line, 0, line), Clock(LATEST, None, "US"))
    assert {time.kind: time.value_at.day for time in times} == {"updated": 9, "published": 8}


def test_a_day_that_has_begun_somewhere_is_not_in_the_future() -> None:
    fetched = datetime(2026, 1, 8, 20, 0)
    (today,) = read_times([TimeCandidate("published", "2026-01-09", "meta", None, None)], Clock(fetched, None, "NZ"))
    (later,) = read_times([TimeCandidate("published", "2026-01-10", "meta", None, None)], Clock(fetched, None, "NZ"))
    assert (today.is_chosen, later.is_chosen) == (True, False)


def test_an_instant_hours_after_the_fetch_is_refused() -> None:
    times = [TimeCandidate("published", f"2026-01-31T{hour:02d}:30:00Z", "meta", None, None) for hour in (0, 2)]
    found = [read_times([time], Clock(LATEST, None, None))[0].is_chosen for time in times]
    assert found == [True, False]


def test_a_dashed_day_is_read_as_its_country_reads_it() -> None:
    assert chosen("01-02-2025") is None
    assert [(t := chosen("01-02-2025", country)) and t.value_at.month for country in ("US", "IN")] == [1, 2]


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+05:30", "9999-12-31T23:59:59-08:00"])
def test_placeholders_of_software_are_refused(text: str) -> None:
    (time,) = read_times([TimeCandidate("published", text, "json_ld", None, None)], Clock(LATEST, "Asia/Kolkata", "IN"))
    assert not time.is_chosen
