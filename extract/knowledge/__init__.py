"""What is known of places, organisations and first names: the tables that ship, and those a sources file names.

`README.md` beside this file says where the table comes from, under which licences, and how it is made again.
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import SourcesError
from extract.names.keys import name_key

BUILT_IN = Path(__file__).with_name("known.parquet")
COMMON_WORDS = Path(__file__).with_name("common_words.txt")
NICKNAMES = Path(__file__).with_name("nicknames.csv")
ENTITY_TYPES = ("LOC", "MISC", "ORG", "PER")
_SEPARATOR = ";"  # of lists in a CSV file
_CAPITALS = 6  # letters; a longer name in capitals is set so, and no short form
_NEEDED = ("linked_id", "name", "entity_type")
_LISTS = ("lies_in", "names", "aliases")

KEYS = pa.list_(
    pa.struct(
        [
            ("name_key", pa.string()),
            ("is_usual", pa.bool_()),
            ("is_capitals", pa.bool_()),
            ("is_common", pa.bool_()),
        ]
    )
)
SCHEMA = pa.schema(
    [
        ("linked_id", pa.string()),
        ("name", pa.string()),
        ("entity_type", pa.string()),
        ("country", pa.string()),
        ("lies_in", pa.list_(pa.string())),
        ("importance", pa.float64()),
        ("names", pa.list_(pa.string())),
        ("aliases", pa.list_(pa.string())),
        ("keys", KEYS),
    ]
)


@cache
def common_words() -> frozenset[str]:
    """Return English words that are written small: alone they are no evidence of a name."""
    return frozenset(COMMON_WORDS.read_text("utf-8").split())


@cache
def nicknames() -> tuple[tuple[str, str], ...]:
    """Return pairs of first names of which the second is a form of the first, such as william and bill; each once."""
    with NICKNAMES.open(encoding="utf-8", newline="") as lines:
        return tuple((row["first_name"], row["nickname"]) for row in csv.DictReader(lines))


def is_capitals(name: str) -> bool:
    """Tell whether a name is a short form in capitals, such as U.N., which its letters in small would not be."""
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= _CAPITALS


def key_rows(name: str, names: Iterable[str], aliases: Iterable[str]) -> list[dict[str, Any]]:
    """Return the names of an entry as mentions are compared with them, usual ones first; each key once."""
    usual = (name, *names)
    found: dict[str, dict[str, Any]] = {}
    for position, written in enumerate((*usual, *aliases)):
        key = name_key(written)
        if key and key not in found:
            found[key] = {
                "name_key": key,
                "is_usual": position < len(usual),
                "is_capitals": is_capitals(written),
                "is_common": all(word in common_words() for word in key.split()),
            }
    return list(found.values())


def edition(files: Sequence[Path]) -> str:
    """Return a digest over the bytes of the built-in table, the common words, the nicknames and further files."""
    result = hashlib.sha256()
    for file in (BUILT_IN, COMMON_WORDS, NICKNAMES, *files):
        result.update(hashlib.sha256(file.read_bytes()).digest())
    return result.hexdigest()[:16]


def known(files: Sequence[Path] = ()) -> pa.Table:
    """Return the built-in table with the rows of further files; of two rows with one id the later file's is taken.

    Raises:
        SourcesError: a file cannot be read, or lacks a column or a value.
    """
    table = pq.read_table(BUILT_IN, schema=SCHEMA)
    rows: dict[str, dict[str, Any]] = {row["linked_id"]: row for file in files for row in read_rows(file)}
    if not rows:
        return table
    is_kept = [linked_id not in rows for linked_id in table["linked_id"].to_pylist()]
    return pa.concat_tables([table.filter(pa.array(is_kept)), pa.Table.from_pylist(list(rows.values()), SCHEMA)])


def read_rows(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a CSV or Parquet file of known things, with the names that mentions are compared with.

    Raises:
        SourcesError: it cannot be read, or lacks a column or a value.
    """
    try:
        given = _parquet_rows(file) if file.suffix == ".parquet" else _csv_rows(file)
    except (OSError, UnicodeDecodeError, csv.Error, pa.ArrowException) as cause:
        raise SourcesError(f"knowledge: {file} cannot be read: {cause}") from cause
    return [_checked(file, number, row) for number, row in enumerate(given, start=1)]


def _parquet_rows(file: Path) -> list[Mapping[str, Any]]:
    return list(pq.read_table(file).to_pylist())


def _csv_rows(file: Path) -> list[Mapping[str, Any]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            row
            | {
                name: [part.strip() for part in (row.get(name) or "").split(_SEPARATOR) if part.strip()]
                for name in _LISTS
            }
            for row in csv.DictReader(lines)
        ]


def _checked(file: Path, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    missing = [name for name in _NEEDED if not row.get(name)]
    if missing:
        raise SourcesError(f"knowledge: row {number} of {file} has no {', '.join(missing)}")
    if row["entity_type"] not in ENTITY_TYPES:
        raise SourcesError(f"knowledge: row {number} of {file} is of no type among {', '.join(ENTITY_TYPES)}")
    try:
        importance = float(row.get("importance") or 0)
    except ValueError as cause:
        raise SourcesError(f"knowledge: row {number} of {file} has no number as importance") from cause
    names, aliases = list(row.get("names") or ()), list(row.get("aliases") or ())
    return {
        "linked_id": str(row["linked_id"]),
        "name": row["name"],
        "entity_type": row["entity_type"],
        "country": row.get("country") or None,
        "lies_in": list(row.get("lies_in") or ()),
        "importance": importance,
        "names": names,
        "aliases": aliases,
        "keys": key_rows(row["name"], names, aliases),
    }
