import pytest
from lxml import html

from extract.addresses import Declared, declared_urls, own_url, page_urls
from extract.model import Media, Outlet
from tests.extract.pages import article, read

POST = Outlet("tarn-post", "The Tarn Post", "tarnpost.example tarnweekly.example", None, None)
STORY = "https://tarnpost.example/news/quay-closed-after-crane-accident"


def own(given: str | None, *declared: tuple[str, str], outlet_id: str | None = None) -> str | None:
    return own_url(page_urls(given, [Declared(*one) for one in declared], [POST]), outlet_id)


@pytest.mark.parametrize(
    ("declared", "why"),
    [
        ([("canonical", "https://tarnpost.example/")], "the front page"),
        ([("canonical", "/")], "the front page, relative"),
        ([("canonical", "https://www.tarnpost.example/index.html")], "the front page, by its file"),
        ([("canonical", "https://tarnpost.example/news/")], "a section"),
        ([("canonical", "https://elsewhere.example/quay")], "another site: the origin of the text"),
        ([("canonical", "{{ url }}")], "an unfilled template"),
        ([("canonical", "https://[broken")], "no URL"),
        ([("canonical", "https://tarnpost.example/"), ("og", "https://elsewhere.example/quay")], "both"),
        ([("alias", "https://tarnpost.example/?p=7")], "a short link"),
        ([], "nothing"),
    ],
)
def test_a_declaration_that_cannot_be_the_pages_own_leaves_the_given_url(
    declared: list[tuple[str, str]], why: str
) -> None:
    assert own(STORY, *declared) == STORY, why


@pytest.mark.parametrize(
    ("given", "declared"),
    [
        (f"{STORY}?session=9", [("canonical", STORY)]),
        (f"{STORY}?session=9", [("canonical", "/news/quay-closed-after-crane-accident")]),
        (f"{STORY}/2", [("canonical", STORY)]),
        ("https://tarnpost.example/?p=7", [("canonical", "https://tarnpost.example/"), ("og", STORY)]),
        ("https://tarnweekly.example/quay", [("canonical", STORY)]),
        (None, [("canonical", STORY)]),
        (None, [("canonical", "https://tarnpost.example/"), ("og", STORY)]),
        (None, [("og", STORY), ("canonical", "https://agency.example/quay-closed")]),
        (None, [("amphtml", f"{STORY}/amp")]),
    ],
)
def test_a_declaration_within_the_outlet_names_the_page(given: str | None, declared: list[tuple[str, str]]) -> None:
    assert own(given, *declared) == STORY


def test_a_page_without_given_url_is_not_where_its_outlet_is_not() -> None:
    elsewhere = ("canonical", "https://agency.example/quay-closed")
    assert own(None, elsewhere) == "https://agency.example/quay-closed"
    assert own(None, elsewhere, outlet_id="tarn-post") is None
    assert own(None, elsewhere, ("og", STORY), outlet_id="tarn-post") == STORY


def test_a_front_page_is_its_own_page() -> None:
    assert own("https://tarnpost.example/", ("canonical", "https://tarnpost.example/")) == "https://tarnpost.example/"
    assert own(None, ("canonical", "https://tarnpost.example/")) is None


def test_links_and_metas_are_read_with_their_roles() -> None:
    tree = html.fromstring(
        "<html><head><base href='https://tarnpost.example/news/'>"
        "<link rel='Canonical' href='quay'><link rel='amphtml' href='/news/quay/amp'><link rel='icon' href='/x.ico'>"
        "<link rel='alternate' media='only screen and (max-width: 640px)' href='https://m.tarnpost.example/news/quay'>"
        "<link rel='shortlink' href='https://tarnpost.example/?p=7'><link rel='canonical' href=''>"
        "<meta property='og:url' content='https://tarnpost.example/news/quay'><meta name='og:title' content='Quay'>"
        "</head><body></body></html>"
    )
    assert declared_urls(tree) == [
        Declared("canonical", "https://tarnpost.example/news/quay"),
        Declared("amphtml", "https://tarnpost.example/news/quay/amp"),
        Declared("alias", "https://m.tarnpost.example/news/quay"),
        Declared("alias", "https://tarnpost.example/?p=7"),
        Declared("og", "https://tarnpost.example/news/quay"),
    ]


def test_every_url_a_page_was_known_by_is_kept_as_written_with_the_outlet_of_its_host() -> None:
    head = '<link rel="canonical" href="https://agency.example/quay"><link rel="amphtml" href="/quay/amp">'
    page = read(article(head=head), Media.HTML, (POST,), url="https://m.tarnpost.example/quay?utm_source=x")
    assert page.document is not None
    assert page.document.canonical_url == "https://tarnpost.example/quay"
    assert [(url.url_no, url.role, url.url, url.normal_url, url.host_outlet_id) for url in page.urls] == [
        (0, "given", "https://m.tarnpost.example/quay?utm_source=x", "https://tarnpost.example/quay", "tarn-post"),
        (1, "canonical", "https://agency.example/quay", "https://agency.example/quay", "agency.example"),
        (2, "amphtml", "https://m.tarnpost.example/quay/amp", "https://tarnpost.example/quay", "tarn-post"),
    ]
