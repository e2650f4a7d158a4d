"""How much of one text stands in another: runs of equal words, bridged where only some words were changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import numpy.typing as npt
    import pyarrow

    Hashes = npt.NDArray[np.uint64]
    Places = npt.NDArray[np.int64]

SHINGLE_WORDS = 4
# A sentence edited word by word has no four equal words in a row for a while. Swept 6, 8, 10 and 16 on oneday_wire and
# syndi: 8 words missing in the one, and at most twice as many in the other, still belong to the same sentence.
BRIDGED_WORDS = 8
LEAD_WORDS = 40  # about the first two sentences
# Below this share of the shorter text no bridge makes a copy; the runs are not looked for.
ALIGNED_FROM = 0.1
LEAST_SHARED = 6  # distinct shingles: fewer are a turn of phrase, whatever the texts


@dataclass(frozen=True)
class Text:
    """A text as its shingles in order, and the places and hashes of its words with a digit."""

    shingles: Hashes
    number_places: Places
    numbers: Hashes

    @cached_property
    def words(self) -> int:
        """Number of its words; a text of fewer words than a shingle counts as one shingle."""
        return len(self.shingles) + SHINGLE_WORDS - 1 if len(self.shingles) else 0

    @cached_property
    def sorted(self) -> Hashes:
        """Its shingles by their hash."""
        return np.sort(self.shingles)

    @cached_property
    def distinct(self) -> Hashes:
        """Its distinct shingles by their hash."""
        return self.sorted[np.concatenate(([True], self.sorted[1:] != self.sorted[:-1]))] if self.words else self.sorted

    def places_of(self, other: Text) -> Places:
        """Return for every shingle of another text where it first stands in this one, -1 where it does not."""
        if not len(self.shingles):
            return np.full(len(other.shingles), -1)
        order = np.argsort(self.shingles, kind="stable")
        found = np.minimum(np.searchsorted(self.sorted, other.shingles), len(self.shingles) - 1)
        return np.where(self.sorted[found] == other.shingles, order[found], -1)

    def shared(self, other: Text) -> int:
        """Return how many distinct shingles another text has too."""
        # Most pairs end here: sorting both together is several times faster than looking one up in the other.
        both = np.concatenate((self.distinct, other.distinct))
        both.sort()
        return int(np.count_nonzero(both[1:] == both[:-1]))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common; shares are of the shorter text, of the one given first when both are as long."""

    shared_shingles: int  # distinct ones
    aligned_words: int  # words of the shorter in runs that stand in the longer, and in the bridges between them
    aligned_lead: float  # share of the first words that is aligned, of the text whose lead is kept better
    aligned_numbers: int  # words with a digit of the shorter that are aligned
    changed_numbers: int  # those of them that the longer does not have
    bridges: int  # gaps of the shorter between two runs that were bridged
    changed_bridges: int  # those of them with a number that does not stand in the gap of the longer


def overlap(one: Text, other: Text) -> Overlap:
    """Compare two texts."""
    shorter, longer = (one, other) if one.words <= other.words else (other, one)
    shared = one.shared(other)
    if not shared or shared < ALIGNED_FROM * min(len(one.distinct), len(other.distinct)):
        return Overlap(shared, 0, 0.0, 0, 0, 0, 0)
    aligned, bridges = _aligned(longer.places_of(shorter))
    backwards, _ = _aligned(shorter.places_of(longer))
    standing = aligned[shorter.number_places]
    is_known = np.isin(shorter.numbers, longer.numbers)
    return Overlap(
        shared_shingles=shared,
        aligned_words=int(aligned.sum()),
        aligned_lead=float(max(aligned[:LEAD_WORDS].mean(), backwards[:LEAD_WORDS].mean())),
        aligned_numbers=int(standing.sum()),
        changed_numbers=int((standing & ~is_known).sum()),
        bridges=len(bridges),
        changed_bridges=_changed(bridges, shorter, longer),
    )


def _changed(bridges: Places, shorter: Text, longer: Text) -> int:
    """Return how many bridges have a number of the shorter text that the longer does not have there."""
    bounds = np.searchsorted(shorter.number_places, bridges[:, :2])
    bounds_there = np.searchsorted(longer.number_places, bridges[:, 2:])
    has_number = bounds[:, 0] < bounds[:, 1]
    rows = np.hstack((bounds, bounds_there))[has_number].tolist()
    return sum(
        not set(shorter.numbers[start:end].tolist()) <= set(longer.numbers[start_there:end_there].tolist())
        for start, end, start_there, end_there in rows
    )


def _aligned(places: Places) -> tuple[npt.NDArray[np.bool_], Places]:
    """Return for every word of a text whether it stands in a run, or in a bridge between two; and the bridges.

    A run is a row of shingles that follow each other in both texts. Two runs next to each other are bridged when few
    words lie between them in both.

    Args:
        places: for every shingle of the text its place in the other, -1 where it has none.

    Returns:
        A flag a word, and a row a bridge: its first word and one past its last, in this text and in the other.
    """
    found = np.flatnonzero(places >= 0)
    goes_on = (np.diff(found) == 1) & (np.diff(places[found]) == 1)
    first = found[np.concatenate(([True], ~goes_on))]
    last = found[np.concatenate((~goes_on, [True]))]
    starts, ends = first, last + SHINGLE_WORDS
    gaps = starts[1:] - ends[:-1]
    starts_there, ends_there = places[first], places[last] + SHINGLE_WORDS
    gaps_there = starts_there[1:] - ends_there[:-1]
    # Runs may share words on the other side where a word stands twice.
    is_bridged = (
        (gaps > 0) & (gaps <= BRIDGED_WORDS) & (gaps_there >= -SHINGLE_WORDS) & (gaps_there <= 2 * BRIDGED_WORDS)
    )
    sides = (
        ends[:-1],
        starts[1:],
        np.minimum(ends_there[:-1], starts_there[1:]),
        np.maximum(ends_there[:-1], starts_there[1:]),
    )
    bridges = np.stack(sides, axis=1)[is_bridged]
    ends = ends.copy()
    ends[:-1][is_bridged] = starts[1:][is_bridged]
    change = np.zeros(len(places) + SHINGLE_WORDS, dtype=np.int64)
    np.add.at(change, starts, 1)
    np.add.at(change, ends, -1)
    return np.cumsum(change)[:-1] > 0, bridges


def texts_by_page(rows: pyarrow.Table) -> dict[str, Text]:
    """Return the texts of rows with `page_id` and the lists `shingles`, `number_places` and `numbers`."""
    pages: list[Any] = rows["page_id"].to_pylist()
    lists = zip(*(_arrays(rows[name]) for name in ("shingles", "number_places", "numbers")), strict=True)
    return {page: Text(*arrays) for page, arrays in zip(pages, lists, strict=True)}


def _arrays(column: pyarrow.ChunkedArray[Any]) -> list[npt.NDArray[Any]]:
    """Return the lists of a column as arrays that share its memory."""
    found: list[npt.NDArray[Any]] = []
    chunk: Any
    for chunk in column.chunks:
        values, ends = chunk.values.to_numpy(), chunk.offsets.to_numpy().tolist()
        found += [values[start:end] for start, end in pairwise(ends)]
    return found


def compared(pairs: Iterable[tuple[str, str, date]], texts: Mapping[str, Text]) -> list[dict[str, Any]]:
    """Compare pairs of pages by night; those that share no more than a turn of phrase are left out.

    Args:
        pairs: (page, other page, night).
        texts: text of every page.

    Raises:
        KeyError: If a page has no text.
    """
    found = []
    for page, other_page, night in pairs:
        one, other = texts[page], texts[other_page]
        common = overlap(one, other)
        if common.shared_shingles >= LEAST_SHARED:
            row = {
                "page_id": page,
                "other_page_id": other_page,
                "text_shingles": len(one.distinct),
                "other_text_shingles": len(other.distinct),
                "text_words": one.words,
                "other_text_words": other.words,
                "shared_shingles": common.shared_shingles,
                "aligned_words": common.aligned_words,
                "aligned_lead": common.aligned_lead,
                "aligned_numbers": common.aligned_numbers,
                "changed_numbers": common.changed_numbers,
                "bridges": common.bridges,
                "changed_bridges": common.changed_bridges,
                "night": night,
            }
            found.append(row)
    return found
