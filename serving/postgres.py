"""A copy of a release in PostgreSQL: marts and reports as tables, with keys, indexes, types and comments.

Rows are deleted and copied in one transaction: who reads meanwhile sees the old release to the last, and views of the
analysts' own stay, because no table is ever dropped or swapped. Tables and columns that are new are added before, in a
short transaction of their own; adding one takes a lock, and must not hold it while rows are copied. Only where a column
has another type than before do readers wait for the rows: it changes when the old rows are gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import psycopg
from psycopg import sql

from serving.errors import CopyRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serving.releases import Release

SCHEMAS = ("marts", "reports")
LOCK = 0x0DA7E11E  # a number that only this publisher asks for: two at once would delete each other's rows
BLOCK = 1 << 20  # bytes on their way at once
OURS = (
    "Filled by the news warehouse."  # ends the comment of each of our tables; analysts' own beside them are left alone
)
# What readers look rows up by, beside keys.
INDEXED = {
    "article_id", "publication_id", "page_id", "story_id", "event_id", "entity_id", "outlet_id", "quote_id",
    "asked_article_id", "asked_story_id", "old_story_id", "published_date", "night",
}  # fmt: skip
_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "DOUBLE": "double precision",
    "FLOAT": "real",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "UBIGINT": "numeric(20)",
    "HUGEINT": "numeric(38)",
}
_COLUMNS = """
    select schema_name, table_name, column_name, data_type, comment from duckdb_columns()
    where database_name = current_database() and schema_name in ('marts', 'reports') and not internal
    order by schema_name, table_name, column_index
"""
_COMMENTS = """
    select schema_name, table_name, comment from duckdb_tables() where database_name = current_database()
    union all
    select schema_name, view_name, comment from duckdb_views() where database_name = current_database()
"""
_KEYS = """
    select schema_name, table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
    from duckdb_constraints() where schema_name = 'marts' and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
    order by all
"""


@dataclass(frozen=True)
class Table:
    """A table of the copy: where it stands, its columns (name, type, comment), and its keys."""

    schema: str
    name: str
    comment: str | None
    columns: tuple[tuple[str, str, str | None], ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]

    @property
    def identifier(self) -> sql.Identifier:
        """Its name for SQL."""
        return sql.Identifier(self.schema, self.name)


def publish_copy(release: Release, connection_string: str) -> dict[str, int]:
    """Bring a PostgreSQL database up to a release.

    Args:
        release: what to copy.
        connection_string: as psycopg and psql take it; the user must own the schemas marts and reports, or be allowed
            to create them.

    Returns:
        Rows of every table, by its name with the schema.

    Raises:
        CopyRefused: the server does not answer, or refuses; nothing has changed for readers. Or the rows are there, and
            it would not tidy up after them; the message says which.
    """
    failed = "the copy in PostgreSQL stays as it was"
    try:
        with (
            duckdb.connect(str(release.database), read_only=True) as source,
            _connected(connection_string) as target,
        ):
            source.execute("set timezone = 'UTC'")
            tables = tables_of(source)
            with target.transaction():
                _take_turn(target)
                for table in tables:
                    _prepare(target, table)
                gone = _gone(target, tables)
                for identifier in gone:
                    _drop_foreign_keys(target, identifier)
                changes = [change for table in tables for change in _changes_of_type(target, table)]
                for table in () if changes else tables:
                    _refer(target, table)
            with target.transaction():
                _take_turn(target)
                for identifier in [*gone, *(table.identifier for table in tables)]:
                    target.execute(sql.SQL("delete from {}").format(identifier))
                if changes:
                    _change_types(target, tables, changes)
                rows = _copy_rows(source, target, tables)
                for identifier in gone:
                    target.execute(sql.SQL("comment on table {} is 'No longer filled.'").format(identifier))
                said = sql.Literal(f"Release {release.name} of the news warehouse.")
                for schema in SCHEMAS:
                    target.execute(sql.SQL("comment on schema {} is {}").format(sql.Identifier(schema), said))
            failed = (
                f"the copy in PostgreSQL holds {release.name} now, but was not vacuumed (make publish-postgres does it)"
            )
            _tidy_up(target, tables)
            return rows
    except psycopg.Error as cause:
        raise CopyRefused(f"{failed}: {cause}") from cause


def tables_of(source: duckdb.DuckDBPyConnection) -> list[Table]:
    """Every mart and report of a release, as a table of the copy."""
    columns: dict[tuple[str, str], list[tuple[str, str, str | None]]] = {}
    for schema, table, column, kind, comment in source.execute(_COLUMNS).fetchall():
        columns.setdefault((schema, table), []).append((column, postgres_type(kind), comment))
    comments = {(schema, table): comment for schema, table, comment in source.execute(_COMMENTS).fetchall()}
    keys = source.execute(_KEYS).fetchall()
    return [
        Table(
            schema,
            name,
            comments.get((schema, name)),
            tuple(found),
            next((tuple(key[3]) for key in keys if key[:3] == (schema, name, "PRIMARY KEY")), ()),
            tuple((tuple(key[3]), key[4], tuple(key[5])) for key in keys if key[:3] == (schema, name, "FOREIGN KEY")),
        )
        for (schema, name), found in columns.items()
    ]


def postgres_type(kind: str) -> str:
    """Type of PostgreSQL for a type of DuckDB.

    Raises:
        CopyRefused: marts and reports hold no such type, because it has no twin.
    """
    if kind.startswith("DECIMAL("):
        return kind.lower().replace("decimal", "numeric")
    if kind not in _TYPES:
        raise CopyRefused(f"a column of type {kind} cannot be copied: give it one of {', '.join(_TYPES)}")
    return _TYPES[kind]


def _connected(connection_string: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(connection_string, autocommit=True)
    except psycopg.ProgrammingError:  # its message can quote a password
        raise CopyRefused(
            "DATELINE_POSTGRES cannot be read as a connection string: write it as host=... dbname=... user=..."
        ) from None


def _take_turn(target: psycopg.Connection[Any]) -> None:
    target.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _prepare(target: psycopg.Connection[Any], table: Table) -> None:
    """Create a table, or add the columns that are new, and bring comments up to date."""
    target.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(table.schema)))
    there = _types_there(target, table)
    if not there:
        parts = [sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind, _ in table.columns]
        if table.primary_key:
            parts.append(sql.SQL("primary key ({})").format(_names(table.primary_key)))
        target.execute(sql.SQL("create table {} ({})").format(table.identifier, sql.SQL(", ").join(parts)))
    for name, kind, _ in table.columns if there else ():
        if name not in there:
            change = sql.SQL("alter table {} add column {} {}")
            target.execute(change.format(table.identifier, sql.Identifier(name), sql.SQL(kind)))
    for name, _, _ in table.columns:
        if name in INDEXED and table.primary_key[:1] != (name,):
            index = sql.Identifier(f"{table.name}_{name}")
            statement = sql.SQL("create index if not exists {} on {} ({})")
            target.execute(statement.format(index, table.identifier, sql.Identifier(name)))
    said = sql.Literal(f"{table.comment} {OURS}" if table.comment else OURS)
    target.execute(sql.SQL("comment on table {} is {}").format(table.identifier, said))
    for name, _, comment in table.columns:
        column = sql.Identifier(table.schema, table.name, name)
        target.execute(sql.SQL("comment on column {} is {}").format(column, sql.Literal(comment)))
    for name in sorted(set(there) - {column[0] for column in table.columns}):
        column = sql.Identifier(table.schema, table.name, name)
        target.execute(sql.SQL("comment on column {} is 'No longer filled.'").format(column))


def _tidy_up(target: psycopg.Connection[Any], tables: list[Table]) -> None:
    """Let deleted rows give their room to the next night."""
    for table in tables:
        target.execute(sql.SQL("vacuum (analyze) {}").format(table.identifier))


def _types_there(target: psycopg.Connection[Any], table: Table) -> dict[str, str]:
    """Types of a table's columns as the copy has them; none if the table is not there."""
    return dict(
        target.execute(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute "
            "where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped",
            [f'"{table.schema}"."{table.name}"'],
        ).fetchall()
    )


def _changes_of_type(target: psycopg.Connection[Any], table: Table) -> Iterator[sql.Composed]:
    """What gives columns the types that they have now."""
    there = _types_there(target, table)
    for name, kind, _ in table.columns:
        if _plain(there[name]) != _plain(kind):
            change = sql.SQL("alter table {} alter column {} type {} using null")
            yield change.format(table.identifier, sql.Identifier(name), sql.SQL(kind))


def _change_types(target: psycopg.Connection[Any], tables: list[Table], changes: list[sql.Composed]) -> None:
    """Change types in tables that were emptied: old values need not fit, and keys may hold no null."""
    target.execute("set constraints all immediate")  # no table can be altered that has a key yet to be looked at
    for table in tables:
        _drop_foreign_keys(target, table.identifier)  # both ends of one change in turn
    for change in changes:
        target.execute(change)
    for table in tables:
        _refer(target, table)
    target.execute("set constraints all deferred")


def _gone(target: psycopg.Connection[Any], tables: list[Table]) -> list[sql.Identifier]:
    """Tables that an earlier release filled, and this one does not have."""
    ours = target.execute(
        "select nspname, relname from pg_class inner join pg_namespace on relnamespace = pg_namespace.oid "
        "where relkind = 'r' and nspname = any(%s) and obj_description(pg_class.oid, 'pg_class') like %s "
        "order by nspname, relname",
        [list(SCHEMAS), f"%{OURS}"],
    ).fetchall()
    present = {(table.schema, table.name) for table in tables}
    return [sql.Identifier(*names) for names in ours if names not in present]


def _foreign_keys(target: psycopg.Connection[Any], identifier: sql.Identifier) -> set[str]:
    found = target.execute(
        "select conname from pg_constraint where contype = 'f' and conrelid = %s::regclass",
        [identifier.as_string(target)],
    ).fetchall()
    return {name for (name,) in found}


def _drop_foreign_keys(
    target: psycopg.Connection[Any], identifier: sql.Identifier, kept: frozenset[str] = frozenset()
) -> None:
    for name in sorted(_foreign_keys(target, identifier) - kept):
        target.execute(sql.SQL("alter table {} drop constraint {}").format(identifier, sql.Identifier(name)))


def _refer(target: psycopg.Connection[Any], table: Table) -> None:
    """Declare the foreign keys; they are looked at when a transaction ends, so that rows may come in any order.

    Those that are declared no longer are dropped: the table they point to may have no rows any more.
    """
    named = {
        f"{table.name}_{'_'.join(columns)}_fkey"[:63]: (columns, referenced, keys)
        for columns, referenced, keys in table.foreign_keys
    }
    _drop_foreign_keys(target, table.identifier, frozenset(named))
    known = _foreign_keys(target, table.identifier)
    for name, (columns, referenced, keys) in named.items():
        if name not in known:
            target.execute(
                sql.SQL(
                    "alter table {} add constraint {} foreign key ({}) references {} ({}) "
                    "deferrable initially deferred not valid"
                ).format(
                    table.identifier,
                    sql.Identifier(name),
                    _names(columns),
                    sql.Identifier(table.schema, referenced),
                    _names(keys),
                )
            )


def _copy_rows(
    source: duckdb.DuckDBPyConnection, target: psycopg.Connection[Any], tables: list[Table]
) -> dict[str, int]:
    rows = {}
    with TemporaryDirectory() as folder, target.cursor() as cursor:
        file = Path(folder) / "rows.csv"
        for table in tables:
            _write_csv(source, table, file)
            names = _names(tuple(name for name, _, _ in table.columns))
            statement = sql.SQL("copy {} ({}) from stdin (format csv)").format(table.identifier, names)
            with cursor.copy(statement) as copy:
                for block in _blocks(file):
                    copy.write(block)
            rows[f"{table.schema}.{table.name}"] = cursor.rowcount
    return rows


def _write_csv(source: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
    """Write a table's rows: texts are quoted, so that an empty one differs from none; PostgreSQL takes no NUL."""
    texts = [name for name, kind, _ in table.columns if kind == "text"]
    chosen = ", ".join(
        f"replace({_quoted(name)}, chr(0), '') as {_quoted(name)}" if name in texts else _quoted(name)
        for name, _, _ in table.columns
    )
    forced = f", force_quote ({', '.join(map(_quoted, texts))})" if texts else ""
    path = str(file).replace("'", "''")
    source.execute(
        f"copy (select {chosen} from {_quoted(table.schema)}.{_quoted(table.name)}) "  # noqa: S608 (names are quoted)
        f"to '{path}' (format csv, header false{forced})"
    )


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as rows:
        while block := rows.read(BLOCK):
            yield block


def _plain(kind: str) -> str:
    """A type as it is compared: PostgreSQL writes out what `numeric(20)` and `timestamp` leave to be understood."""
    return kind.replace(" without time zone", "").replace(",0)", ")")


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
