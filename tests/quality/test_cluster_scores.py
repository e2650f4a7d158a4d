"""Scores of groupings on cases small enough to reckon by hand."""

import pytest

from tests.quality.cluster_scores import cluster_score, wrong_joins

GOLD = {"a": "1", "b": "1", "c": "1", "d": "2"}


def test_the_gold_grouping_is_perfect():
    score = cluster_score(GOLD, GOLD)
    assert (score.bcubed_f1, score.pair_f1, score.ari) == (1.0, 1.0, 1.0)
    assert (score.documents, score.gold_groups, score.our_groups) == (4, 2, 2)


def test_one_wrong_join_and_one_wrong_parting():
    # Ours: {a, b}, {c, d}. Pairs: ab is right, cd wrong, ac and bc missed. Adjusted Rand: (1 - 1) / (2.5 - 1).
    score = cluster_score(GOLD, {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert score.pair_precision == 1 / 2
    assert score.pair_recall == 1 / 3
    assert score.pair_f1 == pytest.approx(0.4)
    assert score.bcubed_precision == (1 + 1 + 1 / 2 + 1 / 2) / 4
    assert score.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert score.ari == 0.0


def test_documents_without_a_group_stand_alone():
    score = cluster_score(GOLD, {"a": "x", "b": None})
    assert score.our_groups == 4
    assert (score.pair_precision, score.pair_recall) == (1.0, 0.0)


def test_joining_a_pair_that_gold_leaves_open_is_no_fault():
    ours = {"a": "x", "b": "x", "c": "x", "d": "x"}
    assert cluster_score(GOLD, ours).pair_precision == 1 / 2
    ignored = [("a", "d"), ("d", "a"), ("b", "d")]
    assert cluster_score(GOLD, ours, ignored).pair_precision == 3 / 4


def test_leaving_a_true_pair_open_does_not_lower_the_score():
    assert cluster_score(GOLD, GOLD, [("a", "b")]).pair_precision == 1.0


def test_wrong_joins_are_counted_under_the_kinds_that_take_part():
    ours = {"a": "x", "b": "x", "c": "y", "d": "x"}
    assert wrong_joins(GOLD, ours, {"d": "template", "c": "template"}) == {"template": 2}
    assert wrong_joins(GOLD, GOLD, {"d": "template"}) == {}
