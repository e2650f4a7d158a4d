import json
import subprocess
import sys
from pathlib import Path

import pytest

from nightly.settings import PROJECT
from nightly.transform import parse


def describe(home: Path, mode: str, postgres: str = "") -> dict:
    """Read the DAG folder in a fresh process, as the scheduler does."""
    answer = home / "description.json"
    finished = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("describe.py")), str(answer)],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(home),
            "PYTHONPATH": str(PROJECT),
            "DATELINE_HOME": str(home),
            "DATELINE_DBT": mode,
            "DATELINE_POSTGRES": postgres,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    return json.loads(answer.read_text("utf-8"))


@pytest.fixture(scope="module")
def single(tmp_path_factory) -> dict:
    """The DAG folder with dbt as one task."""
    return describe(tmp_path_factory.mktemp("single"), "single")


@pytest.fixture(scope="module")
def copying(tmp_path_factory) -> dict:
    """The DAG folder where a copy in PostgreSQL is wanted."""
    return describe(tmp_path_factory.mktemp("copying"), "single", "host=db.example")


@pytest.fixture(scope="module")
def manifest_home(tmp_path_factory) -> Path:
    """A warehouse's folder with the manifest of the real dbt project."""
    home = tmp_path_factory.mktemp("watcher")
    parse(home / "airflow" / "dbt" / "manifest.json", quiet=True)
    return home


@pytest.fixture(scope="module")
def models(manifest_home) -> dict[str, list[str]]:
    """Every model of the dbt project, with the models it selects from."""
    manifest = json.loads((manifest_home / "airflow" / "dbt" / "manifest.json").read_text("utf-8"))
    found = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    assert found, "the manifest holds no models"
    return {
        node["name"]: [found[parent]["name"] for parent in node["depends_on"]["nodes"] if parent in found]
        for node in found.values()
    }


@pytest.fixture(scope="module")
def watcher(manifest_home) -> dict:
    """The DAG folder with dbt as a task per model."""
    return describe(manifest_home, "watcher")
