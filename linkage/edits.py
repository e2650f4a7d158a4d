"""How alike two texts are to the word, in order."""

import re

from rapidfuzz.distance import Indel

_WORD = re.compile(r"\w+")


def edit_similarity(text: str, other: str) -> float:
    """Return the share of words that stay when one text is edited into the other by words taken out and put in.

    1 when all words are the same and in the same order, 0 when none are; case and punctuation do not count. To four
    places.
    """
    return round(Indel.normalized_similarity(_WORD.findall(text.lower()), _WORD.findall(other.lower())), 4)
