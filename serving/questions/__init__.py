"""The saved questions: one SQL file each, and beside it the answer that the sample's warehouse gives.

A file opens with its question as a comment; further comment lines say how to read the answer. The queries keep to what
DuckDB and PostgreSQL both understand, so that the copy in PostgreSQL answers them, too.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = Path(__file__).parent


class Cursor(Protocol):
    """What connections of DuckDB and cursors of PostgreSQL have in common."""

    @property
    def description(self) -> Any:
        """Names of the answer's columns, first of each tuple."""

    def execute(self, query: str, /) -> Any:
        """Run a query."""

    def fetchall(self) -> list[Any]:
        """All rows of its answer."""


@dataclass(frozen=True)
class Question:
    """A saved question.

    Attributes:
        name: file name without its ending, such as `03_stories_of_the_week`.
        question: what it asks, a sentence.
        notes: how to read the answer; may be empty.
        sql: the query, without comments.
    """

    name: str
    question: str
    notes: str
    sql: str

    @property
    def number(self) -> int:
        """Place among the questions, from 1."""
        return int(self.name[:2])

    @property
    def answer_file(self) -> Path:
        """Where the answer on the sample's warehouse is kept."""
        return FOLDER / f"{self.name}.csv"


def saved_questions() -> list[Question]:
    """Every saved question, by number."""
    return [read(path) for path in sorted(FOLDER.glob("*.sql"))]


def read(path: Path) -> Question:
    """Read a question from its file."""
    lines = path.read_text("utf-8").splitlines()
    comments = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip()
    return Question(path.stem, comments[0], " ".join(comments[1:]), sql)


def answer(cursor: Cursor, question: Question) -> str:
    """Ask a question and write the answer down as CSV, alike whichever database gives it."""
    cursor.execute(question.sql)
    return _as_csv([column[0] for column in cursor.description or []], cursor.fetchall())


def _as_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return page.getvalue()


def _plain(value: object) -> str:
    """Value as text: 5 stays 5 whether it came as an integer, a decimal or a float."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)
