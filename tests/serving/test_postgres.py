"""The copy in PostgreSQL, on a real server: what is there, what survives, and what readers see meanwhile."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy

from serving import postgres
from serving.errors import CopyRefused
from serving.postgres import postgres_type, publish_copy
from serving.releases import Release, publish
from tests.required import missing
from tests.serving.conftest import MakeBuild
from tests.serving.postgres_server import NoServer, Server, running_server

DESCRIBED = """
    comment on table marts.articles is 'One per text.'; comment on column marts.articles.body is 'Clean text.';
    create table marts.kinds (kind_id varchar primary key, said varchar, parts hugeint, seen_at timestamp, night date);
    create table marts.parts (part_id varchar primary key, kind_id varchar references marts.kinds (kind_id));
    insert into marts.kinds values
        ('a', 'say "x", then' || chr(10) || 'ö' || chr(0) || '!', 12345678901234567890, '2026-01-05 10:00:00.123456',
            null),
        ('b', '', null, null, '2026-01-05'), ('c', null, 0, null, null);
    insert into marts.parts values ('p', 'a');
    create schema if not exists reports;
    create view reports.titles as select article_id, title from marts.articles;
    comment on view reports.titles is 'Only titles.';
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        with running_server() as server:
            yield server
    except NoServer as reason:
        missing("postgres", f"no PostgreSQL server on this machine: {reason}")


@pytest.fixture
def database(server: Server) -> str:
    """An empty database of its own."""
    with psycopg.connect(server.connection_string, autocommit=True) as connection:
        connection.execute("drop database if exists copied with (force)")
        connection.execute("create database copied")
    return server.connection_string.replace("dbname=postgres", "dbname=copied")


@pytest.fixture
def release(make_build: MakeBuild, home: Path) -> Release:
    return publish(make_build(statement=DESCRIBED), home)


def ask(database: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(question).fetchall()


def test_values_arrive_as_they_are(release: Release, database: str) -> None:
    rows = publish_copy(release, database)
    assert rows["marts.articles"] == 3
    assert rows["reports.titles"] == 3
    assert ask(database, "select kind_id, said, parts, seen_at::text, night::text from marts.kinds order by 1") == [
        ("a", 'say "x", then\nö!', 12345678901234567890, "2026-01-05 10:00:00.123456", None),
        ("b", "", None, None, "2026-01-05"),
        ("c", None, 0, None, None),
    ]


def test_keys_types_and_comments_are_reflected(release: Release, database: str, server: Server) -> None:
    publish_copy(release, database)
    url = f"postgresql+psycopg://postgres@127.0.0.1:{server.port}/copied"
    inspector = sqlalchemy.inspect(sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool))
    assert (
        inspector.get_table_comment("articles", schema="marts")["text"] == "One per text. Filled by the news warehouse."
    )
    assert (
        inspector.get_table_comment("titles", schema="reports")["text"] == "Only titles. Filled by the news warehouse."
    )
    body = next(column for column in inspector.get_columns("articles", schema="marts") if column["name"] == "body")
    assert (body["comment"], str(body["type"])) == ("Clean text.", "TEXT")
    assert inspector.get_pk_constraint("kinds", schema="marts")["constrained_columns"] == ["kind_id"]
    (key,) = inspector.get_foreign_keys("parts", schema="marts")
    assert (key["constrained_columns"], key["referred_table"]) == (["kind_id"], "kinds")
    assert {"kinds_night"} <= {index["name"] for index in inspector.get_indexes("kinds", schema="marts")}
    said = ask(database, "select obj_description('marts'::regnamespace)")
    assert said == [(f"Release {release.name} of the news warehouse.",)]


def test_psql_describes_a_table(release: Release, database: str, server: Server) -> None:
    publish_copy(release, database)
    described = server.psql(database, "\\d+ marts.articles")
    assert "Clean text." in described
    assert '"kinds_pkey" PRIMARY KEY' in server.psql(database, "\\d marts.kinds")


def test_views_of_analysts_survive_a_new_release_with_a_new_column(
    release: Release, database: str, make_build: MakeBuild, home: Path
) -> None:
    publish_copy(release, database)
    with psycopg.connect(database, autocommit=True) as analyst:
        analyst.execute("create view public.mine as select kind_id, said from marts.kinds where said <> ''")
    changed = DESCRIBED + (
        "alter table marts.kinds add column weight double; update marts.kinds set said = 'new', weight = 0.5;"
    )
    publish_copy(publish(make_build("2026-01-06", base=release.name, statement=changed), home), database)
    assert ask(database, "select * from public.mine order by 1") == [("a", "new"), ("b", "new"), ("c", "new")]
    assert ask(database, "select distinct weight from marts.kinds") == [(0.5,)]
    # And back: a column that is gone stays for those who use it, and is empty.
    publish_copy(release, database)
    assert ask(database, "select distinct weight from marts.kinds") == [(None,)]


def test_a_mart_that_is_gone_is_emptied_and_refers_to_nothing_and_may_come_back(
    release: Release, database: str, make_build: MakeBuild, home: Path
) -> None:
    publish_copy(release, database)
    with psycopg.connect(database, autocommit=True) as analyst:
        analyst.execute("create table marts.mine as select 1 as one; comment on table marts.mine is 'My own.'")
    first = DESCRIBED.index("create table marts.kinds")
    without = DESCRIBED[:first] + "create table marts.parts (part_id varchar primary key, kind_id varchar);"
    without += "insert into marts.parts values ('q', 'unknown'); create schema reports;"
    publish_copy(publish(make_build("2026-01-06", base=release.name, statement=without), home), database)
    # `kinds` and `titles` are gone, and `parts` refers to `kinds` no longer.
    assert ask(database, "select * from marts.parts") == [("q", "unknown")]
    for table in ("marts.kinds", "reports.titles"):
        assert ask(database, f"select count(*), obj_description('{table}'::regclass) from {table}") == [
            (0, "No longer filled.")
        ]
    assert ask(database, "select * from marts.mine") == [(1,)]
    assert ask(database, "select count(*) from pg_constraint where contype = 'f'") == [(0,)]
    publish_copy(release, database)
    assert ask(database, "select * from marts.parts inner join marts.kinds using (kind_id)")[0][:2] == ("a", "p")
    assert ask(database, "select conname from pg_constraint where contype = 'f'") == [("parts_kind_id_fkey",)]


def test_a_key_may_change_its_type_though_there_are_rows(
    release: Release, database: str, make_build: MakeBuild, home: Path
) -> None:
    publish_copy(release, database)
    numbered = DESCRIBED.replace("kind_id varchar", "kind_id integer")
    for number, letter in enumerate("abc", 1):
        numbered = numbered.replace(f"('{letter}', ", f"({number}, ")
    numbered = numbered.replace("('p', 'a')", "('p', 1)")
    publish_copy(publish(make_build("2026-01-06", base=release.name, statement=numbered), home), database)
    assert ask(database, "select * from marts.parts") == [("p", 1)]
    assert ask(database, "select kind_id from marts.kinds order by 1") == [(1,), (2,), (3,)]
    assert ask(database, "select conname from pg_constraint where contype = 'f'") == [("parts_kind_id_fkey",)]
    publish_copy(release, database)
    assert ask(database, "select * from marts.parts") == [("p", "a")]


def test_a_copy_again_is_the_same_copy(release: Release, database: str) -> None:
    first = publish_copy(release, database)
    assert publish_copy(release, database) == first
    assert ask(database, "select count(*) from marts.articles") == [(3,)]


def test_readers_see_one_release_or_the_other_and_never_an_error(
    release: Release, database: str, make_build: MakeBuild, home: Path
) -> None:
    publish_copy(release, database)
    less = DESCRIBED + "delete from marts.parts; delete from marts.kinds where kind_id <> 'b';"
    other = publish(make_build("2026-01-06", base=release.name, statement=less), home)
    seen: set[tuple[object, ...]] = set()
    errors: list[psycopg.Error] = []
    enough = threading.Event()

    def read() -> None:
        question = "select (select count(*) from marts.kinds), (select count(*) from marts.parts)"
        try:
            with psycopg.connect(database, autocommit=True) as connection:
                while not enough.is_set():
                    seen.update(connection.execute(question).fetchall())
        except psycopg.Error as error:
            errors.append(error)

    def wait_for(state: tuple[int, int]) -> None:
        """Until a reader has seen it since it was last forgotten."""
        deadline = time.monotonic() + 60
        while state not in seen and not errors:
            assert time.monotonic() < deadline, f"no reader saw {state}"
            time.sleep(0.01)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        wait_for((3, 1))
        for copied, state in ((other, (1, 0)), (release, (3, 1)), (other, (1, 0)), (release, (3, 1))):
            publish_copy(copied, database)
            assert seen <= {(3, 1), (1, 0)}
            seen.clear()
            wait_for(state)
    finally:
        enough.set()
        for reader in readers:
            reader.join(60)
    assert errors == []
    assert seen <= {(3, 1), (1, 0)}


def test_a_copy_that_fails_leaves_the_one_before(
    release: Release, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_copy(release, database)
    write = postgres._write_csv

    def breaking(source: object, table: postgres.Table, file: Path) -> None:
        write(source, table, file)
        if table.name == "parts":
            file.write_text("p,unheard\n", "utf-8")

    monkeypatch.setattr(postgres, "_write_csv", breaking)
    with pytest.raises(CopyRefused, match="stays as it was"):
        publish_copy(release, database)
    assert ask(database, "select * from marts.parts") == [("p", "a")]
    assert ask(database, "select count(*) from marts.articles") == [(3,)]


def test_a_copy_that_cannot_be_tidied_up_is_not_said_to_be_the_one_before(
    release: Release, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise psycopg.OperationalError("the disk is full")

    monkeypatch.setattr(postgres, "_tidy_up", refuse)
    with pytest.raises(CopyRefused, match=f"holds {release.name} now.*not vacuumed.*the disk is full"):
        publish_copy(release, database)
    assert ask(database, "select count(*) from marts.articles") == [(3,)]


def test_a_foreign_key_of_an_analysts_own_onto_a_mart_holds_up_the_copy(release: Release, database: str) -> None:
    publish_copy(release, database)
    with psycopg.connect(database, autocommit=True) as analyst:
        analyst.execute("create table public.notes (kind_id text references marts.kinds, said text)")
        publish_copy(release, database)  # nothing refers to a row yet
        analyst.execute("insert into public.notes values ('a', 'mine')")
        with pytest.raises(CopyRefused, match=r"stays as it was.*notes_kind_id_fkey"):
            publish_copy(release, database)
        assert ask(database, "select count(*) from marts.kinds") == [(3,)]
        analyst.execute("alter table public.notes drop constraint notes_kind_id_fkey")
    publish_copy(release, database)
    assert ask(database, "select notes.said from public.notes inner join marts.kinds using (kind_id)") == [("mine",)]


def test_a_server_that_does_not_answer_is_named(release: Release) -> None:
    with pytest.raises(CopyRefused, match="stays as it was"):
        publish_copy(release, "host=127.0.0.1 port=1 connect_timeout=2")


@pytest.mark.parametrize("malformed", ["hunter2", "host=db password='hunter2"])
def test_a_connection_string_that_cannot_be_read_is_not_quoted(release: Release, malformed: str) -> None:
    with pytest.raises(CopyRefused, match="DATELINE_POSTGRES cannot be read") as refused:
        publish_copy(release, malformed)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_type_without_a_twin_is_refused_by_name() -> None:
    assert postgres_type("DECIMAL(18,2)") == "numeric(18,2)"
    with pytest.raises(CopyRefused, match=r"VARCHAR\[\]"):
        postgres_type("VARCHAR[]")
