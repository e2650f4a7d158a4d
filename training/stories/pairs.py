"""Pairs of articles as a warehouse measured them, and which of them gold has in one story."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from linkage.average_link import Moment

Numbers = npt.NDArray[np.float64]

EVIDENCE = ("words", "title", "names", "quotes", "runs", "days", "undated", "nearest", "background", "unlinked")
_SETTINGS = ("quoted_shingles", "unlinked_words", "least_shared_names", "undated_days", "half_dated_days")
_PAIRS = """
    select
        pairs.article_id,
        pairs.other_article_id,
        pairs.cosine::double,
        pairs.title_cosine::double,
        pairs.telling_entities::double,
        pairs.shared_quotes::double,
        ln(1 + pairs.shared_shingles),
        coalesce(
            pairs.days_apart,
            if(articles.published_date is null and others.published_date is null, $undated_days, $half_dated_days)
        )::double,
        (pairs.days_apart is null)::double,
        (near.nearest_cosine + other_near.nearest_cosine) / 2,
        (near.background_cosine + other_near.background_cosine) / 2,
        (
            pairs.days_apart is null
            and pairs.telling_entities = 0
            and pairs.shared_quotes = 0
            and pairs.shared_shingles < $quoted_shingles
            and least(articles.word_count, others.word_count) >= $unlinked_words
        )::double,
        pairs.telling_entities >= $least_shared_names
        or pairs.shared_quotes > 0
        or pairs.shared_shingles >= $quoted_shingles
    from intermediate.int_article_pairs_measured as pairs
    inner join intermediate.int_articles_placed_in_time as articles on pairs.article_id = articles.article_id
    inner join intermediate.int_articles_placed_in_time as others on pairs.other_article_id = others.article_id
    inner join intermediate.int_articles_surrounded as near on pairs.article_id = near.article_id
    inner join intermediate.int_articles_surrounded as other_near on pairs.other_article_id = other_near.article_id
    order by all
"""


@dataclass(frozen=True)
class Pairs:
    """The measured pairs of one warehouse.

    Attributes:
        name: of the set.
        nights: (night, its articles), in order.
        night_of: article -> its first night.
        ends: the two articles of every pair.
        values: evidence -> its value for every pair.
        is_same: whether gold has both in one story.
        moments: article -> when it is of.
        links: pairs linked by names, a quotation or a run of words.
        article_of: row of the set -> its article, None when it has none.
        gold: row of the set -> its story.
        stories: article -> the story that most of its rows are of.
    """

    name: str
    nights: list[tuple[date, list[str]]]
    night_of: dict[str, date]
    ends: list[tuple[str, str]]
    values: dict[str, Numbers]
    is_same: npt.NDArray[np.bool_]
    moments: dict[str, Moment]
    links: set[tuple[str, str]]
    article_of: dict[str, str | None]
    gold: dict[str, str]
    stories: dict[str, str]


def read_pairs(name: str, warehouse: Path, rows: Path, settings: Mapping[str, int]) -> Pairs:
    """Read the pairs of a warehouse that was built from the rows of a set with these settings of dbt."""
    gold = {
        row["id"]: row["story_id"]
        for row in map(json.loads, rows.read_text("utf-8").splitlines())
        if row.get("story_id")
    }
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        article_of: dict[str, str | None] = dict(
            connection.execute("""
                select pages.origin, coalesce(own.article_id, seen.article_id)
                from intermediate.int_pages_fated as pages
                left join intermediate.int_pages_identified as own on pages.page_id = own.page_id
                left join intermediate.int_pages_identified as seen on pages.seen_page_id = seen.page_id
                order by all
            """).fetchall()
        )
        articles = connection.execute("""
            select article_id, first_night, published_date, latest_year_mentioned
            from intermediate.int_articles_placed_in_time
            order by first_night, article_id
        """).fetchall()
        found = connection.execute(_PAIRS, {name: settings[name] for name in _SETTINGS}).fetchall()
    story_of = _most(article_of, gold)
    nights: dict[date, list[str]] = defaultdict(list)
    for article, night, *_ in articles:
        nights[night].append(article)
    table = np.array([row[2:-1] for row in found], dtype=np.float64)
    return Pairs(
        name,
        sorted(nights.items()),
        {article: night for article, night, *_ in articles},
        [(one, other) for one, other, *_ in found],
        {evidence: table[:, column] for column, evidence in enumerate(EVIDENCE)},
        np.array([one in story_of and story_of[one] == story_of.get(other) for one, other, *_ in found]),
        {article: Moment(day.toordinal()) if day else Moment(None, year) for article, _, day, year in articles},
        {(one, other) for one, other, *_, is_linked in found if is_linked},
        article_of,
        gold,
        story_of,
    )


def _most(article_of: dict[str, str | None], gold: dict[str, str]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, story in sorted(gold.items()):
        if article := article_of.get(row):
            counts[article][story] += 1
    return {article: found.most_common(1)[0][0] for article, found in counts.items()}
