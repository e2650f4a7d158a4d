from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Media, ParsedPage, TitleCandidate
from extract.parse import parse_page
from extract.titles import clean_title, headline, headline_line, read_titles, with_line, without_outlet
from extract.words import words
from tests.extract.pages import make_page

BARE = parse_page(make_page(Media.HTML), b"<html><body><p>A ferry struck a reef.</p></body></html>", ())


def titled(source: str) -> Callable[[str], tuple[str, str]]:
    return lambda title: (source, title)


H, J, G, T = map(titled, ("heading", "json_ld", "open_graph", "head_title"))


def page(*titles: tuple[str, str]) -> ParsedPage:
    candidates = [TitleCandidate(source, title) for source, title in titles]
    return replace(BARE, titles=candidates, site_name="The Tarn Post")


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Outer quay closed at Tarn | The Tarn Post", "Outer quay closed at Tarn"),
        ("Outer quay closed at Tarn - News - The Tarn Post", "Outer quay closed at Tarn"),
        ("The Tarn Post | Outer quay closed", "Outer quay closed"),
        ("The Tarn Post - Outer quay closed", "Outer quay closed"),
        ("Quay - closed", "Quay - closed"),
        ("Storm Hedda hits the coast – thousands lose power", "Storm Hedda hits the coast – thousands lose power"),
        ("Outer quay closed at Tarn – tarnpost.example", "Outer quay closed at Tarn"),
        ("Tarn-Marlow ferry stops", "Tarn-Marlow ferry stops"),
    ],
)
def test_a_title_is_not_its_outlet(title: str, cleaned: str) -> None:
    assert without_outlet(title, {"The Tarn Post", "tarnpost"}) == cleaned


@pytest.mark.parametrize(
    ("titles", "chosen"),
    [
        # What readers see wins over one that disagrees, and loses against two that agree.
        ([H("Outer quay closed"), J("Outer quay shut for a week")], "Outer quay closed"),
        ([H("Outer quay closed"), J("Quay closed for a week"), G("Quay closed for a week")], "Quay closed for a week"),
        # A site's own heading is no headline.
        ([H("The Tarn Post"), H("Outer quay closed"), T("Outer quay closed")], "Outer quay closed"),
        ([H("The Quay Book"), H("Quay closed at the bend"), G("Quay closed at the bend")], "Quay closed at the bend"),
        # The section before the headline goes where another title lacks it, but not before a colon.
        ([H("Opinion What the quay needs"), J("What the quay needs")], "What the quay needs"),
        ([H("Harbour | What the quay needs"), G("What the quay needs")], "What the quay needs"),
        ([H("Tarn: What the quay needs"), G("What the quay needs")], "Tarn: What the quay needs"),
        # Typographic and straight quotes are one title, in the heading's writing.
        ([H("‘Nobody’ on the quay"), G("'Nobody' on the quay")], "‘Nobody’ on the quay"),
        # The only heading beside nothing but the head's title.
        ([H("Jury frees the harbour master"), T("Court news of Monday")], "Jury frees the harbour master"),
        ([H("Hafen\u00adamt schließt drei Kaimauern")], "Hafenamt schließt drei Kaimauern"),
        ([H("Home")], None),
    ],
)
def test_the_headline_is_what_the_page_agrees_on(titles: list[tuple[str, str]], chosen: str | None) -> None:
    found = read_titles(page(*titles))
    assert headline(found)[0] == chosen
    assert [(one.source, one.original_text) for one in found] == titles
    assert all(one.reason for one in found)


def test_the_title_of_the_source_row_wins() -> None:
    found = read_titles(page(("given", "Quay closed"), ("heading", "Another quay"), ("json_ld", "Another quay")))
    assert headline(found) == ("Quay closed", "given")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "json_ld", "open_graph", "head_title"]), st.text(min_size=1, max_size=40)
        ),
        max_size=6,
    )
)
def test_at_most_one_title_is_chosen_and_none_is_empty(titles: list[tuple[str, str]]) -> None:
    found = read_titles(page(*titles))
    assert sum(one.is_chosen for one in found) <= 1
    assert all(one.title for one in found)
    assert found == read_titles(page(*titles))


def test_a_line_is_the_headline_only_where_nothing_else_gives_one() -> None:
    nothing = read_titles(page())
    assert headline(with_line(nothing, ["Outer quay closed\n"])) == ("Outer quay closed", "line")
    given_one = read_titles(page(("heading", "Outer quay closed")))
    assert with_line(given_one, ["Something else"]) == given_one


def test_hyphenation_is_not_part_of_a_title() -> None:
    assert clean_title("Paläs\u00adti\u00adnenser \n legt ein") == "Palästinenser legt ein"
    assert clean_title("\u00ad") == "\u00ad"


def test_the_headline_of_a_dump_is_the_line_that_stands_twice() -> None:
    lines = [
        "The Tarn Post news edition today",
        "Outer quay closed at Tarn",
        "Tarn | Harbour",
        "Outer quay closed at Tarn",
    ]
    assert headline_line(lines, [" ".join(words(line)) for line in lines], 4) == 1
    assert headline_line(["Home", None, "Sport"], ["home", "menu", "sport"], 3) is None
