import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language import UNDETERMINED, detect

ENGLISH = [
    "The harbour master closed the outer quay on Thursday after a crane dropped a container into the basin.",
    "Nobody was hurt, she said, but the wall had cracked in two places and would be inspected by divers.",
    "Ferries will leave from the old fish market until the inspection is over, which may take a month.",
]
GERMAN = [
    "Die Hafenmeisterin sperrte am Donnerstag den äußeren Kai, nachdem ein Kran einen Container verloren hatte.",
    "Verletzt wurde niemand, sagte sie, doch die Mauer habe an zwei Stellen Risse und werde von Tauchern geprüft.",
    "Die Fähren legen bis zum Ende der Prüfung am alten Fischmarkt ab, und das kann einen Monat dauern.",
]


def test_a_text_in_one_language_is_told_surely_and_whole() -> None:
    told = detect("\n\n".join(GERMAN))
    assert (told.code, told.share, told.other) == ("de", 1.0, None)
    assert told.confidence > 0.99


@pytest.mark.parametrize("text", ["", "   \n\n ", "1.234,50 – 17:30", "Tarn 2:1", "a"])
def test_what_is_too_short_to_tell_is_undetermined(text: str) -> None:
    told = detect(text)
    assert (told.code, told.share, told.other) == (UNDETERMINED, 0.0, None)
    assert told.confidence < 0.5


def test_a_short_text_is_told_less_surely_than_a_long_one() -> None:
    assert detect(ENGLISH[0][:30]).confidence < detect(ENGLISH[0]).confidence < 1


def test_a_text_in_two_languages_says_how_much_is_in_each() -> None:
    told = detect("\n\n".join([*ENGLISH, *GERMAN[:1]]))
    english = sum(map(len, ENGLISH))
    assert (told.code, told.other) == ("en", "de")
    assert told.share == pytest.approx(english / (english + len(GERMAN[0])), abs=0.001)


def test_the_beginning_does_not_speak_for_the_rest() -> None:
    assert detect("\n\n".join([ENGLISH[0], *GERMAN])).code == "de"


def test_two_languages_in_one_long_paragraph_are_found() -> None:
    told = detect(" ".join([*ENGLISH * 3, *GERMAN * 2]))
    assert (told.code, told.other) == ("en", "de")


@given(st.text(max_size=300))
def test_every_text_has_an_answer_within_bounds(text: str) -> None:
    told = detect(text)
    assert 0.0 <= told.confidence <= 1.0
    assert (told.share == 0.0) == (told.code == UNDETERMINED)
    assert (told.other is None) == (told.share in (0.0, 1.0))
