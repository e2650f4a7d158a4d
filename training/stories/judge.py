"""What a model's scores make of the stories of a set, replayed as nights do it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from linkage.replay import replay
from tests.quality.cluster_scores import ClusterScore, cluster_score

if TYPE_CHECKING:
    from datetime import date

    from training.stories.pairs import Numbers, Pairs


def judged(pairs: Pairs, found: Numbers, threshold: float) -> tuple[ClusterScore, float]:
    """Return the scores of the stories, and the share of articles whose story was merged into another one."""
    by_night: defaultdict[date, list[tuple[str, str, float]]] = defaultdict(list)
    for (one, other), score in zip(pairs.ends, found, strict=True):
        if score >= 0.01:  # least_story_score
            by_night[max(pairs.night_of[one], pairs.night_of[other])].append((one, other, float(score)))
    moves = replay(pairs.nights, by_night, threshold)
    story_of = {move.item: move.story for move in moves}
    stories = {row: story_of.get(article or "") for row, article in pairs.article_of.items()}
    renamed = sum(move.previous_story is not None for move in moves)
    return cluster_score(pairs.gold, stories), renamed / len(story_of)
