from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nightly.nights import night_run
from nightly.runner import interval_end
from nightly.settings import ConfigError

INTERVAL = {"data_interval_start": datetime(2026, 1, 8, tzinfo=UTC)}
NOTHING_ASKED = {"params": {"night": None, "sources": None}}


@pytest.fixture(autouse=True)
def _home(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.setenv("DATELINE_SOURCES", "/given/sources.yml")


def test_the_night_is_the_day_its_data_interval_starts():
    assert night_run({**NOTHING_ASKED, **INTERVAL}).night == date(2026, 1, 8)


def test_a_night_that_was_asked_for_goes_before_the_interval():
    asked = {"params": {"night": "2025-12-31", "sources": None}}
    assert night_run({**asked, **INTERVAL}).night == date(2025, 12, 31)


def test_sources_that_were_asked_for_go_before_the_settings():
    asked = {"params": {"night": None, "sources": "/asked/sources.yml"}}
    assert night_run({**asked, **INTERVAL}).sources == Path("/asked/sources.yml")
    assert night_run({**NOTHING_ASKED, **INTERVAL}).sources == Path("/given/sources.yml")


def test_a_run_without_interval_and_without_night_says_what_to_do():
    with pytest.raises(ConfigError, match="parameter `night`"):
        night_run(NOTHING_ASKED)


def test_the_files_of_a_night_lie_in_its_own_folder(tmp_path):
    run = night_run({**NOTHING_ASKED, **INTERVAL})
    assert run.build_file == tmp_path / "work" / "2026-01-08" / "build" / "dateline.duckdb"
    assert run.gate_folder("built") == tmp_path / "work" / "2026-01-08" / "gates" / "built"


def test_a_night_ends_when_the_next_day_begins_also_at_the_end_of_a_month():
    assert interval_end(date(2026, 1, 31)) == datetime(2026, 2, 1, tzinfo=UTC)
