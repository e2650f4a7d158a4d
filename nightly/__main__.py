"""`python -m nightly`: run nights here and now, watch them, and see what came of it."""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO

from rich.console import Console

from nightly.metadata import HomeIsBusy, MetadataError, is_ready, only_one, prepare
from nightly.runner import NightFailed, output_into, run_nights
from nightly.settings import ConfigError, Settings

SAMPLE_NIGHTS = (date(2026, 1, 8), date(2026, 1, 9), date(2026, 1, 10))  # the nights samples/ was written for


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the nights asked for; returns the exit status: 0 published, 1 a night failed, 2 asked for wrongly."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.sources and not asked.night:
        parser.error("name the night of your sources with --night (the default nights are the samples')")
    try:
        settings = _settings(asked.sources)
        with only_one(settings):
            return _run(asked.night or SAMPLE_NIGHTS, settings)
    except (ConfigError, HomeIsBusy) as error:
        print(error, file=sys.stderr)
        return 2


def _run(nights: Sequence[date], settings: Settings) -> int:
    began = time.monotonic()
    settings.enter_airflow()
    log_file = settings.logs / "nightly.log"
    with output_into(log_file) as terminal:
        console = Console(file=terminal, highlight=False, soft_wrap=True, width=_width(terminal))

        def say(line: str) -> None:
            console.print(line, markup=False)
            terminal.flush()

        try:
            if not is_ready(settings):
                say(f"preparing Airflow's metadata database in {settings.airflow_home} ...")
            prepare(settings)
            run_nights(nights, settings, say)
        except (NightFailed, MetadataError) as error:
            say(f"\n{error}\n")
            say(f"Readers still see the last release. Full log: {log_file}")
            say("Mend the cause and run the same command again: a night can be repeated, it is replaced, not added.")
            return 1
        say(f"\n{len(nights)} night{'' if len(nights) == 1 else 's'} in {time.monotonic() - began:.0f} s")
        from serving.summary import render, summarise

        console.print(render(summarise(settings.home)))
    return 0


def _width(terminal: IO[str]) -> int | None:
    """Return the columns to write in: those of a terminal, else enough for the summary's longest names."""
    return None if terminal.isatty() else 110


def _settings(sources: Path | None) -> Settings:
    settings = Settings.from_env().reading(sources)
    if not settings.sources.is_file():
        raise ConfigError(f"there is no sources file {settings.sources}: name one with --sources or DATELINE_SOURCES")
    return settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nightly", description="Run nights of the news warehouse, in order."
    )
    parser.add_argument("--sources", type=Path, metavar="FILE", help="sources file (default: the samples)")
    parser.add_argument(
        "--night",
        type=date.fromisoformat,
        action="append",
        metavar="DATE",
        help="night to run, as 2026-01-08; may be given again (default: the three nights of the samples)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
