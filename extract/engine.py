"""The one door to trafilatura: main text of an HTML page, and nothing else of it.

Settings: precision mode, no comments, no state between pages (`deduplicate=True` would make a page's text depend on the
pages before it). Metadata is read by `extract.markup`, which keeps the evidence.
"""

import logging

import trafilatura
from lxml.html import HtmlElement

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is a fate here, not a warning

VERSION = f"trafilatura-{trafilatura.__version__}"


def load_tree(html: str) -> HtmlElement | None:
    """Return the page's tree, or None when it holds no HTML."""
    return trafilatura.load_html(html)


def main_text(tree: HtmlElement) -> str:
    """Return the main text, a line per paragraph; empty when the engine finds none."""
    document = trafilatura.bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False
    )
    return str(getattr(document, "text", None) or "")
