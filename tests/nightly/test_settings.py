from pathlib import Path

import pytest

from nightly.settings import DAGS, PROJECT, ConfigError, Settings, dbt_environment

VARIABLES = ["HOME", "SOURCES", "DBT", "WORKERS", "KEEP_RELEASES", "PORT", "POSTGRES", "PARQUET"]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(f"DATELINE_{name}", raising=False)


def test_without_any_variable_the_samples_go_into_a_folder_here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_env()
    assert settings.home == tmp_path / "warehouse"
    assert settings.sources == PROJECT / "samples" / "sources.yml"
    assert (settings.dbt_mode, settings.keep_releases, settings.port) == ("single", 14, 8080)
    assert settings.workers >= 1


def test_every_setting_can_be_given(monkeypatch, tmp_path):
    given = {
        "HOME": f"{tmp_path}/home",
        "SOURCES": f"{tmp_path}/mine.yml",
        "DBT": "watcher",
        "WORKERS": "3",
        "KEEP_RELEASES": "5",
        "PORT": "9000",
        "POSTGRES": "host=db password=secret",
        "PARQUET": "yes",
    }
    assert set(given) == set(VARIABLES)
    for name, value in given.items():
        monkeypatch.setenv(f"DATELINE_{name}", value)
    settings = Settings.from_env()
    assert settings == Settings(
        tmp_path / "home",
        tmp_path / "mine.yml",
        "watcher",
        3,
        5,
        9000,
        postgres="host=db password=secret",
        parquet=True,
    )
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATELINE_DBT", "both"),
        ("DATELINE_WORKERS", "0"),
        ("DATELINE_WORKERS", "two"),
        ("DATELINE_KEEP_RELEASES", "-1"),
        ("DATELINE_PORT", "65536"),
        ("DATELINE_PORT", "80.5"),
        ("DATELINE_PARQUET", "1"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=f"{variable} is '{value}': use "):
        Settings.from_env()


def test_an_empty_variable_counts_as_none(monkeypatch):
    monkeypatch.setenv("DATELINE_PORT", "")
    monkeypatch.setenv("DATELINE_DBT", "")
    assert Settings.from_env().port == 8080
    assert Settings.from_env(dbt_mode="watcher").dbt_mode == "watcher"


def test_airflow_is_kept_inside_the_warehouse_on_loopback_and_silent_to_the_world(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    settings = Settings.from_env()
    environment = settings.airflow_environment()
    assert environment["AIRFLOW_HOME"] == str(tmp_path / "airflow")
    assert environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == f"sqlite:///{tmp_path}/airflow/airflow.db"
    assert environment["AIRFLOW__CORE__DAGS_FOLDER"] == str(DAGS)
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    silenced = ["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "AIRFLOW__COSMOS__ENABLE_TELEMETRY", "GX_ANALYTICS_ENABLED"]
    assert {environment[name] for name in [*silenced, "DBT_SEND_ANONYMOUS_USAGE_STATS"]} == {"False"}


def test_a_child_process_reads_the_same_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    settings = Settings.from_env(dbt_mode="watcher").reading(tmp_path / "mine.yml")
    for name, value in settings.airflow_environment().items():
        if name.startswith("DATELINE_"):
            monkeypatch.setenv(name, value)
    assert Settings.from_env() == settings


def test_dbt_is_told_where_to_build():
    assert dbt_environment(Path("/somewhere/dateline.duckdb"))["DATELINE_BUILD_FILE"] == "/somewhere/dateline.duckdb"
