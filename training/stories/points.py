"""Points for evidence: a logistic regression that is a sum of broken lines, each bound to rise or to fall.

A line between two values of a piece of evidence is one feature, 0 before the first and 1 after the second. Bounds on
their weights (L-BFGS-B) make the sum monotone: more in common never lowers a score, more days between never raise it.
Points are rounded to hundredths, so that the last digits of a processor's arithmetic do not show in the file.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from training.stories.pairs import Numbers, Pairs

# Where the lines of a piece of evidence meet, and whether its points may only rise (1) or only fall (-1).
KNOTS: dict[str, tuple[int, tuple[float, ...]]] = {
    "words": (1, (0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)),
    "title": (1, (0, 0.05, 0.1, 0.2, 0.4)),
    "names": (1, (0, 1, 2, 4, 8)),
    "quotes": (1, (0, 1, 3)),
    "runs": (1, (0, 0.7, 2, 3.5)),
    "days": (-1, (0, 1, 2, 4, 8, 16, 32, 128)),
    "nearest": (-1, (0, 0.1, 0.2, 0.3, 0.45)),
    "background": (-1, (0, 0.1, 0.2, 0.3, 0.45)),
}
START, UNDATED, UNLINKED = "start", "undated", "unlinked"
# Not learned: what nothing but words links over unknown days is kept apart, because rituals come back with their words.
UNLINKED_POINTS = -4.0
# Chosen on sets left out (training/stories/README.md): between 10 and 50 their mean moves by .002; at 1 it loses .01.
SMOOTHING = 25.0
_LIMITS: dict[int, tuple[int | None, int | None]] = {1: (0, None), -1: (None, 0)}

Model = dict[str, list[tuple[float, float]]]  # points at the knots; one knot for what has no value


def fit(sets: Sequence[Pairs], weights: Mapping[str, float], chosen: Sequence[npt.NDArray[np.bool_]]) -> Model:
    """Return the points that tell pairs of one story best from others.

    Args:
        sets: measured pairs.
        weights: of every set; what a set weighs does not depend on how many pairs it has.
        chosen: which pairs of every set may be learned from.
    """
    chosen = [use & (pairs.values[UNLINKED] == 0) for pairs, use in zip(sets, chosen, strict=True)]
    features = np.vstack([_features(pairs)[use] for pairs, use in zip(sets, chosen, strict=True)])
    signs = np.concatenate([pairs.is_same[use] for pairs, use in zip(sets, chosen, strict=True)]) * 2.0 - 1.0
    weight = np.concatenate(
        [
            np.full(use.sum(), 1000.0 * weights[pairs.name] / pairs.is_same[use].sum())
            for pairs, use in zip(sets, chosen, strict=True)
        ]
    )
    limits: list[tuple[int | None, int | None]] = [(None, None), (None, 0)]
    for sign, knots in KNOTS.values():
        limits += [_LIMITS[sign]] * (len(knots) - 1)
    smoothing = np.full(len(limits), SMOOTHING)
    smoothing[0] = 0

    def loss(points: Numbers) -> tuple[float, Numbers]:
        margins = signs * (features @ points)
        gradient = features.T @ -(weight * signs / (1 + np.exp(np.minimum(margins, 500))))
        total = float((weight * np.logaddexp(0, -margins)).sum() + 0.5 * (smoothing * points * points).sum())
        return total, gradient + smoothing * points

    found = minimize(loss, np.zeros(len(limits)), jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 1000})
    return _model(found.x)


def _model(points: Numbers) -> Model:
    model: Model = {
        START: [(0, round(float(points[0]), 2))],
        UNDATED: [(0, round(float(points[1]), 2))],
        UNLINKED: [(0, UNLINKED_POINTS)],
    }
    place = 2
    for evidence, (_, knots) in KNOTS.items():
        sums = np.cumsum([0, *points[place : place + len(knots) - 1]])
        model[evidence] = [(knot, round(float(value), 2)) for knot, value in zip(knots, sums, strict=True)]
        place += len(knots) - 1
    return model


def _features(pairs: Pairs) -> Numbers:
    columns = [np.ones(len(pairs.ends)), pairs.values[UNDATED]]
    for evidence, (_, knots) in KNOTS.items():
        for first, second in pairwise(knots):
            columns.append(np.clip((pairs.values[evidence] - first) / (second - first), 0, 1))
    return np.stack(columns, axis=1)


def scores(model: Model, pairs: Pairs) -> Numbers:
    """Return the score of every pair, as int_article_pairs_scored gives it."""
    total = model[START][0][1] + sum(model[what][0][1] * pairs.values[what] for what in (UNDATED, UNLINKED))
    for evidence in KNOTS:
        knots, points = zip(*model[evidence], strict=True)
        total = total + np.interp(pairs.values[evidence], knots, points)
    chances: Numbers = np.round(1 / (1 + np.exp(-total)), 6)
    return chances


def as_macro(model: Model) -> str:
    """Return the model as the macro that the SQL of the pairs reads, in the form sqlfmt gives it."""
    lines = []
    for evidence, knots in model.items():
        if len(knots) == 1:
            lines.append(f'"{evidence}": {knots[0][1]},')
        else:
            lines += [f'"{evidence}": [', *(f"    [{value:g}, {points}]," for value, points in knots), "],"]
    body = "\n".join(" " * 16 + line for line in lines)
    return (
        "{# Made by `make train-stories`, card in training/stories/README.md: points at a few values of evidence. #}\n"
        "{% macro story_model() -%}\n    {{\n        return(\n            {\n"
        f"{body}\n"
        "            }\n        )\n    }}\n{%- endmacro %}\n"
    )
