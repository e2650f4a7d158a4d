"""The DAG is exactly what the design says: ids, edges, retries, pool, timetable; and it is read in no time."""

import pytest

EDGES = {
    "collect": [],
    "parse": ["collect"],
    "learn": ["parse"],
    "annotate": ["collect", "learn"],
    "load": ["annotate"],
    "gate_arrived": ["load"],
    "build": ["gate_arrived"],
    "gate_built": ["build"],
    "report": ["gate_built"],
    "publish": ["report"],
}
RETRIES = {
    "collect": 2,
    "parse": 1,
    "learn": 1,
    "annotate": 1,
    "load": 1,
    "gate_arrived": 0,
    "build": 0,
    "gate_built": 0,
    "report": 0,
    "publish": 2,
}
WRITERS = {"load", "gate_arrived", "build", "gate_built", "report", "publish"}


@pytest.fixture
def dag(single):
    assert set(single["dags"]) == {"news_nightly"}, single["import_errors"]
    return single["dags"]["news_nightly"]


@pytest.fixture
def watcher_dag(watcher):
    assert set(watcher["dags"]) == {"news_nightly"}, watcher["import_errors"]
    return watcher["dags"]["news_nightly"]


def test_every_dag_file_is_read_without_an_error(single, watcher):
    assert single["files"] == watcher["files"] == ["news_nightly.py"]
    assert single["import_errors"] == watcher["import_errors"] == {}


def test_the_tasks_and_their_edges_are_those_of_the_design(dag):
    assert {name: task["upstream"] for name, task in dag["tasks"].items()} == EDGES


def test_a_copy_is_a_task_after_publishing_where_a_database_is_named(dag, copying):
    tasks = copying["dags"]["news_nightly"]["tasks"]
    assert set(tasks) - set(dag["tasks"]) == {"publish_postgres"}
    copy = tasks["publish_postgres"]
    assert (copy["upstream"], copy["retries"], copy["is_mapped"]) == (["publish"], 2, False)
    assert copy["pool"] != "duckdb_writer"


def test_only_reading_pages_and_annotating_them_fan_out_and_their_tasks_are_named_after_the_shard(dag):
    mapped = {name: task["map_index_template"] for name, task in dag["tasks"].items() if task["is_mapped"]}
    assert mapped == dict.fromkeys(["parse", "annotate"], "{{ task.op_kwargs['shard'] }}")


def test_a_task_is_tried_again_only_where_a_second_try_can_help(dag):
    assert {name: task["retries"] for name, task in dag["tasks"].items()} == RETRIES


def test_everything_that_opens_the_build_file_waits_for_the_one_writer_slot(dag):
    assert {name for name, task in dag["tasks"].items() if task["pool"] == "duckdb_writer"} == WRITERS


def test_publishing_is_what_tells_others_of_a_new_warehouse(dag):
    outlets = {name: task["outlets"] for name, task in dag["tasks"].items() if task["outlets"]}
    assert outlets == {"publish": ["dateline_warehouse"]}


@pytest.fixture(params=["single", "watcher"])
def either_dag(request):
    return request.getfixturevalue(request.param)["dags"]["news_nightly"]


def test_nights_run_one_at_a_time_and_none_is_caught_up(either_dag):
    assert either_dag["catchup"] is False
    assert either_dag["max_active_runs"] == 1


def test_the_run_that_starts_at_midnight_in_utc_covers_exactly_the_day_before(either_dag):
    assert either_dag["intervals"]["following"] == {
        "interval": ["2026-01-08T00:00:00+00:00", "2026-01-09T00:00:00+00:00"],
        "run_after": "2026-01-09T00:00:00+00:00",
    }


def test_a_run_started_by_hand_covers_the_last_whole_day_in_utc(either_dag):
    by_hand = either_dag["intervals"]["by_hand"]
    assert len(by_hand) == 4  # from midnight to the second before the next
    assert set(map(tuple, by_hand.values())) == {("2026-01-08T00:00:00+00:00", "2026-01-09T00:00:00+00:00")}


def test_the_dag_explains_itself_and_can_be_told_night_and_sources(dag):
    assert "release" in dag["doc_md"]
    assert dag["tags"] == ["news", "warehouse"]
    assert dag["params"] == ["night", "sources"]
    assert dag["has_failure_callback"]


def test_the_shapes_differ_in_the_build_alone(dag, watcher_dag):
    def rest(tasks):
        return {name: task for name, task in tasks.items() if not name.startswith("build") and name != "gate_built"}

    assert rest(watcher_dag["tasks"]) == rest(dag["tasks"])


def test_the_watched_build_has_a_task_for_every_model_in_their_order(watcher_dag, models):
    tasks = watcher_dag["tasks"]
    runs = {model: {f"build.{model}.run", f"build.{model}_run"} & set(tasks) for model in models}
    assert {model for model, ids in runs.items() if len(ids) != 1} == set()
    model_of = {f"build.{model}{ending}": model for model in models for ending in (".run", ".test", "_run")}
    for model, parents in models.items():
        upstream = set(tasks[next(iter(runs[model]))]["upstream"]) - {"gate_arrived"}
        assert {model_of[task_id] for task_id in upstream} == set(parents)


def test_the_watched_build_starts_after_the_first_gate_and_ends_before_the_second(watcher_dag):
    tasks = watcher_dag["tasks"]
    group = {name for name in tasks if name.startswith("build.")}
    roots = {name for name in group if not set(tasks[name]["upstream"]) & group}
    leaves = group - {parent for name in group for parent in tasks[name]["upstream"]}
    assert "build.dbt_producer_watcher" in roots
    assert {name: tasks[name]["upstream"] for name in roots} == {name: ["gate_arrived"] for name in roots}
    assert tasks["gate_built"]["upstream"] == sorted(leaves)
    assert "build.dbt_producer_watcher_done" in leaves


def test_of_the_watched_build_only_the_producer_knows_the_build_file_and_takes_the_slot(watcher_dag):
    group = {name: task for name, task in watcher_dag["tasks"].items() if name.startswith("build.")}
    knowing = {name for name, task in group.items() if "DATELINE_BUILD_FILE" in (task["env"] or {})}
    waiting = {name for name, task in group.items() if task["pool"] == "duckdb_writer"}
    assert knowing == waiting == {"build.dbt_producer_watcher"}
    assert group["build.dbt_producer_watcher"]["env"]["DATELINE_BUILD_FILE"] == "{{ ti.xcom_pull(task_ids='load') }}"
    assert {task["retries"] for task in group.values()} == {0}


def test_reading_the_dag_file_loads_nothing_heavy_and_takes_under_two_seconds(single):
    assert set(single["dags"]) == {"news_nightly"}
    assert single["heavy"] == []
    assert single["parse_seconds"] < 2


def test_reading_the_watched_shape_loads_cosmos_but_no_worker_and_takes_under_two_seconds(watcher):
    assert set(watcher["dags"]) == {"news_nightly"}
    assert not set(watcher["heavy"]) & {"great_expectations", "spacy", "trafilatura"}
    assert watcher["parse_seconds"] < 2
