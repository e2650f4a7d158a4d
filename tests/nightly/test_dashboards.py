"""The set-up of Superset, with programs that fail: what the next run finds, and what is said."""

import stat
from pathlib import Path

import pytest

from nightly.dashboards import main, prepare
from nightly.settings import Settings

PROGRAM = """#!/bin/sh
echo "$@" >> "{log}"
if [ "$1" = init ] && [ -e "{broken}" ]; then exit 3; fi
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A `superset` that writes down what it was asked, and fails at `init` while a file is there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "superset"
    program.write_text(PROGRAM.format(log=tmp_path / "log", broken=tmp_path / "broken"), "utf-8")
    program.chmod(0o755)
    (tmp_path / "broken").touch()
    return folder


def test_a_set_up_that_failed_is_repeated_with_the_same_password(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("serving.superset.bundle.write_bundle", lambda _home, file: file)
    settings = Settings.from_env()
    assert main([str(programs)]) == 2
    said = capfd.readouterr().err
    file = settings.superset_home / "password.txt"
    password = file.read_text("utf-8").strip()
    assert "superset ended with status 3" in said
    assert "run `make superset` again" in said
    assert password not in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (tmp_path / "broken").unlink()
    assert prepare(settings, programs) == password
    asked = (tmp_path / "log").read_text("utf-8")
    assert asked.count(f"--password {password}") == 2
    assert prepare(settings, programs) == password
    assert (tmp_path / "log").read_text("utf-8") == asked
