"""A fingerprint of the marts: equal for equal content, whatever the order of rows and the version of DuckDB."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

# These say when and how a build was made and judged, not what is in it.
NOT_CONTENT = ("build_info", "quality_results")


def marts_digest(build_file: Path) -> str:
    """Digest of all tables and views in schema marts, but for build_info and quality_results.

    Each row is written out as text with the length of every value, hashed with MD5, and the hashes are summed, so
    neither the order of rows nor that of columns matters, and a row that is there twice counts twice. One pass per
    table in constant memory.

    Args:
        build_file: DuckDB file; opened read-only.

    Returns:
        64 hexadecimal digits over names, columns, types and rows.
    """
    with duckdb.connect(str(build_file), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        lines = [_table_line(connection, table) for table in mart_tables(connection) if table not in NOT_CONTENT]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def mart_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the tables and views in schema marts, sorted."""
    rows = connection.execute(
        "select distinct table_name from duckdb_columns() where schema_name = 'marts' and not internal order by all"
    ).fetchall()
    return [name for (name,) in rows]


def _table_line(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where schema_name = 'marts' and table_name = ? order by column_name",
        [table],
    ).fetchall()
    texts = [f"{quoted(name)}::varchar" for name, _ in columns]
    values = ", ".join(f"coalesce(length({text}) || ':' || {text}, '-')" for text in texts)
    # Sums of 64-bit halves fit a HUGEINT for up to 2**63 rows.
    rows, low, high = connection.execute(
        "select count(*), coalesce(sum(md5_number_lower(line)::hugeint), 0), "  # noqa: S608 (names are quoted)
        "coalesce(sum(md5_number_upper(line)::hugeint), 0) "
        f"from (select concat({values}) as line from marts.{quoted(table)})"
    ).fetchall()[0]
    return f"{table} {columns} {rows} {low} {high}"


def quoted(name: str) -> str:
    """Name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
