"""One row per article of a story that changed, with the first article of its event: the happening it tells of."""

from itertools import groupby

import pyarrow

from linkage.replay import replay


def model(dbt, session):  # noqa: ARG001 - dbt calls it so
    articles = (
        dbt.ref("int_members_of_changed_stories")
        .order("first_night, article_id")
        .project("first_night, article_id")
        .fetchall()
    )
    nights = [(night, [article for _, article in rows]) for night, rows in groupby(articles, key=lambda row: row[0])]
    pairs = (
        dbt.ref("int_event_pairs_scored")
        .order("night, article_id, other_article_id")
        .project("night, article_id, other_article_id, event_score")
        .fetchall()
    )
    scores = {night: [pair[1:] for pair in rows] for night, rows in groupby(pairs, key=lambda row: row[0])}
    moves = replay(nights, scores, threshold=dbt.config.meta_get("event_threshold"))
    first = {move.item: move.story for move in moves}
    return pyarrow.table(
        {
            "article_id": pyarrow.array(first.keys(), pyarrow.string()),
            "first_article_id": pyarrow.array(first.values(), pyarrow.string()),
        }
    )
