"""Trains what evidence of a story is worth: `python -m training.stories --data FOLDER`.

Builds a warehouse of every set of stories, once as one night and, where days are known, once as if each day had been a
night, learns from the pairs that the warehouses measured and writes the points as the macro that scores them. Building
takes about ten minutes on one core, most of it for names; warehouses that stand in the work folder are used again.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from nightly.settings import DBT_PROJECT
from tests.quality.data import DataSet, find_sets
from tests.quality.throwaway import Warehouse, article_page, build_warehouse, over_nights
from training.stories.judge import judged
from training.stories.pairs import Pairs, read_pairs
from training.stories.points import Model, as_macro, fit, scores

MACRO = DBT_PROJECT / "macros" / "story_model.sql"
FOLDS = 5
_DATED = 0.9  # share of rows with a day from which on a set can be replayed night by night


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.stories", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with clustering/")
    parser.add_argument("--work", type=Path, default=Path("build/stories"), help="warehouses (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=MACRO, help="the macro (default: %(default)s)")
    options = parser.parse_args(arguments)
    sets = [one for one in find_sets(options.data / "clustering" / "dev") if one.task == "stories"]
    if not sets:
        print(f"training: no sets of stories in {options.data}: give the evaluation folder", file=sys.stderr)
        return 1
    settings = _project()["vars"]
    measured = [
        read_pairs(name, path, one.path, settings) for one in sets for name, path in _warehouses(one, options.work)
    ]
    weights = _weights(sets, measured)
    model = fit(measured, weights, [np.ones(len(pairs.ends), bool) for pairs in measured])
    options.out.write_text(as_macro(model), "utf-8")
    print(f"training: wrote {options.out}")
    _tell("all pairs learned from", ((pairs, model) for pairs in measured))
    _tell("stories held out, a fifth at a time", [(pairs, None) for pairs in measured], _folds(measured, weights))
    return 0


def _warehouses(one: DataSet, work: Path) -> Iterable[tuple[str, Path]]:
    folder = work / f"{one.name}-{one.digest()}"
    found = folder / "built"
    if not found.exists():
        warehouse = build_warehouse([article_page(row) for row in one.rows], folder / "night")
        found.write_text(str(warehouse.path.relative_to(folder)), "utf-8")
    warehouse = Warehouse(folder / found.read_text("utf-8"), 0, 0)
    yield one.name, warehouse.path
    if sum(bool(row.get("date")) for row in one.rows) >= _DATED * len(one.rows):
        nights = folder / "nights" / warehouse.path.name
        if not nights.exists():
            over_nights(warehouse, nights.parent)
        yield f"{one.name} by nights", nights


def _weights(sets: Sequence[DataSet], measured: Sequence[Pairs]) -> dict[str, float]:
    """What a collection of texts weighs grows with the root of the number of sets and views that it stands in."""
    texts = {
        one.name: hashlib.sha256("".join(sorted(str(row["text"]) for row in one.rows)).encode()).hexdigest()
        for one in sets
    }
    collection = {pairs.name: texts[pairs.name.removesuffix(" by nights")] for pairs in measured}
    views = Counter(collection.values())
    return {name: views[text] ** -0.5 for name, text in collection.items()}


def _folds(measured: Sequence[Pairs], weights: Mapping[str, float]) -> list[Model]:
    models = []
    for fold in range(FOLDS):
        chosen = [
            np.array([fold not in (_fold(pairs, one), _fold(pairs, other)) for one, other in pairs.ends])
            for pairs in measured
        ]
        models.append(fit(measured, weights, chosen))
    return models


def _fold(pairs: Pairs, article: str) -> int:
    story = pairs.stories.get(article, article)
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % FOLDS


def _tell(title: str, sets: Iterable[tuple[Pairs, Model | None]], folds: Sequence[Model] = ()) -> None:
    threshold = _threshold()
    print(f"training: {title}, threshold {threshold}\n{'set':28} b3 f1  pairs f1  renamed")
    for pairs, model in sets:
        if model is not None:
            found = scores(model, pairs)
        else:
            of_fold = np.stack([scores(one, pairs) for one in folds])
            ends = np.array([[_fold(pairs, one), _fold(pairs, other)] for one, other in pairs.ends])
            rows = np.arange(len(ends))
            found = (of_fold[ends[:, 0], rows] + of_fold[ends[:, 1], rows]) / 2
        score, renamed = judged(pairs, found, threshold)
        print(f"{pairs.name:28} {score.bcubed_f1:.3f}  {score.pair_f1:.3f}     {renamed:.4f}")


def _threshold() -> float:
    stories = _project()["models"]["dateline"]["intermediate"]["int_articles_replayed_into_stories"]
    return float(stories["+meta"]["story_threshold"])


def _project() -> dict[str, Any]:
    project: dict[str, Any] = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text("utf-8"))
    return project


if __name__ == "__main__":
    sys.exit(main())
