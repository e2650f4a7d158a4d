import pytest

from extract import engine
from extract.markup import read_markup
from extract.model import Media
from extract.parse import parse_page
from tests.extract.pages import REPORT, article, html, make_page


@pytest.mark.parametrize("mode", engine.MODES)
def test_every_mode_finds_the_text_of_a_plain_report(mode: str) -> None:
    tree = engine.load_tree(article("<nav><a href='/'>Home</a></nav><footer>All rights reserved</footer>"))
    assert tree is not None
    text = engine.main_text(tree, mode)
    assert all(paragraph in text for paragraph in REPORT)
    assert "rights" not in text


def test_a_mode_that_does_not_exist_is_refused() -> None:
    tree = engine.load_tree(article())
    assert tree is not None
    with pytest.raises(KeyError):
        engine.main_text(tree, "best")


def test_the_version_names_the_mode() -> None:
    assert engine.version(engine.DEFAULT_MODE) == engine.VERSION
    assert len({engine.version(mode) for mode in engine.MODES}) == len(engine.MODES)


@pytest.mark.parametrize(
    "beginning",
    [
        "",
        "<!DOCTYPE html>",
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n',
        '<?xml version="1.0" encoding="iso-8859-1"?>',
        "\x0c\x01\n",
    ],
)
@pytest.mark.parametrize("opening", ["<html>", "<html lang='en'/>"])
def test_a_page_is_read_whatever_it_begins_with(beginning: str, opening: str) -> None:
    page = f"{beginning}{opening}<head><title>T</title></head><body><p>Grüße\x00, Übersee</p></body></html>"
    tree = engine.load_tree(page)
    assert tree is not None
    assert tree.findtext(".//p") == "Grüße, Übersee"


def test_a_text_without_markup_is_no_page() -> None:
    assert engine.load_tree("Nobody was hurt.") is None


def test_the_mode_of_a_page_decides_what_the_engine_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def main_text(_: object, mode: str) -> str:
        asked.append(mode)
        return ""

    monkeypatch.setattr(engine, "main_text", main_text)
    for mode in engine.MODES:
        parse_page(make_page(Media.HTML), article().encode(), [], mode=mode)
    assert tuple(asked) == engine.MODES


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("One two.\\nThree four.", "One two.\nThree four."),
        ("<p>One two.</p><p>Three &amp; four.</p>", "One two. Three & four."),
        ("&lt;p&gt;One two.&lt;/p&gt;&lt;p&gt;Three &amp;amp; four.&lt;/p&gt;", "One two. Three & four."),
        ("5 &lt; 6 and 7 &gt; 3", "5 < 6 and 7 > 3"),
    ],
)
def test_the_declared_body_is_read_without_tags(written: str, read: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{written}"}}</script>'
    tree = engine.load_tree(html("<p>x</p>", script))
    assert tree is not None
    assert read_markup(tree).article_body.split() == read.split()
