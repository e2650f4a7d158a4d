"""Made-up news to measure copies with: a vocabulary of our own, Zipf's law, planted copies.

A text is drawn from its number alone, so that millions can be streamed, and an original drawn again when its copy is
due.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

SEED = 20260105
TEXTS_A_NIGHT = 10_000
_WORDS = 60_000
_PHRASES = 3_000  # stock phrases of 4 to 9 words, which make common word runs common
_COPIES = 0.1
_OLD_COPIES = 0.2  # of the copies: their original is of any night, not of the last three
_RECENT_TEXTS = 3 * TEXTS_A_NIGHT
_MEDIAN_WORDS, _SPREAD, _SHORTEST, _LONGEST = 250, 0.5, 60, 1200
_SYLLABLES = np.array(
    [first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r", "s")]
)

Words = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A text, and the number of the text it was copied from."""

    number: int
    body: str
    original: int | None


def made_up(number: int) -> MadeUp:
    """Return the text of a number: one of its own or, one time in ten, an edited copy of an earlier one."""
    original = _original(number)
    if original is None:
        return MadeUp(number, _said(_own_words(number)), None)
    return MadeUp(number, _said(_edited(_own_words(original), _random(number, 2))), original)


def _random(number: int, purpose: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([SEED, number, purpose]))


@cache
def _vocabulary() -> npt.NDArray[np.str_]:
    random = _random(0, 0)
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        found["".join(random.choice(_SYLLABLES, 1 + random.integers(1, 4)))] = None
    return np.array(list(found), dtype=object)


@cache
def _zipf(size: int) -> npt.NDArray[np.float64]:
    """Return the cumulative shares of ranks by Zipf's and Mandelbrot's law with its usual constants."""
    weights = 1 / (np.arange(size) + 2.7)
    return np.cumsum(weights / weights.sum())


@cache
def _phrases() -> list[Words]:
    random = _random(0, 3)
    return [_drawn(random, int(length)) for length in random.integers(4, 10, _PHRASES)]


def _drawn(random: np.random.Generator, count: int, size: int = _WORDS) -> Words:
    return np.searchsorted(_zipf(size), random.random(count))


def _own_words(number: int) -> Words:
    random = _random(number, 1)
    length = int(np.clip(random.lognormal(np.log(_MEDIAN_WORDS), _SPREAD), _SHORTEST, _LONGEST))
    words = _drawn(random, length)
    for phrase in _drawn(random, length // 40, _PHRASES):
        chosen = _phrases()[phrase]
        place = int(random.integers(0, length - len(chosen)))
        words[place : place + len(chosen)] = chosen
    return words


def _original(number: int) -> int | None:
    random = _random(number, 0)
    if number == 0 or random.random() >= _COPIES:
        return None
    first = 0 if random.random() < _OLD_COPIES else max(0, number - _RECENT_TEXTS)
    original = int(random.integers(first, number))
    return original if _original(original) is None else None


def _edited(words: Words, random: np.random.Generator) -> Words:
    """Return words as an outlet runs them: some exchanged, the end cut, a paragraph of its own put in."""
    words = words[: int(len(words) * random.uniform(0.6, 1.0))].copy()
    exchanged = random.random(len(words)) < random.uniform(0.0, 0.08)
    words[exchanged] = _drawn(random, int(exchanged.sum()))
    own = _drawn(random, int(len(words) * random.uniform(0.0, 0.2)))
    place = int(random.integers(0, len(words)))
    return np.concatenate((words[:place], own, words[place:]))


def _said(words: Words) -> str:
    return " ".join(_vocabulary()[words])
