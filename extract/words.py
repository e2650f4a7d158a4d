"""Words and their hashes: one definition for cleaning, copies and stories.

Hashes are stable across machines, processes and versions: they are stored and compared for years.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import count, pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

_BLOCK_CHARACTERS = 40_000  # hashed at once: their arrays stay in the processor's cache (swept 2 thousand to 2 million)
SHINGLE_WORDS = 4  # word 4-grams separated copies best in trials on the development texts

# Scripts without spaces count a character as a word.
_SPACELESS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_ALONE_CHARACTER = re.compile(rf"[{_SPACELESS}]")
_WORD_OR_LINE_END = re.compile(_WORD.pattern + "|\n")
_QUOTES = str.maketrans("’‘‛“”„«»–—−", '\'\'\'"""""---')
# 64-bit odd constants of the SplitMix64 generator (Steele, Lea, Flood 2014), used as multiplier and final mixer.
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


Number = TypeVar("Number", np.int64, np.uint64)


def plain(text: str) -> str:
    """Return text with compatibility forms, typographic quotes and dashes folded."""
    return unicodedata.normalize("NFKC", text).translate(_QUOTES)


def folded_name(name: str) -> str:
    """Return the name of an outlet or agency as names are compared: on one line, without case and article."""
    return " ".join(name.split()).casefold().removeprefix("the ")


def words(text: str) -> list[str]:
    """Return the words of a text, lower-cased, without punctuation; apostrophes separate."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text in normal form (NFKC), each with its first character and one past its last."""
    return [(found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text)]


def words_and_line_ends(text: str) -> list[str]:
    """Return the words of a text as `words` does, with a line feed where each line ends: one pass for many lines."""
    return _WORD_OR_LINE_END.findall(unicodedata.normalize("NFKC", text).lower())


def line_words(lines: Sequence[str]) -> list[list[str]]:
    """Return the words of each line as `words` does, read at once; no line holds a line feed."""
    normal = unicodedata.normalize("NFKC", "".join(f"{line}\n" for line in lines)).lower()
    return [_WORD.findall(line) for line in normal.split("\n")[:-1]]


@lru_cache(maxsize=200_000)
def word_hash(word: str) -> int:
    """Return the 64-bit hash of one word."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def sequence_hashes(tokens: Sequence[str], length: int) -> npt.NDArray[np.uint64]:
    """Return the hash of every run of `length` words, in order; of the whole sequence when it is shorter.

    Shape: (max(1, len(tokens) - length + 1),), or (0,) without words.
    """
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(word_hash, tokens), dtype=np.uint64, count=len(tokens))
    return _runs(hashes, min(length, len(tokens)))


def _runs(hashes: npt.NDArray[np.uint64], length: int) -> npt.NDArray[np.uint64]:
    runs = max(0, len(hashes) - length + 1)
    total = np.zeros(runs, dtype=np.uint64)
    for shift in range(length):
        total *= _MULTIPLIER
        total += hashes[shift : shift + runs]
    return _mixed(total)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the distinct values of an array, sorted; `np.unique` hashes them first, which takes four times as long."""
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    mixed = values ^ (values >> np.uint64(30))
    mixed *= _MIX_1
    mixed ^= mixed >> np.uint64(27)
    mixed *= _MIX_2
    mixed ^= mixed >> np.uint64(31)
    return mixed


def line_shingles(lines: Sequence[Sequence[str]]) -> list[npt.NDArray[np.uint64]]:
    """Return hashes of each line's word 4-grams, of all its words where it has fewer; to be compared with each other.

    Words are told apart by numbers, which cost a third of their hashes.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    tokens = [numbers[word] for line in lines for word in line]
    hashes = _mixed(np.array(tokens, dtype=np.uint64))
    runs = _runs(hashes, SHINGLE_WORDS)
    found = []
    start = 0
    for line in lines:
        end = start + len(line)
        is_long = len(line) >= SHINGLE_WORDS
        found.append(runs[start : end - SHINGLE_WORDS + 1] if is_long else _runs(hashes[start:end], max(1, len(line))))
        start = end
    return found


def text_hash(text: str) -> int:
    """Return one 64-bit hash for the words of a text: equal for texts that differ in case, spacing or punctuation."""
    tokens = words(text)
    return int(sequence_hashes(tokens, len(tokens))[0]) if tokens else 0


class Hashes(NamedTuple):
    """A text as hashes: its word 4-grams in order, repeated ones too, and its words with a digit and their places."""

    shingles: npt.NDArray[np.uint64]
    number_places: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.uint64]


def hashed_texts(texts: Sequence[str]) -> list[Hashes]:
    """Return texts as hashes of what `words` finds in them; a text of fewer than four words has one shingle.

    Words are hashed where they stand, as polynomials over their characters (Karp and Rabin, 1987), many texts in one
    go: no word becomes an object. The hashes are not those of `word_hash`.
    """
    folded = [unicodedata.normalize("NFKC", text).lower() + "\n" for text in texts]
    ends = np.cumsum([len(text) for text in folded])
    blocks = np.searchsorted(
        ends, np.arange(0, int(ends[-1]) if folded else 0, _BLOCK_CHARACTERS), side="right"
    ).tolist()
    found: list[Hashes] = []
    for first, end in pairwise([*sorted(set(blocks)), len(folded)]):
        found += _hashed_block(folded[first:end])
    return found


def _hashed_block(folded: Sequence[str]) -> list[Hashes]:
    ends = np.cumsum([len(text) for text in folded])
    text = "".join(folded)
    codes: npt.NDArray[Any] = (
        np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        if text.isascii()
        else np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    )
    starts, hashes, has_digit = _hashed_words(codes)
    runs = _runs(hashes, SHINGLE_WORDS)
    last = np.searchsorted(starts, ends)
    number_places = np.flatnonzero(has_digit)
    numbers = hashes[number_places]
    last_numbers = np.searchsorted(number_places, last).tolist()
    found = []
    for (first, end), (first_number, end_number) in zip(
        pairwise([0, *last.tolist()]), pairwise([0, *last_numbers]), strict=True
    ):
        is_long = end - first >= SHINGLE_WORDS
        shingles = runs[first : end - SHINGLE_WORDS + 1] if is_long else _runs(hashes[first:end], max(1, end - first))
        places = number_places[first_number:end_number] - first
        found.append(Hashes(shingles, places, numbers[first_number:end_number]))
    return found


def _hashed_words(
    codes: npt.NDArray[Any],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
    """Return of every word in a row of code points its start, its hash and whether it holds a digit."""
    kinds = _kinds(codes)
    starts, ends = _bounds(kinds)
    powers, inverses = _powers(1 << max(17, len(codes).bit_length()))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.multiply(codes, powers[: len(codes)], out=sums[1:])
    np.cumsum(sums, out=sums)
    hashes = _mixed((sums[ends] - sums[starts]) * inverses[starts])
    has_digit = np.zeros(len(starts), dtype=bool)
    has_digit[np.searchsorted(starts, np.flatnonzero(kinds == _DIGIT), side="right") - 1] = True
    return starts, hashes, has_digit


def _bounds(kinds: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where words begin, and one past where they end."""
    is_word = np.zeros(len(kinds) + 2, dtype=bool)
    np.not_equal(kinds, _BETWEEN, out=is_word[1:-1])
    changes = is_word[1:] != is_word[:-1]
    alone = kinds == _ALONE
    if not alone.any():
        bounds = np.flatnonzero(changes)
        return bounds[::2], bounds[1::2]
    # A character that is a word of its own begins and ends one, and so do its neighbours.
    cut = np.zeros(len(kinds) + 1, dtype=bool)
    cut[:-1] |= alone
    cut[1:] |= alone
    starts = np.flatnonzero((changes | cut)[:-1] & is_word[1:-1])
    ends = np.flatnonzero((changes | cut)[1:] & is_word[1:-1]) + 1
    return starts, ends


_BETWEEN, _LETTER, _DIGIT, _ALONE, _UNKNOWN = range(5)  # what a character is to a word
_kind_of = np.full(0x110000, _UNKNOWN, dtype=np.uint8)  # filled as characters are met; the same whatever is met first


def _kinds(codes: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    # An index of this kind of array takes twice as long.
    kinds: npt.NDArray[np.uint8] = _kind_of.take(codes)
    if (kinds == _UNKNOWN).any():
        for code in np.unique(codes[kinds == _UNKNOWN]).tolist():
            _kind_of[code] = _kind(chr(code))
        kinds = _kind_of.take(codes)
    return kinds


def _kind(character: str) -> int:
    if not character.isalnum():
        return _BETWEEN
    if _ALONE_CHARACTER.match(character):
        return _ALONE
    return _LETTER if character.isalpha() else _DIGIT


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Return the first powers of the multiplier and of its inverse modulo 2 to the 64."""
    steps = (
        np.full(count, _MULTIPLIER, dtype=np.uint64),
        np.full(count, pow(int(_MULTIPLIER), -1, 1 << 64), dtype=np.uint64),
    )
    for factors in steps:
        factors[0] = 1
    return np.cumprod(steps[0]), np.cumprod(steps[1])
