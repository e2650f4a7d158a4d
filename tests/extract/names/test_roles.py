import pytest

from extract.model import RoleClaim
from extract.names.agreement import Candidate, ZoneText, agreed
from extract.names.roles import find_roles

KINDS = {"Russian": "MISC", "Tarn Board": "ORG", "Oslo": "LOC", "Russia": "LOC", "US": "LOC", "Jewish": "MISC"}
PEOPLE = ("Ana Sol", "Ole Berg", "Sol")


def claims(text: str) -> list[RoleClaim]:
    zone = ZoneText("body", text)
    candidates = []
    for surface in sorted([*KINDS, *PEOPLE], key=len, reverse=True):
        start = text.find(surface)
        while start >= 0:
            free = all(start >= one.end or start + len(surface) <= one.start for one in candidates)
            if free and not text[start + len(surface) : start + len(surface) + 1].isalpha():
                candidates.append(Candidate(start, start + len(surface), KINDS.get(surface, "PER"), 1.0))
            start = text.find(surface, start + 1)
    found = find_roles([zone], agreed([zone], [sorted(candidates)]))
    assert all(text[one.start_offset : one.end_offset] == one.text for one in found)
    return found


@pytest.mark.parametrize(
    ("text", "role", "of", "written"),
    [
        ("Then Russian President Ana Sol left.", "president", "RU", "Russian President Ana Sol"),
        ("Russia's foreign minister, Ana Sol, left.", "foreign minister", "RU", "Russia's foreign minister, Ana Sol"),
        ("US Secretary of State Ana Sol left.", "secretary of state", "US", "US Secretary of State Ana Sol"),
        ("The President of Russia Ana Sol left.", "president", "RU", "President of Russia Ana Sol"),
        ("So did President Ana Sol of Russia.", "president", "RU", "President Ana Sol of Russia"),
        ("Ana Sol, the president of Russia, left.", "president", "RU", "Ana Sol, the president of Russia"),
        ("Ana Sol, the Russian premier, left.", "prime minister", "RU", "Ana Sol, the Russian premier"),
        ("Tarn Board CEO Ana Sol left.", "chief executive", "tarn board", "Tarn Board CEO Ana Sol"),
        ("Ana Sol, chair of the Tarn Board, left.", "chair", "tarn board", "Ana Sol, chair of the Tarn Board"),
        ("Oslo mayor Ana Sol left.", "mayor", "oslo", "Oslo mayor Ana Sol"),
        ("Russian deputy defense minister Ana Sol left.", "deputy defence minister", "RU",
         "Russian deputy defense minister Ana Sol"),
    ],
)  # fmt: skip
def test_an_office_before_or_behind_a_name_is_a_claim(text: str, role: str, of: str, written: str) -> None:
    (found,) = claims(text)
    assert (found.role, found.country_code or found.organisation_key, found.text) == (role, of, written)
    assert found.is_current


@pytest.mark.parametrize("word", ["former President", "ex-President", "President-elect", "acting President"])
def test_who_was_or_will_be_holds_no_office(word: str) -> None:
    (found,) = claims(f"Russian {word} Ana Sol left.")
    assert (found.role, found.is_current) == ("president", False)


@pytest.mark.parametrize(
    "written",
    [
        "former US President Ana Sol",
        "Former Russian president Ana Sol",
        "acting Russian President Ana Sol",
        "ex-Russian President Ana Sol",
        "then-Russian President Ana Sol",
        "then Russian President Ana Sol",
        "Then-Russian President Ana Sol",
        "outgoing Tarn Board president Ana Sol",
    ],
)
def test_a_past_word_may_stand_before_the_country_too(written: str) -> None:
    (found,) = claims(f"{written} left.")
    assert (found.role, found.is_current, found.text) == ("president", False, written)
    (found,) = claims(f"Ole left with {written}.")
    assert (found.role, found.is_current, found.text) == ("president", False, written)


@pytest.mark.parametrize("opening", ["The ", "A reformer, ", "It was late. ", "Then "])
def test_other_words_before_the_country_leave_the_office_held(opening: str) -> None:
    (found,) = claims(f"{opening}Russian President Ana Sol left.")
    assert found.is_current


@pytest.mark.parametrize(
    "text",
    [
        "President Ana Sol left.",
        "The Russian president left. Ana Sol stayed.",
        "His US counterpart Ana Sol left.",
        "Ana Sol, Russian President Ole Berg",
        "Jewish chairman Ana Sol left.",
        "Russian troops and President Ana Sol left.",
    ],
)
def test_what_does_not_say_whose_office_it_is_claims_nothing_of_the_name(text: str) -> None:
    assert [claim for claim in claims(text) if "Sol" in claim.text] == []


def test_a_caption_may_claim_one_office_twice() -> None:
    found = claims("Russian President Ana Sol and US President Ana Sol met")
    assert [(one.role, one.country_code) for one in found] == [("president", "RU"), ("president", "US")]
