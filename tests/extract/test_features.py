"""What the line model sees of a page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.blocks import line_blocks
from extract.features import NO_WEIGHTS, columns, facts, feature_names, heaviest_run, scores
from extract.words import words

TEXT = "\n".join([
    "Home | News | Sport",
    "",
    "  Ferry runs aground off Port Esker, 253 people safe",
    "",
    "  The ferry struck a rock on Friday evening, said Sigrun Aldane, who leads the coast guard.",
    "  All 253 people were brought to Port Esker by trawlers within three hours of the accident.",
    "",
    "Sign up for our newsletter",
])  # fmt: skip


def named(text: str) -> dict[str, list[float]]:
    page = facts(text, line_blocks(text))
    table = columns(page, scores(page, NO_WEIGHTS))
    return {name: table[:, index].tolist() for index, name in enumerate(feature_names(page))}


def test_counts_are_those_of_each_line() -> None:
    found = named(TEXT)
    lines = [line for line in TEXT.splitlines() if line]
    assert np.expm1(found["words"]) == pytest.approx([len(words(line)) for line in lines], rel=1e-5)
    assert found["ends_sentence"] == [0, 0, 1, 1, 0]
    assert np.expm1(found["indent"]) == pytest.approx([0, 2, 2, 2, 0])
    assert found["gap_after"] == [1, 1, 0, 1, 0]
    assert found["starts_upper"] == [1, 1, 1, 1, 1]
    assert found["digits"][1] == pytest.approx(3 / 50)


def test_prose_is_found_and_its_words_are_shared_with_the_headline() -> None:
    found = named(TEXT)
    assert found["rule_run_inside"] == [0, 0, 1, 1, 0]
    assert np.expm1(found["to_prose_below"]) == pytest.approx([2, 1, 1, 50, 50])
    assert found["shared"][1] > 0.5
    assert found["shared"][4] == 0.0


def test_a_line_said_twice_counts_twice_whatever_its_case() -> None:
    found = named("Sign up now\nSomething else\nSIGN UP, NOW!\n")
    assert np.expm1(found["repeats"]) == pytest.approx([2, 1, 2])


def test_buckets_are_those_of_words_pairs_ends_and_the_whole_line() -> None:
    page = facts("one two three\n", line_blocks("one two three\n"))
    assert len(page.words.buckets) == 3 + 2 + 3
    again = facts("ONE two\nthree\n", line_blocks("ONE two\nthree\n"))
    assert set(page.words.buckets[:3]) == set(again.words.buckets[:3])
    assert len(set(page.words.buckets)) == 8


@given(st.text(max_size=300))
def test_any_text_gives_finite_numbers(text: str) -> None:
    blocks = line_blocks(text)
    if blocks:
        page = facts(text, blocks)
        table = columns(page, scores(page, NO_WEIGHTS))
        assert table.shape == (len(blocks), len(feature_names(page)))
        assert np.isfinite(table).all()


@given(st.lists(st.integers(min_value=-9, max_value=9), max_size=30))
def test_the_heaviest_run_is_the_heaviest_of_all_runs(weights: list[int]) -> None:
    start, end = heaviest_run(np.array(weights, dtype=np.float64))
    runs = [sum(weights[left:right]) for left in range(len(weights)) for right in range(left + 1, len(weights) + 1)]
    best = max(runs, default=0)
    assert sum(weights[start:end]) == max(0, best)
