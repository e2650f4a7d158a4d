import sqlite3
import subprocess
import sys

import pytest

from nightly import metadata
from nightly.settings import Settings


@pytest.fixture
def settings(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    return Settings.from_env()


@pytest.fixture
def migrations(monkeypatch):
    """Airflow's part, played: each call adds a row, so that a test can count them."""
    calls = []

    def play(arguments, _settings, file):
        calls.append(arguments[:2])
        with sqlite3.connect(file) as database:
            database.execute("create table if not exists call (name text)")
            database.execute("insert into call values (?)", [arguments[0]])

    monkeypatch.setattr(metadata, "_airflow", play)
    return calls


def rows(settings):
    with sqlite3.connect(settings.metadata_file) as database:
        return [name for (name,) in database.execute("select name from call")]


def test_the_database_is_made_once_with_the_pool(settings, migrations):
    metadata.prepare(settings)
    metadata.prepare(settings)
    assert migrations == [["db", "migrate"], ["pools", "import"]]
    assert rows(settings) == ["db", "pools"]
    assert metadata.is_ready(settings)


@pytest.mark.usefixtures("migrations")
def test_an_older_airflows_database_is_upgraded_and_keeps_its_runs(settings, monkeypatch):
    metadata.prepare(settings)
    monkeypatch.setattr(metadata, "version", lambda _package: "99.0")
    assert not metadata.is_ready(settings)
    metadata.prepare(settings)
    assert rows(settings) == ["db", "pools", "db", "pools"]


@pytest.mark.usefixtures("migrations")
def test_a_migration_that_is_cut_short_leaves_the_old_database_and_is_begun_again(settings, monkeypatch):
    def break_off(*_):
        raise metadata.MetadataError("cut short")

    whole = metadata._airflow
    monkeypatch.setattr(metadata, "_airflow", break_off)
    with pytest.raises(metadata.MetadataError):
        metadata.prepare(settings)
    assert not settings.metadata_file.exists()
    assert not metadata.is_ready(settings)
    monkeypatch.setattr(metadata, "_airflow", whole)
    metadata.prepare(settings)
    assert rows(settings) == ["db", "pools"]


def test_one_warehouse_has_one_process_at_a_time(settings):
    code = "from nightly.metadata import *; from nightly.settings import *\nwith only_one(Settings.from_env()): pass"
    with metadata.only_one(settings):
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "another run or `make up` works in" in other.stderr
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
