import duckdb
import pytest

from tests.quality.models import build, meta

REPLAY = "int_articles_replayed_into_stories"


def stories(score: float) -> int:
    """The number of stories of two articles of one night whose pair has that score."""
    with duckdb.connect() as connection:
        connection.execute("""
            create table int_articles_placed_in_time as
            select * from (values ('a'), ('b')) as articles (article_id), (select
                date '2026-01-05' as first_night, date '2026-01-05' as published_date, 2026 as latest_year_mentioned)
        """)
        connection.execute(
            "create table int_article_pairs_scored as select date '2026-01-05' as night, 'a' as article_id, "
            "'b' as other_article_id, $1 as score, false as is_linked",
            [score],
        )
        build(connection, [REPLAY])
        return connection.execute(f"select count(distinct founding_article_id) from {REPLAY}").fetchall()[0][0]


def test_a_python_model_runs_with_the_settings_that_the_project_gives_it() -> None:
    threshold = meta(REPLAY)["story_threshold"]
    assert (stories(threshold), stories(threshold - 0.001)) == (1, 2)


def test_a_setting_that_the_project_does_not_give_is_an_error() -> None:
    with pytest.raises(KeyError):
        meta("int_entity_names_grouped")["story_threshold"]


def test_a_kept_table_forgets_changed_and_gone_articles_and_keeps_the_others() -> None:
    with duckdb.connect() as connection:
        connection.execute("""
            create table int_article_pairs_measured (article_id varchar);
            create table int_articles_digested as
            select unnest(['a', 'b', 'c']) as article_id, unnest(['a1', 'b1', 'c1']) as digest;
            create view int_articles_completed as
            select article_id, article_id as reference_page_id, null::date as published_date from int_articles_digested;
            create table int_documents_accepted as
            select unnest(['a', 'b', 'c']) as page_id, 'In 2026.' as body, 1 as word_count;
            create view int_publications_identified as
            select article_id, date '2026-01-05' as first_night from int_articles_digested
        """)
        models = ["int_articles_placed_in_time", "int_articles_compared"]
        build(connection, models)
        connection.execute("""
            update int_documents_accepted set word_count = 2;
            update int_articles_digested set digest = 'b2' where article_id = 'b';
            delete from int_articles_digested where article_id = 'c'
        """)
        build(connection, models)
        found = connection.execute(f"select article_id, word_count from {models[0]} order by all").fetchall()
    assert found == [("a", 1), ("b", 2)]
