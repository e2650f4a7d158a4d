"""Varies documents from round to round: other names in the same places, headlines, capitals, titles, bare surnames."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extract.names.encoder import LABELS, spans_of
from training.names.gold import Document, Sentence

# Shares of sentences or names; not swept, kept low so that most of a round is text as it was written.
_CAPITALS = 0.04
_HEADLINE = 0.05
_LOWER = 0.01
_OTHER_NAME = 0.25
_TITLED = 0.04
_SURNAME = 0.08
_TITLES = ("Mr", "Mrs", "Ms", "Dr", "President", "Minister", "Senator", "Governor", "Mayor", "Judge", "General", "Prof")
_SMALL_WORDS = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_MAX_NAME_WORDS = 6

Names = Mapping[str, Sequence[tuple[str, ...]]]


def names_of(documents: Iterable[Document]) -> Names:
    """Return the names of documents by type, once for every document that has them."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for document in documents:
        own = {
            (kind, tuple(sentence.words[start:end]))
            for sentence in document.sentences
            for start, end, kind in spans_of([max(0, label) for label in sentence.labels])
        }
        for kind, words in sorted(own):
            if len(words) <= _MAX_NAME_WORDS and kind != "MISC" and any(word[0].isupper() for word in words):
                found[_pool(kind, words)].append(words)
    return found


def _pool(kind: str, words: Sequence[str]) -> str:
    return f"{kind} {'one' if len(words) == 1 else 'more'}"


def varied(document: Document, names: Names, order: random.Random) -> Document:
    """Return the document with some of its sentences changed; a name is replaced by the same one throughout."""
    others: dict[tuple[str, ...], tuple[str, ...]] = {}
    sentences = [_rewritten(_renamed(sentence, names, others, order), order) for sentence in document.sentences]
    return replace(document, sentences=sentences)


def _renamed(
    sentence: Sentence, names: Names, others: dict[tuple[str, ...], tuple[str, ...]], order: random.Random
) -> Sentence:
    words: list[str] = []
    labels: list[int] = []
    done = 0
    for start, end, kind in spans_of([max(0, label) for label in sentence.labels]):
        words += sentence.words[done:start]
        labels += sentence.labels[done:start]
        old = tuple(sentence.words[start:end])
        new = _other_name(old, kind, names, others, order)
        if kind == "PER" and order.random() < _TITLED and (not words or not words[-1][0].isupper()):
            words.append(order.choice(_TITLES))
            labels.append(0)
        first = LABELS.index(f"B-{kind}")
        words += new
        labels += [first, *[first + 1] * (len(new) - 1)]
        done = end
    return Sentence([*words, *sentence.words[done:]], [*labels, *sentence.labels[done:]])


def _other_name(
    old: tuple[str, ...],
    kind: str,
    names: Names,
    others: dict[tuple[str, ...], tuple[str, ...]],
    order: random.Random,
) -> tuple[str, ...]:
    if old not in others:
        pool = names.get(_pool(kind, old), ())
        is_replaced = bool(pool) and old[0][0].isupper() and order.random() < _OTHER_NAME
        others[old] = order.choice(pool) if is_replaced else old
    new = others[old]
    return new[-1:] if kind == "PER" and len(new) > 1 and order.random() < _SURNAME and new[-1].isalpha() else new


def _rewritten(sentence: Sentence, order: random.Random) -> Sentence:
    draw = order.random()
    if draw < _CAPITALS:
        return replace(sentence, words=[word.upper() for word in sentence.words])
    if draw < _CAPITALS + _HEADLINE:
        words = [
            word if index and word.lower() in _SMALL_WORDS else word[:1].upper() + word[1:]
            for index, word in enumerate(sentence.words)
        ]
        return replace(sentence, words=words)
    if draw < _CAPITALS + _HEADLINE + _LOWER:
        # What nobody labelled stays unknown; in small letters the rest can still be told by its place.
        return replace(sentence, words=[word.lower() for word in sentence.words])
    return sentence
