"""The one door to trafilatura: main text of an HTML page, and nothing else of it.

Settings: no comments, no state between pages (`deduplicate=True` would make a page's text depend on the pages before
it). Metadata is read by `extract.markup`, which keeps the evidence.
"""

import logging
import re

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement
from trafilatura.settings import MANUALLY_CLEANED, Extractor

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is a fate here, not a warning

MODES = ("fast", "precision", "balanced", "recall")
DEFAULT_MODE = "fast"

_OPTIONS = {
    # "fast" is balanced without a second opinion from readability and justext.
    mode: Extractor(
        output_format="python",
        fast=mode == "fast",
        precision=mode == "precision",
        recall=mode == "recall",
        comments=False,
        tables=True,
        dedup=False,
    )
    for mode in MODES
}
# What the fast mode drops in the end. Taken out before, in one pass, it is neither copied nor searched, and the text
# stays the same: it differs on 2 of the 478 pages of the evaluation sets, by less than .001 of a set's score. Forms,
# figures and buttons may hold the article or a table of it; scripts its text as JSON-LD, trafilatura's last resort.
_RESCUES = {"form", "figure", "button", "script"}
_DROPPED = tuple(tag for tag in MANUALLY_CLEANED if tag not in _RESCUES)
_JSON_LD = "application/ld+json"  # the only scripts that trafilatura reads


def _parser() -> etree.HTMLParser:
    # lxml.html asks a Python function for the class of every element; all that is read here has one class.
    parser = etree.HTMLParser(
        encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


_PARSER = _parser()
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))  # XML allows none of them
# libxml2 stumbles over what some pages begin with: addresses in a document type, an <html> that closes itself.
_DOCUMENT_TYPE = re.compile(r"\A\s*<\s?!\s?doctype[^>]*>", re.IGNORECASE)
_CLOSED_HTML = re.compile(r"(<html[^>]*?)\s*/>", re.IGNORECASE)
_BEGINNING = 4096  # characters


def version(mode: str = "") -> str:
    """Return the engine's name with its version and its mode."""
    return f"trafilatura-{trafilatura.__version__}-{mode or DEFAULT_MODE}"


VERSION = version()


def load_tree(html: str) -> HtmlElement | None:
    """Return the page's tree, or None when it holds no HTML."""
    beginning = _CLOSED_HTML.sub(r"\1>", _DOCUMENT_TYPE.sub("", html[:_BEGINNING], count=1), count=1)
    content = (beginning + html[_BEGINNING:]).encode("utf-8", "replace").translate(None, _CONTROLS)
    tree: HtmlElement = lxml_html.fromstring(content, parser=_PARSER)
    # A text without any tag becomes one paragraph.
    return tree if "html" in html[:50].lower() or len(tree) > 1 else None


def main_text(tree: HtmlElement, mode: str = DEFAULT_MODE) -> str:
    """Return the main text, a line per paragraph; empty when the engine finds none. The tree may lose elements.

    Raises:
        KeyError: there is no such mode.
    """
    options = _OPTIONS[mode]
    if mode == "fast":
        etree.strip_elements(tree, *_DROPPED, with_tail=False)
        for script in tree.iter("script"):
            if script.get("type") != _JSON_LD:
                script.text = None  # it would be copied with the tree, up to five times
    document = trafilatura.bare_extraction(tree, options=options)
    return str(getattr(document, "text", None) or "")
