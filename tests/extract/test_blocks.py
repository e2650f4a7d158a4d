import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from extract.blocks import LANDMARKS, html_blocks, line_blocks
from extract.model import Block


@given(st.text(alphabet="ab \n\t\r\x0b\x85\u2028é."))
def test_line_blocks_tile_the_text(text: str) -> None:
    blocks = line_blocks(text)
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(left.end == right.start for left, right in itertools.pairwise(blocks))


def test_blank_lines_go_with_the_block_before_them() -> None:
    text = "\n\none\n\n\ntwo"
    assert [text[block.start : block.end] for block in line_blocks(text)] == ["\n\none\n\n\n", "two"]


def shown(markup: str) -> list[str]:
    text, blocks = html_blocks(lxml_html.document_fromstring(markup))
    assert "".join(text[block.start : block.end] for block in blocks) == text
    return [text[block.start : block.end].rstrip("\n") for block in blocks]


def test_a_block_ends_where_a_reader_sees_a_new_line() -> None:
    markup = "<div>loose <b>bold</b> text<p>one<br>two</p>tail</div><ul><li>a</li><li>b</li></ul>"
    assert shown(markup) == ["loose bold text", "one", "two", "tail", "a", "b"]


def test_what_no_reader_sees_is_no_text() -> None:
    assert shown("<p>seen</p><script>x</script><style>y</style><noscript>z</noscript><!-- c --><p>too</p>") == [
        "seen",
        "too",
    ]


def test_text_after_a_comment_or_a_script_is_kept() -> None:
    assert shown("<p>one <!-- c -->two <script>x</script>three</p>") == ["one two three"]


def test_a_table_row_is_one_block() -> None:
    assert shown("<table><tr><td>Pos</td><td>Player</td></tr><tr><td>1</td><td>Sol</td></tr></table>") == [
        "Pos Player",
        "1 Sol",
    ]


def test_links_and_markup_are_counted() -> None:
    tree = lxml_html.document_fromstring(
        "<div class='related-posts'><a href='#'>Other news</a></div><p class='commentary'>Plain.</p>"
    )
    _, (link, plain) = html_blocks(tree)
    assert (link.link_density, link.hint) == (1.0, "related")
    assert (plain.link_density, plain.hint) == (0.0, None)


def test_a_box_begins_with_the_path_of_the_box_around_it() -> None:
    tree = lxml_html.document_fromstring("<section><div><p>inner</p></div><p>outer</p></section><p>last</p>")
    _, (inner, outer, last) = html_blocks(tree)
    assert inner.container.startswith(outer.container)
    assert not last.container.startswith(outer.container)


def blocks_of(markup: str) -> list[Block]:
    return html_blocks(lxml_html.document_fromstring(markup))[1]


def landmarks(block: Block) -> list[str]:
    return [name for number, name in enumerate(LANDMARKS) if block.landmarks >> number & 1]


def test_a_drawn_icon_ends_a_line_and_a_hidden_pixel_does_not() -> None:
    assert shown("<div><span>Share</span><svg><path/></svg><span>Print</span></div>") == ["Share", "Print"]
    assert shown("<p>one <noscript><img src='x'></noscript>two</p>") == ["one two"]


def test_depth_counts_the_elements_above_a_block() -> None:
    tree = lxml_html.document_fromstring(
        "<div><svg><g><path/></g></svg><section><p>deep</p>after</section><span><h2>odd</h2> tail</span></div>"
    )
    _, found = html_blocks(tree)
    above = {"p": 4, "section": 3, "h2": 4, "span": 3}
    assert {block.tag: block.depth for block in found} == above
    assert above == {tag: len(list(next(tree.iter(tag)).iterancestors())) for tag in above}


def test_a_block_counts_the_links_that_hold_its_text() -> None:
    one, none, shared = blocks_of(
        "<p>By <a href='#'>Ana <b>Sol</b></a> and <a href='#'>Li</a><a href='#'><img></a></p><p>plain</p>"
        "<a href='#'><div>card</div></a>"
    )
    assert (one.links, none.links, shared.links) == (2, 0, 1)


def test_landmarks_are_those_a_block_is_or_stands_in() -> None:
    heading, caption, item = blocks_of(
        "<main><article><div itemprop='articleBody'><h2>Head</h2></div><figure><figcaption>Cap</figcaption></figure>"
        "</article></main><nav><ul><li><button>More</button></li></ul></nav>"
    )
    assert landmarks(heading) == ["article", "main", "heading", "articleBody"]
    assert landmarks(caption) == ["article", "main", "figure"]
    assert landmarks(item) == ["nav", "li", "button"]


def test_names_are_words_from_the_nearest_element_outwards() -> None:
    (block,) = blocks_of(
        "<div id='siteMain2'><section data-testid='RelatedHTMLBox'>"
        "<p class='article__text article--x9'>x y</p></section></div>"
    )
    assert block.names == "article text related html box site main"


@pytest.mark.parametrize(("between", "is_reached"), [(5, True), (6, False)])
def test_names_reach_six_elements_up_and_no_further(between: int, is_reached: bool) -> None:
    (block,) = blocks_of("<div class='far'>" + "<div>" * between + "<p class='own'>x y</p>")
    assert block.names == ("own far" if is_reached else "own")


def test_no_more_than_24_names_are_kept() -> None:
    words = [first + second for first in "abcdef" for second in "abcdef"]
    (block,) = blocks_of(f"<p class='{' '.join(words)}'>x y</p>")
    assert block.names.split() == words[:24]


def test_a_line_of_a_dump_has_no_markup() -> None:
    (block,) = line_blocks("By Ana Sol")
    assert (block.depth, block.links, block.landmarks, block.names, block.ld_share) == (0, 0, 0, "", 0.0)


def test_what_the_page_declares_as_its_body_is_a_share_of_its_own() -> None:
    tree = lxml_html.document_fromstring("<p>Nobody was hurt on the quay.</p><p>Subscribe to our newsletter today.</p>")
    _, found = html_blocks(tree, article_body="Nobody was hurt on the quay. Divers will look at it.")
    assert [(block.engine_share, block.ld_share) for block in found] == [(0.0, 1.0), (0.0, 0.0)]


def test_a_page_without_text_is_not_voted_on() -> None:
    def vote(_: object) -> str:
        raise AssertionError("asked")

    assert html_blocks(lxml_html.document_fromstring("<script>x</script>"), vote) == ("", [])


def shares(markup: str, extracted: str) -> list[float]:
    _, blocks = html_blocks(lxml_html.document_fromstring(markup), lambda _: extracted)
    return [block.engine_share for block in blocks]


def test_a_block_is_shared_by_the_words_in_runs_of_three() -> None:
    markup = "<p>The quay was closed on Thursday, she said to us.</p><p>was closed on Friday</p>"
    assert shares(markup, "The harbour master closed it: the quay was closed on Friday.") == [0.5, 0.0]


def test_blocks_the_engine_kept_have_a_share_of_one() -> None:
    markup = (
        "<p>Nobody was hurt, she said, on Thursday.</p><p>Share</p><p>Subscribe to our newsletter for more of this.</p>"
    )
    assert shares(markup, "Nobody was hurt, she said, on Thursday.") == [1.0, 0.0, 0.0]


def test_a_repeated_block_counts_where_the_text_is() -> None:
    markup = (
        "<nav>Quay closed at Tarn</nav>"
        + "<p>x</p>" * 3
        + "<h1>Quay closed at Tarn</h1><p>Nobody was hurt on the quay.</p>"
    )
    assert shares(markup, "Quay closed at Tarn\nNobody was hurt on the quay.") == [0.0, 0.0, 0.0, 0.0, 1.0, 1.0]


def test_a_page_that_holds_its_text_twice_counts_it_once() -> None:
    paragraphs = "<p>Nobody was hurt on the outer quay.</p><p>Divers will look at the cracked wall.</p>"
    found = shares(f"<div>{paragraphs}</div><div>{paragraphs}</div>",
                   "Nobody was hurt on the outer quay.\nDivers will look at the cracked wall.")  # fmt: skip
    assert found == [1.0, 1.0, 0.0, 0.0]
