import pytest

from extract import names
from extract.names import find_mentions, name_key


@pytest.mark.parametrize(
    ("surface", "key"),
    [
        ("President Donald J. Trump’s", "donald trump"),
        ("the United States", "united states"),
        ("U.S.", "us"),
        ("Dr. Ana Sol", "ana sol"),
        ("King", "king"),
        ("ANA SOL", "ana sol"),
    ],
)
def test_a_name_has_one_normal_form(surface: str, key: str) -> None:
    assert name_key(surface) == key


@pytest.fixture(scope="module")
def document() -> list[tuple[str, str]]:
    return [
        ("title", "Angela Merkel visits Paris"),
        (
            "body",
            "Chancellor Angela Merkel met Emmanuel Macron in Paris on Monday.\n\nMerkel said France's plan was good.",
        ),
    ]


def test_mentions_are_found_per_zone_with_their_place_in_the_text(document: list[tuple[str, str]]) -> None:
    (found,) = find_mentions([document])
    texts = dict(document)
    assert {mention.zone for mention in found} == {"title", "body"}
    assert all(texts[mention.zone][mention.start_offset : mention.end_offset] == mention.surface for mention in found)
    assert [mention.mention_no for mention in found] == list(range(len(found)))


def test_a_surname_takes_the_full_name_and_its_type(document: list[tuple[str, str]]) -> None:
    (found,) = find_mentions([document])
    (bare,) = [mention for mention in found if mention.surface == "Merkel"]
    assert (bare.resolved_key, bare.entity_type, bare.name_key) == ("angela merkel", "PER", "merkel")


def test_a_possessive_is_no_part_of_a_name(document: list[tuple[str, str]]) -> None:
    (found,) = find_mentions([document])
    assert "France" in {mention.surface for mention in found}


def test_a_surname_of_two_people_stays_unresolved() -> None:
    text = "Hillary Clinton spoke first. Bill Clinton followed. Clinton was applauded."
    (found,) = find_mentions([[("body", text)]])
    assert [mention.resolved_key for mention in found if mention.surface == "Clinton"] == ["clinton"]


def test_documents_do_not_change_each_other(document: list[tuple[str, str]]) -> None:
    alone = find_mentions([document])
    assert find_mentions([[("body", "Nothing here.")], document, []])[1] == alone[0]


def test_a_text_of_any_length_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "Angela Merkel met Emmanuel Macron in Paris on Monday."
    text = "\n\n".join([sentence] * 10)
    monkeypatch.setattr(names, "_MAX_PIECE_CHARS", 120)
    (found,) = find_mentions([[("body", text)]])
    assert [mention.surface for mention in found].count("Angela Merkel") == 10
    assert all(text[mention.start_offset : mention.end_offset] == mention.surface for mention in found)
