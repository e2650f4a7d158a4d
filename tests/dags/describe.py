"""Prints what the DAG folder holds, as JSON. A process of its own: Airflow reads its settings once, at import."""

import json
import sys
import time
from pathlib import Path

from nightly.settings import DAGS, Settings

settings = Settings.from_env()
settings.enter_airflow()

from airflow.dag_processing.dagbag import DagBag  # noqa: E402

HEAVY = ["cosmos", "dbt", "duckdb", "great_expectations", "lxml", "pandas", "pyarrow", "spacy", "trafilatura"]

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


def describe_dag(dag):
    return {
        "timetable": repr(dag.timetable),
        "timetable_kind": type(dag.timetable).__name__,
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
