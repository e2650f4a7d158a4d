"""One page a release that anyone can open: the night and its outlets, top stories, copies, quality.

The page holds its charts, numbers and styles itself. It asks nobody for anything, and says so to the browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from serving.report.page import render
from serving.report.sections import read_report

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["REPORT", "write_report"]

REPORT = "report.html"


def write_report(database: Path, page: Path) -> Path:
    """Write the report of a finished build or of a release. Equal tables give equal bytes.

    Args:
        database: DuckDB file with marts and reports; opened read-only.
        page: HTML file to write; it appears at once.

    Returns:
        The page.

    Raises:
        duckdb.Error: A table or column that the report reads is not there.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        text = render(read_report(connection))
    unfinished = page.with_name(f".{page.name}")
    unfinished.write_text(text, encoding="utf-8")
    return unfinished.replace(page)
