"""Releases of a warehouse: `python -m serving releases | rollback [RELEASE] | parquet [FOLDER] [--home warehouse]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from serving.errors import ServingError
from serving.reading import open_current
from serving.releases import PARQUET, current_release, export, list_releases, roll_back

if TYPE_CHECKING:
    from collections.abc import Sequence


def listed(home: Path) -> Table:
    """Table of the releases that are kept, the one made last first."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for heading in ("release", "night", "made (UTC)", "articles", "publications", "stories", "MB", "current"):
        table.add_column(
            heading, justify="right" if heading in {"articles", "publications", "stories", "MB"} else "left"
        )
    kept = list_releases(home)
    current = current_release(home).name if kept else None
    for release in kept:
        counts = [f"{release.rows.get(name, 0):,}" for name in ("articles", "publications", "stories")]
        size = f"{release.database.stat().st_size / 1e6:,.1f}"
        made = f"{release.built_at:%Y-%m-%d %H:%M}"
        table.add_row(release.name, str(release.night), made, *counts, size, "yes" if release.name == current else "")
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m serving", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in (
        ("releases", "list what is kept"),
        ("rollback", "make an earlier release current"),
        ("parquet", "write every mart and report of the current release as a Parquet file"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("--home", type=Path, default=Path("warehouse"), help="folder of the warehouse (warehouse)")
        if name == "rollback":
            command.add_argument("release", nargs="?", help="its name or night; else the one made before the current")
        if name == "parquet":
            command.add_argument("folder", type=Path, nargs="?", help="folder to make; else parquet/ in the release")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "rollback":
            print(f"readers see {roll_back(chosen.home, chosen.release).name} now")
        elif chosen.command == "parquet":
            with open_current(chosen.home, may_write_files=True) as connection:
                folder = chosen.folder or current_release(chosen.home).folder / PARQUET
                export(connection, folder)
            print(folder)
        else:
            Console().print(listed(chosen.home))
    except (ServingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
