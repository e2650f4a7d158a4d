"""Let stories grow night by night: their names hold, and what is young may still move."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from linkage.average_link import Groups, Moment, merge_while_alike

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
    from datetime import date

Item = TypeVar("Item", bound="Hashable")


@dataclass(frozen=True)
class Move(Generic[Item]):
    """An item entering a story, which is named after the item that founded it."""

    night: date
    item: Item
    story: Item
    previous_story: Item | None


def replay(
    nights: Sequence[tuple[date, Sequence[Item]]],
    scores: Mapping[date, Sequence[tuple[Item, Item, float]]],
    threshold: float,
    *,
    loose_days: int = 0,
    most_days: int | None = None,
    is_relative: bool = False,
    moments: Mapping[Item, Moment] | None = None,
    links: Collection[tuple[Item, Item]] = frozenset(),
) -> list[Move[Item]]:
    """Group each night's items with each other and with the stories that stand.

    Stories that the night's items touch are grouped anew, but what is older than `loose_days` stays together: the
    settled part of a story counts as one. A story's name stays with the item that founded it; of two that merge the
    older one's stays. The result depends on what the nights hold, not on when they were loaded.

    Args:
        nights: (night, its new items) in order of time; each item once.
        scores: Scored pairs under the night that completed them, the later of their items' nights.
        threshold: Least likeness at which two groups are one; more than 0.
        loose_days: So many days after its night an item may still leave its story.
        most_days: A story spans no more days, unless a link leads on.
        is_relative: Whether the mean score between groups is told beside the means within them.
        moments: When an item is of, where that is known.
        links: Pairs, as scores have them, that something surer than a score links.

    Returns:
        The first move of every item and one more each time its story changed, in order of nights.

    Raises:
        KeyError: If a pair stands under a night that comes before one of its items.
    """
    stories: _Stories[Item] = _Stories(Groups(most_days, is_relative))
    loose: deque[tuple[date, Sequence[Item]]] = deque()
    moves: list[Move[Item]] = []
    for night, items in nights:
        while loose and (night - loose[0][0]).days > loose_days:
            stories.settle(loose.popleft()[1])
        loose.append((night, items))
        pairs = scores.get(night, ())
        stories.take_in(items, pairs, moments or {}, links)
        # Other stories stand as they are, unless a pair of the threshold leads there: without one no mean reaches it.
        near = [item for one, other, score in pairs if score >= threshold for item in (one, other)]
        for story, item in stories.regroup([*items, *near], threshold):
            moves.append(Move(night, item, story, stories.story_of.get(item)))
            stories.story_of[item] = story
    return moves


@dataclass
class _Stories(Generic[Item]):
    """Stories as they stand, made of units that stay together: the settled part of a story, or one loose item.

    Attributes:
        units: Groups that are the units.
        units_of: Story -> its units.
        settled_of: Story -> the unit that is its settled part.
        story_of: Item -> its story.
    """

    units: Groups[Item]
    units_of: dict[Item, list[int]] = field(default_factory=dict)
    settled_of: dict[Item, int] = field(default_factory=dict)
    story_of: dict[Item, Item] = field(default_factory=dict)

    def settle(self, items: Iterable[Item]) -> None:
        """Make items part of the settled part of their stories."""
        for item in items:
            self._settle(self.story_of[item], self.units.group_of[item])

    def _settle(self, story: Item, unit: int) -> None:
        kept, gone = sorted((self.settled_of.get(story, unit), unit))
        if kept != gone:
            self.units.merge(kept, gone)
            self.units_of[story].remove(gone)
        self.settled_of[story] = kept

    def take_in(
        self,
        items: Iterable[Item],
        pairs: Sequence[tuple[Item, Item, float]],
        moments: Mapping[Item, Moment],
        links: Collection[tuple[Item, Item]],
    ) -> None:
        """Add items and their pairs."""
        for item in items:
            self.units.add(item, moments.get(item, Moment()))
        for one, other, score in pairs:
            self.units.connect(one, other, score, is_link=(one, other) in links)

    def regroup(self, items: Iterable[Item], threshold: float) -> list[tuple[Item, Item]]:
        """Group items and their stories anew; returns (story, item) of all items whose story is another one now."""
        touched: set[int] = set()
        settled: set[int | None] = set()
        for item in dict.fromkeys(items):
            story = self.story_of.get(item, item)
            touched.update(self.units_of.pop(story, ()))
            settled.add(self.settled_of.pop(story, None))
            if item not in self.story_of:
                touched.add(self.units.group_of[item])
        changed = []
        for group in _grouped(self.units, sorted(touched), threshold):
            members = [item for unit in group for item in self.units.members[unit]]
            story = next((item for item in members if self.story_of.get(item) == item), members[0])
            self.units_of[story] = group
            for unit in [unit for unit in group if unit in settled]:
                self._settle(story, unit)
            changed += [(story, item) for item in members if self.story_of.get(item) != story]
        return changed


def _grouped(units: Groups[Item], chosen: Sequence[int], threshold: float) -> list[list[int]]:
    """Group units as average link does, and leave them as they are."""
    part = units.part(chosen)
    groups = {unit: [unit] for unit in chosen}
    near = [(one, other) for one in chosen for other in part.sums[one] if one < other]
    for kept, gone in merge_while_alike(part, near, threshold):
        groups[kept] = sorted(groups[kept] + groups.pop(gone))
    return list(groups.values())
