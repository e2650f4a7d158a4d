import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract.__main__ import main
from tests.extract.pages import REPORT, article


def clean(tmp_path: Path, rows: list[dict[str, object]], *options: str) -> list[dict[str, object]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows))
    assert main(["clean", str(source), str(target), *options]) == 0
    return [json.loads(line) for line in target.read_text().splitlines()]


def test_every_row_has_an_answer_in_order(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(article())
    rows: list[dict[str, object]] = [
        {"id": "html", "html_path": "page.html"},
        {"id": "empty", "text": ""},
        {"id": "dump", "text": "\n".join(["Home", *REPORT, "Share"])},
        {"id": "none"},
    ]
    answers = clean(tmp_path, rows)
    assert [(answer["id"], answer["fate"], answer["reason"]) for answer in answers] == [
        ("html", "accepted", None),
        ("empty", "quarantined", "empty"),
        ("dump", "accepted", None),
        ("none", "quarantined", "unreadable_row"),
    ]
    assert answers[2]["body"] == "\n\n".join(REPORT)
    assert "spans" not in answers[2]


def test_spans_tile_the_decoded_text(tmp_path: Path) -> None:
    text = "\n".join(["Home", *REPORT, "Share"])
    (answer,) = clean(tmp_path, [{"id": "1", "text": text}], "--spans")
    spans = answer["spans"]
    assert isinstance(spans, list)
    assert answer["text"] == text
    assert "".join(text[span["start_offset"] : span["end_offset"]] for span in spans) == text


def test_mentions_point_into_the_body(tmp_path: Path) -> None:
    (answer,) = clean(tmp_path, [{"id": "1", "body": "Angela Merkel met Emmanuel Macron in Paris."}], "--mentions")
    mentions, body = answer["mentions"], answer["body"]
    assert isinstance(mentions, list)
    assert isinstance(body, str)
    assert {body[mention["start_offset"] : mention["end_offset"]] for mention in mentions} >= {"Angela Merkel", "Paris"}


def test_a_line_that_is_no_json_ends_the_batch_with_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "1", "text": "x"}\n{oops\n')
    assert main(["clean", str(source), str(tmp_path / "out.jsonl")]) == 1
    assert "line 2 is not JSON" in capsys.readouterr().err


def test_it_reads_standard_input_and_writes_standard_output() -> None:
    row = json.dumps({"id": "1", "text": "\n".join(REPORT)})
    command = [sys.executable, "-m", "extract", "clean", "-", "-"]
    answer = subprocess.run(command, input=row, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout)["fate"] == "accepted"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2026-01-08T21:00:00-04:00", "2026-01-08T21:00:00-04:00"),
        ("2026-01-08T21:00:00Z", "2026-01-08T21:00:00Z"),
        ("2026-01-08", "2026-01-08"),
    ],
)
def test_a_time_is_written_in_the_zone_of_its_page(tmp_path: Path, given: str, written: str) -> None:
    row: dict[str, object] = {"id": "1", "body": " ".join(REPORT), "published_at": given}
    (answer,) = clean(tmp_path, [row])
    assert answer["published_at"] == written
