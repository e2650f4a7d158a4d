"""The pages the cleaner's model learns from: dumps with labelled lines, HTML pages with the text a person took out."""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.blocks import line_blocks
from extract.errors import UnreadablePage
from extract.features import PageFacts, facts
from extract.model import Block, Media
from extract.night import page_of
from extract.parse import parse_page
from extract.sources import SourceEntry, row_page
from extract.words import words

# Sets whose annotation licence is stated; cpe states none and is measured only.
SETS = ("aeb", "aed", "fundus", "wcxb_article")
FOLDS = 5
BODY, OTHER, UNKNOWN = 1, 0, 2  # an unknown line is neither learned nor scored
_TITLE = 2  # in the labels of the dumps: free when scored, but no part of the body

_MIN_COVER = 0.8  # share of the gold text a dump holds; below, its converter lost the article
_RUN = 3  # words in a row that count as said in the gold text
_BODY_SHARE, _OTHER_SHARE = 0.7, 0.3  # of a block's words in the gold text; between them it is unknown
_SHORT = 6  # words; so short a block must be a line of the gold text


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A page as blocks with labels."""

    site: str
    origin: str
    is_html: bool
    text: str
    facts: PageFacts
    labels: npt.NDArray[np.int64]  # shape (blocks,): BODY, OTHER or UNKNOWN
    sizes: npt.NDArray[np.float64]  # words of each block, shape (blocks,)


def fold_of(site: str) -> int:
    """Return the fold, 0 to FOLDS - 1, that all pages of a site belong to."""
    return hashlib.sha256(site.encode()).digest()[0] % FOLDS


def read_pages(folder: Path) -> Iterator[TrainingPage]:
    """Yield the training pages of the evaluation sets below a folder, dumps before HTML, in file order."""
    for name in SETS:
        rows = {row["id"]: row for row in _rows(folder / name / "dataset.jsonl") if _is_usable(row)}
        for dump in _rows(folder / name / "dumps.jsonl.gz"):
            if dump["page"] in rows and dump.get("cover", 1.0) >= _MIN_COVER:
                yield _dump(dump, _site(rows[dump["page"]]))
        for row in rows.values():
            page = _html(row, folder / name)
            if page is not None:
                yield page


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _site(row: dict[str, Any]) -> str:
    return str(row.get("site") or row["id"])


def _is_usable(row: dict[str, Any]) -> bool:
    is_right = row.get("gold_ok", (row.get("gold_cov") or 1.0) >= 0.85)  # as the shared scorer has it
    return bool(row.get("gold_text")) and row.get("news", True) and is_right is not False


def _dump(row: dict[str, Any], site: str) -> TrainingPage:
    lines = [line.replace("\n", " ") for line in row["lines"]]
    text = "\n".join(lines)
    blocks = line_blocks(text)
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)])
    as_learned = {BODY: BODY, OTHER: OTHER, _TITLE: OTHER}
    by_line = np.array([as_learned.get(label, UNKNOWN) for label in row["labels"]])
    labels = []
    for block in blocks:
        first = int(np.searchsorted(starts, block.start, side="right")) - 1
        last = int(np.searchsorted(starts, max(block.start, block.end - 1), side="right")) - 1
        seen = [number for number in range(first, last + 1) if lines[number].strip()]
        labels.append(by_line[seen[0]] if seen else UNKNOWN)
    return training_page(site, row["id"], text, blocks, labels, is_html=False)


def _html(row: dict[str, Any], folder: Path) -> TrainingPage | None:
    content = gzip.decompress((folder / row["html_path"]).read_bytes())
    offered = row_page(SourceEntry(id="rows", rows="-"), 1, {"id": row["id"], "url": row.get("url"), "html": content})
    try:
        parsed = parse_page(page_of(offered, date(2000, 1, 1)), offered.content, [])
    except UnreadablePage:
        return None
    if parsed.page.media != Media.HTML:
        return None
    labels = gold_labels([parsed.text[block.start : block.end] for block in parsed.blocks], row["gold_text"])
    title = words(row.get("gold_title") or "")
    for number, block in enumerate(parsed.blocks):
        if title and words(parsed.text[block.start : block.end]) == title:
            labels[number] = OTHER
    return training_page(_site(row), row["id"], parsed.text, parsed.blocks, labels, is_html=True)


def training_page(
    site: str, origin: str, text: str, blocks: Sequence[Block], labels: Sequence[int], *, is_html: bool
) -> TrainingPage:
    """Return a page with its facts counted."""
    sizes = np.array([len(words(text[block.start : block.end])) for block in blocks], dtype=np.float64)
    return TrainingPage(site, origin, is_html, text, facts(text, blocks), np.array(labels), sizes)


def gold_labels(lines: Sequence[str], gold: str) -> list[int]:
    """Say of every line of a page whether the text a person took out has it.

    A word counts as taken out when it stands in a run of three that the gold text has. Of lines that a page repeats
    more often than the gold text does, those nearest to the rest of the body are body and the others unknown.
    """
    gold_lines = [tuple(words(line)) for line in gold.splitlines()]
    whole = Counter(line for line in gold_lines if line)
    flat = [word for line in gold_lines for word in line]
    runs = {tuple(flat[index : index + _RUN]) for index in range(len(flat) - _RUN + 1)}
    keys = [tuple(words(line)) for line in lines]
    labels = [_gold_label(key, whole, runs) for key in keys]
    places: dict[tuple[str, ...], list[int]] = {}
    for index, (key, label) in enumerate(zip(keys, labels, strict=True)):
        if label == BODY:
            places.setdefault(key, []).append(index)
    single = [index for indexes in places.values() if len(indexes) == 1 for index in indexes]
    middle = single[len(single) // 2] if single else 0
    for key, indexes in places.items():
        wanted = max(1, whole[key])
        for index in sorted(indexes, key=lambda index: (abs(index - middle), index))[wanted:]:
            labels[index] = UNKNOWN
    return labels


def _gold_label(key: tuple[str, ...], whole: Counter[tuple[str, ...]], runs: set[tuple[str, ...]]) -> int:
    if not key:
        return UNKNOWN
    if key in whole:
        return BODY
    if len(key) < _RUN:
        return OTHER
    kept = [False] * len(key)
    for index in range(len(key) - _RUN + 1):
        if key[index : index + _RUN] in runs:
            kept[index : index + _RUN] = [True] * _RUN
    share = sum(kept) / len(key)
    if len(key) < _SHORT and share > _OTHER_SHARE:
        return UNKNOWN
    return BODY if share >= _BODY_SHARE else OTHER if share <= _OTHER_SHARE else UNKNOWN
