"""Every URL that a page was known by, and which of them is its own. Templates get their declarations wrong often."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extract.model import Outlet, PageUrl
from extract.outlets import outlet_of_url
from extract.urls import normal_url, resolved

_META_ROLES = {"og:url": "og", "twitter:url": "alias", "al:web:url": "alias"}
_OWN_ROLES = ("canonical", "og", "amphtml")  # best first
# The last part of a section's path is a name of a word or two, an article's is a headline or a number.
_SECTION_WORDS = 2


@dataclass(frozen=True, slots=True)
class Declared:
    """A URL that a page's markup gives for the page, as written."""

    role: str  # canonical | og | amphtml | alias
    url: str


def declared_urls(tree: HtmlElement) -> list[Declared]:
    """Read the URLs that a page's links and metas give for it, made absolute where the page has a `<base>`."""
    head = tree.find("head")
    # A stray element ends the head early for a parser: then they stand in the body.
    return (_declared_in(head) if head is not None else []) or _declared_in(tree)


def _declared_in(part: HtmlElement) -> list[Declared]:
    base: str | None = None
    found: list[Declared] = []
    for node in part.iter("base", "link", "meta"):
        if node.tag == "base":
            base = base or node.get("href")
        elif (one := _link(node) if node.tag == "link" else _meta(node)) and one.url:
            found.append(one)
    return [Declared(one.role, resolved(one.url, base) or one.url) for one in found] if base else found


def _link(node: HtmlElement) -> Declared | None:
    relation, url = (node.get("rel") or "").lower(), (node.get("href") or "").strip()
    if relation in ("canonical", "amphtml"):
        return Declared(relation, url)
    is_other_form = relation == "shortlink" or (relation == "alternate" and "max-width" in (node.get("media") or ""))
    return Declared("alias", url) if is_other_form else None


def _meta(node: HtmlElement) -> Declared | None:
    role = _META_ROLES.get((node.get("property") or node.get("name") or "").strip().lower())
    return Declared(role, (node.get("content") or "").strip()) if role else None


def page_urls(given: str | None, declared: Sequence[Declared], outlets: Sequence[Outlet]) -> list[PageUrl]:
    """Return every URL that a page was known by, each once a role; what is no URL is left out."""
    written = [Declared("given", given)] if given else []
    found: dict[tuple[str, str], PageUrl] = {}
    for one in (*written, *declared):
        absolute = resolved(one.url, given)
        normal = normal_url(absolute)
        if absolute and normal and (one.role, absolute) not in found:
            outlet_id = outlet_of_url(normal, outlets)
            found[one.role, absolute] = PageUrl(len(found), one.role, absolute, normal, outlet_id)
    return list(found.values())


def own_url(urls: Sequence[PageUrl], outlet_id: str | None) -> str | None:
    """Choose a page's own URL, in normal form, among those it was known by; None when none can be its own.

    A declaration counts only within the outlet: a canonical URL elsewhere names the text's origin. Broken templates
    point to the front page or to a section.

    Args:
        urls: the page's URLs.
        outlet_id: for a page without a given URL, its outlet if that one's hosts are declared; else None.
    """
    given = next((url for url in urls if url.role == "given"), None)
    declared = sorted(
        (url for url in urls if url.role in _OWN_ROLES), key=lambda url: (_OWN_ROLES.index(url.role), url.url_no)
    )
    if given:
        own_outlet = given.host_outlet_id
    else:
        # Of two sites that a page names, its own is the one that its og:url names: only canonical URLs cross over.
        own_outlet = outlet_id or next((url.host_outlet_id for url in declared if url.role == "og"), None)
    for url in declared:
        is_ours = own_outlet in (None, url.host_outlet_id)
        if is_ours and not _is_front(url.normal_url, given.normal_url if given else None):
            return url.normal_url
    return given.normal_url if given else None


def _is_front(declared: str, own: str | None) -> bool:
    """Tell whether a declared URL is that of a front page or section above the page, and not the page's own."""
    if declared == own:
        return False
    parts = urlsplit(declared)
    if parts.query or parts.fragment:
        return False
    if parts.path == "/":
        return True
    last = parts.path.rsplit("/", 1)[-1]
    is_section = not any(map(str.isdigit, last)) and last.count("-") < _SECTION_WORDS and "." not in last
    return is_section and own is not None and urlsplit(own).path.startswith(f"{parts.path}/")
