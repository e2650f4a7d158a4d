import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.names import BACKENDS, ZoneText, find_mentions, spacy, version

Zones = list[ZoneText]


@pytest.fixture(scope="module", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def document() -> list[ZoneText]:
    return [
        ZoneText("title", "Angela Merkel visits Paris"),
        ZoneText(
            "body",
            "Chancellor Angela Merkel met Emmanuel Macron in Paris on Monday.\n\nMerkel said France's plan was good.",
        ),
    ]


def test_mentions_are_found_per_zone_with_their_place_in_the_text(document: Zones, backend: str) -> None:
    (found,) = find_mentions([document], backend)
    texts = {zone.zone: zone.text for zone in document}
    assert {mention.zone for mention in found} == {"title", "body"}
    assert all(texts[mention.zone][mention.start_offset : mention.end_offset] == mention.surface for mention in found)
    assert [mention.mention_no for mention in found] == list(range(len(found)))


def test_a_surname_takes_the_full_name_and_its_type(document: Zones, backend: str) -> None:
    (found,) = find_mentions([document], backend)
    (bare,) = [mention for mention in found if mention.surface == "Merkel"]
    assert (bare.resolved_key, bare.entity_type, bare.name_key) == ("angela merkel", "PER", "merkel")


def test_a_possessive_is_no_part_of_a_name(document: Zones, backend: str) -> None:
    (found,) = find_mentions([document], backend)
    assert "France" in {mention.surface for mention in found}


def test_a_surname_of_two_people_stays_unresolved(backend: str) -> None:
    text = "Hillary Clinton spoke first. Bill Clinton followed. Clinton was applauded."
    (found,) = find_mentions([[ZoneText("body", text)]], backend)
    assert [mention.resolved_key for mention in found if mention.surface == "Clinton"] == ["clinton"]


def test_a_headline_in_capitals_names_whom_the_body_names() -> None:
    body = "Angela Merkel met Emmanuel Macron in Paris on Thursday, and Merkel’s aide said Macron's plan was good."
    (found,) = find_mentions([[ZoneText("title", "MERKEL MEETS MACRON IN PARIS"), ZoneText("body", body)]], "own")
    headline = [(one.surface, one.resolved_key) for one in found if one.zone == "title"]
    assert headline == [("MERKEL", "angela merkel"), ("MACRON", "emmanuel macron"), ("PARIS", "paris")]
    assert not [one.surface for one in found if one.surface.endswith(("'s", "’s", "'", "’"))]


def test_documents_do_not_change_each_other(document: Zones, backend: str) -> None:
    others = [[ZoneText("body", "Nothing here.")], [ZoneText("body", "OUTCRY OVER $9bn AT “EL NIÑO” 🎈 Å. " * 30)], []]
    alone = [find_mentions([one], backend)[0] for one in (document, *others)]
    assert find_mentions([document, *others], backend) == alone
    assert find_mentions([*others, document], backend) == [*alone[1:], alone[0]]


def test_no_name_runs_across_a_paragraph(backend: str) -> None:
    (found,) = find_mentions(
        [[ZoneText("body", "The prize went to Anna\n\nBerg was the town where it was given.")]], backend
    )
    assert all("\n" not in mention.surface for mention in found)


@given(st.lists(st.text(alphabet=st.sampled_from("Aa \n.'’é漢1@-\u0301\ud800"), max_size=60), max_size=4))
@settings(max_examples=30, deadline=None)
def test_any_text_is_read_and_every_mention_is_where_it_says(bodies: list[str]) -> None:
    documents = [[ZoneText("body", body)] for body in bodies]
    found = find_mentions(documents, "own")
    for body, mentions in zip(bodies, found, strict=True):
        assert all(body[one.start_offset : one.end_offset] == one.surface for one in mentions)


def test_backends_name_themselves() -> None:
    assert version("own").startswith("names-")
    assert version("spacy").startswith("spacy-md")


def test_a_text_of_any_length_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "Angela Merkel met Emmanuel Macron in Paris on Monday."
    text = "\n\n".join([sentence] * 10)
    monkeypatch.setattr(spacy, "_MAX_PIECE_CHARS", 120)
    (found,) = find_mentions([[ZoneText("body", text)]], "spacy")
    assert [mention.surface for mention in found].count("Angela Merkel") == 10
    assert all(text[mention.start_offset : mention.end_offset] == mention.surface for mention in found)
