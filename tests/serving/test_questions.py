"""The saved questions keep to what they promise: few joins, few characters, a question, an answer beside."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from serving.questions import FOLDER, Question, answer, read, saved_questions

MOST_JOINS = 2
MOST_CHARACTERS = 400
QUESTIONS = saved_questions()


def test_there_are_twenty_numbered_without_a_gap() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, 21))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_one_short_query_with_a_question_above_it(question: Question) -> None:
    assert question.question.endswith("?")
    assert len(question.sql) <= MOST_CHARACTERS
    assert len(re.findall(r"\bjoin\b", question.sql)) <= MOST_JOINS
    assert ";" not in question.sql
    assert "select *" not in question.sql


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_rows_of_an_answer_have_an_order(question: Question) -> None:
    assert "order by" in question.sql or len(question.answer_file.read_text("utf-8").splitlines()) == 2


def test_every_question_has_an_answer_and_every_answer_a_question() -> None:
    answers = {path.stem for path in FOLDER.glob("*.csv")}
    assert answers == {question.name for question in QUESTIONS}


class Answered:
    """A cursor whose answer is known."""

    description = (("a",), ("b",))

    def __init__(self, *rows: tuple[object, ...]) -> None:
        self.rows = list(rows)

    def execute(self, query: str) -> None:
        assert query == "select a, b"

    def fetchall(self) -> list[tuple[object, ...]]:
        return self.rows


def test_an_answer_reads_alike_whichever_types_its_numbers_came_in(tmp_path: Path) -> None:
    file = tmp_path / "01_a.sql"
    file.write_text("-- What is it?\n-- Read it so.\n-- And so.\nselect a, b\n", "utf-8")
    question = read(file)
    assert (question.question, question.notes, question.number) == ("What is it?", "Read it so. And so.", 1)
    assert answer(Answered((5, 0.5)), question) == answer(Answered((Decimal("5"), Decimal("0.50"))), question)
    assert answer(Answered((None, True)), question) == "a,b\nnull,true\n"
