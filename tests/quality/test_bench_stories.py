import pytest

from tests.quality import bench_stories
from tests.quality.bench_stories import measure


def test_a_night_is_scored_against_its_window_and_finds_the_stories_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_stories, "NEW", 90)

    found = measure(270)

    replays = {"int_articles_replayed_into_stories", "int_stories_parted_into_events"}
    assert set(found["parts"]) == set(bench_stories._MODELS) >= replays
    assert 90 < found["scored"] <= found["pairs"]
    assert found["stories"] < 270  # of 360 articles, four a story
    assert found["stories"] <= found["events"] < 360
