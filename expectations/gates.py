"""Gates of a night: `arrived` after the raw layer is loaded, `built` after the marts are."""

from __future__ import annotations

import shutil
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from expectations import catalogue, checking, ledger, pages
from expectations.errors import BuildFileMissing, GateFailed
from expectations.report import GateReport, WorstBody

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

WORST_SHOWN = 10


def run_gate(build_file: Path, gate: str, night: date, docs_dir: Path, history: Path | None = None) -> GateReport:
    """Check a build file, keep the results in it, and write a page for people.

    Args:
        build_file: DuckDB file of the night's build; nothing else may have it open.
        gate: "arrived" or "built".
        night: Night that is being loaded.
        docs_dir: Folder for `index.html` (the page of this gate), `runbooks/` and `data_docs/`; what stood there is
            replaced.
        history: Folder where results outlive a refused build; without it only released nights are remembered.

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
    shutil.rmtree(docs_dir, ignore_errors=True)
    docs_dir.mkdir(parents=True)
    if history:
        ledger.recall(build_file, history)
    _, kept_query = catalogue.KEPT[gate]
    checked = checking.check(
        build_file,
        suite,
        catalogue.variables(night),
        catalogue.load_preparation(gate),
        kept_query,
        docs_dir / "data_docs",
    )
    report = GateReport(
        gate,
        night,
        checked.outcomes,
        docs_dir / "index.html",
        since=ledger.unmet_since(build_file, gate, night),
        worst=_worst(checked.kept) if gate == "built" else (),
    )
    pages.make_readable_offline(docs_dir / "data_docs")
    pages.write_gate_page(report)
    ledger.keep_results(build_file, report, checked.kept)
    if history:
        ledger.remember(history, build_file, gate, night)
    if report.stopped:
        raise GateFailed(report.describe())
    return report


def _worst(findings: tuple[tuple[Any, ...], ...]) -> tuple[WorstBody, ...]:
    """Bodies found fault with by most detectors, then in most places; findings are rows of raw.quality_findings."""
    found: dict[tuple[str, str | None], list[tuple[str, str]]] = defaultdict(list)
    for _, article_id, outlet_id, detector, place in findings:
        found[article_id, outlet_id].append((detector, place))
    order = sorted(found.items(), key=lambda item: (-len({name for name, _ in item[1]}), -len(item[1]), item[0][0]))
    return tuple(WorstBody(article_id, outlet_id, tuple(places)) for (article_id, outlet_id), places in order)[
        :WORST_SHOWN
    ]
