import pytest

from tests.quality import bench_stories
from tests.quality.bench_stories import measure


def test_a_night_is_scored_against_its_window_and_finds_the_stories_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_stories, "NEW", 90)

    found = measure(270)

    models = {model.split("/")[-1].removeprefix("int_") for model in bench_stories._MODELS}
    assert (
        set(found["parts"]) == models >= {"article_terms_shared", "replay_stories", "replay_events", "story_articles"}
    )
    assert 90 < found["scored"] <= found["pairs"]
    assert found["stories"] < 270  # of 360 articles, four a story
    assert found["stories"] <= found["events"] < 360
