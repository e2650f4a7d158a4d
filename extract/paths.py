"""Paths inside SQL statements that take no parameters: a quote in a folder's name must not end the string."""

from collections.abc import Iterable
from pathlib import Path


def path_literal(path: Path) -> str:
    """Return a path as a SQL string."""
    return "'" + str(path).replace("'", "''") + "'"


def path_list(paths: Iterable[Path]) -> str:
    """Return paths as a SQL list; files are named one by one, for a folder's name may look like a pattern."""
    return "[" + ", ".join(_escaped(path) for path in paths) + "]"


def _escaped(path: Path) -> str:
    # DuckDB reads *, ? and [ in every file name as a pattern; in brackets they stand for themselves.
    return path_literal(Path("".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))))
