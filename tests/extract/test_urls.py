import pytest

from extract.model import Outlet
from extract.urls import canonical_url, normal_url, outlet_of_host, site_of


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("http://www.tarnpost.example/a/?utm_source=x&id=7&fbclid=1#top", "https://tarnpost.example/a?id=7"),
        ("https://m.tarnpost.example/a/amp/", "https://tarnpost.example/a"),
        ("https://tarnpost.example/amp/a", "https://tarnpost.example/a"),
        ("https://tarnpost.example:443/", "https://tarnpost.example/"),
        ("https://tarnpost.example:8080/a", "https://tarnpost.example:8080/a"),
        ("HTTPS://TarnPost.example/A?print=1", "https://tarnpost.example/A"),
        ("https://tarnpost.example/news.php?12345", "https://tarnpost.example/news.php?12345"),
        ("https://tarnpost.example/a?id=&page=2", "https://tarnpost.example/a?id=&page=2"),
        ("https://tarnpost.example/#!/page/7", "https://tarnpost.example/#!/page/7"),
        ("ftp://tarnpost.example/a", None),
        ("not a url", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_one_page_has_one_url(url: str | None, normal: str | None) -> None:
    assert normal_url(url) == normal
    assert normal_url(normal) == normal


def test_a_canonical_link_to_the_front_page_is_not_believed() -> None:
    own = "https://tarnpost.example/a"
    assert canonical_url(own, ["https://tarnpost.example/"]) == own
    assert canonical_url(None, ["https://tarnpost.example/"]) is None


def test_a_canonical_link_to_another_site_is_not_believed() -> None:
    own = "https://tarnpost.example/a"
    assert canonical_url(own, ["https://elsewhere.com/a"]) == own


def test_a_declared_url_of_the_same_site_wins() -> None:
    declared = canonical_url("https://tarnpost.example/a?session=9", [None, "https://www.tarnpost.example/a"])
    assert declared == "https://tarnpost.example/a"


def test_a_host_belongs_to_its_declared_outlet_else_to_its_site() -> None:
    post = Outlet("tarn-post", "The Tarn Post", "tarnpost.example", None, None)
    assert outlet_of_host("news.tarnpost.example", [post]) == "tarn-post"
    assert outlet_of_host("eviltarnpost.example", [post]) != "tarn-post"
    assert outlet_of_host("news.bbc.co.uk", [post]) == "bbc.co.uk"
    assert outlet_of_host(None, [post]) is None


def test_an_outlet_may_be_declared_with_its_www_host() -> None:
    post = Outlet("tarn-post", "The Tarn Post", "www.tarnpost.example", None, None)
    assert outlet_of_host("tarnpost.example", [post]) == "tarn-post"


def test_public_suffixes_are_no_sites() -> None:
    assert site_of("a.b.co.uk") == "b.co.uk"
