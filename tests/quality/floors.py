"""Floors under figures cheap enough for every test run: the seeds and a sample of pages and dumps, always the same."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.quality.data import DataSet, Row, find_sets, has_usable_gold_text, news_rows, sample, usable_dumps
from tests.quality.entities import names_measured, resolution_measured
from tests.quality.front_door import clean, kept_lines
from tests.quality.groups import copies_scored
from tests.quality.language_scores import language_figures
from tests.quality.report import versions
from tests.quality.text_scores import body_score, kept_lines_agreement, mean_agreement, metadata_score
from tests.quality.throwaway import article_page, build_copies
from tests.quality.unseen import unseen_cleaner

FLOORS_FILE = Path(__file__).with_name("floors.json")
# These cost some 45 CPU-seconds, and are enough that one page more or less moves a figure by .02 at most.
PAGES, DUMPS, NAMED, RESOLVED = 60, 60, 20, 25
# The copies of two sets, 2,200 texts, cost some 35 more. Groups, and what is to stay out of them, have to be whole;
# larger sets are left out.
COPIES = 2_000
_TEXT = 1_000  # characters
_PLACES = 1000  # floors are cut after three decimals
# Processors round the names model's unquantised steps in their own ways, and a few names waver with them: one commit
# gave .834 on one machine and .8328 on another (AVX2 and no more).
_SLACK = {"names_f1": 0.004}


class FloorLowered(RuntimeError):
    """A figure is below its floor, and nobody allowed that."""


@dataclass(frozen=True)
class Sample:
    """The rows of the sample: pages with `page_path`, dumps, seeds, texts with names or entities, sets of copies."""

    pages: list[Row]
    dumps: list[Row]
    seeds: list[Row]
    named: list[Row] = field(default_factory=list)
    resolved: list[Row] = field(default_factory=list)
    copies: list[DataSet] = field(default_factory=list)

    def digest(self) -> str:
        """Return a digest over every row and page."""
        result = hashlib.sha256()
        for row in (*self.pages, *self.dumps, *self.seeds, *self.named, *self.resolved):
            shown = {name: value for name, value in row.items() if name != "page_path"}
            result.update(json.dumps(shown, sort_keys=True).encode())
            if "page_path" in row:
                result.update(Path(row["page_path"]).read_bytes())
        for one in self.copies:
            result.update(one.digest().encode())
        return result.hexdigest()[:16]


def take_sample(evaluation: Path, seeds: Path) -> Sample | None:
    """Return the sample over all sets together, or None where a part of the data is absent."""
    if not evaluation.is_dir() or not seeds.is_dir():
        return None
    sets = find_sets(evaluation, seeds)
    pages = [
        {**row, "page_path": str(one.path.parent / row["html_path"])}
        for one in sets
        if one.task == "html"
        for row in news_rows(one.rows)
        if has_usable_gold_text(row)
    ]
    dumps = [row for one in sets if one.task == "dumps" for row in usable_dumps(one.rows)]
    seed_rows = [row for one in sets if one.task == "seeds" for row in one.rows]
    # Of the sets with names those of whole texts: messages say nothing of news. Of those with entities the linked ones.
    named = [row for one in sets if one.task == "names" for row in one.rows if len(row["text"]) >= _TEXT]
    resolved = [row for one in sets if one.task == "resolution" for row in one.rows if _is_linked(row)]
    copies = [one for one in sets if one.task == "copies" and len(one.rows) <= COPIES]
    if not (pages and dumps and seed_rows and named and resolved and copies):
        return None
    return Sample(
        sample(pages, PAGES), sample(dumps, DUMPS), seed_rows, sample(named, NAMED), sample(resolved, RESOLVED), copies
    )


def _is_linked(row: Row) -> bool:
    return any("qid" in mention for mention in row["mentions"])


def measure_sample(taken: Sample) -> dict[str, float]:
    """Clean the sample in one run of the batch interface and return its figures."""
    pages = [
        {"id": row["id"], "url": row.get("url"), "html_path": row["page_path"], **unseen_cleaner(row)}
        for row in taken.pages
    ]
    dumps = [
        {"id": row["id"], "text": "\n".join(row["lines"]), **unseen_cleaner(row)}
        for row in (*taken.dumps, *taken.seeds)
    ]
    cleaned = clean([*pages, *dumps], spans=True)
    accepted = cleaned.accepted()
    bodies = body_score(taken.pages, {name: answer["body"] for name, answer in accepted.items()})
    metadata = metadata_score(taken.pages, accepted)
    languages = language_figures(taken.pages, accepted)
    names = names_measured("named", taken.named).figures
    resolved = resolution_measured("resolved", taken.resolved, ["entities", "mentions"])[0].figures
    return {
        "html_precision": bodies.precision,
        "html_recall": bodies.recall,
        "html_f1": bodies.f1,
        "title_exact": metadata.title_exact or 0.0,
        "author_f1": metadata.author_f1 or 0.0,
        "date_right": metadata.date_right or 0.0,
        "language_right": languages["language_right"] or 0.0,
        "language_sure_right": languages["language_sure_right"] or 0.0,
        "date_precision": metadata.date_precision or 0.0,
        "time_precision": metadata.time_precision or 0.0,
        "dump_f1": _mean_f1(taken.dumps, cleaned.answers),
        "seeds_f1": _mean_f1(taken.seeds, cleaned.answers),
        "names_f1": names["f1"] or 0.0,
        "entities_b3_f1": resolved["b3_f1"] or 0.0,
        "entities_pairs_f1": resolved["pairs_f1"] or 0.0,
        "links_precision": resolved["link_precision"] or 0.0,
        "seeds_kept": float(sum(row["id"] in accepted for row in taken.seeds)),
        **_copy_figures(taken.copies),
    }


def _copy_figures(sets: Sequence[DataSet]) -> dict[str, float]:
    """Group the copies of all sets in one warehouse and score each set by itself."""
    pages = [{**article_page(row), "id": f"{one.name} {row['id']}"} for one in sets for row in one.rows]
    with TemporaryDirectory(prefix="dateline-floors-") as home:
        articles = build_copies(pages, Path(home))
    figures = {}
    for one in sets:
        groups = {row["id"]: articles[f"{one.name} {row['id']}"] for row in one.rows}
        found = copies_scored(one.rows, groups)
        figures |= {
            f"{one.name}_precision": found.score.pair_precision,
            f"{one.name}_recall": found.score.pair_recall,
            f"{one.name}_f1": found.score.pair_f1,
            f"{one.name}_ari": found.score.ari,
        }
        if found.lures:
            figures[f"{one.name}_lures_left_apart"] = 1 - sum(found.wrong_joins.values()) / len(found.lures)
    return figures


def _mean_f1(rows: Sequence[Row], answers: dict[str, dict[str, Any]]) -> float:
    found = [
        kept_lines_agreement(row["lines"], row["labels"], kept_lines(row["lines"], answers[row["id"]])) for row in rows
    ]
    return mean_agreement([agreement for agreement in found if agreement is not None]).f1


def read_floors() -> dict[str, Any]:
    """Return the floors with the digest of their data; empty when there are none yet."""
    return json.loads(FLOORS_FILE.read_text("utf-8")) if FLOORS_FILE.is_file() else {}


def update_floors(evaluation: Path, seeds: Path, *, allow_regression: bool) -> str:
    """Measure the sample, write its figures as floors, and return what changed.

    Raises:
        FloorLowered: the data is absent, or a floor on the same data would sink and that is not allowed.
    """
    taken = take_sample(evaluation, seeds)
    if taken is None:
        raise FloorLowered(f"no complete evaluation data in {evaluation} and {seeds}: floors stay as they are")
    digest, before = taken.digest(), read_floors()
    floors = {
        name: math.floor((value - _SLACK.get(name, 0.0)) * _PLACES) / _PLACES
        for name, value in measure_sample(taken).items()
    }
    former = before.get("floors", {})
    if before.get("digest") not in (None, digest) and not allow_regression:
        raise FloorLowered("the data is not that of the floors: --allow-regression pins floors on other data")
    sunk = {name: (former[name], floors.get(name, 0.0)) for name in former if floors.get(name, 0.0) < former[name]}
    if sunk and not allow_regression:
        told = ", ".join(f"{name} from {was} to {would_be}" for name, (was, would_be) in sunk.items())
        raise FloorLowered(f"this would lower {told}: mend it, or say --allow-regression and why in CHANGELOG.md")
    written = {"digest": digest, "measured_with": versions(), "floors": floors}
    FLOORS_FILE.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    return "\n".join(f"{name}: {former.get(name, '-')} -> {value}" for name, value in floors.items())
