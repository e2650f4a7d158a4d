"""What counts as a time of the page itself, in its markup and in its lines."""

import pytest

from extract.model import Media, Time
from tests.extract.pages import REPORT, html, read

URL = "https://tarnpost.example/quay"
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in REPORT * 2)
HEADLINE = "<h1>Outer quay closed at Tarn</h1>"


def times(head: str = "", above: str = "", below: str = "", url: str = URL) -> list[Time]:
    """Return the times of a page with something in its head, between headline and text, and below the text."""
    body = f"<main><article>{HEADLINE}{above}{TEXT}</article></main>{below}"
    return read(html(body, head), Media.HTML, url=url).times


def published(head: str = "", above: str = "", below: str = "", url: str = URL) -> tuple[str, str] | None:
    found = [time for time in times(head, above, below, url) if time.is_chosen and time.kind == "published"]
    return (found[0].value_at.date().isoformat(), found[0].source) if found else None


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("<meta property='article:published_time' content='2026-01-07T10:00:00Z'>", "meta"),
        ("<meta name='date' content='2026-01-07'>", "meta"),
        ("<meta name='parsely-page' content='{&quot;pub_date&quot;: &quot;2026-01-07T10:00:00Z&quot;}'>", "meta"),
        (
            "<script type='application/ld+json'>{'@type': 'NewsArticle', 'datePublished': '2026-01-07'}</script>",
            "json_ld",
        ),
        ("<script type='application/ld+json'>{'@type': 'WebPage', 'datePublished': '2026-01-07'}</script>", "json_ld"),
        ("<script type='application/ld+json'>{'datePublished': '2026-01-07', // broken\n}</script>", "script"),
        ("<script>window.data = {'publishedAt': '2026-01-07T10:00:00Z'}</script>", "script"),
    ],
)
def test_a_page_says_in_its_head_when_it_was_published(head: str, source: str) -> None:
    head = head if "meta" in head else head.replace("'", '"')
    assert published(head) == ("2026-01-07", source)


@pytest.mark.parametrize(
    ("above", "source"),
    [
        ("<time datetime='2026-01-07T10:00:00Z'>Wednesday</time>", "time_tag"),
        ("<ul><li class='meta'><time datetime='2026-01-07T10:00:00Z'>Wednesday</time></li></ul>", "time_tag"),
        ("<span itemprop='datePublished' content='2026-01-07T10:00:00Z'>Wednesday</span>", "microdata"),
        ("<time data-timestamp='1767780000'>Wednesday</time>", "time_tag"),
        ("<div class='teaser-meta'><div>7 January 2026</div></div>", "visible"),
    ],
)
def test_what_stands_below_the_headline_is_the_pages_own(above: str, source: str) -> None:
    assert published(above=above) == ("2026-01-07", source)


@pytest.mark.parametrize(
    "below",
    [
        "<aside><time datetime='2026-01-07'>7 January</time></aside>",
        "<ul><li><a href='/other'>Divers find a second crack in the quay</a> <time datetime='2026-01-07'></time></ul>",
        "<div class='related'><p><time datetime='2026-01-07'></time></p></div>",
        "<p>7 January 2026</p>",
    ],
)
def test_dates_of_other_pages_are_not_this_pages(below: str) -> None:
    assert published(below=below) is None


def test_data_of_scripts_that_know_several_pages_say_nothing() -> None:
    several = '[{"publishedAt": "2026-01-07T10:00:00Z"}, {"publishedAt": "2026-01-05T10:00:00Z"}]'
    assert published(f"<script>window.data = {several}</script>") is None


def test_objects_of_the_page_have_days_of_their_own() -> None:
    video = '{"@type": "VideoObject", "datePublished": "2026-01-05", "uploadDate": "2026-01-05"}'
    assert published(f"<script type='application/ld+json'>{video}</script>") is None


def test_the_articles_own_data_come_before_those_of_its_page() -> None:
    graph = (
        '{"@graph": [{"@type": "WebPage", "datePublished": "2026-01-01"}, '
        '{"@type": "NewsArticle", "datePublished": "2026-01-07"}]}'
    )
    assert published(f"<script type='application/ld+json'>{graph}</script>") == ("2026-01-07", "json_ld")


def test_address_and_line_outvote_the_markup() -> None:
    stale = "<meta property='article:published_time' content='2019-03-30'>"
    above = "<p>7 January 2026</p>"
    assert published(stale, above, url="https://tarnpost.example/2026/01/07/quay") == ("2026-01-07", "visible")


def test_every_time_of_the_markup_stays_as_evidence() -> None:
    head = (
        "<meta property='article:published_time' content='2026-01-07T10:00:00Z'>"
        "<meta property='article:modified_time' content='2026-01-07T12:00:00Z'>"
        "<meta name='dcterms.created' content='2026-01-06'>"
    )
    found = {(time.kind, time.value_at.isoformat()) for time in times(head) if time.is_chosen}
    assert found == {
        ("published", "2026-01-07T10:00:00"),
        ("updated", "2026-01-07T12:00:00"),
        ("created", "2026-01-06T00:00:00"),
    }


def test_the_day_in_the_head_of_the_paper_is_not_the_articles() -> None:
    for line, sources in (("Thursday, 8 January 2026", []), ("This story is from 8 January 2026", ["visible"])):
        page = f"<div class='date'>{line}</div><main><article>{HEADLINE}{TEXT}</article></main>"
        found = read(html(page), Media.HTML, url=URL).times
        assert [time.source for time in found if time.is_chosen] == sources


def test_a_dump_that_says_its_headline_twice_has_its_date_between() -> None:
    lines = [
        "Outer quay closed at Tarn",
        "",
        "Coast | 8 January 2026",
        "Coast: Outer quay closed at Tarn",
        "",
        *REPORT * 2,
    ]
    found = read("\n".join(lines)).times
    assert [time.value_at.day for time in found if time.is_chosen] == [8]
