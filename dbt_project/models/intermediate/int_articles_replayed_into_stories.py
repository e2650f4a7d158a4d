"""One row per article and story it entered: when it was first met, and when its story merged into an older one."""

from itertools import groupby

import pyarrow

from linkage.replay import replay


def model(dbt, session):  # noqa: ARG001 - dbt calls it so
    articles = (
        dbt.ref("int_articles_placed_in_time").project("first_night, article_id").order("first_night, article_id")
    )
    nights = [
        (night, [article for _, article in rows])
        for night, rows in groupby(articles.fetchall(), key=lambda row: row[0])
    ]
    pairs = (
        dbt.ref("int_article_pairs_scored")
        .order("night, article_id, other_article_id")
        .project("night, article_id, other_article_id, score")
        .fetchall()
    )
    scores = {night: [pair[1:] for pair in rows] for night, rows in groupby(pairs, key=lambda row: row[0])}
    moves = replay(nights, scores, threshold=dbt.config.meta_get("story_threshold"))
    return pyarrow.table(
        {
            "move_no": pyarrow.array(range(len(moves)), pyarrow.int64()),
            "article_id": pyarrow.array((move.item for move in moves), pyarrow.string()),
            "founding_article_id": pyarrow.array((move.story for move in moves), pyarrow.string()),
            "previous_founding_article_id": pyarrow.array((move.previous_story for move in moves), pyarrow.string()),
            "night": pyarrow.array((move.night for move in moves), pyarrow.date32()),
        }
    )
