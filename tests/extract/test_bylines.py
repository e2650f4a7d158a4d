import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.agencies import agency_table
from extract.bylines import (
    AGENCY,
    PERSON,
    has_lead,
    is_dated_name,
    is_lead,
    is_lone_name,
    is_person,
    other_hands,
    split_byline,
)

TABLE = agency_table()
OUTLETS = {"tarnpost", "tnr"}


def named(text: str, *, is_field: bool = False) -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in split_byline(text, TABLE.find, OUTLETS, is_field=is_field)]


def people(text: str, *, is_field: bool = False) -> list[str]:
    return [name for role, name in named(text, is_field=is_field) if role == PERSON]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Sol", ["Ana Sol"]),
        ("ByAna Sol", ["Ana Sol"]),
        ("Written by Ana Sol and Pavo Resnik", ["Ana Sol", "Pavo Resnik"]),
        ("By Ana Sol, Pavo Resnik & Ines Kolar", ["Ana Sol", "Pavo Resnik", "Ines Kolar"]),
        ("Von Ana Sol und Pavo Resnik", ["Ana Sol", "Pavo Resnik"]),
        ("Von: Ana Sol", ["Ana Sol"]),
        ("Par Ana Sol et Pavo Resnik", ["Ana Sol", "Pavo Resnik"]),
        ("Por Ana Sol y Pavo Resnik", ["Ana Sol", "Pavo Resnik"]),
        ("Door Ana van der Sol en Pavo Resnik", ["Ana van der Sol", "Pavo Resnik"]),
        ("Tekst: Ana Sol", ["Ana Sol"]),
        ("Guide by Ana Sol Published: 5 May", ["Ana Sol"]),
        ("Ana SolPublished: December 20, 2023", ["Ana Sol"]),
        ("By Ana Sol • December 15, 2023 12:25 pm", ["Ana Sol"]),
        ("By Ana Sol 5 minute Read", ["Ana Sol"]),
        ("posted on 2026-01-08 23:30 by Ana Sol", ["Ana Sol"]),
        ("By Ana Sol | asol@tarnpost.example", ["Ana Sol"]),
        ("By Ana Sol@anasol Jan 8, 2026", ["Ana Sol"]),
        ("By Ana Sol, Chief Technology Officer", ["Ana Sol"]),
        ("By Ana Sol, Tarn Post", ["Ana Sol"]),
        ("By Ana Sol, TNR", ["Ana Sol"]),
        ("Ana Sol TNR World Service", ["Ana Sol"]),
        ("Reporting by Ana Sol; Editing by Pavo Resnik", ["Ana Sol"]),
        ("By Ana Sol. Photos by Pavo Resnik", ["Ana Sol"]),
        ("By ANA SOL", ["ANA SOL"]),
        ("By Simon Ramon", ["Simon Ramon"]),
        ("By Omar bin Sol and Leila al-Resnik", ["Omar bin Sol", "Leila al-Resnik"]),
        ("Автор: Анна Соль и Павел Резник", ["Анна Соль", "Павел Резник"]),
        ("배윤경 기자", ["배윤경"]),
        ("By Byrne Sol", ["Byrne Sol"]),
        ("8 January 2026, 16:20 EET | Ana Sol", ["Ana Sol"]),
        ("4°F · Snow by evening", []),
        ("By Ana Sol Jr.", ["Ana Sol Jr"]),
        # Prose, menus and jobs name nobody.
        ("Ana Sol has covered the harbour since 2019", []),
        ("Copy Link", []),
        ("Senior Staff Writer", []),
        ("By popular demand, the quay opens again", []),
    ],
)  # fmt: skip
def test_a_line_names_its_writers(line: str, names: list[str]) -> None:
    assert people(line) == names


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ana Sol", [("person", "Ana Sol")]),
        ("Sol, Ana", [("person", "Ana Sol")]),
        ("ana sol", [("person", "ana sol")]),
        ("AnaSol", [("person", "AnaSol")]),
        ("구현모", [("person", "구현모")]),
        ("Ana Sol, RDN, LD", [("person", "Ana Sol")]),
        ("Ana Sol und Pavo Resnik, dpa", [("person", "Ana Sol"), ("person", "Pavo Resnik"), ("agency", "dpa")]),
        ("Reuters", [("agency", "Reuters")]),
        ("Tarn Post", [("organisation", "Tarn Post")]),
        ("Tarn Post Staff", [("desk", "Tarn Post Staff")]),
        ("Redaktion tarnpost.example", [("desk", "Redaktion tarnpost.example")]),
        (", The Marlow Gazette", []),
        ("admin", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_field_for_authors_holds_people_agencies_and_desks(field: str, names: list[tuple[str, str]]) -> None:
    assert named(field, is_field=True) == names


def test_the_shapes_of_lines() -> None:
    for line in ("By Ana Sol", "Jan 8, 2026 by Ana Sol"):
        assert has_lead(line)
    assert not has_lead("Bye and thanks")
    assert [is_lead(line) for line in ("By", "Von:", "By —", "By Ana Sol")] == [True, True, True, False]
    dated = ("Ana Sol | 08.01.2026", "Ana Sol - January 24, 2020", "8 January 2026, 16:20 EET | Ana Sol", "Kia PV5")
    assert [is_dated_name(line) for line in dated] == [True, True, True, False]
    lone = ("• Ana Sol", "Harbour Staff", "Copy Link", "Snow by evening", "Tarn")
    assert [is_lone_name(line) for line in lone] == [True, True, False, False, False]
    assert other_hands("Edited by Pavo Resnik", at_start=True) == " Pavo Resnik"
    assert other_hands("This was produced by Pavo Resnik", at_start=True) is None
    assert [is_person(name) for name in ("Ana Sol", "Ana de la Sol", "Ana", "Ana sol")] == [True, True, False, False]


@given(st.lists(st.sampled_from(["Ana Sol", "Pavo Resnik", "Reuters", "AP", "Tarn Post", "Staff"]), max_size=5))
def test_no_person_of_a_byline_is_an_agency_or_the_outlet(parts: list[str]) -> None:
    for one in split_byline(f"By {', '.join(parts)}", TABLE.find, OUTLETS):
        assert (one.role == AGENCY) == (TABLE.find(one.name) is not None)
        assert one.role != PERSON or one.name in ("Ana Sol", "Pavo Resnik")


@given(st.text(max_size=80))
def test_any_text_can_be_split(text: str) -> None:
    for is_field in (True, False):
        assert all(one.name for one in split_byline(text, TABLE.find, OUTLETS, is_field=is_field))
