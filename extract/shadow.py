"""Shadow upgrade: stored pages read again by another extractor, beside the release. Switches nothing until accepted.

Reads the current release, the page store and the sources files of the nights; writes `<home>/shadow/<extractor>/` only.
Held equal: templates, outlets and agencies, as known when a night was annotated. Names and quotations follow from the
bodies and are not looked at.
"""

import json
import multiprocessing
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, fields
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from extract import extractor as extractors
from extract import store, warehouse
from extract.compare import Change, PageComparison, Reading, compare, failed, reading_of
from extract.errors import ExtractError, ExtractorError
from extract.extractor import Extractor
from extract.model import Page
from extract.night import annotate_row, read_page
from extract.paths import path_literal
from extract.shadow_report import html_report
from extract.shards import read_records, write_records
from extract.stored import Batch, NightContext, night_context, open_release, page_batches, stored_pages

WORST_SHOWN = 200  # a report of that many pages still opens at once; the Parquet file has all
_WRITTEN = "shadow.json"
_PAGES = "pages.parquet"
REPORT = "report.html"


@dataclass(frozen=True, slots=True)
class OutletLine:
    """What would change for an outlet; `agreement` is the mean over its pages that have a body before or after."""

    outlet_id: str
    pages: int
    unchanged: int
    changed: int
    newly_accepted: int
    newly_quarantined: int
    failed: int
    agreement: float | None
    words_lost: int
    words_gained: int
    titles: int
    dates: int


@dataclass(frozen=True, slots=True)
class Shadow:
    """A finished shadow run: which extractor on which release, and what would change."""

    extractor: str
    extractor_digest: str
    asked_as: str  # on the command line of make
    version: str  # of the code and models that read now
    stored_versions: list[str]  # of those that read the release
    release: str
    nights: list[str]
    readable_pages: int  # pages of these nights that were ever read
    pages: int  # of which were read again: all, or a sample
    outlets: list[OutletLine]
    worst: list[PageComparison]
    folder: Path
    is_in_use: bool  # nights read with it already

    def count(self, field: str) -> int:
        """Return the sum of a column of the outlets."""
        return sum(getattr(line, field) for line in self.outlets)


@dataclass(frozen=True, slots=True)
class _Job:
    """What every worker needs to know."""

    home: Path
    release: Path
    extractor: Extractor


def run_shadow(
    home: Path,
    extractor: Extractor,
    *,
    nights: Sequence[date] = (),
    sample: int | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Shadow:
    """Read stored pages again and write what would change to `<home>/shadow/<extractor>/`.

    Args:
        home: folder of the warehouse.
        extractor: what reads them.
        nights: nights whose pages are read; all of the release when empty.
        sample: read this many pages only, always the same ones (page ids are digests, the first ones are taken).
        workers: processes; 1 reads in this one.
        progress: told how many pages of how many are done.

    Raises:
        ExtractorError: there is no release, a night is not in it, or it holds no page to read.
    """
    release = _release(home)
    with open_release(release) as connection:
        known = [
            str(night) for (night,) in connection.execute("select night from raw.nights order by night").fetchall()
        ]
        chosen = [str(night) for night in nights] or known
        for night in chosen:
            if night not in known:
                raise ExtractorError(
                    f"night {night} is not in release {release.parent.name}: it has {', '.join(known)}"
                )
        versions = connection.execute("select distinct extractor_version from raw.nights order by all").fetchall()
        batches, readable = page_batches(connection, chosen, sample)
    total = sum(len(batch.page_ids) for batch in batches)
    if not total:
        raise ExtractorError(f"no page to read again in {', '.join(chosen)}: choose another night")
    target = home / "shadow" / extractor.name
    aside = target.with_name(f".{target.name}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    compared = _counted(_compared(_Job(home, release, extractor), batches, workers), total, progress)
    unsorted = write_records(aside / "unsorted.parquet", PageComparison, compared)
    _sort(unsorted, aside / _PAGES)
    unsorted.unlink()
    shadow = Shadow(
        extractor=extractor.name,
        extractor_digest=extractor.digest,
        asked_as=extractor.asked_as,
        version=extractor.version,
        stored_versions=[version for (version,) in versions],
        release=release.parent.name,
        nights=chosen,
        readable_pages=readable,
        pages=total,
        outlets=_outlets(aside / _PAGES),
        worst=list(islice(_changed(aside / _PAGES), WORST_SHOWN)),
        folder=target,
        is_in_use=extractor.name == extractors.accepted_extractor(home).name,
    )
    _write(shadow, aside)
    shutil.rmtree(target, ignore_errors=True)
    aside.replace(target)
    return shadow


def accept(home: Path, extractor: Extractor) -> str:
    """Make an extractor the one of the nights to come, and return what that means in words.

    Raises:
        ExtractorError: nobody looked at what it would change on the current release.
    """
    if extractor.name == extractors.accepted_extractor(home).name:
        return f"Nothing to switch: nights read with the extractor {extractor.name!r} already."
    release = _release(home)
    file = home / "shadow" / extractor.name / _WRITTEN
    if not file.exists():
        raise ExtractorError(
            f"{extractor.name!r} was never shown: run `make shadow` with it first, then look at its report"
        )
    seen = json.loads(file.read_text("utf-8"))
    if seen["release"] != release.parent.name:
        raise ExtractorError(
            f"{extractor.name!r} was shown on release {seen['release']}, and readers have {release.parent.name} now: "
            "run `make shadow` with it again"
        )
    if seen["extractor_digest"] != extractor.digest:
        raise ExtractorError(
            f"the code or its models changed since {extractor.name!r} was shown: run `make shadow` again"
        )
    extractors.switch_to(home, extractor)
    return (
        f"Accepted: nights read with the extractor {extractor.name!r} from the next one on "
        f"(shown on {seen['pages']} of {seen['readable_pages']} pages of {', '.join(seen['nights'])}).\n"
        "Nights that are loaded stay as they are; one that is run again is read with it."
    )


def _release(home: Path) -> Path:
    release = warehouse.current_release(home)
    if release is None:
        raise ExtractorError(f"no release in {home} yet: run `make nightly` first")
    return release


def _compared(job: _Job, batches: Sequence[Batch], workers: int) -> Iterator[PageComparison]:
    """Yield the comparisons in the order of the batches; never more than two batches a worker are in memory."""
    if workers == 1 or len(batches) == 1:
        for batch in batches:
            yield from _compare_batch(job, batch)
        return
    waiting: deque[tuple[Batch, Future[list[PageComparison]]]] = deque()
    left = iter(batches)
    # Spawned: DuckDB's threads do not survive a fork.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        while True:
            for batch in islice(left, 2 * workers - len(waiting)):
                waiting.append((batch, pool.submit(_compare_batch, job, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool as cause:
                raise ExtractorError(
                    f"a worker died near page {batch.page_ids[0]} of {batch.night} (out of memory?): "
                    "try again with WORKERS=1, or a smaller SAMPLE"
                ) from cause


def _counted(
    compared: Iterator[PageComparison], total: int, progress: Callable[[int, int], None]
) -> Iterator[PageComparison]:
    for done, comparison in enumerate(compared, start=1):
        yield comparison
        progress(done, total)


def _compare_batch(job: _Job, batch: Batch) -> list[PageComparison]:
    known = night_context(job.home, job.release, batch.night)
    with open_release(job.release) as connection:
        return [_compare_page(job, known, page, before) for page, before in stored_pages(connection, batch)]


def _compare_page(job: _Job, known: NightContext, page: Page, before: Reading) -> PageComparison:
    """Read one page again; whatever is wrong with it costs only itself."""
    try:
        content = store.fetch(job.home, page.content_sha256)
        row = read_page(page, content, known.outlets, job.extractor)
        annotated = annotate_row(row, known.templates, known.agencies, job.extractor)
    except ExtractError as cause:
        return failed(page, before, str(cause))
    return compare(page, before, reading_of(annotated), annotated.page.detail)


def _sort(source: Path, target: Path) -> None:
    """Write the comparisons anew: what failed first, then the worst."""
    with duckdb.connect(config={"temp_directory": str(target.parent / "sorting")}) as connection:
        connection.execute(
            f"""
            copy (
                from read_parquet({path_literal(source)})
                order by
                    change <> '{Change.FAILED}', change = '{Change.UNCHANGED}', agreement, words_lost desc,
                    words_gained desc, len(fields) desc, night, page_id
            ) to {path_literal(target)} (format parquet)
            """
        )
    shutil.rmtree(target.parent / "sorting", ignore_errors=True)


def _changed(pages: Path) -> Iterator[PageComparison]:
    return (page for page in read_records(pages, PageComparison) if page.change != Change.UNCHANGED)


def _outlets(pages: Path) -> list[OutletLine]:
    counts = ", ".join(f"count(*) filter (change = '{change}')" for change in Change)
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"""
            select
                outlet_id, count(*), {counts},
                avg(agreement) filter (change <> '{Change.FAILED}' and words_before + words_after > 0),
                sum(words_lost)::bigint, sum(words_gained)::bigint,
                count(*) filter (list_contains([field.name for field in fields], 'title')),
                count(*) filter (list_contains([field.name for field in fields], 'published'))
            from read_parquet({path_literal(pages)})
            group by outlet_id
            order by
                count(*) filter (change <> '{Change.UNCHANGED}') desc, sum(words_lost + words_gained) desc, outlet_id
            """  # noqa: S608 - the names are our own
        ).fetchall()
    return [OutletLine(*row) for row in rows]


def _write(shadow: Shadow, folder: Path) -> None:
    (folder / REPORT).write_text(html_report(shadow), "utf-8")
    told: dict[str, Any] = {
        item.name: getattr(shadow, item.name)
        for item in fields(Shadow)
        if item.name not in ("worst", "folder", "outlets", "is_in_use")
    }
    told["outlets"] = [asdict(line) for line in shadow.outlets]
    (folder / _WRITTEN).write_text(json.dumps(told, indent=2) + "\n", "utf-8")
