"""What publishing does one after the other: one publisher at a time, and nothing is shown before it is on the disk."""

import os
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from serving import files
from serving.releases import publish
from tests.serving.conftest import MakeBuild

Event = tuple[str, Any]


def test_a_publisher_waits_until_the_one_before_it_is_done(
    make_build: MakeBuild, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_file = make_build()
    asks, enters = threading.Event(), threading.Event()
    take_turn, clear_leftovers = files.one_at_a_time, files.clear_leftovers

    def asking(folder: Path) -> AbstractContextManager[None]:
        asks.set()
        return take_turn(folder)

    def entering(folder: Path) -> None:
        enters.set()
        clear_leftovers(folder)

    monkeypatch.setattr(files, "one_at_a_time", asking)
    monkeypatch.setattr(files, "clear_leftovers", entering)
    publisher = threading.Thread(target=publish, args=(build_file, home))
    with take_turn(home / "releases"):
        publisher.start()
        assert asks.wait(60)
        assert not enters.wait(0.5)  # unhindered, it would enter at once
        assert not (home / "current").is_symlink()
    assert enters.wait(60)
    publisher.join(60)
    assert (home / "current" / "dateline.duckdb").is_file()


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What is synchronised (the file's number, size and time of change) and given a name (its last part), in order."""
    seen: list[Event] = []
    fsync = os.fsync

    def synchronising(descriptor: int) -> None:
        fsync(descriptor)
        seen.append(("synchronise", state(os.fstat(descriptor))))

    def naming(how: str) -> None:
        original = getattr(os, how)

        def named(source: Path, target: Path) -> None:
            original(source, target)
            seen.append(("name", Path(target).name))

        monkeypatch.setattr(os, how, named)

    monkeypatch.setattr(os, "fsync", synchronising)
    naming("rename")
    naming("replace")
    return seen


def state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


def test_a_release_is_whole_on_the_disk_before_it_has_its_name_and_named_before_readers_are_sent_to_it(
    make_build: MakeBuild, home: Path, events: list[Event]
) -> None:
    build_file = make_build()
    page = build_file.parent.parent / "gates" / "built" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("passed", encoding="utf-8")
    release = publish(build_file, home, with_parquet=True)

    named, shown = events.index(("name", release.name)), events.index(("name", "current"))
    assert named < shown
    written = {path: state(path.stat()) for path in [release.folder, *release.folder.rglob("*")]}
    assert len(written) > 10
    settled = {what for kind, what in events[:named] if kind == "synchronise"}
    assert [path for path, content in written.items() if content not in settled] == []

    def folders(between: list[Event]) -> set[int]:
        return {what[0] for kind, what in between if kind == "synchronise"}

    assert (home / "releases").stat().st_ino in folders(events[named:shown])
    assert home.stat().st_ino in folders(events[shown:])
