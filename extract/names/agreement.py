"""The names of one document agree with each other: bounds, types, surnames, and repeats that the model missed. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from extract.model import Mention
from extract.names.countries import country_table, is_place
from extract.names.keys import is_brand_in_s, name_key
from extract.names.offices import is_role
from extract.names.resolution import NameUse, initials, kind_and_country, resolved_keys

# Titles are roles, not names; those of royalty and clergy are left, as in "Prince Harry".
_PERSON_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|president|vice[ -]president|prime minister|minister|chancellor|"
    r"senator|sen|governor|gov|representative|rep|congressman|congresswoman|mayor|general|gen|lieutenant|lt|colonel|col|"
    r"major|maj|sergeant|sgt|captain|capt|judge|justice|secretary|secretary[ -]general|ambassador)\b ?\.?\s+(?=\w)",
    re.IGNORECASE,
)
# "Ana Sol, 61", "Ana Sol, MD"; what stands before the name itself: "trustee Ana Sol".
_BEHIND_A_PERSON = re.compile(r"\s*,\s*(?:\d{1,3}|M\.?D\.?|Ph\.?D\.?|Esq\.?|RN|QC|KC|MP)$")
_SMALL_WORD = re.compile(r"(?<!\S)(?!dell|degli)[a-z]{5,} (?=[A-Z])")  # other particles of names are shorter
_LOOSE_END = re.compile(r"\s+(?:of|and|the|in|at|for|on|to|by|with|from|as)$")
_LOOSE_MARKS = "\"“”„«»‘'’`-–—/,:;"  # quotes, and what ties a name to its neighbours
# "United States of America", "People's Republic of China": a form of state, "of", and the name of a place.
_STATE = re.compile(
    r"(?:(?:United|Federal|Federative|Federated|Democratic|Socialist|Islamic|Arab|Bolivarian|Plurinational|Hashemite|"
    r"Cooperative|Co-operative|Independent|People['’]s)\s+){0,3}"
    r"(?:Republic|Kingdom|States|Federation|Commonwealth|Principality|Sultanate|Emirate|Grand Duchy)\s+of\s+(?:the\s+)?"
)
_STATE_BEHIND = re.compile(r" (?:Republic|Federation|Kingdom|Confederation)\b")  # "French", "Russian"
_OFFICE_OF = re.compile(
    r"\b(?:president|chancellor|king|queen|minister|premier|ambassador|governor) of (?:the )?$", re.IGNORECASE
)
_TIED = re.compile(r"([A-Z][\w.’' ]*?) ?[-–—/] ?([A-Z][\w.’' ]*)")
_IN_BRACKETS = re.compile(r" \(([A-Z]{2,7})\)")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] )|(?<=\n))\W*([^\W\d_])")
_SURE_PERSON = 0.88  # read in news texts: towns the model took for people stood below, first and last names above
_SENTENCES = 5  # fewer are a message or a brief
_AMID = re.compile(r"[\w,;%)] ?[\"'“‘(]?$")  # a capital after it is no sentence's
_LOWER_PARTS = {"of", "the", "and", "de", "da", "do", "dos", "del", "la", "le", "van", "von", "bin", "al", "el", "for"}

_DEFINES = re.compile(r"['’]?s? ?\([\"“‘]?(?:the )?")


class Candidate(NamedTuple):
    """A name as a model found it in a text; `weight` is how sure the model is, 0 to 1."""

    start: int
    end: int
    kind: str
    weight: float


class ZoneText(NamedTuple):
    """A stretch of a page in which names are read: its title, its body, or one of its captions."""

    zone: str  # title | body | caption
    text: str
    span_no: int | None = None  # of a caption, which is no part of the clean text


CAPTION = "caption"


class _Found(NamedTuple):
    zone: int
    start: int
    end: int
    surface: str
    kind: str
    weight: float


def agreed(zones: Sequence[ZoneText], candidates: Sequence[Sequence[Candidate]]) -> list[Mention]:
    """Return the mentions of a document in order.

    Captions lean on title and body and never the other way: they name people wrongly often enough.

    Args:
        zones: its zones, captions last.
        candidates: per zone, what a model found in its text.
    """
    found: list[_Found] = []
    bare = [[trimmed(zone.text, one) for one in own] for zone, own in zip(zones, candidates, strict=True)]
    said_keys = {name_key(zone.text[one.start : one.end]) for zone, own in zip(zones, bare, strict=True) for one in own}
    for number, (zone, own) in enumerate(zip(zones, bare, strict=True)):
        halves = [half for one in own for half in _unhyphened(zone.text, one, said_keys)]
        for start, end, kind, weight in _states_whole(zone.text, halves):
            surface = zone.text[start:end]
            is_name = any(character.isalpha() for character in surface) and "\n" not in surface
            if is_name and not (kind == "PER" and is_role(surface)):
                found.append(_Found(number, start, end, surface, kind, weight))
    found = _without_common_words(zones, found)
    found = sorted([*found, *_defined_acronyms(zones, found)], key=lambda one: (one.zone, one.start))
    said = [one for one in found if zones[one.zone].zone != CAPTION]
    uses = _uses(zones, said)
    if _is_prose(zones):
        _take_places_for_places(uses, said)
    resolved = resolved_keys(uses)
    found = sorted([*found, *_repeats(zones, said, found, uses)], key=lambda one: (one.zone, one.start))
    if len(said) < len(found):
        shown = _uses(zones, found)
        resolved |= {key: resolved.get(whole, whole) for key, whole in resolved_keys(shown).items() if key not in uses}
        uses = {**shown, **uses}
    return [_mention(number, one, zones[one.zone], uses, resolved) for number, one in enumerate(found)]


def _mention(
    number: int, one: _Found, zone: ZoneText, uses: Mapping[str, NameUse], resolved: Mapping[str, str]
) -> Mention:
    key = name_key(one.surface)
    whole = resolved.get(key, key)
    # A short form takes the type of the name that it stands for.
    kind = uses[whole if whole in uses else key].kind
    mention_kind, country_code = kind_and_country(key, whole, kind)
    if country_code is not None and mention_kind == "name":
        kind = "LOC"
    return Mention(
        number, zone.zone, one.start, one.end, one.surface, kind, key, whole, mention_kind, country_code, zone.span_no
    )


def trimmed(text: str, name: Candidate) -> Candidate:
    """Return the name without white space, quotes, a leading article, a person's title and what hangs on its end."""
    start, end = name.start, name.end
    while start < end and (text[start].isspace() or text[start] in _LOOSE_MARKS):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _LOOSE_MARKS):
        end -= 1
    if text[start:end].lower().startswith("the "):
        start += len("the ")
    if text[start:end].endswith(("'s", "’s")) and not (name.kind == "ORG" and is_brand_in_s(text[start:end])):
        end -= len("'s")
    if name.kind == "PER":
        if attribute := _BEHIND_A_PERSON.search(text, start, end):
            end = attribute.start()
        for word in _SMALL_WORD.finditer(text, start, end):
            start = word.end()
        while title := _PERSON_TITLE.match(text, start, end):
            start = title.end()
    while loose := _LOOSE_END.search(text, start, end):
        end = loose.start()
    while start < end and (text[end - 1].isspace() or text[end - 1] in _LOOSE_MARKS):
        end -= 1
    return name._replace(start=start, end=end)


def _unhyphened(text: str, name: Candidate, said: AbstractSet[str]) -> Iterator[Candidate]:
    """Yield a name, or the two that a hyphen ties: "US-Mexico" where both are places or names of the document."""
    tied = _TIED.fullmatch(text, name.start, name.end)
    if tied is None or name.kind == "PER":
        yield name
        return
    halves = {half: name_key(tied[half]) for half in (1, 2)}
    are_said = all(key in said for key in halves.values())
    if (all(map(is_place, halves.values())) or are_said) and not is_place(name_key(tied[0].replace(" ", ""))):
        for half, key in halves.items():
            yield Candidate(*tied.span(half), "LOC" if is_place(key) else name.kind, name.weight)
    else:
        yield name


def _states_whole(text: str, names: Sequence[Candidate]) -> list[Candidate]:
    """Return the names with the long names of states in one piece, and apart from who stands right behind them."""
    names = [part for name in names for part in _parted(text, name)]
    wholes = [
        Candidate(name.start, form.end(), "LOC", name.weight)
        for name in names
        if (form := _STATE_BEHIND.match(text, name.end))
        and country_table().country(name_key(text[name.start : form.end()]))
    ]
    for match in _STATE.finditer(text) if " of " in text else ():
        last = next((name for name in names if name.start <= match.end() < name.end), None)
        if last is not None and last.kind == "LOC" and "\n" not in match.group():
            wholes.append(Candidate(match.start(), last.end, "LOC", last.weight))
    kept = [name for name in names if not any(whole.start < name.end and name.start < whole.end for whole in wholes)]
    return sorted([*kept, *wholes])


def _parted(text: str, name: Candidate) -> Iterator[Candidate]:
    """Yield a name, or the two that a model took for a person's: "president of" Germany Frank-Walter Steinmeier."""
    words = text[name.start : name.end].split(" ")
    if name.kind == "PER" and len(words) > 1 and _OFFICE_OF.search(text[max(0, name.start - 40) : name.start]):
        for length in range(len(words) - 1, 0, -1):
            country = " ".join(words[:length])
            if country_table().country(name_key(country)):
                end = name.start + len(country)
                yield Candidate(name.start, end, "LOC", name.weight)
                yield name._replace(start=end + 1)
                return
    yield name


def _defined_acronyms(zones: Sequence[ZoneText], found: Sequence[_Found]) -> Iterator[_Found]:
    """Yield the acronyms that stand in brackets behind what they are short for, where the model saw none."""
    taken = {(one.zone, one.start) for one in found}
    for one in found:
        bracket = _IN_BRACKETS.match(zones[one.zone].text, one.end)
        if bracket is None or one.kind == "PER" or (one.zone, bracket.start(1)) in taken:
            continue
        if bracket.group(1).casefold() in initials(name_key(one.surface)):
            yield _Found(one.zone, *bracket.span(1), bracket.group(1), one.kind, one.weight)


def _without_common_words(zones: Sequence[ZoneText], found: Sequence[_Found]) -> list[_Found]:
    """Leave out what the document itself shows to be no name.

    That is a word in small letters, and a word whose only capital is that of a sentence or headline and which the
    document writes small elsewhere.

    A document of a few sentences, or one that begins them small as chats do, shows nothing.
    """
    if not _is_prose(zones):
        return list(found)
    texts = [zone.text for zone in zones if zone.zone != CAPTION]
    singles = {one.surface for one in found if one.surface.istitle() and one.surface.isalpha()}
    written_small = {
        surface for surface in singles if any(re.search(rf"(?<!\w){surface.lower()}(?!\w)", text) for text in texts)
    }
    amid = {
        one.surface
        for one in found
        if one.surface in written_small
        and zones[one.zone].zone != "title"
        and _AMID.search(zones[one.zone].text[: one.start][-4:])
    }
    return [
        one for one in found if not one.surface.islower() and (one.surface not in written_small or one.surface in amid)
    ]


def _is_prose(zones: Sequence[ZoneText]) -> bool:
    """Tell whether title and body are a text of some sentences that begin with a capital."""
    texts = [zone.text for zone in zones if zone.zone != CAPTION]
    starts = [match.group(1) for text in texts for match in _SENTENCE_START.finditer(text)]
    return len(starts) >= _SENTENCES and sum(start.islower() for start in starts) * 2 <= len(starts)


def _take_places_for_places(uses: Mapping[str, NameUse], said: Sequence[_Found]) -> None:
    """Let a large place that the model took for a person be one.

    Not where the model is sure that one word is a person, nor where somebody in the document has the name.
    """
    sure = {name_key(one.surface) for one in said if one.kind == "PER" and one.weight >= _SURE_PERSON}
    people = {word for key, use in uses.items() if " " in key and use.kind == "PER" for word in key.split()}
    for key, use in uses.items():
        is_sure = key in sure and "LOC" not in use.votes and " " not in key
        if use.kind == "PER" and not is_sure and key not in people and is_place(key):
            use.votes["LOC"] = use.votes["PER"] + 1.0


def _uses(zones: Sequence[ZoneText], found: Iterable[_Found]) -> dict[str, NameUse]:
    """Return how the document uses the names of every key."""
    uses: dict[str, NameUse] = {}
    before: _Found | None = None
    for one in found:
        zone = zones[one.zone]
        use = uses.setdefault(name_key(one.surface), NameUse())
        use.votes[one.kind] = use.votes.get(one.kind, 0.0) + one.weight
        use.surfaces.add(one.surface)
        # A headline is short and says nothing of what the body has introduced.
        use.first = min(use.first, (one.zone if zone.zone != "title" else len(zones), one.start))
        if before is not None and before.zone == one.zone and _DEFINES.fullmatch(zone.text, before.end, one.start):
            short, whole = sorted((before, one), key=lambda name: len(name.surface))
            uses[name_key(short.surface)].defined_as.add(name_key(whole.surface))
        before = one
    return uses


def _repeats(
    zones: Sequence[ZoneText], said: Sequence[_Found], found: Sequence[_Found], uses: Mapping[str, NameUse]
) -> Iterator[_Found]:
    """Yield the places where a name of title or body stands again, as written there, and the model saw none."""
    surfaces = {
        one.surface: uses[name_key(one.surface)].kind
        for one in said
        if _is_telling(one.surface) and one.weight >= _SURE
    }
    if not surfaces:
        return
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for one in found:
        taken[one.zone].update(range(one.start, one.end))
    longest_first = sorted(surfaces, key=lambda surface: (-len(surface), surface))
    pattern = re.compile(rf"(?<![\w@#/.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w@/-])")
    for number, zone in enumerate(zones):
        for match in pattern.finditer(zone.text):
            if taken[number].isdisjoint(range(match.start(), match.end())):
                yield _Found(number, match.start(), match.end(), match.group(), surfaces[match.group()], 0.0)


_SURE = 0.5


def _is_telling(surface: str) -> bool:
    """Tell whether a surface is a name wherever it stands: two words or more, or capitals within one."""
    words = surface.split()
    if len(words) > 1:
        return all(word[0].isupper() or word in _LOWER_PARTS for word in words)
    return len(surface) > 2 and surface[0].isupper() and (surface[1:] != surface[1:].lower() or len(surface) > 4)
