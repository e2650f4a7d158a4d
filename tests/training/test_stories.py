"""What the points of stories are bound to, and the form they are kept in."""

from dataclasses import replace
from datetime import date

import jinja2
import numpy as np
import pytest

pytest.importorskip("scipy", reason="training needs libraries that nights do not: make train-stories")

from tests.quality.models import macro, meta
from training.stories.judge import judged
from training.stories.pairs import EVIDENCE, Pairs
from training.stories.points import KNOTS, Model, as_macro, fit, scores

PAIRS = 400
NIGHT = date(2026, 1, 5)


def made_up(seed: int = 7) -> Pairs:
    """Pairs of which those alike in words and of near days are of one story, one in ten told wrongly."""
    chance = np.random.default_rng(seed)
    values = {evidence: np.zeros(PAIRS) for evidence in EVIDENCE}
    values["words"] = chance.random(PAIRS) * 0.5
    values["undated"] = (chance.random(PAIRS) < 0.2).astype(float)
    values["days"] = np.where(values["undated"], 1, chance.integers(0, 9, PAIRS))
    likely = values["words"] - 0.02 * values["days"] - 0.05 * values["undated"] > 0.15
    is_same = np.where(chance.random(PAIRS) < 0.1, ~likely, likely)
    ends = [(f"a{number}", f"b{number}") for number in range(PAIRS)]
    articles = [article for pair in ends for article in pair]
    stories = {one: f"s{n}" for n, pair in enumerate(ends) for one in (pair if is_same[n] else pair[:1])}
    return Pairs(
        "made up", [(NIGHT, articles)], dict.fromkeys(articles, NIGHT), ends, values, is_same,
        {}, set(), dict(zip(articles, articles, strict=True)),
        {one: stories.get(one, one) for one in articles}, stories,
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


def test_unknown_days_are_worth_no_more_than_a_day_between(model: dict[str, list[tuple[float, float]]]) -> None:
    known, unknown = made_up(), made_up()
    known.values["days"][:], known.values["undated"][:] = 1, 0
    unknown.values["days"][:], unknown.values["undated"][:] = 1, 1

    assert (scores(model, unknown) <= scores(model, known)).all()


def test_what_is_alike_and_near_scores_higher(model: dict[str, list[tuple[float, float]]]) -> None:
    found = scores(model, made_up(8))

    assert found[made_up(8).is_same].mean() > 0.5 + found[~made_up(8).is_same].mean() / 2


def test_what_only_words_link_over_unknown_days_scores_low(model: dict[str, list[tuple[float, float]]]) -> None:
    pairs = made_up()
    pairs.values["unlinked"][:] = 1

    assert (scores(model, pairs) < scores(model, made_up())).all()


def test_the_stories_of_a_set_are_judged() -> None:
    settings = {"story_threshold": 0.5, "loose_days": 2, "story_days": 90}
    score, *churn = judged(made_up(), made_up().is_same.astype(float), settings)

    assert (score.bcubed_f1, score.pair_f1, churn) == (1.0, 1.0, [0.0, 0.0, 0.0])


def test_articles_whose_story_changes_are_counted_by_night_and_once() -> None:
    nights = [(date(2026, 1, day), [article]) for day, article in zip((5, 6, 7), "abc", strict=True)]
    pairs = replace(
        made_up(), nights=nights, night_of={article: night for night, (article,) in nights},
        ends=[("a", "b"), ("a", "c"), ("b", "c")], article_of={one: one for one in "abc"},
        gold={one: one for one in "abc"},
    )  # fmt: skip
    settings = {"story_threshold": 0.5, "loose_days": 2, "story_days": 90}
    _, churn, worst, renamed = judged(pairs, np.array([0.4, 0.9, 0.9]), settings)

    # b becomes a's in the third night, before which two stood; one stood before the second.
    assert (churn, worst, renamed) == (1 / 3, 1 / 2, 1 / 3)


def test_the_macro_says_what_the_model_is(model: dict[str, list[tuple[float, float]]]) -> None:
    said = []
    template = jinja2.Environment(autoescape=False, extensions=["jinja2.ext.do"])
    template.from_string(as_macro(model) + "{% do story_model() %}").render({"return": said.append})

    assert said == [
        {name: [list(k) for k in knots] if len(knots) > 1 else knots[0][1] for name, knots in model.items()}
    ]


def test_a_model_is_learned_alike_twice(model: dict[str, list[tuple[float, float]]]) -> None:
    assert fit([made_up()], {"made up": 1.0}, [np.ones(PAIRS, bool)]) == model


def in_use() -> tuple[Model, float]:
    """The points in use, and the mean score from which two groups are one."""
    model = {
        name: [(float(knot), float(points)) for knot, points in known] if isinstance(known, list) else [(0.0, known)]
        for name, known in macro("story_model").items()
    }
    return model, meta("int_articles_replayed_into_stories")["story_threshold"]


@pytest.mark.parametrize("days", [7, 30, 91])
def test_a_ritual_that_shares_words_and_a_name_is_a_story_of_its_own_each_time(days: int) -> None:
    model, threshold = in_use()
    pairs = made_up()
    for evidence, value in {"words": 0.4, "title": 0.3, "names": 1, "days": days, "nearest": 0.2, "undated": 0}.items():
        pairs.values[evidence][:] = value

    assert scores(model, pairs).max() < threshold
    pairs.values["days"][:] = 0
    assert scores(model, pairs).min() > threshold
