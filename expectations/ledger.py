"""Results of the gates over all nights: in the warehouse itself, and beside it for nights that were refused."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.catalogue import KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from expectations.report import GateReport

COLUMNS = ("night", "gate", "expectation", "severity", "is_met", "observed", "expected", "why", "next_step")
_INSERT = f"insert into raw.quality_results ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"  # noqa: S608


def recall(build_file: Path, history: Path, night: date) -> None:
    """Put into a build what gates said of other nights it knows nothing of: those were refused, and never released.

    Args:
        build_file: DuckDB file that nothing else has open.
        history: Folder that `remember` writes to; it need not be there.
        night: Night at hand, which is about to be checked anew.
    """
    with duckdb.connect(str(build_file)) as connection:
        known = set(connection.execute("select distinct night, gate from raw.quality_results").fetchall())
        for file in sorted(history.glob("*.*.json")):
            day, gate, _ = file.name.split(".")
            if date.fromisoformat(day) == night or (date.fromisoformat(day), gate) in known:
                continue
            rows = json.loads(file.read_text(encoding="utf-8"))
            connection.executemany(_INSERT, [[row[column] for column in COLUMNS] for row in rows])


def unmet_since(build_file: Path, gate: str, night: date) -> Mapping[str, date]:
    """First night of the unbroken row of nights before this one that did not meet an expectation, by its name."""
    with duckdb.connect(str(build_file), read_only=True) as connection:
        rows = connection.execute(
            """
            with
                before as (select * from raw.quality_results where gate = $gate and night < $night),
                met as (select expectation, max(night) as night from before where is_met group by expectation)
            select before.expectation, min(before.night)
            from before
            left join met on before.expectation = met.expectation
            where not before.is_met and (met.night is null or before.night > met.night)
            group by before.expectation
            """,
            {"gate": gate, "night": night},
        ).fetchall()
    return dict(rows)


def remember(history: Path, report: GateReport) -> None:
    """Write the report's results beside the warehouse, where they outlive a build that is not released."""
    history.mkdir(parents=True, exist_ok=True)
    file = history / f"{report.night}.{report.gate}.json"
    draft = file.with_suffix(".draft")
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(report)]
    draft.write_text(json.dumps(rows, default=str, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)


def keep_results(build_file: Path, report: GateReport, kept: tuple[tuple[Any, ...], ...]) -> None:
    """Replace the rows of the report's night and gate in raw.quality_results, and what the gate keeps beside them.

    One transaction. The file is opened for writing, so every connection of the check has to be closed before.
    """
    table, _ = KEPT[report.gate]
    with duckdb.connect(str(build_file)) as connection:
        connection.begin()
        connection.execute("delete from raw.quality_results where night = ? and gate = ?", [report.night, report.gate])
        connection.executemany(_INSERT, _rows(report))
        connection.execute(f"delete from raw.{table} where night = ?", [report.night])  # noqa: S608 a name of ours
        if kept:
            places = ", ".join("?" * len(kept[0]))
            connection.executemany(f"insert into raw.{table} values ({places})", kept)  # noqa: S608
        connection.commit()


def _rows(report: GateReport) -> list[tuple[Any, ...]]:
    return [
        (
            report.night,
            report.gate,
            outcome.expectation.name,
            outcome.expectation.severity,
            outcome.is_met,
            outcome.observed,
            outcome.expectation.expected,
            outcome.expectation.why,
            outcome.expectation.next_step,
        )
        for outcome in report.outcomes
    ]
