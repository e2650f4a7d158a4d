import pytest

from tests.quality import bench_stories
from tests.quality.bench_stories import measure


def test_a_night_is_scored_against_its_window_and_finds_the_stories_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_stories, "NEW", 60)

    found = measure(540)

    assert set(found["parts"]) >= {"article_terms_shared", "article_pairs_scored", "replay"}
    assert 60 < found["scored"] <= found["pairs"]
