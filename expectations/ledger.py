"""Results of the gates over all nights and runs: in the warehouse itself, and beside it for runs that were refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.catalogue import KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from expectations.report import GateReport

COLUMNS = ("night", "gate", "run_no", "expectation", "severity", "is_met", "observed", "expected", "why", "next_step")
_INSERT = f"insert into raw.quality_results ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
# Of a file that an earlier version wrote: it knew one run of a night, and perhaps fewer words about it.
_FORMERLY = dict.fromkeys(COLUMNS, "") | {"run_no": 1}


def recall(build_file: Path, history: Path) -> None:
    """Put into a build what gates said in runs it knows nothing of: those were refused, and never released.

    Args:
        build_file: DuckDB file that nothing else has open.
        history: Folder that `remember` writes to; it need not be there.
    """
    with duckdb.connect(str(build_file)) as connection:
        known = {
            (str(night), gate, run_no)
            for night, gate, run_no in connection.execute(
                "select distinct night, gate, run_no from raw.quality_results"
            ).fetchall()
        }
        for file in sorted(history.glob("*.*.json")):
            rows = [_FORMERLY | row for row in json.loads(file.read_text(encoding="utf-8"))]
            unknown = [row for row in rows if (row["night"], row["gate"], row["run_no"]) not in known]
            if unknown:
                connection.executemany(_INSERT, [[row[column] for column in COLUMNS] for row in unknown])


def unmet_since(build_file: Path, gate: str, night: date) -> Mapping[str, date]:
    """First night of the unbroken row of nights before this one that did not meet an expectation, by its name.

    Of several runs of a night the latest decides.
    """
    with duckdb.connect(str(build_file), read_only=True) as connection:
        rows = connection.execute(
            """
            with
                before as (
                    select * from raw.quality_results where gate = $gate and night < $night
                    qualify run_no = max(run_no) over (partition by night)
                ),
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


def remember(history: Path, build_file: Path, gate: str, night: date) -> None:
    """Write what a gate said in all runs of a night beside the warehouse, where it outlives a build that is refused."""
    with duckdb.connect(str(build_file), read_only=True) as connection:
        kept = connection.execute(
            f"select {', '.join(COLUMNS)} from raw.quality_results where night = ? and gate = ? order by run_no, rowid",  # noqa: S608
            [night, gate],
        ).fetchall()
    history.mkdir(parents=True, exist_ok=True)
    file = history / f"{night}.{gate}.json"
    draft = file.with_suffix(".draft")
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in kept]
    draft.write_text(json.dumps(rows, default=str, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)


def keep_results(build_file: Path, report: GateReport, kept: tuple[tuple[Any, ...], ...]) -> None:
    """Add the report to raw.quality_results as a run of its night and gate, and replace what the gate keeps beside it.

    A run that finds what the latest one found takes its place: a night that is run again without a change leaves the
    same rows. One transaction. The file is opened for writing, so every connection of the check has to be closed.
    """
    table, _ = KEPT[report.gate]
    with duckdb.connect(str(build_file)) as connection:
        connection.begin()
        run_no = _run_no(connection, report)
        connection.execute(
            "delete from raw.quality_results where night = ? and gate = ? and run_no = ?",
            [report.night, report.gate, run_no],
        )
        connection.executemany(_INSERT, _rows(report, run_no))
        connection.execute(f"delete from raw.{table} where night = ?", [report.night])  # noqa: S608 a name of ours
        if kept:
            places = ", ".join("?" * len(kept[0]))
            connection.executemany(f"insert into raw.{table} values ({places})", kept)  # noqa: S608
        connection.commit()


def _run_no(connection: duckdb.DuckDBPyConnection, report: GateReport) -> int:
    """Number of the latest run where it found what this one did, otherwise the next one."""
    latest = connection.execute(
        "select run_no, expectation, severity, is_met, observed from raw.quality_results where night = ? and gate = ? "
        "qualify run_no = max(run_no) over ()",
        [report.night, report.gate],
    ).fetchall()
    if not latest:
        return 1
    found = {
        (outcome.expectation.name, outcome.expectation.severity, outcome.is_met, outcome.observed)
        for outcome in report.outcomes
    }
    run_no: int = latest[0][0]
    return run_no if {row[1:] for row in latest} == found else run_no + 1


def _rows(report: GateReport, run_no: int) -> list[tuple[Any, ...]]:
    return [
        (
            report.night,
            report.gate,
            run_no,
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
