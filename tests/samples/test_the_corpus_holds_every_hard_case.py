"""Each hard case that the corpus was written for is really in it."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

NIGHTS = Path(__file__).resolve().parents[2] / "samples" / "nights"
FIRST, SECOND, THIRD = "2026-01-08", "2026-01-09", "2026-01-10"
Page = dict[str, Any]


def of_group(accepted: list[Page], copy_group: str) -> dict[str, Page]:
    return {page["outlet_id"]: page for page in accepted if page["copy_group"] == copy_group}


def one(pages: list[Page], **wanted: Any) -> Page:
    found = [page for page in pages if all(page[key] == value for key, value in wanted.items())]
    assert len(found) == 1, (wanted, len(found))
    return found[0]


def content(page: Page) -> bytes:
    return (NIGHTS / page["night"] / page["source_id"] / page["origin"]).read_bytes()


def test_three_nights_of_which_the_last_is_quiet(gold: dict[str, Any]) -> None:
    assert gold["nights"] == [FIRST, SECOND, THIRD]
    pages = Counter(page["night"] for page in gold["pages"])
    assert pages[THIRD] == 10
    assert pages[FIRST] > pages[SECOND] > 2 * pages[THIRD]


def test_fates_reasons_kinds_and_languages(gold: dict[str, Any]) -> None:
    assert Counter(page["fate"] for page in gold["pages"]) == {"accepted": 61, "quarantined": 10, "already_seen": 3}
    reasons = Counter(page["reason"] for page in gold["pages"] if page["reason"])
    assert reasons == {
        "binary": 1,
        "broken_gzip": 1,
        "empty": 3,
        "section_front": 2,
        "unreadable_row": 1,
        "video_page": 2,
    }
    accepted = [page for page in gold["pages"] if page["fate"] == "accepted"]
    assert Counter(page["kind"] for page in accepted) == {"article": 59, "live_blog": 1, "opinion": 1}
    assert Counter(page["language"] for page in accepted) == {"en": 59, "de": 1, "fr": 1}
    assert Counter(page["completeness"] for page in accepted) == {"full": 60, "truncated": 1}


def test_one_agency_text_ran_cut_stripped_and_under_a_new_headline(accepted: list[Page]) -> None:
    copies = of_group(accepted, "ferry-wire")
    assert copies.keys() == {"harbor-courier", "inland-observer", "pulse-desk"}
    cut, stripped, renamed = (copies[outlet] for outlet in sorted(copies))
    full_text = " ".join(renamed["body"])
    assert cut["body"][0].startswith("PORT ESKER, Jan 8 (MNA) — ")
    assert len(cut["body"]) == 4
    assert full_text.startswith(" ".join(cut["body"]).partition(" — ")[2])
    assert [page["copy_kind"] for page in (cut, stripped, renamed)] == ["excerpt", "near", "reference"]
    assert [page["has_credit"] for page in (cut, stripped, renamed)] == [True, False, True]
    assert {page["agency"] for page in copies.values()} == {"MNA"}
    assert "MNA" not in " ".join(stripped["body"])
    assert cut["title"] == stripped["title"] != renamed["title"]


def test_a_second_agency_text_ran_whole_with_merged_paragraphs(accepted: list[Page]) -> None:
    copies = of_group(accepted, "rate-wire")
    first, second = copies["marlow-monitor"], copies["quay-bulletin"]
    assert " ".join(first["body"]) == " ".join(second["body"])
    assert len(first["body"]) > len(second["body"])
    assert (first["copy_kind"], second["copy_kind"]) == ("reference", "exact")
    assert first["published_at"] < second["published_at"]


def test_an_excerpt_of_another_outlets_article_ran_as_a_brief(accepted: list[Page]) -> None:
    copies = of_group(accepted, "atlas-harbor")
    whole, brief = copies["harbor-courier"], copies["quay-bulletin"]
    assert brief["copy_kind"] == "excerpt"
    sentences = " ".join(brief["body"])
    kept = [paragraph for paragraph in whole["body"] if paragraph in sentences]
    assert kept == [whole["body"][place] for place in (0, 1, 3, 4)]
    assert brief["published_at"] == FIRST, "only the day is given"


def test_one_url_was_updated_over_two_nights(accepted: list[Page]) -> None:
    versions = [page for page in accepted if page["copy_group"] == "storm-southern"]
    assert [(page["night"], page["copy_kind"]) for page in versions] == [(FIRST, "update"), (SECOND, "reference")]
    before, after = versions
    assert before["url"] == after["url"]
    assert before["published_at"] == after["published_at"] < after["updated_at"]
    assert before["title"] != after["title"]
    changed = set(before["body"]) - set(after["body"])
    assert 2 <= len(changed) < len(before["body"]) / 2


def test_identical_pages_were_offered_again(gold: dict[str, Any]) -> None:
    repeats = [page for page in gold["pages"] if page["fate"] == "already_seen"]
    assert {page["night"] for page in repeats} == {SECOND, THIRD}
    files = [page for page in repeats if page["source_id"] != "crawler-rows"]
    assert len(files) == 2
    for page in files:
        assert content(page) == (NIGHTS / page["repeats"]).read_bytes()
    (row,) = [page for page in repeats if page["source_id"] == "crawler-rows"]
    before, after = (
        next(json.loads(line) for line in (NIGHTS / night / "crawler.jsonl").open(encoding="utf-8") if origin in line)
        for night, origin in ((FIRST, row["repeats"].rpartition("/")[2]), (SECOND, row["origin"]))
    )
    assert (before["url"], before["text"]) == (after["url"], after["text"])
    assert before["id"] != after["id"]


def test_a_yearly_ritual_came_back_as_another_article_and_story(
    accepted: list[Page], shingles: Callable[[Page], set[tuple[str, ...]]]
) -> None:
    last_year = one(accepted, copy_group="newyear-2025")
    this_year = one(accepted, copy_group="newyear-2026-valdoria")
    assert (last_year["story"], this_year["story"]) == ("newyear-2025", "newyear-2026")
    assert (last_year["source_id"], last_year["published_at"][:4]) == ("archive-2025", "2025")
    assert last_year["outlet_id"] == this_year["outlet_id"]
    shared = shingles(last_year) & shingles(this_year)
    overlap = len(shared) / len(shingles(last_year) | shingles(this_year))
    assert 0.15 < overlap < 0.5, "similar enough to tempt, too different to be a copy"


def test_the_same_people_met_twice_on_one_day_in_two_stories(accepted: list[Page]) -> None:
    for story, articles in (("fishing-accord", 3), ("opera-blackout", 2)):
        pages = [page for page in accepted if page["story"] == story and page["night"] == SECOND]
        assert len(pages) == articles
        for page in pages:
            assert page["published_at"].startswith(SECOND)
            assert all(name in " ".join(page["body"]) for name in ("Velisar", "Aldane", "Lindholm"))


def test_stories_grow_on_later_nights(accepted: list[Page]) -> None:
    nights = defaultdict(set)
    for page in accepted:
        nights[page["story"]].add(page["night"])
    growing = {story: found for story, found in nights.items() if len(found) > 1}
    assert growing == {
        "atlas": {FIRST, SECOND},
        "dunmore-water": {FIRST, SECOND, THIRD},
        "ferry": {FIRST, SECOND, THIRD},
        "fishing-accord": {SECOND, THIRD},
        "storm-hedda": {FIRST, SECOND},
    }


def test_stories_hold_independent_texts_and_singletons_stand_alone(
    accepted: list[Page], shingles: Callable[[Page], set[tuple[str, ...]]]
) -> None:
    texts = defaultdict(set)
    for page in accepted:
        texts[page["story"]].add(page["copy_group"])
    together = {story: len(groups) for story, groups in texts.items() if len(groups) > 1}
    assert together == {
        "atlas": 3,
        "cup-fog": 2,
        "dunmore-water": 3,
        "ferry": 7,
        "fishing-accord": 4,
        "newyear-2026": 2,
        "opera-blackout": 2,
        "rate-2026": 2,
        "storm-hedda": 4,
    }
    assert sum(len(groups) == 1 for groups in texts.values()) >= 20
    references = [page for page in accepted if page["copy_kind"] == "reference"]
    assert len(references) == len({page["copy_group"] for page in accepted})
    for left, right in combinations(references, 2):
        if {left["copy_group"], right["copy_group"]} == {"newyear-2025", "newyear-2026-valdoria"}:
            continue
        shared = len(shingles(left) & shingles(right)) / min(len(shingles(left)), len(shingles(right)))
        assert shared < 0.1, (left["copy_group"], right["copy_group"], shared)


def test_some_quotations_are_shared_between_independent_texts(accepted: list[Page]) -> None:
    for words, groups in (
        ("No one gets all the fish, and that is how you recognise a fair treaty", {"accord-harbor", "accord-quay"}),
        (
            "the strait should join our shores rather than divide them",
            {"newyear-2026-valdoria", "newyear-2026-lakeland"},
        ),
    ):
        carriers = {p["copy_group"] for p in accepted if words.lower() in " ".join(p["body"]).lower()}
        assert carriers == groups


def test_one_page_lies_about_its_encoding(accepted: list[Page]) -> None:
    page = one(accepted, copy_group="cafe-closes")
    assert b'charset="utf-8"' in content(page)
    with pytest.raises(UnicodeDecodeError):
        content(page).decode("utf-8")
    text = " ".join(page["body"])
    assert {"é", "è", "û", "ï", "“", "”", "’"} <= set(text)
    assert text.encode("windows-1252") != text.encode("utf-8")


def test_faulty_files_are_faulty(gold: dict[str, Any]) -> None:
    picture = one(gold["pages"], reason="binary")
    assert picture["origin"].endswith(".html")
    assert content(picture).startswith(b"\x89PNG\r\n")
    torn = one(gold["pages"], reason="broken_gzip")
    assert content(torn)[:2] == b"\x1f\x8b"
    with pytest.raises(EOFError):
        gzip.decompress(content(torn))
    unreadable = one(gold["pages"], reason="unreadable_row")
    line_number = int(unreadable["origin"].removeprefix("line "))
    line = (NIGHTS / unreadable["night"] / "crawler.jsonl").read_text(encoding="utf-8").splitlines()[line_number - 1]
    with pytest.raises(json.JSONDecodeError):
        json.loads(line)


def test_some_files_are_compressed(gold: dict[str, Any]) -> None:
    endings = Counter(
        page["origin"].rpartition(".")[0].rpartition(".")[2] for page in gold["pages"] if page["origin"].endswith(".gz")
    )
    assert endings == {"html": 5, "txt": 4}


def test_dates_come_in_every_style(accepted: list[Page], source_of: Callable[[Page], str]) -> None:
    style_of_outlet = {
        "harbor-courier": '"datePublished": "2026-01-',
        "valdoria-today": " January 2026, ",
        "inland-observer": 'property="article:published_time" content="2026-01-',
        "lakeland-review": '<time pubdate datetime="2026-01-',
        "southern-ledger": '+13:00" itemprop="datePublished"',
        "pulse-desk": "First Published: Jan ",
        "marlow-monitor": "  • Published: ",
        "quay-bulletin": " | January ",
    }
    dated = [page for page in accepted if page["published_at"] and page["source_id"] != "archive-2025"]
    assert {page["outlet_id"] for page in dated} == style_of_outlet.keys()
    for page in dated:
        assert style_of_outlet[page["outlet_id"]] in source_of(page), page["origin"]
    undated = one(accepted, published_at=None)
    assert "2026-01" not in source_of(undated)
    assert "Published" not in source_of(undated)


def test_one_outlet_shows_only_a_local_time(accepted: list[Page], source_of: Callable[[Page], str]) -> None:
    pages = [page for page in accepted if page["source_id"] == "valdoria-today"]
    assert len(pages) == 7
    for page in pages:
        assert not any(trace in source_of(page) for trace in ("datePublished", "published_time", "<time", "+02:00"))
    message = one(pages, copy_group="newyear-2026-valdoria")
    assert "8 January 2026, 22:00 EET" in source_of(message)
    assert message["published_at"] == "2026-01-08T20:00:00Z"


def test_pages_carry_the_furniture_that_must_be_cut(accepted: list[Page], source_of: Callable[[Page], str]) -> None:
    sources = "\n".join(source_of(page) for page in accepted)
    furniture = {
        "cookie banner": "store cookies on your device",
        "paywall": "Subscribe to continue reading",
        "plan in euro": "€2.50 a week",
        "plan in dollars": "$9.99 a month",
        "plan in rupees": "₹166/Month",
        "template variable": "{{free_limit}}",
        "dump navigation": "Left Menu",
        "trending": "TRENDING",
        "share bar": "Share by email",
        "comments": "Comments on this story are closed",
        "syndication notice": "syndicated feed",
        "newsletter": "Enter your email address",
        "copyright": "© Copyright 2026",
    }
    assert [name for name, words in furniture.items() if words not in sources] == []


def test_the_truncated_article_ends_at_a_paywall(accepted: list[Page], text_of: Callable[[Page], str]) -> None:
    page = one(accepted, completeness="truncated")
    after = text_of(page).partition(page["body"][-1])[2]
    assert after.index("Subscribe to continue reading") < after.index("$4 a month")
