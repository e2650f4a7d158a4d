from pathlib import Path

import numpy as np
import pytest

from extract.blocks import line_blocks
from extract.labels import label_blocks
from extract.line_model import DEFAULT_MODEL, load_model
from extract.model import Media, Zone
from extract.rules import line_rule, tail_heading
from extract.words import text_hash
from tests.extract.pages import REPORT, read
from training.cleaner.files import write_model


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("You have reached your limit of {{free}} articles.", Zone.PAYWALL),
        ("Already a subscriber? Log in", Zone.PAYWALL),
        ("€9.99 a month", Zone.PLAN),
        ("Cancel anytime", Zone.PLAN),
        ("We use cookies to improve your experience", Zone.COOKIE),
        ("Get the best of the Post delivered to your inbox", Zone.NEWSLETTER),
        ("Share this article", Zone.SHARE),
        ("Facebook Twitter WhatsApp", Zone.SHARE),
        ("3 Comments", Zone.COMMENT),
        ("This story has not been edited by our staff", Zone.DISCLAIMER),
        ("© 2026 Tarn Press Ltd", Zone.LEGAL),
        ("Privacy Policy | Terms of Use", Zone.LEGAL),
        ("ADVERTISEMENT", Zone.ADVERT),
        ("Tags: Tarn, harbour", Zone.TAGS),
        ("Read also: Crane lifted from the basin", Zone.RELATED),
        ("Image credit: Ana Sol", Zone.CAPTION),
        ("Die Fähre liegt wieder am Kai. Foto: Ana Sol", Zone.CAPTION),
        ("Source: The Tarn Post", Zone.CREDIT),
        ("(MNA)", Zone.CREDIT),
        ("By Ana Sol and Pavo Resnik", Zone.BYLINE),
        ("Skip to main content", Zone.NAV),
        ("Home » News » Tarn", Zone.NAV),
        ("Haberler / İstanbul", Zone.NAV),
        ("By Ana Sol | Tarn Post", Zone.BYLINE),
        ("You have used all of your free articles", Zone.PAYWALL),
        ("Read all of it for just £2.50 per week, cancel whenever you like", Zone.PLAN),
        ("See our subscription plans", Zone.PLAN),
        ("By signing up, you agree to our terms", Zone.NEWSLETTER),
        ("Having issues with commenting?", Zone.COMMENT),
        ("The article was published from a wire feed", Zone.DISCLAIMER),
        ("No Tarn Post journalist was involved in this report", Zone.DISCLAIMER),
        ("Tarn Press Ltd. All rights reserved.", Zone.LEGAL),
        ("A crane lifts the wall (Photo by Pavo Resnik)", Zone.CAPTION),
        ("The outer quay on Thursday. Getty Images", Zone.CAPTION),
        ("Ana Sol is a senior correspondent based in Marlow", Zone.ABOUT),
    ],
)
def test_furniture_is_known_by_its_wording(line: str, zone: Zone) -> None:
    rule = line_rule(line)
    assert rule is not None
    assert rule.zone is zone


@pytest.mark.parametrize(
    "line",
    [
        *REPORT,
        "By noon the shelves at Bauer's Market were bare.",
        "She shares a flat with two comments editors and a cat.",
        "The price rose to $4 a gallon on Thursday, the third increase in a month, officials in the capital said.",
        "Subscribers to the old service lost their numbers when the exchange closed, the minister told parliament.",
        "Tags were attached to forty seals before they were let go.",
        "The comments were made at a closed meeting, two people who were there said.",
        "Photographs of the ship show a gash below the waterline.",
        "Das Bild der Lage ist unklar: Niemand weiß, wann die Fähre wieder fährt.",
    ],
)
def test_prose_that_names_furniture_is_no_furniture(line: str) -> None:
    assert line_rule(line) is None
    assert tail_heading(line) is None


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Related Articles:", Zone.RELATED),
        ("More from the Post", Zone.RELATED),
        ("TRENDING", Zone.TRENDING),
        ("Latest News", Zone.TRENDING),
        ("No comments:", Zone.COMMENT),
        ("About the author", Zone.ABOUT),
    ],
)
def test_headings_open_a_part_that_is_no_article(line: str, zone: Zone) -> None:
    rule = tail_heading(line)
    assert rule is not None
    assert rule.zone is zone


TEASERS = [
    ("Soybean board sues over rail fees", "Attorney Cal Brightwater filed the suit in Fort Ellery on Friday morning."),
    ("Two sisters reopen the Bijou", "Projectionist Opal Nez has fixed the curtain with parts from an old combine."),
]


def body_of(lines: list[str], templates: frozenset[int] = frozenset()) -> list[str]:
    text = "\n".join(lines)
    blocks = line_blocks(text)
    labels = label_blocks(text, blocks, templates, load_model())
    return [
        text[block.start : block.end].strip()
        for block, label in zip(blocks, labels, strict=True)
        if label.zone is Zone.BODY
    ]


def test_the_body_of_a_dump_is_its_run_of_prose() -> None:
    lines = ["Home", "News", "Sport", "Outer quay closed at Tarn", *REPORT, "Share", "Email", "© 2026 Tarn Press"]
    assert body_of(lines) == REPORT


def test_teasers_in_good_prose_after_a_heading_are_not_the_article() -> None:
    teasers = [line for teaser in TEASERS for line in (*teaser, "January 7, 2026 // 17:15")]
    assert body_of([*REPORT, "Related Articles:", *teasers]) == REPORT


def test_an_article_goes_on_after_a_short_box_in_its_middle() -> None:
    second = [line.replace("Tarn", "Marlow").replace("Thursday", "Friday") for line in REPORT * 2]
    lines = [*REPORT, "Advertisement", *second]
    assert body_of(lines)[0] == REPORT[0]
    assert body_of(lines)[-1] == second[-1]


def test_a_learned_template_is_cut_from_the_middle_of_the_text() -> None:
    slogan = "The Tarn Post has been printed on the old quay every single day since 1871, come rain or shine."
    assert slogan in body_of([*REPORT, slogan, *REPORT])
    assert slogan not in body_of([*REPORT, slogan, *REPORT], frozenset({text_hash(slogan)}))


def test_templates_that_are_the_whole_article_are_not_believed() -> None:
    assert body_of(REPORT, frozenset(text_hash(line) for line in REPORT)) == REPORT


def test_a_box_with_a_heading_of_its_own_is_cut_from_html() -> None:
    paragraphs = [line.replace("Thursday", day) for day in ("Monday", "Tuesday", "Friday") for line in REPORT]
    blurb = "<a href='#'>Soybean board sues</a><p>Attorney Cal Brightwater filed the suit.</p>"
    box = f"<div><div>More from the Post</div>{blurb}</div>"
    markup = (
        "".join(f"<p>{line}</p>" for line in paragraphs[:4])
        + box
        + "".join(f"<p>{line}</p>" for line in paragraphs[4:])
    )
    page = read(f"<html><body><article><h1>Outer quay closed at Tarn</h1>{markup}</article></body></html>", Media.HTML)
    assert page.document is not None
    assert "Brightwater" not in page.document.body
    assert paragraphs[0] in page.document.body
    assert paragraphs[-1] in page.document.body


def test_markup_that_wraps_the_whole_text_does_not_cut_it() -> None:
    wrapped = "".join(f"<div class='related-wrapper'><p>{line}</p></div>" for line in REPORT)
    page = read(f"<html><body><article><h1>Outer quay closed</h1>{wrapped}</article></body></html>", Media.HTML)
    assert page.document is not None
    assert page.document.body.split("\n\n") == REPORT


def test_a_text_that_stands_flattened_beside_its_paragraphs_is_kept_once() -> None:
    paragraphs = [f"{line} Divers wrote note {number}." for number, line in enumerate(REPORT)]
    markup = "".join(f"<p>{line}</p>" for line in paragraphs) + f"<p>{' '.join(paragraphs)}</p>"
    page = read(f"<html><body><article><h1>Outer quay closed</h1>{markup}</article></body></html>", Media.HTML)
    assert page.document is not None
    assert page.document.body.split("\n\n") == paragraphs


def test_a_page_on_which_the_model_finds_nothing_keeps_its_run_of_prose(tmp_path: Path) -> None:
    with np.load(DEFAULT_MODEL, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    write_model(arrays | {"leave.bias": arrays["leave.bias"] - 50}, tmp_path / "blind.npz")
    blind = load_model(tmp_path / "blind.npz")
    lines = ["Home", "News", *REPORT, *(line.replace(" the ", " the red ") for line in REPORT), "Share", "Email"]
    text = "\n".join(lines)
    blocks = line_blocks(text)
    labels = label_blocks(text, blocks, (), blind)
    kept = [line for line, label in zip(lines, labels, strict=True) if label.zone is Zone.BODY]
    assert kept == lines[2:-2]
    assert {label.rule for label in labels if label.zone is Zone.BODY} == {"prose_alone"}
    short = "\n".join([*lines[:2], *REPORT[:1]])
    assert all(label.zone is not Zone.BODY for label in label_blocks(short, line_blocks(short), (), blind))
