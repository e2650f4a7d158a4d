"""A throw-away warehouse: rows as one night, through the functions the DAG calls, built by dbt."""

import json
import re
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from extract import night as steps
from extract.agencies import agency_table
from extract.model import AnnotatedPage
from extract.shards import read_records, write_records
from nightly.settings import DBT_PROJECT, dbt_environment
from nightly.transform import TransformFailed, failures
from tests.nights import load_night
from tests.quality.data import Row
from tests.quality.front_door import children_cpu_seconds

_NIGHT_OF_UNDATED = date(2026, 1, 5)  # any day: nothing in an undated set depends on it
_SHOWN_LINES = 30


@dataclass(frozen=True)
class Warehouse:
    """A built warehouse and what it cost, in CPU-seconds."""

    path: Path
    extract_seconds: float
    build_seconds: float

    def query(self, statement: str) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        with duckdb.connect(str(self.path), read_only=True) as connection:
            result = connection.execute(statement)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def build_warehouse(pages: Sequence[Row], home: Path, marts: Sequence[str] = ()) -> Warehouse:
    """Run one night over rows as `sources.yml` describes them and build its marts.

    Args:
        pages: rows with `id`, one of `html`, `text`, `body`, and optionally `title`, `url`, `outlet`, `published_at`.
        home: an empty folder.
        marts: build these and what they stand on alone, without data tests; everything as a night does when empty.

    Raises:
        nightly.transform.TransformFailed: dbt failed.
    """
    _lay_out(pages, home)
    started = time.process_time()
    build_file = _load(home, _night(pages))
    extracted = time.process_time()
    return Warehouse(build_file, extracted - started, _build(build_file, [f"+{name}" for name in marts]))


def build_copies(pages: Sequence[Row], home: Path) -> dict[str, str | None]:
    """Return row id -> article as `articles_of_pages` does, at a third of the cost: names are not read.

    Raises:
        nightly.transform.TransformFailed: dbt failed.
    """
    _lay_out(pages, home)
    night = _night(pages)
    agencies = agency_table()
    for shard in steps.collect(home / "sources.yml", night, home):
        rows = read_records(Path(steps.parse_shard(home, night, shard)), steps.ParsedRow)
        annotated = steps.work_folder(home, night) / "annotated" / f"{shard}.parquet"
        write_records(annotated, AnnotatedPage, (steps.annotate_row(row, {}, agencies) for row in rows))
    steps.learn_templates(home, night)
    build_file = Path(steps.load(home, night))
    _build(build_file, ["+int_pages_identified"])
    with duckdb.connect(str(build_file), read_only=True) as connection:
        return dict(
            connection.execute("""
                select arrived.origin, pages.article_id
                from intermediate.int_pages_fated as arrived
                left join intermediate.int_pages_identified as pages
                    on pages.page_id = coalesce(arrived.seen_page_id, arrived.page_id)
            """).fetchall()
        )


def over_nights(
    warehouse: Warehouse,
    home: Path,
    edit: Callable[[duckdb.DuckDBPyConnection], object] | None = None,
    only: Sequence[str] = (),
) -> Warehouse:
    """Build the same pages as if every day had brought its own: a page without a day comes with the last night.

    What was read stays as it is; only the night it is filed under moves to the day the page was published.

    Args:
        warehouse: what was built from the pages.
        home: where the copy goes.
        edit: what changes the raw tables of the copy first.
        only: models to build, as dbt selects them, instead of all with their data tests.

    Raises:
        nightly.transform.TransformFailed: dbt failed.
    """
    home.mkdir(parents=True, exist_ok=True)
    build_file = home / warehouse.path.name
    shutil.copyfile(warehouse.path, build_file)
    with duckdb.connect(str(build_file)) as connection:
        for layer in ("reports", "marts", "intermediate", "staging"):
            connection.execute(f"drop schema if exists {layer} cascade")
        if edit:
            edit(connection)
        connection.execute("""
            create temporary table days as
            select page_id, coalesce(max(value_at)::date, any_value(pages.night)) as day
            from raw.pages as pages
            left join (select * from raw.times where kind = 'published' and is_chosen) as times using (page_id)
            group by page_id
        """)
        connection.execute("""
            create temporary table moved as
            select nights.* replace (days.day as night, count(*) as pages)
            from raw.nights as nights, days
            group by all
        """)
        connection.execute("delete from raw.nights; insert into raw.nights by name select * from moved")
        for table in _tables_of_pages(connection):
            connection.execute(
                f"update raw.{table} set night = days.day from days where days.page_id = {table}.page_id"
            )
    return Warehouse(build_file, warehouse.extract_seconds, _build(build_file, only))


def leave_pages(connection: duckdb.DuckDBPyConnection, origins: Sequence[str]) -> None:
    """Take all pages but these out of the raw tables."""
    connection.execute("create temporary table gone as select page_id from raw.pages where origin not in $1", [origins])
    for table in _tables_of_pages(connection):
        connection.execute(f"delete from raw.{table} where page_id in (select page_id from gone)")


def _tables_of_pages(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'raw' and column_name = 'page_id' order by all"
    )
    return [table for (table,) in found.fetchall()]


def _build(build_file: Path, only: Sequence[str]) -> float:
    """Build some models, as dbt selects them, or every one and run the data tests, as a night does; return CPU-seconds.

    Unit tests say nothing about these rows.
    """
    before = children_cpu_seconds()
    run_dbt(build_file, *(["run", "--select", *only] if only else ["build", "--exclude-resource-type", "unit_test"]))
    return children_cpu_seconds() - before


def run_dbt(build_file: Path, *arguments: str) -> None:
    """Run dbt over a warehouse in a process of its own.

    Raises:
        nightly.transform.TransformFailed: it failed; the message says why.
    """
    folder = build_file.parent / "dbt"
    command = [sys.executable, "-m", "dbt.cli.main", "--no-use-colors", *arguments]
    places = ["--project-dir", str(DBT_PROJECT), "--target-path", str(folder / "target"), "--log-path", str(folder)]
    finished = subprocess.run(
        [*command, *places],
        env=dbt_environment(build_file),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        reasons = failures(folder / "target" / "run_results.json") or finished.stdout.splitlines()[-_SHOWN_LINES:]
        raise TransformFailed("dbt build failed\n" + "\n".join(reasons))


def _lay_out(pages: Sequence[Row], home: Path) -> None:
    """Write rows and the sources file that names them into a folder, made if need be."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "rows.jsonl").write_text("".join(json.dumps(page) + "\n" for page in pages), "utf-8")
    (home / "sources.yml").write_text(_sources(pages), "utf-8")


def _load(home: Path, of: date) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_night(home / "sources.yml", of, home)


def _night(pages: Sequence[Row]) -> date:
    days = [page["published_at"][:10] for page in pages if page.get("published_at")]
    return date.fromisoformat(max(days)) if days else _NIGHT_OF_UNDATED


def _sources(pages: Sequence[Row]) -> str:
    """Return a sources file that declares every outlet the rows name; JSON, which is YAML too."""
    outlets: dict[str, str] = {}
    for name in sorted({page["outlet"] for page in pages if page.get("outlet")}, key=str.casefold):
        if name.casefold() in (known.casefold() for known in outlets.values()):
            continue
        short = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "outlet"
        while short in outlets:
            short += "-x"
        outlets[short] = name
    declared = [{"id": short, "name": name} for short, name in outlets.items()]
    return json.dumps({"outlets": declared, "sources": [{"id": "rows", "rows": "rows.jsonl"}]})


def article_page(row: Row) -> Row:
    """Return a row of a set of texts (`title`, `text`, `source`, `date`, `url`) as a row of a source."""
    page = {
        "id": row["id"],
        "body": row["text"],
        "title": row.get("title"),
        "outlet": row.get("source"),
        "published_at": row.get("date"),
        "url": row.get("url"),
    }
    return {name: value for name, value in page.items() if value}


def articles_of_pages(warehouse: Warehouse) -> dict[str, str | None]:
    """Return row id -> article; a page seen before has the article of the page it repeats."""
    rows = warehouse.query("""
        select pages.origin, coalesce(pages.article_id, seen.article_id) as article_id
        from marts.page_fates as pages
        left join marts.page_fates as seen on pages.seen_page_id = seen.page_id
    """)
    return {row["origin"]: row["article_id"] for row in rows}


def stories_of_pages(warehouse: Warehouse) -> dict[str, str | None]:
    """Return row id -> story, None for a page whose article is in none."""
    story_of_article = {
        row["article_id"]: row["story_id"]
        for row in warehouse.query("select article_id, story_id from marts.story_articles")
    }
    return {origin: story_of_article.get(article or "") for origin, article in articles_of_pages(warehouse).items()}
