"""Ask the current release in SQL: `python -m serving.query "select ..." [--home warehouse]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from serving.errors import ServingError
from serving.reading import open_current

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS = 50
MOST_CHARACTERS = 300


def ask(home: Path, sql: str, most_rows: int = MOST_ROWS) -> Table:
    """Table with the answer to one query, cut after `most_rows` rows.

    Raises:
        NoRelease: Nothing was published yet.
        duckdb.Error: The query is wrong, or tries to write.
    """
    with open_current(home) as connection:
        answer = connection.execute(sql)
        names = [column[0] for column in answer.description or []]
        rows = answer.fetchmany(most_rows + 1)
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for position, name in enumerate(names):
        is_number = any(isinstance(row[position], int | float) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows[:most_rows]:
        table.add_row(*[_shown(value) for value in row])
    if len(rows) > most_rows:
        table.caption = f"first {most_rows} rows; add a limit of your own, or --rows"
    return table


def _shown(value: object) -> str:
    """Value as plain text: square brackets in a headline are no markup."""
    if value is None:
        return "[dim]null[/dim]"
    text = str(value)
    return escape(text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m serving.query", description=__doc__)
    parser.add_argument("sql", help="one query; schemas marts and reports hold the warehouse")
    parser.add_argument("--home", type=Path, default=Path("warehouse"), help="folder of the warehouse (warehouse)")
    parser.add_argument("--rows", type=int, default=MOST_ROWS, help=f"most rows to show ({MOST_ROWS})")
    chosen = parser.parse_args(arguments)
    try:
        Console().print(ask(chosen.home, chosen.sql, chosen.rows))
    except (ServingError, duckdb.Error) as error:
        Console(stderr=True).print(str(error), markup=False, style="red")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
