"""Our scores are those of the scorers that come with the evaluation data, on a small sample of it."""

import importlib.util
import random
from argparse import Namespace

import pytest

from tests.quality import data
from tests.quality.cluster_scores import cluster_score
from tests.quality.entity_scores import Found, name_score, resolution_score
from tests.quality.text_scores import body_score, kept_lines_agreement, mean_agreement, metadata_score

EVALUATION = data.evaluation_folder()
ROWS = 25
WITHIN = 1e-9
WITHIN_PERCENT = 0.00051  # they round to a tenth of a percent


def scorer(name):
    path = EVALUATION / f"{name}.py"
    if not path.is_file():
        pytest.skip(f"no scorer at {path}: set DATELINE_EVAL to the evaluation data (docs/quality.md)")
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def rows_of(task):
    found = [one for one in data.find_sets(EVALUATION) if one.task == task]
    if not found:
        pytest.skip(f"no {task} set in {EVALUATION}: set DATELINE_EVAL to the evaluation data (docs/quality.md)")
    return {one.name: data.sample(one.rows, ROWS) for one in found}


def damaged(text, chance):
    """Return a text with some words dropped, doubled or changed."""
    words = []
    for word in text.split(" "):
        words += chance.choice([[word]] * 8 + [[], [word, word], ["boilerplate"]])
    return " ".join(words)


def test_bodies_score_as_the_shared_scorer_says():
    shared = scorer("score_text")
    chance = random.Random(1)
    options = Namespace(plain_tokens=False, keep_title=False, case=False, fast=True)
    scored = 0
    for rows in rows_of("html").values():
        usable = [row for row in rows if data.has_usable_gold_text(row)]
        if not usable:
            continue
        bodies = {row["id"]: f"{row['gold_title']}\n{damaged(row['gold_text'], chance)}" for row in usable[1:]}
        theirs, _ = shared.body(usable, bodies, options)
        ours = body_score(usable, bodies)
        wanted = [theirs[key] for key in ("shP", "shR", "shF1", "bad", "empty")]
        assert [ours.precision, ours.recall, ours.f1, ours.bad, ours.empty] == pytest.approx(wanted, abs=WITHIN)
        scored += len(usable)
    assert scored > ROWS


def test_metadata_scores_as_the_shared_scorer_says():
    shared = scorer("score_text")
    chance = random.Random(2)
    scored = 0
    for rows in rows_of("html").values():
        told = {
            row["id"]: {
                "title": chance.choice([row["gold_title"], "Home", None]),
                "published_at": chance.choice([row["gold_date"], "2020-01-01T00:00:00Z", None]),
                "authors": chance.choice([row["gold_authors"], ["by Nobody"], (row["gold_authors"] or [])[:1]]),
            }
            for row in rows
        }
        theirs = shared.meta(rows, {name: {**one, "date": one["published_at"]} for name, one in told.items()})
        ours = metadata_score(rows, told)
        for value, key in (
            (ours.title_exact, "title_exact"),
            (ours.date_right, "date_ok"),
            (ours.date_precision, "date_prec"),
            (ours.author_f1, "auth_F1"),
        ):
            assert (value if value is not None else float("nan")) == pytest.approx(
                theirs[key], abs=WITHIN, nan_ok=True
            ), key
            scored += value is not None
    assert scored > 4


def test_dumps_score_as_the_shared_scorer_says():
    shared = scorer("score_text")
    chance = random.Random(3)
    for rows in rows_of("dumps").values():
        kept = {row["id"]: {n for n in range(len(row["lines"])) if chance.random() < 0.5} for row in rows}
        theirs = shared.lines(rows, {name: sorted(one) for name, one in kept.items()}, Namespace(plain_tokens=False))
        found = [kept_lines_agreement(row["lines"], row["labels"], kept[row["id"]]) for row in rows]
        ours = mean_agreement([one for one in found if one is not None])
        wanted = [theirs[key] for key in ("docP", "docR", "docF1")]
        assert [ours.precision, ours.recall, ours.f1] == pytest.approx(wanted, abs=WITHIN)


@pytest.mark.parametrize(("task", "key"), [("copies", "dup_group"), ("stories", "story_id")])
def test_groups_score_as_the_shared_scorer_says(task, key):
    shared = scorer("score_clusters")
    chance = random.Random(4)
    found = [one for one in data.find_sets(EVALUATION) if one.task == task]
    if not found:
        pytest.skip(f"no {task} set in {EVALUATION}: set DATELINE_EVAL to the evaluation data (docs/quality.md)")
    for one in found:
        gold, ignored = shared.load_gold(one.path, key)
        ours = {name: chance.choice([group, group, group, "one big group", None]) for name, group in gold.items()}
        theirs = shared.score(gold, ours, ignored)
        pairs = [(row["id"], other) for row in one.rows for other in row.get("ignore_with", [])]
        score = cluster_score(gold, ours, pairs)
        mine = [score.bcubed_f1, score.pair_precision, score.pair_recall, score.pair_f1, score.ari]
        wanted = [theirs[name] for name in ("bcubed_f1", "pair_p", "pair_r", "pair_f1", "ari")]
        assert mine == pytest.approx(wanted, abs=WITHIN)


def test_names_score_as_the_shared_scorer_says():
    shared = scorer("score_entities")
    chance = random.Random(5)
    for rows in rows_of("names").values():
        told = {
            row["id"]: [
                (start + chance.choice([0, 0, 0, 1]), end, chance.choice(["PER", "ORG", "LOC", "MISC"]))
                for start, end, _ in row["spans"]
            ]
            for row in rows
        }
        theirs = shared.names(
            rows,
            {name: [{"s": s, "e": e, "type": kind} for s, e, kind in one] for name, one in told.items()},
            {"PER", "ORG", "LOC"},
        )
        ours = name_score(rows, {name: [Found(s, e, kind) for s, e, kind in one] for name, one in told.items()})
        wanted = [share / 100 for share in theirs]
        assert [ours.precision, ours.recall, ours.f1] == pytest.approx(wanted, abs=WITHIN_PERCENT)


def test_resolution_scores_as_the_shared_scorer_says():
    shared = scorer("score_entities")
    chance = random.Random(6)
    for rows in rows_of("resolution").values():
        told = {
            row["id"]: [
                (mention["s"], mention["e"], chance.choice(["e1", "e2", row["id"]]), mention.get("qid"))
                for mention in row["mentions"]
                if chance.random() < 0.8
            ]
            for row in rows
        }
        theirs = shared.resolution(
            rows,
            {
                name: [{"s": s, "e": e, "type": "PER", "cluster": entity, "qid": link} for s, e, entity, link in one]
                for name, one in told.items()
            },
        )
        ours = resolution_score(
            rows,
            {name: [Found(s, e, "PER", entity, link) for s, e, entity, link in one] for name, one in told.items()},
        )
        assert ours.mentions == theirs["gold_mentions"] > 0
        for mine, key in (
            (ours.bcubed, "across_documents_b3"),
            (ours.pairs, "across_documents_pairs"),
            (ours.within_documents, "within_documents_b3"),
            (ours.linking, "linking"),
        ):
            if key in theirs:
                wanted = [share / 100 for share in theirs[key]]
                assert [mine.precision, mine.recall, mine.f1] == pytest.approx(wanted, abs=WITHIN_PERCENT)
