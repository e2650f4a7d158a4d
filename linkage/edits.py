"""How alike two texts are to the word, in order."""

import re

from rapidfuzz.distance import Indel

# Scripts without spaces count a character as a word, as they do where texts are read (extract/words.py).
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\ufaff]+")


def edit_similarity(text: str, other: str) -> float:
    """Return the share of words that stay when one text is edited into the other by words taken out and put in.

    1 when all words are the same and in the same order, 0 when none are; case and punctuation do not count. To four
    places.
    """
    return round(Indel.normalized_similarity(words(text), words(other)), 4)


def words(text: str) -> list[str]:
    """Return the words of a text, lower-cased, without punctuation."""
    return _WORD.findall(text.lower())
