import pytest

from nightly.__main__ import main
from nightly.metadata import only_one
from nightly.settings import Settings


@pytest.fixture(autouse=True)
def _home(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))


def test_ones_own_sources_need_a_night(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--sources", "mine.yml"])
    assert stop.value.code == 2
    assert "--night" in capsys.readouterr().err


def test_a_night_that_is_no_date_is_refused(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--night", "2026-02-30"])
    assert stop.value.code == 2
    assert "2026-02-30" in capsys.readouterr().err


def test_sources_that_are_not_there_are_named_before_anything_starts(capsys, tmp_path):
    assert main(["--sources", str(tmp_path / "mine.yml"), "--night", "2026-01-08"]) == 2
    assert str(tmp_path / "mine.yml") in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_a_setting_that_cannot_be_used_is_told_in_one_line(capsys, monkeypatch):
    monkeypatch.setenv("DATELINE_WORKERS", "many")
    assert main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_warehouse_that_is_at_work_is_left_alone(capsys):
    settings = Settings.from_env()
    assert settings.sources.is_file()
    with only_one(settings):
        assert main([]) == 2
    assert "another run or `make up` works in" in capsys.readouterr().err
    assert not settings.metadata_file.exists()
