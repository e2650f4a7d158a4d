"""Which names of one document are forms of one name: surnames, given names, countries, acronyms, short forms. Pure.

A key is led to that of the fullest form in the document; countries and demonyms to the form in common use, which is the
same in every document. Where a short form fits two names, it stays what it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extract.names.countries import CountryTable, country_table, is_place
from extract.names.keys import folded_key

_CLEARER = 3  # a full name tells a person this many times as clearly as a surname tells anything
_GENERATION = {"jr", "sr", "ii", "iii", "iv"}
_LEGAL_FORM = re.compile(r"(?<! &)(?<! and)(?:,? (?:inc|corp|co|ltd|limited|llc|llp|plc|ag|gmbh|nv|spa|sa))+$")
_LEGAL_WORD = re.compile(r" (?:company|corporation|incorporated)$")
_LITTLE_WORDS = {"of", "the", "and", "for", "on", "in", "to", "de", "la", "du", "des", "&"}
_ACRONYM = re.compile(r"[A-Z](?:[A-Za-z&]?[A-Z]){1,6}$|(?:[A-Z]\.){2,7}$")
# "Obama administration" is around a person and nobody.
_COMPANIES = frozenset(
    ["administration", "team", "government", "campaign", "family", "officials", "management", "cabinet"]
)
_OFFICE = (
    r"(?P<office>(?:attorney|solicitor|surgeon) general|congress|senate|house of representatives|parliament|"
    r"supreme court|government|treasury|army|navy|air force|coast guard|marine corps|department of \w+|"
    r"\w+ (?:department|ministry))"
)
_LAND_AND_OFFICE, _OFFICE_OF_LAND = (
    re.compile(form) for form in (rf"(?P<land>.+?) {_OFFICE}", rf"{_OFFICE} of (?:the )?(?P<land>.+)")
)
_LETTERS = 2  # of the shortest acronym


@dataclass(slots=True)
class NameUse:
    """How a document uses the names of one key.

    Attributes:
        votes: type -> weight of the mentions of that type.
        surfaces: the forms in which it is written.
        first: (number of the zone, offset) of its first mention; the title counts after the body, whose order it
            does not keep.
        defined_as: keys of the names that it is said to be short for, as in "European Union (EU)".
    """

    votes: dict[str, float] = field(default_factory=dict)
    surfaces: set[str] = field(default_factory=set)
    first: tuple[int, int] = (1 << 30, 0)
    defined_as: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The likeliest type."""
        return likeliest(self.votes)

    @property
    def is_acronym(self) -> bool:
        """Whether it is written as acronyms are."""
        return any(_ACRONYM.match(surface) for surface in self.surfaces)


def likeliest(votes: Mapping[str, float]) -> str:
    """Return the type with the most weight; of equals the first by name."""
    return min(votes.items(), key=lambda vote: (-round(vote[1], 3), vote[0]))[0]


def resolved_keys(uses: Mapping[str, NameUse], countries: CountryTable | None = None) -> dict[str, str]:
    """Return key -> key of the name that it stands for, for the keys that stand for another.

    Args:
        uses: key -> how the document uses it.
        countries: the table of countries; that of the package when None.
    """
    countries = countries or country_table()
    resolved = _people(uses)
    for key, use in uses.items():
        if key not in resolved:
            whole = _country_or_demonym(key, use, countries)
            if whole is not None:
                resolved[key] = whole
    others = {key: use for key, use in uses.items() if key not in resolved}
    resolved |= _organisations(others)
    roots = {key: _root(key, resolved) for key in uses}
    led = {key: _national(whole, countries) or whole for key, whole in roots.items()}
    return {key: whole for key, whole in led.items() if whole != key}


def kind_and_country(key: str, whole: str, kind: str, countries: CountryTable | None = None) -> tuple[str, str | None]:
    """Return (name or demonym, code of the country it is or belongs to) of a mention.

    Args:
        key: the mention's own key.
        whole: the key it stands for.
        kind: its type.
        countries: the table of countries; that of the package when None.
    """
    countries = countries or country_table()
    if kind in ("MISC", "LOC") and countries.demonym_key.get(key) == whole:
        return "demonym", countries.by_demonym[key]
    code = countries.country(key)
    is_meant = key != whole or kind == "LOC" or (kind == "ORG" and " " in key)
    return "name", code if code and is_meant and countries.main_key[code] == whole else None


def _root(key: str, resolved: Mapping[str, str]) -> str:
    seen = {key}
    while (key := resolved.get(key, key)) not in seen:
        seen.add(key)
    return key


def _country_or_demonym(key: str, use: NameUse, countries: CountryTable) -> str | None:
    kind = use.kind
    # "Russian Federation" is no other thing; "Jordan" may be a person and "US" a team.
    if (kind == "LOC" or (kind == "ORG" and " " in key)) and (code := countries.country(key)):
        return countries.main_key[code]
    return countries.demonym_key.get(key) if kind in ("MISC", "LOC") else None


def _national(key: str, countries: CountryTable) -> str | None:
    """Return the one key of an office or body of a country: "U.S. Senate", "Senate of the United States"."""
    found = _LAND_AND_OFFICE.fullmatch(key) or _OFFICE_OF_LAND.fullmatch(key)
    code = countries.country(found["land"]) if found else None
    return f"{countries.main_key[code]} {found['office']}" if found and code else None


def _people(uses: Mapping[str, NameUse]) -> dict[str, str]:
    """Return the names of people that stand for a fuller one: shorter full names, surnames, given names."""
    words = {key: _person_words(key) for key, use in uses.items() if " " in key and use.kind == "PER"}
    words = {key: own for key, own in words.items() if len(own) > 1 and own[-1] not in _COMPANIES}
    by_ending: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    by_given: defaultdict[str, list[str]] = defaultdict(list)
    for key, own in words.items():
        by_given[own[0]].append(key)
        for start in range(1, len(own)):
            by_ending[tuple(own[start:])].append(key)
    resolved: dict[str, str] = {}
    for key, use in uses.items():
        own = words.get(key) or _person_words(key)
        fuller = [name for name in by_ending.get(tuple(own), ()) if name != key]
        if key in words:
            # "Ana Sol" beside "Ana Maria Sol".
            fuller += [name for name in by_given[own[0]] if len(words[name]) > len(own) and words[name][-1] == own[-1]]
        whole = _one_person(fuller, words)
        if whole is None and key not in words:
            # Who bears the name too and comes in later is told apart by the first name.
            whole = _one_person([name for name in fuller if uses[name].first < use.first], words)
        if whole is not None and (key in words or _is_person(use, fuller, uses)):
            resolved[key] = whole
        elif not fuller and len(own) == 1 and use.kind == "PER":
            whole = _one_person([name for name in by_given.get(own[0], ()) if name != key], words)
            if whole is not None:
                resolved[key] = whole
    return resolved


def _person_words(key: str) -> list[str]:
    own = folded_key(key).split()
    while len(own) > 1 and own[-1].rstrip(",") in _GENERATION:
        own.pop()
    # "al-Maliki" is named as "Maliki" too, and stands with and without the article.
    return [word.rstrip(",") for word in own]


def _one_person(names: Sequence[str], words: Mapping[str, Sequence[str]]) -> str | None:
    """Return the longest of some full names when all are forms of it.

    "Ana Maria Sol" and "Maria Sol" are one; two different first names are two people: neither is meant.
    """
    if not names:
        return None
    longest = max(names, key=lambda name: (len(name), name))
    whole = list(words[longest])
    is_one = all(
        whole[-len(own) :] == list(own) or (whole[0], whole[-1]) == (own[0], own[-1])
        for own in (words[name] for name in names)
    )
    return longest if is_one else None


def _is_person(use: NameUse, fuller: Iterable[str], uses: Mapping[str, NameUse]) -> bool:
    """Tell whether a surname is meant: a place that shares it is named far more often than that person is in full."""
    together = Counter(use.votes)
    for name in fuller:
        together.update({kind: _CLEARER * vote for kind, vote in uses[name].votes.items()})
    return likeliest(together) == "PER"


def _organisations(uses: Mapping[str, NameUse]) -> dict[str, str]:
    """Return the organisations without their legal form, and acronyms and short forms with what they are short for."""
    resolved: dict[str, str] = {}
    for key, use in uses.items():
        if use.kind == "ORG":
            base = _LEGAL_FORM.sub("", key)
            if base == key and (shorter := _LEGAL_WORD.sub("", key)) in uses:
                base = shorter  # "Sol Company" is Sol where Sol is named, "East India Company" no East India
            if base and base != key:
                resolved[key] = base
    long = {base for key in uses if " " in (base := resolved.get(key, key))}
    first: dict[str, tuple[int, int]] = {}
    kinds: dict[str, str] = {}
    for key, use in uses.items():
        base = resolved.get(key, key)
        first[base] = min(first.get(base, use.first), use.first)
        kinds[base] = uses[base].kind if base in uses else use.kind
    by_initials: defaultdict[str, set[str]] = defaultdict(set)
    by_part: defaultdict[str, set[str]] = defaultdict(set)
    by_end: defaultdict[str, set[str]] = defaultdict(set)
    for base in long:
        if kinds[base] == "PER":
            continue
        for letters in initials(base):
            by_initials[letters].add(base)
        if kinds[base] == "ORG":
            parts = base.split()
            for cut in range(1, len(parts)):
                by_part[" ".join(parts[:cut])].add(base)
                # "Bank of Utopia" is part of no "Central Bank of Utopia", and Utopia of neither.
                if parts[cut - 1] not in _LITTLE_WORDS and _LITTLE_WORDS.isdisjoint(parts[cut:]):
                    by_part[" ".join(parts[cut:])].add(base)
        # "American Catholics" are some of the Catholics.
        is_of_a_land = base.split()[0] in country_table().by_demonym
        if kinds[base] in ("ORG", "MISC") and not is_of_a_land and _LITTLE_WORDS.isdisjoint(base.split()):
            by_end[base.split()[-1]].add(base)
    for key, use in uses.items():
        if key in resolved:
            continue
        whole = _defined(key, use, uses, resolved) or _spelled_out(key, use, by_initials, kinds)
        # "UN" is no short form of "UN Security Council".
        if whole is None and use.kind == "ORG" and not use.is_acronym:
            # A part of a name stands for it only where the whole was said before, and no other that has this part.
            said = [name for name in by_part.get(key, ()) if name != key and first[name] < use.first]
            whole = said[0] if len(said) == 1 else None
        elif whole is None and not use.is_acronym and not is_place(key):
            # "Sukanya" is the INS Sukanya whatever the model takes it for.
            said = [name for name in by_end.get(key, ()) if first[name] < use.first]
            whole = said[0] if len(said) == 1 else None
        if whole is not None:
            resolved[key] = whole
    return resolved


def initials(key: str) -> set[str]:
    """Return the acronyms that fit the words of a key, with and without the little ones."""
    words = key.replace("-", " ").split()
    telling = [word for word in words if word not in _LITTLE_WORDS]
    found = {"".join(word[0] for word in own) for own in (words, telling)}
    return {letters for letters in found if len(letters) >= _LETTERS}


def _defined(key: str, use: NameUse, uses: Mapping[str, NameUse], resolved: Mapping[str, str]) -> str | None:
    """Return what the document says that an acronym is short for."""
    # Places have codes, too: "(MIA)" behind Miami is its airport.
    fits = _letters_in_order if use.kind != "LOC" else lambda short, whole: short in initials(whole)
    fitting = sorted(whole for whole in use.defined_as if whole in uses and fits(key, whole))
    return resolved.get(fitting[0], fitting[0]) if len(fitting) == 1 else None


def _letters_in_order(short: str, whole: str) -> bool:
    letters = iter(folded_key(whole).replace(" ", ""))
    return short[:1] == whole[:1] and all(letter in letters for letter in folded_key(short) if letter.isalpha())


def _spelled_out(key: str, use: NameUse, by_initials: Mapping[str, set[str]], kinds: Mapping[str, str]) -> str | None:
    """Return the one name whose initials an acronym is; three letters seldom fit by chance, whatever the type."""
    if not use.is_acronym:
        return None
    fitting = [
        name
        for name in by_initials.get(key.replace("&", ""), ())
        if kinds[name] in ("ORG", "MISC") and (kinds[name] == use.kind or len(key) > _LETTERS)
    ]
    return fitting[0] if len(fitting) == 1 else None
