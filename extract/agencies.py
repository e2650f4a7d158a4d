"""News agencies and the short forms that credits use: those of `agencies.yml` and those a sources file declares."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from extract.sources import AgencyEntry
from extract.words import folded_name

_PARTS = re.compile(r"\s*(?:[/,;()]|\band\b|&)\s*")
_PARTED = re.compile(r"[/,;()&]|\band\b")
_SHORT_FORM = 4  # letters


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """A row of `raw.agencies`."""

    agency: str
    kind: str  # agency | press_release
    country: str | None
    aliases: str  # separated by a semicolon


@dataclass(frozen=True)
class AgencyTable:
    """Normal names by name or alias, as `_form` writes them."""

    names: dict[str, str]

    def find(self, text: str) -> str | None:
        """Return the normal name of the agency that a credit such as "ANI" or "AP/Reuters" names first."""
        text = " ".join(text.split())
        parts = _PARTS.split(text) if _PARTED.search(text) else ()
        for part in (text, *parts):
            form = part.strip(" .()")
            name = self.names.get(form) or self.names.get(folded_name(form))
            if name:
                return name
        return None


@cache
def _entries() -> tuple[KnownAgency, ...]:
    written = yaml.safe_load(resources.files("extract").joinpath("agencies.yml").read_text("utf-8"))
    return tuple(
        KnownAgency(entry["name"], entry.get("kind", "agency"), entry.get("country"), "; ".join(entry["aliases"]))
        for entry in written
    )


def known_agencies(declared: Iterable[AgencyEntry] = ()) -> list[KnownAgency]:
    """Return the built-in agencies with those a sources file declares, by name; a declared one wins."""
    own = [KnownAgency(entry.name, "agency", None, "; ".join(entry.aliases)) for entry in declared]
    return sorted({one.agency: one for one in (*_entries(), *own)}.values(), key=lambda one: one.agency)


def agency_table(declared: Iterable[AgencyEntry] = ()) -> AgencyTable:
    """Return the names and short forms of `known_agencies`."""
    entries = [*_entries(), *(one for one in known_agencies(declared) if one not in _entries())]
    return AgencyTable(
        {_form(form): one.agency for one in entries for form in (one.agency, *one.aliases.split("; ")) if form}
    )


def _form(name: str) -> str:
    """Return a name as the table holds it: without case, but for short forms in capitals, which are words otherwise."""
    return name if name.isupper() and len(name) <= _SHORT_FORM else folded_name(name)
