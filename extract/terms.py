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
    in_title, total = Counter(title), Counter([*title, *body])
    stop_words = _stop_words()
    counts = [
        (-count, word)
        for word, count in total.items()
        if len(word) > 1 and word not in stop_words and (len(word) > 2 or not word.isdigit())
    ]
    return [Term(word, in_title[word], -count - in_title[word]) for count, word in sorted(counts)[:MAX_TERMS]]
