"""Keys that are equal, or overlap, for the same quotation in two outlets: spelling and punctuation are folded."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.words import SHINGLE_WORDS, distinct, sequence_hashes, words

# British and American spellings of one word count as one, so that a quotation survives an outlet's house style.
_SPELLINGS = (
    (re.compile(r"([iy])s(e|ed|es|er|ers|ing|ation|ations)$"), r"\1z\2"),
    (re.compile(r"our(s|ed|ing|able|ite|ites|ful|hood)?$"), r"or\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"ence(s?)$"), r"ense\1"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"([aeiou])ll(ed|ing|er|ers)$"), r"\1l\2"),
    (re.compile(r"amme(s?)$"), r"am\1"),
)
_SHORTEST_FOLDED = 5  # letters; "our", "rise" and "hour" have one spelling
_SIC = re.compile(r"[\[(]sic[\])]", re.IGNORECASE)


def folded_words(text: str) -> list[str]:
    """Return the words of a quotation with spelling variants folded; marks, dots and brackets are no words."""
    return [_folded(word) for word in words(_SIC.sub(" ", text))]


def quote_key(quotation: str | Sequence[str]) -> int:
    """Return the hash of a quotation, given as text or as folded words: equal for the same words in any spelling."""
    tokens = folded_words(quotation) if isinstance(quotation, str) else quotation
    return int(sequence_hashes(tokens, len(tokens))[0]) if tokens else 0


def quote_shingles(tokens: Sequence[str]) -> list[int]:
    """Return the distinct hashes of a quotation's word 4-grams, sorted."""
    found: list[int] = distinct(sequence_hashes(tokens, SHINGLE_WORDS)).tolist()
    return found


@lru_cache(maxsize=50_000)  # a newspaper says most with few words
def _folded(word: str) -> str:
    if len(word) < _SHORTEST_FOLDED:
        return word
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word
