"""Runs `python -m nightly` as a person does: a process of its own, in a warehouse of its own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from nightly.settings import PROJECT
from serving.releases import marts_digest

# Few pages, so that a night is short; among them one text run by several outlets and a URL updated the night after.
SOURCES = ("harbor-courier", "inland-observer", "valdoria-today")
SECONDS_BETWEEN_LOOKS = 0.001  # the shortest work that is killed amid takes a fifth of a second


@dataclass(frozen=True)
class Warehouse:
    """A warehouse folder and the sources its nights read."""

    home: Path
    sources: Path

    def start(self, *nights: str) -> subprocess.Popen[str]:
        """Start nights in a process group of their own; what they say can be read from `stdout`."""
        asked = [argument for night in nights for argument in ("--night", night)]
        return subprocess.Popen(
            [sys.executable, "-m", "nightly", "--sources", str(self.sources), *asked],
            cwd=PROJECT,
            env={**os.environ, "DATELINE_HOME": str(self.home), "DATELINE_DBT": "single"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *nights: str) -> str:
        """Run nights to their end and return what was said."""
        process = self.start(*nights)
        said, _ = process.communicate()
        assert process.returncode == 0, said
        return said

    def kill_in(self, task: str, night: str, is_amid: Callable[[], bool] | None = None) -> None:
        """Start a night and kill all of it in `task`: as soon as it has started, or when `is_amid` its work."""
        process = self.start(night)
        heard = []
        for line in process.stdout:
            heard.append(line)
            if line.startswith(f"{night}  {task} ..."):
                break
        else:
            pytest.fail(f"{task} never started:\n{''.join(heard)}")
        while is_amid and not is_amid() and process.poll() is None:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        os.killpg(process.pid, signal.SIGKILL)
        heard += process.stdout.readlines()
        process.wait()
        process.stdout.close()
        assert process.returncode == -signal.SIGKILL, "".join(heard)
        assert not [line for line in heard if line.startswith((f"{night}  {task} done", f"{night}  {task} FAILED"))]

    def digest(self) -> str:
        """Digest of the marts of the current release."""
        return marts_digest(self.home / "current" / "dateline.duckdb")

    def copied_to(self, home: Path) -> "Warehouse":
        """Return a copy of this warehouse in another folder."""
        shutil.copytree(self.home, home, symlinks=True)
        return Warehouse(home, self.sources)


@pytest.fixture(scope="module")
def new_warehouse(tmp_path_factory) -> Warehouse:
    """An empty warehouse for a few of the sample's outlets."""
    folder = tmp_path_factory.mktemp("warehouse")
    declared = (PROJECT / "samples" / "sources.yml").read_text("utf-8")
    outlets, _, _ = declared.partition("\nsources:\n")
    lines = [f'  - {{id: {name}, outlet: {name}, folder: "nights/{{night}}/{name}"}}' for name in SOURCES]
    (folder / "nights").symlink_to(PROJECT / "samples" / "nights")
    (folder / "sources.yml").write_text("\n".join([outlets, "sources:", *lines]), "utf-8")
    return Warehouse(folder / "home", folder / "sources.yml")
