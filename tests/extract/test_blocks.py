import itertools

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from extract.blocks import html_blocks, line_blocks, with_engine_shares


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


def shares(markup: str, extracted: str) -> list[float]:
    text, blocks = html_blocks(lxml_html.document_fromstring(markup))
    return [block.engine_share for block in with_engine_shares(text, blocks, extracted)]


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
