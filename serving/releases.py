"""Releases: a finished build becomes a read-only folder, and `current` points to it.

    home/releases/<latest night>-<12 hexadecimal digits>/dateline.duckdb, release.json, report.html, data_docs/
    home/current -> releases/...

Readers open `home/current/dateline.duckdb`. The link is to the folder, not to the file: a process that still holds
the old release keeps it, and a new connection gets the new one.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

import duckdb

from serving import files
from serving.digest import mart_tables, marts_digest, quoted, tables_of
from serving.errors import BaseMoved, BuildNotReady, FolderTaken, NoRelease, ReleaseTouched
from serving.search import index_texts

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DATABASE", "Release", "current_release", "export", "list_releases", "marts_digest", "publish", "roll_back"]

DATABASE = "dateline.duckdb"
MANIFEST = "release.json"
HANDED_OVER = "release.txt"  # beside where a build was: the name of the release that it became
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]{12}")
REPORT = "report.html"
PARQUET = "parquet"
READ_ONLY, WRITABLE = 0o444, 0o644
# A missing extension must be missed at once instead of being waited for on a network that may not be there.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@dataclass(frozen=True)
class Release:
    """A published build: its name, its folder, the latest night in it, the digest of its marts, and their rows."""

    name: str
    folder: Path
    night: date
    digest: str
    built_at: datetime
    rows: dict[str, int]

    @property
    def database(self) -> Path:
        """The DuckDB file, read-only."""
        return self.folder / DATABASE


def publish(build_file: Path, home: Path, keep: int = 14, with_parquet: bool = False) -> Release:
    """Make a build the current release. Killed at any step and called again, it ends the same.

    The file of the build becomes that of the release: it is not copied, and no longer there afterwards.

    Args:
        build_file: DuckDB file of a build that passed its gates, with base.txt beside it (the name of the release the
            build was copied from, or nothing); nobody has it open.
        home: Folder of the warehouse.
        keep: Releases that stay, the current one among them.
        with_parquet: Also write every mart and report as a Parquet file to parquet/ in the release.

    Returns:
        The release that is current now. A build whose marts equal a release that is there becomes that release.

    Raises:
        BuildNotReady: The build file is missing or open for writing, a write-ahead log lies beside it, or it holds no
            night.
        BaseMoved: Another release became current since the build began; publishing would undo it.
    """
    releases = home / "releases"
    name, digest = _handed_over(build_file, releases), ""
    if not name:
        _refuse_unfinished(build_file)
        digest = _digest_of(build_file)
        name = f"{_latest_night(build_file)}-{digest[:12]}"
    with files.one_at_a_time(releases):
        files.clear_leftovers(releases)
        is_current = _current_name(home) == name
        if not is_current:
            _refuse_moved_base(build_file, home)
        if not (releases / name).exists():
            unfinished = releases / (files.UNFINISHED + name)
            _fill(unfinished, build_file, digest, with_parquet)
            files.appear(unfinished, releases / name)
        if not is_current:
            files.point(home / "current", f"releases/{name}")
        _hand_over(build_file, name)
        _prune(home, keep)
        return _read(releases / name)


def current_release(home: Path) -> Release:
    """The release that readers see.

    Raises:
        NoRelease: Nothing was published yet.
        ReleaseTouched: A write-ahead log lies beside it.
    """
    name = _current_name(home)
    if not name:
        raise NoRelease(f"there is no release in {home}: run a night first (make nightly)")
    release = _read(home / "releases" / name)
    log = _log_of(release.database)
    if log.exists():
        raise ReleaseTouched(
            f"{log} lies beside the release, which never has one: a writer was killed there, or it is of another file. "
            "DuckDB shows every reader what it holds. Remove it, and run nights as a user who is not root"
        )
    return release


def list_releases(home: Path) -> list[Release]:
    """Releases that are there, the one made last first."""
    folder = home / "releases"
    found = [_read(path) for path in folder.iterdir() if NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=lambda release: (release.built_at, release.name), reverse=True)


def roll_back(home: Path, name: str | None = None) -> Release:
    """Make a kept release the current one again; nothing is deleted, so the way forward is the same.

    The next night starts from it: nights that only later releases hold have to be run again.

    Args:
        home: folder of the warehouse.
        name: name of the release, or its night when one release has it; without it, the one made before the current.

    Raises:
        NoRelease: nothing was published yet, or no such release is kept.
    """
    with files.one_at_a_time(home / "releases"):
        chosen = _kept(home, name)
        if chosen.name != _current_name(home):
            files.point(home / "current", f"releases/{chosen.name}")
        return chosen


def _kept(home: Path, name: str | None) -> Release:
    current, kept = current_release(home), list_releases(home)
    if name is None:
        found = [release for release in kept if release.built_at < current.built_at][:1]
    else:
        found = [release for release in kept if name in {release.name, str(release.night)}]
    if len(found) != 1:
        names = "\n".join(f"  {release.name}" for release in kept)
        asked = "made before the current one" if name is None else f"called {name}"
        raise NoRelease(f"{len(found) or 'no'} releases {asked} are kept; choose one of\n{names}")
    return found[0]


def _current_name(home: Path) -> str:
    """Name of the release that `current` points to; empty when nothing was published."""
    link = home / "current"
    return link.readlink().name if link.is_symlink() and link.exists() else ""


def _refuse_unfinished(build_file: Path) -> None:
    if not build_file.is_file():
        raise BuildNotReady(f"there is no build at {build_file}: run the tasks before publish first")
    log = _log_of(build_file)
    if log.exists():
        raise BuildNotReady(
            f"{log} lies beside the build: its last writer was killed. Run the night again from load, which starts in "
            "a fresh folder"
        )


def _log_of(database: Path) -> Path:
    """Where DuckDB keeps, and looks for, what is not yet in a file."""
    return database.with_name(database.name + ".wal")


def _digest_of(build_file: Path) -> str:
    try:
        return marts_digest(build_file)
    except duckdb.IOException as cause:
        raise BuildNotReady(
            f"the build cannot be read: {cause}\n"
            "If another process has it open for writing, let that end, then publish again"
        ) from cause


def _refuse_moved_base(build_file: Path, home: Path) -> None:
    base_file = build_file.with_name("base.txt")
    if not base_file.is_file():
        raise BuildNotReady(f"{base_file} is missing, so nobody knows what the build started from: run load again")
    base = base_file.read_text(encoding="utf-8").strip()
    current = _current_name(home)
    if base != current:
        raise BaseMoved(
            f"the build started from {base or 'nothing'}, but {current or 'nothing'} is current now: another night was "
            "published meanwhile. Run this night again from load, so that both are in it"
        )


def _latest_night(build_file: Path) -> date:
    with duckdb.connect(str(build_file), read_only=True) as connection:
        night = connection.execute("select max(night) from raw.nights").fetchall()[0][0]
    if not isinstance(night, date):
        raise BuildNotReady(f"{build_file} holds no night: run load first")
    return night


def _handed_over(build_file: Path, releases: Path) -> str:
    """Name of the release that the build became when it was published before; empty when it was not."""
    note = build_file.with_name(HANDED_OVER)
    if build_file.exists() or not note.is_file():
        return ""
    name = note.read_text(encoding="utf-8").strip()
    return name if (releases / name).is_dir() else ""


def _hand_over(build_file: Path, name: str) -> None:
    """Leave the file to its release alone, so that no later task of the night can write to what readers have open."""
    build_file.with_name(HANDED_OVER).write_text(name + "\n", encoding="utf-8")
    build_file.unlink(missing_ok=True)


def _fill(folder: Path, build_file: Path, digest: str, with_parquet: bool) -> None:
    folder.mkdir()
    files.give_second_name(build_file, folder / DATABASE)
    (folder / DATABASE).chmod(WRITABLE)  # a publisher that was killed may have made it read-only
    gates = build_file.parent.parent / "gates"
    if gates.is_dir():
        shutil.copytree(gates, folder / "data_docs")
    with duckdb.connect(str(folder / DATABASE), config=OFFLINE) as connection:
        index_texts(connection)
        connection.execute("checkpoint")
    report = build_file.parent.parent / REPORT
    if report.is_file():
        shutil.copyfile(report, folder / REPORT)
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        if with_parquet:
            export(connection, folder / PARQUET)
        manifest = _manifest(connection, build_file, digest)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    (folder / DATABASE).chmod(READ_ONLY)


def _manifest(connection: duckdb.DuckDBPyConnection, build_file: Path, digest: str) -> dict[str, Any]:
    counts = {
        table: connection.execute(f"select count(*) from marts.{quoted(table)}").fetchall()[0][0]  # noqa: S608
        for table in mart_tables(connection)
    }
    return {
        "night": str(_latest_night(build_file)),
        "digest": digest,
        "built_at": datetime.now(UTC).isoformat(),
        "base": build_file.with_name("base.txt").read_text(encoding="utf-8").strip() or None,
        "versions": {
            "dateline": _version("dateline"),
            "duckdb": duckdb.__version__,
            "python": platform.python_version(),
        },
        "rows": counts,
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def export(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write every mart and report to a new folder, which appears when it is whole: marts/articles.parquet and so on.

    Raises:
        FolderTaken: the folder is there already.
    """
    if folder.exists():
        raise FolderTaken(f"{folder} is there already: remove it, or name another folder")
    unfinished = folder.with_name(files.UNFINISHED + folder.name)
    shutil.rmtree(unfinished, ignore_errors=True)
    for schema in ("marts", "reports"):
        (unfinished / schema).mkdir(parents=True)
        for table in tables_of(connection, schema):
            rows = connection.sql(f"from {schema}.{quoted(table)}")  # a report is a view, which table() does not know
            rows.write_parquet(str(unfinished / schema / f"{table}.parquet"), compression="zstd")
    files.appear(unfinished, folder)


def _prune(home: Path, keep: int) -> None:
    current = _current_name(home)
    others = [release for release in list_releases(home) if release.name != current]
    for release in others[max(keep - 1, 0) :]:
        files.vanish(release.folder)


def _read(folder: Path) -> Release:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Release(
        name=folder.name,
        folder=folder,
        night=date.fromisoformat(manifest["night"]),
        digest=manifest["digest"],
        built_at=datetime.fromisoformat(manifest["built_at"]),
        rows=manifest["rows"],
    )
