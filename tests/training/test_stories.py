"""What the points of stories are bound to, and the form they are kept in."""

from datetime import date

import jinja2
import numpy as np
import pytest

pytest.importorskip("scipy", reason="training needs libraries that nights do not: make train-stories")

from training.stories.judge import judged
from training.stories.pairs import EVIDENCE, Pairs
from training.stories.points import KNOTS, as_macro, fit, scores

PAIRS = 400
NIGHT = date(2026, 1, 5)


def made_up(seed: int = 7) -> Pairs:
    """Pairs of which those alike in words and of near days are of one story, one in ten told wrongly."""
    chance = np.random.default_rng(seed)
    values = {evidence: np.zeros(PAIRS) for evidence in EVIDENCE}
    values["words"] = chance.random(PAIRS) * 0.5
    values["days"] = np.where(chance.random(PAIRS) < 0.2, np.nan, chance.integers(0, 9, PAIRS))
    likely = values["words"] - 0.02 * np.nan_to_num(values["days"], nan=4) > 0.15
    is_same = np.where(chance.random(PAIRS) < 0.1, ~likely, likely)
    ends = [(f"a{number}", f"b{number}") for number in range(PAIRS)]
    articles = [article for pair in ends for article in pair]
    stories = {one: f"s{n}" for n, pair in enumerate(ends) for one in (pair if is_same[n] else pair[:1])}
    return Pairs(
        "made up", [(NIGHT, articles)], dict.fromkeys(articles, NIGHT), ends, values, is_same,
        dict(zip(articles, articles, strict=True)), {one: stories.get(one, one) for one in articles}, stories,
    )  # fmt: skip


@pytest.fixture(scope="module")
def model() -> dict[str, list[tuple[float, float]]]:
    pairs = made_up()
    return fit([pairs], {"made up": 1.0}, [np.ones(PAIRS, bool)])


def test_points_only_rise_or_fall_where_they_are_bound_to(model: dict[str, list[tuple[float, float]]]) -> None:
    for evidence, (sign, _) in KNOTS.items():
        steps = np.diff([points for _, points in model[evidence]])
        assert sign == 0 or (sign * steps >= 0).all(), evidence
    assert model["undated"][0][1] <= 0


def test_what_is_alike_and_near_scores_higher(model: dict[str, list[tuple[float, float]]]) -> None:
    found = scores(model, made_up(8))

    assert found[made_up(8).is_same].mean() > 0.5 + found[~made_up(8).is_same].mean() / 2


def test_what_only_words_link_over_unknown_days_scores_low(model: dict[str, list[tuple[float, float]]]) -> None:
    pairs = made_up()
    pairs.values["unlinked"][:] = 1

    assert (scores(model, pairs) < scores(model, made_up())).all()


def test_the_stories_of_a_set_are_judged() -> None:
    score, renamed = judged(made_up(), made_up().is_same.astype(float), 0.5)

    assert (score.bcubed_f1, score.pair_f1, renamed) == (1.0, 1.0, 0.0)


def test_the_macro_says_what_the_model_is(model: dict[str, list[tuple[float, float]]]) -> None:
    said = []
    template = jinja2.Environment(autoescape=False, extensions=["jinja2.ext.do"])
    template.from_string(as_macro(model) + "{% do story_model() %}").render({"return": said.append})

    assert said == [
        {name: [list(k) for k in knots] if len(knots) > 1 else knots[0][1] for name, knots in model.items()}
    ]


def test_a_model_is_learned_alike_twice(model: dict[str, list[tuple[float, float]]]) -> None:
    assert fit([made_up()], {"made up": 1.0}, [np.ones(PAIRS, bool)]) == model
