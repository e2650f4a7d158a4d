"""How much of one text stands in another: runs of equal words, bridged where only some words were changed.

Many pairs are compared at once: a pair costs some ten microseconds, where a call a pair and step would cost hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

SHINGLE_WORDS = 4
# A sentence edited word by word has no four equal words in a row for a while. Swept 6, 8, 10 and 16 on oneday_wire and
# syndi: 8 words missing in the one, and at most twice as many in the other, still belong to the same sentence.
BRIDGED_WORDS = 8
LEAD_WORDS = 40  # about the first two sentences
# Below this share of the shorter text no bridge makes a copy; the runs are not looked for.
ALIGNED_FROM = 0.1
LEAST_SHARED = 6  # distinct shingles: fewer are a turn of phrase, whatever the texts

# Pairs are told apart by the upper bits of what is sorted, so that hashes are compared in 56 bits: in two texts of a
# thousand words, different ones are taken for equal once in 70,000 million pairs.
_PAIRS_AT_ONCE = 128  # what they sort stays in the processor's cache
_PAIR_SHIFT, _HASH_SHIFT = np.uint64(57), np.uint64(8)
_ZERO, _ONE = np.uint64(0), np.uint64(1)


@dataclass(frozen=True)
class Texts:
    """Texts as their shingles in order, and the places and hashes of their words with a digit, all one after the other.

    Shingles of text i are `shingles[bounds[i] : bounds[i + 1]]`; its numbers lie likewise between `number_bounds`.
    """

    shingles: Hashes
    bounds: Places
    number_places: Places
    numbers: Hashes
    number_bounds: Places

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.bounds) - 1

    @cached_property
    def lengths(self) -> Places:
        """Number of shingles of each."""
        return np.diff(self.bounds)

    @cached_property
    def words(self) -> Places:
        """Number of words of each; a text of fewer words than a shingle counts as one shingle."""
        return np.where(self.lengths > 0, self.lengths + SHINGLE_WORDS - 1, 0)

    @cached_property
    def word_bounds(self) -> Places:
        """Where the words of each would begin and end if those of all texts stood in one row."""
        return _bounds(self.words)

    @cached_property
    def numbers_in_row(self) -> Places:
        """Where the words with a digit would stand in that row."""
        return self.number_places + np.repeat(self.word_bounds[:-1], np.diff(self.number_bounds))

    def taken(self, indices: Places) -> Texts:
        """Return some of them, in the order asked for."""
        members, bounds = _members(self.bounds, indices)
        numbers, number_bounds = _members(self.number_bounds, indices)
        return Texts(self.shingles[members], bounds, self.number_places[numbers], self.numbers[numbers], number_bounds)

    def part(self, start: int, end: int) -> Texts:
        """Return those from one to before another; they share this one's memory."""
        bounds, number_bounds = self.bounds[start : end + 1], self.number_bounds[start : end + 1]
        numbers = slice(number_bounds[0], number_bounds[-1])
        return Texts(
            self.shingles[bounds[0] : bounds[-1]],
            bounds - bounds[0],
            self.number_places[numbers],
            self.numbers[numbers],
            number_bounds - number_bounds[0],
        )


@dataclass(frozen=True)
class Overlaps:
    """What pairs of texts have in common, an entry a pair; shares are of the shorter text, of the first if as long."""

    text_shingles: Places  # distinct ones
    other_text_shingles: Places
    text_words: Places
    other_text_words: Places
    shared_shingles: Places  # distinct ones
    aligned_words: Places  # words of the shorter in runs that stand in the longer, and in the bridges between them
    aligned_lead: npt.NDArray[np.float64]  # share of the first words that is aligned, of the text with more of its lead
    aligned_numbers: Places  # words with a digit of the shorter that are aligned
    changed_numbers: Places  # those of them that the longer does not have
    bridges: Places  # gaps of the shorter between two runs that were bridged
    changed_bridges: Places  # those of them with a number that does not stand in the gap of the longer


def overlaps(ones: Texts, others: Texts) -> Overlaps:
    """Compare every text of the one row with the text at the same place of the other."""
    size = len(ones)
    counts = [_counts(ones.part(*part), others.part(*part)) for part in _parts(ones)]
    distinct, other_distinct, shared = np.concatenate([np.empty((3, 0), np.int64), *counts], axis=1)
    alike = np.flatnonzero((shared > 0) & (shared >= ALIGNED_FROM * np.minimum(distinct, other_distinct)))
    is_first = ones.words[alike] <= others.words[alike]
    both = _joined(ones, others)
    shorter = both.taken(np.where(is_first, alike, alike + size))
    longer = both.taken(np.where(is_first, alike + size, alike))
    alignments = [_alignment(shorter.part(*part), longer.part(*part)) for part in _parts(shorter)]
    found: dict[str, npt.NDArray[Any]] = {name: np.zeros(size, kind) for name, kind in _ALIGNMENT.items()}
    for name, column in found.items():
        if alignments:
            column[alike] = np.concatenate([alignment[name] for alignment in alignments])
    return Overlaps(distinct, other_distinct, ones.words, others.words, shared, **found)


_ALIGNMENT: dict[str, type] = {
    "aligned_words": np.int64,
    "aligned_lead": np.float64,
    "aligned_numbers": np.int64,
    "changed_numbers": np.int64,
    "bridges": np.int64,
    "changed_bridges": np.int64,
}


def _parts(texts: Texts) -> Iterator[tuple[int, int]]:
    return pairwise([*range(0, len(texts), _PAIRS_AT_ONCE), len(texts)])


def _bounds(lengths: npt.NDArray[Any]) -> Places:
    bounds = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=bounds[1:])
    return bounds


def _members(bounds: Places, indices: Places) -> tuple[Places, Places]:
    """Return the places of all members of some of the lists that lie between bounds, and the bounds of these alone."""
    lengths = np.diff(bounds)[indices]
    taken = _bounds(lengths)
    return np.arange(taken[-1]) + np.repeat(bounds[:-1][indices] - taken[:-1], lengths), taken


def _joined(ones: Texts, others: Texts) -> Texts:
    return Texts(
        np.concatenate((ones.shingles, others.shingles)),
        np.concatenate((ones.bounds, others.bounds[1:] + ones.bounds[-1])),
        np.concatenate((ones.number_places, others.number_places)),
        np.concatenate((ones.numbers, others.numbers)),
        np.concatenate((ones.number_bounds, others.number_bounds[1:] + ones.number_bounds[-1])),
    )


def _keys(hashes: Hashes, lengths: Places) -> Hashes:
    """Return the hashes of a row of lists so that equal ones of different lists differ; the lowest bit is free."""
    numbers = np.arange(len(lengths), dtype=np.uint64) << _PAIR_SHIFT
    return (hashes >> _HASH_SHIFT << _ONE) | np.repeat(numbers, lengths)


def _counts(ones: Texts, others: Texts) -> Places:
    """Return how many distinct shingles the one text of each pair has, the other, and both."""
    keys = _sided_keys(ones, others)
    keys.sort()
    # A shingle that a text has twice stands beside itself; one of both texts differs in the lowest bit, once.
    change = keys[1:] ^ keys[:-1]
    again, shared = (keys[:-1][change == difference] for difference in (_ZERO, _ONE))
    is_other = (again & _ONE).astype(bool)
    again_in_one, again_in_other, in_both = (
        np.bincount((found >> _PAIR_SHIFT).astype(np.int64), minlength=len(ones))
        for found in (again[~is_other], again[is_other], shared)
    )
    return np.stack((ones.lengths - again_in_one, others.lengths - again_in_other, in_both))


def _sided_keys(ones: Texts, others: Texts) -> Hashes:
    """Return the shingles of pairs as keys that are equal within a text alone; the lowest bit tells the other text."""
    return np.concatenate((_keys(ones.shingles, ones.lengths), _keys(others.shingles, others.lengths) | _ONE))


def _alignment(shorter: Texts, longer: Texts) -> dict[str, npt.NDArray[Any]]:
    places, places_back = _places(shorter, longer)
    aligned, bridges = _aligned(places, shorter.bounds)
    lead_places, lead_bounds = _first(places_back, longer.bounds, LEAD_WORDS + BRIDGED_WORDS)
    aligned_back, _ = _aligned(lead_places, lead_bounds)
    so_far = _bounds(aligned)
    starts = shorter.word_bounds[:-1]
    lead, lead_back = np.minimum(shorter.words, LEAD_WORDS), np.minimum(longer.words, LEAD_WORDS)
    starts_back = lead_bounds[:-1] + np.arange(len(longer)) * (SHINGLE_WORDS - 1)
    so_far_back = _bounds(aligned_back)
    standing = aligned[shorter.numbers_in_row]
    numbers = _keys(shorter.numbers, np.diff(shorter.number_bounds))
    is_known = np.isin(numbers, _keys(longer.numbers, np.diff(longer.number_bounds)))
    pair_of_bridge = np.searchsorted(shorter.word_bounds, bridges[:, 0], side="right") - 1
    is_changed = _is_changed(bridges, longer.word_bounds[pair_of_bridge], shorter, longer)
    return {
        "aligned_words": np.diff(so_far[shorter.word_bounds]),
        "aligned_lead": np.maximum(
            (so_far[starts + lead] - so_far[starts]) / lead,
            (so_far_back[starts_back + lead_back] - so_far_back[starts_back]) / lead_back,
        ),
        "aligned_numbers": np.diff(_bounds(standing)[shorter.number_bounds]),
        "changed_numbers": np.diff(_bounds(standing & ~is_known)[shorter.number_bounds]),
        "bridges": np.bincount(pair_of_bridge, minlength=len(shorter)),
        "changed_bridges": np.bincount(pair_of_bridge[is_changed], minlength=len(shorter)),
    }


def _places(ones: Texts, others: Texts) -> tuple[Places, Places]:
    """Return for every shingle of each text where it first stands in the other of its pair, -1 where it does not."""
    keys = _sided_keys(ones, others)
    order = np.argsort(keys)
    ordered = keys[order]
    is_new = np.append(True, ordered[1:] != ordered[:-1])
    starts = np.flatnonzero(is_new)
    own_places = np.concatenate(
        [np.arange(len(texts.shingles)) - np.repeat(texts.bounds[:-1], texts.lengths) for texts in (ones, others)]
    )
    first = np.minimum.reduceat(own_places[order], starts)
    # The same shingle in the other text is the next or the one before.
    distinct = ordered[starts]
    both = np.flatnonzero((distinct[1:] ^ distinct[:-1]) == _ONE)
    first_in_other = np.full(len(first), -1)
    first_in_other[both], first_in_other[both + 1] = first[both + 1], first[both]
    places = np.empty(len(keys), np.int64)
    places[order] = first_in_other[np.cumsum(is_new) - 1]
    return places[: len(ones.shingles)], places[len(ones.shingles) :]


def _first(values: Places, bounds: Places, count: int) -> tuple[Places, Places]:
    """Return the first members of the lists that lie between bounds, and the bounds of these alone."""
    lengths = np.minimum(np.diff(bounds), count)
    taken = _bounds(lengths)
    return values[np.arange(taken[-1]) + np.repeat(bounds[:-1] - taken[:-1], lengths)], taken


def _aligned(places: Places, bounds: Places) -> tuple[Flags, Places]:
    """Return for every word of a row of texts whether it stands in a run, or in a bridge between two; and the bridges.

    A run is a row of shingles that follow each other in both texts. Two runs next to each other are bridged when few
    words lie between them in both.

    Args:
        places: for every shingle of the texts its place in the other text of the pair, -1 where it has none.
        bounds: where the shingles of each text begin and end; none is without.

    Returns:
        A flag a word, and a row a bridge: its first word and one past its last in the row of words, and in the other
        text.
    """
    found = np.flatnonzero(places >= 0)
    text = np.searchsorted(bounds, found, side="right") - 1
    # Between the shingles of two texts lie the last words of the first.
    here, there = found + text * (SHINGLE_WORDS - 1), places[found]
    goes_on = (np.diff(here) == 1) & (np.diff(there) == 1)
    first = np.flatnonzero(np.append(True, ~goes_on)[: len(found)])
    last = np.append(first[1:], len(found))[: len(first)] - 1
    starts, ends = here[first], here[last] + SHINGLE_WORDS
    gaps = starts[1:] - ends[:-1]
    starts_there, ends_there = there[first], there[last] + SHINGLE_WORDS
    gaps_there = starts_there[1:] - ends_there[:-1]
    # Runs may share words on the other side where a word stands twice.
    is_bridged = (
        (np.diff(text[first]) == 0)
        & (gaps > 0)
        & (gaps <= BRIDGED_WORDS)
        & (gaps_there >= -SHINGLE_WORDS)
        & (gaps_there <= 2 * BRIDGED_WORDS)
    )
    sides = (
        ends[:-1],
        starts[1:],
        np.minimum(ends_there[:-1], starts_there[1:]),
        np.maximum(ends_there[:-1], starts_there[1:]),
    )
    bridges = np.stack(sides, axis=1)[is_bridged]
    ends[:-1][is_bridged] = starts[1:][is_bridged]
    words = len(places) + (len(bounds) - 1) * (SHINGLE_WORDS - 1)
    change = np.bincount(starts, minlength=words + 1) - np.bincount(ends, minlength=words + 1)
    return np.cumsum(change)[:-1] > 0, bridges


def _is_changed(bridges: Places, longer_starts: Places, shorter: Texts, longer: Texts) -> Flags:
    """Return for every bridge whether it has a number of the shorter text that the longer does not have there."""
    bounds = np.searchsorted(shorter.numbers_in_row, bridges[:, :2])
    bounds_there = np.searchsorted(longer.numbers_in_row, bridges[:, 2:] + longer_starts[:, None])
    is_changed = bounds[:, 0] < bounds[:, 1]
    rows = np.hstack((bounds, bounds_there))[is_changed].tolist()
    is_changed[is_changed] = [
        not set(shorter.numbers[start:end].tolist()) <= set(longer.numbers[start_there:end_there].tolist())
        for start, end, start_there, end_there in rows
    ]
    return is_changed


def compared(pairs: pyarrow.RecordBatch) -> pyarrow.Table:
    """Compare pairs of texts; those that share no more than a turn of phrase are left out.

    Args:
        pairs: A row a pair, with the lists `shingles`, `number_places` and `numbers` of the one text, and with the same
            of the other as `other_shingles` and so on; other columns are handed on.
    """
    found = overlaps(_texts(pairs, ""), _texts(pairs, "other_"))
    lists = {prefix + name for prefix in ("", "other_") for name in _LISTS}
    columns = {name: pairs.column(name) for name in pairs.schema.names if name not in lists}
    columns |= {column.name: pyarrow.array(getattr(found, column.name)) for column in fields(Overlaps)}
    return pyarrow.table(columns).filter(pyarrow.array(found.shared_shingles >= LEAST_SHARED))


_LISTS = ("shingles", "number_places", "numbers")


def _texts(pairs: pyarrow.RecordBatch, prefix: str) -> Texts:
    (shingles, bounds), (places, number_bounds), (numbers, _) = (_flat(pairs.column(prefix + name)) for name in _LISTS)
    return Texts(shingles, bounds, places, numbers, number_bounds)


def _flat(lists: Any) -> tuple[npt.NDArray[Any], Places]:
    """Return the members of a column of lists, and where each list begins and ends."""
    bounds = lists.offsets.to_numpy().astype(np.int64)
    return lists.values.to_numpy()[bounds[0] : bounds[-1]], bounds - bounds[0]
