import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.names.words import (
    CAPITALS,
    DIGITS,
    INITIAL,
    LOWER,
    MARK,
    MIXED,
    TITLE,
    WINDOW_PIECES,
    Vocabulary,
    sentence_starts,
    setting,
    shape,
    windows,
    words_of,
)

VOCABULARY = Vocabulary(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "harbour", "har", "##bour", "##s", "cafe", "board", ".", "the", "met", "a"]
)


def pieces_of(word: str) -> list[int]:
    return list(VOCABULARY.split(word))


def test_words_are_split_into_the_longest_pieces_without_case_and_accents() -> None:
    assert pieces_of("Harbours") == [4, 7]
    assert pieces_of("CAFÉ") == [8]
    assert pieces_of("harsh") == [1]
    assert pieces_of("\u0301") == [1]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("board", LOWER),
        ("Board", TITLE),
        ("A", INITIAL),
        ("EU", CAPITALS),
        ("McRae", MIXED),
        ("G20", DIGITS),
        ("1998", DIGITS),
        ("8th", LOWER),
        ("&", MARK),
    ],
)
def test_the_shape_of_a_word_says_how_it_is_written(word: str, wanted: int) -> None:
    assert shape(word) == wanted


def starts_of(text: str) -> list[str]:
    words = [word.text for word in words_of(text)]
    return [words[start] for start in sentence_starts(words, [shape(word) for word in words])]


def test_sentences_begin_after_full_stops_but_not_after_abbreviations() -> None:
    assert starts_of("“Never,” said Mr. Berg. He left. J. Sol stayed at 5 p.m. today.") == ["Never", "He", "J"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Harbour Board Picks Anna Berg as Head", 1),
        ("HARBOUR BOARD PICKS ANNA BERG AS HEAD", 2),
        ("The harbour board picked Anna Berg as its head.", 0),
        ("Anna Berg", 0),
    ],
)
def test_headlines_and_capitals_are_known_by_most_of_their_words(text: str, wanted: int) -> None:
    words = [word.text for word in words_of(text)]
    assert setting(words, [shape(word) for word in words]) == wanted


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    words = words_of(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert "".join(word.text for word in words) == "".join(text.split())


@given(st.lists(st.lists(st.sampled_from(["harbours", "Board", ".", "A", "met", "the"]), max_size=200), max_size=4))
def test_every_word_is_in_one_window_and_no_window_is_too_long(paragraphs: list[list[str]]) -> None:
    found = list(windows(paragraphs, VOCABULARY))
    total = sum(map(len, paragraphs))
    numbers = [first + number for first, window in found for number in range(len(window.heads))]
    assert numbers == list(range(total))
    for first, window in found:
        assert len(window.pieces) == len(window.shapes) == len(window.places) <= WINDOW_PIECES
        assert {first + start for start in window.breaks} <= {sum(map(len, paragraphs[:n])) for n in range(4)}


def test_a_window_ends_with_a_sentence_where_it_can() -> None:
    paragraph = [*["The", "board", "met", "."] * 40]
    ends = [first for first, _ in windows([paragraph], VOCABULARY)]
    assert len(ends) > 1
    assert all(paragraph[first] == "The" for first in ends)
