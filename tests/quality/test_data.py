"""Sets are found by their shape, whatever they are called."""

import gzip
import json

import pytest

from tests.quality import data


def write(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.fixture
def evaluation(tmp_path):
    folder = tmp_path / "any"
    write(folder / "pages" / "north" / "dataset.jsonl", {"id": "1", "html_path": "html/1.html"})
    (folder / "pages" / "north" / "html").mkdir()
    (folder / "pages" / "north" / "html" / "1.html").write_text("<p>one")
    write(folder / "pages" / "north" / "dumps.jsonl.gz", {"id": "1#a", "lines": ["x"], "labels": [1], "conv": "a"})
    write(folder / "groups" / "held" / "wire.jsonl", {"id": "1", "text": "x", "dup_group": "g", "story_id": "s"})
    write(folder / "groups" / "held" / "week.jsonl", {"id": "1", "text": "x", "story_id": "s"})
    write(folder / "who" / "held" / "people.jsonl", {"id": "1", "text": "x", "spans": []})
    write(folder / "who" / "held" / "chains.jsonl", {"id": "1", "text": "x", "mentions": []})
    write(folder / "who" / "train" / "people.jsonl", {"id": "1", "text": "x", "spans": []})
    write(folder / "other" / "notes.jsonl", {"id": "1", "remark": "no text"})
    write(folder / "start" / "lines.jsonl", {"id": "1", "lines": ["x"], "labels": [1]})
    (folder / "start" / "gold.json").write_text("[]")
    return folder


def test_every_set_is_found_by_its_keys_and_what_models_learn_from_is_passed_over(evaluation):
    found = {(one.task, one.name) for one in data.find_sets(evaluation)}
    assert found == {
        ("html", "north"),
        ("dumps", "north"),
        ("copies", "wire"),
        ("stories", "week"),
        ("names", "people"),
        ("resolution", "chains"),
        ("seeds", "start"),
    }


def test_sets_of_one_name_are_told_apart_by_their_folder(evaluation):
    write(evaluation / "groups" / "later" / "week.jsonl", {"id": "1", "text": "x", "story_id": "s"})
    names = {one.name for one in data.find_sets(evaluation) if one.task == "stories"}
    assert names == {"held/week", "later/week"}


def test_the_digest_of_a_set_changes_with_its_pages(evaluation):
    (one,) = (one for one in data.find_sets(evaluation) if one.task == "html")
    before = one.digest()
    assert one.digest() == before
    (evaluation / "pages" / "north" / "html" / "1.html").write_text("<p>two")
    assert one.digest() != before


def test_rows_are_news_unless_their_set_says_otherwise():
    assert len(data.news_rows([{"id": "1"}, {"id": "2"}])) == 2
    assert [row["id"] for row in data.news_rows([{"id": "1", "news": False}, {"id": "2", "news": True}])] == ["2"]


@pytest.mark.parametrize(
    ("row", "is_usable"),
    [
        ({"gold_text": "x"}, True),
        ({"gold_text": None}, False),
        ({"gold_text": "x", "gold_ok": False}, False),
        ({"gold_text": "x", "gold_cov": 0.8}, False),
        ({"gold_text": "x", "gold_cov": 0.8, "gold_ok": True}, True),
    ],
)
def test_a_body_is_scored_where_its_gold_is_on_the_page(row, is_usable):
    assert data.has_usable_gold_text(row) is is_usable


def test_a_sample_is_always_the_same_and_keeps_groups_whole():
    rows = [{"id": str(number), "group": str(number // 3)} for number in range(30)]
    taken, again = (
        {row["id"] for row in data.sample(order, 5, lambda row: row["group"])} for order in (rows, rows[::-1])
    )
    assert taken == again
    assert len(taken) == 6
    assert data.sample(rows, None) == rows
