"""The settings of a warehouse, and the only place of this project that reads or writes the environment."""

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DBT_PROJECT = PROJECT / "dbt_project"
DAGS = PROJECT / "dags"

DBT_MODES = ("single", "watcher")
WRITER_POOL = "duckdb_writer"
LOGIN = "dateline"

KEPT_RELEASES = 14  # two weeks of nights: long enough to compare with the same weekday twice
PORT = 8080  # what Airflow's own guides use
MAIL_FROM = "dateline@localhost"


class ConfigError(ValueError):
    """A setting holds a value that cannot be used; the message says which and what would do."""


@dataclass(frozen=True)
class Settings:
    """Where a warehouse lives and how its nights are run.

    Attributes:
        home: folder of the warehouse (pages, work, releases, airflow).
        sources: the sources file a night reads unless it is given another.
        dbt_mode: `single` (one `dbt build` task) or `watcher` (a task per model, through Cosmos).
        workers: how many tasks may run at once under the scheduler.
        keep_releases: how many releases publishing leaves on the disk.
        port: port of the user interface on the loopback address.
        notify_url: where failed runs are told of by HTTP (a webhook of a chat, a pager); empty for nowhere. Such an
            address is a password, so it is not shown.
        notify_mail: addresses that failed runs are mailed to, separated by commas; empty for none.
        mail_from: sender of these mails.
        postgres: connection string of the database that a copy of every release goes to; empty for none. It may hold
            a password, so it is not shown.
        parquet: whether every release holds its marts and reports as Parquet files, too.
    """

    home: Path
    sources: Path
    dbt_mode: str
    workers: int
    keep_releases: int
    port: int
    notify_url: str = field(default="", repr=False)
    notify_mail: str = ""
    mail_from: str = MAIL_FROM
    postgres: str = field(default="", repr=False)
    parquet: bool = False

    @classmethod
    def from_env(cls, dbt_mode: str = "single") -> "Settings":
        """Read the settings from the environment; `dbt_mode` holds where the environment names none.

        Raises:
            ConfigError: a variable holds a value that cannot be used.
        """
        mode = os.environ.get("DATELINE_DBT") or dbt_mode
        if mode not in DBT_MODES:
            raise ConfigError(f"DATELINE_DBT is {mode!r}: use one of {', '.join(DBT_MODES)}")
        return cls(
            home=_path("DATELINE_HOME", Path("warehouse")),
            sources=_path("DATELINE_SOURCES", PROJECT / "samples" / "sources.yml"),
            dbt_mode=mode,
            workers=_whole_number("DATELINE_WORKERS", os.cpu_count() or 1, 1, 1024),
            keep_releases=_whole_number("DATELINE_KEEP_RELEASES", KEPT_RELEASES, 1, 100_000),
            port=_whole_number("DATELINE_PORT", PORT, 1, 65_535),
            notify_url=_web_address("DATELINE_NOTIFY_URL"),
            notify_mail=os.environ.get("DATELINE_NOTIFY_MAIL", ""),
            mail_from=os.environ.get("DATELINE_MAIL_FROM") or MAIL_FROM,
            postgres=os.environ.get("DATELINE_POSTGRES", ""),
            parquet=_yes_or_no("DATELINE_PARQUET"),
        )

    def reading(self, sources: Path | None) -> "Settings":
        """Return these settings with another sources file, if one is given."""
        return self if sources is None else replace(self, sources=sources.expanduser().absolute())

    @property
    def airflow_home(self) -> Path:
        """Folder of Airflow's own files: metadata database, logs, password."""
        return self.home / "airflow"

    @property
    def metadata_file(self) -> Path:
        """The embedded metadata database."""
        return self.airflow_home / "airflow.db"

    @property
    def logs(self) -> Path:
        """Folder of the logs."""
        return self.airflow_home / "logs"

    @property
    def manifest_file(self) -> Path:
        """The dbt manifest that the watcher shape of the DAG is drawn from."""
        return self.airflow_home / "dbt" / "manifest.json"

    @property
    def password_file(self) -> Path:
        """Where the generated password of the one login is kept."""
        return self.airflow_home / "password.json"

    @property
    def superset_home(self) -> Path:
        """Folder of Superset's own files: metadata database, configuration, password."""
        return self.home / "superset"

    def superset_environment(self) -> dict[str, str]:
        """Return the environment variables that Superset needs, on top of the present ones."""
        return {
            **os.environ,
            "FLASK_APP": "superset.app:create_app()",
            "SUPERSET_CONFIG_PATH": str(self.superset_home / "superset_config.py"),
            "SUPERSET_HOME": str(self.superset_home),
        }

    def airflow_environment(self, metadata_file: Path | None = None) -> dict[str, str]:
        """Return the environment variables that Airflow and everything under it need, on top of the present ones."""
        address = f"http://127.0.0.1:{self.port}"
        return {
            "AIRFLOW_HOME": str(self.airflow_home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": str(max(2, self.workers)),  # one for dbt, one for the tasks that watch it
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{LOGIN}:admin",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(self.password_file),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{metadata_file or self.metadata_file}",
            "AIRFLOW__API__HOST": "127.0.0.1",  # its own default answers the whole network
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__BASE_URL": address,
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(self.logs),
            "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "False",
            "AIRFLOW__COSMOS__CACHE_DIR": str(self.airflow_home / "cosmos"),
            "DATELINE_HOME": str(self.home),
            "DATELINE_SOURCES": str(self.sources),
            "DATELINE_DBT": self.dbt_mode,
            "DATELINE_WORKERS": str(self.workers),
            "DATELINE_KEEP_RELEASES": str(self.keep_releases),
            "DATELINE_PORT": str(self.port),
            "DATELINE_NOTIFY_URL": self.notify_url,
            "DATELINE_NOTIFY_MAIL": self.notify_mail,
            "DATELINE_MAIL_FROM": self.mail_from,
            "DATELINE_POSTGRES": self.postgres,
            "DATELINE_PARQUET": "yes" if self.parquet else "no",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
            "DO_NOT_TRACK": "1",
            "GX_ANALYTICS_ENABLED": "False",
            "PYTHONPATH": str(PROJECT),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        }

    def enter_airflow(self) -> None:
        """Make this process, and all it starts, one that works for this warehouse. Call before importing airflow."""
        self.logs.mkdir(parents=True, exist_ok=True)
        os.environ.update(self.airflow_environment())

    def child_environment(self, metadata_file: Path | None = None) -> dict[str, str]:
        """Return the whole environment for a child process that works for this warehouse."""
        return {**os.environ, **self.airflow_environment(metadata_file)}


def dbt_environment(build_file: Path) -> dict[str, str]:
    """Return the whole environment for a dbt process that writes `build_file`."""
    return {
        **os.environ,
        "DATELINE_BUILD_FILE": str(build_file),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
        "DO_NOT_TRACK": "1",
        "PYTHONPATH": str(PROJECT),  # dbt's Python models import linkage
    }


def _path(variable: str, default: Path) -> Path:
    return Path(os.environ.get(variable) or default).expanduser().absolute()


def _yes_or_no(variable: str) -> bool:
    text = os.environ.get(variable) or "no"
    if text not in {"yes", "no"}:
        raise ConfigError(f"{variable} is {text!r}: use yes or no")
    return text == "yes"


def _web_address(variable: str) -> str:
    text = os.environ.get(variable, "")
    if text and not text.startswith(("http://", "https://")):
        raise ConfigError(f"{variable} is no web address: use one that begins with http:// or https://")
    return text


def _whole_number(variable: str, default: int, least: int, most: int) -> int:
    text = os.environ.get(variable) or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise ConfigError(f"{variable} is {text!r}: use a whole number from {least} to {most}")
    return int(text)
