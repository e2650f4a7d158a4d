from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import Clock, read_time, url_time, visible_times
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


@pytest.mark.parametrize(
    "line",
    [
        "8. Januar 2026", "8 janvier 2026", "8 de enero de 2026", "8 de janeiro de 2026", "8 gennaio 2026",
        "8 januari 2026", "8 stycznia 2026", "den 8 januari 2026", "8. januar 2026", "8 Ocak 2026", "8 января 2026 г.",
        "8 січня 2026", "8 Ιανουαρίου 2026", "8. ledna 2026", "2026. január 8.", "8 ianuarie 2026", "8 януари 2026",
        "8 Januari 2026", "٨ يناير ٢٠٢٦", "8 يناير 2026", "8 जनवरी 2026", "2026年1月8日",
        "2026년 1월 8일", "2026/01/08", "2026.01.08", "08.01.2026", "8-Jan-2026", "Jan. 8th, 2026",
        "8. tammikuuta 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_language_of_the_page(line: str) -> None:
    time = chosen(line)
    assert time is not None
    assert (time.value_at, time.precision) == (datetime(2026, 1, 8), "day")


def test_a_month_that_two_languages_call_alike_is_read_in_the_pages_own() -> None:
    found = [read_time("8 listopada 2025", Clock(LATEST, None, None, language)) for language in ("pl", "hr", "en")]
    assert [reading and reading.moment.month for reading in found] == [11, 10, None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-08T10:00:00.123Z", datetime(2026, 1, 8, 10, 0, 0, 123000)),
        ("2026-01-08 10:00:00 +0200", datetime(2026, 1, 8, 8, 0)),
        ("Thu, 08 Jan 2026 10:00:00 GMT", datetime(2026, 1, 8, 10, 0)),
        ("Thu Jan 08 2026 10:00:00 GMT+0200 (Eastern European Standard Time)", datetime(2026, 1, 8, 8, 0)),
        ("Thu Jan 08 10:00:00 EST 2026", datetime(2026, 1, 8, 15, 0)),
        ("1767866400", datetime(2026, 1, 8, 10, 0)),
        ("1767866400000", datetime(2026, 1, 8, 10, 0)),
        ("8 January 2026 10:00 UTC+2", datetime(2026, 1, 8, 8, 0)),
        ("8 januari 2026 om 10:00 CET", datetime(2026, 1, 8, 9, 0)),
        ("2026年1月8日 午後10時05分 JST", datetime(2026, 1, 8, 13, 5)),
        ("8 January 2026, 7 pm GMT", datetime(2026, 1, 8, 19, 0)),
        ("January 8, 20267:05 PM ET", datetime(2026, 1, 9, 0, 5)),
        ("Jan 8, 2026 7:05 PMUpdated", None),
    ],
)
def test_a_time_is_read_as_programs_and_newsrooms_write_it(text: str, value: datetime | None) -> None:
    reading = read_time(text, Clock(LATEST, None, None))
    assert reading is not None
    if value is None:
        assert reading.wall == datetime(2026, 1, 8, 19, 5)
    else:
        assert (reading.moment, reading.precision in ("instant", "minute")) == (value, True)


@pytest.mark.parametrize(
    "text", ["", "Monday", "yesterday", "2 hours ago", "2026", "12", "8 January", "1399/02/21", "10:00", "2026-13-45"]
)
def test_what_says_no_day_is_not_read(text: str) -> None:
    assert read_time(text, Clock(LATEST, None, None)) is None


def test_a_month_alone_stays_a_month() -> None:
    reading = read_time("2026-01", Clock(LATEST, None, None))
    assert reading is not None
    assert (reading.moment, reading.precision) == (datetime(2026, 1, 1), "month")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Aktualisiert am 8. Januar 2026", "updated"),
        ("Mis à jour le 8 janvier 2026", "updated"),
        ("Обновлено: 8 января 2026", "updated"),
        ("最終更新日：2026年1月8日", "updated"),
        ("Publicado el 8 de enero de 2026", "published"),
        ("8 January 2026", "published"),
    ],
)
def test_the_word_before_a_time_says_what_it_is_of(line: str, kind: str) -> None:
    assert [candidate.kind for candidate in visible_times(line, 0, line)] == [kind]


@pytest.mark.parametrize("line", ["Price as of January 8, 2026, 1:20 p.m. ET", "Copyright 8 January 2026"])
def test_a_time_of_something_else_is_none(line: str) -> None:
    assert visible_times(line, 0, line) == []


@pytest.mark.parametrize(
    "path",
    ["2026/1/8/quay", "2026/jan/08/quay", "2026-01-08/quay", "news/quay-20260108", "a/2026-01-08-quay.html",
     "20260108/", "2026/01/260108-quay"],
)  # fmt: skip
def test_the_day_in_an_address_is_read_in_every_usual_form(path: str) -> None:
    assert [one.original_text for one in url_time(f"https://tarnpost.example/{path}")] == ["2026-01-08"]


@pytest.mark.parametrize("path", ["news/2039026", "a/120260108", "2026/31/12/", "id-20261399", "a?day=2026-01-08"])
def test_a_number_that_is_no_day_gives_none(path: str) -> None:
    assert url_time(f"https://tarnpost.example/{path}") == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.text(max_size=10))
def test_any_line_can_be_searched(before: str, after: str) -> None:
    line = f"{before} 8 January 2026, 10:00 EET{after}"
    for candidate in visible_times(line, 0, line):
        assert line[candidate.start_offset : candidate.end_offset] == candidate.original_text
        read_time(candidate.original_text, Clock(LATEST, None, None))
    read_time(before, Clock(LATEST, "Europe/Sofia", "US"))


@given(st.dates(datetime(1999, 1, 1).date(), datetime(2025, 12, 31).date()), st.sampled_from(["%d %B %Y", "%B %d, %Y",
       "%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%b. %d, %Y"]))  # fmt: skip
def test_every_day_is_read_back(day: date, form: str) -> None:
    time = chosen(day.strftime(form))
    assert time is not None
    assert time.value_at.date() == day
