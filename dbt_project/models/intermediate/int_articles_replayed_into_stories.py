"""One row per article and story it entered: when it was first met, and when its story became another one."""

from itertools import groupby

import pyarrow

from linkage.average_link import Moment
from linkage.replay import replay


def model(dbt, session):  # noqa: ARG001 - dbt calls it so
    articles = (
        dbt.ref("int_articles_placed_in_time")
        .project("first_night, article_id, published_date, latest_year_mentioned")
        .order("first_night, article_id")
        .fetchall()
    )
    nights = [
        (night, [article for _, article, *_ in rows]) for night, rows in groupby(articles, key=lambda row: row[0])
    ]
    pairs = (
        dbt.ref("int_article_pairs_scored")
        .order("night, article_id, other_article_id")
        .project("night, article_id, other_article_id, score, is_linked")
        .fetchall()
    )
    moves = replay(
        nights,
        {night: [pair[1:4] for pair in rows] for night, rows in groupby(pairs, key=lambda row: row[0])},
        threshold=dbt.config.meta_get("story_threshold"),
        loose_days=dbt.config.meta_get("loose_days"),
        most_days=dbt.config.meta_get("story_days"),
        is_relative=True,
        moments={article: Moment(day.toordinal()) if day else Moment(None, year) for _, article, day, year in articles},
        links={(one, other) for _, one, other, _, is_linked in pairs if is_linked},
    )
    return pyarrow.table(
        {
            "move_no": pyarrow.array(range(len(moves)), pyarrow.int64()),
            "article_id": pyarrow.array((move.item for move in moves), pyarrow.string()),
            "founding_article_id": pyarrow.array((move.story for move in moves), pyarrow.string()),
            "previous_founding_article_id": pyarrow.array((move.previous_story for move in moves), pyarrow.string()),
            "night": pyarrow.array((move.night for move in moves), pyarrow.date32()),
        }
    )
