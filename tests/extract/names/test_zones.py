"""Where names are read: title, body, quotations and captions, and nothing else of a page."""

import pytest

from extract.annotate import _caption_text, with_names
from extract.model import AnnotatedPage, Media, Mention
from tests.extract.pages import article, read

PARAGRAPHS = [
    "Angela Merkel met Emmanuel Macron in Paris on Thursday, and both of them spoke of fish for most of the day.",
    '"We shall tell Emmanuel Macron that Germany wants to land more cod this year," said Angela Merkel in the evening.',
    "The two of them will meet again in Berlin in the spring, when the boats are back and the season has ended.",
]
FURNITURE = "<nav><ul><li><a href='/1'>Boris Johnson resigns over party in garden</a></li></ul></nav>"


@pytest.fixture(scope="module")
def page() -> AnnotatedPage:
    figure = (
        "<figure><img src='a.jpg'><figcaption>French President Angela Merkel walks with Jacinda Ardern in Oslo. "
        "Photo: Ludovic Marin/AFP</figcaption></figure>"
    )
    body = article(FURNITURE, paragraphs=[*PARAGRAPHS, *PARAGRAPHS[:1]])
    body = body.replace(f"<p>{PARAGRAPHS[2]}</p>", f"{figure}<p>{PARAGRAPHS[2]}</p>")
    (found,) = with_names([read(body, Media.HTML)])
    assert {span.zone for span in found.spans} >= {"caption", "body", "title"}
    return found


def written(page: AnnotatedPage, mention: Mention) -> str:
    assert page.document is not None
    zones = {"title": page.document.title or "", "body": page.document.body, "quote": page.document.body}
    text = zones[mention.zone] if mention.span_no is None else page.spans[mention.span_no].text
    return text[mention.start_offset : mention.end_offset]


def surfaces(page: AnnotatedPage, zone: str) -> set[str]:
    return {mention.surface for mention in page.mentions if mention.zone == zone}


def test_every_name_stands_where_its_row_says(page: AnnotatedPage) -> None:
    assert page.mentions
    assert all(written(page, mention) == mention.surface for mention in page.mentions)
    assert all((mention.zone == "caption") == (mention.span_no is not None) for mention in page.mentions)


def test_a_name_inside_a_quotation_is_in_the_zone_of_quotations(page: AnnotatedPage) -> None:
    assert surfaces(page, "quote") == {"Emmanuel Macron", "Germany"}
    assert "Emmanuel Macron" in surfaces(page, "body")


def test_a_caption_names_people_but_not_who_took_the_picture(page: AnnotatedPage) -> None:
    assert surfaces(page, "caption") >= {"Angela Merkel", "Jacinda Ardern", "Oslo"}
    assert not {"AFP", "Ludovic Marin", "Marin"} & surfaces(page, "caption")


def test_a_menu_names_nobody(page: AnnotatedPage) -> None:
    assert "Boris Johnson" not in {mention.surface for mention in page.mentions}


def test_what_a_caption_says_of_an_office_is_a_claim_of_the_caption(page: AnnotatedPage) -> None:
    (claim,) = page.role_claims
    assert (claim.zone, claim.role, claim.country_code) == ("caption", "president", "FR")
    assert page.mentions[claim.mention_no].surface == "Angela Merkel"
    assert claim.span_no is not None
    assert page.spans[claim.span_no].text[claim.start_offset : claim.end_offset] == claim.text


def test_captions_change_no_other_name(page: AnnotatedPage) -> None:
    (bare,) = with_names([read(article(FURNITURE, paragraphs=[*PARAGRAPHS, *PARAGRAPHS[:1]]), Media.HTML)])
    assert [one for one in page.mentions if one.zone != "caption"] == bare.mentions


@pytest.mark.parametrize(
    ("caption", "kept"),
    [
        ("Ana Sol in Oslo. Image Credit: ANI", "Ana Sol in Oslo"),
        ("Ana Sol in Oslo (AP Photo/Ole Berg)", "Ana Sol in Oslo"),
        ("Ana Sol in Oslo © Reuters", "Ana Sol in Oslo"),
        ("FILE PHOTO: Ana Sol in Oslo", "FILE PHOTO: Ana Sol in Oslo"),
        ("Ana Sol photographs birds in Oslo.", "Ana Sol photographs birds in Oslo."),
    ],
)
def test_a_picture_credit_is_no_part_of_what_the_caption_says(caption: str, kept: str) -> None:
    assert _caption_text(caption).strip() == kept
