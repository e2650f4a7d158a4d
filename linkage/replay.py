"""Let stories grow night by night, so that their names hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from linkage.average_link import Groups, merge_while_alike

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

Item = TypeVar("Item", bound="Hashable")
Night = TypeVar("Night", bound="Hashable")


@dataclass(frozen=True)
class Move(Generic[Night, Item]):
    """An item entering a story, which is named after the item that founded it."""

    night: Night
    item: Item
    story: Item
    previous_story: Item | None


def replay(
    nights: Sequence[tuple[Night, Sequence[Item]]],
    scores: Mapping[Night, Sequence[tuple[Item, Item, float]]],
    threshold: float,
) -> list[Move[Night, Item]]:
    """Group each night's items with each other and with the stories that stand, without ever taking a story apart.

    Two standing stories become one only when new items raise the mean score between them to the threshold; the older
    keeps its name. The result depends on what the nights hold, not on when they were loaded.

    Args:
        nights: (night, its new items) in order of time; each item once.
        scores: Scored pairs under the night that completed them, the later of their items' nights.
        threshold: Least mean score at which two groups are one; more than 0.

    Returns:
        The first move of every item and one more each time its story merged into an older one, in order of nights.

    Raises:
        KeyError: If a pair stands under a night that comes before one of its items.
    """
    groups: Groups[Item] = Groups()
    story_of: dict[Item, Item] = {}
    moves: list[Move[Night, Item]] = []
    for night, items in nights:
        for item in items:
            groups.add(item)
        touched = [groups.connect(*pair) for pair in scores.get(night, ())]
        kept = {kept for kept, _ in merge_while_alike(groups, touched, threshold)} & groups.members.keys()
        kept.update(groups.group_of[item] for item in items)
        for number in sorted(kept):
            founder = groups.members[number][0]
            for item in groups.members[number]:
                previous = story_of.get(item)
                if previous != founder:
                    moves.append(Move(night, item, founder, previous))
                    story_of[item] = founder
    return moves
