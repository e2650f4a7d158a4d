import operator
import random
from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.average_link import SCALE, Groups, Moment, average_link, merge_while_alike

ITEMS = list("abcdefghij")
SCORES = st.dictionaries(
    st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 100).map(lambda percent: percent / 100),
)


def groups_of(first):
    groups = defaultdict(set)
    for item, founder in first.items():
        groups[founder].add(item)
    return groups


def mean_between(one, other, scores):
    pairs = [scores.get((min(left, right), max(left, right)), 0) for left in one for right in other]
    return sum(pairs) / len(pairs)


def test_items_alike_become_one_group_named_after_the_first():
    assert average_link("abc", {("b", "c"): 0.9}, 0.5) == {"a": "a", "b": "b", "c": "b"}


def test_one_strong_link_does_not_chain_two_groups():
    scores = {("a", "b"): 0.9, ("c", "d"): 0.9, ("b", "c"): 0.8}

    assert average_link("abcd", scores, 0.5) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_the_most_alike_merge_first():
    scores = {("a", "b"): 0.6, ("b", "c"): 0.9}

    assert average_link("abc", scores, 0.5) == {"a": "a", "b": "b", "c": "b"}


def test_a_tie_goes_to_the_older():
    scores = {("a", "b"): 0.6, ("b", "c"): 0.6}

    assert average_link("abc", scores, 0.5) == {"a": "a", "b": "a", "c": "c"}


def test_an_item_is_added_once():
    groups = Groups()
    groups.add("a")

    with pytest.raises(ValueError, match="already"):
        groups.add("a")


@given(SCORES)
def test_no_two_groups_are_alike_when_it_ends(scores):
    groups = groups_of(average_link(ITEMS, scores, 0.4))

    assert sorted(item for members in groups.values() for item in members) == ITEMS
    for one, other in combinations(groups.values(), 2):
        assert mean_between(one, other, scores) < 0.4 + 1e-9


@given(SCORES)
def test_a_group_can_be_parted_into_halves_that_were_alike(scores):
    for members in groups_of(average_link(ITEMS, scores, 0.4)).values():
        halves = (
            (set(half), members - set(half))
            for size in range(1, len(members))
            for half in combinations(sorted(members), size)
        )
        assert len(members) == 1 or any(mean_between(*pair, scores) >= 0.4 - 1e-9 for pair in halves)


@given(SCORES, st.integers())
def test_the_order_of_scores_does_not_matter(scores, seed):
    shuffled = list(scores.items())
    random.Random(seed).shuffle(shuffled)

    assert average_link(ITEMS, scores, 0.4) == average_link(ITEMS, dict(shuffled), 0.4)


def test_days_between_make_a_pair_count_less():
    groups = Groups()
    for item, day in (("a", 1), ("b", 5), ("c", 5)):
        groups.add(item, Moment(day))
    groups.merge(groups.group_of["a"], groups.group_of["b"])
    groups.connect("a", "c", 0.0)
    groups.connect("b", "c", 0.9)

    # Four days apart count a third: .9 of 1 and 0 of a third.
    assert groups.mean(*sorted({groups.group_of["b"], groups.group_of["c"]})) == pytest.approx(0.9 / (4 / 3), abs=1e-5)


def test_unknown_days_count_like_two_between():
    groups = Groups()
    for item, moment in (("a", Moment(1)), ("b", Moment(1)), ("c", Moment(1)), ("d", Moment(None, 2026))):
        groups.add(item, moment)
    groups.merge(groups.group_of["a"], groups.group_of["d"])
    groups.connect("a", "b", 0.9)

    assert groups.mean(0, 1) == pytest.approx(0.9 / 1.5, abs=1e-5)


def test_a_part_is_a_copy():
    groups = Groups()
    for item in "abcd":
        groups.add(item)
    for pair in ("ab", "bc", "cd"):
        groups.connect(*pair, 0.9, is_link=True)
    part = groups.part([0, 1])
    part.merge(0, 1)

    assert part.sums == {0: {}}
    assert groups.members == {0: ["a"], 1: ["b"], 2: ["c"], 3: ["d"]}
    assert (set(groups.sums[1]), groups.links[1]) == ({0, 2}, {0, 2})


def test_a_link_stays_with_what_its_group_becomes_part_of():
    groups = Groups(most_days=90)
    for item, day in (("a", 1), ("b", 60), ("c", 120)):
        groups.add(item, Moment(day))
    groups.connect("b", "c", 0.9, is_link=True)
    groups.connect("a", "b", 0.9)

    assert not groups.may_merge(0, 2)
    groups.merge(0, 1)
    assert groups.may_merge(0, 2)
    assert groups.may_merge(2, 0)


def held_together(scores, items, *, is_relative):
    groups = Groups(is_relative=is_relative)
    for item in items:
        groups.add(item)
    touched = [groups.connect(one, other, score) for (one, other), score in scores.items()]
    merge_while_alike(groups, touched, 0.4)
    return sorted("".join(members) for members in groups.members.values())


def test_what_holds_a_loose_group_together_is_enough_to_join_it():
    scores = {("a", "b"): 0.5, ("a", "c"): 0.45, ("b", "c"): 0.3}

    assert held_together(scores, "abc", is_relative=False) == ["ab", "c"]
    assert held_together(scores, "abc", is_relative=True) == ["abc"]


def test_a_tight_group_and_two_items_are_judged_by_the_mean_alone():
    scores = {("a", "b"): 1.0, ("a", "c"): 0.45, ("b", "c"): 0.3, ("d", "e"): 0.39}

    assert held_together(scores, "abcde", is_relative=True) == ["ab", "c", "d", "e"]


@given(SCORES)
def test_a_group_knows_what_holds_it_together(scores):
    groups = Groups(is_relative=True)
    for item in ITEMS:
        groups.add(item, Moment(ord(item)))
    touched = [groups.connect(one, other, score) for (one, other), score in scores.items()]
    merge_while_alike(groups, touched, 0.4)
    for number, members in groups.members.items():
        weights = [2 / (2 + abs(ord(one) - ord(other))) for one in members for other in members]
        found = [
            1.0 if one == other else scores.get((min(one, other), max(one, other)), 0)
            for one in members
            for other in members
        ]
        total, weight = groups.inner[number]
        assert total / SCALE == pytest.approx(sum(map(operator.mul, found, weights)), abs=1e-3)
        assert weight / SCALE == pytest.approx(sum(weights), abs=1e-3)
