"""Reads annotated sentences: words with labels, documents in order."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.names.agreement import Candidate, trimmed
from extract.names.encoder import LABELS
from extract.names.words import words_of

UNKNOWN = -1  # a label nobody gave: not learned from
_NUMBERS = {label: number for number, label in enumerate(LABELS)}
_TYPES = {
    **{kind: kind for kind in ("PER", "ORG", "LOC", "MISC")},
    "person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG",
    "product": "MISC", "creative-work": "MISC",
}  # fmt: skip
_SENTENCE_NUMBER = re.compile(r"-\d+$")
_BELONGS_TO = re.compile(r" (?:of|@) ")
_SPLIT_NEGATION = re.compile(r" (?=n't\b)")  # treebanks write "do n't"; news writes "don't"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with a label each, as numbers of `LABELS`, or UNKNOWN."""

    words: list[str]
    labels: list[int]


@dataclass(frozen=True, slots=True)
class Document:
    """Sentences of one text in order; `weight` is what one of its words counts in training."""

    name: str
    corpus: str
    sentences: list[Sentence]
    weight: float = 1.0
    has_paragraphs: bool = False  # whether every sentence is a paragraph; the annotated sets do not say which are


def kept(documents: Sequence[Document], hold_out: int) -> list[Document]:
    """Return the documents without every Nth one that is held out, all of them where N is 0."""
    return [document for number, document in enumerate(documents) if not hold_out or number % hold_out]


def digest_of(documents: Sequence[Document], *settings: object) -> str:
    """Return a digest of all that decides what is learned: a model of other documents or settings has another."""
    result = hashlib.sha256(repr(settings).encode())
    for document in documents:
        result.update(repr(document).encode())
    return result.hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """An annotated sentence as stored."""

    document: str
    corpus: str
    text: str
    spans: list[tuple[int, int, str]]


def read_rows(folder: Path) -> Iterator[Row]:
    """Yield the sentences of the training folder in order."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(None, path.read_text("utf-8").split("\n")):
            row = json.loads(line)
            document = row["id"] if row["dataset"] == "wnut17" else _SENTENCE_NUMBER.sub("", row["id"])
            spans = [(start, end, _TYPES[kind]) for start, end, kind in row["spans"]]
            text, spans = _joined(row["text"], spans)
            yield Row(document, row["dataset"], text, [_as_in_news(text, *span) for span in spans])


def _joined(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    gaps = [match.start() for match in _SPLIT_NEGATION.finditer(text)]
    moved = [
        (start - sum(gap < start for gap in gaps), end - sum(gap < end for gap in gaps), kind)
        for start, end, kind in spans
    ]
    return _SPLIT_NEGATION.sub("", text), moved


def _as_in_news(text: str, start: int, end: int, kind: str) -> tuple[int, int, str]:
    """Return a span as news would have it: without article, title and, of people, "of" and what follows it."""
    start, end, *_ = trimmed(text, Candidate(start, end, kind, 1.0))
    belongs_to = _BELONGS_TO.search(text, start, end) if kind == "PER" else None
    return start, belongs_to.start() if belongs_to else end, kind


def labelled(text: str, spans: Iterable[tuple[int, int, str]]) -> Sentence:
    """Return a text as words with the labels of its spans; a word belongs to the span that holds its beginning."""
    words = words_of(text)
    labels = [0] * len(words)
    for start, end, kind in spans:
        place = "B"
        for number, word in enumerate(words):
            if start <= word.start < end:
                labels[number] = _NUMBERS[f"{place}-{kind}"]
                place = "I"
    return Sentence([word.text for word in words], labels)


def read_gold(folder: Path, nationalities: Sequence[Sequence[tuple[int, int, str]]] | None = None) -> list[Document]:
    """Return the annotated documents.

    Args:
        folder: the training folder.
        nationalities: per row, spans of another model's MISC. The sets annotate few of them or none: where gold says
            nothing their words are not learned from, and nationalities are taken over.
    """
    documents: list[Document] = []
    for number, row in enumerate(read_rows(folder)):
        sentence = labelled(row.text, row.spans)
        if nationalities is not None:
            sentence = _with_misc(sentence, labelled_unknown(row.text, nationalities[number]), row.corpus)
        if documents and documents[-1].name == row.document:
            documents[-1].sentences.append(sentence)
        else:
            documents.append(Document(row.document, row.corpus, [sentence]))
    return documents


def labelled_unknown(text: str, spans: Iterable[tuple[int, int, str]]) -> Sentence:
    """Return a text as words labelled MISC, or UNKNOWN where the span's type is not sure enough to learn from."""
    spans = list(spans)
    sentence = labelled(text, [(start, end, "MISC") for start, end, _ in spans])
    unsure = labelled(text, [(start, end, "MISC") for start, end, kind in spans if kind != "NORP"])
    labels = [UNKNOWN if doubt else label for label, doubt in zip(sentence.labels, unsure.labels, strict=True)]
    return replace(sentence, labels=labels)


def _with_misc(gold: Sentence, other: Sentence, corpus: str) -> Sentence:
    labels = list(gold.labels)
    free = {0, _NUMBERS["B-PER"], _NUMBERS["I-PER"]} if corpus == "gum" else {0}  # GUM has peoples among its persons
    number = 0
    while number < len(labels):
        end = number + 1
        if other.labels[number] != 0:
            while end < len(labels) and other.labels[end] in (UNKNOWN, _NUMBERS["I-MISC"]):
                end += 1
            ours = labels[number:end]
            is_person = any(ours) and end < len(labels) and labels[end] == _NUMBERS["I-PER"]
            if not any(ours) or (set(ours) <= free and other.labels[number] != UNKNOWN and not is_person):
                labels[number:end] = other.labels[number:end]
        number = end
    return Sentence(gold.words, labels)
