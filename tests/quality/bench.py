"""Times cleaning beside bare trafilatura, and names beside spaCy's, on the same texts in turn: `make bench`."""

import argparse
import gzip
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from extract.agencies import agency_table
from extract.labels import Label, label_blocks
from extract.line_model import load_model
from extract.model import AnnotatedPage, ParsedPage
from extract.names import BACKENDS, ZoneText, find_mentions
from extract.night import ParsedRow, annotate_row, collect_garbage_seldom, page_of, read_page
from extract.rules import line_rule, tail_heading
from extract.sources import SourceEntry, row_page
from tests.quality.data import (
    DataSet,
    Row,
    evaluation_folder,
    find_sets,
    has_usable_gold_text,
    news_rows,
    sample,
    usable_dumps,
)

_SOURCE = SourceEntry(id="bench", rows="-")
_NIGHT = date(2026, 11, 1)  # times after it are refused; which day it is costs nothing
_AGENCIES = agency_table()
_BATCH = 64  # documents, as in `python -m extract clean`
_WARMING = 3  # rows read before the clock starts: what is loaded once is no page's cost

Given = TypeVar("Given")
Result = TypeVar("Result")


class Stopwatch:
    """CPU-seconds of this process by what they were spent on."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.seconds: Counter[str] = Counter()

    def time(self, name: str, work: Callable[[Given], Result], given: Given) -> Result:
        """Return what the work makes of something, and count its time."""
        started = time.process_time()
        result = work(given)
        self.seconds[name] += time.process_time() - started
        return result

    def milliseconds(self, name: str, rows: int) -> float:
        """Return the time spent on something, a row."""
        return 1000 * self.seconds[name] / rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.bench", description=__doc__)
    parser.add_argument("--eval", type=Path, default=evaluation_folder(), help="folder of evaluation data")
    parser.add_argument("--limit", type=int, default=40, help="rows per set, always the same ones (default 40)")
    options = parser.parse_args(arguments)
    sets = find_sets(options.eval) if options.eval.is_dir() else []
    pages = [page for one in sets if one.task == "html" for page in _html_rows(one, options.limit)]
    dumps = [row for one in sets if one.task == "dumps" for row in _dump_rows(one, options.limit)]
    if not pages or not dumps:
        missing = " and no ".join(name for name, rows in (("HTML pages", pages), ("text dumps", dumps)) if not rows)
        print(f"no {missing} in {options.eval}: DATELINE_EVAL names the folder of the evaluation data", file=sys.stderr)
        return 1
    collect_garbage_seldom()  # as `python -m extract clean` does
    print(pages_report(pages))
    print(dumps_report(dumps))
    print(names_report(dumps))
    return 0


def _html_rows(one: DataSet, limit: int) -> list[Row]:
    rows = sample([row for row in news_rows(one.rows) if has_usable_gold_text(row)], limit)
    return [
        {"id": row["id"], "url": row.get("url"), "html": _content(one.path.parent / row["html_path"])} for row in rows
    ]


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _dump_rows(one: DataSet, limit: int) -> list[Row]:
    return [{"id": row["id"], "text": "\n".join(row["lines"])} for row in sample(usable_dumps(one.rows), limit)]


def pages_report(rows: Sequence[Row]) -> str:
    """Time HTML pages read by us and by bare trafilatura in precision mode, and say what came out."""
    import trafilatura

    def peer(row: Row) -> str | None:
        return trafilatura.extract(row["html"], favor_precision=True, include_comments=False)

    for row in rows[:_WARMING]:
        _annotated(_parsed(row))
        peer(row)
    watch = Stopwatch()
    for row in rows:
        parsed = watch.time("parsing", _parsed, row)
        watch.time("annotating", _annotated, parsed)
        watch.time("peer", peer, row)
    parsing, annotating, theirs = (watch.milliseconds(name, len(rows)) for name in ("parsing", "annotating", "peer"))
    return (
        f"{len(rows)} HTML pages, CPU ms a page: {parsing + annotating:.2f} ({parsing:.2f} parsing, {annotating:.2f} "
        f"annotating), bare trafilatura {theirs:.2f}; ratio {(parsing + annotating) / theirs:.2f}"
    )


def dumps_report(rows: Sequence[Row]) -> str:
    """Time text dumps: their labelling alone, and the whole way from row to document."""
    model = load_model()

    def labelled(page: ParsedPage) -> list[Label]:
        return label_blocks(page.text, page.blocks, frozenset(), model)

    pages = [parsed for row in rows if (parsed := _parsed(row).parsed) is not None]
    for page in pages[:_WARMING]:
        labelled(page)
    watch = Stopwatch()
    _forget_lines()
    for page in pages:
        watch.time("labelling", labelled, page)
    _forget_lines()
    for row in rows:
        watch.time("whole", _whole_way, row)
    return (
        f"{len(rows)} text dumps, CPU ms a document: {watch.milliseconds('whole', len(rows)):.2f}, of which labelling "
        f"{watch.milliseconds('labelling', len(pages)):.2f}"
    )


def names_report(rows: Sequence[Row]) -> str:
    """Time the names of text dumps by both backends, and say which is how fast."""
    texts = [[ZoneText("body", row["text"])] for row in rows]
    batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    for backend in BACKENDS:
        find_mentions([[ZoneText("body", "Anna Berg left Oslo.")]], backend)
    watch = Stopwatch()
    for batch in batches:
        for backend in BACKENDS:
            watch.time(backend, partial(find_mentions, backend=backend), batch)
    words = sum(len(row["text"].split()) for row in rows)
    own, spacy = (words / watch.seconds[backend] for backend in ("own", "spacy"))
    return (
        f"{len(rows)} text dumps, {words} words, names, words per CPU-second: own {own:.0f}, spaCy {spacy:.0f}; "
        f"ratio {own / spacy:.2f}"
    )


def _forget_lines() -> None:
    """Forget the lines that were judged: in a night most lines of a page are new too."""
    line_rule.cache_clear()
    tail_heading.cache_clear()


def _parsed(row: Row) -> ParsedRow:
    offered = row_page(_SOURCE, 1, row)
    return read_page(page_of(offered, _NIGHT), offered.content, [])


def _whole_way(row: Row) -> AnnotatedPage:
    return _annotated(_parsed(row))


def _annotated(row: ParsedRow) -> AnnotatedPage:
    return annotate_row(row, {}, _AGENCIES)


if __name__ == "__main__":
    sys.exit(main())
