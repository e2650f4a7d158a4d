"""The sample's three nights, run as the quick start runs them, against what their gold file says is true."""

import json
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
import sqlalchemy

from expectations.catalogue import GATES
from extract.decode import decode
from extract.store import fetch
from nightly.handbook import GLOSSARY, QUESTIONS, README, answered, glossary, questions_page
from nightly.settings import PROJECT
from serving.postgres import publish_copy
from serving.questions import Question, answer, saved_questions
from serving.reading import open_current
from serving.releases import Release, current_release
from serving.superset.bundle import expand, query_of, read_description, write_bundle
from serving.trace import TABLES, lines, trace
from tests.end_to_end.conftest import Warehouse
from tests.end_to_end.documented import CONNECT, SERVING, blocks, cell, here, string, uri
from tests.end_to_end.read_elsewhere import reading
from tests.expectations import mutation
from tests.expectations.__main__ import PAGE as FAULTS
from tests.expectations.__main__ import build_quietly
from tests.expectations.faults import ALL, THROUGH
from tests.quality.cluster_scores import cluster_score
from tests.quality.donation import hide_and_complete
from tests.quality.resampled import write_resampled
from tests.required import missing
from tests.serving.postgres_server import NoServer, Server, running_server

pytestmark = pytest.mark.slow

GOLD = json.loads((PROJECT / "samples" / "gold.json").read_text("utf-8"))
ACCEPTED = [page for page in GOLD["pages"] if page["fate"] == "accepted"]
# A credit at the end of a text is split off into a zone of its own: gold bodies read as they stand on the page.
TRAILING_CREDIT = re.compile(r"\s*\(MNA\)$")

Key = tuple[str, str, str]
Row = dict[str, Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, str]:
    warehouse = Warehouse(tmp_path_factory.mktemp("samples") / "warehouse", PROJECT / "samples" / "sources.yml")
    return warehouse, warehouse.run(*GOLD["nights"])


@pytest.fixture(scope="module")
def home(run: tuple[Warehouse, str]) -> Path:
    return run[0].home


@pytest.fixture(scope="module")
def release(home: Path) -> Release:
    return current_release(home)


@pytest.fixture(scope="module")
def pages(run: tuple[Warehouse, str]) -> dict[Key, Row]:
    """What the warehouse says of every input page, by night, source and origin."""
    return {
        (str(row["night"]), row["source_id"], row["origin"]): row
        for row in query(
            run[0].home,
            """
            select
                fates.night, fates.source_id, fates.origin, fates.fate, fates.reason,
                documents.title, documents.kind, documents.body, documents.language, documents.completeness,
                documents.agency, documents.outlet_id, copies.article_id, copies.kind as copy_kind,
                story_articles.story_id, story_articles.event_id, times.value_at, times.precision
            from marts.page_fates as fates
            left join raw.documents as documents using (page_id)
            left join marts.copies as copies on copies.copy_id = fates.page_id
            left join marts.story_articles as story_articles on story_articles.article_id = copies.article_id
            left join raw.times as times
                on times.page_id = fates.page_id and times.is_chosen and times.kind = 'published'
            """,
        )
    }


def query(home: Path, sql: str) -> list[Row]:
    with duckdb.connect(str(home / "current" / "dateline.duckdb"), read_only=True) as reader:
        result = reader.execute(sql)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def key(page: Row) -> Key:
    return page["night"], page["source_id"], page["origin"]


def test_every_release_holds_its_report(run: tuple[Warehouse, str]) -> None:
    releases = sorted((run[0].home / "releases").glob("*-*-*"))
    assert len(releases) == len(GOLD["nights"])
    for release, night in zip(releases, GOLD["nights"], strict=True):
        assert f"<h1>Night of {night}</h1>" in (release / "report.html").read_text("utf-8")


def test_every_dataset_and_metric_of_the_dashboards_runs(run: tuple[Warehouse, str], tmp_path: Path) -> None:
    description = read_description()
    assert len(description["datasets"]) >= 10
    with duckdb.connect(str(run[0].home / "current" / "dateline.duckdb"), read_only=True) as reader:
        for name, dataset in description["datasets"].items():
            relation = reader.sql(f"select * from {query_of(dataset)} as dataset")
            charts = [chart for chart in description["charts"].values() if chart["dataset"] == name]
            named = {chart[key] for chart in charts for key in ("over", "by", "order") if key in chart}
            known = set(relation.columns) | set(dataset.get("computed", {}))
            assert named | {column for chart in charts for column in chart.get("columns", [])} <= known
            for expression in dataset.get("computed", {}).values():
                rows = reader.sql(
                    f"select count({expression}), count(*) from {query_of(dataset)} as dataset"
                ).fetchall()
                assert rows[0][0] == rows[0][1] > 0
            assert "time" not in dataset or dataset["time"] in relation.columns
            for metric, expression in dataset["metrics"].items():
                rows = reader.sql(f"select {expression} from {query_of(dataset)} as dataset").fetchall()
                assert rows[0][0] is not None, (name, metric)
    with open_current(run[0].home) as reader:
        files = expand(description, reader, run[0].home)
    columns = [column for name, file in files.items() if name.startswith("datasets/") for column in file["columns"]]
    assert len(columns) > 80
    assert [column["column_name"] for column in columns if not column["description"]] == []
    bundles = [write_bundle(run[0].home, tmp_path / name).read_bytes() for name in ("first.zip", "second.zip")]
    assert bundles[0] == bundles[1]


def test_every_page_has_the_fate_that_gold_gives_it(pages: dict[Key, Row]) -> None:
    assert {place: (row["fate"], row["reason"]) for place, row in pages.items()} == {
        key(page): (page["fate"], page["reason"]) for page in GOLD["pages"]
    }


def test_bodies_hold_every_paragraph_of_gold_and_nothing_else(pages: dict[Key, Row]) -> None:
    assert {key(page): pages[key(page)]["body"].split("\n\n") for page in ACCEPTED} == {
        key(page): [TRAILING_CREDIT.sub("", " ".join(paragraph.split())) for paragraph in paragraphs_of(page)]
        for page in ACCEPTED
    }


def paragraphs_of(page: dict[str, Any]) -> list[str]:
    return [page["standfirst"], *page["body"]] if page["standfirst"] else page["body"]


@pytest.mark.parametrize("field", ["title", "kind", "language", "completeness", "outlet_id"])
def test_pages_say_of_themselves_what_gold_says(pages: dict[Key, Row], field: str) -> None:
    assert {key(page): pages[key(page)][field] for page in ACCEPTED} == {key(page): page[field] for page in ACCEPTED}


def test_agencies_are_credited_where_the_page_credits_them(pages: dict[Key, Row]) -> None:
    assert {key(page): pages[key(page)]["agency"] for page in ACCEPTED} == {
        key(page): page["agency"] if page["has_credit"] else None for page in ACCEPTED
    }


def test_published_times_are_right_or_absent(pages: dict[Key, Row]) -> None:
    def written(row: Row) -> str | None:
        if row["value_at"] is None:
            return None
        return str(row["value_at"].date()) if row["precision"] == "day" else row["value_at"].isoformat() + "Z"

    assert {key(page): written(pages[key(page)]) for page in ACCEPTED} == {
        key(page): page["published_at"] for page in ACCEPTED
    }


def partition(of: dict[Key, Any]) -> set[frozenset[Key]]:
    groups = defaultdict(set)
    for place, group in of.items():
        groups[group].add(place)
    return {frozenset(group) for group in groups.values()}


def test_articles_are_the_distinct_texts_of_gold(pages: dict[Key, Row]) -> None:
    assert partition({key(page): pages[key(page)]["article_id"] for page in ACCEPTED}) == partition(
        {key(page): page["copy_group"] for page in ACCEPTED}
    )


def test_copies_are_of_the_kind_that_gold_says(pages: dict[Key, Row]) -> None:
    assert {key(page): pages[key(page)]["copy_kind"] for page in ACCEPTED} == {
        key(page): page["copy_kind"] for page in ACCEPTED
    }


def test_stories_are_nearly_those_of_gold(pages: dict[Key, Row]) -> None:
    """Nothing is joined that gold keeps apart; one story of days, the ferry's, may part between rescue and inquiry."""
    articles = {page["copy_group"]: page for page in ACCEPTED}
    score = cluster_score(
        {group: page["story"] for group, page in articles.items()},
        {group: pages[key(page)]["story_id"] for group, page in articles.items()},
    )
    assert score.documents > 50
    assert score.pair_precision == 1
    assert score.bcubed_f1 >= 0.95


def test_events_are_nearly_those_of_gold(pages: dict[Key, Row]) -> None:
    articles = {page["copy_group"]: page for page in ACCEPTED}
    score = cluster_score(
        {group: page["event"] for group, page in articles.items()},
        {group: pages[key(page)]["event_id"] for group, page in articles.items()},
    )
    assert score.documents > 50
    assert score.pair_f1 >= 0.85
    assert len({page["event_id"] for page in pages.values() if page["event_id"]}) > len(
        {page["story"] for page in ACCEPTED}
    )


def test_names_of_the_furniture_never_become_entities(run: tuple[Warehouse, str]) -> None:
    aliases = query(
        run[0].home, "select alias from marts.entity_aliases union select canonical_name from marts.entities"
    )
    known = {row["alias"] for row in aliases}
    assert len(known) > 100
    assert known & set(GOLD["boilerplate_only_names"]) == set()
    assert known & set(GOLD["wrong_caption_names"]) == set()


def test_every_night_balances(run: tuple[Warehouse, str]) -> None:
    rows = query(run[0].home, "from marts.run_balance order by night")
    wanted = [sum(page["night"] == night for page in GOLD["pages"]) for night in GOLD["nights"]]
    assert [row["pages"] for row in rows] == wanted
    assert all(row["pages"] == row["accepted"] + row["quarantined"] + row["already_seen"] for row in rows)
    ((copies,),) = [tuple(row.values()) for row in query(run[0].home, "select count(*) from marts.copies")]
    assert copies == len(ACCEPTED)


def test_every_page_can_be_rebuilt_from_what_was_kept_and_cut(run: tuple[Warehouse, str]) -> None:
    rebuilt = query(
        run[0].home,
        "select page_id, content_sha256, media, string_agg(text, '' order by span_no) as text from raw.pages "
        "inner join raw.spans using (page_id) where media = 'text' group by all",
    )
    assert len(rebuilt) > 15
    for row in rebuilt:
        assert decode(fetch(run[0].home, row["content_sha256"])).text == row["text"]


def test_the_night_ends_with_a_summary_a_person_can_read(run: tuple[Warehouse, str]) -> None:
    _, said = run
    summary = said[said.index("Dateline") :]
    for word in ("Pages", "Articles", "Entities", "Cut", "Stories", "Gates", "expectations met", "duckdb -readonly"):
        assert word in summary


@pytest.fixture(scope="module")
def laboratory(run: tuple[Warehouse, str]) -> Iterator[mutation.Laboratory]:
    home = run[0].home
    manifest = home / "work" / GOLD["nights"][-1] / "build" / "dbt" / "target" / "manifest.json"
    with mutation.opened(home / "current" / "dateline.duckdb", mutation.dbt_tests(manifest)) as opened:
        yield opened


def test_the_sample_sets_no_check_off_on_any_night(run: tuple[Warehouse, str], laboratory: mutation.Laboratory) -> None:
    """Neither when a night was built, nor looked at again in the last build."""
    kept = query(run[0].home, "select night, gate, bool_and(is_met) as is_met from marts.quality_results group by all")
    assert {(str(row["night"]), row["gate"]) for row in kept} == {
        (night, gate) for night in GOLD["nights"] for gate in GATES
    }
    assert all(row["is_met"] for row in kept)
    assert laboratory.false_alarms() == []


def test_planted_faults_are_answered_as_the_document_says(
    run: tuple[Warehouse, str], laboratory: mutation.Laboratory
) -> None:
    results = [laboratory.plant(fault) for fault in ALL]
    release = run[0].home / "current" / "dateline.duckdb"
    results += mutation.plant_before_the_build(release, build_quietly, THROUGH)
    assert [result.fault.kind for result in results if not result.is_as_specified] == []
    assert FAULTS.read_text("utf-8") == mutation.page(results), "run make mutate"


def test_the_documents_say_what_the_release_says(run: tuple[Warehouse, str]) -> None:
    home = run[0].home
    assert GLOSSARY.read_text("utf-8") == glossary(home), "run python -m nightly.handbook after make nightly"
    assert QUESTIONS.read_text("utf-8") == questions_page(home), "run python -m nightly.handbook after make nightly"
    readme = README.read_text("utf-8")
    assert readme.count("```sql\n") == 5
    assert readme == answered(readme, home), "run python -m nightly.handbook after make nightly"


@pytest.mark.parametrize("question", saved_questions(), ids=lambda question: question.name)
def test_the_saved_questions_are_answered_as_they_were(run: tuple[Warehouse, str], question: Question) -> None:
    with open_current(run[0].home) as reader:
        given = answer(reader, question)
    assert given.count("\n") > 1, "an empty answer proves nothing"
    assert given == question.answer_file.read_text("utf-8"), "python -m serving.questions --accept keeps the new answer"


@pytest.fixture(scope="module")
def server(release: Release) -> Iterator[Server]:
    """A server with the database `news`, copied into by the user `dateline`, and read by `analyst`."""
    try:
        with running_server() as server:
            with psycopg.connect(server.connection_string, autocommit=True) as connection:
                connection.execute("create role dateline login")
                connection.execute("create database news owner dateline")
            publish_copy(release, string(server, "dateline"))
            with psycopg.connect(string(server, "postgres"), autocommit=True) as connection:
                connection.execute(blocks(CONNECT, "sql", "create role analyst")[0])
            yield server
    except NoServer as reason:
        missing("postgres", f"no PostgreSQL server on this machine: {reason}")


def test_the_copy_in_postgres_gives_the_same_answers(server: Server) -> None:
    with psycopg.connect(string(server, "analyst")) as connection:
        given = {question.name: answer(connection.cursor(), question) for question in saved_questions()}
    assert given == {question.name: question.answer_file.read_text("utf-8") for question in saved_questions()}


@pytest.mark.parametrize("version", ["1.4.4", "2.0.0"])
def test_another_duckdb_reads_the_whole_release_alike(run: tuple[Warehouse, str], version: str) -> None:
    python = PROJECT / f".venv-reader-{version}" / "bin" / "python"
    if not python.exists():
        missing("readers", f"no DuckDB {version} in {python.parent}: `make readers` puts it there")
    release = current_release(run[0].home)
    asked = subprocess.run(
        [python, "-m", "tests.end_to_end.read_elsewhere", release.database],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    read = json.loads(asked.stdout)
    assert read.pop("version") == version
    own = json.loads(json.dumps(reading(release.database)))
    assert len(own["rows"]) > 50
    assert len(own["found"]) > 3
    assert read == own
    assert own["answers"] == {question.name: question.answer_file.read_text("utf-8") for question in saved_questions()}


@pytest.mark.parametrize(("kind", "table"), TABLES.items())
def test_every_row_can_be_traced_to_its_bytes(run: tuple[Warehouse, str], kind: str, table: str) -> None:
    home = run[0].home
    ids = [row["id"] for row in query(home, f"select {kind}_id as id from marts.{table} order by 1")]
    assert len(ids) > 30
    with open_current(home) as reader:
        for asked in ids:
            traced = trace(reader, kind, asked, home / "pages")
            assert [line for line in lines(traced) if "sha256" in line]
            assert traced.faults == []


def test_a_large_warehouse_for_timing_readers_can_be_made_of_the_release(release: Release, tmp_path: Path) -> None:
    large = tmp_path / "dateline.duckdb"  # the name that the release's views know
    articles = write_resampled(release.database, large, 100)
    with duckdb.connect(str(large), read_only=True) as reader:
        views = reader.execute(
            "select schema_name || '.' || view_name from duckdb_views() where schema_name in ('marts', 'reports')"
        ).fetchall()
        assert len(views) > 20
        for (view,) in views:
            reader.execute(f"from {view}").fetchall()
        assert reader.execute("select count(*) from marts.articles").fetchall() == [(articles,)]


def test_a_person_can_ask_the_release_what_the_summary_suggests(run: tuple[Warehouse, str]) -> None:
    (row,) = query(run[0].home, "select count(*) as articles from marts.articles")
    assert row["articles"] == len({page["copy_group"] for page in ACCEPTED})


def test_what_was_hidden_comes_back_from_copies_with_the_right_day_and_credit_or_not_at_all(
    run: tuple[Warehouse, str], tmp_path: Path
) -> None:
    hidden = hide_and_complete(run[0].home / "current" / "dateline.duckdb", tmp_path / "masked")
    lent = [one for one in hidden if one.lent is not None]
    assert {one.field for one in lent} == {"title", "day", "agency"}
    # Outlets write headlines of their own.
    assert {one.field for one in lent if not one.is_right} <= {"title"}
    assert all(one.lender_id for one in lent)


def test_sqlalchemy_asks_by_the_documented_uri_and_is_locked_down(release: Release, tmp_path: Path) -> None:
    engine = sqlalchemy.create_engine(uri(release), poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        assert len(connection.execute(sqlalchemy.text("from reports.top_stories limit 5")).fetchall()) == 5
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    for refused in (
        f"from read_text('{tmp_path}/secret.txt')",
        f"copy marts.articles to '{tmp_path}/stolen.csv'",
        "delete from marts.articles",
        "set enable_external_access = true",
    ):
        with engine.connect() as connection, pytest.raises(sqlalchemy.exc.DBAPIError):
            connection.execute(sqlalchemy.text(refused))


def test_reflection_fails_on_the_file_as_the_page_says(release: Release) -> None:
    """When this test fails, duckdb-engine has learnt it: say so in docs/connect.md."""
    inspector = sqlalchemy.inspect(sqlalchemy.create_engine(uri(release), poolclass=sqlalchemy.NullPool))
    for ask in (inspector.get_columns, inspector.get_pk_constraint):
        with pytest.raises(sqlalchemy.exc.SQLAlchemyError):
            ask("articles", schema="marts")


def test_the_command_line_asks_as_documented(home: Path) -> None:
    (documented,) = blocks(CONNECT, "console", "duckdb -readonly")
    program, *arguments = shlex.split(documented.removeprefix("$ "))
    asked = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments, "-csv", "-c", "select count(*) > 40 from marts.articles"],
        cwd=home.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.split()[-1] == "true"


def test_python_asks_as_documented(home: Path) -> None:
    (documented,) = blocks(CONNECT, "python", "duckdb.connect")
    code = "\n".join(line for line in documented.splitlines() if "needs pandas" not in line)
    asked = subprocess.run([sys.executable, "-c", code], cwd=home.parent, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert "story_id" in asked.stdout


def test_the_first_five_queries_answer(release: Release) -> None:
    (block,) = blocks(CONNECT, "sql", "from reports.night_summary order")
    queries = [query for query in re.sub("--.*", "", block).split(";") if query.strip()]
    assert len(queries) == 5
    with duckdb.connect(str(release.database), read_only=True) as connection:
        for query in queries:
            assert connection.execute(query).fetchall(), query


def test_the_examples_of_serving_answer(home: Path, release: Release) -> None:
    (attaching,) = blocks(SERVING, "sql", "attach 'warehouse/current")
    (searching,) = blocks(SERVING, "sql", "search('ferry rescue')")
    earlier = next(path.name for path in (home / "releases").iterdir() if path.name.startswith(GOLD["nights"][0]))
    with duckdb.connect() as connection:
        answer = connection.execute(attaching.replace("'warehouse/", f"'{home}/").replace("RELEASE", earlier))
        assert [column[0] for column in answer.description] == ["article_id", "title", "title"]
    with duckdb.connect(str(release.database), read_only=True) as connection:
        for query in searching.splitlines():
            assert connection.execute(query.partition("--")[0]).fetchall(), query


def test_psql_and_psycopg_ask_as_documented(server: Server) -> None:
    program, connection_string = shlex.split(here(cell("psql"), server))
    assert program == "psql"
    assert "One row per distinct article text" in server.psql(connection_string, "\\dt+ marts.articles")
    assert "Key, named after" in server.psql(connection_string, "\\d+ marts.articles")
    (given,) = re.findall(r'psycopg\.connect\("(.*)"\)', here(cell("psycopg"), server))
    with psycopg.connect(given) as connection:
        assert connection.execute("select count(*) from reports.top_stories").fetchall() > [(1,)]


def test_sqlalchemy_reflects_the_copy_as_documented(server: Server) -> None:
    url = here(cell("SQLAlchemy 2, pandas"), server).replace(":PASSWORD", "")
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    stories = sqlalchemy.Table("story_articles", sqlalchemy.MetaData(), schema="marts", autoload_with=engine)
    assert [column.name for column in stories.primary_key] == ["article_id"]
    assert {key.column.table.name for key in stories.foreign_keys} == {"articles", "events", "stories"}
    assert stories.c.story_id.comment
    with engine.connect() as connection:
        assert connection.execute(sqlalchemy.select(sqlalchemy.func.count()).select_from(stories)).scalar_one() > 40


def test_an_analyst_reads_what_comes_later_too_and_writes_nothing(server: Server) -> None:
    with psycopg.connect(string(server, "dateline"), autocommit=True) as publisher:
        publisher.execute("create table reports.of_a_later_release as select 1 as one")
    with psycopg.connect(string(server, "analyst"), autocommit=True) as analyst:
        assert analyst.execute("select one from reports.of_a_later_release").fetchall() == [(1,)]
        for refused in (
            "delete from marts.articles",
            "create table marts.mine (one int)",
            "drop table reports.of_a_later_release",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                analyst.execute(refused)
