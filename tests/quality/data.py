"""Finds evaluation data by its shape, never by its name, so that other data laid out the same way is scored too.

What makes a set:
    html        a folder with `dataset.jsonl` whose rows carry `id` and `html_path`
    dumps       a folder with `dumps.jsonl`: rows with `id`, `lines`, `labels`, `conv`
    seeds       a folder with `lines.jsonl` (rows as above) and `gold.json`
    copies      a file of rows with `id`, `text`, `dup_group`
    stories     the same with `story_id`
    names       a file of rows with `id`, `text`, `spans`
    resolution  the same with `mentions`
Every file may also be `.gz`. Folders called `train` hold what models learn from and are passed over.
"""

import gzip
import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
LEARNING_FOLDER = "train"
MIN_COVER = 0.8  # share of the gold text that a converter's dump holds; below it the labels cannot be trusted
_MIN_GOLD_COVER = 0.85  # share of the gold text that is on the page at all, where a set says so

Row = dict[str, Any]


@dataclass(frozen=True)
class DataSet:
    """A set of evaluation data: what it is for, its name, and the file its rows are in."""

    task: str
    name: str
    path: Path

    @cached_property
    def rows(self) -> list[Row]:
        """Return all rows."""
        return list(read_rows(self.path))

    def files(self) -> list[Path]:
        """Return every file the scores of this set depend on."""
        pages = [self.path.parent / row["html_path"] for row in self.rows if row.get("html_path")]
        gold = self.path.with_name("gold.json")
        return [self.path, *([gold] if self.task == "seeds" else []), *sorted(set(pages))]

    def digest(self) -> str:
        """Return a digest over the names and bytes of the set's files."""
        result = hashlib.sha256()
        for path in self.files():
            result.update(path.relative_to(self.path.parent).as_posix().encode() + b"\0")
            result.update(hashlib.sha256(path.read_bytes()).digest())
        return result.hexdigest()[:16]


def evaluation_folder() -> Path:
    """Return the folder of the evaluation data: DATELINE_EVAL, else ../shared/eval beside the project."""
    return Path(os.environ.get("DATELINE_EVAL") or PROJECT.parent / "shared" / "eval").expanduser().absolute()


def seeds_folder(evaluation: Path) -> Path:
    """Return the folder of the seeds, beside the evaluation data."""
    return evaluation.parent / "seeds"


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSONL file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def find_sets(*folders: Path) -> list[DataSet]:
    """Return every set under the folders, by task and name; sets of one name are told apart by their folder."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*.jsonl*")):
            inside = path.relative_to(folder)
            if LEARNING_FOLDER in inside.parts or not path.name.endswith((".jsonl", ".jsonl.gz")):
                continue
            task = task_of(path)
            if task is not None:
                is_named_by_folder = task in {"html", "dumps", "seeds"}
                name = path.parent.name if is_named_by_folder else path.name.partition(".jsonl")[0]
                found.append(DataSet(task, name, path))
    uses = Counter((one.task, one.name) for one in found)
    return [one if uses[one.task, one.name] == 1 else replace(one, name=_longer_name(one)) for one in found]


def _longer_name(one: DataSet) -> str:
    parent = one.path.parent.parent if one.task in {"html", "dumps", "seeds"} else one.path.parent
    return f"{parent.name}/{one.name}"


def task_of(path: Path) -> str | None:
    """Return what a file of rows is for, by its first row; None when it is none of ours."""
    first = next(read_rows(path), None)
    if not isinstance(first, dict) or "id" not in first:
        return None
    if "html_path" in first:
        return "html"
    if {"lines", "labels"} <= first.keys():
        return "seeds" if path.with_name("gold.json").is_file() else "dumps"
    if "text" not in first:
        return None
    by_key = {"dup_group": "copies", "story_id": "stories", "spans": "names", "mentions": "resolution"}
    return next((task for key, task in by_key.items() if key in first), None)


def news_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that are news; a set that does not say is news throughout."""
    return [row for row in rows if row.get("news")] if any("news" in row for row in rows) else list(rows)


def has_usable_gold_text(row: Row) -> bool:
    """Tell whether a page's body can be scored: it has gold text, and that is all on the page."""
    is_on_page = row.get("gold_ok", (row.get("gold_cov") or 1) >= _MIN_GOLD_COVER)
    return bool(row.get("gold_text")) and bool(is_on_page)


def usable_dumps(rows: Sequence[Row]) -> list[Row]:
    """Return the dumps of news that hold the text they are labelled with."""
    return [row for row in news_rows(rows) if row.get("cover", 1) >= MIN_COVER]


def sample(rows: Sequence[Row], limit: int | None, group: Callable[[Row], str] | None = None) -> list[Row]:
    """Return about `limit` rows, always the same: in the order of a hash of their ids; groups stay whole."""
    if limit is None or limit >= len(rows):
        return list(rows)
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[group(row) if group else str(row["id"])].append(row)
    chosen: list[Row] = []
    for name in sorted(groups, key=lambda name: hashlib.sha256(name.encode()).digest()):
        if len(chosen) >= limit:
            break
        chosen += groups[name]
    return chosen
