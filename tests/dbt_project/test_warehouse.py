"""Three invented nights through the whole dbt project: in order at one go, and with a night late and one run again."""

from __future__ import annotations

import re

import duckdb
import pytest

WIRE = """\
Fishing crews in Varnholm returned to the harbour on Monday after the longest strike in the history of the
fleet, ending eleven weeks in which hardly a boat left the quay and the fish market stood empty from morning to
night.

Union leader Mira Holt said the settlement gave every deckhand a fixed wage for the first time. "We went out for
the youngest among us, who never knew in spring what they would eat in autumn, and we are going home with our
heads high," she told the crowd that had gathered between the nets before dawn.

The owners had offered a share of the catch and nothing else until last Thursday, when the ferry company began
to carry herring from the islands to the mainland and the canneries threatened to sign contracts that would have
run for years.

Harbour master Tobias Renn expects the first full landing on Wednesday. Two trawlers still wait for engine
parts, he said, and the ice plant needs a day to start again, but nobody on the quay doubts that the season can
be saved."""
PARAGRAPHS = WIRE.split("\n\n")
FOLLOW_UP = """\
The fishing fleet of Varnholm will pay its deckhands by the month from now on, and the harbour town wonders who
else will ask for the same after the strike.

At the cannery, women who salt the herring have asked Mira Holt to speak to them about wages. She repeated what
she told the crews: "We went out for the youngest among us, who never knew in spring what they would eat in
autumn, and we are going home with our heads high," and promised to come before the season ends.

The owners of the trawlers say that a second strike would finish the harbour, and that wages cannot rise without
fish."""
OBSERVATORY = """\
Astronomers on Mount Kelde have measured the faintest comet ever followed from the valley, using a mirror that
students ground by hand over two winters in a disused dairy.

Lead observer Ines Okafor called the orbit a stubborn riddle. Her team will publish the positions in spring, and
schools may borrow the smaller telescope whenever clouds keep the dome closed and the road over the pass stays
free of snow."""
WEATHER = """\
The coast wakes to {morning} and temperatures around {low} degrees, the weather office said on {day}. By noon
the wind turns {wind} and the valley reaches {high} degrees. {closing}"""


def nights_of(page):
    """Pages by day of January."""
    wire = {"agency": "NNB", "title": "Varnholm crews end strike", "published": "2026-01-05T06:30:00"}
    rain = WEATHER.format(morning="rain", low=2, day="Monday", wind="west", high=5, closing="Take a coat.")
    frost = WEATHER.format(morning="frost", low=-4, day="Tuesday", wind="north", high=1, closing="Roads are icy.")
    comet = ("post", "https://post.example/comet", "Comet over Mount Kelde", "2026-01-05")
    longer = WIRE + "\n\nThe ferry company said it would stop carrying herring at once."
    return {
        5: [
            page("wire", 5, WIRE, "post", "https://post.example/strike", **wire),
            page("stripped", 5, WIRE.replace("longest", "lengthiest"), "echo", "https://echo.example/strike"),
            page("cut", 5, "\n\n".join(PARAGRAPHS[:2]), None, None, title="Strike over", published="2026-01-06"),
            page("comet", 5, OBSERVATORY, *comet, version="comet"),
            page("rain", 5, rain, "post", "https://post.example/rain", "Rain", "2026-01-05"),
            page("nothing", 5, fate="quarantined"),
        ],
        6: [
            page("follow-up", 6, FOLLOW_UP, "echo", "https://echo.example/wages", "Wages next", "2026-01-06"),
            page("comet again", 6, OBSERVATORY, *comet, version="comet"),
            page("frost", 6, frost, "post", "https://post.example/frost", "Frost", "2026-01-06"),
        ],
        7: [page("longer", 7, longer, "post", "https://post.example/strike", **wire)],
    }


@pytest.fixture(scope="module")
def warehouse(make_warehouse, page):
    """All nights, built at one go with the unit tests of the models."""
    made = make_warehouse("in_order")
    for night, pages in nights_of(page).items():
        made.load(night, pages)
    made.output = made.build("build")
    return made


@pytest.fixture(scope="module")
def late_warehouse(make_warehouse, page):
    """The second night came after the third was built, and the first was run again."""
    made = make_warehouse("out_of_order")
    nights = nights_of(page)
    made.load(7, nights[7])
    made.load(5, nights[5][:3])
    made.build()
    made.load(6, nights[6])
    made.load(5, nights[5][::-1])
    made.build()
    return made


def test_a_build_ends_without_a_warning(warehouse):
    assert re.search(r"Done\. PASS=\d{3} WARN=0 ERROR=0 SKIP=0", warehouse.output), warehouse.output[-500:]
    assert "eprecat" not in warehouse.output


def test_nights_loaded_late_or_again_give_the_same_marts(warehouse, late_warehouse):
    marts, late_marts = warehouse.marts(), late_warehouse.marts()

    assert {"articles", "copies", "stories", "story_articles", "entities"} <= set(marts)
    assert {name: rows for name, rows in late_marts.items() if rows != marts[name]} == {}


def test_every_page_has_one_fate(warehouse):
    fates = dict(warehouse.rows("select page_id, fate from marts.page_fates"))

    assert len(fates) == 10
    assert (fates["nothing"], fates["comet again"], fates["wire"]) == ("quarantined", "already_seen", "accepted")
    assert warehouse.rows("select seen_page_id from marts.page_fates where fate = 'already_seen'") == [("comet",)]


def test_one_agency_text_is_one_article_led_by_its_fullest_version(warehouse):
    copies = warehouse.rows(
        "select copy_id, kind, credit from marts.copies where reference_page_id = 'longer' order by copy_id"
    )

    assert copies == [
        ("cut", "excerpt", "stripped"),
        ("longer", "reference", "kept"),
        ("stripped", "near", "stripped"),
        ("wire", "update", "kept"),
    ]


def test_what_a_copy_changed_is_counted(warehouse):
    changed = "select words_added, words_removed from marts.copies where copy_id = 'stripped'"
    versions = "select version_no, words_added, change from marts.article_versions where version_id = 'longer'"

    assert warehouse.rows(changed) == [(1, 12)]
    assert warehouse.rows(versions) == [(2, 11, "silent")]


def test_an_undated_copy_leaves_the_order_unknown_and_takes_no_place_in_it(warehouse):
    places = warehouse.rows(
        "select outlet_id, copy_order, publications.is_order_known from marts.publications "
        "inner join marts.articles using (article_id) where reference_page_id = 'longer' order by url"
    )

    assert places == [("echo", None, False), ("post", 1, False), (None, None, False)]
    assert warehouse.rows(
        "select first_outlet_id, is_order_known, publications, copies from marts.articles "
        "where reference_page_id = 'longer'"
    ) == [("post", False, 3, 3)]


def test_a_follow_up_with_the_same_quotation_joins_the_story(warehouse):
    members = warehouse.rows(
        "select reason, string_agg(reference_page_id, ' ' order by reference_page_id) from marts.story_articles "
        "inner join marts.articles using (article_id) "
        "where story_id in (select story_id from marts.story_articles inner join marts.articles using (article_id) "
        "where reference_page_id = 'longer') group by reason"
    )

    assert members == [("same quotation", "follow-up longer")]


def test_texts_of_one_template_are_articles_of_their_own(warehouse):
    forecasts = "select publications from marts.articles where reference_page_id in ('rain', 'frost')"

    assert warehouse.rows(forecasts) == [(1,), (1,)]


def test_copies_have_no_vote_on_entities(warehouse):
    holt = "select articles, mentions from marts.entities where canonical_name = 'Mira Holt'"

    assert warehouse.rows(holt) == [(2, 2)]


def test_a_story_counts_newsrooms_not_outlets(warehouse):
    story = "select articles, publications, outlets, newsrooms from marts.stories where publications > 2"

    assert warehouse.rows(story) == [(2, 4, 2, 2)]


def test_every_table_and_column_for_readers_is_described(warehouse):
    columns = warehouse.rows(
        "select schema_name || '.' || table_name || '.' || column_name, comment from duckdb_columns() "
        "where schema_name in ('marts', 'reports')"
    )
    relations = warehouse.rows(
        "select schema_name || '.' || name, comment from ("
        "select schema_name, table_name as name, comment from duckdb_tables() union all "
        "select schema_name, view_name, comment from duckdb_views()"
        ") where schema_name in ('marts', 'reports')"
    )

    assert len(columns) > 250
    assert len(relations) > 25
    assert [name for name, comment in columns + relations if not comment] == []


def test_every_mart_declares_its_key(warehouse):
    keyed = warehouse.rows(
        "select table_name from duckdb_constraints() where schema_name = 'marts' and constraint_type = 'PRIMARY KEY'"
    )
    tables = warehouse.rows("select table_name from duckdb_tables() where schema_name = 'marts'")

    assert len(tables) > 20
    # An id may be withdrawn or lead to several: no columns of a lineage are filled and alone together.
    assert set(tables) - set(keyed) == {("entity_lineage",), ("event_lineage",), ("story_lineage",)}


def test_marts_hold_no_lists_and_no_zones(warehouse):
    types = warehouse.rows("select distinct data_type from duckdb_columns() where schema_name in ('marts', 'reports')")

    assert {name for (name,) in types} <= {"VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}


def test_reports_read_under_any_name_the_file_is_attached_by(warehouse):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse.file}' as elsewhere (read_only)")
        views = connection.execute(
            "select view_name from duckdb_views() where database_name = 'elsewhere' and schema_name = 'reports'"
        ).fetchall()
        counts = {
            view: connection.execute(f"select count(*) from elsewhere.reports.{view}").fetchone()[0]
            for (view,) in views
        }

    assert counts["articles_flat"] == 5
    assert counts["night_summary"] == 3
    assert {"top_stories", "outlet_days", "entity_days", "story_resolve"} <= set(counts)


def test_the_documentation_can_be_generated(warehouse):
    warehouse.build("docs", "generate")

    assert (warehouse.target / "catalog.json").stat().st_size > 10_000
