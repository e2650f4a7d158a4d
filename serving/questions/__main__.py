"""Asks the saved questions: `python -m serving.questions [--home warehouse] [--accept]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from serving.errors import ServingError
from serving.questions import answer, saved_questions
from serving.reading import open_current

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask every question; returns 1 when an answer is not the one that is kept."""
    parser = argparse.ArgumentParser(prog="python -m serving.questions", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("warehouse"), help="folder of the sample's warehouse")
    parser.add_argument("--accept", action="store_true", help="keep what it answers as what is expected")
    chosen = parser.parse_args(arguments)
    others = []
    try:
        with open_current(chosen.home) as connection:
            for question in saved_questions():
                given = answer(connection, question)
                if chosen.accept:
                    question.answer_file.write_text(given, "utf-8")
                elif not question.answer_file.is_file() or question.answer_file.read_text("utf-8") != given:
                    others.append(question.name)
    except ServingError as error:
        print(error, file=sys.stderr)
        return 1
    for name in others:
        print(f"{name}: another answer than the one beside it; --accept keeps the new one", file=sys.stderr)
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
