"""How much of each line of a page stands in another text: the engine's, or the one its JSON-LD gives."""

from collections import Counter, defaultdict
from itertools import count

import numpy as np
import numpy.typing as npt

from extract.words import words_and_line_ends

RUN = 3  # words in a row that make a piece of a line part of the other text
_MOSTLY = 0.5
_LINE_END = "\n"


class LineWords:
    """The words of a page's lines, read once and compared with any number of texts."""

    def __init__(self, text: str) -> None:
        """Read a text; each of its lines ends with a line feed."""
        tokens = words_and_line_ends(text)
        # A number for every word that occurs, so that runs are told apart exactly and alike in every process.
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._line_end = self._numbers[_LINE_END]
        self._words = self._numbered(tokens)
        ends = np.flatnonzero(self._words == self._line_end)
        self._starts = np.concatenate((ends[:0], [0], ends[:-1] + 1)) if len(ends) else ends
        self._sizes = (ends - self._starts).tolist()
        self._keys = _keys(tokens)[: len(ends)]

    def shares(self, other: str, shortest: int) -> list[float]:
        """Return the share of each line's words that another text has, 0 to 1.

        A word counts when it stands in a run of three that the other text has too; a line of fewer than `shortest`
        words counts when the other text has it as a line. Where the page repeats a line more often than the other
        text, the ones nearest to the middle of what is shared have it.
        """
        if not self._sizes or not other:
            return [0.0] * len(self._sizes)
        tokens = words_and_line_ends("\n".join(other.splitlines()) + "\n")
        lines = Counter(_keys(tokens))
        kept = self._kept([token for token in tokens if token != _LINE_END])
        shares = [
            0.0 if not size else 1.0 if key in lines else 0.0 if size < shortest else round(words / size, 4)
            for key, size, words in zip(self._keys, self._sizes, kept, strict=True)
        ]
        for index in _surplus_repeats(self._keys, shares, lines):
            shares[index] = 0.0
        return shares

    def _kept(self, tokens: list[str]) -> list[int]:
        """Return the number of words of each line that stand in a run of the given words."""
        if len(tokens) < RUN or len(self._words) < RUN:
            return [0] * len(self._sizes)
        other = self._numbered(tokens)
        runs, wanted = self._runs(self._words), np.sort(self._runs(other))
        is_shared = wanted[np.minimum(np.searchsorted(wanted, runs), len(wanted) - 1)] == runs
        is_kept = np.zeros(len(self._words), dtype=np.int64)
        for shift in range(RUN):
            is_kept[shift : shift + len(is_shared)] |= is_shared
        kept: list[int] = np.add.reduceat(is_kept, self._starts).tolist()
        return kept

    def _numbered(self, tokens: list[str]) -> npt.NDArray[np.int64]:
        return np.fromiter(map(self._numbers.__getitem__, tokens), dtype=np.int64, count=len(tokens))

    def _runs(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        # No two runs of three share a value below two million different words, more than a page can hold.
        base = len(self._numbers)
        return (numbers[:-2] * base + numbers[1:-1]) * base + numbers[2:]


def _keys(tokens: list[str]) -> list[str]:
    return [line.strip(" ") for line in " ".join(tokens).split(_LINE_END)]


def _surplus_repeats(keys: list[str], shares: list[float], lines: Counter[str]) -> list[int]:
    places: dict[str, list[int]] = {}
    for index, (key, share) in enumerate(zip(keys, shares, strict=True)):
        if share >= _MOSTLY:
            places.setdefault(key, []).append(index)
    single = [indexes[0] for indexes in places.values() if len(indexes) == 1]
    # A page that holds its whole text twice has no single line: then its first copy counts.
    anchors = single or sorted(indexes[0] for indexes in places.values())
    if not anchors:
        return []
    middle = anchors[len(anchors) // 2]
    surplus: list[int] = []
    for key, indexes in places.items():
        if len(indexes) > 1:
            wanted = max(1, lines[key])
            surplus += sorted(indexes, key=lambda index: (abs(index - middle), index))[wanted:]
    return surplus
