"""Whatever happens to a night, running it to its end gives the same marts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

FIRST, SECOND = "2026-01-08", "2026-01-09"
TASKS = [
    *("collect", "parse[0]", "learn", "annotate[0]", "load"),
    *("gate_arrived", "build", "gate_built", "report", "publish"),
]

# A model in the middle of the build: the marts before it are the new night's by then, those after it the old one's.
MODEL_AMID = "OK created sql table model marts.articles "

pytestmark = pytest.mark.slow


def signs_of_work(home: Path) -> dict[str, Callable[[], bool]]:
    """Tell, of tasks that take long enough to be seen, whether one is amid its work: what it has written so far."""
    work, releases = home / "work" / SECOND, home / "releases"
    dbt_log = work / "build" / "dbt" / "logs" / "dbt.log"
    released = set(releases.iterdir())
    return {
        "annotate[0]": (work / "annotated" / ".000.parquet.partial").exists,
        "load": (work / "build" / "base.txt").exists,  # the release was copied, the night is not yet in it
        "build": lambda: dbt_log.is_file() and MODEL_AMID in dbt_log.read_text("utf-8"),
        "publish": lambda: set(releases.iterdir()) != released,
    }


def nights_in(warehouse) -> set[str]:
    """Nights that a reader finds."""
    with duckdb.connect(str(warehouse.home / "current" / "dateline.duckdb"), read_only=True) as reader:
        return {str(night) for (night,) in reader.execute("select distinct night from marts.page_fates").fetchall()}


@pytest.fixture(scope="module")
def after_first(new_warehouse):
    """A warehouse with one night."""
    new_warehouse.run(FIRST)
    assert nights_in(new_warehouse) == {FIRST}
    return new_warehouse


@pytest.fixture(scope="module")
def after_second(after_first, tmp_path_factory):
    """A warehouse with two nights that nothing disturbed, and what was said of the second."""
    warehouse = after_first.copied_to(tmp_path_factory.mktemp("undisturbed") / "home")
    said = warehouse.run(SECOND)
    assert nights_in(warehouse) == {FIRST, SECOND}
    return warehouse, said


def test_every_task_says_that_it_starts_and_that_it_is_done(after_second):
    _, said = after_second
    started = [line.split()[1] for line in said.splitlines() if line.startswith(SECOND) and line.endswith("...")]
    ended = [line.split()[1] for line in said.splitlines() if line.startswith(SECOND) and " done " in line]
    assert started == ended == TASKS


def test_running_a_night_again_changes_nothing(after_second):
    warehouse, _ = after_second
    before, current = warehouse.digest(), (warehouse.home / "current").readlink()
    warehouse.run(SECOND)
    assert warehouse.digest() == before
    assert (warehouse.home / "current").readlink() == current


def test_a_night_killed_in_every_task_in_turn_ends_like_one_that_was_not(after_first, after_second, tmp_path_factory):
    undisturbed, _ = after_second
    whole = {(copy.digest(), (copy.home / "current").readlink()) for copy in (after_first, undisturbed)}
    assert len(whole) == 2
    warehouse = after_first.copied_to(tmp_path_factory.mktemp("killed") / "home")
    amid = signs_of_work(warehouse.home)
    for task in TASKS:
        warehouse.kill_in(task, SECOND, amid.get(task))
        # Readers always find a whole release, and under its name what was published under it.
        assert (warehouse.digest(), (warehouse.home / "current").readlink()) in whole, task
    warehouse.run(SECOND)
    assert nights_in(warehouse) == {FIRST, SECOND}
    assert warehouse.digest() == undisturbed.digest()


def test_a_refused_night_leaves_readers_what_they_had_and_says_why(after_first, tmp_path):
    """Forty empty pages: gate 1 stops the run."""
    warehouse = replace(after_first.copied_to(tmp_path / "home"), sources=tmp_path / "sources.yml")
    warehouse.sources.write_text('outlets: []\nsources:\n  - {id: broken, folder: "nights/{night}"}\n', "utf-8")
    (tmp_path / "nights" / SECOND).mkdir(parents=True)
    for number in range(40):
        (tmp_path / "nights" / SECOND / f"{number}.html").write_text(f"<html><!-- {number} --></html>", "utf-8")
    before, current = warehouse.digest(), (warehouse.home / "current").readlink()

    process = warehouse.start(SECOND)
    said, _ = process.communicate()

    assert process.returncode == 1
    assert f"{SECOND}  gate_arrived FAILED" in said
    assert "STOP quarantine_does_not_swallow_the_night" in said
    assert "Readers still see the last release." in said
    assert (warehouse.digest(), (warehouse.home / "current").readlink()) == (before, current)
    assert nights_in(warehouse) == {FIRST}
    page = (warehouse.home / "work" / SECOND / "gates" / "arrived" / "index.html").read_text("utf-8")
    assert "The night was not published." in page
    assert "runbooks/drift.html#quarantine_does_not_swallow_the_night" in page
    assert (warehouse.home / "quality" / f"{SECOND}.arrived.json").is_file()
    log = (warehouse.home / "airflow" / "logs" / "nightly.log").read_text("utf-8")
    assert f"the night {SECOND} was not published (gate_arrived)" in log
