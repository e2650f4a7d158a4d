"""A publisher that is killed between any two steps leaves readers what they had, and the next one finishes."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from serving.reading import open_current
from serving.releases import current_release, publish
from tests.serving.conftest import MakeBuild

# Publishes, and dies by SIGKILL when the given function is called, before or after it did its work.
PUBLISHER = """
import importlib, os, signal, sys
from pathlib import Path
from serving.releases import publish

module, name, moment, build_file, home = sys.argv[1:]
owner = importlib.import_module(module)
for part in name.split(".")[:-1]:
    owner = getattr(owner, part)
original = getattr(owner, name.split(".")[-1])

def dying(*arguments, **named):
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    original(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, name.split(".")[-1], dying)
publish(Path(build_file), Path(home), keep=1)
"""

STEPS = [
    ("serving.files", "give_second_name", "after"),
    ("serving.releases", "index_texts", "after"),
    ("serving.releases", "_fill", "before"),
    ("serving.releases", "_fill", "after"),
    ("serving.files", "appear", "after"),
    ("serving.files", "point", "before"),
    ("pathlib", "Path.symlink_to", "after"),
    ("pathlib", "Path.replace", "after"),
    ("serving.releases", "_hand_over", "before"),
    ("serving.releases", "_prune", "before"),
    ("shutil", "rmtree", "before"),
    ("shutil", "rmtree", "after"),
]


@pytest.mark.parametrize(("module", "name", "moment"), STEPS)
def test_a_kill_at_any_step_leaves_a_valid_current_and_a_rerun_finishes(
    module: str, name: str, moment: str, make_build: MakeBuild, home: Path
) -> None:
    first = publish(make_build(), home)
    build_file = make_build("2026-01-06", base=first.name, statement="delete from marts.events where event_id = 'vap3'")
    command = [sys.executable, "-c", PUBLISHER, module, name, moment, str(build_file), str(home)]
    killed = subprocess.run(command, check=False, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    seen = current_release(home)
    assert seen.database.is_file()
    assert json.loads((seen.folder / "release.json").read_text(encoding="utf-8"))["digest"] == seen.digest
    assert seen.night in {first.night, first.night.replace(day=6)}

    finished = publish(build_file, home, keep=1)
    assert current_release(home) == finished
    assert finished.night == first.night.replace(day=6)
    left = {path.name for path in (home / "releases").iterdir()}
    assert left == {".lock", finished.name}
    assert {path.name for path in home.iterdir()} == {"current", "releases", "work"}
    assert finished.database.stat().st_nlink == 1
    with open_current(home) as reader:
        assert reader.execute("select count(*) from search('ferry')").fetchall() == [(1,)]
