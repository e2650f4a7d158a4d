"""What a warehouse must not forget, and what it must not keep, when nights come late, again or otherwise read."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

# All words are too short for terms, so that nothing but the run itself can propose a pair.
RUN = "it is up to us all to do as we can for you and so it may be that we get on"
TALES = [
    f"""Ferns cover Ostrava, where gardeners prune moss beneath glass. {RUN}. Visitors walk among lanterns until closing
    bells ring; afterwards volunteers sweep gravel, mend trellises, count seedlings, polish brass taps, stack terracotta
    pots, label cuttings, oil hinges, empty barrels, coil hoses, lock gates.""",
    f"""Potters around Kelde dig clay beside rivers. {RUN}. Buyers arrive before breakfast, haggle over glazes, wrap
    bowls inside newspaper, load donkey carts, drink bitter coffee, curse potholes, compare prices, quote grandmothers,
    choose jugs, drop saucers, laugh, promise themselves another summer journey.""",
]


def scored(warehouse) -> list[tuple]:
    return warehouse.rows("select * from intermediate.int_article_pairs_scored order by all")


@pytest.fixture
def told(page):
    """Two texts that share a run of words too short for a copy."""
    return [page("moss", 5, TALES[0], "post"), page("roots", 6, TALES[1], "post")]


def test_articles_are_compared_again_when_the_outlet_of_one_is_known_otherwise(make_warehouse, told):
    moss, roots = told
    warehouse = make_warehouse("outlets")
    warehouse.load(5, [moss])
    warehouse.load(6, [roots])
    warehouse.build("run")
    assert scored(warehouse) == []  # an outlet's own form of words is no quotation

    warehouse.load(6, [replace(roots, outlet="echo")])
    warehouse.build("run")

    assert [row[:2] for row in scored(warehouse)] == warehouse.rows(
        "select min(article_id), max(article_id) from marts.articles"
    )


def test_nothing_but_their_fates_comes_from_pages_that_are_not_accepted(make_warehouse, page):
    """Equal pages of two nights are both read; without what was read from the second, the marts are the same."""
    body = 'Mira Holt said "we went out for the youngest among us" to Varnholm, where the harbour stands empty.'
    again = page(
        "again", 6, body, "post", "https://post.example/nets", "Nets", "2026-01-05T06:30:00", "NNB", version="v"
    )
    warehouse = make_warehouse("repeats")
    warehouse.load(5, [replace(again, page_id="first", night=5), page("bad", 5, fate="quarantined", version="w")])
    warehouse.load(6, [again, page("bad again", 6, fate="quarantined", version="w")])
    warehouse.build()
    fates = warehouse.rows("select page_id, fate, reason, seen_page_id from marts.page_fates order by all")
    marts = warehouse.marts()

    assert fates == [
        ("again", "already_seen", None, "first"),
        ("bad", "quarantined", "empty", None),
        ("bad again", "quarantined", "empty", None),
        ("first", "accepted", None, None),
    ]
    tables = [
        name
        for (name,) in warehouse.rows(
            "select table_name from duckdb_columns() where schema_name = 'raw' and column_name = 'page_id'"
        )
        if name != "pages"
    ]
    assert len(tables) == 8
    with duckdb.connect(warehouse.file) as connection:
        forgotten = {
            table: connection.execute(f"delete from raw.{table} where page_id = 'again' returning 1").fetchall()
            for table in tables
        }
    assert all(rows for table, rows in forgotten.items() if table != "blocks")
    warehouse.build()
    assert warehouse.marts() == marts
