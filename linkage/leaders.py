"""Group copies around their fullest text, without chains."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

Text = TypeVar("Text", bound="Hashable")


def leaders(
    texts: Sequence[Text],
    overlaps: Iterable[tuple[Text, Text, float]],
    apart: Iterable[tuple[Text, Text]] = (),
) -> dict[Text, Text]:
    """Give every text the reference it is a copy of.

    A text joins a group only through its own overlap with the group's reference, never through another member, so a row
    of texts that each resemble the next does not become one group.

    Args:
        texts: All texts, the fullest first; that order decides who leads, so it must be total.
        overlaps: (text, other text, overlap) of every pair that passes the copy rule, each pair once, in any order.
        apart: pairs that are known to be two; a text joins no group that holds one it is to stay apart from.

    Returns:
        Reference of each text; a reference is its own. Of several references a text takes the one it overlaps most, and
        the fuller of two that it overlaps alike.

    Raises:
        KeyError: If a pair names a text that is not among `texts`.
        ValueError: If a text is listed twice.
    """
    rank = {text: position for position, text in enumerate(texts)}
    if len(rank) != len(texts):
        raise ValueError("a text is listed twice: its place in the order would not be certain")
    fuller: defaultdict[Text, list[tuple[float, int]]] = defaultdict(list)
    for one, other, overlap in overlaps:
        lesser, greater = (one, other) if rank[one] > rank[other] else (other, one)
        fuller[lesser].append((-overlap, rank[greater]))

    strangers: defaultdict[Text, set[Text]] = defaultdict(set)
    for one, other in apart:
        strangers[one].add(other)
        strangers[other].add(one)

    reference: dict[Text, Text] = {}
    for text in texts:
        refused = {reference[other] for other in strangers[text] if other in reference}
        candidates = (
            position
            for _, position in sorted(fuller[text])
            if reference[texts[position]] == texts[position] and texts[position] not in refused
        )
        nearest = next(candidates, None)
        reference[text] = text if nearest is None else texts[nearest]
    return reference
