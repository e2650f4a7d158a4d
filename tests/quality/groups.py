"""Measures copies and stories in a throw-away warehouse."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.quality.cluster_scores import ClusterScore, cluster_score, wrong_joins
from tests.quality.data import DataSet, Row, sample
from tests.quality.donation import donation_figures, hide_and_complete, wrongly_lent
from tests.quality.measurement import WORST_PAGES, Figures, Measurement, warehouse_costs, warehouse_seconds
from tests.quality.throwaway import (
    Warehouse,
    article_page,
    articles_of_pages,
    build_warehouse,
    over_nights,
    stories_of_pages,
)

_DATED_SHARE = 0.9
_KINDS_OF_COPIES = {"orig", "variant"}  # rows of every other kind are there to lure a method into a wrong join


@dataclass(frozen=True)
class CopiesScored:
    """How well texts were grouped as copies: their gold groups, lures with their kind, wrong joins by kind of lure."""

    gold: Mapping[str, str]
    score: ClusterScore
    lures: Mapping[str, str]
    wrong_joins: Mapping[str, int]


def copies_scored(rows: Sequence[Row], groups: Mapping[str, str | None]) -> CopiesScored:
    """Score groups, row id -> group, of the rows of a set of copies."""
    gold = {row["id"]: row["dup_group"] for row in rows if row.get("dup_group") not in (None, "")}
    ignored = [(row["id"], other) for row in rows for other in row.get("ignore_with", [])]
    lures = {row["id"]: row["kind"] for row in rows if row.get("kind") not in {None, *_KINDS_OF_COPIES}}
    return CopiesScored(gold, cluster_score(gold, groups, ignored), lures, wrong_joins(gold, groups, lures))


def measure_copies(one: DataSet, limit: int | None) -> list[Measurement]:
    rows = sample(one.rows, limit, lambda row: str(row.get("dup_group") or row["id"]))
    with TemporaryDirectory(prefix="dateline-quality-") as home:
        warehouse = build_warehouse([article_page(row) for row in rows], Path(home))
        groups = articles_of_pages(warehouse)
        hidden = hide_and_complete(warehouse.path, Path(home) / "masked")
    found = copies_scored(rows, groups)
    score = found.score
    figures: Figures = {
        "n": score.documents,
        "groups": score.gold_groups,
        "our_groups": score.our_groups,
        "precision": score.pair_precision,
        "recall": score.pair_recall,
        "f1": score.pair_f1,
        "ari": score.ari,
        "b3_f1": score.bcubed_f1,
        **{f"wrong_{kind}": found.wrong_joins.get(kind, 0) for kind in sorted(set(found.lures.values()))},
        **warehouse_costs(warehouse, len(rows)),
    }
    worst = _worst_groups(rows, found.gold, groups)
    return [
        Measurement("copies", one.name, figures, warehouse_seconds(warehouse), worst=worst),
        Measurement("donation", one.name, donation_figures(hidden), worst=wrongly_lent(hidden)[:WORST_PAGES]),
    ]


def measure_stories(one: DataSet, limit: int | None) -> list[Measurement]:
    rows = sample(one.rows, limit, lambda row: str(row.get("story_id") or row["id"]))
    with TemporaryDirectory(prefix="dateline-quality-") as home:
        warehouse = build_warehouse([article_page(row) for row in rows], Path(home))
        groups = stories_of_pages(warehouse)
        gold = {row["id"]: row["story_id"] for row in rows if row.get("story_id") not in (None, "")}
        score = cluster_score(gold, groups)
        replayed = _replayed(over_nights(warehouse, Path(home) / "nights"), gold) if _is_dated(rows) else {}
    figures: Figures = {
        "n": score.documents,
        "groups": score.gold_groups,
        "our_groups": score.our_groups,
        "b3_precision": score.bcubed_precision,
        "b3_recall": score.bcubed_recall,
        "b3_f1": score.bcubed_f1,
        "precision": score.pair_precision,
        "recall": score.pair_recall,
        "f1": score.pair_f1,
        **replayed,
        **warehouse_costs(warehouse, len(rows)),
    }
    worst = _worst_groups(rows, gold, groups)
    return [Measurement("stories", one.name, figures, warehouse_seconds(warehouse), worst=worst)]


def _is_dated(rows: Sequence[Row]) -> bool:
    """Return whether most rows have a day, so that it means something to bring them night by night."""
    return sum(bool(row.get("date")) for row in rows) >= _DATED_SHARE * len(rows)


def _replayed(warehouse: Warehouse, gold: Mapping[str, str]) -> Figures:
    """Score the stories of a warehouse whose days were nights, and tell how many articles changed their story."""
    score = cluster_score(gold, stories_of_pages(warehouse))
    nights = warehouse.query("select standing_articles, renamed_articles, renamed_share from reports.story_churn")
    standing = sum(night["standing_articles"] for night in nights)
    renamed = sum(night["renamed_articles"] for night in nights)
    (articles,) = warehouse.query("""
        select count(distinct article_id) as met,
            count(distinct article_id) filter (where previous_founding_article_id is not null) as ever_renamed
        from intermediate.int_articles_replayed_into_stories
    """)
    return {
        "nightly_b3_f1": score.bcubed_f1,
        "nightly_f1": score.pair_f1,
        "churn": renamed / standing if standing else 0.0,
        "worst_churn": max((night["renamed_share"] or 0.0 for night in nights), default=0.0),
        "ever_renamed": articles["ever_renamed"] / articles["met"],
    }


def _worst_groups(
    rows: Sequence[Row], gold: Mapping[str, str], groups: Mapping[str, str | None]
) -> list[dict[str, Any]]:
    """Return our groups that join most that gold parts, then gold groups that we part most."""
    titles = {row["id"]: row.get("title") for row in rows}
    ours: defaultdict[str, list[str]] = defaultdict(list)
    theirs: defaultdict[str, list[str]] = defaultdict(list)
    for document, group in gold.items():
        theirs[group].append(document)
        ours[groups.get(document) or document].append(document)
    joined = {group: len({gold[document] for document in documents}) for group, documents in ours.items()}
    parted = {group: len({groups.get(d) or d for d in documents}) for group, documents in theirs.items()}
    faults = []
    for fault, counts, members in (("joins", joined, ours), ("parts", parted, theirs)):
        for group, count in Counter(counts).most_common(WORST_PAGES // 2):
            if count > 1:
                examples = [f"{document}: {titles[document]}" for document in members[group][:4]]
                faults.append({"fault": fault, "groups": count, "documents": len(members[group]), "such_as": examples})
    return faults
