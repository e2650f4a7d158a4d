"""The one writer of the raw tables: replaces a night, whole, in one transaction."""

import fcntl
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from extract import knowledge
from extract.agencies import KnownAgency
from extract.errors import WarehouseError
from extract.model import Outlet
from extract.paths import path_list, path_literal
from extract.shards import arrow_schema

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Readable by DuckDB 1.2 and later, views and comments included; 2.0 would otherwise write a file that 1.x refuses.
STORAGE_VERSION = "v1.2.0"
FICLONE = 0x40049409  # of linux/fs.h; fcntl names it from Python 3.12 on, for files that share blocks

# Tables that hold lists of a page's record, unnested: raw table -> field of AnnotatedPage.
_NESTED = {
    name: name for name in ("spans", "times", "titles", "credits", "terms", "mentions", "role_claims", "quotes")
} | {"page_urls": "urls"}
_NIGHT_TABLES = (
    "nights",
    "pages",
    "documents",
    "blocks",
    "outlet_templates",
    "shingles",
    "quality_findings",
    "outlet_drift",
    *_NESTED,
)


def fresh_build(release: Path | None, build_file: Path) -> None:
    """Make an empty folder for the build and put a copy of the current release in it, or a new warehouse.

    The folder is always new: a write-ahead log left beside an older file would be replayed into this one.
    """
    shutil.rmtree(build_file.parent, ignore_errors=True)
    build_file.parent.mkdir(parents=True)
    base = build_file.with_name("base.txt")
    if release is None:
        with duckdb.connect() as connection:
            connection.execute(f"attach {path_literal(build_file)} as build (storage_version '{STORAGE_VERSION}')")
        base.write_text("")
    else:
        _clone(release, build_file)
        base.write_text(release.resolve().parent.name)


def _clone(file: Path, copy: Path) -> None:
    """Copy a file; where the file system can (XFS, Btrfs), blocks are shared until one of both is written to."""
    with file.open("rb") as source, copy.open("wb") as target:
        try:
            fcntl.ioctl(target, FICLONE, source.fileno())
        except OSError:
            shutil.copyfile(file, copy)


def connect(file: Path) -> duckdb.DuckDBPyConnection:
    """Open a warehouse for writing, without any download of extensions."""
    return duckdb.connect(
        str(file),
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "storage_compatibility_version": STORAGE_VERSION,
        },
    )


def replace_night(
    build_file: Path,
    night: date,
    offered: Sequence[Path],
    annotated: Sequence[Path],
    blocks: Sequence[Path],
    templates: Path,
    outlets: Sequence[Outlet],
    agencies: Sequence[KnownAgency],
    sources_digest: str,
    extractor_version: str,
    knowledge_files: Sequence[Path] = (),
) -> None:
    """Delete what the raw tables hold of a night and insert what its shards hold, in one transaction.

    How many pages the sources offered is counted in `offered`, the shards as they were collected: a page that was lost
    on its way here is missed by gate 1.

    Raises:
        WarehouseError: the warehouse was made by a version with other raw tables.
        SourcesError: a file of known things cannot be read.
    """
    schema = resources.files("extract").joinpath("schema.sql").read_text("utf-8")
    with connect(build_file) as connection:
        _refuse_other_columns(connection, schema)
        connection.execute(schema)
        connection.execute(f"create temp view offered as from read_parquet({path_list(offered)})")
        connection.execute(f"create temp view annotated as from read_parquet({path_list(annotated)})")
        connection.execute(f"create temp view night_blocks as from read_parquet({path_list(blocks)})")
        connection.execute("begin transaction")
        for table in _NIGHT_TABLES:
            connection.execute(f"delete from raw.{table} where night = ?", [night])
        # Ordered, so that the same night gives the same file whatever the order of its shards.
        connection.execute("insert into raw.pages by name select unnest(page) from annotated order by page.page_id")
        connection.execute(
            """
            insert into raw.documents by name
            select page.night as night, page.page_id as page_id, unnest(document) from annotated
            where document is not null order by page.page_id
            """
        )
        for table, field in _NESTED.items():
            connection.execute(
                f"""
                insert into raw.{table} by name
                select night, page_id, unnest(entry) from (
                    select page.night as night, page.page_id as page_id, unnest({field}) as entry from annotated
                    order by page.page_id
                )
                """
            )
        connection.execute(
            """
            insert into raw.shingles by name
            select page.night as night, page.page_id as page_id, shingles, number_places, numbers from annotated
            where document is not null order by page.page_id
            """
        )
        connection.execute("insert into raw.blocks by name from night_blocks order by page_id, block_no")
        connection.execute(
            "insert into raw.outlet_templates by name "
            f"from read_parquet({path_list([templates])}) order by outlet_id, block_key"
        )
        _merge_outlets(connection, outlets)
        _merge_agencies(connection, agencies)
        replace_knowledge(connection, knowledge_files)
        connection.execute(
            "insert into raw.nights by name select $night as night, (select count(*) from offered) as pages, "
            "$digest as sources_digest, $version as extractor_version",
            {"night": night, "digest": sources_digest, "version": extractor_version},
        )
        connection.execute("commit")
        connection.execute("checkpoint")


_RAW_COLUMNS = "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'raw'"


def _refuse_other_columns(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    with duckdb.connect() as empty:
        empty.execute(schema)
        wanted = set(empty.execute(_RAW_COLUMNS).fetchall())
    found = set(connection.execute(_RAW_COLUMNS).fetchall())
    known = {table for table, _, _ in found}
    others = sorted({table for table, _, _ in found ^ wanted if table in known})
    if others:
        raise WarehouseError(
            f"the warehouse was made by another version of Dateline: raw.{', raw.'.join(others)} has other columns. "
            "Set DATELINE_HOME to an empty folder and run its nights again, the oldest first"
        )


def _merge_outlets(connection: duckdb.DuckDBPyConnection, outlets: Sequence[Outlet]) -> None:
    _merge(connection, "outlets", "outlet_id", outlets, Outlet)


def _merge_agencies(connection: duckdb.DuckDBPyConnection, agencies: Sequence[KnownAgency]) -> None:
    _merge(connection, "agencies", "agency", agencies, KnownAgency)


def replace_knowledge(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    """Replace what is known, unless it was read from the same files."""
    edition = knowledge.edition(files)
    if connection.execute("select any_value(edition) from raw.knowledge").fetchone() == (edition,):
        return
    connection.register("known", knowledge.known(files))
    connection.execute("delete from raw.knowledge")
    connection.execute("delete from raw.knowledge_names")
    connection.execute(
        """
        insert into raw.knowledge by name
        select linked_id, name, entity_type, country, lies_in, importance, ? as edition from known order by linked_id
        """,
        [edition],
    )
    connection.execute(
        """
        insert into raw.knowledge_names by name
        select linked_id, unnest(entry) from (select linked_id, unnest(keys) as entry from known)
        order by linked_id, entry.name_key
        """
    )
    connection.unregister("known")
    connection.execute("delete from raw.common_words")
    connection.register("common_words", pa.table({"word": sorted(knowledge.common_words())}))
    connection.execute("insert into raw.common_words from common_words")
    connection.unregister("common_words")
    connection.execute("delete from raw.nicknames")
    first_names, forms = zip(*knowledge.nicknames(), strict=True)
    connection.register("nicknames", pa.table({"first_name": first_names, "nickname": forms}))
    connection.execute("insert into raw.nicknames from nicknames")
    connection.unregister("nicknames")


def _merge(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    key: str,
    records: "Sequence[DataclassInstance]",
    record_type: type,
) -> None:
    """Replace the rows that are declared again; rows of earlier declarations stay."""
    declared = pa.Table.from_pylist([asdict(record) for record in records], schema=arrow_schema(record_type))
    connection.register("declared", declared)
    connection.execute(f"delete from raw.{table} where {key} in (select {key} from declared)")
    connection.execute(f"insert into raw.{table} by name from declared order by {key}")
    connection.unregister("declared")


def current_release(home: Path) -> Path | None:
    """Return the file readers have now; None before the first night."""
    file = home / "current" / "dateline.duckdb"
    return file.resolve() if file.exists() else None
