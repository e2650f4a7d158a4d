"""Airflow's embedded metadata database: made once, whole or not at all."""

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from nightly.settings import WRITER_POOL, Settings

POOLS = '{"%s": {"slots": 1, "description": "DuckDB admits one writing process", "include_deferred": false}}'


class MetadataError(RuntimeError):
    """The metadata database could not be made; the message holds what Airflow said."""


class HomeIsBusy(RuntimeError):
    """Another process runs nights in this warehouse."""


def is_ready(settings: Settings) -> bool:
    """Tell whether the database is there and of the installed Airflow's version."""
    stamp = _stamp(settings)
    return settings.metadata_file.is_file() and stamp.is_file() and stamp.read_text("utf-8") == _wanted()


def prepare(settings: Settings) -> None:
    """Make or upgrade the database, with the writer's pool, unless it is ready.

    Works on a copy that takes the old one's place when it is complete, so a kill leaves the old one or none.

    Raises:
        MetadataError: Airflow could not make it.
    """
    if is_ready(settings):
        return
    settings.logs.mkdir(parents=True, exist_ok=True)
    draft = settings.airflow_home / "draft" / settings.metadata_file.name
    shutil.rmtree(draft.parent, ignore_errors=True)
    draft.parent.mkdir()
    if settings.metadata_file.is_file():
        for part in _parts(settings.metadata_file):
            shutil.copy2(part, draft.parent)
    pools = draft.with_name("pools.json")
    pools.write_text(POOLS % WRITER_POOL, "utf-8")
    for arguments in (["db", "migrate"], ["pools", "import", str(pools)]):
        _airflow(arguments, settings, draft)
    for part in _parts(settings.metadata_file):
        part.unlink()  # an old write-ahead log must not be replayed into the new file
    for part in _parts(draft):
        part.replace(settings.airflow_home / part.name)
    _stamp(settings).write_text(_wanted(), "utf-8")
    shutil.rmtree(draft.parent)


@contextmanager
def only_one(settings: Settings) -> Iterator[int]:
    """Hold the warehouse for this process; yields the descriptor that holds it, for a child that is to hold it too.

    The system lets go of it when the last process that has the descriptor ends, however it ends.

    Raises:
        HomeIsBusy: another process holds it.
    """
    settings.airflow_home.mkdir(parents=True, exist_ok=True)
    with (settings.airflow_home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as cause:
            raise HomeIsBusy(
                f"another run or `make up` works in {settings.home}: wait for it, stop it, or start the night in the"
                " user interface"
            ) from cause
        yield lock.fileno()


def _airflow(arguments: list[str], settings: Settings, metadata_file: Path) -> None:
    finished = subprocess.run(  # noqa: S603 our own arguments
        [sys.executable, "-m", "airflow", *arguments],
        env=settings.child_environment(metadata_file),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        raise MetadataError(f"`airflow {' '.join(arguments)}` failed:\n{finished.stdout[-4000:]}")


def _parts(database: Path) -> list[Path]:
    return [part for part in (database, Path(f"{database}-wal"), Path(f"{database}-shm")) if part.exists()]


def _stamp(settings: Settings) -> Path:
    return settings.airflow_home / "airflow.db.version"


def _wanted() -> str:
    return f"{version('apache-airflow')} {WRITER_POOL}"
