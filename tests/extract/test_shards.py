from dataclasses import fields
from importlib import resources
from pathlib import Path

import duckdb
import pytest

from extract.model import AnnotatedPage, Document, Media, Mention, Outlet, Page, Quote, RoleClaim, Span, Term, Time
from extract.night import BlockRow, ParsedRow, read_page
from extract.shards import read_records, write_records
from tests.extract.pages import REPORT, article, make_page, read

KEYS = {"night", "page_id"}


@pytest.fixture(scope="module")
def columns() -> dict[str, set[str]]:
    with duckdb.connect() as connection:
        connection.execute(resources.files("extract").joinpath("schema.sql").read_text("utf-8"))
        rows = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'raw'"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


@pytest.mark.parametrize(
    ("table", "record", "keys"),
    [
        ("pages", Page, set()),
        ("outlets", Outlet, set()),
        ("blocks", BlockRow, set()),
        ("documents", Document, KEYS),
        ("spans", Span, KEYS),
        ("times", Time, KEYS),
        ("terms", Term, KEYS),
        ("mentions", Mention, KEYS),
        ("role_claims", RoleClaim, KEYS),
        ("quotes", Quote, KEYS),
    ],
)
def test_a_record_has_the_columns_of_its_table(
    columns: dict[str, set[str]], table: str, record: type, keys: set[str]
) -> None:
    assert {item.name for item in fields(record)} | keys == columns[table]


def test_every_raw_table_and_column_is_commented(columns: dict[str, set[str]]) -> None:
    assert len(columns) == 24
    with duckdb.connect() as connection:
        connection.execute(resources.files("extract").joinpath("schema.sql").read_text("utf-8"))
        bare = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'raw' and comment is null "
            "union all select table_name, null from duckdb_tables() where schema_name = 'raw' and comment is null"
        ).fetchall()
    assert bare == []


def test_annotated_pages_come_back_as_they_were_written(tmp_path: Path) -> None:
    page = read("By Ana Sol\n\n" + "\n\n".join(REPORT) + "\n\nShare this article\n")
    assert page.document is not None
    pages = [page, AnnotatedPage(page.page, None)]
    file = write_records(tmp_path / "a.parquet", AnnotatedPage, pages)
    assert list(read_records(file, AnnotatedPage)) == pages


def test_parsed_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = [read_page(make_page(Media.HTML), article().encode(), []), read_page(make_page(), b"", [])]
    assert [row.parsed is None for row in rows] == [False, True]
    assert list(read_records(write_records(tmp_path / "a.parquet", ParsedRow, rows), ParsedRow)) == rows


def test_no_records_make_a_file_without_rows(tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.parquet", Page, [])
    assert file.exists()
    assert list(read_records(file, Page)) == []


def test_more_records_than_a_row_group_keep_their_order(tmp_path: Path) -> None:
    pages = [make_page(page_id=f"p_{number}") for number in range(150)]
    assert list(read_records(write_records(tmp_path / "a.parquet", Page, pages), Page)) == pages


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    pages = [make_page(page_id=f"p_{number}") for number in range(10)]
    first = write_records(tmp_path / "a.parquet", Page, pages).read_bytes()
    assert write_records(tmp_path / "a.parquet", Page, pages).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]
