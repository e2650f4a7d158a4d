"""Times the search for copies beside MinHash on made-up news of growing size: `make bench-copies` (docs/quality.md).

What runs is what a night runs: the words and shingles of extract, the SQL of the dbt models, the comparison of linkage.
Each size and each method is a process of its own, whose peak of memory is its own.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow

from extract.words import SHINGLE_WORDS, Hashes, hashed_texts, words
from tests.quality.made_up_news import TEXTS_A_NIGHT, MadeUp, made_up
from tests.quality.models import NIGHTS_DIGESTED, build, project
from tests.quality.sizes import Figures, Watch, measured, memory_mb, one_thread

SIZES = (10_000, 100_000, 1_000_000)
FIRST_NIGHT = date(2026, 1, 1)
MEMORY = "2GB"  # what DuckDB may take; Python and its buffers come on top
PERMUTATIONS, JACCARD = 128, 0.25  # MinHash as tuned for edited copies
MODELS_OF_COPIES = (
    "int_texts_given_fingerprints",
    "int_text_pairs_proposed",
    "int_text_pairs_measured",
    "int_text_pairs_compared",
    "int_copies_recognised",
)
# What follows from the pairs of copies; rensa has nothing like it, so it is told apart.
_MODELS_OF_THE_LEDGER = (
    "int_texts_represented",
    "int_digest_parts_recognised",
    "int_texts_grouped_into_articles",
    "int_publications_identified",
    "int_pages_identified",
    "int_page_pairs_chosen",
    "int_page_pairs_measured",
    "int_page_pairs_compared",
    "int_copies_measured",
    "int_nights_compared",
)
_SHINGLES = pyarrow.schema(
    [
        ("page_id", pyarrow.string()),
        ("shingles", pyarrow.list_(pyarrow.uint64())),
        ("number_places", pyarrow.list_(pyarrow.int64())),
        ("numbers", pyarrow.list_(pyarrow.uint64())),
        ("night", pyarrow.date32()),
    ]
)
_NIGHTS = ("night_seconds", "night_seconds_with_ledger")


def main() -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.bench_copies", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of texts, with commas between")
    parser.add_argument("--methods", default=",".join(_METHODS), help="what to measure, with commas between")
    parser.add_argument("--one", nargs=2, metavar=("METHOD", "SIZE"), help="measure one and print it as JSON")
    options = parser.parse_args()
    if options.one:
        method, size = options.one
        print(json.dumps(_METHODS[method](int(size))))
        return 0
    print(
        f"{'texts':>9} {'method':9} {'texts/CPU-s':>11} {'x rensa':>7} {'recall':>6} {'memory MB':>9} "
        f"{'night CPU-s':>11} {'with ledger':>11}"
    )
    for size in map(int, options.sizes.split(",")):
        found = {method: measured("bench_copies", method, str(size)) for method in options.methods.split(",")}
        for method, figures in found.items():
            ratio = figures["texts_per_second"] / found["rensa"]["texts_per_second"] if "rensa" in found else 0
            nights = [f"{figures[key]:11.2f}" if key in figures else " " * 11 for key in _NIGHTS]
            print(
                f"{size:9} {method:9} {figures['texts_per_second']:11.0f} {ratio:7.2f} {figures['recall']:6.3f} "
                f"{figures['memory_mb']:9.0f} {' '.join(nights)}  {figures.get('parts', '')}",
                flush=True,
            )
    return 0


def measure_ours(size: int) -> Figures:
    """Build the copies of so many texts at once, then add a night to them."""
    with one_thread(MEMORY) as connection:
        make_tables(connection)
        load(connection, 0, 10)  # what is loaded once is no text's cost
        connection.execute(
            "delete from stg_shingles; delete from stg_documents; delete from int_documents_accepted; "
            "delete from int_texts_represented"
        )
        reading, planted = load(connection, 0, size)
        building = build(connection, MODELS_OF_COPIES)
        memory = memory_mb()
        ledger = build(connection, _MODELS_OF_THE_LEDGER)
        recalls = _recalls(connection, planted)
        night_reading, _ = load(connection, size, TEXTS_A_NIGHT)
        night = build(connection, MODELS_OF_COPIES)
        night_ledger = build(connection, _MODELS_OF_THE_LEDGER)
        pairs = connection.execute("select count(*) from int_text_pairs_compared").fetchone()
    spent = reading + sum(building.values())
    return {
        "texts_per_second": size / spent,
        "recall": recalls["all"][1],
        "memory_mb": memory,
        "night_seconds": night_reading + sum(night.values()),
        "night_seconds_with_ledger": night_reading + sum(night.values()) + sum(night_ledger.values()),
        "parts": {
            "reading": round(reading, 1),
            **{name: round(seconds, 1) for name, seconds in building.items()},
            "ledger": round(sum(ledger.values()), 1),
            "night": {
                "reading": round(night_reading, 2),
                **{name: round(value, 2) for name, value in (night | night_ledger).items()},
            },
            "pairs": pairs[0] if pairs else 0,
            "recalls": recalls,
        },
    }


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that the models of copies begin with."""
    connection.execute("create table stg_shingles as " + _empty(_SHINGLES))
    connection.execute("create index shingles_by_page on stg_shingles (page_id)")
    connection.execute("create table stg_documents (page_id varchar, body varchar)")
    connection.execute("create index documents_by_page on stg_documents (page_id)")
    # Every page is a publication, and every text another.
    connection.execute(
        "create table int_documents_accepted (page_id varchar, publication_id varchar, text_page_id varchar, "
        "outlet_id varchar, word_count bigint, night date, published_date date, published_at timestamp, "
        "fetched_at timestamp)"
    )
    connection.execute("create view int_publications_represented as from int_documents_accepted")
    # The search asks it for the days of texts; the ledger makes it anew.
    connection.execute(
        "create table int_texts_represented (text_page_id varchar, word_count bigint, published_date date, "
        "published_at timestamp, night date)"
    )


def _empty(schema: pyarrow.Schema) -> str:
    types = {
        "string": "varchar",
        "date32[day]": "date",
        "list<item: uint64>": "ubigint[]",
        "list<item: int64>": "bigint[]",
    }
    columns = ", ".join(f"null::{types[str(column.type)]} as {column.name}" for column in schema)
    return f"select {columns} where false"


def load(connection: duckdb.DuckDBPyConnection, first: int, count: int) -> tuple[float, list[tuple[str, str]]]:
    """Read texts into the tables that the models begin with; return the CPU-seconds and the planted pairs."""
    watch, planted = Watch(), []
    for night_texts in _nights(first, count):
        texts = sorted(night_texts, key=lambda text: _page(text.number))  # as a night is loaded
        planted += [(_page(text.number), _page(text.original)) for text in texts if text.original is not None]
        night = FIRST_NIGHT + timedelta(days=texts[0].number // TEXTS_A_NIGHT)
        pages = pyarrow.array([_page(text.number) for text in texts])
        nights = pyarrow.array([night] * len(texts), pyarrow.date32())
        with watch:
            hashes = hashed_texts([text.body for text in texts])
            lists = [_lists([one[column] for one in hashes]) for column in range(len(Hashes._fields))]
            night_rows = pyarrow.table([pages, *lists, nights], schema=_SHINGLES)  # noqa: F841 - read by name
            connection.execute("insert into stg_shingles from night_rows")
        bodies = pyarrow.table([pages, [text.body for text in texts]], ["page_id", "body"])  # noqa: F841 - as above
        connection.execute("insert into stg_documents from bodies")
        connection.execute(
            "insert into int_documents_accepted by name select page_id, page_id as publication_id, "
            "page_id as text_page_id, len(shingles) + 3 as word_count, night, night as published_date from night_rows"
        )
        connection.execute(
            "insert into int_texts_represented by name "
            "select page_id as text_page_id, night as published_date, night from night_rows"
        )
    with watch:
        # A table, as the project makes one: ten models ask for the first changed night.
        connection.execute(f"create or replace table int_nights_digested as {NIGHTS_DIGESTED}")
    return watch.seconds, planted


def _lists(arrays: Sequence[npt.NDArray[Any]]) -> Any:
    ends = np.cumsum([0, *map(len, arrays)])
    return pyarrow.ListArray.from_arrays(pyarrow.array(ends, pyarrow.int32()), pyarrow.array(np.concatenate(arrays)))


def _nights(first: int, count: int) -> Iterator[list[MadeUp]]:
    for start in range(first, first + count, TEXTS_A_NIGHT):
        yield [made_up(number) for number in range(start, min(start + TEXTS_A_NIGHT, first + count))]


def _page(number: int) -> str:
    # Spread over all values, as the digests of a warehouse are.
    return f"p_{number * 0x9E3779B97F4A7C15 % 2**64:016x}"


def _recalls(connection: duckdb.DuckDBPyConnection, planted: list[tuple[str, str]]) -> dict[str, tuple[int, float]]:
    """Return the number of planted pairs and the share found: of all, by age of the original, by length of the copy."""
    pairs = pyarrow.table([[copy for copy, _ in planted], [other for _, other in planted]], ["copy", "original"])
    assert pairs.num_rows
    settings = project()["vars"]
    judged = connection.execute(
        """
        select
            if(copies.night - originals.night > $recent, 'older', 'recent') as age,
            if(copies.word_count < $short, 'short', 'long') as length,
            exists (
                select 1 from int_copies_recognised as found
                where (found.text_page_id, found.other_text_page_id) in ((copy, original), (original, copy))
            ) as is_found
        from pairs
        inner join int_documents_accepted as copies on pairs.copy = copies.page_id
        inner join int_documents_accepted as originals on pairs.original = originals.page_id
        """,
        {"recent": settings["recent_nights"], "short": settings["long_text_shingles"] + SHINGLE_WORDS - 1},
    ).fetchall()
    found: dict[str, list[bool]] = {"all": [is_found for _, _, is_found in judged]}
    for age, length, is_found in judged:
        found.setdefault(f"{age} {length}", []).append(is_found)
    return {kind: (len(each), round(sum(each) / len(each), 4)) for kind, each in sorted(found.items())}


def measure_rensa(size: int, bands: int = 32) -> Figures:
    """Search the same texts with rensa's MinHash and its LSH index, tuned for edited copies; more bands find more."""
    import rensa

    watch, found, count, texts_seen = Watch(), 0, 0, 0
    index = rensa.RMinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS, num_bands=bands)
    hashes: list[Any] = []
    for texts in _nights(0, size):
        for text in texts:
            with watch:
                tokens = words(text.body)
                runs = [
                    " ".join(tokens[start : start + SHINGLE_WORDS]) for start in range(len(tokens) - SHINGLE_WORDS + 1)
                ]
                hashed = rensa.RMinHash(num_perm=PERMUTATIONS, seed=42)
                hashed.update(runs)
                near = {other for other in index.query(hashed) if hashes[other].jaccard(hashed) >= JACCARD}
                index.insert(text.number, hashed)
                hashes.append(hashed)
            texts_seen += 1
            if text.original is not None:
                count += 1
                found += text.original in near
    return {
        "texts_per_second": texts_seen / watch.seconds,
        "recall": found / count,
        "memory_mb": memory_mb(),
    }


_METHODS: dict[str, Callable[[int], Figures]] = {
    "ours": measure_ours,
    "rensa": measure_rensa,
    "rensa-64": partial(measure_rensa, bands=64),
}

if __name__ == "__main__":
    sys.exit(main())
