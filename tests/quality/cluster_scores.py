"""How well documents were grouped: B-cubed, pairwise and adjusted Rand scores, and who was joined wrongly. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

from tests.quality.text_scores import harmonic

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ClusterScore:
    """Scores of one grouping, 0 to 1; the adjusted Rand index (`ari`) is 0 for chance."""

    documents: int
    gold_groups: int
    our_groups: int
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    pair_precision: float
    pair_recall: float
    pair_f1: float
    ari: float


def alone_unless_grouped(documents: Iterable[str], groups: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
    """Return a group for every document: its own, or one that holds nothing else."""
    return {
        document: ("group", group) if (group := groups.get(document)) is not None else ("alone", document)
        for document in documents
    }


def cluster_score(
    gold: Mapping[str, str], groups: Mapping[str, str | None], ignored: Iterable[Pair] = ()
) -> ClusterScore:
    """Score groups against gold groups, both document -> group.

    Args:
        gold: the documents that count.
        groups: ours; a document that is missing or None stands alone.
        ignored: pairs about which gold does not say; joining them is no fault of the pairwise precision.
    """
    ours = alone_unless_grouped(gold, groups)
    gold_sizes, our_sizes = Counter(gold.values()), Counter(ours.values())
    shared = Counter((gold[document], ours[document]) for document in gold)
    size = len(gold)
    precision = sum(count * count / our_sizes[mine] for (_, mine), count in shared.items()) / max(1, size)
    recall = sum(count * count / gold_sizes[theirs] for (theirs, _), count in shared.items()) / max(1, size)
    right = _pairs(shared.values())
    our_pairs, gold_pairs = _pairs(our_sizes.values()), _pairs(gold_sizes.values())
    forgiven = sum(
        first in ours and second in ours and ours[first] == ours[second] and gold[first] != gold[second]
        for first, second in {(min(pair), max(pair)) for pair in ignored}
    )
    counted = our_pairs - forgiven
    pair_precision = right / counted if counted else 1.0
    pair_recall = right / gold_pairs if gold_pairs else 1.0
    return ClusterScore(
        documents=size,
        gold_groups=len(gold_sizes),
        our_groups=len(our_sizes),
        bcubed_precision=precision,
        bcubed_recall=recall,
        bcubed_f1=harmonic(precision, recall),
        pair_precision=pair_precision,
        pair_recall=pair_recall,
        pair_f1=harmonic(pair_precision, pair_recall),
        ari=_adjusted_rand(right, our_pairs, gold_pairs, comb(size, 2)),
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(comb(size, 2) for size in sizes)


def _adjusted_rand(right: int, ours: int, gold: int, possible: int) -> float:
    by_chance = ours * gold / possible if possible else 0.0
    most = (ours + gold) / 2
    return (right - by_chance) / (most - by_chance) if most != by_chance else 1.0


def wrong_joins(gold: Mapping[str, str], groups: Mapping[str, str | None], kinds: Mapping[str, str]) -> dict[str, int]:
    """Count pairs that were joined though gold parts them, under each kind of document that takes part in one."""
    members = defaultdict(list)
    for document, group in alone_unless_grouped(gold, groups).items():
        members[group].append(document)
    counts: Counter[str] = Counter()
    for documents in members.values():
        for first, second in combinations(documents, 2):
            if gold[first] != gold[second]:
                counts.update({kinds[document] for document in (first, second) if kinds.get(document)})
    return dict(sorted(counts.items()))
