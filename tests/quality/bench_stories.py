"""Times the story step of a night on made-up articles: `make bench-stories` (docs/quality.md).

A window of 90 days stands, scored; then ten thousand new articles arrive. What runs is the SQL of the models, from the
days of articles to the marts of stories, and the two replays. The words of an article are drawn as in news: a few of
its story, which others of the same days share, some of its subject, which goes on for months, the rest of the language
at large. Names are drawn by Zipf's law from the subject's and everybody's, some are of the story alone; one article in
ten has no day. Each size is a process of its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import jinja2
import numpy as np
import pyarrow
import yaml

from linkage.replay import replay
from nightly.settings import DBT_PROJECT, PROJECT
from tests.quality.bench_copies import Watch

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
    "intermediate/int_terms_counted",
    "intermediate/int_names_counted",
    "intermediate/int_articles_placed_in_time",
    "intermediate/int_article_terms_weighted",
    "intermediate/int_article_names_weighed",
    "intermediate/int_article_terms_shared",
    "intermediate/int_article_pairs_proposed",
    "intermediate/int_article_pairs_measured",
    "intermediate/int_articles_surrounded",
    "intermediate/int_article_pairs_scored",
    "replay_stories",
    "intermediate/int_articles_assigned_to_stories",
    "intermediate/int_stories_digested",
    "intermediate/int_members_of_changed_stories",
    "intermediate/int_story_pairs_linked",
    "intermediate/int_event_pairs_scored",
    "replay_events",
    "intermediate/int_articles_assigned_to_events",
    "intermediate/int_story_articles_explained",
    "intermediate/int_stories_compared",
    "intermediate/int_newsrooms_folded",
    "intermediate/int_stories_given_entities",
    "marts/stories",
    "intermediate/int_events_labelled",
    "marts/events",
    "marts/story_articles",
)
# What is kept, and by what: rows of earlier nights stay, rows of stories that changed are made again.
_KEPT = {
    "int_terms_counted": "night",
    "int_names_counted": "night",
    "int_articles_placed_in_time": "article",
    "int_article_terms_weighted": "article",
    "int_article_names_weighed": "article",
    "int_article_pairs_measured": "article",
    "int_articles_assigned_to_events": "story",
    "int_story_articles_explained": "story",
}
_MACROS = (
    "articles", "event_points", "frequencies", "headlines", "letters_of", "stories", "story_id", "story_points",
)  # fmt: skip


def main() -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.bench_stories", description=__doc__)
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="articles in the window, with commas between"
    )
    parser.add_argument("--one", type=int, metavar="SIZE", help="measure one and print it as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return 0
    print(f"{'window':>9} {'new':>7} {'CPU-s':>8} {'window CPU-s':>12} {'memory MB':>9} {'pairs':>10} {'scored':>9}")
    for size in map(int, options.sizes.split(",")):
        command = [sys.executable, "-m", "tests.quality.bench_stories", "--one", str(size)]
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        finished = subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        found = json.loads(finished.stdout)
        print(
            f"{size:9} {NEW:7} {found['night_seconds']:8.1f} {found['window_seconds']:12.1f} {found['memory_mb']:9.0f} "
            f"{found['pairs']:10} {found['scored']:9}  {found['parts']}"
        )
    return 0


def measure(size: int) -> dict[str, Any]:
    """Score a window of so many articles at once, then a night that joins it."""
    with TemporaryDirectory(prefix="dateline-stories-") as folder:
        connection = duckdb.connect(str(Path(folder) / "stories.duckdb"))
        connection.execute(f"set threads = 1; set memory_limit = '{MEMORY}'; set temp_directory = '{folder}/spilled'")
        _make_tables(connection)
        window = 0.0
        for first in range(0, size, NEW):  # as nights would have brought it: all at once would not fit
            loaded = _load(connection, first, min(NEW, size - first), size // WINDOW_DAYS + 1)
            window += sum(_build(connection, is_first=first == 0, night=loaded).values())
        last_night = _FIRST + timedelta(days=WINDOW_DAYS)
        _load(connection, size, NEW, NEW, last_night)
        night = _build(connection, is_first=False, night=last_night)
        counts = [
            connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            for table in ("int_article_pairs_measured", "int_article_pairs_scored", "stories", "events")
        ]
        connection.close()
    return {
        "night_seconds": sum(night.values()),
        "window_seconds": window,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
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
        "compared_articles": "article_id varchar",
        "int_stories_compared": "story_id varchar, digest varchar",
    }.items():
        connection.execute(f"create table {name} ({columns})")


def _load(connection: duckdb.DuckDBPyConnection, first: int, count: int, a_day: int, day: date | None = None) -> date:
    """Make articles up and put them where the models look for them; return the first night among them."""
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
    return date.fromisoformat(str(days[0]))


def _build(connection: duckdb.DuckDBPyConnection, *, is_first: bool, night: date) -> dict[str, float]:
    """Run the step as dbt would; return CPU-seconds by model."""
    seconds = {}
    for model in _MODELS:
        with Watch() as watch:
            if model == "replay_stories":
                _replay_stories(connection)
            elif model == "replay_events":
                _replay_events(connection)
            else:
                _run_model(connection, model, is_first=is_first, night=night)
        seconds[model.split("/")[-1].removeprefix("int_")] = watch.seconds
    connection.execute("create or replace table compared_articles as select article_id from int_articles_digested")
    return seconds


def _run_model(connection: duckdb.DuckDBPyConnection, model: str, *, is_first: bool, night: date) -> None:
    name = model.split("/")[-1]
    select = _rendered(model, "date '0001-01-01'" if is_first else f"date '{night}'")
    if is_first or name not in _KEPT:
        connection.execute(f"create or replace table {name} as {select}")
        return
    if _KEPT[name] == "night":
        connection.execute(f"delete from {name} where night >= ?", [night])
    if _KEPT[name] == "story":
        connection.execute(f"""
            delete from {name} where story_id not in (select story_id from int_stories_digested)
            or story_id in ({_CHANGED_STORIES})
        """)
    connection.execute(f"insert into {name} by name {select}")


_CHANGED_ARTICLES = "select article_id from int_articles_digested anti join compared_articles using (article_id)"
_CHANGED_STORIES = (
    "select story_id from int_stories_digested "
    "where (story_id, digest) not in (select (story_id, digest) from int_stories_compared)"
)


def _rendered(model: str, first_changed_night: str) -> str:
    settings = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text("utf-8"))["vars"]
    macros = [(DBT_PROJECT / "macros" / f"{name}.sql").read_text("utf-8") for name in _MACROS]
    # What asks the warehouse for its memory is answered by the tables of this one.
    macros += [
        f"{{% macro changed_articles() %}}{_CHANGED_ARTICLES}{{% endmacro %}}",
        f"{{% macro changed_stories() %}}{_CHANGED_STORIES}{{% endmacro %}}",
        f"{{% macro first_changed_night() %}}{first_changed_night}{{% endmacro %}}",
    ]
    source = (DBT_PROJECT / "models" / f"{model}.sql").read_text("utf-8")
    found: list[Any] = []
    environment = jinja2.Environment(autoescape=False, extensions=["jinja2.ext.do"])
    # In dbt a macro may return what it likes; jinja's give text, so that the model is kept aside.
    points = (DBT_PROJECT / "macros" / "story_model.sql").read_text("utf-8")
    environment.from_string(points + "{% do story_model() %}").render({"return": lambda value: found.append(value)})
    text = environment.from_string("".join(macros).replace("story_model()", "points_model") + source).render(
        ref=lambda name: name, var=settings.__getitem__, config=lambda **_: "", zip=zip, points_model=found[0]
    )
    return str(text)


def _replay_stories(connection: duckdb.DuckDBPyConnection) -> None:
    moves = _replayed(connection, "int_articles_placed_in_time", "int_article_pairs_scored", "score", 0.35)  # noqa: F841
    connection.execute("create or replace table int_articles_replayed_into_stories as from moves")


def _replay_events(connection: duckdb.DuckDBPyConnection) -> None:
    moves = _replayed(  # noqa: F841
        connection, "int_members_of_changed_stories", "int_event_pairs_scored", "event_score", 0.5
    )
    connection.execute("""
        create or replace table int_stories_parted_into_events as
        select article_id, max_by(founding_article_id, move_no) as first_article_id from moves group by article_id
    """)


def _replayed(
    connection: duckdb.DuckDBPyConnection, articles: str, pairs: str, score: str, threshold: float
) -> pyarrow.Table:
    nights = [
        (night, [article for _, article in rows])
        for night, rows in groupby(
            connection.execute(f"select first_night, article_id from {articles} order by all").fetchall(),
            key=lambda row: row[0],
        )
    ]
    scores = {
        night: [pair[1:] for pair in rows]
        for night, rows in groupby(
            connection.execute(
                f"select night, article_id, other_article_id, {score} from {pairs} order by all"
            ).fetchall(),
            key=lambda row: row[0],
        )
    }
    moves = replay(nights, scores, threshold)
    return pyarrow.table(
        {
            "move_no": range(len(moves)),
            "article_id": [move.item for move in moves],
            "founding_article_id": [move.story for move in moves],
            "previous_founding_article_id": pyarrow.array((move.previous_story for move in moves), pyarrow.string()),
            "night": [move.night for move in moves],
        }
    )


if __name__ == "__main__":
    sys.exit(main())
