"""The steps of a night, each a function of files: what the DAG calls.

Work files lie in `<home>/work/<night>/`; every step writes its file aside and renames it, so any step may be killed and
run again.
"""

import gc
import hashlib
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from extract import annotate, learn, store, warehouse
from extract.agencies import AgencyTable, agency_table, known_agencies
from extract.errors import ExtractError, SourcesError, UnreadablePage
from extract.extractor import INSTALLED, Extractor, pin_extractor, pinned_extractor
from extract.model import AnnotatedPage, Fate, Media, Outlet, Page, ParsedPage, Reason
from extract.parse import parse_page
from extract.shards import read_records, write_records
from extract.sources import Offered, Sources, offered_pages, read_sources
from extract.words import text_hash

Result = TypeVar("Result")

PAGES_PER_SHARD = 500  # about 100 MB of text and records in memory, and a minute of work
_PAGES_PER_BATCH = 64
_SECONDS_PER_PAGE = 60  # the slowest page of the evaluation sets takes under 3 s; this catches hostile ones
_ID_CHARACTERS = 20  # 80 bits: a collision among a billion pages has a probability of one in a million
_EXAMPLE_CHARACTERS = 200
_NEW_OBJECTS = 10_000  # between two searches for garbage, of Python's own 700: 5 % of the time; more gains nothing


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row of `raw.blocks`."""

    night: date
    page_id: str
    block_no: int
    outlet_id: str | None
    locator: str
    block_key: int
    char_count: int
    text: str


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A page with its blocks, or with the fate that ended its way in parsing."""

    page: Page
    parsed: ParsedPage | None


def collect_garbage_seldom() -> None:
    """Let Python look for garbage a few times a page instead of thirty; for a process that only reads pages.

    Reading a page makes tens of thousands of objects and next to no cycles: nearly all of them go without a search.
    What the libraries hold need not be searched at all.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def work_folder(home: Path, night: date) -> Path:
    """Return where a night's work files lie."""
    return home / "work" / night.isoformat()


def collect(sources_file: Path, night: date, home: Path) -> list[str]:
    """Store the night's pages and deal them to shards; return the shards' names, at least one.

    Raises:
        SourcesError: the sources file is wrong.
    """
    sources = read_sources(sources_file)
    folder = work_folder(home, night)
    shutil.rmtree(folder, ignore_errors=True)
    pages = _with_repeats(sorted(_identified(sources, night, home), key=lambda page: page.page_id))
    shards = [pages[start : start + PAGES_PER_SHARD] for start in range(0, len(pages), PAGES_PER_SHARD)] or [[]]
    names = [f"{number:03d}" for number in range(len(shards))]
    for name, shard in zip(names, shards, strict=True):
        write_records(folder / "pages" / f"{name}.parquet", Page, shard)
    # The file itself travels with the work, so that a night is finished with the sources it began with.
    (folder / "sources.yml").write_bytes(sources_file.read_bytes())
    _keep_knowledge(sources.knowledge_files(), folder / "knowledge")
    pin_extractor(home, folder)
    return names


def _keep_knowledge(files: Sequence[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for number, file in enumerate(files):
        try:
            shutil.copyfile(file, folder / f"{number:03d}{file.suffix}")
        except OSError as cause:
            raise SourcesError(f"knowledge: {file} cannot be read: {cause.strerror}") from cause


def _identified(sources: Sources, night: date, home: Path) -> Iterator[Page]:
    repeats: dict[tuple[str, ...], int] = {}
    for offered in offered_pages(sources, night):
        digest = store.keep(home, offered.content)
        identity = (night.isoformat(), offered.source_id, offered.origin, offered.media.value, digest)
        ordinal = repeats[identity] = repeats.get(identity, -1) + 1
        yield page_of(offered, night, digest, f"p_{_short_digest(*identity, str(ordinal))}")


def page_of(offered: Offered, night: date, digest: str = "", page_id: str = "") -> Page:
    """Give an offered page its identity."""
    locator = offered.url or offered.locator or offered.source_id
    return Page(
        night=night,
        page_id=page_id,
        version_key=f"v_{_short_digest(locator, offered.media.value, digest)}",
        source_id=offered.source_id,
        origin=offered.origin,
        url=offered.url,
        fetched_at=offered.fetched_at,
        media=offered.media.value,
        content_sha256=digest,
        content_bytes=len(offered.content),
        given_title=offered.title,
        given_published_at=offered.published_at,
        given_outlet=offered.outlet,
        fate=Fate.QUARANTINED.value if offered.reason else "",
        reason=offered.reason.value if offered.reason else None,
        detail=offered.detail,
    )


def _short_digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_ID_CHARACTERS]


def _with_repeats(pages: Sequence[Page]) -> list[Page]:
    """Give a fate to pages that this night brings twice.

    What other nights brought is decided over all nights, in the warehouse: then the order in which nights are loaded
    does not matter, and a night that is run again with fewer pages takes nothing from the nights after it.
    """
    first_by_version: dict[str, str] = {}
    result = []
    for page in pages:
        first = page.page_id if page.fate else first_by_version.setdefault(page.version_key, page.page_id)
        repeated = first != page.page_id
        result.append(replace(page, fate=Fate.ALREADY_SEEN.value, detail=first) if repeated else page)
    return result


def parse_shard(home: Path, night: date, shard: str) -> str:
    """Parse a shard's pages and write them and their blocks; return the path of the parsed file."""
    folder = work_folder(home, night)
    outlets, extractor = _sources(folder).outlets(), pinned_extractor(home, folder)
    rows = [
        _parsed(home, page, outlets, extractor) for page in read_records(folder / "pages" / f"{shard}.parquet", Page)
    ]
    write_records(
        folder / "blocks" / f"{shard}.parquet", BlockRow, (block for row in rows for block in _block_rows(row))
    )
    return str(write_records(folder / "parsed" / f"{shard}.parquet", ParsedRow, rows))


def _sources(folder: Path) -> Sources:
    return read_sources(folder / "sources.yml")


def _parsed(home: Path, page: Page, outlets: Sequence[Outlet], extractor: Extractor) -> ParsedRow:
    if page.fate:
        return ParsedRow(page, None)
    return read_page(page, store.fetch(home, page.content_sha256), outlets, extractor)


def read_page(page: Page, content: bytes, outlets: Sequence[Outlet], extractor: Extractor = INSTALLED) -> ParsedRow:
    """Parse one page; whatever is wrong with it becomes its fate and stops nothing else."""
    parsed = _guarded(page, lambda: parse_page(page, content, outlets, **extractor.parsing()))
    return ParsedRow(parsed, None) if isinstance(parsed, Page) else ParsedRow(page, parsed)


def annotate_row(
    row: ParsedRow, templates: dict[str, frozenset[int]], agencies: AgencyTable, extractor: Extractor = INSTALLED
) -> AnnotatedPage:
    """Annotate one parsed row, names apart; whatever is wrong with it becomes its fate and stops nothing else."""
    parsed = row.parsed
    if parsed is None:
        return AnnotatedPage(row.page, None)
    known = templates.get(parsed.outlet_id or "", frozenset())
    annotated = _guarded(row.page, lambda: annotate.annotate_page(parsed, known, agencies, **extractor.annotating()))
    return AnnotatedPage(annotated, None) if isinstance(annotated, Page) else annotated


def _guarded(page: Page, work: Callable[[], Result]) -> Result | Page:
    """Return what the work gives, or the page quarantined with the reason why it gave nothing."""
    try:
        with _time_limit(_SECONDS_PER_PAGE):
            return work()
    except UnreadablePage as cause:
        reason, detail = cause.reason, cause.detail
    except ExtractError:
        raise
    except Exception as cause:  # noqa: BLE001 - hostile pages find faults in every library; each costs one page
        reason, detail = Reason.PARSE_ERROR.value, f"{type(cause).__name__}: {cause}"[:500]
    return replace(page, fate=Fate.QUARANTINED.value, reason=str(reason), detail=detail)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the block after that many seconds; outside the main thread no limit can be set."""

    def stop(_signal: int, _frame: Any) -> None:
        raise TimeoutError(f"reading it took longer than {seconds} s")

    try:
        before = signal.signal(signal.SIGALRM, stop)
    except ValueError:
        yield
        return
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _block_rows(row: ParsedRow) -> Iterator[BlockRow]:
    parsed = row.parsed
    if parsed is None or parsed.page.media == Media.BODY:
        return
    locator = parsed.canonical_url or parsed.page.version_key
    for number, block in enumerate(parsed.blocks):
        text = parsed.text[block.start : block.end].strip()
        yield BlockRow(
            parsed.page.night,
            parsed.page.page_id,
            number,
            parsed.outlet_id,
            locator,
            text_hash(text),
            len(text),
            text[:_EXAMPLE_CHARACTERS],
        )


def learn_templates(home: Path, night: date) -> str:
    """Learn what repeats across each outlet's pages, from this night and the nights before; return the file's path."""
    folder = work_folder(home, night)
    target = folder / "templates.parquet"
    return str(
        learn.learn(sorted((folder / "blocks").glob("*.parquet")), warehouse.current_release(home), night, target)
    )


def annotate_shard(home: Path, night: date, shard: str) -> str:
    """Turn a shard's parsed pages into documents; return the path of the annotated file."""
    folder = work_folder(home, night)
    templates = learn.read_templates(folder / "templates.parquet")
    agencies = agency_table(_sources(folder).file.agencies)
    rows = read_records(folder / "parsed" / f"{shard}.parquet", ParsedRow)
    target = folder / "annotated" / f"{shard}.parquet"
    extractor = pinned_extractor(home, folder)
    return str(write_records(target, AnnotatedPage, annotated_rows(rows, templates, agencies, extractor)))


def annotated_rows(
    rows: Iterator[ParsedRow],
    templates: dict[str, frozenset[int]],
    agencies: AgencyTable,
    extractor: Extractor = INSTALLED,
) -> Iterator[AnnotatedPage]:
    """Annotate parsed rows a batch at a time, in order; rows without text pass with the fate they have."""
    batch: list[ParsedRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _PAGES_PER_BATCH:
            yield from _annotated_batch(batch, templates, agencies, extractor)
            batch = []
    yield from _annotated_batch(batch, templates, agencies, extractor)


def _annotated_batch(
    batch: Sequence[ParsedRow], templates: dict[str, frozenset[int]], agencies: AgencyTable, extractor: Extractor
) -> list[AnnotatedPage]:
    pages = [annotate_row(row, templates, agencies, extractor) for row in batch]
    return annotate.with_names(pages, **extractor.naming())


def load(home: Path, night: date) -> str:
    """Copy the current release into a fresh build and replace the night in it; return the build's path."""
    folder = work_folder(home, night)
    sources = _sources(folder)
    build_file = folder / "build" / "dateline.duckdb"
    warehouse.fresh_build(warehouse.current_release(home), build_file)
    warehouse.replace_night(
        build_file,
        night,
        offered=sorted((folder / "pages").glob("*.parquet")),
        annotated=sorted((folder / "annotated").glob("*.parquet")),
        blocks=sorted((folder / "blocks").glob("*.parquet")),
        templates=folder / "templates.parquet",
        outlets=sources.outlets(),
        agencies=known_agencies(sources.file.agencies),
        sources_digest=sources.digest,
        extractor_version=pinned_extractor(home, folder).version,
        knowledge_files=sorted((folder / "knowledge").glob("*")),
    )
    return str(build_file)
