import os
import subprocess
from types import SimpleNamespace

import pytest

from nightly.progress import Progress, explain, task_name
from nightly.runner import output_into


def instance(task_id, map_index=-1):
    return SimpleNamespace(task_id=task_id, map_index=map_index)


@pytest.fixture
def lines():
    return []


@pytest.fixture
def progress(lines):
    watcher = Progress(lines.append)
    watcher.begin("2026-01-08")
    return watcher


def test_a_mapped_task_is_named_with_its_place():
    assert [task_name(instance("parse", index)) for index in (-1, 0, 12)] == ["parse", "parse[0]", "parse[12]"]


def test_a_line_when_a_task_starts_and_a_line_when_it_ends(progress, lines):
    progress.on_task_instance_running(instance("parse", 0))
    assert lines == ["2026-01-08  parse[0] ..."]
    progress.on_task_instance_success(instance("parse", 0))
    assert lines[1:] == ["2026-01-08  parse[0] done 0.0 s"]


def test_the_first_failure_is_the_one_that_is_explained(progress, lines):
    for name, reason in (("load", ValueError("no room")), ("gate_arrived", ValueError("no pages"))):
        progress.on_task_instance_running(instance(name))
        progress.on_task_instance_failed(instance(name), error=reason)
    assert progress.failed_task == "load"
    assert explain(progress.failure) == "ValueError: no room"
    assert lines[1] == "2026-01-08  load FAILED 0.0 s"


def test_another_night_starts_without_the_failure_of_the_last(progress):
    progress.on_task_instance_failed(instance("load"), error="no room")
    progress.begin("2026-01-09")
    assert (progress.night, progress.failed_task, progress.failure) == ("2026-01-09", None, None)


def test_a_failure_is_explained_by_the_places_it_went_through_and_its_message():
    def give_up():
        raise ValueError("no room")

    try:
        give_up()
    except ValueError as error:
        explanation = explain(error)
    assert "in give_up" in explanation
    assert explanation.endswith("ValueError: no room")


def test_a_failure_without_a_reason_points_to_the_log():
    assert "see the log" in explain(None)


def test_what_this_process_and_its_children_print_goes_into_the_log(tmp_path, capfd):
    log = tmp_path / "night.log"
    with output_into(log) as terminal:
        os.write(1, b"from here\n")
        subprocess.run(["echo", "from a child"], check=True)
        os.write(2, b"a warning\n")
        terminal.write("for the person\n")
    os.write(1, b"afterwards\n")
    assert log.read_text("utf-8") == "from here\nfrom a child\na warning\n"
    assert capfd.readouterr().out == "for the person\nafterwards\n"
