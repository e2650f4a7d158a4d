import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import AnnotatedPage, Media, Outlet
from extract.words import text_hash
from tests.extract.pages import REPORT, article, html, read

LINES = st.sampled_from(
    [*REPORT, "", "  ", "Home", "Share", "Outer quay closed at Tarn", "Related Articles:", "(MNA)", "€9 a month",
     " date 2026-01-08 Outer quay closed", "The wall had cracked. (ANI)", "Updated: 8 January 2026", "© 2026", "…"]
)  # fmt: skip
COLOURS = ("red", "grey", "green", "white", "black")  # make of one report five that are not each other's copies
DUMP = [
    "Left Menu",
    "Outer quay closed at Tarn",
    "By Ana Sol",
    "8 January 2026, 10:00 UTC",
    *REPORT,
    "Share",
    "© 2026 Tarn Press",
]


def assert_spans_tile(page: AnnotatedPage) -> str:
    position = 0
    for number, span in enumerate(page.spans):
        assert (span.span_no, span.start_offset) == (number, position)
        assert len(span.text) == span.end_offset - span.start_offset > 0
        position = span.end_offset
    return "".join(span.text for span in page.spans)


@given(st.lists(LINES, min_size=1, max_size=30).map("\n".join).filter(str.strip))
@settings(max_examples=200, deadline=None)
def test_kept_and_cut_spans_give_a_dump_back_exactly(text: str) -> None:
    assert assert_spans_tile(read(text)) == text


@given(st.lists(st.tuples(st.sampled_from(["p", "div", "li", "h2", "td", "span"]), LINES), max_size=25))
@settings(max_examples=100, deadline=None)
def test_kept_and_cut_spans_of_html_are_the_text_it_shows(pieces: list[tuple[str, str]]) -> None:
    page = read(article(*(f"<{tag}>{line}</{tag}>" for tag, line in pieces)), Media.HTML)
    shown = assert_spans_tile(page)
    assert all(" ".join(line.split()) in shown.replace("\n", " ") for _, line in pieces if line.strip())


def test_a_dump_becomes_a_document() -> None:
    page = read("\n".join(DUMP))
    document = page.document
    assert document is not None
    assert page.page.fate == "accepted"
    assert document.title == "Outer quay closed at Tarn"
    assert document.body.split("\n\n") == REPORT
    assert document.byline == "Ana Sol"
    assert (document.language, document.kind, document.completeness) == ("en", "article", "full")
    (published,) = [time for time in page.times if time.is_chosen and time.kind == "published"]
    assert published.value_at.isoformat() == "2026-01-08T10:00:00"
    assert {span.zone for span in page.spans} == {"nav", "title", "byline", "date", "body", "share", "legal"}


def test_a_trailing_credit_is_the_texts_agency_and_no_prose() -> None:
    page = read("\n".join([*REPORT[:-1], REPORT[-1] + " (ANI)"]))
    assert page.document is not None
    assert page.document.agency == "ANI"
    assert page.document.body.split("\n\n") == REPORT


def test_a_stripped_credit_changes_neither_shingles_nor_digest() -> None:
    with_credit, without = read("\n".join(REPORT) + " (ANI)"), read("\n".join(REPORT))
    dateline = read("\n".join(["TARN, Jan 8 (MNA) — " + REPORT[0], *REPORT[1:]]))
    pages = [with_credit, without, dateline]
    assert with_credit.shingles
    assert all(page.shingles == with_credit.shingles for page in pages)
    assert len({page.document and page.document.body_sha256 for page in pages}) == 1


@pytest.mark.parametrize("name", ["excerpt", "article-intro", "article-summary"])
def test_what_a_class_calls_a_summary_is_the_body_where_there_is_hardly_anything_else(name: str) -> None:
    other = [line.replace("Tarn", "Marlow").replace("quay", "lock") for line in REPORT]
    pages = [
        read(
            html(f"<h1>Closed</h1><div class='{name}'>{''.join(f'<p>{line}</p>' for line in lines)}</div>"), Media.HTML
        )
        for lines in (REPORT, other)
    ]
    documents = [page.document for page in pages if page.document]
    assert [document.body.split("\n\n") for document in documents] == [REPORT, other]
    assert [document.standfirst for document in documents] == [None, None]
    assert len({document.body_sha256 for document in documents}) == 2
    assert [set(page.shingles) & set(read("\n".join(REPORT)).shingles) == set(page.shingles) for page in pages] == [
        True,
        False,
    ]


def test_a_summary_above_a_report_stays_out_of_the_comparison() -> None:
    summary = "Divers are to look at the wall of the outer quay, and ferries leave from the fish market until then."
    page = read(
        article(paragraphs=REPORT * 2).replace("<p>", f"<div class='excerpt'>{summary}</div><p>", 1), Media.HTML
    )
    assert page.document is not None
    assert page.document.standfirst == summary
    assert page.shingles == read(article(paragraphs=REPORT * 2), Media.HTML).shingles


def test_a_row_of_nothing_but_dateline_and_credit_has_a_digest_of_its_own() -> None:
    rows = [read(text, Media.BODY) for text in ("TARN, Jan 8 (MNA) — ", "MARLOW, Jan 8 (MNA) — ")]
    assert all(row.shingles for row in rows)
    assert len({row.document and row.document.body_sha256 for row in rows}) == 2


def test_a_crawl_stamp_is_cut_out_of_its_line() -> None:
    page = read("\n".join([" date 2026-01-07 Outer quay closed at Tarn", *REPORT]))
    assert page.document is not None
    assert page.document.title == "Outer quay closed at Tarn"
    assert page.spans[0].rule == "crawl_stamp"
    assert not any(time.is_chosen for time in page.times)


def test_a_lead_that_stands_above_the_text_again_is_kept_once() -> None:
    page = read(
        "\n".join(["Outer quay closed at Tarn", REPORT[0], "Share", "Home", "News", "Sport", "Jobs", "Homes", *REPORT])
    )
    assert page.document is not None
    assert page.document.body.count(REPORT[0]) == 1


def test_a_template_is_named_in_the_ledger() -> None:
    slogan = "The Tarn Post has been printed on the old quay every single day since 1871, come rain or shine."
    page = read("\n".join([*REPORT, slogan, *REPORT]), templates=frozenset({text_hash(slogan)}))
    (cut,) = [span for span in page.spans if span.zone == "template"]
    assert cut.text.strip() == slogan
    assert cut.rule == f"template:{text_hash(slogan):016x}"


def test_a_given_body_is_kept_whole() -> None:
    page = read(
        "One short line.\n\nAnd: share this article", Media.BODY, given_title="Quay", given_published_at="2026-01-07"
    )
    assert page.document is not None
    assert page.document.body == "One short line.\n\nAnd: share this article"
    assert (page.document.title, page.document.title_source) == ("Quay", "given")
    assert [time.precision for time in page.times if time.is_chosen] == ["day"]


FRONT = "".join(
    f"<h2><a href='/{n}'>Quay {n} was closed again</a></h2><p>Quay {n}: {line}</p>" for n, line in enumerate(REPORT * 3)
)
GALLERY = """<script type='application/ld+json'>{"@type": "ImageGallery"}</script>"""
VIDEO = "<meta property='og:type' content='video.other'>"


@pytest.mark.parametrize(
    ("content", "media", "reason"),
    [
        ("Home\nNews\nSport", Media.TEXT, "no_body"),
        (REPORT[0], Media.TEXT, "too_short"),
        ("  .  ", Media.BODY, "no_body"),
        (html(f"<h1>News</h1>{FRONT}"), Media.HTML, "section_front"),
        (html("<h1>Drone</h1><p>Watch the quay from the air.</p>", VIDEO), Media.HTML, "video_page"),
        (html("<h1>Quay</h1>", GALLERY), Media.HTML, "gallery"),
    ],
)
def test_what_is_no_article_is_quarantined_with_a_reason(content: str, media: Media, reason: str) -> None:
    page = read(content, media)
    assert (page.page.fate, page.page.reason, page.document) == ("quarantined", reason, None)
    assert page.page.detail


def test_a_wall_after_a_short_text_says_that_it_is_truncated() -> None:
    wall = ["You have reached your limit of 3 free articles.", "Subscribe to continue reading"]
    short, long = (
        read("\n".join([*REPORT, *wall])),
        read("\n".join([line.replace(" the ", f" the {colour} ") for colour in COLOURS for line in REPORT] + wall)),
    )
    assert short.document is not None and long.document is not None  # noqa: PT018
    assert (short.document.completeness, long.document.completeness) == ("truncated", "full")


def test_a_live_blog_is_known_by_its_type_or_its_clock() -> None:
    entries = "".join(f"<p>1{hour}:30 {line}</p>" for hour, line in enumerate(REPORT * 2))
    page = read(html(f"<article><h1>Storm: live updates</h1>{entries}</article>"), Media.HTML)
    assert page.document is not None
    assert page.document.kind == "live_blog"


def test_metadata_of_html_comes_with_its_source() -> None:
    head = """<title>Outer quay closed at Tarn | The Tarn Post</title>
      <link rel="canonical" href="https://www.tarnpost.example/news/quay?utm_source=x">
      <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
      "headline": "Outer quay closed at Tarn", "datePublished": "2026-01-08T12:00:00+02:00",
      "author": [{"@type": "Person", "name": "Ana Sol"}]}]}</script>"""
    body = "<article><h1>Outer quay closed at Tarn</h1>" + "".join(f"<p>{line}</p>" for line in REPORT) + "</article>"
    post = Outlet("tarn-post", "The Tarn Post", "tarnpost.example", "Europe/Dublin", "IE")
    page = read(html(body, head), Media.HTML, outlets=(post,))
    assert page.document is not None
    assert (page.document.title, page.document.byline) == ("Outer quay closed at Tarn", "Ana Sol")
    assert (page.document.outlet_id, page.document.outlet_evidence) == ("tarn-post", "host")
    assert page.document.canonical_url == "https://tarnpost.example/news/quay"
    (time,) = [time for time in page.times if time.is_chosen]
    assert (time.source, time.value_at.isoformat()) == ("json_ld", "2026-01-08T10:00:00")
