"""The times an HTML page gives in its markup: JSON-LD, meta tags, microdata, `<time>` tags, data of its scripts."""

import html
import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

from extract.dates import visible_times
from extract.model import STANDINGS, TimeCandidate

_JSON_LD_TIMES = {"datePublished": "published", "dateModified": "updated", "dateCreated": "created"}
ARTICLE_TYPE = re.compile(r"(Article|Posting|Report|Review|Blog)", re.IGNORECASE)
# Things on a page that have days of their own.
_OTHER_TYPE = re.compile(
    r"(Object|Person|Organization|Comment|Event|Product|Offer|List|Answer|Rating|Claim|Episode|Series|WebSite|Breadcrumb)",
    re.IGNORECASE,
)
_PUBLISHED_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:pubdate",
    "article.published", "article:publish_time", "article_published_time", "published_time", "published-time",
    "datepublished", "date_published", "published", "published_at", "published-date", "published_date",
    "publishdate", "publish-date", "publish_date", "publisheddate", "pubdate", "pub_date", "publication_date",
    "publication-date", "publicationdate", "originalpublicationdate", "article_date_original", "displaydate",
    "rbpubdate", "dc.date.issued", "dc.date.published", "dcterms.issued", "dcterms.available", "prism.publicationdate",
    "citation_publication_date", "citation_online_date", "parsely-pub-date", "sailthru.date", "bt:pubdate", "ptime",
    "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "iso-8601-publish-date",
    "firstpublished", "first_published", "vr:published_time", "vf:publish_date",
)  # fmt: skip
_PAGE_METAS = ("date", "dc.date", "dcterms.date", "citation_date", "article_date")
_UPDATED_METAS = (
    "article:modified_time", "article:modified", "article.updated", "og:updated_time", "datemodified", "lastmod",
    "last-modified", "dcterms.modified", "dc.date.modified", "utime",
)  # fmt: skip
_CREATED_METAS = ("dc.date.created", "dcterms.created", "article.created", "datecreated")
_META_TIMES = (
    dict.fromkeys(_PUBLISHED_METAS, ("published", "named"))
    | dict.fromkeys(_PAGE_METAS, ("published", "page"))
    | dict.fromkeys(_UPDATED_METAS, ("updated", "named"))
    | dict.fromkeys(_CREATED_METAS, ("created", "named"))
)
_META_JSON = ("parsely-page",)  # metas whose content is JSON

# By the attribute: a path over all elements takes three times as long.
_MICRODATA = XPath("//@itemprop[.='datePublished' or .='dateModified' or .='dateCreated']/..")
_LISTING = re.compile(
    r"related|recommend|trending|popular|most-|latest|teaser|card|sidebar|comment|promo|more-|next-|recirc"
)
_UPDATE = re.compile(r"updat|modif")
_PUBLICATION = re.compile(r"publi[sc]|pubdate|posted")
_LINKED_HEADLINE = 25  # characters of a link's text from which a list entry leads to another page
_SHORT_TEXT = 80  # characters of the text of a `<time>`; longer ones are not about a time alone
_MAX_MARKED = 12  # times of a page's tags; what follows in a long list is other pages'
_NAMES = ("itemprop", "class", "id", "name")
_ATTRIBUTES = ("datetime", "content", "data-datetime", "data-timestamp", "data-time", "title")

# In scripts and in attributes that hold their data, the same name is given for every article that a page knows of:
# such times are taken only when all agree.
_SCRIPT_TIME = re.compile(
    r"(?:\"|&quot;)(?:datePublished|publishedAt|published_at|publishedDate|publishDate|publish_date|publicationDate|"
    r"publication_date|pubDate|pub_date|firstPublished|first-publication|first_published_at|publishedFirst)"
    r"(?:\"|&quot;)\s*:\s*(?:\"|&quot;)(?P<value>[^\"&]{8,40})(?:\"|&quot;)"
)
_MAX_SCRIPT_TIMES = 12


def markup_times(tree: HtmlElement, items: Sequence[dict[str, Any]]) -> list[TimeCandidate]:
    """Return the times that a page's markup gives, best first within each source.

    Args:
        tree: the page, whole.
        items: its JSON-LD objects.
    """
    found = [*_json_ld_times(items), *_meta_times(tree)]
    is_named = any(candidate.kind == "published" and candidate.standing == "named" for candidate in found)
    # Microdata adds nothing to a time that is named already, and is found by looking at every attribute.
    found += _marked_times(tree, [] if is_named else _MICRODATA(tree))
    if not any(candidate.kind == "published" for candidate in found):
        found += _script_times(tree)
    return list(dict.fromkeys(found))


def _json_ld_times(items: Sequence[dict[str, Any]]) -> Iterator[TimeCandidate]:
    """Yield the times of the articles, and of whatever else the page says it is."""
    typed = [(joined(item.get("@type")), item) for item in items]
    articles = [item for kind, item in typed if ARTICLE_TYPE.search(kind)]
    others = [item for kind, item in typed if not ARTICLE_TYPE.search(kind) and not _OTHER_TYPE.search(kind)]
    for standing, group in (("named", articles), ("page", others)):
        for item in group:
            for name, kind in _JSON_LD_TIMES.items():
                if isinstance(item.get(name), str) and item[name].strip():
                    yield TimeCandidate(kind, item[name], "json_ld", None, None, standing)


def joined(value: Any) -> str:
    """Return a JSON-LD value that may be a list as one text."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _meta_times(tree: HtmlElement) -> list[TimeCandidate]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        if name in _META_TIMES or name in _META_JSON:
            content = (node.get("content") or node.get("value") or "").strip()
            if content:
                found.setdefault(name, content)
    times = [
        TimeCandidate(kind, found[name], "meta", None, None, standing)
        for name, (kind, standing) in _META_TIMES.items()
        if name in found
    ]
    for name in _META_JSON:
        value = _json(html.unescape(found.get(name, "")))
        if isinstance(value, dict) and isinstance(value.get("pub_date"), str):
            times.append(TimeCandidate("published", value["pub_date"], "meta", None, None, "named"))
    return times


def _json(text: str) -> Any:
    """Return what a text says as JSON, None when it is none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _marked_times(tree: HtmlElement, microdata: Sequence[HtmlElement]) -> list[TimeCandidate]:
    """Return the times of `<time>` tags and of microdata that are not another page's."""
    headings = list(tree.iter("h1"))
    # What holds the headline lists no other pages.
    listing = {ancestor: False for heading in headings for ancestor in heading.iterancestors()}
    found = [
        candidate
        for node in microdata
        if node.tag != "meta" and not _is_listed(node, listing)
        for candidate in _node_times(node, "microdata", "named")
    ]
    is_below_heading = not headings
    is_first = True
    for node in tree.iter("h1", "time"):
        if node.tag == "h1":
            is_below_heading = True
        elif node not in microdata and not _is_listed(node, listing):
            is_named = node.get("pubdate") is not None or bool(_PUBLICATION.search(_label(node)))
            standing = "named" if is_named else "own" if is_below_heading and is_first else "page"
            own_times = _node_times(node, "time_tag", standing)
            is_first = is_first and not (is_below_heading and own_times)
            found += own_times
    found.sort(key=lambda candidate: STANDINGS.index(candidate.standing))
    return found[:_MAX_MARKED]


def _node_times(node: HtmlElement, source: str, standing: str) -> list[TimeCandidate]:
    """Return the times of an element, each with what names or words say it is the time of."""
    text = _written_time(node)
    label = _label(node)
    kind = "updated" if _UPDATE.search(label) else "created" if "created" in label else "published"
    if text[:2].isdigit() and not text[-1:].isalpha():
        return [TimeCandidate(kind, text, source, None, None, standing)]
    return [
        TimeCandidate(kind if one.kind == "published" else one.kind, one.original_text, source, None, None, standing)
        for one in visible_times(text, 0, text)
    ]


def _label(node: HtmlElement) -> str:
    """Return the names that an element and the two around it carry, in lower case."""
    elements = (node, *islice(node.iterancestors(), 2))
    return " ".join(element.get(name) or "" for element in elements for name in _NAMES).lower()


def _written_time(node: HtmlElement) -> str:
    for name in _ATTRIBUTES:
        value = (node.get(name) or "").strip()
        if value and re.search(r"\d{4}", value):
            return str(value)
    text = " ".join(node.text_content().split())
    return text if len(text) <= _SHORT_TEXT else ""


def _is_listed(node: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Tell whether an element stands in a list of other pages, whose dates are not this page's.

    Args:
        node: the element.
        known: what is known of the elements above it; added to.
    """
    for ancestor in node.iterancestors():
        if ancestor not in known:
            known[ancestor] = _is_listing(ancestor)
        if known[ancestor]:
            return True
    return False


def _is_listing(node: HtmlElement) -> bool:
    if node.tag in ("aside", "nav", "footer"):
        return True
    if node.tag == "li":
        return any(len(link.text_content().strip()) >= _LINKED_HEADLINE for link in node.iter("a"))
    return bool(_LISTING.search(f"{node.get('class') or ''} {node.get('id') or ''}".lower()))


def _script_times(tree: HtmlElement) -> list[TimeCandidate]:
    """Return the one day that all data of a page's scripts agree on."""
    # JSON-LD that could be read has spoken already, for the articles in it alone.
    texts = [
        node.text or ""
        for node in tree.iter("script")
        if "ld+json" not in (node.get("type") or "") or _json(node.text or "") is None
    ]
    found = [match["value"] for text in texts for match in _SCRIPT_TIME.finditer(text)]
    if len({value[:10] for value in found}) != 1 or len(found) > _MAX_SCRIPT_TIMES:
        return []
    return [TimeCandidate("published", max(found, key=len), "script", None, None)]
