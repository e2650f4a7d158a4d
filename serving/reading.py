"""Opening the current release so that SQL can read the warehouse, and nothing else of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from serving.releases import current_release

if TYPE_CHECKING:
    from pathlib import Path


def open_current(home: Path, *, may_write_files: bool = False) -> duckdb.DuckDBPyConnection:
    """Connection to the current release: read-only, without access to other files or the network.

    Read-only alone is not enough: SQL could still read the machine's files and copy to new ones. `may_write_files` is
    for our own exports.

    Raises:
        NoRelease: Nothing was published yet.
    """
    return duckdb.connect(
        str(current_release(home).database),
        read_only=True,
        config={"enable_external_access": str(may_write_files).lower(), "lock_configuration": "true"},
    )
