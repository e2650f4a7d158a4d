from extract.words import (
    SHINGLE_WORDS,
    line_keys,
    line_shingles,
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
    assert line_keys(lines) == [" ".join(words(line)) for line in lines]
    alone = [sequence_hashes(words(line), SHINGLE_WORDS).tolist() for line in lines]
    assert [hashes.tolist() for hashes in line_shingles(lines)] == alone
    assert line_shingles([]) == []
