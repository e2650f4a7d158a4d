import random

from hypothesis import given
from hypothesis import strategies as st

from linkage.average_link import average_link
from linkage.replay import Move, replay

ITEMS = list("abcdefghij")
NIGHTS = st.lists(st.integers(1, 4), min_size=len(ITEMS), max_size=len(ITEMS))
SCORES = st.dictionaries(
    st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 100).map(lambda percent: percent / 100),
)


def by_night(night_of, scores):
    nights = [(night, [item for item in ITEMS if night_of[item] == night]) for night in (1, 2, 3, 4)]
    pairs = {night: [] for night, _ in nights}
    for (one, other), score in scores.items():
        pairs[max(night_of[one], night_of[other])].append((one, other, score))
    return nights, pairs


def stories(moves):
    return {move.item: move.story for move in moves}


def test_a_new_item_joins_the_story_that_stands():
    moves = replay([(1, ["a", "b"]), (2, ["c"])], {1: [("a", "b", 0.9)], 2: [("a", "c", 0.8), ("b", "c", 0.8)]}, 0.5)

    assert moves == [Move(1, "a", "a", None), Move(1, "b", "a", None), Move(2, "c", "a", None)]


def test_stories_merge_into_the_older_when_a_new_item_links_both():
    scores = {1: [("a", "b", 0.45)], 2: [("a", "c", 1.0), ("b", "c", 1.0)]}

    assert replay([(1, ["a", "b"]), (2, ["c"])], scores, 0.5) == [
        Move(1, "a", "a", None),
        Move(1, "b", "b", None),
        Move(2, "c", "a", None),
        Move(2, "b", "a", "b"),
    ]


def test_a_story_that_stands_is_not_taken_apart():
    scores = {1: [("a", "b", 0.5)], 2: [("b", "c", 1.0)]}

    assert stories(replay([(1, ["a", "b"]), (2, ["c"])], scores, 0.5)) == {"a": "a", "b": "a", "c": "a"}


def test_a_night_without_items_changes_nothing():
    assert replay([(1, ["a"]), (2, [])], {}, 0.5) == [Move(1, "a", "a", None)]


@given(SCORES)
def test_one_night_is_plain_average_link(scores):
    moves = replay([(1, ITEMS)], {1: [(*pair, score) for pair, score in scores.items()]}, 0.4)

    assert stories(moves) == average_link(ITEMS, scores, 0.4)


@given(NIGHTS, SCORES)
def test_an_item_leaves_a_story_only_for_an_older_one_with_all_its_members(nights, scores):
    night_of = dict(zip(ITEMS, nights, strict=True))
    seen = {}
    for move in replay(*by_night(night_of, scores), 0.4):
        assert seen.get(move.item) == move.previous_story
        if move.previous_story is not None:
            assert (night_of[move.story], move.story) < (night_of[move.previous_story], move.previous_story)
        seen[move.item] = move.story
    assert set(seen) == set(ITEMS)
    assert all(seen[story] == story for story in seen.values())


@given(NIGHTS, SCORES)
def test_a_later_night_leaves_the_earlier_moves_as_they_were(nights, scores):
    night_of = dict(zip(ITEMS, nights, strict=True))
    all_nights, pairs = by_night(night_of, scores)
    whole = replay(all_nights, pairs, 0.4)

    for end in range(1, len(all_nights)):
        part = replay(all_nights[:end], pairs, 0.4)
        assert whole[: len(part)] == part


@given(NIGHTS, SCORES, st.integers())
def test_the_order_of_pairs_does_not_matter(nights, scores, seed):
    night_of = dict(zip(ITEMS, nights, strict=True))
    all_nights, pairs = by_night(night_of, scores)
    shuffled = {night: random.Random(seed).sample(of_night, len(of_night)) for night, of_night in pairs.items()}

    assert replay(all_nights, pairs, 0.4) == replay(all_nights, shuffled, 0.4)
