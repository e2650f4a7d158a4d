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
