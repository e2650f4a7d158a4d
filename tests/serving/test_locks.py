"""Who may have which file open at once, and what a writer leaves behind who was killed beside a release."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from serving.errors import BuildNotReady, ReleaseTouched
from serving.query import main
from serving.reading import open_current
from serving.releases import publish
from tests.serving.conftest import MakeBuild
from tests.serving.postgres_server import NOBODY

COUNT = "select count(*) from marts.articles"
WRITER = """
import duckdb, os, signal, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("delete from marts.articles where article_id = 'ap3'")
if sys.argv[2] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
print("written", flush=True)
if sys.argv[2] == "waits":
    sys.stdin.read()
"""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can write to a file that is read-only")


def write(file: Path, then: str = "ends") -> subprocess.CompletedProcess[str]:
    """What becomes of a process that opens a file for writing."""
    return subprocess.run([sys.executable, "-c", WRITER, file, then], capture_output=True, text=True, check=False)


def test_a_writer_is_turned_away_from_a_release_that_somebody_reads(make_build: MakeBuild, home: Path) -> None:
    release = publish(make_build(), home)
    with open_current(home) as reader:
        turned_away = write(release.database)
        assert turned_away.returncode == 1
        assert "IO Error" in turned_away.stderr
        assert reader.execute(COUNT).fetchall() == [(3,)]
    with open_current(home) as reader:
        assert reader.execute(COUNT).fetchall() == [(3,)]


def test_a_reader_of_a_build_that_is_being_written_is_told_who_writes(make_build: MakeBuild, home: Path) -> None:
    build_file = make_build()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, build_file, "waits"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout.readline() == "written\n"
        with pytest.raises(duckdb.IOException, match=f"lock is held .*PID {writer.pid}"):
            duckdb.connect(str(build_file), read_only=True)
        build_file.with_name("dateline.duckdb.wal").unlink()  # what publishing looks at first
        with pytest.raises(BuildNotReady, match=rf"(?s)cannot be read.*PID {writer.pid}.*let that end"):
            publish(build_file, home)
        assert not (home / "current").exists()
    finally:
        writer.kill()
        writer.communicate()


def test_the_writer_of_the_next_night_and_readers_of_the_release_do_not_meet(make_build: MakeBuild, home: Path) -> None:
    release = publish(make_build(), home)
    build_file = make_build("2026-01-06", base=release.name)
    with duckdb.connect(str(build_file)) as writer, open_current(home) as reader:
        writer.execute("delete from marts.articles")
        assert reader.execute(COUNT).fetchall() == [(3,)]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-locks-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@as_root
def test_another_user_than_root_cannot_write_to_a_release(make_build: MakeBuild, home: Path, open_folder: Path) -> None:
    copy = Path(shutil.copy(publish(make_build(), home).database, open_folder))  # with its mode
    copy.chmod(0o444)
    os.chown(copy, NOBODY, NOBODY)
    child = os.fork()  # a new program could not be started where root's own environment is closed to others
    if child == 0:
        os.setuid(NOBODY)
        try:
            duckdb.connect(str(copy))
        except duckdb.IOException:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@as_root
def test_root_can_write_to_a_release_that_nobody_reads_which_is_why_nights_are_not_run_as_root(
    make_build: MakeBuild, home: Path
) -> None:
    release = publish(make_build(), home)
    assert write(release.database).returncode == 0
    with open_current(home) as reader:
        assert reader.execute(COUNT).fetchall() == [(2,)]


@as_root
def test_a_log_that_a_killed_writer_left_beside_a_release_is_not_shown(
    make_build: MakeBuild, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = publish(make_build(), home)
    assert write(release.database, "killed").returncode == -signal.SIGKILL
    log = release.folder / "dateline.duckdb.wal"
    assert log.stat().st_size > 0
    with duckdb.connect(str(release.database), read_only=True) as unguarded:
        assert unguarded.execute(COUNT).fetchall() == [(2,)]  # DuckDB replays it for whoever opens the file
    with pytest.raises(ReleaseTouched, match=r"dateline\.duckdb\.wal lies beside the release.*Remove it"):
        open_current(home)
    assert main([COUNT, "--home", str(home)]) == 1
    assert "Remove it" in capsys.readouterr().err.replace("\n", " ")
    log.unlink()
    with open_current(home) as reader:
        assert reader.execute(COUNT).fetchall() == [(3,)]


def test_a_log_of_another_file_beside_a_release_is_not_shown(make_build: MakeBuild, home: Path, tmp_path: Path) -> None:
    release = publish(make_build(), home)
    other = tmp_path / "other.duckdb"
    shutil.copy(release.database, other)
    other.chmod(0o644)
    assert write(other, "killed").returncode == -signal.SIGKILL
    shutil.copy(tmp_path / "other.duckdb.wal", release.folder / "dateline.duckdb.wal")
    with pytest.raises(ReleaseTouched):
        open_current(home)
