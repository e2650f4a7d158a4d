"""Terms of a title and body: the words that can say what a text is about."""

from collections import Counter
from functools import cache
from importlib import resources

from extract.model import Term
from extract.words import words

MAX_TERMS = 200  # the rarest terms decide; a long read has a few hundred words that carry meaning


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(resources.files("extract").joinpath("stopwords.txt").read_text("utf-8").split())


def find_terms(title: str | None, body: str) -> list[Term]:
    """Return the terms with their counts, the most frequent first, ties by the term."""
    in_title, in_body = _counts(title or ""), _counts(body)
    total = in_title + in_body
    kept = sorted(total, key=lambda term: (-total[term], term))[:MAX_TERMS]
    return [Term(term, in_title[term], in_body[term]) for term in kept]


def _counts(text: str) -> Counter[str]:
    stop_words = _stop_words()
    return Counter(
        word
        for word in words(text)
        if len(word) > 1 and word not in stop_words and not (word.isdigit() and len(word) < 3)
    )
