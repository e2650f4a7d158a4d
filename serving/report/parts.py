"""What a report is made of: sections, figures, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

Value = str | int | float | bool | None
Row = dict[str, Value]


@dataclass(frozen=True)
class Figure:
    """Rows, shown as a chart where there is one, and always as a table that can be unfolded.

    Attributes:
        name: identifier of the figure in its page.
        title: what it shows, as a reader would ask for it.
        note: how to read it.
        columns: key of a row and the heading of its column, in the order of the table.
        rows: what is shown, in order.
        chart: Vega-Lite specification; none where there is nothing to draw.
        legend: what each colour of the chart stands for.
        is_wide: takes the whole width of the page.
        is_open: the table is the figure, so it is shown unfolded.
    """

    name: str
    title: str
    note: str
    columns: dict[str, str]
    rows: list[Row]
    chart: dict[str, Any] | None = None
    legend: dict[str, str] = field(default_factory=dict)
    is_wide: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Tile:
    """One headline number, and what stands under it."""

    label: str
    value: int
    note: str


@dataclass(frozen=True)
class Section:
    """A heading with its figures; `empty` is said where there are none."""

    name: str
    title: str
    intro: str
    figures: list[Figure]
    empty: str = ""


@dataclass(frozen=True)
class Report:
    """All that the page says."""

    night: str
    range: str
    version: str
    tiles: list[Tile]
    sections: list[Section]


def ask(connection: duckdb.DuckDBPyConnection, sql: str, **values: object) -> list[Row]:
    """Rows of a query, with dates and times as text that says they are UTC."""
    answer = connection.execute(sql, values or None)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in answer.fetchall()]


def many(count: int, noun: str) -> str:
    """`1 outlet`, `2 outlets`, `2 stories`."""
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun.removesuffix('y') + 'ies' if noun.endswith('ry') else noun + 's'}"


def delay(minutes: int | None) -> str:
    """How long after the first: `first`, `35 min later`, `3 h 20 min later`, `2 days later`; `time unknown`."""
    if minutes is None:
        return "time unknown"
    if minutes == 0:
        return "first"
    after = timedelta(minutes=minutes)
    hours, rest = divmod(after.seconds // 60, 60)
    parts = [(after.days, "d"), (hours, "h"), (rest, "min")]
    told = [f"{number} {unit}" for number, unit in parts if number][:2]
    return f"{' '.join(told)} later"


def _plain(value: Any) -> Value:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return value  # type: ignore[no-any-return]


def texts(rows: Sequence[Row], key: str) -> list[str]:
    """The distinct values of a column as text, in the order they come."""
    return list(dict.fromkeys(str(row[key]) for row in rows))
