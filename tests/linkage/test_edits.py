"""How far words stay, and that a word is the same wherever texts are compared."""

import duckdb
import jinja2
import pytest

from expectations.catalogue import WORD
from extract.words import words
from linkage import edits
from linkage.edits import edit_similarity
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
