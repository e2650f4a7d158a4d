"""Terms of a title and body: the words that can say what a text is about."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources

from extract.model import Term

MAX_TERMS = 200  # the rarest terms decide; a long read has a few hundred words that carry meaning


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(resources.files("extract").joinpath("stopwords.txt").read_text("utf-8").split())


def find_terms(title: Sequence[str], body: Sequence[str]) -> list[Term]:
    """Return the terms among the words of title and body, with their counts: most frequent first, ties by the term."""
    in_title, in_body = _counts(title), _counts(body)
    total = in_title + in_body
    kept = sorted(total, key=lambda term: (-total[term], term))[:MAX_TERMS]
    return [Term(term, in_title[term], in_body[term]) for term in kept]


def _counts(tokens: Sequence[str]) -> Counter[str]:
    stop_words = _stop_words()
    counts = Counter(tokens)
    for word in list(counts):
        if len(word) < 2 or word in stop_words or (word.isdigit() and len(word) < 3):
            del counts[word]
    return counts
