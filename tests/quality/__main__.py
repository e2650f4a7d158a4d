"""Score the warehouse's work on evaluation data: `python -m tests.quality`, or `make quality` (docs/quality.md)."""

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from nightly.settings import PROJECT, Settings
from tests.quality.data import DataSet, evaluation_folder, find_sets, seeds_folder
from tests.quality.floors import FloorLowered, update_floors
from tests.quality.measure import measure, pooled
from tests.quality.measurement import Measurement
from tests.quality.report import as_json, tables

# Longest first, so that two workers end together; metadata comes with html, donation with copies.
TASKS = ("stories", "copies", "resolution", "names", "html", "dumps", "seeds")
_GROUPS = {
    "extraction": {"html", "dumps", "seeds"},
    "metadata": {"html"},
    "donation": {"copies"},
    "clustering": {"copies", "stories"},
    "entities": {"names", "resolution"},
}
_TABLE_COLUMNS = 200  # where the output is no terminal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = _options(arguments)
    console = Console(width=None if sys.stdout.isatty() else _TABLE_COLUMNS)
    if options.update_floors:
        try:
            console.print(update_floors(options.eval, options.seeds, allow_regression=options.allow_regression))
        except FloorLowered as cause:
            console.print(f"[red]{cause}")
            return 1
        return 0
    chosen = _chosen(find_sets(*(folder for folder in (options.eval, options.seeds) if folder.is_dir())), options)
    if not chosen:
        console.print(f"No evaluation data to score in {options.eval} (--eval, DATELINE_EVAL; docs/quality.md).")
        return 1
    started = time.monotonic()
    measurements, failed = _measured(chosen, options, console)
    measurements += pooled(measurements)
    console.print(tables(measurements))
    result = {**as_json(measurements, options.limit), "wall_seconds": round(time.monotonic() - started, 1)}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    console.print(
        f"{result['cpu_seconds']} CPU-seconds, {result['wall_seconds']} s; figures and worst pages: {options.json}"
    )
    if failed:
        console.print(f"[red]failed: {', '.join(failed)}")
    return 1 if failed else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    evaluation = evaluation_folder()
    parser.add_argument("--eval", type=Path, default=evaluation, help="folder of evaluation data (or DATELINE_EVAL)")
    parser.add_argument("--seeds", type=Path, help="folder of the seeds; by default seeds/ beside --eval")
    parser.add_argument("--only", help=f"tasks, with commas between: {', '.join((*TASKS, *_GROUPS))}")
    parser.add_argument("--set", dest="names", help="names of sets, with commas between")
    parser.add_argument("--limit", type=int, help="rows per set, always the same ones: for a quick look")
    parser.add_argument("--json", type=Path, default=Settings.from_env().home / "quality.json", help="where to write")
    parser.add_argument("--workers", type=int, default=2, help="sets measured at once (default 2)")
    parser.add_argument(
        "--update-floors", action="store_true", help="measure the sample of `make test`, pin its floors"
    )
    parser.add_argument("--allow-regression", action="store_true", help="let --update-floors lower a floor")
    options = parser.parse_args(arguments)
    options.eval = options.eval.expanduser().absolute()
    options.seeds = (options.seeds or seeds_folder(options.eval)).expanduser().absolute()
    unknown = set((options.only or "").split(",")) - {"", *TASKS, *_GROUPS}
    if unknown:
        parser.error(f"--only does not know {', '.join(sorted(unknown))}")
    return options


def _chosen(sets: Sequence[DataSet], options: argparse.Namespace) -> list[DataSet]:
    wanted = {name for part in options.only.split(",") for name in _GROUPS.get(part, {part})} if options.only else TASKS
    names = set(options.names.split(",")) if options.names else None
    chosen = [one for one in sets if one.task in wanted and (names is None or one.name in names)]
    return sorted(chosen, key=lambda one: (TASKS.index(one.task), -one.path.stat().st_size))


def _measured(
    chosen: Sequence[DataSet], options: argparse.Namespace, console: Console
) -> tuple[list[Measurement], list[str]]:
    """Measure the sets side by side; return the measurements and the sets that failed."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    measurements: list[Measurement] = []
    failed: list[str] = []
    # Fresh processes: a forked one would carry this one's threads' locks, and count its memory as its own.
    context = multiprocessing.get_context("spawn")
    with (
        Progress(*columns, console=console) as progress,
        ProcessPoolExecutor(options.workers, mp_context=context) as workers,
    ):
        bar = progress.add_task("sets", total=len(chosen))
        waiting: dict[Future[list[Measurement]], DataSet] = {
            workers.submit(measure, one, options.limit): one for one in chosen
        }
        for finished in as_completed(waiting):
            one = waiting[finished]
            try:
                found = finished.result()
            except Exception as cause:  # noqa: BLE001 - one set that fails must not cost the figures of the others
                failed.append(f"{one.task} {one.name}")
                progress.console.print(f"[red]{one.task} {one.name} failed:[/red] {escape(str(cause))}")
                continue
            measurements += found
            seconds = sum(measurement.cpu_seconds for measurement in found)
            progress.console.print(f"{one.task} {one.name}: {seconds:.0f} CPU-seconds")
            progress.advance(bar)
    return measurements, failed


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    sys.exit(main())
