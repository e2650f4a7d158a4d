"""Three nights of copies, loaded in any order, at once, or by more workers: the same ledger."""

from __future__ import annotations

import random

import pytest

TABLES = ("articles", "article_references", "copies", "shared_passages")
MODELS = ["run", "--select", *(f"+{table}" for table in TABLES)]
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
    wire, passage = prose(1, 300), prose(2, 25)
    return {
        5: [
            page("excerpt", 5, prose(1, 90), "echo"),
            page("wire", 5, wire, "post", published="2026-01-05T06:00:00", agency="NNB"),
            page("own", 5, f"{prose(3, 200)} {passage} {prose(4, 40)}", "echo"),
        ],
        6: [
            page("edited", 6, edited(wire), "echo", published="2026-01-05T09:00:00"),
            page("again", 6, wire, "post"),
            page("other", 6, f"{prose(5, 200)} {passage} {prose(6, 40)}", "post"),
        ],
        7: [page("longer", 7, f"{wire} {prose(7, 60)}", "echo"), page("as long", 7, f"{prose(8, 60)} {wire}", "post")],
    }


@pytest.fixture(scope="module")
def in_order(make_warehouse, nights):
    return ledger(make_warehouse("in_order"), nights, (5, 6, 7))


def ledger(warehouse, nights, order) -> dict[str, list[tuple]]:
    """The rows of the ledger after nights that came one after the other."""
    for night in order:
        warehouse.load(night, nights[night])
        warehouse.build(*MODELS)
    return rows(warehouse)


def rows(warehouse) -> dict[str, list[tuple]]:
    return {table: warehouse.rows(f"select * from marts.{table} order by all") for table in TABLES}


def test_the_nights_hold_every_level_and_a_change_of_reference(in_order) -> None:
    assert {table: len(found) for table, found in in_order.items()} == {
        "articles": 3,
        "article_references": 4,
        "copies": 8,
        "shared_passages": 1,
    }
    values = {value for row in in_order["copies"] for value in row}
    assert {"exact", "near", "containment"} <= values


@pytest.mark.parametrize("order", [(7, 6, 5), (6, 7, 5)])
def test_nights_in_another_order_give_the_same_ledger(make_warehouse, nights, in_order, order) -> None:
    assert ledger(make_warehouse("another"), nights, order) == in_order


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
