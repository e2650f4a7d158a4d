"""Runs dbt, in a process of its own: DuckDB's write lock is gone when that process is."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from nightly.settings import DBT_PROJECT, dbt_environment

SHOWN_LINES = 40  # of dbt's output, when it failed before it could say which node: a stack trace and its cause


class TransformFailed(RuntimeError):
    """dbt ended with an error; the message names every model or test that failed, and why."""


def build(build_file: Path) -> None:
    """Build every model into `build_file` and run dbt's data tests. dbt's files go beside it, into `dbt/`.

    Unit tests are left out: they prove the models, not the night, and belong to `make test`.

    Raises:
        TransformFailed: a model or a test failed, or dbt could not start.
    """
    _dbt(["build", "--exclude-resource-type", "unit_test"], build_file, build_file.parent / "dbt")


def parse(manifest_file: Path, *, quiet: bool = False) -> None:
    """Write the project's manifest to `manifest_file`, without opening a database.

    Raises:
        TransformFailed: the project cannot be parsed.
    """
    target = manifest_file.parent / "target"
    _dbt(["parse"], manifest_file.with_name("unused.duckdb"), target.parent, quiet=quiet)
    (target / "manifest.json").replace(manifest_file)


def document(release_file: Path, folder: Path) -> Path:
    """Write dbt's documentation of a released warehouse as one page and return its path.

    Raises:
        TransformFailed: dbt could not write it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / "dateline.duckdb"  # releases are read-only, and dbt opens its database for writing
    copy.unlink(missing_ok=True)
    shutil.copyfile(release_file, copy)
    try:
        _dbt(["docs", "generate", "--static"], copy, folder, quiet=True)
    finally:
        copy.unlink()
    return (folder / "target" / "static_index.html").replace(folder / "index.html")


def _dbt(arguments: list[str], build_file: Path, folder: Path, *, quiet: bool = False) -> None:
    target = folder / "target"
    folder.mkdir(parents=True, exist_ok=True)
    (target / "run_results.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "dbt.cli.main", "--no-use-colors", *arguments]
    places = ["--project-dir", str(DBT_PROJECT), "--target-path", str(target), "--log-path", str(folder / "logs")]
    finished = subprocess.run(  # noqa: S603 our own arguments
        [*command, *places],
        env=dbt_environment(build_file),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if not quiet:
        print(finished.stdout, flush=True)  # noqa: T201 Airflow keeps a task's standard output in its log
    if finished.returncode != 0:
        reasons = failures(target / "run_results.json") or finished.stdout.splitlines()[-SHOWN_LINES:]
        raise TransformFailed(f"dbt {arguments[0]} failed (log: {folder / 'logs' / 'dbt.log'})\n" + "\n".join(reasons))


def failures(results_file: Path) -> list[str]:
    """Return a line for every failed node of a dbt run: its kind and name, and the message. Empty without results."""
    if not results_file.is_file():
        return []
    results: list[dict[str, Any]] = json.loads(results_file.read_text("utf-8"))["results"]
    failed = [result for result in results if result["status"] in {"error", "fail", "runtime error"}]
    return [f"  {_readable(result['unique_id'])}: {(result['message'] or '').strip()}" for result in failed]


def _readable(unique_id: str) -> str:
    kind, _, name = unique_id.split(".", 2)
    return f"{kind} {name}"
