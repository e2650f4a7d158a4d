"""Words, word pieces and windows: what the names model is given of a text. Pure; the training uses the same.

The encoder's own vocabulary is lower-cased, so how a word is written travels beside it: its shape, whether it opens a
sentence, and whether its paragraph is set in capitals or as a headline, where capitals tell little.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WINDOW_PIECES = 128  # with both ends; the trial's longest sentences had about as many
SHAPES = 8
PLACES = 6

_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+|\S")
_PIECES_PER_WORD = 8  # of longer words the rest says nothing
_MAX_WORD_CHARS = 100  # BERT's own limit
_CLOSING = set("\"'”’)]»")
_OPENING = set("\"'“‘([«")
_SENTENCE_ENDS = set(".!?")
_ABBREVIATION_CHARS = 3  # "Mr", "Sen", "Gov", initials: a full stop after them ends no sentence
_TELLING_CHARS = 4  # shorter words stay small in headlines
_TELLING_WORDS = 3
_HEADLINE_SHARE = 0.75

LOWER, TITLE, CAPITALS, INITIAL, MIXED, DIGITS, MARK = range(1, SHAPES)  # 0 stands for both ends of a window
_PROSE, _AS_HEADLINE, _IN_CAPITALS = range(3)
AMID_PROSE = _PROSE  # place of a word that opens no sentence
PROSE = (AMID_PROSE, AMID_PROSE + PLACES // 2)  # and of one that opens one


class Word(NamedTuple):
    """A word or a mark of a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once: pieces with their shapes and places, and where each word begins.

    Attributes:
        pieces: ids of the vocabulary, both ends included.
        shapes: shape of the word each piece belongs to; 0 for the ends.
        places: whether that word opens a sentence, and how its paragraph is set.
        heads: index of the first piece of every word.
        breaks: numbers of the words that open a paragraph.
    """

    pieces: list[int]
    shapes: list[int]
    places: list[int]
    heads: list[int]
    breaks: frozenset[int]


class Vocabulary:
    """The encoder's word pieces; remembers the words it has split."""

    def __init__(self, pieces: Sequence[str]):
        """Take the pieces in the order of their ids."""
        self._ids = {piece: number for number, piece in enumerate(pieces)}
        self._known: dict[str, tuple[int, ...]] = {}
        self.start, self.end = self._ids[_START], self._ids[_END]
        self._unknown = self._ids[_UNKNOWN]

    def split(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces, longest match first, as BERT splits."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._split(word)
        return known

    def _split(self, word: str) -> tuple[int, ...]:
        folded = unicodedata.normalize("NFD", word.lower())
        folded = "".join(character for character in folded if unicodedata.category(character) != "Mn")
        if not folded or len(folded) > _MAX_WORD_CHARS:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(folded) and len(found) < _PIECES_PER_WORD:
            for end in range(len(folded), start, -1):
                piece = folded[start:end] if start == 0 else f"##{folded[start:end]}"
                if piece in self._ids:
                    found.append(self._ids[piece])
                    start = end
                    break
            else:
                return (self._unknown,)
        return tuple(found)


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words and marks of a text, or of a part of it, with their offsets in the text."""
    last = len(text) if end is None else end
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text, start, last)]


def shape(word: str) -> int:
    """Return how a word is written."""
    if word.islower():
        return LOWER
    if not word.isalpha():
        return DIGITS if any(map(str.isdigit, word)) else MARK
    if word.istitle():
        return INITIAL if len(word) == 1 else TITLE
    return CAPITALS if word.isupper() else MIXED


def sentence_starts(words: Sequence[str], shapes: Sequence[int]) -> list[int]:
    """Return the numbers of the words of a paragraph that open a sentence, opening quotes not counted."""
    starts: list[int] = []
    is_open = True
    for number, word in enumerate(words):
        if is_open and word not in _OPENING and word not in _CLOSING:
            if shapes[number] != LOWER or not number:
                starts.append(number)
            is_open = False
        if word in _SENTENCE_ENDS:
            is_open = not (word == "." and number and _is_abbreviation(words[number - 1], shapes[number - 1]))
    return starts


def _is_abbreviation(word: str, shape: int) -> bool:
    return shape == INITIAL or (shape == TITLE and len(word) <= _ABBREVIATION_CHARS)


def setting(words: Sequence[str], shapes: Sequence[int]) -> int:
    """Return how a paragraph is set: as prose, with the capitals of a headline, or all in capitals."""
    telling = [
        shape for word, shape in zip(words, shapes, strict=True) if len(word) >= _TELLING_CHARS and shape < DIGITS
    ]
    if len(telling) < _TELLING_WORDS:
        return _PROSE
    capitals = sum(shape == CAPITALS for shape in telling)
    if capitals >= _HEADLINE_SHARE * len(telling):
        return _IN_CAPITALS
    return _AS_HEADLINE if len(telling) - telling.count(LOWER) >= _HEADLINE_SHARE * len(telling) else _PROSE


def windows(paragraphs: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Iterator[tuple[int, Window]]:
    """Yield (number of its first word, window): whole sentences of a text, as many as fit.

    A sentence that is longer than a window is cut between words.
    """
    ids: list[tuple[int, ...]] = []
    shapes: list[int] = []
    places: list[int] = []
    cuts: list[int] = []
    breaks: set[int] = set()
    for words in paragraphs:
        first = len(ids)
        own = [shape(word) for word in words]
        starts = sentence_starts(words, own)
        set_as = setting(words, own)
        places += [set_as] * len(words)
        for start in starts:
            places[first + start] += PLACES // 2
        cuts += [first + start for start in starts if start]
        if words:
            cuts.append(first)
            breaks.add(first)
        ids += map(vocabulary.split, words)
        shapes += own
    for first, last in _spans([len(pieces) for pieces in ids], sorted(cuts)):
        opens = frozenset(start - first for start in breaks if first <= start < last)
        yield first, _window(ids[first:last], shapes[first:last], places[first:last], opens, vocabulary)


def _spans(sizes: Sequence[int], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    room = WINDOW_PIECES - 2
    start, size = 0, 0  # of the window being filled
    for first, last in zip(cuts, [*cuts[1:], len(sizes)], strict=False):  # no words, no cuts
        own = sum(sizes[first:last])
        if size and size + own > room:
            yield start, first
            start, size = first, 0
        if own > room:
            for number in range(first, last):
                if size + sizes[number] > room:
                    yield start, number
                    start, size = number, 0
                size += sizes[number]
        else:
            size += own
    if size:
        yield start, len(sizes)


def _window(
    ids: Sequence[tuple[int, ...]],
    shapes: Sequence[int],
    places: Sequence[int],
    breaks: frozenset[int],
    vocabulary: Vocabulary,
) -> Window:
    pieces, piece_shapes, piece_places, heads = [vocabulary.start], [0], [0], []
    for own, shape_, place in zip(ids, shapes, places, strict=True):
        heads.append(len(pieces))
        pieces += own
        piece_shapes += [shape_] * len(own)
        piece_places += [place] * len(own)
    return Window([*pieces, vocabulary.end], [*piece_shapes, 0], [*piece_places, 0], heads, breaks)
