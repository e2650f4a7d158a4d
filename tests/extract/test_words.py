import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.words import (
    SHINGLE_WORDS,
    distinct,
    line_shingles,
    line_words,
    sequence_hashes,
    shingles,
    text_hash,
    words,
    words_and_line_ends,
)


def test_words_fold_case_and_drop_punctuation() -> None:
    assert words("The “Béarn” café, Nº 7 — don't!") == ["the", "béarn", "café", "no", "7", "don", "t"]


def test_scripts_without_spaces_count_a_character_as_a_word() -> None:
    assert words("東京 AP") == ["東", "京", "ap"]


def test_hashes_are_the_same_on_every_machine_and_in_every_version() -> None:
    # Stored hashes are compared with those of later years: this value may never change.
    assert text_hash("The outer quay was closed.") == 5652476951646061918


def test_texts_that_differ_in_case_and_spacing_hash_alike() -> None:
    assert text_hash("The  quay\nwas CLOSED") == text_hash("the quay was closed.")
    assert text_hash("the quay was closed") != text_hash("was the quay closed")


def test_there_is_a_hash_per_run_of_words_and_one_for_a_short_text() -> None:
    assert len(sequence_hashes(["a", "b", "c", "d", "e"], SHINGLE_WORDS)) == 2
    assert len(sequence_hashes(["a", "b"], SHINGLE_WORDS)) == 1
    assert len(sequence_hashes([], SHINGLE_WORDS)) == 0


def test_an_equal_run_hashes_alike_wherever_it_stands() -> None:
    shared = "closed the outer quay on thursday"
    assert set(shingles(words(shared))) <= set(shingles(words(f"she said she had {shared} after noon")))


def test_shingles_are_distinct_and_sorted() -> None:
    found = shingles(["a", "b", "c", "d", "a", "b", "c", "d"])
    assert found == sorted(set(found))


def test_line_ends_are_told_apart_from_words() -> None:
    text = "The “Béarn”\n\ncafé 東京"
    assert words_and_line_ends(text) == ["the", "béarn", "\n", "\n", "café", "東", "京"]
    assert [word for word in words_and_line_ends(text) if word != "\n"] == words(text)


def test_many_lines_read_at_once_give_what_each_gives_alone() -> None:
    lines = ["The outer quay was closed at noon.", "", "— * —", "東京, AP", "Closed: the quay", "a b c d"]
    assert line_words(lines) == [words(line) for line in lines]
    assert line_words([]) == []


def test_lines_share_the_shingles_that_they_have_in_common() -> None:
    lines = ["a b c d e f", "x b c d e", "b c d", "", "b c d", "d c b"]
    first, second, *short = line_shingles([words(line) for line in lines])
    assert (len(first), len(second), [len(hashes) for hashes in short]) == (3, 2, [1, 0, 1, 1])
    assert set(first.tolist()) & set(second.tolist()) == {first[1]}
    assert short[0] == short[2] != short[3]
    assert line_shingles([]) == []


@given(st.lists(st.integers(0, 9)))
def test_distinct_values_are_sorted_and_all_there(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))
