import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.urls import host_of, normal_host, normal_url, resolved, site_of

A = "https://tarnpost.example/a"

WAYS_TO_WRITE_ONE_PAGE = [
    # as it is
    A,
    "http://tarnpost.example/a",
    "https://www.tarnpost.example/a/",
    "HTTPS://WWW2.TarnPost.example:443/a",
    "http://tarnpost.example:80/a",
    "https://tarnpost.example./a",
    "https://reader:secret@tarnpost.example/a",
    "https://tarnpost.example//a",
    "https://tarnpost.example/./a",
    "https://tarnpost.example/%61",
    " https://tarnpost.example/a\n",
    # where the reader came from
    "https://tarnpost.example/a?utm_source=x&utm_campaign=y&fbclid=1&gclid=2&msclkid=3#top",
    "https://tarnpost.example/a?CMP=share_btn_tw&ito=email_share&smid=tw-share&ns_mchannel=social&at_medium=RSS",
    "https://tarnpost.example/a?ref=rss&source=newsletter&from=twitter&guccounter=1&gift=abc&_gl=1",
    "https://tarnpost.example/a?#:~:text=quay",
    "https://tarnpost.example/a;jsessionid=7F?utm_id=1",
    # for phones
    "https://m.tarnpost.example/a",
    "https://mobile.tarnpost.example/a",
    "https://touch.tarnpost.example/a",
    "https://wap.tarnpost.example/a",
    "https://www.m.tarnpost.example/a",
    # AMP
    "https://amp.tarnpost.example/a",
    "https://tarnpost.example/amp/a",
    "https://tarnpost.example/a/amp/",
    "https://tarnpost.example/a.amp",
    "https://tarnpost.example/a/amp.html",
    "https://tarnpost.example/a?amp=1",
    "https://tarnpost.example/a?amp",
    "https://tarnpost.example/a?outputType=amp",
    "https://tarnpost-example.cdn.ampproject.org/c/s/tarnpost.example/a?amp=1&usqp=mq331",
    "https://cdn.ampproject.org/v/tarnpost.example/a.amp#amp_tf=From%20%251%24s",
    "https://www.google.com/amp/s/www.tarnpost.example/a/amp",
    "https://www.google.co.uk/amp/tarnpost.example/a",
    "https://tarnpost-example.bing-amp.com/c/s/tarnpost.example/a",
    # print views
    "https://tarnpost.example/a?print=1",
    "https://tarnpost.example/a?view=print",
    "https://tarnpost.example/a/print",
    "https://tarnpost.example/a/print/",
    "https://tarnpost.example/a/printable.html",
    # index files
    "https://tarnpost.example/a/index.html",
    "https://tarnpost.example/a/Default.aspx",
    # archives
    "https://web.archive.org/web/20190105063000/http://www.tarnpost.example/a",
    "http://web.archive.org/web/2019id_/tarnpost.example/a",
    "https://web.archive.org/web/20190105063000/http://web.archive.org/web/2018/http://tarnpost.example:80/a",
    "https://archive.ph/20190105/https://tarnpost.example/a?utm_source=x",
    "https://web.archive.org/web/2019/https://cdn.ampproject.org/c/s/tarnpost.example/a",
]


@pytest.mark.parametrize("written", WAYS_TO_WRITE_ONE_PAGE)
def test_one_page_has_one_url_however_it_is_written(written: str) -> None:
    assert normal_url(written) == A


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://tarnpost.example/", "https://tarnpost.example/"),
        ("https://tarnpost.example:8080/a", "https://tarnpost.example:8080/a"),
        ("https://tarnpost.example/A", "https://tarnpost.example/A"),
        ("https://tarnpost.example/news.php?12345", "https://tarnpost.example/news.php?12345"),
        ("https://tarnpost.example/a?page=2&id=", "https://tarnpost.example/a?id=&page=2"),
        ("https://tarnpost.example/a?view=gallery", "https://tarnpost.example/a?view=gallery"),
        ("https://tarnpost.example/a?source=ministry", "https://tarnpost.example/a?source=ministry"),
        ("https://tarnpost.example/index.php?id=7&fbclid=1", "https://tarnpost.example/?id=7"),
        ("https://tarnpost.example/#!/page/7", "https://tarnpost.example/#!/page/7"),
        ("https://tarnpost.example/#/", "https://tarnpost.example/"),
        ("https://tarnpost.example/print", "https://tarnpost.example/print"),
        ("https://tarnpost.example/print/quay", "https://tarnpost.example/print/quay"),
        ("https://tarnpost.example/print/news/quay", "https://tarnpost.example/news/quay"),
        ("https://tarnpost.example/quay.print.html", "https://tarnpost.example/quay.html"),
        ("https://tarnpost.example/quay.amp.html", "https://tarnpost.example/quay.html"),
        ("https://tarnpost.example/news/amp/quay", "https://tarnpost.example/news/quay"),
        ("https://tarnpost.example/amplifier/blueprint", "https://tarnpost.example/amplifier/blueprint"),
        ("https://tarnpost.example/a%2fb%c3%a9?q=%7e", "https://tarnpost.example/a%2Fb%C3%A9?q=~"),
        ("https://tarnpost.example/a b é 100%", "https://tarnpost.example/a%20b%20%C3%A9%20100%25"),
        ("https://en.m.wikipedia.org/wiki/Quay", "https://en.wikipedia.org/wiki/Quay"),
        ("https://fährhaus.example/a", "https://xn--fhrhaus-5wa.example/a"),
        ("https://XN--FHRHAUS-5WA.example/a", "https://xn--fhrhaus-5wa.example/a"),
        ("https://web.archive.org/about", "https://web.archive.org/about"),
        ("https://www.google.com/search?q=quay", "https://google.com/search?q=quay"),
        # Each is a site of its own, not somebody's page for phones.
        ("https://m.blogspot.com/a", "https://m.blogspot.com/a"),
        ("https://m.co.uk/a", "https://m.co.uk/a"),
        ("ftp://tarnpost.example/a", None),
        ("//tarnpost.example/a", None),
        ("not a url", None),
        ("https://localhost/a", None),
        ("https://[broken", None),
        ("https://tarnpost.example:port/a", None),
        ("", None),
        (None, None),
    ],
)
def test_what_names_another_page_stays(url: str | None, normal: str | None) -> None:
    assert normal_url(url) == normal


PIECES = st.sampled_from([
    "http://", "https://", "www.", "m.", "amp.", "/amp", "/print", "/index.html", "?a=1", "&utm_source=x", "%41", "%zz",
    "%2f", "/", "//", ".", "..", ";jsessionid=1", "#!/x", "#/", "bücher.de", "ß.de", "example.co.uk", "blogspot.com",
    "web.archive.org/web/2019/", "cdn.ampproject.org/c/s/", "www.google.com/amp/s/", ":80", ":8080", "@", ".amp.html",
    ".print.html", "amp", "{{x}}", "/%61mp", "。", "\ud800", "İ.com", "x", ".com", "[", "]", "\t", "?", "&", "=", "#",
])  # fmt: skip
URLS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "https://a.example", "http://www.m.foo.co.uk", "https://web.archive.org/web/2019/"]),
        st.lists(PIECES | st.text(max_size=3), max_size=10).map("".join),
    ),
)


@given(URLS)
def test_a_normal_url_is_its_own_normal_form_and_no_string_raises(url: str) -> None:
    normal = normal_url(url)
    assert normal_url(normal) == normal
    assert normal is None or (normal.isascii() and normal.startswith("https://") and host_of(normal))


@given(URLS, URLS)
def test_resolving_never_raises(url: str, base: str) -> None:
    resolved(url, base)


@pytest.mark.parametrize(
    ("written", "absolute"),
    [
        ("/news/quay", "https://tarnpost.example/news/quay"),
        ("quay", "https://tarnpost.example/quay"),
        ("//www.tarnpost.example/quay", "https://www.tarnpost.example/quay"),
        ("https://elsewhere.example/quay", "https://elsewhere.example/quay"),
        ("{{ page.url }}", None),
        ("https://tarnpost.example/${slug}", None),
        ("https://tarnpost.example/undefined", None),
        ("<%= url %>", None),
        ("https://[broken", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_declared_url_is_made_absolute_unless_a_template_left_it_unfilled(
    written: str | None, absolute: str | None
) -> None:
    assert resolved(written, A) == absolute


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("a.b.co.uk", "b.co.uk"),
        ("news.tarnpost.example", "tarnpost.example"),
        ("anna.blogspot.com", "anna.blogspot.com"),
        ("anna.github.io", "anna.github.io"),
        ("www.anna.substack.com", "anna.substack.com"),
        ("www.substack.com", "substack.com"),
        ("co.uk", "co.uk"),
        ("192.0.2.7", "192.0.2.7"),
        ("Fährhaus.example", "xn--fhrhaus-5wa.example"),
        (None, None),
    ],
)
def test_the_site_of_a_host_is_what_somebody_registered(host: str | None, site: str | None) -> None:
    assert site_of(host) == site


def test_a_host_that_is_none_has_no_normal_form() -> None:
    assert [normal_host(host) for host in ("localhost", "a..b", "", None)] == [None] * 4
