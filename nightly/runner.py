"""Runs nights of the real DAG in this process, one after the other."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from nightly.settings import DAGS, Settings

DAG_ID = "news_nightly"
Say = Callable[[str], None]


class NightFailed(RuntimeError):
    """A night did not reach its end; the message says which task failed, and why."""


def run_nights(nights: Sequence[date], settings: Settings, say: Say) -> None:
    """Run `nights` in the given order; stops at the first that fails.

    Needs the environment of `Settings.enter_airflow` and a prepared metadata database.

    Raises:
        NightFailed: a task of a night failed, or the DAG file cannot be read.
    """
    # These take three seconds to import, and need the environment.
    from airflow.sdk.listener import get_listener_manager

    from nightly.progress import Progress

    progress = Progress(say)
    get_listener_manager().add_listener(progress)  # type: ignore[no-untyped-call]
    dag = load_dag()
    for night in nights:
        progress.begin(night.isoformat())
        _run_night(dag, night, settings, progress)


def load_dag() -> Any:
    """Read the DAG from `dags/`, for a run that a person watches: nothing is tried again by itself.

    Raises:
        NightFailed: the DAG file cannot be read.
    """
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(DAGS))
    if DAG_ID not in bag.dags:
        raise NightFailed(f"{DAGS} holds no DAG {DAG_ID}\n" + "\n".join(bag.import_errors.values()))
    dag = bag.dags[DAG_ID]
    for task in dag.tasks:
        task.retries = 0
    return dag


def _run_night(dag: Any, night: date, settings: Settings, progress: Any) -> None:
    from nightly.progress import explain

    forget_runs(night)
    run = dag.test(logical_date=interval_end(night), run_conf={"sources": str(settings.sources)})
    if run.state != "success":
        task = progress.failed_task or "a task"
        raise NightFailed(f"{night}: {task} failed\n{explain(progress.failure)}")


def interval_end(night: date) -> datetime:
    """Return the logical date whose data interval is the night: Airflow takes the last whole day before it."""
    return datetime.combine(night + timedelta(days=1), time(), tzinfo=UTC)


def forget_runs(night: date) -> None:
    """Delete what earlier attempts at a night left in the metadata: a killed run still counts as running there."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        old = select(DagRun).where(DagRun.dag_id == DAG_ID, DagRun.logical_date == interval_end(night))
        for run in session.scalars(old):
            session.delete(run)


@contextmanager
def output_into(log_file: Path) -> Iterator[IO[str]]:
    """Send everything that this process and its children print into `log_file`; yields the real standard output."""
    sys.stdout.flush()
    sys.stderr.flush()
    with os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1) as terminal, log_file.open("ab", buffering=0) as log:
        kept_error = os.dup(2)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        try:
            yield terminal
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            terminal.flush()
            os.dup2(terminal.fileno(), 1)
            os.dup2(kept_error, 2)
            os.close(kept_error)
