"""What an HTML page says of itself in its markup: titles, authors, times, types."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from extract.markup_authors import markup_authors
from extract.model import AuthorCandidate, TimeCandidate, TitleCandidate
from extract.time_evidence import ARTICLE_TYPE, joined, markup_times

_META_TITLES = {
    "og:title": "open_graph",
    "twitter:title": "twitter",
    "headline": "meta",
    "dc.title": "meta",
    "parsely-title": "meta",
    "sailthru.title": "meta",
}
_MAX_JSON_LD_DEPTH = 8
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True)
class Markup:
    """Facts in the markup, each list best first."""

    titles: list[TitleCandidate]
    authors: list[AuthorCandidate]
    site_name: str | None
    types: list[str]
    times: list[TimeCandidate]
    article_body: str  # as JSON-LD gives it, without tags; often cut short


def read_markup(tree: HtmlElement) -> Markup:
    """Read titles, authors, types and times from a page's head, JSON-LD and `<time>` tags."""
    metas = _metas(tree)
    items = list(_json_ld_items(tree))
    articles = [item for item in items if ARTICLE_TYPE.search(joined(item.get("@type")))]
    types = [joined(item.get("@type")) for item in items if item.get("@type")]
    if "og:type" in metas:
        types.append(f"og:{metas['og:type']}")
    return Markup(
        titles=list(_titles(tree, metas, articles)),
        authors=list(dict.fromkeys(markup_authors(tree, articles, items))),
        site_name=metas.get("og:site_name") or next(_publishers(articles), None),
        types=types,
        times=markup_times(tree, items),
        article_body="\n".join(_article_bodies(articles)),
    )


def _titles(tree: HtmlElement, metas: dict[str, str], articles: list[dict[str, Any]]) -> Iterator[TitleCandidate]:
    found = [("heading", heading.text_content()) for heading in tree.iter("h1")]
    found += [
        ("json_ld", html.unescape(item["headline"])) for item in articles if isinstance(item.get("headline"), str)
    ]
    found += [(source, metas[name]) for name, source in _META_TITLES.items() if name in metas]
    found += [("head_title", node.text_content()) for node in tree.findall(".//head/title")[:1]]
    for source, text in found:
        title = _squeeze(text)
        if title:
            yield TitleCandidate(source, title)


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = _squeeze(node.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _json_ld_items(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        source = (node.text or "").strip().removeprefix("<!--").removesuffix("-->")
        try:
            yield from _flat(json.loads(source, strict=False), 0)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common; the page has other evidence


def _flat(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_JSON_LD_DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _flat(entry, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _flat(value.get(name), depth + 1)


def _publishers(articles: list[dict[str, Any]]) -> Iterator[str]:
    for item in articles:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            yield publisher["name"]


def _article_bodies(articles: list[dict[str, Any]]) -> Iterator[str]:
    for item in articles:
        body = item.get("articleBody")
        if isinstance(body, str):
            # Twice: some sites escape the markup they put in.
            yield html.unescape(_TAG.sub("\n", html.unescape(body)))


def _squeeze(text: str) -> str:
    return " ".join(text.split())
