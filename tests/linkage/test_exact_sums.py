"""Scores are added exactly: floats would make a group depend on the order in which its scores came."""

from itertools import permutations

import pytest

from linkage.average_link import Groups, average_link

# Added as floats in another order, each three give another sum: the first as they are, the others as millionths too.
UNEVEN = [(0.1, 0.2, 0.3), (1 / 3, 2 / 7, 5 / 9), (1 / 9, 1 / 7, 1 / 11)]


def mean_of(scores):
    """Mean score between a group of three, already merged, and one more item, whose scores come in this order."""
    groups = Groups()
    trio, one_more = [groups.add(item) for item in "abc"], groups.add("d")
    for other in trio[1:]:
        groups.merge(trio[0], other)
    for item, score in scores:
        groups.connect(item, "d", score)
    return groups.mean(trio[0], one_more)


@pytest.mark.parametrize("scores", UNEVEN)
def test_the_mean_of_two_groups_is_the_same_in_whatever_order_their_scores_come(scores):
    means = {mean_of(order) for order in permutations(zip("abc", scores, strict=True))}

    assert len(means) == 1
    assert means.pop() == pytest.approx(sum(scores) / 3, abs=1e-6)


@pytest.mark.parametrize("scores", list(permutations((0.1, 0.2, 0.3))))
def test_an_item_whose_mean_is_the_threshold_joins_whichever_member_it_resembles_most(scores):
    tight = {("a", "b"): 0.9, ("a", "c"): 0.9, ("b", "c"): 0.9}
    loose = {(member, "d"): score for member, score in zip("abc", scores, strict=True)}

    assert set(average_link("abcd", tight | loose, 0.2).values()) == {"a"}


def test_scores_that_tie_on_average_go_to_the_older_group_in_whatever_order_they_came():
    tight = {pair: 0.9 for trio in ("abc", "xyz") for pair in permutations(trio, 2) if pair[0] < pair[1]}
    for older in permutations((0.1, 0.2, 0.3)):
        for younger in permutations((0.1, 0.2, 0.3)):
            scores = dict(zip([(member, "k") for member in "abcxyz"], [*older, *younger], strict=True))

            assert average_link("abcxyzk", tight | scores, 0.15)["k"] == "a"
