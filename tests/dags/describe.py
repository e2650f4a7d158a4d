"""Prints what the DAG folder holds, as JSON. A process of its own: Airflow reads its settings once, at import."""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from nightly.settings import DAGS, Settings

settings = Settings.from_env()
settings.enter_airflow()

from airflow.dag_processing.dagbag import DagBag  # noqa: E402
from airflow.serialization.encoders import coerce_to_core_timetable  # noqa: E402
from airflow.timetables.base import DataInterval, TimeRestriction  # noqa: E402
from pendulum import instance  # noqa: E402

HEAVY = [
    "cosmos",
    "dbt",
    "duckdb",
    "great_expectations",
    "lxml",
    "onnxruntime",
    "pandas",
    "pyarrow",
    "spacy",
    "trafilatura",
]

before = set(sys.modules)
started = time.process_time()
bag = DagBag(dag_folder=str(DAGS))
seconds = time.process_time() - started
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}


def describe_task(task):
    return {
        "upstream": sorted(task.upstream_task_ids),
        "retries": task.retries,
        "pool": task.pool,
        "is_mapped": task.is_mapped,
        "map_index_template": task.map_index_template,
        "outlets": [outlet.name for outlet in task.outlets],
        "env": getattr(task, "env", None),
        "kind": type(task).__name__,
    }


def midnight(day):
    return instance(datetime(2026, 1, day, tzinfo=UTC))


def ends(interval):
    return [end.astimezone(UTC).isoformat() for end in interval]


def describe_intervals(timetable):
    """What the scheduler's own timetable says: the run after a night's, and runs started by hand."""
    scheduler = coerce_to_core_timetable(timetable)
    following = scheduler.next_dagrun_info(
        last_automated_data_interval=DataInterval(midnight(7), midnight(8)),
        restriction=TimeRestriction(earliest=midnight(1), latest=None, catchup=True),
    )
    moments = [
        midnight(9),
        midnight(9).add(seconds=1),
        midnight(9).add(hours=13, minutes=5),
        midnight(10).subtract(seconds=1),
    ]
    return {
        "following": {"interval": ends(following.data_interval), "run_after": ends([following.run_after])[0]},
        "by_hand": {str(when): ends(scheduler.infer_manual_data_interval(run_after=when)) for when in moments},
    }


def describe_dag(dag):
    return {
        "intervals": describe_intervals(dag.timetable),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "doc_md": dag.doc_md,
        "tags": sorted(dag.tags),
        "params": sorted(dag.params),
        "has_failure_callback": dag.on_failure_callback is not None,
        "tasks": {task.task_id: describe_task(task) for task in dag.tasks},
    }


description = {
    "files": sorted(path.name for path in DAGS.glob("*.py")),
    "import_errors": bag.import_errors,
    "dags": {dag_id: describe_dag(dag) for dag_id, dag in bag.dags.items()},
    "parse_seconds": seconds,
    "heavy": sorted(loaded & set(HEAVY)),
}
Path(sys.argv[1]).write_text(json.dumps(description, default=str), "utf-8")
