"""A fingerprint of the marts: equal for equal content, whatever the order of rows.

Rows are hashed by DuckDB's own function, which reads a column at a time: MD5 of rows written out as text took some ten
times as long, and most of the time of publishing. Another version of DuckDB may hash otherwise; then a night that is
run again after an upgrade makes a release of its own, though nothing changed.
"""

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

    The hashes of rows are summed, and once more after mixing, so neither the order of rows nor that of columns matters,
    and a row that is there twice counts twice. One pass per table in constant memory.

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
    return tables_of(connection, "marts")


def tables_of(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """Names of the tables and views in a schema, sorted."""
    rows = connection.execute(
        "select distinct table_name from duckdb_columns() where schema_name = ? and not internal order by all", [schema]
    ).fetchall()
    return [name for (name,) in rows]


def _table_line(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where schema_name = 'marts' and table_name = ? order by column_name",
        [table],
    ).fetchall()
    names = ", ".join(quoted(name) for name, _ in columns)
    # Sums of 64-bit hashes fit a HUGEINT for up to 2**63 rows.
    rows, plain, mixed = connection.execute(
        "select count(*), coalesce(sum(key::hugeint), 0), coalesce(sum(hash(key)::hugeint), 0) "  # noqa: S608 (quoted)
        f"from (select hash({names}) as key from marts.{quoted(table)})"
    ).fetchall()[0]
    return f"{table} {columns} {rows} {plain} {mixed}"


def quoted(name: str) -> str:
    """Name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
