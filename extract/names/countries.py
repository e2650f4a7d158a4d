"""Countries by names and demonyms: "U.S." and "United States of America" are one, "Russian" is of Russia."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.names.keys import folded_key, name_key

TABLE = Path(__file__).with_name("countries.tsv")
PLACES = Path(__file__).with_name("places.txt")  # made by `training.knowledge`

# Also the name of another place that news name as often: without more they are no country.
_SHARED_NAMES = {"georgia", "jersey"}
_INVARIANT = ("ese", "sh", "ch", "ss", "s", "men")


@dataclass(frozen=True)
class CountryTable:
    """Countries (ISO 3166-1 alpha-2) by key.

    Attributes:
        by_name: key of any name -> code.
        by_demonym: key of a demonym, singular or plural -> code.
        main_key: code -> key of the name in common use.
        demonym_key: key of a demonym -> that of its country's first.
    """

    by_name: Mapping[str, str]
    by_demonym: Mapping[str, str]
    main_key: Mapping[str, str]
    demonym_key: Mapping[str, str]

    def country(self, key: str) -> str | None:
        """Return the code of the country that a name's key stands for; None for names that it shares with others."""
        return None if key in _SHARED_NAMES else self.by_name.get(folded_key(key))


@cache
def _places() -> frozenset[str]:
    return frozenset(PLACES.read_text("utf-8").splitlines())


def is_place(key: str) -> bool:
    """Tell whether a name's key is that of a country, a region or a city of 100,000 inhabitants and more."""
    return key in _places() or country_table().country(key) is not None


@cache
def country_table() -> CountryTable:
    """Return the table that the package carries."""
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    by_name: dict[str, str] = {}
    for code, names, _ in rows:
        for name in names.split("; "):
            by_name.setdefault(folded_key(name_key(name)), code)
    by_demonym: dict[str, str] = {}
    demonym_key: dict[str, str] = {}
    for code, _, demonyms in rows:
        for demonym in filter(None, demonyms.split("; ")):
            key = name_key(demonym)
            for form in [key] if key.endswith(_INVARIANT) else [key, f"{key}s"]:
                if form not in by_name:  # the Philippines are no people
                    by_demonym.setdefault(form, code)
                    demonym_key.setdefault(form, name_key(demonyms.split("; ")[0]))
    return CountryTable(
        by_name, by_demonym, {code: name_key(names.split("; ")[0]) for code, names, _ in rows}, demonym_key
    )
