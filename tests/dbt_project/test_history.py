"""What a warehouse must not forget, and what it must not keep, when nights come late, again or otherwise read."""

from __future__ import annotations

import shutil
from copy import copy
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
    assert len(tables) == 12
    with duckdb.connect(warehouse.file) as connection:
        forgotten = {
            table: connection.execute(f"delete from raw.{table} where page_id = 'again' returning 1").fetchall()
            for table in tables
        }
    assert all(rows for table, rows in forgotten.items() if table != "blocks")
    warehouse.build()
    assert warehouse.marts() == marts


SENTENCES = {
    "first": """The council of Ostrel voted on Tuesday to move the winter market from the church square to the old tram
    depot, after three years of complaints about flooded stalls and a generator that hummed until midnight. Traders who
    have sold candles and smoked cheese there since the seventies said nobody had asked them.""",
    "second": """Engineers on the island of Tarrow switched on a tidal turbine after nine winters of lost moorings, and
    lamps in forty kitchens burned without diesel for the first time. Fisherman Aldo Renn, who had doubted the machine
    aloud, was handed the first bill: eleven coins and a receipt. Divers will inspect its bolts every spring.""",
}


# In both halves, so that each is more than half of the whole: what is less is only held by it, as by a digest.
BETWEEN = "So it was said."


@pytest.fixture(scope="module")
def swallowed(make_warehouse, page):
    """Two outlets carry halves of a text; the night after, a third carries the whole. Ids that each build showed."""
    first, second = SENTENCES.values()
    halves = [
        page("half 1", 8, f"{first}\n\n{BETWEEN}", "o1", "https://o1.example/market", "Traders angry"),
        page("half 2", 8, f"{BETWEEN}\n\n{second}", "o2", "https://o2.example/floors", "Island lit by tides"),
    ]
    whole = page("whole", 9, "\n\n".join((first, BETWEEN, second)), "o3", "https://o3.example/market", "Market moves")
    warehouse = make_warehouse("swallowed")
    warehouse.load(8, halves)
    warehouse.build()
    warehouse.before = names(warehouse)
    warehouse.load(9, [whole])
    warehouse.build()
    return warehouse


def names(warehouse) -> tuple[set, set]:
    """Article ids and story ids of a build."""
    articles, stories = zip(*warehouse.rows("select article_id, story_id from marts.story_articles"), strict=True)
    return set(articles), set(stories)


def resolved(warehouse, report: str) -> dict:
    """What every id that was asked for leads to."""
    return dict(warehouse.rows(f"select asked_{report}_id, {report}_id from reports.{report}_resolve"))


def test_ids_of_articles_that_a_fuller_text_swallows_lead_to_it(swallowed):
    articles, stories = names(swallowed)

    assert (len(articles), len(stories)) == (1, 1)
    assert [len(ids) for ids in swallowed.before] == [2, 2]
    assert resolved(swallowed, "article") == dict.fromkeys(swallowed.before[0] | articles, *articles)
    assert resolved(swallowed, "story") == dict.fromkeys(swallowed.before[1] | stories, *stories)
    changes = "select change, articles, run_no, night::varchar from marts."
    assert swallowed.rows(changes + "story_lineage") == [("merge", 1, 2, "2026-01-09")]
    assert swallowed.rows(changes + "event_lineage") == [("merge", 1, 2, "2026-01-09")]
    assert swallowed.rows("select merged_stories from reports.night_summary order by night") == [(0,), (1,)]
    churn = "select standing_articles, renamed_articles, changed_articles from reports.story_churn order by night"
    assert swallowed.rows(churn) == [(0, 0, 0), (1, 0, 1)]


def test_a_build_run_again_keeps_its_lineage_as_it_is(swallowed):
    marts = swallowed.marts()
    ledger = swallowed.rows("select * from intermediate.int_names_given order by all")
    for arguments in (["run"], ["run", "--full-refresh"]):
        swallowed.build(*arguments)

        assert swallowed.marts() == marts
        assert swallowed.rows("select * from intermediate.int_names_given order by all") == ledger


def test_ids_lead_back_when_the_fuller_text_is_withdrawn(swallowed, tmp_path):
    """The night of the whole text is run again without it: the halves have their names again, each change a row."""
    again = copied(swallowed, tmp_path)
    again.load(9, [])
    again.build()

    assert names(again) == swallowed.before
    assert again.rows("select change, run_no from marts.story_lineage order by run_no") == [("merge", 2), ("split", 3)]
    assert resolved(again, "story") == {story: story for story in swallowed.before[1]}


def test_ids_of_a_text_that_is_gone_resolve_to_nothing_and_say_so(swallowed, tmp_path):
    gone = copied(swallowed, tmp_path)
    gone.load(8, [])
    gone.load(9, [])
    gone.build()

    assert resolved(gone, "story") == dict.fromkeys(swallowed.before[1])
    assert set(
        gone.rows("select change from marts.story_lineage union all select change from marts.article_lineage")
    ) == {("merge",), ("withdrawn",)}


def copied(warehouse, folder):
    """The warehouse in a file of its own."""
    other = copy(warehouse)
    other.folder, other.file = folder, folder / "dateline.duckdb"
    shutil.copyfile(warehouse.file, other.file)
    return other


def test_a_longer_wording_of_a_later_night_changes_the_text_of_a_quotation_and_not_its_id(make_warehouse, page):
    cut = "we went out for the youngest among us and we are going home with our heads high"
    fuller = f"nobody thanked us for it, but {cut} this morning"
    brief = TALES[0] + f' The eldest said "{cut}" and left.'
    report = TALES[1] + f' "{fuller}," the eldest told the crowd.'
    warehouse = make_warehouse("wordings")
    quotes = "select quote_id, text, articles, wordings from marts.quotes"
    warehouse.load(5, [page("brief", 5, brief, "post")])
    warehouse.build("run")
    ((quote_id, *first),) = warehouse.rows(quotes)
    assert first == [cut, 1, 1]

    warehouse.load(6, [page("report", 6, report, "echo")])
    warehouse.build("run")
    assert warehouse.rows(quotes) == [(quote_id, f"{fuller},", 2, 2)]
    places = "select page_id, difference from marts.article_quotes order by all"
    assert warehouse.rows(places) == [("brief", "shorter"), ("report", "exact")]
    marts = warehouse.marts()

    warehouse.build("run", "--full-refresh")
    assert warehouse.marts() == marts
