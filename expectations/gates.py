"""Gates of a night: `arrived` after the raw layer is loaded, `built` after the marts are."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from expectations import catalogue, checking, ledger, pages
from expectations.errors import BuildFileMissing, GateFailed
from expectations.report import GateReport

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def run_gate(build_file: Path, gate: str, night: date, docs_dir: Path) -> GateReport:
    """Check a build file, keep the results in it, and write a page for people.

    Args:
        build_file: DuckDB file of the night's build; nothing else may have it open.
        gate: "arrived" or "built".
        night: Night that is being loaded.
        docs_dir: Folder for `index.html` (the page of this gate) and `data_docs/`; what stood there is replaced.

    Returns:
        The report, when nothing stops the run; warnings are in it.

    Raises:
        GateFailed: An expectation of severity stop is not met, or a check could not run. The results are kept.
        UnknownGate: There is no such gate.
        BuildFileMissing: The file is not there.
    """
    suite = catalogue.load_suite(gate)
    if not build_file.is_file():
        raise BuildFileMissing(f"there is no build to check at {build_file}: run the task that makes it first")
    bounds = {name: bound.value for name, bound in catalogue.load_bounds().items()}
    shutil.rmtree(docs_dir, ignore_errors=True)
    docs_dir.mkdir(parents=True)
    outcomes = checking.check(
        build_file,
        suite,
        {"night": night, **bounds, **catalogue.load_lexicon()},
        catalogue.load_preparation(gate),
        docs_dir / "data_docs",
    )
    report = GateReport(gate, night, tuple(outcomes), docs_dir / "index.html")
    pages.make_readable_offline(docs_dir / "data_docs")
    pages.write_gate_page(report)
    ledger.keep_results(build_file, report)
    if report.stopped:
        raise GateFailed(report.describe())
    return report
