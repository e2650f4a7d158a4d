"""The pages of a release as a shadow run needs them: what was collected, what was read from it, and with what.

Opened read-only; nothing is written beside the release.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb

from extract.agencies import AgencyTable, agency_table
from extract.compare import Reading
from extract.errors import SourcesError
from extract.model import Fate, Outlet, Page, Reason
from extract.night import work_folder
from extract.sources import read_sources

_PAGES_PER_BATCH = 32  # with every worker two batches ahead, some 100 pages are in memory at a time
# Turned away before they were read: no extractor ever saw them.
_UNREAD = (Reason.TOO_LARGE, Reason.BROKEN_GZIP, Reason.UNREADABLE_ROW, Reason.UNREADABLE_FILE)


@dataclass(frozen=True, slots=True)
class Batch:
    """Neighbouring pages of a night, in order of their ids."""

    night: date
    page_ids: list[str]


@dataclass(frozen=True, slots=True)
class NightContext:
    """What the pages of a night were read with, beside the extractor."""

    templates: dict[str, frozenset[int]]
    outlets: list[Outlet]
    agencies: AgencyTable


def open_release(release: Path) -> duckdb.DuckDBPyConnection:
    """Open a release read-only."""
    # Nothing is ever written beside the release, not even by a sort that does not fit in memory.
    return duckdb.connect(str(release), read_only=True, config={"temp_directory": ""})


def page_batches(
    connection: duckdb.DuckDBPyConnection, nights: Sequence[str], sample: int | None
) -> tuple[list[Batch], int]:
    """Return the pages to read, and how many there were to choose from."""
    rows = connection.execute(
        """
        select night, page_id, count(*) over () as readable
        from raw.pages
        where night in (select unnest($nights)::date) and fate <> $already_seen
            and coalesce(reason not in (select unnest($unread)), true)
        order by page_id
        """,
        {
            "nights": list(nights),
            "already_seen": Fate.ALREADY_SEEN.value,
            "unread": [reason.value for reason in _UNREAD],
        },
    ).fetchall()
    batches: list[Batch] = []
    for night, page_id, _ in sorted(rows[:sample]):
        if not batches or batches[-1].night != night or len(batches[-1].page_ids) == _PAGES_PER_BATCH:
            batches.append(Batch(night, []))
        batches[-1].page_ids.append(page_id)
    return batches, rows[0][2] if rows else 0


def stored_pages(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Iterator[tuple[Page, Reading]]:
    """Yield the pages of a batch as they were collected, and what the release says of them."""
    page_fields = [item.name for item in fields(Page) if item.name not in ("fate", "reason", "detail")]
    document_fields = [item.name for item in fields(Reading) if item.name not in ("fate", "reason", "published")]
    rows = connection.execute(
        f"""
        select
            {", ".join(f"pages.{name}" for name in page_fields)},
            pages.fate, pages.reason, strftime(times.value_at, '%Y-%m-%d %H:%M:%S') || ' (' || times.precision || ')',
            {", ".join(f"documents.{name}" for name in document_fields)}
        from raw.pages as pages
        left join raw.documents as documents on pages.night = documents.night and pages.page_id = documents.page_id
        left join raw.times as times
            on documents.night = times.night and documents.page_id = times.page_id
            and times.is_chosen and times.kind = 'published'
        where pages.night = $night and pages.page_id between $first and $last
            and pages.page_id in (select unnest($page_ids))
        order by pages.page_id
        """,  # noqa: S608 - the names are those of our own records
        {"night": batch.night, "first": batch.page_ids[0], "last": batch.page_ids[-1], "page_ids": batch.page_ids},
    ).fetchall()
    for row in rows:
        page = dict(zip(page_fields, row, strict=False))
        fate, reason, published, *document = row[len(page_fields) :]
        read = dict(zip(document_fields, document, strict=True))
        yield (
            Page(**page, fate="", reason=None, detail=None),
            Reading(fate=fate, reason=reason, published=published, **read),
        )


@lru_cache(maxsize=1)
def night_context(home: Path, release: Path, night: date) -> NightContext:
    """Return what a night was read with; the last night asked for is kept."""
    with open_release(release) as connection:
        templates = connection.execute(
            "select outlet_id, list(block_key) from raw.outlet_templates where night = ? group by outlet_id", [night]
        ).fetchall()
        outlets = connection.execute(
            "select outlet_id, outlet_name, hosts, time_zone, country from raw.outlets order by outlet_id"
        ).fetchall()
        digest = connection.execute("select sources_digest from raw.nights where night = ?", [night]).fetchone()
    declared, agencies = [Outlet(*row) for row in outlets], agency_table()
    try:
        sources = read_sources(work_folder(home, night) / "sources.yml")
    except SourcesError:  # its work was cleared away: the release has the outlets, and agencies are mostly built in
        pass
    else:
        if digest and sources.digest == digest[0]:
            declared, agencies = sources.outlets(), agency_table(sources.file.agencies)
    return NightContext({outlet_id: frozenset(keys) for outlet_id, keys in templates}, declared, agencies)
