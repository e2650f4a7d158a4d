import pytest

from linkage.edits import edit_similarity


def test_case_and_punctuation_are_no_edits() -> None:
    assert edit_similarity("The boats, the nets.", "the BOATS the nets") == 1.0


def test_every_word_taken_out_or_put_in_counts() -> None:
    assert edit_similarity("the old boats and nets", "the boats and new nets") == pytest.approx(0.8)  # 8 of 10 stay


def test_order_counts() -> None:
    assert edit_similarity("nets boats", "boats nets") == 0.5


def test_texts_without_words_are_alike_and_unlike_all_others() -> None:
    assert (edit_similarity("", "—"), edit_similarity("", "boats")) == (1.0, 0.0)
