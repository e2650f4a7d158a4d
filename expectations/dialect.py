"""The SQLAlchemy dialect through which Great Expectations reads a DuckDB file, and cannot write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb_engine
import sqlalchemy
from sqlalchemy.dialects import registry

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy.engine.interfaces import ReflectedColumn

DRIVER_URL = "duckdb+readonly"


class ReadOnlyDialect(duckdb_engine.Dialect):
    """duckdb-engine's dialect without transactions.

    Great Expectations reads its cursor after ROLLBACK, when DuckDB has nothing left to give. The file is opened
    read-only, so there is nothing to commit or to roll back.
    """

    driver = "readonly"
    supports_statement_cache = False

    def do_begin(self, connection: Any) -> None:
        """Begin nothing."""

    def do_commit(self, connection: Any) -> None:
        """Commit nothing."""

    def do_rollback(self, connection: Any) -> None:
        """Roll nothing back."""

    def get_columns(
        self,
        connection: sqlalchemy.Connection,
        table_name: str,
        schema: str | None = None,
        **_: Any,
    ) -> list[ReflectedColumn]:
        """Columns of a table or view; the PostgreSQL catalogue that SQLAlchemy would ask for is not in DuckDB."""
        rows = connection.execute(
            sqlalchemy.text(
                "select column_name, is_nullable, column_default from duckdb_columns() "
                "where table_name = :table and schema_name = :schema order by column_index"
            ),
            {"table": table_name, "schema": schema or "main"},
        )
        return [
            {
                "name": name,
                "type": sqlalchemy.types.NullType(),
                "nullable": is_nullable,
                "default": default,
                "autoincrement": False,
            }
            for name, is_nullable, default in rows
        ]


registry.register("duckdb.readonly", __name__, "ReadOnlyDialect")


def connection_string(build_file: Path) -> str:
    """URL of a build file for `sqlalchemy.create_engine`."""
    return sqlalchemy.URL.create(DRIVER_URL, database=str(build_file.resolve())).render_as_string()


def engine_arguments() -> dict[str, Any]:
    """Arguments of `create_engine`: one read-only connection, so that its variables and temporary tables stay."""
    return {"connect_args": {"read_only": True}, "poolclass": sqlalchemy.StaticPool}


def variable_statements(variables: dict[str, str | float | date]) -> list[str]:
    """Statements that make each value readable in SQL as `getvariable('name')`: query files need no templating."""
    if odd := [name for name in variables if not name.isidentifier()]:
        raise ValueError(f"not variable names: {', '.join(odd)}")
    return [f"set variable {name} = {_literal(value)}" for name, value in variables.items()]


def _literal(value: str | float | date) -> str:
    if isinstance(value, int | float):
        return f"{value}::double"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"date '{value.isoformat()}'"
