"""What a model's scores make of the stories of a set, replayed as nights do it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from linkage.replay import replay
from tests.quality.cluster_scores import ClusterScore, cluster_score

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from training.stories.pairs import Numbers, Pairs


class Judged(NamedTuple):
    """How good stories are, and how their names hold.

    Attributes:
        score: against gold.
        churn: share of the standing articles whose story a night changed, over all nights.
        worst_churn: the same of the worst night.
        renamed: share of all articles whose story ever changed.
    """

    score: ClusterScore
    churn: float
    worst_churn: float
    renamed: float


def judged(pairs: Pairs, found: Numbers, settings: Mapping[str, Any]) -> Judged:
    """Judge the stories that scores make; the settings are those of int_articles_replayed_into_stories."""
    by_night: defaultdict[date, list[tuple[str, str, float]]] = defaultdict(list)
    for (one, other), score in zip(pairs.ends, found, strict=True):
        if score >= 0.01:  # least_story_score
            by_night[max(pairs.night_of[one], pairs.night_of[other])].append((one, other, float(score)))
    moves = replay(
        pairs.nights,
        by_night,
        settings["story_threshold"],
        loose_days=settings["loose_days"],
        most_days=settings["story_days"],
        is_relative=True,
        moments=pairs.moments,
        links=pairs.links,
    )
    story_of = {move.item: move.story for move in moves}
    stories = {row: story_of.get(article or "") for row, article in pairs.article_of.items()}
    changed = [move for move in moves if move.previous_story is not None]
    by_night_changed = Counter(move.night for move in changed)
    standing, before = {}, 0
    for night, items in pairs.nights:
        standing[night] = before
        before += len(items)
    return Judged(
        cluster_score(pairs.gold, stories),
        len(changed) / max(1, sum(standing.values())),
        max((count / standing[night] for night, count in by_night_changed.items()), default=0.0),
        len({move.item for move in changed}) / len(story_of),
    )
