"""How alike two texts are to the word, in order."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pyarrow
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable

# Scripts without spaces count a character as a word, as they do where texts are read (extract/words.py).
_ALONE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")

_COLUMNS: dict[str, pyarrow.DataType] = {
    "page_id": pyarrow.string(),
    "other_page_id": pyarrow.string(),
    "words_added": pyarrow.int64(),
    "words_removed": pyarrow.int64(),
    "edit_similarity": pyarrow.float64(),
    "overlap_of_page": pyarrow.float64(),
    "overlap_of_other_page": pyarrow.float64(),
}
SCHEMA = pyarrow.schema(_COLUMNS)


def compared_pages(pairs: pyarrow.RecordBatch) -> pyarrow.Table:
    """Compare pages with those they are compared with, their reference or the version before them.

    Args:
        pairs: A row a pair, with `body` and `shingles` of the page and `other_body` and `other_shingles` of the other.
    """
    rows = []
    for pair in pairs.to_pylist():
        body, other_body = pair["body"], pair["other_body"]
        rows.append(
            (
                pair["page_id"],
                pair["other_page_id"],
                *changed_words(body, other_body),
                edit_similarity(body, other_body),
                *shared_shares(pair["shingles"] or (), pair["other_shingles"] or ()),
            )
        )
    columns = zip(*rows, strict=True) if rows else ((),) * len(SCHEMA)
    return pyarrow.table(list(map(list, columns)), schema=SCHEMA)


def changed_words(text: str, other: str) -> tuple[int, int]:
    """Return how many words a text has that another has not, and the other way round; repeated ones count, case not."""
    own, others = (Counter(words(one)) for one in (text, other))
    return (own - others).total(), (others - own).total()


def edit_similarity(text: str, other: str) -> float:
    """Return the share of words that stay when one text is edited into the other by words taken out and put in.

    1 when all words are the same and in the same order, 0 when none are; case and punctuation do not count. To four
    places.
    """
    return round(Indel.normalized_similarity(words(text), words(other)), 4)


def words(text: str) -> list[str]:
    """Return the words of a text, lower-cased, without punctuation."""
    return _WORD.findall(text.lower())


def shared_shares(shingles: Iterable[int], others: Iterable[int]) -> tuple[float, float]:
    """Return the share of one text's distinct shingles that another has, and the other way round, to four places."""
    own, other = set(shingles), set(others)
    shared = len(own & other)
    return round(shared / max(len(own), 1), 4), round(shared / max(len(other), 1), 4)
