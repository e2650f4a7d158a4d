"""The names of one document agree with each other: bounds, types, surnames, and repeats that the model missed. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.model import Mention
from extract.words import plain

_TITLES = re.compile(
    r"^(?:the|mr|mrs|ms|dr|prof|sir|dame|lord|lady|president|prime minister|minister|chancellor|king|queen|pope|"
    r"senator|governor|mayor|general|gen|captain|judge|justice|secretary)\.?\s+(?=\S)",
    re.IGNORECASE,
)
_MIDDLE_INITIAL = re.compile(r"(?<=\w\w)\s\w\s(?=\w\w)")
_POSSESSIVE = re.compile(r"['’]s?$")
# Titles are roles, not names; those of royalty and clergy are left, as in "Prince Harry".
_PERSON_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|president|vice[ -]president|prime minister|minister|chancellor|"
    r"senator|sen|governor|gov|representative|rep|congressman|congresswoman|mayor|general|gen|lieutenant|lt|colonel|col|"
    r"major|maj|sergeant|sgt|captain|capt|judge|justice|secretary|secretary[ -]general|ambassador)\b\.?\s+(?=\w)",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(r"\s+(?:of|and|the|in|at|for|on|to|by|with|from|as)$")
_QUOTES = "\"“”„«»‘'’`"
# "United States of America", "People's Republic of China": a form of state, "of", and the name of a place.
_STATE = re.compile(
    r"(?:(?:United|Federal|Federative|Federated|Democratic|Socialist|Islamic|Arab|Bolivarian|Plurinational|Hashemite|"
    r"Cooperative|Co-operative|Independent|People['’]s)\s+){0,3}"
    r"(?:Republic|Kingdom|States|Federation|Commonwealth|Principality|Sultanate|Emirate|Grand Duchy)\s+of\s+(?:the\s+)?"
)
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] )|(?<=\n))\W*([^\W\d_])")
_CLEARER = 3  # a full name tells a person this many times as clearly as a surname tells anything
_SENTENCES = 5  # fewer are a message or a brief
_AMID = re.compile(r"[\w,;%)] ?[\"'“‘(]?$")  # a capital after it is no sentence's
_LOWER_PARTS = {"of", "the", "and", "de", "da", "do", "dos", "del", "la", "le", "van", "von", "bin", "al", "el", "for"}

Votes = dict[str, dict[str, float]]


class Candidate(NamedTuple):
    """A name as a model found it in a text; `weight` is how sure the model is, 0 to 1."""

    start: int
    end: int
    kind: str
    weight: float


class _Found(NamedTuple):
    zone: str
    start: int
    end: int
    surface: str
    kind: str
    weight: float


def name_key(surface: str) -> str:
    """Return a name's normal form: folded case, no article or title, no possessive, dots or middle initial."""
    key = _POSSESSIVE.sub("", plain(surface).strip())
    key = re.sub(r"[.\"]", "", " ".join(key.split())).casefold()
    key = _MIDDLE_INITIAL.sub(" ", key)
    shorter = _TITLES.sub("", key)
    return _TITLES.sub("", shorter) or key


def agreed(zones: Sequence[tuple[str, str]], candidates: Sequence[Sequence[Candidate]]) -> list[Mention]:
    """Return the mentions of a document in order.

    Args:
        zones: its zones as (zone name, text).
        candidates: per zone, what a model found in its text.
    """
    found: list[_Found] = []
    for (zone, text), own in zip(zones, candidates, strict=True):
        for start, end, kind, weight in _states_whole(text, [trimmed(text, one) for one in own]):
            surface = text[start:end]
            if any(character.isalpha() for character in surface) and "\n" not in surface:
                found.append(_Found(zone, start, end, surface, kind, weight))
    found = _without_common_words(zones, found)
    votes = _votes(found)
    found = sorted(
        [*found, *_repeats(zones, found, votes)],
        key=lambda one: ([zone for zone, _ in zones].index(one.zone), one.start),
    )
    full_names = _full_names(votes)
    for key, full in full_names.items():
        votes[key] = votes[full]  # a bare surname takes the type of the full name it stands for
    mentions = []
    for number, one in enumerate(found):
        key = name_key(one.surface)
        resolved = full_names.get(key, key)
        mentions.append(
            Mention(number, one.zone, one.start, one.end, one.surface, _likeliest(votes[resolved]), key, resolved)
        )
    return mentions


def trimmed(text: str, name: Candidate) -> Candidate:
    """Return the name without white space, quotes, a leading article, a person's title and what hangs on its end."""
    start, end = name.start, name.end
    while start < end and (text[start].isspace() or text[start] in _QUOTES):
        start += 1
    if text[start:end].lower().startswith("the "):
        start += len("the ")
    if text[start:end].endswith(("'s", "’s")):
        end -= len("'s")
    while name.kind == "PER" and (title := _PERSON_TITLE.match(text, start, end)):
        start = title.end()
    while loose := _LOOSE_END.search(text, start, end):
        end = loose.start()
    while start < end and (text[end - 1].isspace() or text[end - 1] in _QUOTES):
        end -= 1
    return name._replace(start=start, end=end)


def _states_whole(text: str, names: Sequence[Candidate]) -> list[Candidate]:
    """Return the names with the long names of states in one piece."""
    if " of " not in text:
        return list(names)
    wholes: list[Candidate] = []
    for match in _STATE.finditer(text):
        last = next((name for name in names if name.start <= match.end() < name.end), None)
        if last is not None and last.kind == "LOC" and "\n" not in match.group():
            wholes.append(Candidate(match.start(), last.end, "LOC", last.weight))
    kept = [name for name in names if not any(whole.start < name.end and name.start < whole.end for whole in wholes)]
    return sorted([*kept, *wholes])


def _without_common_words(zones: Sequence[tuple[str, str]], found: Sequence[_Found]) -> list[_Found]:
    """Leave out what the document itself shows to be no name.

    That is a word in small letters, and a word whose only capital is that of a sentence or headline and which the
    document writes small elsewhere.

    A document of a few sentences, or one that begins them small as chats do, shows nothing.
    """
    texts = [text for _, text in zones]
    starts = [match.group(1) for text in texts for match in _SENTENCE_START.finditer(text)]
    if len(starts) < _SENTENCES or sum(start.islower() for start in starts) * 2 > len(starts):
        return list(found)
    singles = {one.surface for one in found if one.surface.istitle() and one.surface.isalpha()}
    written_small = {
        surface for surface in singles if any(re.search(rf"(?<!\w){surface.lower()}(?!\w)", text) for text in texts)
    }
    texts_by_zone = dict(zones)
    amid = {
        one.surface
        for one in found
        if one.surface in written_small
        and one.zone != "title"
        and _AMID.search(texts_by_zone[one.zone][: one.start][-4:])
    }
    return [
        one for one in found if not one.surface.islower() and (one.surface not in written_small or one.surface in amid)
    ]


def _votes(found: Iterable[_Found]) -> Votes:
    votes: Votes = {}
    for one in found:
        own = votes.setdefault(name_key(one.surface), {})
        own[one.kind] = own.get(one.kind, 0.0) + one.weight
    return votes


def _likeliest(votes: Mapping[str, float]) -> str:
    return min(votes.items(), key=lambda vote: (-round(vote[1], 3), vote[0]))[0]


def _repeats(zones: Sequence[tuple[str, str]], found: Sequence[_Found], votes: Votes) -> Iterator[_Found]:
    """Yield the places where a name of the document stands again, as written elsewhere, and the model saw none."""
    surfaces = {
        one.surface: _likeliest(votes[name_key(one.surface)])
        for one in found
        if _is_telling(one.surface) and one.weight >= _SURE
    }
    if not surfaces:
        return
    taken: defaultdict[str, set[int]] = defaultdict(set)
    for one in found:
        taken[one.zone].update(range(one.start, one.end))
    longest_first = sorted(surfaces, key=lambda surface: (-len(surface), surface))
    pattern = re.compile(rf"(?<![\w@#/.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w@/-])")
    for zone, text in zones:
        for match in pattern.finditer(text):
            if taken[zone].isdisjoint(range(match.start(), match.end())):
                yield _Found(zone, match.start(), match.end(), match.group(), surfaces[match.group()], 0.0)


_SURE = 0.5


def _is_telling(surface: str) -> bool:
    """Tell whether a surface is a name wherever it stands: two words or more, or capitals within one."""
    words = surface.split()
    if len(words) > 1:
        return all(word[0].isupper() or word in _LOWER_PARTS for word in words)
    return len(surface) > 2 and surface[0].isupper() and (surface[1:] != surface[1:].lower() or len(surface) > 4)


def _full_names(votes: Votes) -> dict[str, str]:
    """Return surname -> full name for surnames that fit exactly one person of the document.

    A place that shares its name with somebody's surname is named far more often than that person is in full.
    """
    people = [key for key, kinds in votes.items() if " " in key and _likeliest(kinds) == "PER"]
    by_surname: dict[str, list[str]] = {}
    for key in people:
        by_surname.setdefault(key.rsplit(" ", 1)[1], []).append(key)
    resolved: dict[str, str] = {}
    for key in votes:
        candidates = by_surname.get(key, [])
        if " " not in key and candidates:
            # "Ana Maria Sol" and "Maria Sol" are one; two different first names are two people: neither is meant.
            longest = max(candidates, key=lambda name: (len(name), name))
            is_one = all(longest.endswith(name) or longest.split()[0] == name.split()[0] for name in candidates)
            together = Counter(votes[key])
            for name in candidates:
                together.update({kind: _CLEARER * vote for kind, vote in votes[name].items()})
            if is_one and _likeliest(together) == "PER":
                resolved[key] = longest
    return resolved
