from extract.compare import Reading, compare
from tests.extract.pages import REPORT, make_page

FIRST, SECOND, THIRD = REPORT


def reading(body: str | None, **fields: str) -> Reading:
    if body is None:
        return Reading("quarantined", "no_body")
    return Reading("accepted", None, body=body, **fields)


def both(old: str | None, new: str | None) -> tuple[str, float, int, int]:
    page = compare(make_page(), reading(old), reading(new))
    return page.change, page.agreement, page.words_lost, page.words_gained


def test_equal_readings_agree() -> None:
    assert both(FIRST, FIRST) == ("unchanged", 1.0, 0, 0)
    assert both(None, None) == ("unchanged", 1.0, 0, 0)
    assert both("Two words", "Two words") == ("unchanged", 1.0, 0, 0)


def test_moved_paragraphs_are_changed_but_lose_nothing() -> None:
    assert both(f"{FIRST}\n\n{SECOND}", f"{SECOND}\n\n{FIRST}") == ("changed", 1.0, 0, 0)


def test_a_paragraph_said_twice_and_then_once_is_lost_once() -> None:
    change, _, lost, gained = both(f"{FIRST}\n\n{SECOND}\n\n{FIRST}", f"{FIRST}\n\n{SECOND}")
    assert (change, lost, gained) == ("changed", len(FIRST.split()), 0)


def test_one_word_exchanged_is_one_lost_and_one_gained() -> None:
    page = compare(make_page(), reading(SECOND), reading(SECOND.replace("divers", "engineers")))
    assert (page.lost, page.gained) == (["divers"], ["engineers"])


def test_lost_texts_stand_as_they_were_written_the_longest_first() -> None:
    old = f"{THIRD}\n\n{SECOND}\n\nShare this: now! {FIRST} {FIRST}"
    page = compare(make_page(), reading(old), reading(SECOND))
    assert page.lost == [f"Share this: now! {FIRST} {FIRST}".rstrip("."), THIRD.rstrip(".")]


def test_a_body_that_comes_or_goes_agrees_in_nothing() -> None:
    words = len(FIRST.split())
    assert both(FIRST, None) == ("newly_quarantined", 0.0, words, 0)
    assert both(None, FIRST) == ("newly_accepted", 0.0, 0, words)


def test_every_field_that_differs_is_named_and_the_body_told_in_words() -> None:
    before = reading(FIRST, title="One", kind="article", published="2026-01-08 10:00:00 (minute)")
    after = reading(SECOND, title="Two", kind="article", published="2026-01-09 00:00:00 (day)")
    page = compare(make_page(), before, after)
    assert [change.name for change in page.fields] == ["title", "published"]


def test_another_reason_to_refuse_a_page_is_a_change() -> None:
    page = compare(make_page(), Reading("quarantined", "no_body"), Reading("quarantined", "too_short"))
    assert (page.change, [change.name for change in page.fields]) == ("changed", ["reason"])
