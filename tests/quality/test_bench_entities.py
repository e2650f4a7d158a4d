from tests.quality.bench_entities import measure


def test_the_entity_step_runs_on_made_up_articles_and_joins_some_of_their_names() -> None:
    found = measure(400)

    assert set(found["parts"]) >= {"int_entity_names_grouped", "int_entity_pairs_judged", "int_mentions_resolved"}
    assert found["pairs"] > 0
    assert 200 < found["entities"] < found["names"]
