"""Trains what evidence of a story is worth: `python -m training.stories --data FOLDER`.

Builds warehouses of every set of stories (views.py), learns from the pairs that they measured and writes the points as
the macro that scores them. Building takes about a quarter of an hour on one core, most of it for names; warehouses that
stand in the work folder are used again.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from nightly.settings import DBT_PROJECT
from tests.quality.data import DataSet, find_sets
from tests.quality.models import meta, project
from training.stories.judge import judged
from training.stories.pairs import Pairs, read_pairs
from training.stories.points import Model, as_macro, fit, scores
from training.stories.views import View, views

MACRO = DBT_PROJECT / "macros" / "story_model.sql"


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
    settings = project()["vars"]
    sets_of = Counter(_texts(one) for one in sets)
    seen = [view for one in sets for view in views(one, options.work, is_alone=sets_of[_texts(one)] == 1)]
    measured = {view.name: read_pairs(view.name, view.path, view.of.path, settings) for view in seen}
    texts = {view.name: _texts(view.of) for view in seen}
    model = _learned(seen, measured)
    options.out.write_text(as_macro(model), "utf-8")
    print(f"training: wrote {options.out}")
    judges = [measured[view.name] for view in seen if not view.is_made_up]
    _tell("all sets learned from", judges, lambda _: model)
    others = {
        left_out: _learned([view for view in seen if texts[view.name] != left_out], measured)
        for left_out in sorted(set(texts.values()))
    }
    _tell("each set judged by what was learned from the others", judges, lambda pairs: others[texts[pairs.name]])
    return 0


def _texts(one: DataSet) -> str:
    """Return a digest of the texts of a set; two sets may hold the same ones on other days."""
    return hashlib.sha256("".join(sorted(str(row["text"]) for row in one.rows)).encode()).hexdigest()


def _learned(seen: Sequence[View], measured: Mapping[str, Pairs]) -> Model:
    """Fit a model: every kind of news weighs alike, and in it all texts by the root of how often they are seen."""
    times = Counter(_texts(view.of) for view in seen)
    of_kind = Counter(kind for kind, _ in {(view.kind, _texts(view.of)) for view in seen})
    weights = {view.name: times[_texts(view.of)] ** -0.5 / of_kind[view.kind] for view in seen}
    pairs = [measured[view.name] for view in seen]
    return fit(pairs, weights, [np.ones(len(one.ends), bool) for one in pairs])


def _tell(title: str, measured: Sequence[Pairs], model_for: Callable[[Pairs], Model]) -> None:
    replayed = meta("int_articles_replayed_into_stories")
    print(f"training: {title}, {replayed}")
    print(f"{'set':28} b3 f1  pairs f1  churn   worst   renamed")
    for pairs in measured:
        found = judged(pairs, scores(model_for(pairs), pairs), replayed)
        print(
            f"{pairs.name:28} {found.score.bcubed_f1:.3f}  {found.score.pair_f1:.3f}     "
            f"{found.churn:.4f}  {found.worst_churn:.4f}  {found.renamed:.4f}"
        )


if __name__ == "__main__":
    sys.exit(main())
