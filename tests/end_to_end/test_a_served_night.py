"""Scheduler and user interface, as `make up` starts them, run a night that someone triggers."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import replace

import pytest

from nightly.settings import PROJECT
from tests.end_to_end.conftest import Warehouse
from tests.nightly.servers import listening

NIGHT = "2026-01-08"
DAG = "/api/v2/dags/news_nightly"
SECONDS_FOR_A_NOTICE = 120  # the scheduler hands a failed run's callback to the DAG processor, which starts a process
SECONDS_FOR_A_NIGHT = 1200  # 119 tasks, a process each; 500 were measured on two cores with four builds beside it

pytestmark = [pytest.mark.slow, pytest.mark.served]


class Interface:
    """The user interface's own door: what a person clicks, by HTTP."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.address, self.token = address, None
        self.token = self.ask("POST", "/auth/token", {"username": user, "password": password})["access_token"]

    def ask(self, method: str, path: str, body: dict | None = None) -> dict:
        request = urllib.request.Request(f"{self.address}{path}", method=method, data=json.dumps(body or {}).encode())
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")

    def task_states(self, run_id: str) -> dict[str, str]:
        states, total = {}, 1
        while len(states) < total:  # a hundred at a time is the most it gives
            page = self.ask("GET", f"{DAG}/dagRuns/{run_id}/taskInstances?limit=100&offset={len(states)}")
            states |= {f"{task['task_id']}[{task['map_index']}]": task["state"] for task in page["task_instances"]}
            total = page["total_entries"]
        return states

    def run_to_its_end(self, conf: dict) -> tuple[str, str]:
        """Trigger a run, let the scheduler work, and return the run's id and last state."""
        run_id = self.ask("POST", f"{DAG}/dagRuns", {"logical_date": None, "conf": conf})["dag_run_id"]
        self.ask("PATCH", DAG, {"is_paused": False})
        until = time.monotonic() + SECONDS_FOR_A_NIGHT
        while time.monotonic() < until:
            for run in self.ask("GET", f"{DAG}/dagRuns")["dag_runs"]:
                if run["dag_run_id"] == run_id and run["state"] in {
                    "success",
                    "failed",
                }:
                    return run_id, run["state"]
                if run["run_type"] == "scheduled" and run["state"] in {"queued", "running"}:
                    # Waking the DAG also starts last night's run, for which the sample has no pages.
                    self.ask("PATCH", f"{DAG}/dagRuns/{run['dag_run_id']}", {"state": "failed"})
            time.sleep(2)
        pytest.fail(f"the night did not end: {self.task_states(run_id)}")


@contextmanager
def served(warehouse, **settings):
    """Serve a warehouse under further settings, and yield its interface and the serving process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if name != "DATELINE_DBT"}
    given = {"DATELINE_HOME": str(warehouse.home), "DATELINE_SOURCES": str(warehouse.sources), "DATELINE_PORT": port}
    server = subprocess.Popen(
        [sys.executable, "-m", "nightly.server"],
        cwd=PROJECT,
        env={**environment, **given, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = ""
        for line in server.stdout:
            said += line
            login = re.search(r"open (\S+) and log in as (\S+) with the password (\S+)", line)
            if login:
                yield Interface(*login.groups()), server
                return
        pytest.fail(f"it never answered:\n{said}")
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
            server.wait(60)


@pytest.fixture(scope="module")
def warehouse(new_warehouse):
    """A warehouse to serve; its metadata database is made by serving."""
    return replace(new_warehouse, home=new_warehouse.home.with_name("served"))


def test_a_triggered_night_ends_with_the_marts_of_a_night_run_by_hand(warehouse, new_warehouse):
    with served(warehouse) as (interface, server):
        run_id, state = interface.run_to_its_end({"night": NIGHT})
        states = interface.task_states(run_id)
        assert state == "success", states
        assert {"collect[-1]", "parse[0]", "publish[-1]", "build.dbt_producer_watcher[-1]"} <= set(states)
        assert {name for name in states if name.startswith("build.articles")}
        assert set(states.values()) == {"success"}

        (event,) = interface.ask("GET", "/api/v2/assets/events")["asset_events"]
        assert event["extra"]["night"] == NIGHT
        assert event["extra"]["release"] == (warehouse.home / "current").readlink().name
        assert event["extra"]["counts"]["articles"] > 0

        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0
        with pytest.raises(OSError, match="refused"):
            interface.ask("GET", "/api/v2/monitor/health")

    new_warehouse.run(NIGHT)
    assert warehouse.digest() == new_warehouse.digest()


def test_a_refused_night_is_told_to_a_webhook(tmp_path):
    """By the scheduler itself: forty empty pages make gate 1 stop the run."""
    (tmp_path / "nights" / NIGHT).mkdir(parents=True)
    for number in range(40):
        (tmp_path / "nights" / NIGHT / f"{number}.html").write_text(f"<html><!-- {number} --></html>", "utf-8")
    warehouse = Warehouse(tmp_path / "home", tmp_path / "sources.yml")
    warehouse.sources.write_text('outlets: []\nsources:\n  - {id: broken, folder: "nights/{night}"}\n', "utf-8")
    with listening() as (address, posted), served(warehouse, DATELINE_NOTIFY_URL=address) as (interface, _):
        run_id, state = interface.run_to_its_end({"night": NIGHT})
        assert state == "failed"
        assert interface.task_states(run_id)["gate_arrived[-1]"] == "failed"
        told = []
        while run_id not in {notice["run_id"] for notice in told}:  # runs that waking the DAG started are told of, too
            told.append(posted.get(timeout=SECONDS_FOR_A_NOTICE))
    (notice,) = [notice for notice in told if notice["run_id"] == run_id]
    assert (notice["night"], notice["task"]) == (NIGHT, "gate_arrived")
    assert f"the night {NIGHT} was not published" in notice["text"]
    assert "quarantine_does_not_swallow_the_night" in notice["text"]
    assert notice["page"] == str(warehouse.home / "work" / NIGHT / "gates" / "arrived" / "index.html")
    assert not (warehouse.home / "current").exists()
