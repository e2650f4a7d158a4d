"""How far words stay, and that a word is the same wherever texts are compared."""

import duckdb
import jinja2
import pyarrow
import pytest

from expectations.catalogue import WORD
from extract.words import words
from linkage import edits
from linkage.edits import changed_words, compared_pages, edit_similarity, shared_shares
from nightly.settings import DBT_PROJECT


def test_case_and_punctuation_are_no_edits() -> None:
    assert edit_similarity("The boats, the nets.", "the BOATS the nets") == 1.0


def test_every_word_taken_out_or_put_in_counts() -> None:
    assert edit_similarity("the old boats and nets", "the boats and new nets") == pytest.approx(0.8)  # 8 of 10 stay


def test_order_counts() -> None:
    assert edit_similarity("nets boats", "boats nets") == 0.5


def test_texts_without_words_are_alike_and_unlike_all_others() -> None:
    assert (edit_similarity("", "—"), edit_similarity("", "boats")) == (1.0, 0.0)


def test_a_changed_character_of_a_script_without_spaces_is_one_word_of_many() -> None:
    assert edit_similarity("夜间渡轮将于周一恢复航行", "夜间渡轮将于周二恢复航行") == pytest.approx(11 / 12, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "Don’t ask: the 2nd ferry (12km) isn't O'Brien's, naïve or not.",
        "AI技术はLLM2のモデル、中国3月。",
        "Паром на 12км, «Ялта»",
        "한국어 신문 2부",
        "العبّارة الليلية",
    ],
)
def test_a_word_is_the_same_to_the_readers_the_models_and_the_gates(text: str) -> None:
    macros = jinja2.Environment().from_string((DBT_PROJECT / "macros" / "words.sql").read_text())
    with duckdb.connect() as connection:
        ((of_models, of_gates),) = connection.execute(
            f"select {macros.module.words_of('$text')}, regexp_extract_all(lower($text), $word)",
            {"text": text, "word": WORD},
        ).fetchall()
    assert edits.words(text) == words(text)
    assert of_models == of_gates == words(text)


def test_words_that_changed_are_counted_with_repetition_and_without_case() -> None:
    wire = "The boats, the nets and the boats."
    assert changed_words("The boats and new nets!", wire) == (1, 3)
    assert changed_words("the NETS and the boats the boats", wire) == (0, 0)
    assert changed_words("it's", "it s") == (0, 0)


def test_shares_are_of_distinct_shingles_and_nothing_shares_nothing() -> None:
    assert shared_shares([1, 9], [1, 2, 3, 4, 4]) == (0.5, 0.25)
    assert shared_shares([], [1]) == (0.0, 0.0)


def test_pages_are_compared_by_their_bodies_and_by_their_shingles() -> None:
    pair = {"page_id": "copy", "other_page_id": "wire", "body": "New nets", "other_body": "old NETS"}
    rows = [
        pair | {"shingles": [1, 9], "other_shingles": [1, 2, 3, 4]},
        pair | {"page_id": "again", "shingles": None, "other_shingles": None},
    ]
    words = {"other_page_id": "wire", "words_added": 1, "words_removed": 1, "edit_similarity": 0.5}
    assert compared_pages(pyarrow.RecordBatch.from_pylist(rows)).to_pylist() == [
        {"page_id": "copy", **words, "overlap_of_page": 0.5, "overlap_of_other_page": 0.25},
        {"page_id": "again", **words, "overlap_of_page": 0.0, "overlap_of_other_page": 0.0},
    ]
