"""Reads the sources file and, for a night, every page the sources offer. Only this module reads the outside world."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from extract.errors import SourcesError
from extract.model import Media, Outlet, Reason

# Four times the largest page of the evaluation sets (4.4 MB); also bounds what a gzip may unpack to.
MAX_PAGE_BYTES = 16 * 1024 * 1024
_MEDIA_BY_SUFFIX = {".html": Media.HTML, ".htm": Media.HTML, ".txt": Media.TEXT}
_CONTENT_FIELDS = {"html": Media.HTML, "text": Media.TEXT, "body": Media.BODY}
_ROWS_PER_BATCH = 256
MAX_ROW_BYTES = 4 * MAX_PAGE_BYTES  # JSON may escape a page's characters to several times their size
_FIRST_YEAR, _LAST_YEAR = 1990, 2200  # before there were web pages; beyond it a clock is broken

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OutletEntry(_Strict):
    """An outlet as sources.yml declares it."""

    id: Name
    name: str
    hosts: list[str] = []
    time_zone: str | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str | None) -> str | None:
        if value is not None and value not in available_timezones():
            raise ValueError(f"{value!r} is not an IANA time zone such as Europe/Dublin")
        return value


class AgencyEntry(_Strict):
    """A news agency beyond the built-in table, with the short forms that credits use."""

    name: str
    aliases: list[str] = []


class SourceEntry(_Strict):
    """Where pages come from: a folder of pages, or files of rows. `{night}` in a path stands for the night."""

    id: Name
    outlet: Name | None = None
    folder: Annotated[str, Field(min_length=1)] | None = None
    rows: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _has_one_place(self) -> "SourceEntry":
        if (self.folder is None) == (self.rows is None):
            raise ValueError("give either folder: (files .html, .htm, .txt, also .gz) or rows: (.jsonl, .parquet)")
        return self


class SourcesFile(_Strict):
    """The whole sources file."""

    outlets: list[OutletEntry] = []
    agencies: list[AgencyEntry] = []
    knowledge: list[Annotated[str, Field(min_length=1)]] = []
    sources: Annotated[list[SourceEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_fit_together(self) -> "SourcesFile":
        for label, names in (("outlet", [o.id for o in self.outlets]), ("source", [s.id for s in self.sources])):
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                raise ValueError(f"{label} ids must be unique; repeated: {', '.join(repeated)}")
        known = {outlet.id for outlet in self.outlets}
        for source in self.sources:
            if source.outlet is not None and source.outlet not in known:
                raise ValueError(f"source {source.id}: outlet {source.outlet} is not among the outlets")
        return self


@dataclass(frozen=True)
class Sources:
    """A sources file that was read: its content, where it lies, and the digest of its bytes."""

    file: SourcesFile
    folder: Path
    digest: str

    def outlets(self) -> list[Outlet]:
        """Return the declared outlets, by id."""
        return [
            Outlet(entry.id, entry.name, " ".join(host.lower() for host in entry.hosts), entry.time_zone, entry.country)
            for entry in sorted(self.file.outlets, key=lambda entry: entry.id)
        ]

    def knowledge_files(self) -> list[Path]:
        """Return the files of known things that are declared; a path is read from where the sources file lies."""
        return [self.folder / path for path in self.file.knowledge]


@dataclass(frozen=True)
class Offered:
    """A page as a source offers it, before it has an identity."""

    source_id: str
    origin: str
    media: Media
    content: bytes
    locator: str | None = None  # what makes it the same page when met again; None: the source itself
    url: str | None = None
    fetched_at: datetime | None = None
    title: str | None = None
    published_at: str | None = None
    outlet: str | None = None
    reason: Reason | None = None  # set when it cannot even be offered for parsing
    detail: str | None = None


def read_sources(path: Path) -> Sources:
    """Read and check a sources file.

    Raises:
        SourcesError: the file is missing or malformed; the message names the entry.
    """
    try:
        content = path.read_bytes()
        file = SourcesFile.model_validate(yaml.safe_load(content) or {})
    except OSError as cause:
        raise SourcesError(f"no sources file at {path}: write one (docs/sources.md) or pass SOURCES=path") from cause
    except yaml.YAMLError as cause:
        raise SourcesError(f"{path} is not valid YAML: {cause}") from cause
    except ValidationError as cause:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']) or 'file'}: {problem['msg']}"
            for problem in cause.errors()
        )
        raise SourcesError(f"{path}: {problems} (docs/sources.md shows the format)") from cause
    return Sources(file, path.resolve().parent, hashlib.sha256(content).hexdigest())


def offered_pages(sources: Sources, night: date) -> Iterator[Offered]:
    """Yield every page the sources offer for a night, in the order of sources, files and rows.

    Bad files and rows are yielded too, with a reason; nothing a source offers is passed over.

    Raises:
        SourcesError: a fixed path (one without `{night}`) does not exist.
    """
    for entry in sources.file.sources:
        pattern = entry.folder or entry.rows or ""
        place = sources.folder / pattern.replace("{night}", night.isoformat())
        if not place.exists():
            if "{night}" not in pattern:
                raise SourcesError(f"source {entry.id}: {place} does not exist: mend its path in the sources file")
            continue  # a night without this source; gate 1 watches for silence
        if entry.folder is not None:
            yield from _folder_pages(entry, place)
        else:
            yield from _row_pages(entry, place)


def _folder_pages(entry: SourceEntry, folder: Path) -> Iterator[Offered]:
    if not folder.is_dir():
        raise SourcesError(f"source {entry.id}: {folder} is not a folder: use rows: for a file")
    for path in sorted(folder.rglob("*")):
        is_packed = path.suffix.lower() == ".gz"
        media = _MEDIA_BY_SUFFIX.get((path.with_suffix("") if is_packed else path).suffix.lower())
        if media is None or path.is_dir():
            continue  # not a page by its name: notes, images, gold files
        content, reason, detail = _read_file(path, is_packed=is_packed)
        yield Offered(
            entry.id,
            _mended(path.relative_to(folder).as_posix()),
            media,
            content,
            outlet=entry.outlet,
            reason=reason,
            detail=detail,
        )


def _read_file(path: Path, *, is_packed: bool) -> tuple[bytes, Reason | None, str | None]:
    """Return the page's bytes; on failure the file's own first bytes, so that the store still keeps what came."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_PAGE_BYTES + 1)
    except OSError as cause:
        return b"", Reason.UNREADABLE_FILE, _mended(f"{path}: {cause}")
    content = raw
    if is_packed:
        try:
            with gzip.open(path, "rb") as unpacked:
                content = unpacked.read(MAX_PAGE_BYTES + 1)
        except (OSError, EOFError, zlib.error) as cause:
            return raw[:MAX_PAGE_BYTES], Reason.BROKEN_GZIP, str(cause)
    if len(content) > MAX_PAGE_BYTES:
        return raw[:MAX_PAGE_BYTES], Reason.TOO_LARGE, f"more than {MAX_PAGE_BYTES} bytes"
    return content, None, None


def _row_pages(entry: SourceEntry, path: Path) -> Iterator[Offered]:
    name = path.name.removesuffix(".gz")
    if name.endswith(".parquet"):
        yield from _parquet_pages(entry, path)
    elif name.endswith((".jsonl", ".ndjson")):
        yield from _jsonl_pages(entry, path)
    else:
        raise SourcesError(f"source {entry.id}: {path} is neither .jsonl (.gz) nor .parquet")


def _parquet_pages(entry: SourceEntry, path: Path) -> Iterator[Offered]:
    try:
        with pq.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS_PER_BATCH):
                for row in range(batch.num_rows):
                    number += 1
                    yield _parquet_row(entry, number, batch.slice(row, 1))
    except (OSError, pa.ArrowInvalid) as cause:
        raise SourcesError(f"source {entry.id}: {path} is not a readable Parquet file: {cause}") from cause


def _parquet_row(entry: SourceEntry, number: int, row: pa.RecordBatch) -> Offered:
    try:
        return row_page(entry, number, row.to_pylist()[0])
    except (UnicodeDecodeError, ValueError, OverflowError) as cause:
        return _unreadable(entry, f"line {number}", str(cause).encode(), f"a value cannot be read: {cause}")


def _jsonl_pages(entry: SourceEntry, path: Path) -> Iterator[Offered]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            for number, line in _lines(file):
                if line.strip():
                    yield _jsonl_row(entry, number, line)
    except (OSError, EOFError, zlib.error) as cause:
        content, _, _ = _read_file(path, is_packed=False)
        reason = Reason.BROKEN_GZIP if path.suffix == ".gz" and content else Reason.UNREADABLE_FILE
        origin = _mended(path.name)
        # The rest of the file cannot be read: rows before the break have been offered, the file itself is kept.
        yield Offered(entry.id, origin, Media.TEXT, content, f"{entry.id}:{origin}", reason=reason, detail=str(cause))


def _lines(file: gzip.GzipFile | IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines; of a line that is longer than any row may be, only so much as shows that it is."""
    number = 0
    while line := file.readline(MAX_ROW_BYTES + 1):
        number += 1
        yield number, line
        is_cut = len(line) > MAX_ROW_BYTES
        while is_cut and line and not line.endswith(b"\n"):
            line = file.readline(MAX_ROW_BYTES)


def _jsonl_row(entry: SourceEntry, number: int, line: bytes) -> Offered:
    if len(line) > MAX_ROW_BYTES:
        return _unreadable(entry, f"line {number}", line, f"longer than {MAX_ROW_BYTES} bytes", Reason.TOO_LARGE)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as cause:
        return _unreadable(entry, f"line {number}", line, f"not JSON: {cause}")
    return row_page(entry, number, row)


def _unreadable(
    entry: SourceEntry, origin: str, content: bytes, detail: str, reason: Reason = Reason.UNREADABLE_ROW
) -> Offered:
    return Offered(
        entry.id,
        origin,
        Media.TEXT,
        content[:MAX_PAGE_BYTES],
        locator=f"{entry.id}:{origin}",
        outlet=entry.outlet,
        reason=reason,
        detail=_mended(detail),
    )


def row_page(entry: SourceEntry, number: int, row: Any) -> Offered:
    """Return the page a row carries; a row that carries none comes back with the reason."""
    origin = f"line {number}"
    if not isinstance(row, dict):
        return _unreadable(entry, origin, _as_written(row), "a row must be an object")
    origin = _text(row.get("id")) or origin
    given = [name for name in _CONTENT_FIELDS if row.get(name) is not None]
    if len(given) != 1:
        problem = f"has {' and '.join(given)}" if given else "has none"
        return _unreadable(
            entry, origin, _as_written(row), f"a row needs one of html, text or body; this one {problem}"
        )
    (content_field,) = given
    value = row[content_field]
    if isinstance(value, str):
        # Lone surrogates are legal in JSON strings and in nothing else: they are kept here and mended in decoding.
        value = value.encode("utf-8", "surrogatepass")
    if not isinstance(value, bytes):
        return _unreadable(entry, origin, _as_written(row), f"{content_field} must be text")
    try:
        fetched_at = utc_time(row.get("fetched_at"))
    except (ValueError, OverflowError):
        return _unreadable(
            entry, origin, _as_written(row), f"fetched_at is not an ISO 8601 time: {row['fetched_at']!r}"
        )
    is_too_large = len(value) > MAX_PAGE_BYTES
    return Offered(
        entry.id,
        origin,
        _CONTENT_FIELDS[content_field],
        value[:MAX_PAGE_BYTES],
        locator=f"{entry.id}:{origin}" if row.get("id") else None,
        url=_text(row.get("url")),
        fetched_at=fetched_at,
        title=_text(row.get("title")),
        published_at=_text(row.get("published_at")),
        outlet=_text(row.get("outlet")) or entry.outlet,
        reason=Reason.TOO_LARGE if is_too_large else None,
        detail=f"more than {MAX_PAGE_BYTES} bytes" if is_too_large else None,
    )


def _as_written(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


def _text(value: Any) -> str | None:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _mended(str(value).strip()) or None if value is not None else None


def _mended(text: str) -> str:
    """Return text that every encoding can write: lone surrogates of JSON and of file names become their escapes."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "backslashreplace")


def utc_time(value: Any, zone: str | None = None) -> datetime | None:
    """Return a time as UTC without zone; a value without zone is read in `zone`, by default as UTC.

    Raises:
        ValueError: it is not ISO 8601.
    """
    if value is None or value == "":
        return None
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"{moment.year} is no year of a crawl")
    return moment.astimezone(UTC).replace(tzinfo=None)
