"""The bench of readers: what it counts as stale, and that a large warehouse is made of a small one alike each time."""

from pathlib import Path

import duckdb
import pytest

from tests.expectations.tiny_build import write_tiny_build
from tests.quality.bench_serving import Read, missed, report, stale
from tests.quality.resampled import write_resampled


def read(began: float, mark: int, error: str | None = None, seconds: float = 0.1) -> Read:
    return Read("01_a", began, seconds, 0.1, mark, error)


def test_a_read_is_stale_when_it_began_well_after_a_flip_and_met_the_release_before_it() -> None:
    flips = [(100.0, 1), (160.0, 2)]
    assert stale([read(99, 0), read(100.5, 0), read(102, 1), read(160.9, 1), read(162, 2)], flips) == 0
    assert stale([read(102, 0), read(162, 1), read(163, -1, "IOException")], flips) == 2


def test_the_report_names_each_question_the_flips_and_the_errors() -> None:
    said = report([read(99, 0), read(101, 1, "IOException: gone")], [(100.0, 1), (161.5, 2), (220.0, 3)])
    assert said.count("01_a") == 1
    assert "seconds from flip to flip: 58.5 to 61.5" in said
    assert "IOException: gone" in said


FLIPS = [(100.0, 1), (160.0, 2)]
QUICK = [read(99 + second, 0 if second < 2 else 1) for second in range(50)]


def test_a_run_that_keeps_every_bound_misses_none() -> None:
    assert missed(QUICK, FLIPS, 2) == []


@pytest.mark.parametrize(
    ("more", "flips", "said"),
    [
        ([read(140, 1, seconds=1.5)] * 5, FLIPS, "p95 1.500 s, not under 1.0 s"),
        ([read(140, -1, "IOException: gone")], FLIPS, "1 errors"),
        ([read(162, 1)], FLIPS, "1 stale reads"),
        ([], FLIPS[:1], "1 flips of 2"),
    ],
)
def test_each_bound_that_is_missed_is_named(more: list[Read], flips: list[tuple[float, int]], said: str) -> None:
    assert missed(QUICK + more, flips, 2) == [said]


def test_a_run_without_reads_keeps_no_bound() -> None:
    assert missed([], FLIPS, 2) == ["p95 inf s, not under 1.0 s"]


def test_a_resampled_warehouse_has_the_keys_and_views_of_the_sample(tmp_path: Path) -> None:
    sample, target = tmp_path / "sample.duckdb", tmp_path / "dateline.duckdb"
    write_tiny_build(sample)
    with duckdb.connect(str(sample)) as connection:
        connection.execute(
            "create schema staging; create schema reports;"
            "create view staging.stg_nights as from raw.nights; create view reports.nights as from staging.stg_nights;"
            "create view reports.a_first as from reports.nights;"
            "create table intermediate.int_given as select 1 as given, 2 as unread;"
            "create view reports.given as select given from intermediate.int_given;"
            "create table marts.z_kinds (kind_id varchar primary key);"
            "create table marts.a_parts (part_id varchar primary key, kind_id varchar references marts.z_kinds);"
            "insert into marts.z_kinds values ('k'); insert into marts.a_parts values ('p', 'k')"
        )
    write_resampled(sample, target, 9)
    with duckdb.connect(str(target), read_only=True) as connection:
        keys = connection.execute(
            "select table_name, constraint_type from duckdb_constraints() "
            "where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') order by all"
        ).fetchall()
        assert keys == [("a_parts", "FOREIGN KEY"), ("a_parts", "PRIMARY KEY"), ("z_kinds", "PRIMARY KEY")]
        assert connection.execute("select count(*) from marts.a_parts").fetchall() == [(3,)]
        ((nights,),) = connection.execute("select count(*) from reports.a_first").fetchall()
        assert nights > 2
        assert connection.execute("select count(*) from reports.given").fetchall() == [(3,)]


def test_a_resampled_warehouse_has_the_sample_in_it_and_is_the_same_again(tmp_path: Path) -> None:
    sample = tmp_path / "sample.duckdb"
    write_tiny_build(sample)
    rows = []
    for name in ("one", "other"):
        target = tmp_path / name / "dateline.duckdb"
        target.parent.mkdir()
        assert write_resampled(sample, target, 7) == 9
        with duckdb.connect(str(target), read_only=True) as connection:
            rows.append(connection.execute("select * from marts.articles order by article_id").fetchall())
            ((distinct,),) = connection.execute("select count(distinct article_id) from marts.articles").fetchall()
            assert distinct == 9
    assert rows[0] == rows[1]
