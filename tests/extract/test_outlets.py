import pytest

from extract.model import Media, Outlet
from extract.outlets import outlet_of_host, outlet_of_page
from tests.extract.pages import REPORT, article, read

POST = Outlet("tarn-post", "The Tarn Post", "tarnpost.example www.tarnweekly.example", "Europe/Dublin", "IE")
NEWSROOM = Outlet("tarn-data", "Tarn Data", "data.tarnpost.example fährhaus.example", None, None)
DECLARED = (POST, NEWSROOM)


@pytest.mark.parametrize(
    ("host", "outlet_id"),
    [
        ("tarnpost.example", "tarn-post"),
        ("m.news.tarnpost.example", "tarn-post"),
        ("tarnweekly.example", "tarn-post"),
        ("data.tarnpost.example", "tarn-data"),
        ("maps.data.tarnpost.example", "tarn-data"),
        ("xn--fhrhaus-5wa.example", "tarn-data"),
        ("eviltarnpost.example", "eviltarnpost.example"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("anna.blogspot.com", "anna.blogspot.com"),
        ("localhost", "localhost"),
        (None, None),
    ],
)
def test_a_host_belongs_to_the_nearest_declared_outlet_else_to_its_site(host: str | None, outlet_id: str) -> None:
    assert outlet_of_host(host, DECLARED) == outlet_id


@pytest.mark.parametrize(
    ("given", "url", "site_name", "known"),
    [
        # What the source says comes first, by id, name or host.
        ("tarn-post", "https://elsewhere.example/a", None, ("tarn-post", "given")),
        ("Tarn Post", None, None, ("tarn-post", "given")),
        ("www.tarnpost.example", None, None, ("tarn-post", "given")),
        ("www.dw.com", None, None, ("dw.com", "given")),
        ("Quay Gazette", None, None, ("Quay Gazette", "given")),
        (None, "https://tarnpost.example/a", "Elsewhere", ("tarn-post", "host")),
        (None, "https://elsewhere.example:8080/a", None, ("elsewhere.example", "host")),
        (None, None, "the tarn post", ("tarn-post", "site_name")),
        (None, None, "TarnPost.example", ("tarn-post", "site_name")),
        (None, None, " Quay  Gazette", ("Quay Gazette", "site_name")),
        (None, None, "Home", (None, None)),
        (None, None, None, (None, None)),
    ],
)
def test_an_outlet_is_known_by_source_host_or_name(
    given: str | None, url: str | None, site_name: str | None, known: tuple[str | None, str | None]
) -> None:
    assert outlet_of_page(given, url, site_name, DECLARED) == known


def test_a_line_of_copyright_in_a_dump_names_no_outlet() -> None:
    lines = ["Quay closed", *REPORT, "© 2026 The Tarn Post. All rights reserved."]
    document = read("\n".join(lines), outlets=DECLARED).document
    assert document is not None
    assert (document.outlet_id, document.outlet_evidence) == (None, None)


def test_a_page_without_url_has_the_outlet_its_markup_names() -> None:
    page = article(head='<meta property="og:site_name" content="Tarn Post">')
    document = read(page, Media.HTML, DECLARED).document
    assert document is not None
    assert (document.outlet_id, document.outlet_evidence) == ("tarn-post", "site_name")
