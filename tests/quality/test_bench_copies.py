from collections.abc import Sequence
from itertools import permutations

import duckdb
import pytest

from tests.quality import bench_copies, made_up_news
from tests.quality.bench_copies import MODELS_OF_COPIES, load, make_tables, measure_ours
from tests.quality.made_up_news import made_up
from tests.quality.models import build

TEXTS = 240


@pytest.fixture
def small_nights(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (bench_copies, made_up_news):
        monkeypatch.setattr(module, "TEXTS_A_NIGHT", TEXTS)


def warehouse(threads: int) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"set threads = {threads}")
    make_tables(connection)
    return connection


def rows(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    tables = ("int_texts_given_fingerprints", "int_text_pairs_compared", "int_copies_recognised")
    return [connection.execute(f"from {table} order by all").fetchall() for table in tables]


def loaded(order: Sequence[int], threads: int = 1) -> list[list[tuple[object, ...]]]:
    """What nights give that come one after the other, a late one making those after it anew, as the macros say."""
    connection = warehouse(threads)
    for night in order:
        load(connection, night * TEXTS, TEXTS)
        build(connection, [*MODELS_OF_COPIES, "int_nights_compared"])
    return rows(connection)


@pytest.mark.usefixtures("small_nights")
def test_three_nights_in_every_order_and_all_at_once_give_the_same_copies() -> None:
    at_once = warehouse(threads=2)
    load(at_once, 0, 3 * TEXTS)
    build(at_once, MODELS_OF_COPIES)
    expected = rows(at_once)
    assert all(expected)
    nights = {row[-1] for row in expected[0]}
    assert len(nights) == 3
    for order in permutations(range(3)):
        assert loaded(order) == expected, order


@pytest.mark.usefixtures("small_nights")
def test_the_number_of_workers_changes_nothing() -> None:
    assert loaded((0, 1), threads=1) == loaded((0, 1), threads=4)


def test_planted_copies_are_found_and_nothing_else() -> None:
    found = measure_ours(600)
    assert found["recall"] == 1.0
    planted, share = found["parts"]["recalls"]["all"]
    assert planted > 30
    assert share == 1.0


def test_a_text_is_drawn_from_its_number_alone() -> None:
    texts = [made_up(number) for number in range(200)]
    assert [made_up(number) for number in reversed(range(200))] == texts[::-1]
    copies = [text for text in texts if text.original is not None]
    assert copies
    assert all(text.original < text.number for text in copies if text.original is not None)
    assert len({text.body for text in texts}) == 200
