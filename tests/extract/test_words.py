import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.words import (
    SHINGLE_WORDS,
    distinct,
    hashed_texts,
    line_shingles,
    line_words,
    sequence_hashes,
    text_hash,
    words,
    words_and_line_ends,
)


def test_words_fold_case_and_drop_punctuation() -> None:
    assert words("The “Béarn” café, Nº 7 — don't!") == ["the", "béarn", "café", "no", "7", "don", "t"]


def test_scripts_without_spaces_count_a_character_as_a_word() -> None:
    assert words("東京 AP") == ["東", "京", "ap"]
    assert words("한국어 신문 2부") == ["한국어", "신문", "2부"]


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


def shingles(text: str) -> list[int]:
    return hashed_texts([text])[0].shingles.tolist()


def test_an_equal_run_hashes_alike_wherever_it_stands() -> None:
    shared = "closed the outer quay on thursday"
    assert set(shingles(shared)) <= set(shingles(f"She said she had “{shared.title()}” after noon"))


def test_shingles_stand_in_the_order_of_the_text() -> None:
    found = shingles("a b c d a b c d")
    assert len(found) == 5
    assert found[0] == found[4] == shingles("a b c d")[0]


def test_a_text_shorter_than_a_shingle_has_one_and_an_empty_one_none() -> None:
    assert [len(shingles(text)) for text in ("a b c", "a", "", " — ")] == [1, 1, 0, 0]
    assert shingles("a b c") != shingles("a b d")


def test_numbers_are_the_words_that_hold_a_digit() -> None:
    (found,) = hashed_texts(["On 5 May the B52s sold 1,200 tickets"])
    assert found.number_places.tolist() == [1, 4, 6, 7]
    assert found.numbers[0] == hashed_texts(["5"])[0].numbers[0]


@given(st.lists(st.text(alphabet="ab Cß1é½東ｱ_-\n\u0301\U0001d7d8'", max_size=30), max_size=5))
def test_hashed_words_are_those_of_words_and_alike_when_the_words_are(texts: list[str]) -> None:
    found = hashed_texts(texts)
    of_hash: dict[int, str] = {}
    for text, hashes in zip(texts, found, strict=True):
        expected = words(text)
        assert len(hashes.shingles) == max(len(expected) - SHINGLE_WORDS + 1, min(len(expected), 1))
        assert hashes.number_places.tolist() == [n for n, word in enumerate(expected) if not word.isalpha()]
        assert [list(map(list, one)) for one in hashed_texts([text])] == [
            list(map(list, hashes))
        ]  # alone as among others
        for hashed, place in zip(hashes.numbers.tolist(), hashes.number_places.tolist(), strict=True):
            assert of_hash.setdefault(hashed, expected[place]) == expected[place]
        for hashed, start in zip(hashes.shingles.tolist(), range(len(expected)), strict=False):
            run = " ".join(expected[start : start + SHINGLE_WORDS])
            assert of_hash.setdefault(hashed, run) == run


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
