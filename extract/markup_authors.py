"""Whom a page's markup names as author: JSON-LD, `meta` tags, and elements that their attributes call an author."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from extract.model import AuthorCandidate

# Names of meta tags in the order of how often they name the writer rather than the site: the plain `author` is the
# publisher's on many sites.
_META_AUTHORS = (
    "byl",
    "parsely-author",
    "sailthru.author",
    "article:author_name",
    "article:author",
    "articleauthor",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "author",
)
_MAX_AUTHORS = 40  # a page that names more lists the authors of other pages
_NAME_CHARS = 80
_DEPTH = 4
_IS_ORGANISATION = re.compile(r"Organi[sz]ation|Corporation|Company", re.IGNORECASE)
# An attribute is found some ten times faster than the elements that carry it.
_AUTHOR_ELEMENTS = etree.XPath("//@itemprop[.='author']/..")
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:es|en|in|i)?|auteurs?|by|byline|staff|people|profiles?|contributors?|columnists?|writers?|"
    r"journalists?|reporters?|redaktion|redakteure?|redactie|firmas?|yazarlar?|editors?)/[^/]"
)


def markup_authors(
    tree: HtmlElement, articles: Sequence[dict[str, Any]], items: Sequence[dict[str, Any]]
) -> Iterator[AuthorCandidate]:
    """Yield the authors a page's markup names, JSON-LD first; where an element stands is not judged here.

    Args:
        tree: the page.
        articles: its JSON-LD items that are articles.
        items: all its JSON-LD items, which hold the people that articles refer to by `@id`.
    """
    known = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and item.get("name")}
    for article in articles:
        for field in ("author", "creator"):
            yield from islice(_json_ld_authors(article.get(field), known, 0), _MAX_AUTHORS)
    yield from _meta_authors(tree)
    yield from _marked_authors(tree)


def _json_ld_authors(value: Any, known: dict[str, dict[str, Any]], depth: int) -> Iterator[AuthorCandidate]:
    if depth > _DEPTH:
        return
    if isinstance(value, str):
        yield from _candidate("json_ld", value)
    elif isinstance(value, list):
        for entry in value:
            yield from _json_ld_authors(entry, known, depth + 1)
    elif isinstance(value, dict):
        person = value if _name(value) else known.get(str(value.get("@id")), {})
        for name in _name(person):
            yield from _candidate(
                "json_ld", name, is_organisation=bool(_IS_ORGANISATION.search(str(person.get("@type"))))
            )


def _name(person: dict[str, Any]) -> list[str]:
    name = person.get("name") or person.get("alternateName")
    if isinstance(name, str):
        return [name]
    if isinstance(name, list):
        return [entry for entry in name if isinstance(entry, str)]
    parts = [part for part in (person.get("givenName"), person.get("familyName")) if isinstance(part, str)]
    return [" ".join(parts)] if parts else []


def _meta_authors(tree: HtmlElement) -> Iterator[AuthorCandidate]:
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or "").strip().lower()
        if name in _META_AUTHORS:
            found.setdefault(name, []).append(node.get("content") or "")
    for name in _META_AUTHORS:
        for content in found.get(name, ()):
            yield from _candidate("meta", content)


def _marked_authors(tree: HtmlElement) -> Iterator[AuthorCandidate]:
    """Yield names in elements with `itemprop=author` and in links to pages about authors."""
    found = 0
    for node in _AUTHOR_ELEMENTS(tree)[:_MAX_AUTHORS]:
        named = node.xpath("(.//*[@itemprop='name'])[1]")
        text = (named[0].text_content() or named[0].get("content")) if named else node.text_content()
        yield from _candidate("markup", text or node.get("content") or "")
    for node in tree.iter("a"):
        if node.get("rel") == "author" or _AUTHOR_PAGE.search(node.get("href") or ""):
            for candidate in _candidate("markup", node.text_content()):
                found += 1
                yield candidate
        if found >= _MAX_AUTHORS:
            return


def _candidate(source: str, text: str, *, is_organisation: bool = False) -> Iterator[AuthorCandidate]:
    name = " ".join(html.unescape(text).split())
    if name and len(name) <= _NAME_CHARS * (4 if source != "markup" else 1) and "://" not in name:
        yield AuthorCandidate(source, name, is_organisation)
