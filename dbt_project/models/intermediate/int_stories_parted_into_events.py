"""One row per article with the first article of its event: the happening within its story that it tells of."""

import pyarrow

from linkage.average_link import average_link


def model(dbt, session):  # noqa: ARG001 - dbt calls it so
    event_days = int(dbt.config.meta_get("event_days"))
    articles = dbt.ref("int_articles_placed_in_time").order("first_night, article_id").project("article_id").fetchall()
    pairs = (
        dbt.ref("int_story_pairs_linked")
        .filter(f"coalesce(days_apart, 0) <= {event_days}")
        .order("article_id, other_article_id")
        .project("article_id, other_article_id, score")
        .fetchall()
    )
    first = average_link(
        [article for (article,) in articles],
        {(one, other): score for one, other, score in pairs},
        threshold=dbt.config.meta_get("event_threshold"),
    )
    return pyarrow.table(
        {
            "article_id": pyarrow.array(first.keys(), pyarrow.string()),
            "first_article_id": pyarrow.array(first.values(), pyarrow.string()),
        }
    )
