import json
from pathlib import Path

import pytest

from tests.quality.bench import Stopwatch, main

SENTENCE = "The harbour board of Tarn met on Monday and chose a head for the coming two years of work."


def write_set(folder: Path) -> None:
    folder.mkdir()
    page = "<html><body><article>" + f"<p>{SENTENCE}</p>" * 5 + "</article></body></html>"
    (folder / "page.html").write_text(page, "utf-8")
    row = {"id": "a", "html_path": "page.html", "gold_text": SENTENCE}
    (folder / "dataset.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    dump = {"id": "a", "lines": ["Home", SENTENCE], "labels": [0, 1], "conv": "x"}
    (folder / "dumps.jsonl").write_text(json.dumps(dump) + "\n", "utf-8")


def test_pages_are_timed_beside_the_peer_and_dumps_by_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_set(tmp_path / "one")
    assert main(["--eval", str(tmp_path)]) == 0
    pages, dumps, names = capsys.readouterr().out.splitlines()
    assert pages.startswith("1 HTML pages")
    assert "ratio" in pages
    assert dumps.startswith("1 text dumps")
    assert "labelling" in dumps
    assert names.startswith("1 text dumps")
    assert "words per CPU-second" in names


def test_absent_data_is_named_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--eval", str(tmp_path / "none")]) == 1
    assert "no HTML pages and no text dumps" in capsys.readouterr().err
    write_set(tmp_path / "one")
    (tmp_path / "one" / "dumps.jsonl").unlink()
    assert main(["--eval", str(tmp_path)]) == 1
    assert "no text dumps in" in capsys.readouterr().err


def test_time_is_counted_a_row_by_what_it_was_spent_on() -> None:
    watch = Stopwatch()
    assert watch.time("sum", sum, range(200_000)) == sum(range(200_000))
    assert watch.milliseconds("sum", 1) > 0
    assert watch.milliseconds("sum", 4) == watch.milliseconds("sum", 1) / 4
    assert watch.milliseconds("other", 1) == 0
