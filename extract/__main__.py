"""Batch interface and shadow upgrades, with the same code a night runs.

`shadow` reads the stored pages of a warehouse again with another extractor and shows what would change;
`shadow-accept` lets nights use it.

`clean IN.jsonl OUT.jsonl` cleans rows of a file. IN rows carry `id` and one of `html`, `text`, `body`, or `html_path`
(relative to IN, may be .gz); optionally `url`, `fetched_at`, `title`, `published_at`, `outlet`, and `cleaner`, the file
of the line model that is to read the row instead of the installed one. OUT has a row per input row, in order: `id`,
`fate`, `reason`, `detail` and, when accepted, `title`, `standfirst`, `body` (which begins with the standfirst),
`published_at`, `authors` (people, agencies and desks, as written), `agency`, `language` with its
`language_confidence` and `language_share`, `other_language`, `kind` and `completeness`. With `--spans` it has `text`
(the decoded page) and the `spans` that tile it, with `--mentions` also `mentions`, `role_claims` and `quotes`. `-`
stands for standard input or output.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime, timezone
from pathlib import Path
from typing import Any, TextIO

from extract import shadow_command
from extract.agencies import agency_table
from extract.annotate import with_names
from extract.bylines import UPSTREAM
from extract.dates import zone_offset
from extract.errors import ExtractError
from extract.extractor import INSTALLED, Extractor, named_extractor
from extract.model import AnnotatedPage, Fate, Time
from extract.names import BACKENDS, DEFAULT_BACKEND
from extract.night import ParsedRow, annotate_row, collect_garbage_seldom, page_of, read_page
from extract.sources import Offered, SourceEntry, row_page

_Read = tuple[ParsedRow, Extractor]

_BATCH = 64


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m extract", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    clean = commands.add_parser("clean", help="clean the pages of a JSONL file")
    clean.add_argument("source", metavar="IN.jsonl")
    clean.add_argument("target", metavar="OUT.jsonl")
    clean.add_argument("--spans", action="store_true", help="write the decoded text and the spans that tile it")
    clean.add_argument("--mentions", action="store_true", help="find names and quotations too (slower)")
    clean.add_argument(
        "--names", choices=BACKENDS, default=DEFAULT_BACKEND, help="what finds names (default: %(default)s)"
    )
    clean.set_defaults(run=_clean)
    shadow_command.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except ExtractError as cause:
        print(f"extract: {cause}", file=sys.stderr)
        return 1


def _clean(options: argparse.Namespace) -> int:
    collect_garbage_seldom()
    with ExitStack() as files:
        folder = Path.cwd() if options.source == "-" else Path(options.source).resolve().parent
        source: TextIO = sys.stdin if options.source == "-" else files.enter_context(_open_lines(Path(options.source)))
        target: TextIO = (
            sys.stdout
            if options.target == "-"
            else files.enter_context(Path(options.target).open("w", encoding="utf-8", errors="replace"))
        )
        backend = options.names if options.mentions else None
        for answer in clean_rows(_rows(source, folder), spans=options.spans, names=backend):
            target.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
    return 0


def _open_lines(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _rows(source: TextIO, folder: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as cause:
            raise ExtractError(f"line {number} is not JSON: {cause}") from cause
        if "html_path" in row and "html" not in row:
            content = (folder / row["html_path"]).read_bytes()
            row["html"] = gzip.decompress(content) if row["html_path"].endswith(".gz") else content
        yield row


def clean_rows(
    rows: Iterator[dict[str, Any]], *, spans: bool = False, names: str | None = None
) -> Iterator[dict[str, Any]]:
    """Clean rows and yield an answer for each, in order; see the module's text for the fields.

    Args:
        rows: the rows of the input file.
        spans: whether answers hold the decoded text and its spans.
        names: the backend that finds names and quotations; without one answers hold none.
    """
    batch: list[_Read] = []
    for number, row in enumerate(rows, start=1):
        batch.append((_parsed(number, row), _cleaner(row)))
        if len(batch) == _BATCH:
            yield from _answers(batch, spans=spans, names=names)
            batch = []
    yield from _answers(batch, spans=spans, names=names)


def _parsed(number: int, row: dict[str, Any]) -> ParsedRow:
    offered: Offered = row_page(SourceEntry(id="rows", rows="-"), number, row)
    page = page_of(offered, datetime.now(UTC).date())
    return ParsedRow(page, None) if page.fate else read_page(page, offered.content, [])


def _cleaner(row: dict[str, Any]) -> Extractor:
    return named_extractor(None, Path(row["cleaner"])) if "cleaner" in row else INSTALLED


def _answers(batch: list[_Read], *, spans: bool, names: str | None) -> Iterator[dict[str, Any]]:
    agencies = agency_table()
    annotated = [annotate_row(row, {}, agencies, extractor) for row, extractor in batch]
    pages = with_names(annotated, names) if names else annotated
    for page, (row, _) in zip(pages, batch, strict=True):
        yield _answer(page, row, spans=spans, mentions=names is not None)


def _answer(page: AnnotatedPage, row: ParsedRow, *, spans: bool, mentions: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": page.page.origin,
        "fate": page.page.fate,
        "reason": page.page.reason,
        "detail": page.page.detail,
    }
    document = page.document
    if page.page.fate == Fate.ACCEPTED and document is not None:
        published = next((time for time in page.times if time.is_chosen and time.kind == "published"), None)
        answer |= {
            "title": document.title,
            "standfirst": document.standfirst,
            "body": document.body,
            "published_at": _written(published, row.parsed.country if row.parsed else None) if published else None,
            "authors": [one.original_text for one in page.credits if one.is_chosen and one.role != UPSTREAM],
            "agency": document.agency,
            "language": document.language,
            "language_confidence": document.language_confidence,
            "language_share": document.language_share,
            "other_language": document.other_language,
            "kind": document.kind,
            "completeness": document.completeness,
        }
        if mentions:
            answer["mentions"] = [asdict(mention) for mention in page.mentions]
            answer["role_claims"] = [asdict(claim) for claim in page.role_claims]
            answer["quotes"] = [asdict(quote) for quote in page.quotes]
    if spans and row.parsed is not None:
        answer["text"] = row.parsed.text
        answer["spans"] = [
            {name: value for name, value in asdict(span).items() if name != "text"} for span in page.spans
        ]
    return answer


def _written(time: Time, country: str | None) -> str:
    """Return a time as ISO 8601, in the zone the page wrote it in where that is known; else in UTC, a day as a day."""
    if time.precision not in ("instant", "minute"):
        return time.value_at.isoformat()[: len("2026-01-05" if time.precision == "day" else "2026-01")]
    moment = time.value_at.replace(tzinfo=UTC)
    offset = zone_offset(time.zone_name, time.value_at, country) if time.zone_name else None
    if offset and time.zone_name:
        offset = zone_offset(time.zone_name, time.value_at + offset, country)  # asked by its own clocks, see there
    return moment.astimezone(timezone(offset) if offset else UTC).isoformat().replace("+00:00", "Z")


if __name__ == "__main__":
    sys.exit(main())
