"""What a task needs to know about the night it works for, read from the context Airflow hands it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nightly.settings import ConfigError, Settings


@dataclass(frozen=True)
class NightRun:
    """One night of one warehouse."""

    night: date
    sources: Path
    settings: Settings

    @property
    def home(self) -> Path:
        """Folder of the warehouse."""
        return self.settings.home

    @property
    def build_file(self) -> Path:
        """The database this night is built in."""
        return self.home / "work" / self.night.isoformat() / "build" / "dateline.duckdb"

    @property
    def gate_history(self) -> Path:
        """Where results of the gates outlive a build that is refused."""
        return self.home / "quality"

    def gate_folder(self, gate: str) -> Path:
        """Return where the report of a gate is written."""
        return self.home / "work" / self.night.isoformat() / "gates" / gate

    @property
    def report_file(self) -> Path:
        """The page that publishing takes into the release."""
        return self.home / "work" / self.night.isoformat() / "report.html"


def night_run(context: Mapping[str, Any]) -> NightRun:
    """Read night and sources from a task's context: the run's parameters, else its data interval and the settings.

    Raises:
        ConfigError: the run has neither a `night` parameter nor a data interval.
    """
    settings = Settings.from_env()
    params = context["params"]
    return NightRun(
        night=_night(params.get("night"), context),
        sources=Path(params["sources"]).absolute() if params.get("sources") else settings.sources,
        settings=settings,
    )


def _night(given: str | None, context: Mapping[str, Any]) -> date:
    if given:
        return date.fromisoformat(given)
    start = context.get("data_interval_start")
    if start is None:
        raise ConfigError("this run has no data interval: start it with a logical date or the parameter `night`")
    interval_start: date = start.date()
    return interval_start
