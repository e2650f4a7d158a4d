import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.leaders import leaders

TEXTS = [f"text {number}" for number in range(12)]
OVERLAPS = st.dictionaries(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(50, 100).map(lambda percent: percent / 100),
)


def test_a_copy_joins_the_fullest_text_it_overlaps():
    assert leaders(["full", "cut"], [("cut", "full", 0.9)]) == {"full": "full", "cut": "full"}


def test_a_text_does_not_join_through_a_neighbour():
    reference = leaders(["first", "middle", "last"], [("first", "middle", 0.6), ("middle", "last", 0.6)])

    assert reference == {"first": "first", "middle": "first", "last": "last"}


def test_of_two_references_the_one_that_holds_more_of_the_text_is_taken():
    reference = leaders(["longest", "longer", "excerpt"], [("excerpt", "longest", 0.6), ("excerpt", "longer", 0.9)])

    assert reference["excerpt"] == "longer"


def test_of_two_references_that_hold_as_much_the_fuller_is_taken():
    reference = leaders(["longest", "longer", "excerpt"], [("longer", "excerpt", 0.9), ("longest", "excerpt", 0.9)])

    assert reference["excerpt"] == "longest"


def test_a_text_listed_twice_is_refused():
    with pytest.raises(ValueError, match="listed twice"):
        leaders(["same", "same"], [])


def test_a_pair_of_an_unknown_text_is_refused():
    with pytest.raises(KeyError):
        leaders(["known"], [("known", "unknown", 0.9)])


@given(OVERLAPS)
def test_every_text_is_a_reference_or_overlaps_its_own(overlaps):
    reference = leaders(TEXTS, [(*pair, overlap) for pair, overlap in overlaps.items()])

    assert set(reference) == set(TEXTS)
    for text, leading in reference.items():
        assert reference[leading] == leading
        assert text == leading or (min(text, leading), max(text, leading)) in overlaps


@given(OVERLAPS)
def test_two_references_never_overlap(overlaps):
    reference = leaders(TEXTS, [(*pair, overlap) for pair, overlap in overlaps.items()])
    leading = set(reference.values())

    assert not [pair for pair in overlaps if pair[0] in leading and pair[1] in leading]


@given(OVERLAPS, st.integers())
def test_the_order_of_pairs_and_of_their_ends_does_not_matter(overlaps, seed):
    pairs = [(*pair, overlap) for pair, overlap in overlaps.items()]
    shuffled = [(other, one, overlap) for one, other, overlap in pairs]
    random.Random(seed).shuffle(shuffled)

    assert leaders(TEXTS, pairs) == leaders(TEXTS, shuffled)


def test_a_text_joins_no_group_that_holds_one_it_is_to_stay_apart_from():
    overlaps = [("full", "one", 0.9), ("full", "other", 0.8), ("second", "other", 0.7)]
    together = leaders(["full", "second", "one", "other"], overlaps)
    apart = leaders(["full", "second", "one", "other"], overlaps, apart=[("other", "one")])
    assert together["other"] == "full"
    assert apart == {"full": "full", "second": "second", "one": "full", "other": "second"}
