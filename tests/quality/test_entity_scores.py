"""Scores of names and entities on cases small enough to reckon by hand."""

import pytest

from tests.quality.entity_scores import (
    Found,
    bcubed_of_mentions,
    gold_entity,
    name_score,
    pairs_of_mentions,
    resolution_score,
    trimmed,
)

TEXT = "The Harbour Board's Anna Berg met Berg."  # the board 4-17, Anna Berg 20-29, Berg 34-38


def test_article_possessive_and_space_belong_to_no_name():
    start, end = trimmed(TEXT, 0, 20)
    assert TEXT[start:end] == "Harbour Board"


def test_a_name_needs_the_right_span_and_type():
    row = {"id": "1", "text": TEXT, "spans": [[0, 19, "ORG"], [20, 29, "PERSON"], [34, 38, "person"]]}
    found = {"1": [Found(4, 17, "ORG"), Found(20, 29, "LOC"), Found(34, 38, "PER"), Found(30, 33, "MISC")]}
    score = name_score([row], found)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(2 / 3)
    assert name_score([row], found, frozenset({"PER", "ORG", "LOC", "MISC"})).precision == pytest.approx(2 / 4)


@pytest.mark.parametrize(
    ("mention", "entity"),
    [
        ({"chain": "H1", "type": "HUM"}, "H1"),
        ({"chain": "T1", "type": "TIM"}, None),
        ({"qid": "Q5", "type": "Q43229|Q1"}, "Q5"),
        ({"qid": "QUANTITY", "type": "Q43229"}, None),
        ({"qid": "Q5", "type": "Q1"}, None),
        ({"qid": "Q5", "type": "Q43229", "coref": True}, None),
        ({"qid": "Q5", "type": "Q43229", "optional": True}, None),
    ],
)
def test_only_named_people_places_and_organisations_are_scored(mention, entity):
    assert gold_entity(mention) == entity


def test_a_mention_that_was_not_found_costs_recall_only():
    # Gold {1, 2, 3}, {4}; ours {1, 2, 4}, and 3 was not found.
    score = bcubed_of_mentions(["x", "x", "x", "y"], ["m", "m", None, "m"])
    assert score.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 0 + 1) / 4)
    pairs = pairs_of_mentions(["x", "x", "x", "y"], ["m", "m", None, "m"])
    assert (pairs.precision, pairs.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_resolution_goes_across_documents_and_links_are_scored_where_made():
    def mention(start, end, entity):
        return {"s": start, "e": end, "qid": entity, "type": "Q215627"}

    rows = [
        {"id": "1", "text": TEXT, "mentions": [mention(20, 29, "Q7"), mention(34, 38, "Q7")]},
        {"id": "2", "text": TEXT, "mentions": [mention(20, 29, "Q7")]},
    ]
    found = {
        "1": [Found(20, 29, "PER", "e1", "Q7"), Found(34, 38, "PER", "e1", None)],
        "2": [Found(20, 29, "PER", "e2", "Q8")],
    }
    score = resolution_score(rows, found)
    assert (score.mentions, score.found) == (3, 1.0)
    assert score.bcubed.precision == 1.0
    assert score.bcubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert score.within_documents.f1 == 1.0
    assert score.linking is not None
    assert (score.linking.precision, score.linking.recall) == (1 / 2, 1 / 3)
