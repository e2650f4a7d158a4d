"""Group articles into stories by the mean score between groups, night by night."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

Item = TypeVar("Item", bound="Hashable")

SCALE = 1_000_000  # scores are added as whole millionths: a sum of integers does not depend on its order


@dataclass
class Groups(Generic[Item]):
    """Disjoint groups of items with the summed scores between them; grows by `add` and `merge`.

    Groups are known by whole numbers in order of founding, so ties go to the older group.
    """

    members: dict[int, list[Item]] = field(default_factory=dict)
    group_of: dict[Item, int] = field(default_factory=dict)
    sums: defaultdict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    founded: int = 0

    def add(self, item: Item) -> int:
        """Found a group of one."""
        if item in self.group_of:
            raise ValueError(f"{item!r} is already in a group")
        number = self.founded
        self.founded += 1
        self.members[number] = [item]
        self.group_of[item] = number
        return number

    def connect(self, one: Item, other: Item, score: float) -> tuple[int, int]:
        """Add the score of a pair to what its two groups share; returns the groups, the older first."""
        first, second = sorted((self.group_of[one], self.group_of[other]))
        if first != second:
            total = self.sums[first].get(second, 0) + round(score * SCALE)
            self.sums[first][second] = self.sums[second][first] = total
        return first, second

    def mean(self, one: int, other: int) -> float:
        """Mean score over all pairs between two groups; a pair without a score counts as 0."""
        total = self.sums[one].get(other, 0) if one in self.sums else 0
        return total / (SCALE * len(self.members[one]) * len(self.members[other]))

    def merge(self, kept: int, gone: int) -> list[int]:
        """Move the members of `gone` into `kept`; returns the groups that share a score with the result."""
        for item in self.members[gone]:
            self.group_of[item] = kept
        self.members[kept].extend(self.members.pop(gone))
        for neighbour, total in self.sums.pop(gone, {}).items():
            del self.sums[neighbour][gone]
            if neighbour != kept:
                total += self.sums[kept].get(neighbour, 0)
                self.sums[kept][neighbour] = self.sums[neighbour][kept] = total
        return sorted(self.sums[kept])


def merge_while_alike(
    groups: Groups[Item], touched: Iterable[tuple[int, int]], threshold: float
) -> list[tuple[int, int]]:
    """Merge the two most alike groups until no mean score reaches the threshold.

    Args:
        groups: Changed in place.
        touched: Pairs of groups whose shared score is new; other pairs were below the threshold before.
        threshold: Least mean score at which two groups are one.

    Returns:
        (kept, gone) of every merge, in order. The older group is kept, whatever the order of `touched`.
    """
    queue = [(-groups.mean(first, second), first, second) for first, second in set(touched) if first != second]
    heapq.heapify(queue)
    merges: list[tuple[int, int]] = []
    while queue:
        negative_mean, first, second = heapq.heappop(queue)
        if -negative_mean < threshold:
            break
        if first not in groups.members or second not in groups.members or groups.mean(first, second) != -negative_mean:
            continue  # one of them has changed since; its newer entry is in the queue
        for neighbour in groups.merge(first, second):
            older, younger = sorted((first, neighbour))
            heapq.heappush(queue, (-groups.mean(older, younger), older, younger))
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
