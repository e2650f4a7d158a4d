"""Times the story step of a night on made-up articles: `make bench-stories` (docs/quality.md).

A window of 90 days stands, scored; then ten thousand new articles arrive. What runs is the SQL of the models and the
replay. The words of an article are drawn as in news: a few of its story, which others of the same days share, some of
its subject, which goes on for months, the rest of the language at large. Each size is a process of its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
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
_MODELS = (
    "int_article_terms_weighted",
    "int_article_terms_shared",
    "int_article_pairs_proposed",
    "int_article_pairs_measured",
    "int_articles_surrounded",
    "int_article_pairs_scored",
)
_KEPT = {"int_article_terms_weighted", "int_article_pairs_measured"}


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
            _load(connection, first, min(NEW, size - first), size // WINDOW_DAYS + 1)
            window += sum(_build(connection, _FIRST if first else None).values())
            connection.execute("create or replace table compared as select article_id from int_articles_digested")
        last_night = _FIRST + timedelta(days=WINDOW_DAYS)
        _load(connection, size, NEW, NEW, last_night)
        night = _build(connection, last_night)
        with Watch() as watch:
            _replayed(connection)
        night["replay"] = watch.seconds
        counts = [
            connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            for table in ("int_article_pairs_measured", "int_article_pairs_scored")
        ]
        connection.close()
    return {
        "night_seconds": sum(night.values()),
        "window_seconds": window,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pairs": counts[0],
        "scored": counts[1],
        "parts": {name: round(seconds, 1) for name, seconds in night.items()},
    }


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for name, columns in {
        "stg_terms": "page_id varchar, term varchar, title_count bigint, body_count bigint, night date",
        "int_documents_accepted": "page_id varchar, text_page_id varchar, outlet_id varchar, night date",
        "int_publications_identified": "article_id varchar, reference_page_id varchar, first_night date",
        "int_articles_placed_in_time": "article_id varchar, reference_page_id varchar, latest_year_mentioned integer, "
        "word_count bigint, first_night date, published_date date",
        "int_article_names_weighed": "article_id varchar, resolved_key varchar, is_telling boolean",
        "stg_quotes": "page_id varchar, quote_key bigint",
        "int_text_pairs_compared": "page_id varchar, other_page_id varchar, shared_shingles bigint",
        "int_articles_digested": "article_id varchar",
    }.items():
        connection.execute(f"create table {name} ({columns})")


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
    articles = pyarrow.table({"number": numbers, "day": days, "story": stories})  # noqa: F841 - read by name
    connection.execute("""
        insert into int_documents_accepted select 'p' || number, 'p' || number, 'o' || number % 50, day from articles
    """)
    connection.execute("insert into int_publications_identified select 'a' || number, 'p' || number, day from articles")
    connection.execute("""
        insert into int_articles_placed_in_time select 'a' || number, 'p' || number, null, 500, day, day from articles
    """)
    connection.execute("""
        insert into int_article_names_weighed
        select 'a' || number, 's' || story || '-' || hash(number + name) % 6, true
        from articles, range(3) as names (name)
    """)
    connection.execute("insert into int_articles_digested select 'a' || number from articles")


def _build(connection: duckdb.DuckDBPyConnection, night: date | None) -> dict[str, float]:
    seconds = {}
    for name in _MODELS:
        with Watch() as watch:
            select = _rendered(name, night)
            if night and name in _KEPT:
                connection.execute(f"insert into {name} by name {select}")
            else:
                connection.execute(f"create or replace table {name} as {select}")
        seconds[name.removeprefix("int_")] = watch.seconds
    return seconds


def _rendered(model: str, night: date | None) -> str:
    settings = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text("utf-8"))["vars"]
    macros = [(DBT_PROJECT / "macros" / f"{name}.sql").read_text("utf-8") for name in ("story_model", "story_points")]
    source = (DBT_PROJECT / "models" / "intermediate" / f"{model}.sql").read_text("utf-8")
    changed = "select article_id from int_articles_digested"
    if night:
        changed += " where article_id not in (select article_id from compared)"
    found: list[Any] = []
    environment = jinja2.Environment(autoescape=False, extensions=["jinja2.ext.do"])
    # In dbt a macro may return what it likes; jinja's give text, so that the model is kept aside.
    environment.from_string(macros[0] + "{% do story_model() %}").render({"return": lambda value: found.append(value)})
    text = environment.from_string(macros[1].replace("story_model()", "points_model") + source).render(
        ref=lambda name: name,
        var=settings.__getitem__,
        config=lambda **_: "",
        zip=zip,
        points_model=found[0],
        changed_articles=lambda: changed,
    )
    return str(text)


def _replayed(connection: duckdb.DuckDBPyConnection) -> None:
    nights: defaultdict[date, list[str]] = defaultdict(list)
    for night, article in connection.execute(
        "select first_night, article_id from int_articles_placed_in_time order by all"
    ).fetchall():
        nights[night].append(article)
    scores: defaultdict[date, list[tuple[str, str, float]]] = defaultdict(list)
    for night, *pair in connection.execute(
        "select night, article_id, other_article_id, score from int_article_pairs_scored order by all"
    ).fetchall():
        scores[night].append((pair[0], pair[1], pair[2]))
    replay(list(nights.items()), scores, 0.35)


if __name__ == "__main__":
    sys.exit(main())
