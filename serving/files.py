"""File operations that a SIGKILL cannot leave half done."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Names that start with a dot are work in progress: nobody reads them, and the next publisher clears them away.
UNFINISHED = ".unfinished-"
DISCARDED = ".discarded-"


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; the kernel lets go of it when the process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def clear_leftovers(folder: Path) -> None:
    """Remove what killed publishers left; call it while holding the folder's lock."""
    for path in folder.iterdir():
        if path.name.startswith((UNFINISHED, DISCARDED)):
            shutil.rmtree(path)


def give_second_name(file: Path, name: Path) -> None:
    """Give a file another name, which costs nothing; a copy where the file system knows no second names."""
    try:
        name.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, name)


def settle(folder: Path) -> None:
    """Wait until every file of a folder is on the disk, then the folder itself."""
    for path in sorted(folder.rglob("*")):
        _synchronise(path)
    _synchronise(folder)


def appear(unfinished: Path, final: Path) -> None:
    """Give a finished folder its name, at once."""
    settle(unfinished)
    unfinished.rename(final)
    _synchronise(final.parent)


def vanish(folder: Path) -> None:
    """Take a folder out of sight at once, then delete it. Readers that have its files open keep them."""
    discarded = folder.with_name(DISCARDED + folder.name)
    folder.rename(discarded)
    shutil.rmtree(discarded)


def point(link: Path, target: str) -> None:
    """Make a symbolic link point to target, at once, whether or not it was there."""
    following = link.with_name(f".{link.name}-next")
    following.unlink(missing_ok=True)
    following.symlink_to(target)
    following.replace(link)
    _synchronise(link.parent)


def _synchronise(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
