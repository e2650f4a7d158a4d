"""A page's bytes to blocks of text, with what its markup says of it. Pure: same bytes, same result."""

from collections.abc import Sequence
from functools import partial

from lxml import etree

from extract import engine
from extract.blocks import html_blocks, line_blocks
from extract.decode import Decoded, decode
from extract.errors import UnreadablePage
from extract.markup import Markup, read_markup
from extract.model import Block, Media, Outlet, Page, ParsedPage, Reason, TimeCandidate, TitleCandidate
from extract.urls import canonical_url, host_of, outlet_of_host

_NO_MARKUP = Markup([], [], None, [], [], [], "")


def parse_page(page: Page, content: bytes, outlets: Sequence[Outlet], *, mode: str = engine.DEFAULT_MODE) -> ParsedPage:
    """Decode a page and cut it into blocks; `mode` is the engine's.

    Raises:
        UnreadablePage: it is empty, binary, undecodable, or has no HTML where HTML was promised.
    """
    decoded = decode(content)
    if page.media == Media.HTML:
        text, blocks, markup = _parse_html(decoded.text, mode)
    else:
        text, markup = decoded.text, _NO_MARKUP
        blocks = line_blocks(text)
    return _with_outlet(page, decoded, text, blocks, markup, outlets)


def _parse_html(html: str, mode: str) -> tuple[str, list[Block], Markup]:
    try:
        tree = engine.load_tree(html)
    except (etree.LxmlError, ValueError, RecursionError) as cause:
        raise UnreadablePage(Reason.PARSE_ERROR, str(cause)) from cause
    if tree is None:
        raise UnreadablePage(Reason.PARSE_ERROR, "no HTML in it")
    markup = read_markup(tree)
    # Last: blocks and engine take from the tree what they do not need.
    text, blocks = html_blocks(tree, partial(engine.main_text, mode=mode), markup.article_body)
    if not blocks:
        raise UnreadablePage(Reason.NO_BODY, "the page shows no text (drawn by scripts?)")
    return text, blocks, markup


def _with_outlet(
    page: Page, decoded: Decoded, text: str, blocks: list[Block], markup: Markup, outlets: Sequence[Outlet]
) -> ParsedPage:
    url = canonical_url(page.url, markup.urls)
    outlet_id, evidence = _outlet(page, url, markup.site_name, outlets)
    declared = next((outlet for outlet in outlets if outlet.outlet_id == outlet_id), None)
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
        outlet_id=outlet_id,
        outlet_evidence=evidence,
        time_zone=declared.time_zone if declared else None,
        country=declared.country if declared else None,
        schema_types=" ".join(markup.types),
        times=times,
    )


def _outlet(
    page: Page, url: str | None, site_name: str | None, outlets: Sequence[Outlet]
) -> tuple[str | None, str | None]:
    """Return the outlet and how it is known; (None, None) without explicit evidence."""
    if page.given_outlet:
        for outlet in outlets:
            if page.given_outlet.casefold() in (outlet.outlet_id, outlet.outlet_name.casefold()):
                return outlet.outlet_id, "given"
        return page.given_outlet, "given"
    host = host_of(url) or host_of(page.url)
    if host:
        return outlet_of_host(host, outlets), "host"
    for outlet in outlets:
        if site_name and site_name.casefold() == outlet.outlet_name.casefold():
            return outlet.outlet_id, "site_name"
    return None, None
