from datetime import date
from pathlib import Path

import pytest

from extract.errors import WarehouseError
from extract.warehouse import connect, fresh_build, replace_night


def test_a_warehouse_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    build_file = tmp_path / "build" / "dateline.duckdb"
    fresh_build(None, build_file)
    with connect(build_file) as connection:
        connection.execute(
            "create schema raw; create table raw.shingles (night date, page_id varchar, shingle ubigint)"
        )
    with pytest.raises(WarehouseError, match=r"raw\.shingles has other columns.*DATELINE_HOME"):
        replace_night(build_file, date(2026, 1, 8), [], [], [], tmp_path / "none", [], [], "digest", "version")
