from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.overlap import BRIDGED_WORDS, Text, compared, overlap, texts_by_page

NIGHT = dt.date(2026, 1, 5)


def text(words: list[str]) -> Text:
    """A text of words; a word's hash is the word read as a number in base 36."""
    shingles = [
        hash(tuple(words[start : start + 4])) % 2**63 for start in range(max(len(words) - 3, min(len(words), 1)))
    ]
    places = [place for place, word in enumerate(words) if word[0].isdigit()]
    numbers = [int(words[place], 36) for place in places]
    return Text(np.array(shingles, np.uint64), np.array(places, np.int64), np.array(numbers, np.uint64))


def some(count: int, start: int = 0, prefix: str = "w") -> list[str]:
    return [f"{prefix}{number}" for number in range(start, start + count)]


def test_a_text_is_aligned_with_itself_from_end_to_end() -> None:
    one = text(some(50))
    found = overlap(one, one)
    assert (found.shared_shingles, found.aligned_words, found.aligned_lead) == (47, 50, 1.0)


def test_a_word_replaced_in_every_sentence_is_bridged() -> None:
    original = some(60)
    edited = [f"new{place}" if place % 6 == 5 else word for place, word in enumerate(original)]
    found = overlap(text(edited), text(original))
    assert found.shared_shingles == 20  # two of six in a row
    assert found.aligned_words == 59  # all but the last, which nothing follows


def test_a_paragraph_carried_over_counts_itself_and_no_more() -> None:
    background = some(40)
    followup = [*some(40, prefix="own"), *background]
    found = overlap(text(followup), text([*some(60, prefix="old"), *background]))
    assert found.aligned_words == 40
    assert found.aligned_lead == 0.0


def test_a_bridge_is_no_longer_than_a_sentence() -> None:
    original = [*some(20), *some(BRIDGED_WORDS + 1, prefix="cut"), *some(20, 20)]
    shorter = [*some(20), *some(BRIDGED_WORDS, prefix="put"), *some(20, 20)]
    assert overlap(text(shorter), text(original)).aligned_words == len(shorter)
    apart = [*some(20), *some(BRIDGED_WORDS + 1, prefix="put"), *some(20, 20)]
    assert overlap(text(apart), text([*original, "end"])).aligned_words == 40


def test_numbers_of_a_form_that_was_filled_in_again_are_changed() -> None:
    form = ["profit", "was", "7", "mln", "vs", "9", "mln", "in", "the", "third", "quarter", "as", "of", "may"]
    again = ["8" if word == "7" else word for word in form]
    found = overlap(text(again), text(form))
    assert (found.aligned_numbers, found.changed_numbers) == (1, 0)  # the 8 has nothing before it to be bridged from
    found = overlap(text(["net", "the", "group", "s", *again]), text(["net", "the", "group", "s", *form]))
    assert (found.aligned_numbers, found.changed_numbers) == (2, 1)


def test_a_bridge_over_a_number_that_does_not_stand_in_the_other_gap_is_changed() -> None:
    original = [*some(10), "said", "7", *some(10, 10), "about", "9", *some(10, 20), "end"]
    edited = [*some(10), "told", "7", *some(10, 10), "near", "9", *some(10, 20)]
    again = [*some(10), "told", "8", *some(10, 10), "near", "9", *some(10, 20)]
    # Both numbers stand elsewhere in the original: what counts is the gap.
    swapped = [*some(10), "told", "9", *some(10, 10), "near", "7", *some(10, 20)]
    found = [overlap(text(other), text(original)) for other in (edited, again, swapped)]
    assert [(each.bridges, each.changed_bridges) for each in found] == [(2, 0), (2, 1), (2, 2)]


def test_sentences_in_another_order_still_count() -> None:
    first, second = some(30), some(30, 30)
    assert overlap(text([*first, *second]), text([*second, *first])).aligned_words == 60


def test_texts_without_words_have_nothing_in_common() -> None:
    assert overlap(text([]), text(some(9))).shared_shingles == 0
    assert overlap(text([]), text([])).shared_shingles == 0


words = st.lists(st.sampled_from([*some(5), "7", "8"]), max_size=60)


@given(words, words)
def test_counts_are_within_the_shorter_text_and_do_not_depend_on_its_place(one: list[str], other: list[str]) -> None:
    found = overlap(text(one), text(other))
    shorter = min(text(one), text(other), key=lambda each: each.words)
    assert 0 <= found.shared_shingles <= min(len(text(one).distinct), len(text(other).distinct))
    assert 0 <= found.aligned_words <= shorter.words
    assert 0 <= found.aligned_lead <= 1
    assert found.changed_numbers <= found.aligned_numbers
    assert 0 <= found.changed_bridges <= found.bridges <= shorter.words
    if len(one) != len(other):
        assert overlap(text(other), text(one)) == found


def test_rows_are_read_as_the_texts_they_hold_and_pairs_that_share_a_phrase_are_left_out() -> None:
    lists = {"number_places": [[], [0], []], "numbers": [[], [5], []]}
    shingles = [list(range(1, 21)), list(range(5, 30)), [1, 2, 3, 40]]
    table = pyarrow.table(
        {
            "page_id": ["a", "b", "c"],
            "shingles": pyarrow.array(shingles, pyarrow.list_(pyarrow.uint64())),
            **{name: pyarrow.array(values, pyarrow.list_(pyarrow.int64())) for name, values in lists.items()},
        }
    )
    for rows in (table, pyarrow.concat_tables([table.slice(0, 1), table.slice(1)])):
        found = compared([("b", "a", NIGHT), ("c", "a", NIGHT)], texts_by_page(rows))
        assert [(row["page_id"], row["shared_shingles"], row["aligned_words"]) for row in found] == [("b", 16, 19)]
    with pytest.raises(KeyError):
        compared([("a", "gone", NIGHT)], texts_by_page(table))
