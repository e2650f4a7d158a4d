"""From answers back to lines and offsets of what went in."""

import pytest

from tests.quality.entity_scores import Found
from tests.quality.front_door import FrontDoorFailed, body_positions, clean, kept_lines, placed_mentions

TEXT = "Home\n  The board   of Oslo\nmet Anna. (NTB)\nMore"


def span(start, end, *, is_kept):
    return {"start_offset": start, "end_offset": end, "is_kept": is_kept}


SPANS = [
    span(0, 5, is_kept=False),
    span(5, 27, is_kept=True),
    span(27, 36, is_kept=True),
    span(36, 43, is_kept=False),
    span(43, 47, is_kept=False),
]
BODY = "The board of Oslo\n\nmet Anna."


def answer(fate="accepted", spans=SPANS):
    return {"id": "1", "fate": fate, "text": TEXT, "spans": spans}


def test_a_line_is_kept_when_most_of_its_characters_are():
    assert kept_lines(TEXT.split("\n"), answer()) == {1, 2}
    half = [span(0, 33, is_kept=False), span(33, 36, is_kept=True), span(36, 47, is_kept=False)]
    assert kept_lines(TEXT.split("\n"), answer(spans=half)) == set()


def test_nothing_is_kept_of_a_page_that_was_turned_away():
    assert kept_lines(TEXT.split("\n"), answer(fate="quarantined")) == set()


def test_an_answer_with_other_lines_is_a_fault():
    with pytest.raises(FrontDoorFailed, match="5 lines went in, 4 came back"):
        kept_lines(["", *TEXT.split("\n")], answer())


def test_every_character_of_a_body_is_found_in_the_page():
    positions = body_positions(TEXT, SPANS, BODY)
    assert len(positions) == len(BODY)
    assert all(TEXT[at] == shown for at, shown in zip(positions, BODY, strict=True) if not shown.isspace())


def test_spans_that_give_another_body_are_a_fault():
    with pytest.raises(FrontDoorFailed, match="do not give its body"):
        body_positions(TEXT, SPANS[:2], BODY)


def test_a_mention_is_moved_to_where_the_gold_text_says_it():
    positions = body_positions(TEXT, SPANS, BODY)
    start = BODY.index("Anna")
    (moved,) = placed_mentions(TEXT, TEXT, positions, [Found(start, start + 4, "PER", "e1")])
    assert TEXT[moved.start : moved.end] == "Anna"
    assert moved.entity == "e1"
    (long_name,) = placed_mentions(TEXT, TEXT, positions, [Found(4, 17, "ORG")])
    assert TEXT[long_name.start : long_name.end] == "board   of Oslo"


def test_a_mention_on_characters_that_decoding_changed_is_left_out_and_the_others_stay_right():
    gold = TEXT.replace("Oslo", "OsÃ¸lo")  # as if decoding had mended what gold still has broken
    positions = body_positions(TEXT, SPANS, BODY)
    start = BODY.index("Anna")
    (moved,) = placed_mentions(gold, TEXT, positions, [Found(start, start + 4, "PER")])
    assert gold[moved.start : moved.end] == "Anna"


def test_the_batch_interface_answers_every_row_and_its_spans_tile_the_text():
    lines = [
        "Home",
        "The harbour board of Oslo met on Monday and chose Anna Berg as its head for the coming two years.",
        "She has led the pilots' office since the spring and promised to publish every contract in full.",
        "Two members voted against her because the election had been announced only a week earlier.",
    ]
    rows = [{"id": "empty", "text": ""}, {"id": "dump", "text": "\n".join(lines)}]
    cleaned = clean(rows, spans=True)
    assert list(cleaned.answers) == ["empty", "dump"]
    assert cleaned.answers["empty"]["reason"] == "empty"
    dump = cleaned.answers["dump"]
    assert dump["fate"] == "accepted"
    assert kept_lines(lines, dump) == {1, 2, 3}
    body_positions(dump["text"], dump["spans"], dump["body"])
    assert cleaned.cpu_seconds > 0
