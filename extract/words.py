"""Words and their hashes: one definition for cleaning, copies and stories.

Hashes are stable across machines, processes and versions: they are stored and compared for years.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import TypeVar

import numpy as np
import numpy.typing as npt

SHINGLE_WORDS = 4  # word 4-grams separated copies best in trials on the development texts

# Scripts without spaces count a character as a word.
_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿]|[^\W_぀-ヿ㐀-䶿一-鿿豈-﫿]+")
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
        total = total * _MULTIPLIER + hashes[shift : shift + runs]
    return _mixed(total)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the distinct values of an array, sorted; `np.unique` hashes them first, which takes four times as long."""
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))


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


def shingles(tokens: Sequence[str]) -> list[int]:
    """Return the distinct hashes of a text's word 4-grams, sorted."""
    found: list[int] = distinct(sequence_hashes(tokens, SHINGLE_WORDS)).tolist()
    return found
