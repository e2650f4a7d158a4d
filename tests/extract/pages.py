"""Small pages, and the shortest way from bytes to a document."""

from datetime import date, datetime

from extract.agencies import agency_table
from extract.annotate import annotate_page
from extract.model import AnnotatedPage, Media, Outlet, Page
from extract.parse import parse_page

NIGHT = date(2026, 1, 8)

REPORT = [
    "The harbour master of Tarn closed the outer quay on Thursday after a crane dropped a container into the basin.",
    "Nobody was hurt, she said, but the wall had cracked in two places and would be inspected by divers at low water.",
    "Ferries will leave from the old fish market until the inspection is over, which may take the whole of January.",
]


def make_page(media: Media = Media.TEXT, **given: object) -> Page:
    """Return a page as collected, with only what a test cares about."""
    fields: dict[str, object] = {
        "night": NIGHT,
        "page_id": "p_test",
        "version_key": "v_test",
        "source_id": "source",
        "origin": "origin",
        "url": None,
        "fetched_at": datetime(2026, 1, 8, 23, 0),
        "media": media.value,
        "content_sha256": "",
        "content_bytes": 0,
        "given_title": None,
        "given_published_at": None,
        "given_outlet": None,
        "fate": "",
        "reason": None,
        "detail": None,
    }
    return Page(**(fields | given))  # type: ignore[arg-type]


def read(
    content: str | bytes,
    media: Media = Media.TEXT,
    outlets: tuple[Outlet, ...] = (),
    templates: frozenset[int] = frozenset(),
    **given: object,
) -> AnnotatedPage:
    """Read content as the night does, without names."""
    raw = content.encode() if isinstance(content, str) else content
    return annotate_page(parse_page(make_page(media, **given), raw, outlets), templates, agency_table())


def html(body: str, head: str = "") -> str:
    """Return an HTML page around a body."""
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def article(*extra: str, paragraphs: list[str] | None = None, head: str = "") -> str:
    """Return an HTML article of a report, with more markup after it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or REPORT * 2)
    return html(f"<main><article><h1>Outer quay closed at Tarn</h1>{text}</article></main>{''.join(extra)}", head)
