"""A page's bytes to blocks of text, with what its markup says of it. Pure: same bytes, same result."""

from collections.abc import Sequence
from functools import partial

from lxml import etree

from extract import engine
from extract.addresses import Declared, declared_urls, own_url, page_urls
from extract.blocks import html_blocks, line_blocks
from extract.decode import Decoded, decode
from extract.errors import UnreadablePage
from extract.markup import Markup, read_markup
from extract.model import Block, Media, Outlet, Page, ParsedPage, Reason, TimeCandidate, TitleCandidate
from extract.outlets import outlet_of_page

_NO_MARKUP = Markup([], [], None, [], [], "")


def parse_page(page: Page, content: bytes, outlets: Sequence[Outlet], *, mode: str = engine.DEFAULT_MODE) -> ParsedPage:
    """Decode a page and cut it into blocks; `mode` is the engine's.

    Raises:
        UnreadablePage: it is empty, binary, undecodable, or has no HTML where HTML was promised.
    """
    decoded = decode(content)
    if page.media == Media.HTML:
        text, blocks, markup, declared = _parse_html(decoded.text, mode)
    else:
        text, markup, declared = decoded.text, _NO_MARKUP, []
        blocks = line_blocks(text)
    return _with_outlet(page, decoded, text, blocks, markup, declared, outlets)


def _parse_html(html: str, mode: str) -> tuple[str, list[Block], Markup, list[Declared]]:
    try:
        tree = engine.load_tree(html)
    except (etree.LxmlError, ValueError, RecursionError) as cause:
        raise UnreadablePage(Reason.PARSE_ERROR, str(cause)) from cause
    if tree is None:
        raise UnreadablePage(Reason.PARSE_ERROR, "no HTML in it")
    markup, declared = read_markup(tree), declared_urls(tree)
    # Last: blocks and engine take from the tree what they do not need.
    text, blocks = html_blocks(tree, partial(engine.main_text, mode=mode), markup.article_body)
    if not blocks:
        raise UnreadablePage(Reason.NO_BODY, "the page shows no text (drawn by scripts?)")
    return text, blocks, markup, declared


def _with_outlet(
    page: Page,
    decoded: Decoded,
    text: str,
    blocks: list[Block],
    markup: Markup,
    declared: Sequence[Declared],
    outlets: Sequence[Outlet],
) -> ParsedPage:
    urls = page_urls(page.url, declared, outlets)
    by_id = {outlet.outlet_id: outlet for outlet in outlets}
    given = by_id.get(outlet_of_page(page.given_outlet, None, None, outlets)[0] or "")
    url = own_url(urls, given.outlet_id if given and given.hosts else None)
    outlet_id, evidence = outlet_of_page(page.given_outlet, url, markup.site_name, outlets)
    outlet = by_id.get(outlet_id or "")
    times = list(markup.times)
    if page.given_published_at:
        times.insert(0, TimeCandidate("published", page.given_published_at, "given", None, None))
    titles = list(markup.titles)
    if page.given_title:
        titles.insert(0, TitleCandidate("given", page.given_title))
    return ParsedPage(
        page=page,
        encoding=decoded.encoding,
        encoding_evidence=decoded.evidence,
        is_mojibake_repaired=decoded.is_mojibake_repaired,
        text=text,
        blocks=blocks,
        titles=titles,
        authors=markup.authors,
        site_name=markup.site_name,
        canonical_url=url,
        urls=urls,
        outlet_id=outlet_id,
        outlet_evidence=evidence,
        time_zone=outlet.time_zone if outlet else None,
        country=outlet.country if outlet else None,
        schema_types=" ".join(markup.types),
        times=times,
    )
