"""Who may know whom: the import contracts, and the one reader of the environment."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nightly.settings import PROJECT

PACKAGES = ["dags", "expectations", "extract", "linkage", "nightly", "serving"]


def sources() -> list[Path]:
    files = [path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py"))]
    assert {path.relative_to(PROJECT).parts[0] for path in files} == set(PACKAGES)
    return files


def reads_environment(tree: ast.AST) -> bool:
    names = {"environ", "environb", "getenv", "putenv", "unsetenv"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.ImportFrom) and any(alias.name in names for alias in node.names))
        for node in ast.walk(tree)
    )


def test_only_the_settings_read_the_environment():
    readers = {
        str(path.relative_to(PROJECT))
        for path in sources()
        if reads_environment(ast.parse(path.read_text("utf-8"), str(path)))
    }
    assert readers == {"nightly/settings.py"}


@pytest.mark.parametrize(
    "code",
    ["import os\nos.environ['A']", "from os import environ", "import os\nos.getenv('A')", "import os as o\no.environ"],
)
def test_the_search_for_readers_finds_each_way_to_read(code):
    assert reads_environment(ast.parse(code))


def test_the_import_contracts_hold():
    finished = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "0 broken" in finished.stdout


def test_every_command_of_the_makefile_has_a_recipe():
    lines = (PROJECT / "Makefile").read_text("utf-8").splitlines()
    (phony,) = [line.removeprefix(".PHONY:").split() for line in lines if line.startswith(".PHONY:")]
    ruled = [line.partition(":")[0] for line in lines if re.match(r"[a-z0-9-]+:.*## ", line)]
    assert sorted(phony) == sorted(ruled)


def test_starting_a_night_loads_neither_airflow_nor_the_workers_before_it_must():
    code = "import sys, nightly.__main__; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    finished = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = set(finished.stdout.split())
    assert "nightly" in loaded
    assert not loaded & {
        "airflow",
        "cosmos",
        "dbt",
        "duckdb",
        "great_expectations",
        "onnxruntime",
        "spacy",
        "trafilatura",
    }
