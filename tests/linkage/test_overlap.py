from __future__ import annotations

import datetime as dt
from dataclasses import fields
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow
from hypothesis import given
from hypothesis import strategies as st

from linkage.overlap import (
    ALIGNED_FROM,
    BRIDGED_WORDS,
    LEAD_WORDS,
    LEAST_SHARED,
    SHINGLE_WORDS,
    Overlaps,
    Texts,
    compared,
    overlaps,
)

NIGHT = dt.date(2026, 1, 5)


class Hashed(NamedTuple):
    """A text as the raw tables hold it."""

    shingles: list[int]
    number_places: list[int]
    numbers: list[int]


def text(words: list[str]) -> Hashed:
    """A text of words; the hash of a number is the number read in base 36."""
    # Upper bits alone, as far as they are compared.
    shingles = [
        hash(tuple(words[start : start + 4])) % 2**56 << 8 for start in range(max(len(words) - 3, min(len(words), 1)))
    ]
    places = [place for place, word in enumerate(words) if word[0].isdigit()]
    return Hashed(shingles, places, [int(words[place], 36) << 8 for place in places])


def texts(several: list[Hashed]) -> Texts:
    """Texts in a row."""
    bounds, number_bounds = ([0, *np.cumsum([len(one[column]) for one in several])] for column in (0, 1))
    shingles, places, numbers = ([value for one in several for value in one[column]] for column in range(3))
    return Texts(
        np.array(shingles, np.uint64),
        np.array(bounds, np.int64),
        np.array(places, np.int64),
        np.array(numbers, np.uint64),
        np.array(number_bounds, np.int64),
    )


class Overlap(NamedTuple):
    """What is found of one pair."""

    text_shingles: int
    other_text_shingles: int
    text_words: int
    other_text_words: int
    shared_shingles: int
    aligned_words: int
    aligned_lead: float
    aligned_numbers: int
    changed_numbers: int
    bridges: int
    changed_bridges: int


def rows(found: Overlaps) -> list[Overlap]:
    columns = {column.name: getattr(found, column.name).tolist() for column in fields(found)}
    return [Overlap(**dict(zip(columns, values, strict=True))) for values in zip(*columns.values(), strict=True)]


def overlap(one: Hashed, other: Hashed) -> Overlap:
    (found,) = rows(overlaps(texts([one]), texts([other])))
    return found


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
pairs = st.lists(st.tuples(words, words), max_size=8)


def word_count(one: Hashed) -> int:
    return len(one.shingles) + SHINGLE_WORDS - 1 if one.shingles else 0


def plainly(one: Hashed, other: Hashed) -> Overlap:
    """The same pair after pair and shingle after shingle, as one would tell it."""
    shorter, longer = (one, other) if word_count(one) <= word_count(other) else (other, one)
    shared = len(set(one.shingles) & set(other.shingles))
    sizes = (len(set(one.shingles)), len(set(other.shingles)), word_count(one), word_count(other), shared)
    if not shared or shared < ALIGNED_FROM * min(sizes[:2]):
        return Overlap(*sizes, 0, 0.0, 0, 0, 0, 0)
    aligned, bridges = aligned_plainly(shorter, longer)
    leads = [flags[:LEAD_WORDS] for flags in (aligned, aligned_plainly(longer, shorter)[0])]
    standing = [number for place, number in zip(shorter.number_places, shorter.numbers, strict=True) if aligned[place]]
    return Overlap(
        *sizes,
        sum(aligned),
        max(sum(lead) / len(lead) for lead in leads),
        len(standing),
        sum(number not in longer.numbers for number in standing),
        len(bridges),
        sum(
            not set(numbers_between(shorter, *here)) <= set(numbers_between(longer, *there)) for here, there in bridges
        ),
    )


def numbers_between(one: Hashed, start: int, end: int) -> list[int]:
    return [number for place, number in zip(one.number_places, one.numbers, strict=True) if start <= place < end]


def aligned_plainly(one: Hashed, other: Hashed) -> tuple[list[bool], list[tuple[tuple[int, int], tuple[int, int]]]]:
    runs: list[list[int]] = []  # first and last word, here and there, ends excluded
    for place, shingle in enumerate(one.shingles):
        if shingle not in other.shingles:
            continue
        there = other.shingles.index(shingle)
        if runs and (place, there) == (runs[-1][1] - SHINGLE_WORDS + 1, runs[-1][3] - SHINGLE_WORDS + 1):
            runs[-1][1], runs[-1][3] = place + SHINGLE_WORDS, there + SHINGLE_WORDS
        else:
            runs.append([place, place + SHINGLE_WORDS, there, there + SHINGLE_WORDS])
    bridges = []
    for (_, end, _, end_there), (start, _, start_there, _) in pairwise(runs):
        gap_there = start_there - end_there
        if 0 < start - end <= BRIDGED_WORDS and -SHINGLE_WORDS <= gap_there <= 2 * BRIDGED_WORDS:
            bridges.append(((end, start), (min(end_there, start_there), max(end_there, start_there))))
    covered = [(start, end) for start, end, _, _ in runs] + [here for here, _ in bridges]
    return [any(start <= word < end for start, end in covered) for word in range(word_count(one))], bridges


@given(pairs)
def test_many_pairs_at_once_are_what_each_is_plainly(several: list[tuple[list[str], list[str]]]) -> None:
    ones, others = ([text(pair[side]) for pair in several] for side in (0, 1))
    assert rows(overlaps(texts(ones), texts(others))) == [plainly(*pair) for pair in zip(ones, others, strict=True)]


def test_more_pairs_than_are_sorted_at_once_are_what_each_is_plainly() -> None:
    ones = [text([*some(5 + number % 50), "7", *some(9, 60)]) for number in range(300)]
    others = [text([*some(3 + number % 70), "8", *some(9, 60)]) for number in range(300)]
    expected = [plainly(*pair) for pair in zip(ones, others, strict=True)]
    assert rows(overlaps(texts(ones), texts(others))) == expected


def test_lists_are_read_as_the_texts_they_hold_and_pairs_that_share_a_phrase_are_left_out() -> None:
    numbered = [text(some(23, 1)), text([*some(19, 5), "7"]), text([*some(6, 1), "x"])]
    names = ["b", "c"]
    columns: dict[str, object] = {"page_id": names, "other_page_id": ["a", "a"], "night": [NIGHT, NIGHT]}
    for prefix, several in (("", numbered[1:]), ("other_", numbered[:1] * 2)):
        for name, kind in zip(Hashed._fields, (pyarrow.uint64(), pyarrow.int64(), pyarrow.uint64()), strict=True):
            columns[prefix + name] = pyarrow.array([getattr(one, name) for one in several], pyarrow.list_(kind))
    batch = pyarrow.RecordBatch.from_pydict(columns)
    for some_pairs in (batch, batch.slice(0, 1)):
        found = compared(some_pairs).to_pylist()
        assert [(row["page_id"], row["night"], row["shared_shingles"], row["aligned_words"]) for row in found] == [
            ("b", NIGHT, 16, 19)
        ]
    assert compared(batch.slice(1)).num_rows == 0
    assert plainly(numbered[2], numbered[0]).shared_shingles < LEAST_SHARED
