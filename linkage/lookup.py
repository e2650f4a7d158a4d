"""Fetch the rows of some pages out of a table of all nights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow

if TYPE_CHECKING:
    from collections.abc import Sequence

# A row looked up by the index on its page costs some 90 microseconds, one read in passing 3 (a million texts, two
# gigabytes of shingles). The index is asked for so many at once only: DuckDB's `index_scan_max_count` is 2,048.
LOOKED_UP_SHARE = 1 / 30
LOOKED_UP_AT_ONCE = 1_000


def rows_of_pages(rows: Any, pages: Any) -> Any:
    """Return the rows of some pages: looked up when they are few, since they lie all over the history, else a filter.

    Args:
        rows: A DuckDB relation with a column `page_id`, on a table with an index on it.
        pages: A DuckDB relation of one column, the pages.
    """
    (few,), (all_rows,) = (relation.count("*").fetchone() for relation in (pages, rows))
    if few > LOOKED_UP_SHARE * all_rows:
        return rows.set_alias("rows").join(pages.set_alias("pages"), "page_id", how="semi")
    names = [name for (name,) in pages.order("1").fetchall()]
    parts = [names[first : first + LOOKED_UP_AT_ONCE] for first in range(0, few, LOOKED_UP_AT_ONCE)]
    return pyarrow.concat_tables([_looked_up(rows, part) for part in parts]) if parts else rows.limit(0)


def _looked_up(rows: Any, names: Sequence[str]) -> Any:
    """Return the rows of some pages; only a list of constants is looked up by the index."""
    constants = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
    return rows.filter(f"page_id in ({constants})").to_arrow_table()
