"""Results of the gates, kept in the warehouse itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

    from expectations.report import GateReport


def keep_results(build_file: Path, report: GateReport) -> None:
    """Replace the rows of the report's night and gate in raw.quality_results, in one transaction.

    The file is opened for writing, so every connection of the check has to be closed before.
    """
    rows = [
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
    with duckdb.connect(str(build_file)) as connection:
        connection.begin()
        connection.execute("delete from raw.quality_results where night = ? and gate = ?", [report.night, report.gate])
        connection.executemany(
            "insert into raw.quality_results (night, gate, expectation, severity, is_met, observed, expected, why, "
            "next_step) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        connection.commit()
