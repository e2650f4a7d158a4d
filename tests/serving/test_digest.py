"""The digest of the marts: equal for equal content, different for any other."""

from pathlib import Path

import duckdb
import pytest

from serving.releases import marts_digest


def build(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.words (word varchar, other varchar, times bigint, said_at timestamp)")
        connection.execute("insert into marts.words values ('a', null, 1, '2026-01-05 10:00:00'), ('b', 'x', 2, null)")
        for statement in statements:
            connection.execute(statement)
    return path


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    turned = "create or replace table marts.words as from marts.words order by word desc"
    assert marts_digest(build(tmp_path / "one", turned)) == marts_digest(build(tmp_path / "two"))


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    turned = "create or replace table marts.words as select said_at, times, other, word from marts.words"
    assert marts_digest(build(tmp_path / "one", turned)) == marts_digest(build(tmp_path / "two"))


def test_when_and_how_a_build_was_judged_is_not_content(tmp_path: Path) -> None:
    other = (
        "create table marts.build_info as select 1 as nights; create table marts.quality_results as select 2 as night"
    )
    assert marts_digest(build(tmp_path / "one", other)) == marts_digest(build(tmp_path / "two"))


@pytest.mark.parametrize(
    "change",
    [
        "update marts.words set times = 3 where word = 'b'",
        "update marts.words set other = '' where word = 'a'",
        "update marts.words set other = '-' where word = 'a'",
        "update marts.words set word = 'ax', other = '' where word = 'b'",
        "update marts.words set said_at = said_at + interval 1 microsecond",
        "delete from marts.words where word = 'a'",
        "insert into marts.words from marts.words where word = 'a'",
        "insert into marts.words from marts.words; insert into marts.words from marts.words",
        "alter table marts.words rename column word to term",
        "alter table marts.words rename to terms",
        "alter table marts.words alter times type integer",
        "alter table marts.words drop column said_at",
        "create table marts.empty (page_id varchar)",
        "create view marts.shown as from marts.words",
        "create or replace table marts.words as select other as word, word as other, times, said_at from marts.words",
    ],
)
def test_any_change_of_content_changes_the_digest(change: str, tmp_path: Path) -> None:
    assert marts_digest(build(tmp_path / "one", change)) != marts_digest(build(tmp_path / "two"))


def test_two_rows_that_trade_a_value_are_seen(tmp_path: Path) -> None:
    traded = "update marts.words set times = 3 - times"
    assert marts_digest(build(tmp_path / "one", traded)) != marts_digest(build(tmp_path / "two"))


def test_the_zone_of_the_machine_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zoned = "create table marts.zoned as select timestamptz '2026-01-05 10:00:00+00' as said_at"
    file = build(tmp_path / "one", zoned)
    expected = marts_digest(file)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert marts_digest(file) == expected


def test_taking_the_digest_leaves_the_file_alone(tmp_path: Path) -> None:
    file = build(tmp_path / "one")
    before = file.read_bytes()
    marts_digest(file)
    assert file.read_bytes() == before
