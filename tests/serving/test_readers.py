"""Readers are never blocked, never see half a release, and cannot write."""

import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from serving.query import ask, main
from serving.reading import open_current
from serving.releases import publish
from tests.serving.conftest import MakeBuild

COUNT = "select count(*) from marts.articles"
ONE_LESS = "delete from marts.articles where article_id = 'ap3'"


def count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute(COUNT).fetchall()[0][0])


def test_an_open_reader_keeps_its_data_through_flip_and_pruning_and_a_new_one_sees_the_new(
    make_build: MakeBuild, home: Path
) -> None:
    first = publish(make_build(), home)
    with duckdb.connect(str(home / "current" / "dateline.duckdb"), read_only=True) as old_reader:
        assert count(old_reader) == 3
        publish(make_build("2026-01-06", base=first.name, statement=ONE_LESS), home, keep=1)
        assert not first.folder.exists()
        assert count(old_reader) == 3
        assert old_reader.execute("select count(body) from marts.articles").fetchall() == [(3,)]
        with open_current(home) as new_reader:
            assert count(new_reader) == 2


READER = """
import sys
from pathlib import Path
import duckdb

database, started, enough = sys.argv[1:]
seen = set()
while not Path(enough).exists():
    with duckdb.connect(database, read_only=True) as connection:
        seen.add(connection.execute("select count(*) from marts.articles").fetchall()[0][0])
    Path(started).touch()
print(sorted(seen))
"""


def test_readers_in_other_processes_get_an_answer_throughout_flips(
    make_build: MakeBuild, home: Path, tmp_path: Path
) -> None:
    base = publish(make_build(), home).name
    started, enough = [tmp_path / "first-reads", tmp_path / "second-reads"], tmp_path / "enough"
    command = [sys.executable, "-c", READER, str(home / "current" / "dateline.duckdb")]
    readers = [
        subprocess.Popen([*command, str(sign), str(enough)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for sign in started
    ]
    try:
        while not all(sign.exists() for sign in started):
            assert all(reader.poll() is None for reader in readers)
            time.sleep(0.02)
        for day in range(6, 12):
            statement = "" if day % 2 else ONE_LESS
            base = publish(make_build(f"2026-01-{day:02}", base=base, statement=statement), home, keep=2).name
    finally:
        enough.touch()
    answers = [reader.communicate(timeout=60) for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0], answers
    assert [out.strip() for out, _ in answers] == ["[2, 3]", "[2, 3]"]


def test_readers_of_many_processes_do_not_exclude_each_other(make_build: MakeBuild, home: Path) -> None:
    publish(make_build(), home)
    database = str(home / "current" / "dateline.duckdb")
    script = (
        f"import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).execute({COUNT!r}).fetchall()[0][0])"
    )
    with duckdb.connect(database, read_only=True) as connection:
        assert count(connection) == 3
        other = subprocess.run([sys.executable, "-c", script, database], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == "3"


@pytest.mark.parametrize(
    "statement",
    [
        "delete from marts.articles",
        "create table marts.mine as select 1 as one",
        "copy marts.articles to '{folder}/stolen.csv'",
        "select * from read_text('{folder}/secret.txt')",
        "attach '{folder}/other.duckdb' as other",
        "set enable_external_access = true",
        "set memory_limit = '1TB'",
        "set lock_configuration = false",
        "install httpfs",
    ],
)
def test_a_reader_can_change_nothing_and_read_nothing_else(
    statement: str, make_build: MakeBuild, home: Path, tmp_path: Path
) -> None:
    publish(make_build(), home)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with open_current(home) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute(statement.format(folder=tmp_path))
        assert count(connection) == 3
    assert {path.name for path in tmp_path.iterdir()} == {"secret.txt", "warehouse"}


def test_a_release_leaves_no_write_ahead_log_and_needs_none(make_build: MakeBuild, home: Path) -> None:
    release = publish(make_build(), home)
    assert {path.name for path in release.folder.iterdir()} == {"dateline.duckdb", "release.json"}
    with open_current(home) as connection:
        assert count(connection) == 3
    assert {path.name for path in release.folder.iterdir()} == {"dateline.duckdb", "release.json"}


def test_views_and_comments_survive_publishing(make_build: MakeBuild, home: Path) -> None:
    described = (
        "comment on table marts.articles is 'One per text.'; comment on column marts.articles.body is 'Clean text.';"
        "create schema reports; create view reports.titles as select title from marts.articles"
    )
    publish(make_build(statement=described), home)
    with open_current(home) as connection:
        assert connection.execute("select count(*) from reports.titles").fetchall() == [(3,)]
        comments = connection.execute(
            "select comment from duckdb_tables() where table_name = 'articles' union all "
            "select comment from duckdb_columns() where table_name = 'articles' and column_name = 'body' order by all"
        ).fetchall()
    assert comments == [("Clean text.",), ("One per text.",)]


def test_a_question_is_answered_as_a_table(make_build: MakeBuild, home: Path) -> None:
    publish(make_build(statement="update marts.articles set title = '[b]odd' where article_id = 'ap3'"), home)
    table = ask(home, "select title, publications, published_at from marts.articles order by article_id desc")
    assert [column.header for column in table.columns] == ["title", "publications", "published_at"]
    assert table.row_count == 3
    assert next(iter(table.columns[0].cells)) == r"\[b]odd"


def test_a_long_answer_is_cut_and_says_so(make_build: MakeBuild, home: Path) -> None:
    publish(make_build(), home)
    table = ask(home, "select n from range(90) as numbers (n)", most_rows=20)
    assert table.row_count == 20
    assert "first 20 rows" in str(table.caption)


def test_an_answer_too_wide_for_lines_is_a_block_per_row(make_build: MakeBuild, home: Path) -> None:
    publish(make_build(), home)
    columns = ", ".join(f"'value' as column_{number}" for number in range(12))
    table = ask(home, f"select {columns} from range(2)", width=100)
    assert list(table.columns[0].cells) == [f"column_{number}" for number in range(12)] * 2
    assert ask(home, f"select {columns} from range(2)", width=300).row_count == 2


def test_a_wrong_question_is_answered_with_words_and_a_status(
    make_build: MakeBuild, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(make_build(), home)
    assert main(["select nothing from marts.articles", "--home", str(home)]) == 1
    assert "nothing" in capsys.readouterr().err
    assert main([COUNT, "--home", str(home)]) == 0
    assert "3" in capsys.readouterr().out
    assert main([COUNT, "--home", str(home / "elsewhere")]) == 1
    assert "run a night first" in capsys.readouterr().err
