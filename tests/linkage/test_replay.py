import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from linkage.average_link import Moment, average_link
from linkage.replay import Move, replay

ITEMS = list("abcdefghij")
ONE, TWO, THREE, FOUR = (date(2026, 1, day) for day in (5, 6, 7, 8))
NIGHTS = st.lists(st.sampled_from([ONE, TWO, THREE, FOUR]), min_size=len(ITEMS), max_size=len(ITEMS))
LOOSE_DAYS = st.integers(0, 3)
SCORES = st.dictionaries(
    st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 100).map(lambda percent: percent / 100),
)


def by_night(night_of, scores):
    nights = [(night, [item for item in ITEMS if night_of[item] == night]) for night in (ONE, TWO, THREE, FOUR)]
    pairs = {night: [] for night, _ in nights}
    for (one, other), score in scores.items():
        pairs[max(night_of[one], night_of[other])].append((one, other, score))
    return nights, pairs


def stories(moves):
    return {move.item: move.story for move in moves}


def monthly(days, most_days=90, links=frozenset()):
    """Stories of one item a day, each alike to all others."""
    items = [f"{day:04}" for day in days]
    scores = {}
    for place, day in enumerate(days):
        scores[date.fromordinal(700000 + day)] = [(one, items[place], 0.9) for one in items[:place]]
    nights = [(date.fromordinal(700000 + day), [item]) for day, item in zip(days, items, strict=True)]
    moments = {item: Moment(700000 + day) for day, item in zip(days, items, strict=True)}
    found = stories(replay(nights, scores, 0.4, loose_days=2, most_days=most_days, moments=moments, links=links))
    return [[int(item) for item in items if found[item] == story] for story in dict.fromkeys(found.values())]


def test_a_new_item_joins_the_story_that_stands():
    scores = {ONE: [("a", "b", 0.9)], TWO: [("a", "c", 0.8), ("b", "c", 0.8)]}

    assert replay([(ONE, ["a", "b"]), (TWO, ["c"])], scores, 0.5) == [
        Move(ONE, "a", "a", None),
        Move(ONE, "b", "a", None),
        Move(TWO, "c", "a", None),
    ]


def test_stories_merge_into_the_older_when_a_new_item_links_both():
    scores = {ONE: [("a", "b", 0.45)], TWO: [("a", "c", 1.0), ("b", "c", 1.0)]}

    moves = replay([(ONE, ["a", "b"]), (TWO, ["c"])], scores, 0.5)

    assert set(moves[2:]) == {Move(TWO, "c", "a", None), Move(TWO, "b", "a", "b")}


def test_what_has_settled_is_not_taken_apart():
    scores = {ONE: [("a", "b", 0.5)], TWO: [("b", "c", 1.0)]}

    assert stories(replay([(ONE, ["a", "b"]), (TWO, ["c"])], scores, 0.5)) == {"a": "a", "b": "a", "c": "a"}


def test_what_is_young_leaves_for_what_it_resembles_more_and_the_founder_keeps_the_name():
    scores = {ONE: [("a", "b", 0.5)], TWO: [("b", "c", 1.0)]}

    moves = replay([(ONE, ["a", "b"]), (TWO, ["c"])], scores, 0.5, loose_days=1)

    assert moves[2:] == [Move(TWO, "b", "b", "a"), Move(TWO, "c", "b", None)]


def test_what_left_its_story_may_come_back_under_its_name():
    scores = {ONE: [("a", "b", 0.5)], TWO: [("b", "c", 1.0)], THREE: [(one, "d", 0.9) for one in "abc"]}
    scores[THREE].append(("a", "e", 0.9))
    scores[THREE] += [("b", "e", 0.9), ("c", "e", 0.9), ("d", "e", 1.0)]

    moves = replay([(ONE, ["a", "b"]), (TWO, ["c"]), (THREE, ["d", "e"])], scores, 0.5, loose_days=3)

    assert stories(moves) == dict.fromkeys("abcde", "a")
    assert Move(THREE, "b", "a", "b") in moves


def test_what_moves_takes_the_name_of_the_story_that_stands():
    scores = {ONE: [("a", "b", 0.5)], TWO: [], THREE: [("b", "d", 1.0), ("c", "d", 1.0)]}

    moves = replay([(ONE, ["a", "b"]), (TWO, ["c"]), (THREE, ["d"])], scores, 0.5, loose_days=3)

    assert moves[3:] == [Move(THREE, "b", "c", "a"), Move(THREE, "d", "c", None)]


def test_a_night_without_items_changes_nothing():
    assert replay([(ONE, ["a"]), (TWO, [])], {}, 0.5) == [Move(ONE, "a", "a", None)]


def test_a_ritual_of_every_year_month_and_week_is_no_story_that_lasts_for_ever():
    assert monthly([0, 365, 730]) == [[0], [365], [730]]
    assert all(max(story) - min(story) <= 90 for story in monthly(range(0, 720, 91)))
    assert all(max(story) - min(story) <= 90 for story in monthly(range(0, 360, 30)))
    assert all(max(story) - min(story) <= 90 for story in monthly(range(0, 180, 7)))


def test_a_story_lasts_longer_where_more_than_likeness_links_it():
    days = [0, 60, 120]

    assert monthly(days) == [[0, 60], [120]]
    assert monthly(days, links={("0060", "0120")}) == [days]


def test_what_has_no_day_and_speaks_of_a_later_year_joins_nothing_older_through_a_third():
    moments = {"a": Moment(ONE.toordinal()), "c": Moment(None, 2028)}
    nights = [(ONE, ["a", "b", "c"])]
    scores = {ONE: [("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", 0.9)]}

    assert stories(replay(nights, scores, 0.4, moments=moments)) == {"a": "a", "b": "a", "c": "c"}
    assert stories(replay(nights, scores, 0.4, moments=moments | {"c": Moment(None, 2027)})) == dict.fromkeys(
        "abc", "a"
    )


@given(SCORES)
def test_one_night_is_plain_average_link(scores):
    moves = replay([(ONE, ITEMS)], {ONE: [(*pair, score) for pair, score in scores.items()]}, 0.4)

    assert stories(moves) == average_link(ITEMS, scores, 0.4)


@given(NIGHTS, SCORES)
def test_a_settled_item_leaves_a_story_only_for_an_older_one_with_all_its_members(nights, scores):
    night_of = dict(zip(ITEMS, nights, strict=True))
    seen = {}
    for move in replay(*by_night(night_of, scores), 0.4):
        assert seen.get(move.item) == move.previous_story
        if move.previous_story is not None:
            assert (night_of[move.story], move.story) < (night_of[move.previous_story], move.previous_story)
        seen[move.item] = move.story
    assert set(seen) == set(ITEMS)
    assert all(seen[story] == story for story in seen.values())


@given(NIGHTS, SCORES, LOOSE_DAYS)
def test_a_story_always_holds_the_item_it_is_named_after(nights, scores, loose_days):
    night_of = dict(zip(ITEMS, nights, strict=True))
    moves = replay(*by_night(night_of, scores), 0.4, loose_days=loose_days)

    for night in (ONE, TWO, THREE, FOUR):
        seen = stories([move for move in moves if move.night <= night])
        assert all(seen[story] == story for story in seen.values())
    last = {}
    for move in moves:
        assert move.previous_story == last.get(move.item)
        assert move.story != move.previous_story
        last[move.item] = move.story


@given(NIGHTS, SCORES, LOOSE_DAYS)
def test_what_is_older_than_the_loose_days_stays_together(nights, scores, loose_days):
    night_of = dict(zip(ITEMS, nights, strict=True))
    moves = replay(*by_night(night_of, scores), 0.4, loose_days=loose_days)

    for night in (TWO, THREE, FOUR):
        before = stories([move for move in moves if move.night < night])
        after = stories([move for move in moves if move.night <= night])
        settled = [item for item in before if (night - night_of[item]).days > loose_days]
        for one in settled:
            assert all(after[one] == after[other] for other in settled if before[one] == before[other])


@given(NIGHTS, SCORES, LOOSE_DAYS)
def test_a_later_night_leaves_the_earlier_moves_as_they_were(nights, scores, loose_days):
    night_of = dict(zip(ITEMS, nights, strict=True))
    all_nights, pairs = by_night(night_of, scores)
    whole = replay(all_nights, pairs, 0.4, loose_days=loose_days)

    for end in range(1, len(all_nights)):
        part = replay(all_nights[:end], pairs, 0.4, loose_days=loose_days)
        assert whole[: len(part)] == part


@given(NIGHTS, SCORES, LOOSE_DAYS, st.integers())
def test_the_order_of_pairs_does_not_matter(nights, scores, loose_days, seed):
    night_of = dict(zip(ITEMS, nights, strict=True))
    all_nights, pairs = by_night(night_of, scores)
    shuffled = {night: random.Random(seed).sample(of_night, len(of_night)) for night, of_night in pairs.items()}

    assert replay(all_nights, pairs, 0.4, loose_days=loose_days) == replay(
        all_nights, shuffled, 0.4, loose_days=loose_days
    )
