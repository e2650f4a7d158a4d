"""Times the story step of a night on made-up articles: `make bench-stories` (docs/quality.md).

A window of 90 days stands, scored; then ten thousand new articles arrive. What runs is the SQL of the models, from the
days of articles to the marts of stories, and the two replays. The words of an article are drawn as in news: a few of
its story, which others of the same days share, some of its subject, which goes on for months, the rest of the language
at large. Names are drawn by Zipf's law from the subject's and everybody's, some are of the story alone; one article in
ten has no day. Each size is a process of its own.
"""

import sys
from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow

from tests.quality.models import NIGHTS_DIGESTED, build
from tests.quality.sizes import Figures, memory_mb, one_thread, print_by_size

SIZES = (10_000, 30_000, 100_000)
NEW = 10_000
WINDOW_DAYS = 90
MEMORY = "4GB"  # what DuckDB may take; Python and its buffers come on top
_FIRST = date(2026, 1, 1)
_TERMS, _OF_STORY, _OF_SUBJECT = 60, 12, 15
# An article shares a first word with a twentieth of all others, twice over: as the development sets do.
_SUBJECTS, _SUBJECT_WORDS, _VOCABULARY = 40, 100, 200_000
_STORY_ARTICLES = 4
_NAMES, _NAMES_OF_SUBJECT, _NAMES_AT_LARGE = 10, 500, 100_000
_ZIPF = 1.3  # the hundredth name is then in one text of a hundred, the two hundredth in one of 250, as in allsides2021
_UNDATED = 10  # one in so many has no day
_MODELS = (
    "int_terms_counted",
    "int_names_counted",
    "int_articles_placed_in_time",
    "int_article_terms_weighted",
    "int_article_names_weighed",
    "int_article_terms_shared",
    "int_article_pairs_proposed",
    "int_article_pairs_measured",
    "int_articles_surrounded",
    "int_article_pairs_scored",
    "int_nights_compared",
    "int_articles_compared",
    "int_articles_replayed_into_stories",
    "int_articles_assigned_to_stories",
    "int_stories_digested",
    "int_members_of_changed_stories",
    "int_story_pairs_linked",
    "int_event_pairs_scored",
    "int_stories_parted_into_events",
    "int_articles_assigned_to_events",
    "int_story_articles_explained",
    "int_stories_compared",
    "int_newsrooms_folded",
    "int_stories_given_entities",
    "stories",
    "int_events_labelled",
    "events",
    "story_articles",
)


def main() -> int:
    """Run the command; return its exit status."""
    header = f"{'new':>7} {'CPU-s':>8} {'window CPU-s':>12} {'memory MB':>9} {'pairs':>10} {'scored':>9}"
    return print_by_size("bench_stories", measure, SIZES, header, _line)


def _line(found: Figures) -> str:
    return (
        f"{NEW:7} {found['night_seconds']:8.1f} {found['window_seconds']:12.1f} {found['memory_mb']:9.0f} "
        f"{found['pairs']:10} {found['scored']:9}  {found['parts']}"
    )


def measure(size: int) -> Figures:
    """Let a window of so many articles stand, then a night join it; both grouped as the project's settings say."""
    with one_thread(MEMORY) as connection:
        _make_tables(connection)
        window = 0.0
        for first in range(0, size, NEW):  # as nights would have brought it: all at once would not fit
            _load(connection, first, min(NEW, size - first), size // WINDOW_DAYS + 1)
            window += sum(build(connection, _MODELS).values())
        _load(connection, size, NEW, NEW, _FIRST + timedelta(days=WINDOW_DAYS))
        night = build(connection, _MODELS)
        counts = [
            connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            for table in ("int_article_pairs_measured", "int_article_pairs_scored", "stories", "events")
        ]
    return {
        "night_seconds": sum(night.values()),
        "window_seconds": window,
        "memory_mb": memory_mb(),
        "pairs": counts[0],
        "scored": counts[1],
        "stories": counts[2],
        "events": counts[3],
        "parts": {name: round(seconds, 1) for name, seconds in night.items()},
    }


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for name, columns in {
        "stg_terms": "page_id varchar, term varchar, title_count bigint, body_count bigint, night date",
        "stg_mentions": "page_id varchar, resolved_key varchar, zone varchar, night date",
        "stg_quotes": "page_id varchar, quote_key bigint",
        "int_documents_accepted": "page_id varchar, text_page_id varchar, outlet_id varchar, body varchar, "
        "word_count bigint, night date",
        "int_publications_identified": "publication_id varchar, article_id varchar, reference_page_id varchar, "
        "first_night date",
        "int_publications_represented": "publication_id varchar, text_page_id varchar",
        "int_articles_completed": "article_id varchar, reference_page_id varchar, published_date date",
        "int_text_pairs_compared": "page_id varchar, other_page_id varchar, shared_shingles bigint",
        "int_articles_digested": "article_id varchar, digest varchar",
        "articles": "article_id varchar, title varchar, lead varchar, agency varchar, first_outlet_id varchar, "
        "first_night date, published_date date, published_at timestamp",
        "publications": "publication_id varchar, article_id varchar, outlet_id varchar, is_reference boolean",
        "article_entities": "article_id varchar, entity_id varchar, salience double",
        "entities": "entity_id varchar, canonical_name varchar",
        "outlets": "outlet_id varchar, outlet_name varchar, host varchar",
        "agencies": "agency varchar, aliases varchar",
    }.items():
        connection.execute(f"create table {name} ({columns})")
    connection.execute(f"create view int_nights_digested as {NIGHTS_DIGESTED}")


def _load(connection: duckdb.DuckDBPyConnection, first: int, count: int, a_day: int, day: date | None = None) -> None:
    """Make articles up and put them where the models look for them."""
    chance = np.random.default_rng(first + 1)
    numbers = np.arange(first, first + count)
    days = np.array([day or _FIRST + timedelta(days=int(number // a_day)) for number in numbers], dtype="datetime64[D]")
    stories = numbers // a_day * a_day + chance.integers(0, max(1, a_day // _STORY_ARTICLES), count)
    subjects = chance.integers(0, _SUBJECTS, count)
    of_story = stories[:, None] * 100 + chance.integers(0, 20, (count, _OF_STORY)) + 10_000_000
    of_subject = (
        subjects[:, None] * _SUBJECT_WORDS + chance.integers(0, _SUBJECT_WORDS, (count, _OF_SUBJECT)) + 1_000_000
    )
    at_large = (_VOCABULARY * chance.random((count, _TERMS - _OF_STORY - _OF_SUBJECT)) ** 3).astype(np.int64)
    drawn = pyarrow.table(  # noqa: F841 - read by name
        {
            "number": np.repeat(numbers, _TERMS),
            "term": np.concatenate([of_story, of_subject, at_large], axis=1).ravel(),
            "day": np.repeat(days, _TERMS),
        }
    )
    connection.execute("""
        insert into stg_terms
        select 'p' || number, 'w' || term, (term > 10000000 and term % 5 = 0)::bigint, count(*), any_value(day)
        from "drawn" group by number, term
    """)
    names_of_story = stories[:, None] * 10 + chance.integers(0, 6, (count, 3)) + 100_000_000
    names_of_subject = subjects[:, None] * _NAMES_OF_SUBJECT + chance.zipf(_ZIPF, (count, 4)) % _NAMES_OF_SUBJECT
    names_at_large = chance.zipf(_ZIPF, (count, _NAMES - 7)) % _NAMES_AT_LARGE + 50_000_000
    named = pyarrow.table(  # noqa: F841 - read by name
        {
            "number": np.repeat(numbers, _NAMES),
            "name": np.concatenate([names_of_story, names_of_subject, names_at_large], axis=1).ravel(),
            "day": np.repeat(days, _NAMES),
        }
    )
    connection.execute("insert into stg_mentions select distinct 'p' || number, 'n' || name, 'body', day from named")
    connection.execute("insert into article_entities select distinct 'a' || number, 'n' || name, 0.1 from named")
    connection.execute("""
        insert into entities select distinct 'n' || name, 'N' || name from named
        where 'n' || name not in (select entity_id from entities)
    """)
    numbered = pyarrow.table({"number": numbers, "night": days, "story": stories})  # noqa: F841 - read by name
    connection.execute(f"""
        create or replace temporary table made_up as
        select *, if(number % {_UNDATED} = 0, null, night) as day, 'p' || number as page, 'a' || number as article
        from numbered
    """)
    for table, columns in {
        "int_documents_accepted": "page, page, 'o' || number % 50, repeat('It rained in 2026. ', 20), 500, night",
        "int_publications_identified": "page, article, page, night",
        "int_publications_represented": "page, page",
        "int_articles_completed": "article, page, day",
        "int_articles_digested": "article, article",
        "articles": "article, 'T' || story, null, null, 'o' || number % 50, night, day, null",
        "publications": "page, article, 'o' || number % 50, true",
    }.items():
        connection.execute(f"insert into {table} select {columns} from made_up")


if __name__ == "__main__":
    sys.exit(main())
