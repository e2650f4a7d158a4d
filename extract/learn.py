"""Learns outlet templates: blocks that repeat across an outlet's pages, in SQL over this night and the history."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from extract.paths import path_list, path_literal

MIN_PAGES = 3  # two pages cost recall in trials on the development pages: a correction or a wire lead stands on two
WINDOW_DAYS = 30  # outlets redesign; a block not seen for a month is no longer their template
MIN_TEMPLATE_CHARS = 3

_TEMPLATES = """
with known_blocks as (
    select night, page_id, outlet_id, locator, block_key, text from {this_night}
    union all
    select night, page_id, outlet_id, locator, block_key, text from {history}
    where night < $night and night >= $night - {window_days}
),

repeated as (
    select
        outlet_id,
        block_key,
        count(distinct locator) as pages,
        arg_min(text, (night, page_id)) as example,
    from known_blocks
    where outlet_id is not null and length(text) >= {min_chars}
    group by outlet_id, block_key
    having count(distinct locator) >= {min_pages}
)

select $night as night, outlet_id, block_key, pages, example
from repeated
order by outlet_id, block_key
"""


def learn(blocks: Sequence[Path], release: Path | None, night: date, target: Path) -> Path:
    """Write the templates a night is annotated with to a Parquet file, and return its path.

    Args:
        blocks: the block files of this night's shards.
        release: warehouse with earlier nights, or None.
        night: only nights before it count as history, so that a rerun of an old night finds what it found then.
        target: file to write.
    """
    with duckdb.connect() as connection:
        history = "(select * from this_night where false)"
        connection.execute(f"create view this_night as from read_parquet({path_list(blocks)})")
        if release is not None:
            connection.execute(f"attach {path_literal(release)} as release (read_only)")
            history = "release.raw.blocks"
        query = _TEMPLATES.format(
            this_night="this_night",
            history=history,
            window_days=WINDOW_DAYS,
            min_chars=MIN_TEMPLATE_CHARS,
            min_pages=MIN_PAGES,
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.partial")
        connection.execute("create table templates as " + query, {"night": night})
        connection.execute(
            f"copy (from templates order by outlet_id, block_key) to {path_literal(aside)} (format parquet)"
        )
    return aside.replace(target)


def read_templates(path: Path) -> dict[str, frozenset[int]]:
    """Return outlet id -> hashes of its repeated blocks."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select outlet_id, list(block_key) from read_parquet({path_list([path])}) group by outlet_id"
        ).fetchall()
    return {outlet_id: frozenset(keys) for outlet_id, keys in rows}
