import pytest

from extract.names.agreement import Candidate, ZoneText, agreed
from extract.names.keys import name_key


@pytest.mark.parametrize(
    ("surface", "key"),
    [
        ("President Donald J. Trump’s", "donald trump"),
        ("the United States", "united states"),
        ("U.S.", "us"),
        ("Dr. Ana Sol", "ana sol"),
        ("King", "king"),
        ("ANA SOL", "ana sol"),
        ("McDonald’s", "mcdonald's"),
        ("Tarn’s", "tarn"),
        ("U. S.", "us"),
        ("Raj K . Chohan", "raj chohan"),
    ],
)
def test_a_name_has_one_normal_form(surface: str, key: str) -> None:
    assert name_key(surface) == key


def names_in(text: str, *names: tuple[str, str, float] | tuple[str, str]) -> list[tuple[str, str]]:
    """Return (surface, type) as agreed, of names given as (surface, type, weight) in order."""
    candidates, start = [], 0
    for surface, kind, *weight in names:
        start = text.index(surface, start)
        candidates.append(Candidate(start, start + len(surface), kind, weight[0] if weight else 1.0))
        start += len(surface)
    (found,) = [agreed([ZoneText("body", text)], [candidates])]
    assert all(text[one.start_offset : one.end_offset] == one.surface for one in found)
    return [(one.surface, one.entity_type) for one in found]


def test_the_surer_type_holds_for_every_mention_of_a_name() -> None:
    text = "Tarn voted. Tarn waited. Tarn won."
    found = names_in(text, ("Tarn", "LOC", 0.9), ("Tarn", "ORG", 0.6), ("Tarn", "LOC", 0.8))
    assert found == [("Tarn", "LOC")] * 3


def test_a_bare_surname_takes_the_type_of_the_full_name() -> None:
    text = "Ana Sol spoke. Sol was applauded."
    assert names_in(text, ("Ana Sol", "PER"), ("Sol", "ORG")) == [("Ana Sol", "PER"), ("Sol", "PER")]


@pytest.mark.parametrize("given", ["the Tarn Board's", "“Tarn Board”", "Tarn Board’s", " Tarn Board "])
def test_articles_quotes_and_possessives_are_no_part_of_a_name(given: str) -> None:
    assert names_in(f"Then {given} chair left.", (given, "ORG")) == [("Tarn Board", "ORG")]


@pytest.mark.parametrize("given", ["Tarn Board/", "Tarn Board -", "Tarn Board,", "—Tarn Board:"])
def test_marks_at_its_ends_are_no_part_of_a_name(given: str) -> None:
    assert names_in(f"Then {given} left.", (given, "ORG")) == [("Tarn Board", "ORG")]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Ana Sol, 61", "Ana Sol"),
        ("Ana Sol , M.D.", "Ana Sol"),
        ("trustee Dr . Ana Sol", "Ana Sol"),
        ("Tarn fellow Ana Sol", "Ana Sol"),
        ("Ana della Sol", "Ana della Sol"),
        ("Ana Sol, Jr.", "Ana Sol, Jr."),
    ],
)
def test_what_stands_around_a_persons_name_is_no_part_of_it(given: str, name: str) -> None:
    assert names_in(f"Then {given} left.", (given, "PER")) == [(name, "PER")]


@pytest.mark.parametrize(
    ("tied", "names"),
    [
        ("U.S.-Russia", [("U.S.", "LOC"), ("Russia", "LOC")]),
        ("Delhi – Dhaka", [("Delhi", "LOC"), ("Dhaka", "LOC")]),
        ("Guinea-Bissau", [("Guinea-Bissau", "ORG")]),
        ("Stratford-Tarn", [("Stratford-Tarn", "ORG")]),
    ],
)
def test_two_places_that_a_hyphen_ties_are_two_names(tied: str, names: list[tuple[str, str]]) -> None:
    assert names_in(f"The {tied} talks began.", (tied, "ORG")) == names


def test_two_names_of_the_document_that_a_hyphen_ties_are_two_and_a_persons_are_one() -> None:
    text = "Tarn met Belle. Tarn-Belle was drawn. Berg-Holt spoke of Berg and of Holt."
    people = [("Berg-Holt", "PER"), ("Berg", "PER"), ("Holt", "PER")]
    teams = [("Tarn", "ORG"), ("Belle", "ORG")]
    assert names_in(text, *teams, ("Tarn-Belle", "ORG"), *people) == [*teams, *teams, *people]


PROSE = " It rained. It snowed. The sun shone. They left. Nobody came."


@pytest.mark.parametrize(
    ("text", "weight", "kind"),
    [
        (f"They met in Pattaya.{PROSE}", 0.7, "LOC"),
        (f"They met Pattaya.{PROSE}", 0.95, "PER"),  # the model is sure
        (f"Ana Pattaya met Pattaya.{PROSE}", 0.7, "PER"),  # somebody's name
        ("They met Pattaya.", 0.7, "PER"),  # a message shows nothing
    ],
)
def test_a_large_place_is_no_person_where_the_model_is_not_sure(text: str, weight: float, kind: str) -> None:
    given = [("Ana Pattaya", "PER", 1.0)] if "Ana" in text else []
    assert names_in(text, *given, ("Pattaya", "PER", weight))[-1] == ("Pattaya", kind)


def test_a_brand_keeps_the_s_that_it_is_called_with() -> None:
    text = "McDonald's met Ana McDonald's lawyer."
    found = names_in(text, ("McDonald's", "ORG"), ("Ana McDonald's", "PER"))
    assert found == [("McDonald's", "ORG"), ("Ana McDonald", "PER")]


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        ("The United States of America won.", ["United States", "America"], "United States of America"),
        ("The People's Republic of China won.", ["China"], "People's Republic of China"),
        ("The Republic of the Congo won.", ["Congo"], "Republic of the Congo"),
    ],
)
def test_the_long_name_of_a_state_is_one_name(text: str, parts: list[str], whole: str) -> None:
    assert names_in(text, *((part, "LOC") for part in parts)) == [(whole, "LOC")]


def test_a_form_of_state_before_a_group_is_left_alone() -> None:
    text = "The Republic of Letters was read."
    assert names_in(text, ("Letters", "MISC")) == [("Letters", "MISC")]


def test_a_name_that_was_missed_once_is_found_where_it_is_repeated() -> None:
    text = "Tarn Harbour Board met. Then Tarn Harbour Board left, and Sol-Tarn Harbour Boarding began."
    assert names_in(text, ("Tarn Harbour Board", "ORG")) == [("Tarn Harbour Board", "ORG")] * 2


def test_a_short_word_that_was_a_name_once_is_not_one_everywhere() -> None:
    assert names_in("Will met May. In May it rained.", ("Will", "PER"), ("May", "PER")) == [
        ("Will", "PER"),
        ("May", "PER"),
    ]


def test_no_name_runs_across_a_paragraph() -> None:
    assert names_in("Anna\n\nBerg", ("Anna\n\nBerg", "PER")) == []


def test_mentions_are_numbered_in_the_order_of_the_zones() -> None:
    found = agreed(
        [ZoneText("title", "Tarn Board meets"), ZoneText("body", "In Oslo the Tarn Board met.")],
        [[], [Candidate(12, 22, "ORG", 1.0)]],
    )
    assert [(one.mention_no, one.zone, one.surface) for one in found] == [
        (0, "title", "Tarn Board"),
        (1, "body", "Tarn Board"),
    ]
