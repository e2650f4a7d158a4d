"""Records to Parquet and back: what one task hands to the next is a file, never a payload.

Files are written aside and renamed, so a killed task leaves either the whole file or none.
"""

import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

Record = TypeVar("Record")

_SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),
}
# Hashes are 64-bit unsigned; every other integer is a count or an offset.
_UNSIGNED_FIELDS = {"shingles", "numbers", "quote_key", "block_key"}
# One row group holds pages with all their text; small groups keep a reader's memory flat.
_ROWS_PER_GROUP = 64


def _arrow_type(annotation: Any, name: str) -> pa.DataType:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (annotation,) = [option for option in typing.get_args(annotation) if option is not type(None)]
    if typing.get_origin(annotation) is list:
        return pa.list_(_arrow_type(typing.get_args(annotation)[0], name))
    if is_dataclass(annotation):
        return pa.struct(list(arrow_schema(typing.cast("type", annotation))))
    return pa.uint64() if name in _UNSIGNED_FIELDS else _SCALARS[annotation]


@cache
def arrow_schema(record_type: Any) -> pa.Schema:
    """Return the Arrow schema of a dataclass: nested records become structs, lists become lists."""
    hints = typing.get_type_hints(record_type)
    return pa.schema([(item.name, _arrow_type(hints[item.name], item.name)) for item in fields(record_type)])


def _plain(value: Any) -> Any:
    # dataclasses.asdict deep-copies every string; this only walks.
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, str) and not value.isascii():
        # Half a surrogate pair, as cut headlines in JSON-LD end in, has no place in any file.
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def _record(record_type: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(record_type) in (typing.Union, types.UnionType):
        (record_type,) = [option for option in typing.get_args(record_type) if option is not type(None)]
    if typing.get_origin(record_type) is list:
        (entry_type,) = typing.get_args(record_type)
        return [_record(entry_type, entry) for entry in value] if is_dataclass(entry_type) else value
    if is_dataclass(record_type):
        hints = typing.get_type_hints(record_type)
        return typing.cast("Any", record_type)(**{name: _record(hints[name], value[name]) for name in hints})
    return value


def write_records(path: Path, record_type: type[Record], records: Iterable[Record]) -> Path:
    """Write records to one Parquet file, in order, and return its path; an empty file has the schema and no row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.partial")
    schema = arrow_schema(typing.cast("Any", record_type))
    batch: list[Any] = []
    with pq.ParquetWriter(aside, schema, compression="zstd") as writer:
        for record in records:
            batch.append(_plain(record))
            if len(batch) == _ROWS_PER_GROUP:
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                batch = []
        if batch:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    return aside.replace(path)


def read_records(path: Path, record_type: type[Record]) -> Iterator[Record]:
    """Yield the records of a file that `write_records` wrote, a row group at a time."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            for row in file.read_row_group(group).to_pylist():
                yield _record(record_type, row)
