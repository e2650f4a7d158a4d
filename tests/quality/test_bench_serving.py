"""The bench of readers: what it counts as stale, and that a large warehouse is made of a small one alike each time."""

from pathlib import Path

import duckdb

from tests.expectations.tiny_build import write_tiny_build
from tests.quality.bench_serving import Read, report, stale
from tests.quality.resampled import write_resampled


def read(began: float, mark: int, error: str | None = None) -> Read:
    return Read("01_a", began, 0.1, mark, error)


def test_a_read_is_stale_when_it_began_well_after_a_flip_and_met_the_release_before_it() -> None:
    flips = [(100.0, 1), (160.0, 2)]
    assert stale([read(99, 0), read(100.5, 0), read(102, 1), read(160.9, 1), read(162, 2)], flips) == 0
    assert stale([read(102, 0), read(162, 1), read(163, -1, "IOException")], flips) == 2


def test_the_report_counts_reads_flips_and_errors() -> None:
    said = report([read(99, 0), read(101, 1, "IOException: gone")], [(100.0, 1)])
    assert "1 flips, 1 errors, 0 stale reads" in said
    assert "IOException: gone" in said


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
