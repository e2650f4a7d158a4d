"""Group articles into stories by the mean score between groups, night by night."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

Item = TypeVar("Item", bound="Hashable")

SCALE = 1_000_000  # scores are added as whole millionths: a sum of integers does not depend on its order
# Two days apart a pair counts half: worth .02 to .04 of BCubed on long-running stories, nothing on others; 1 and 4 are
# within .005.
HALF_DAYS = 2
_MOST_YEARS = 1  # papers speak of the year to come


class Moment(NamedTuple):
    """When an item is of: its day as an ordinal, or the latest year that it speaks of if it has none, or neither."""

    day: int | None = None
    year: int | None = None


_UNKNOWN = Moment()


@dataclass
class Groups(Generic[Item]):
    """Disjoint groups of items with the summed scores between them; grows by `add` and `merge`.

    Groups are known by whole numbers in order of founding, so ties go to the older group. A pair weighs less the more
    days lie between its items, so that a story that goes on is not parted because its ends are far from each other.

    Attributes:
        most_days: a group spans no more, unless a link leads from one of its halves to the other.
        is_relative: whether the mean between two groups is told beside the means that hold each of them together.
        moments: how many members of a group are of which moment.
        inner: summed scores and weights of all pairs of a group's members, each with itself too.
        links: groups that something surer than a score leads to.
    """

    most_days: int | None = None
    is_relative: bool = False
    members: dict[int, list[Item]] = field(default_factory=dict)
    group_of: dict[Item, int] = field(default_factory=dict)
    moment_of: dict[Item, Moment] = field(default_factory=dict)
    moments: dict[int, Counter[Moment]] = field(default_factory=dict)
    sums: defaultdict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    inner: dict[int, tuple[int, int]] = field(default_factory=dict)
    links: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    founded: int = 0

    def add(self, item: Item, moment: Moment = _UNKNOWN) -> int:
        """Found a group of one."""
        if item in self.group_of:
            raise ValueError(f"{item!r} is already in a group")
        number = self.founded
        self.founded += 1
        self.members[number] = [item]
        self.group_of[item] = number
        self.moment_of[item] = moment
        self.moments[number] = Counter([moment])
        self.inner[number] = (SCALE, SCALE)
        return number

    def part(self, numbers: Iterable[int]) -> Groups[Item]:
        """Copy some groups and what is between them, without their members."""
        chosen = set(numbers)
        part: Groups[Item] = Groups(self.most_days, self.is_relative)
        for number in chosen:
            part.members[number] = []
            part.moments[number] = Counter(self.moments[number])
            part.inner[number] = self.inner[number]
            near = self.sums.get(number, {})
            part.sums[number] = {other: near[other] for other in chosen & near.keys()}
            part.links[number] = chosen & self.links.get(number, set())
        return part

    def connect(self, one: Item, other: Item, score: float, *, is_link: bool = False) -> tuple[int, int]:
        """Add the score of a pair to what its two groups share; returns the groups, the older first."""
        first, second = sorted((self.group_of[one], self.group_of[other]))
        if first != second:
            weight = _weight(self.moment_of[one], self.moment_of[other])
            total = self.sums[first].get(second, 0) + round(score * weight)
            self.sums[first][second] = self.sums[second][first] = total
            if is_link:
                self.links[first].add(second)
                self.links[second].add(first)
        return first, second

    def mean(self, one: int, other: int) -> float:
        """Mean score over all pairs between two groups; a pair without a score counts as 0."""
        return self._sum(one, other) / self._weights(one, other)

    def likeness(self, one: int, other: int) -> float:
        """Return how alike two groups are: the mean between them, or what it is beside those within each.

        Articles of a long story are less alike than two notes of a day, and what joins them need be no more alike than
        they are. This is the cosine of two prototypes, were scores products of vectors.
        """
        if not self.is_relative:
            return self.mean(one, other)
        (sum_within, weights), (other_sum, other_weights) = self.inner[one], self.inner[other]
        return self.mean(one, other) / sqrt((sum_within / weights) * (other_sum / other_weights))

    def _sum(self, one: int, other: int) -> int:
        return self.sums[one].get(other, 0) if one in self.sums else 0

    def _weights(self, one: int, other: int) -> int:
        return sum(
            count * others * _weight(moment, other_moment)
            for moment, count in self.moments[one].items()
            for other_moment, others in self.moments[other].items()
        )

    def may_merge(self, one: int, other: int) -> bool:
        """Return whether one story may last as long as two groups together."""
        moments = self.moments[one].keys() | self.moments[other].keys()
        days = [moment.day for moment in moments if moment.day is not None]
        if not days:
            return True
        latest = date.fromordinal(min(days)).year + _MOST_YEARS
        if any(moment.year > latest for moment in moments if moment.year is not None):
            return False  # what speaks of a year is not older than that
        if self.most_days is None or max(days) - min(days) <= self.most_days:
            return True
        return other in self.links.get(one, ())

    def merge(self, kept: int, gone: int) -> list[int]:
        """Move the members of `gone` into `kept`; returns the groups that share a score with the result."""
        between = (self._sum(kept, gone), self._weights(kept, gone))
        within = zip(self.inner[kept], self.inner.pop(gone), between, strict=True)
        scores, weights = (own + others + 2 * both for own, others, both in within)
        self.inner[kept] = (scores, weights)
        for item in self.members[gone]:
            self.group_of[item] = kept
        self.members[kept].extend(self.members.pop(gone))
        self.moments[kept].update(self.moments.pop(gone))
        for neighbour in self.links.pop(gone, ()):
            self.links[neighbour].discard(gone)
            if neighbour != kept:
                self.links[neighbour].add(kept)
                self.links[kept].add(neighbour)
        for neighbour, total in self.sums.pop(gone, {}).items():
            del self.sums[neighbour][gone]
            if neighbour != kept:
                total += self.sums[kept].get(neighbour, 0)
                self.sums[kept][neighbour] = self.sums[neighbour][kept] = total
        return sorted(self.sums[kept])


def _weight(moment: Moment, other: Moment) -> int:
    days_apart = HALF_DAYS if moment.day is None or other.day is None else abs(moment.day - other.day)
    return _weight_of(days_apart)


@cache
def _weight_of(days_apart: int) -> int:
    """What a pair counts in a mean, in whole millionths."""
    return round(SCALE * HALF_DAYS / (HALF_DAYS + days_apart))


def merge_while_alike(
    groups: Groups[Item], touched: Iterable[tuple[int, int]], threshold: float
) -> list[tuple[int, int]]:
    """Merge the two most alike groups that may merge until no likeness reaches the threshold.

    Args:
        groups: Changed in place.
        touched: Pairs of groups whose shared score is new; other pairs were below the threshold before.
        threshold: Least likeness at which two groups are one.

    Returns:
        (kept, gone) of every merge, in order. The older group is kept, whatever the order of `touched`.
    """
    queue = [(-groups.likeness(first, second), first, second) for first, second in set(touched) if first != second]
    heapq.heapify(queue)
    merges: list[tuple[int, int]] = []
    while queue:
        negative_likeness, first, second = heapq.heappop(queue)
        if -negative_likeness < threshold:
            break
        if (
            first not in groups.members
            or second not in groups.members
            or groups.likeness(first, second) != -negative_likeness
        ):
            continue  # one of them has changed since; its newer entry is in the queue
        if not groups.may_merge(first, second):
            continue  # what either merges with may bring the link that they lack, and a newer entry
        for neighbour in groups.merge(first, second):
            older, younger = sorted((first, neighbour))
            heapq.heappush(queue, (-groups.likeness(older, younger), older, younger))
        merges.append((first, second))
    return merges


def average_link(
    items: Iterable[Item], scores: Mapping[tuple[Item, Item], float], threshold: float
) -> dict[Item, Item]:
    """Group items so that groups are alike on average, not through one pair.

    Args:
        items: All items, in the order that breaks ties; each once.
        scores: Score of a pair; a pair that is missing counts as 0.
        threshold: Least mean score at which two groups are one; more than 0.

    Returns:
        The first item of each item's group.
    """
    groups: Groups[Item] = Groups()
    for item in items:
        groups.add(item)
    touched = [groups.connect(one, other, score) for (one, other), score in scores.items()]
    merge_while_alike(groups, touched, threshold)
    return {item: groups.members[group][0] for item, group in groups.group_of.items()}
