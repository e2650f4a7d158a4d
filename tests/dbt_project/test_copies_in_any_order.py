"""Three nights of copies, loaded in any order, at once, or by more workers: the same ledger."""

from __future__ import annotations

import random
import shutil
from functools import cache
from itertools import permutations

import pytest

TABLES = (
    *(f"marts.{table}" for table in ("articles", "article_references", "article_versions", "copies", "publications")),
    *(f"marts.{table}" for table in ("shared_passages", "version_changes")),
    *(f"reports.{view}" for view in ("agency_share", "copy_spread", "credit_stripped", "silent_edits")),
)
MODELS = ["run", "--select", *(f"+{table.split('.')[1]}" for table in TABLES)]
SYLLABLES = [first + vowel for first in "bdfgklmnprstv" for vowel in "aeiou"]

pytestmark = pytest.mark.slow


def prose(seed: int, words: int) -> str:
    """Words of nobody's language; the same seed begins with the same words."""
    drawn = random.Random(seed)
    return " ".join("".join(drawn.choices(SYLLABLES, k=3)) for _ in range(words))


def edited(text: str) -> str:
    """The text with every fifteenth word another."""
    return " ".join("other" if place % 15 == 7 else word for place, word in enumerate(text.split()))


@pytest.fixture(scope="module")
def nights(page):
    wire, passage, ferry, orchard = prose(1, 300), prose(2, 25), prose(10, 200), prose(11, 200)
    sentences, url = [prose(seed, 40) for seed in (20, 21, 22)], "https://echo.example/quay"
    reused, rain, snow = "https://echo.example/weather", prose(30, 60), prose(31, 60)
    return {
        5: [
            page("excerpt", 5, prose(1, 90), "echo"),
            page("wire", 5, wire, "post", published="2026-01-05T06:00:00", agency="NNB"),
            page("own", 5, f"{prose(3, 200)} {passage} {prose(4, 40)}", "echo"),
            page("ferry", 5, ferry, "echo"),
            page("first", 5, f"{sentences[0]}. {sentences[1]}.", "echo", url, version="first"),
            page("rain", 5, rain, "echo", reused, "Weather", "2026-01-05"),
        ],
        6: [
            page("edited", 6, edited(wire), "echo", published="2026-01-05T09:00:00"),
            page("again", 6, wire, "post"),
            page("other", 6, f"{prose(5, 200)} {passage} {prose(6, 40)}", "post"),
            page("second", 6, f"{sentences[0]}. {sentences[2]}.", "echo", url),
            page("snow", 6, snow, "echo", reused, "Weather", "2026-01-06"),
            # Leads the ferry's text until another text shows that it is a digest.
            page("digest", 6, f"{ferry} {orchard} {prose(12, 200)}", "post"),
        ],
        7: [
            page("longer", 7, f"{wire} {prose(7, 60)}", "echo"),
            page("as long", 7, f"{prose(8, 60)} {wire}", "post"),
            page("orchard", 7, orchard, "echo"),
            # The text of the first night came back.
            page("back", 7, f"{sentences[0]}. {sentences[1]}.", "echo", url, version="first"),
            page("thaw", 7, edited(snow), "echo", reused, "Weather", "2026-01-07"),
        ],
    }


@pytest.fixture(scope="module")
def after(make_warehouse, nights):
    """Function that gives the warehouse after nights in an order; orders that begin alike share what they can."""

    @cache
    def built(order: tuple[int, ...]):
        warehouse = make_warehouse("-".join(map(str, order)))
        if order[:-1]:
            shutil.copytree(built(order[:-1]).folder, warehouse.folder, dirs_exist_ok=True)
        warehouse.load(order[-1], nights[order[-1]])
        warehouse.build(*MODELS)
        return warehouse

    return built


@pytest.fixture(scope="module")
def in_order(after):
    return rows(after((5, 6, 7)))


def rows(warehouse) -> dict[str, list[tuple]]:
    return {table: warehouse.rows(f"select * from {table} order by all") for table in TABLES}


def test_the_nights_hold_every_level_a_change_of_reference_a_digest_and_a_text_that_came_back(in_order) -> None:
    assert {table: len(found) for table, found in in_order.items()} == {
        "marts.articles": 9,
        "marts.article_references": 10,
        "marts.article_versions": 17,
        "marts.copies": 16,
        "marts.publications": 14,
        "marts.shared_passages": 3,
        "marts.version_changes": 6,
        "reports.agency_share": 5,
        "reports.copy_spread": 6,
        "reports.credit_stripped": 5,
        "reports.silent_edits": 3,
    }
    values = {value for table in ("copies", "article_versions") for row in in_order[f"marts.{table}"] for value in row}
    assert {"exact", "near", "containment", "kept", "stripped", "silent"} <= values
    assert {row[3] for row in in_order["marts.shared_passages"]} == {"passage", "digest"}


def test_a_url_that_serves_another_text_every_day_carries_an_article_each_time(after) -> None:
    published = """select page_id, publications.url, articles.title, publications.versions from marts.publications
        inner join marts.articles using (article_id) where publications.url like '%/weather' order by page_id"""
    url = "https://echo.example/weather"
    assert after((5, 6, 7)).rows(published) == [("rain", url, "Weather", 1), ("thaw", url, "Weather", 2)]


ORDERS = sorted(set(permutations((5, 6, 7))) - {(5, 6, 7)})


@pytest.mark.parametrize("order", ORDERS)
def test_nights_in_another_order_give_the_same_ledger(after, in_order, order) -> None:
    assert rows(after(order)) == in_order


@pytest.mark.parametrize("workers", ["1", "4"])
def test_all_nights_at_once_give_the_same_ledger_whatever_the_number_of_workers(
    make_warehouse, nights, in_order, workers: str
) -> None:
    warehouse = make_warehouse("at_once")
    for night, pages in nights.items():
        warehouse.load(night, pages)
    warehouse.build(*MODELS, "--threads", workers)
    assert rows(warehouse) == in_order


def test_pairs_of_pages_are_measured_once_and_end_as_a_rebuild_has_them(make_warehouse, page) -> None:
    wire = prose(1, 200)
    own, late = f"{wire} {prose(2, 20)}", f"{prose(3, 20)} {wire} {prose(4, 40)}"
    models = ["run", "--select", "+copies", "+article_versions", "+int_nights_compared"]
    warehouse = make_warehouse("kept")
    warehouse.load(5, [page("wire", 5, wire, "post"), page("own", 5, own, "echo"), page("cut", 5, wire[:900], "mail")])
    warehouse.build(*models)
    assert to_compare(warehouse) == [("cut", "own", True), ("wire", "own", True)]

    # A new night measures its own pairs alone.
    warehouse.load(6, [page("next", 6, f"{wire} {prose(5, 10)}", "sun")])
    warehouse.build(*models)
    assert to_compare(warehouse) == [("cut", "own", False), ("next", "own", True), ("wire", "own", False)]

    # It is replaced by one whose fuller text leads: the pairs of before are pairs no longer.
    warehouse.load(6, [page("late", 6, late, "sun")])
    warehouse.build(*models)
    assert to_compare(warehouse) == [("cut", "late", True), ("own", "late", True), ("wire", "late", True)]
    kept = measured(warehouse)
    warehouse.build(*models, "--full-refresh")
    assert measured(warehouse) == kept


def to_compare(warehouse) -> list[tuple]:
    return warehouse.rows(
        "select page_id, other_page_id, is_to_compare from intermediate.int_page_pairs_chosen order by all"
    )


def measured(warehouse) -> list[tuple]:
    return warehouse.rows("select * from intermediate.int_page_pairs_compared order by all")
