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
FOLDED_AT = 16  # a column narrower than this breaks most headlines after every word


def ask(home: Path, sql: str, most_rows: int = MOST_ROWS, width: int = 100) -> Table:
    """Table with the answer to one query, cut after `most_rows` rows.

    A row is a line where the columns fit into `width` characters, else a block of lines, one per column.

    Raises:
        NoRelease: Nothing was published yet.
        duckdb.Error: The query is wrong, or tries to write.
    """
    with open_current(home) as connection:
        answer = connection.execute(sql)
        names = [column[0] for column in answer.description or []]
        rows = answer.fetchmany(most_rows + 1)
    shown = rows[:most_rows]
    table = _lines(names, shown) if _needed_width(names, shown) <= width else _blocks(names, shown)
    if len(rows) > most_rows:
        table.caption = f"first {most_rows} rows; add a limit of your own, or --rows"
    return table


def _needed_width(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> int:
    """Characters that the columns need: whole names, and values folded at `FOLDED_AT`."""
    longest = [
        max([len(name), *(min(FOLDED_AT, len(str(row[position]))) for row in rows)])
        for position, name in enumerate(names)
    ]
    return sum(longest) + 3 * len(names)


def _lines(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for position, name in enumerate(names):
        is_number = any(isinstance(row[position], int | float) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*[_shown(value) for value in row])
    return table


def _blocks(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        for name, value in zip(names, row, strict=True):
            table.add_row(name, _shown(value))
        table.add_section()
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
        console = Console()
        console.print(ask(chosen.home, chosen.sql, chosen.rows, console.width))
    except (ServingError, duckdb.Error) as error:
        Console(stderr=True).print(str(error), markup=False, style="red")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
