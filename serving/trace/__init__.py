"""From a number to the bytes.

Follows what the warehouse says of an article, a publication, a story or an entity down to the stored pages, and checks
every step: that the counts count, that kept and cut pieces tile the page, that the kept ones are the text, that names
stand where they are said to stand, and that the bytes have the digest they are named after.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from serving.errors import NoPageStore, UnknownId
from serving.trace.page_store import fault_of_page, page_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

KINDS = ("article", "publication", "story", "entity")
TABLES = {"article": "articles", "publication": "publications", "story": "stories", "entity": "entities"}
NAMES = {"article": "title", "publication": "title", "story": "label", "entity": "canonical_name"}
ARTICLES_AT_ONCE = 500  # their pages and pieces are in memory together

# What is claimed of each kind beside what there is to count.
_FIGURES = {
    "article": """
        select publications, (select count(*) from marts.publications where article_id = $id),
            copies + 1, (select count(*) from marts.copies where article_id = $id)
        from marts.articles where article_id = $id
    """,
    "publication": """
        select 1, 1, versions, (select count(*) from marts.copies where publication_id = $id)
        from marts.publications where publication_id = $id
    """,
    "story": """
        select articles, (select count(*) from marts.story_articles where story_id = $id),
            publications, (
                select count(*) from marts.publications inner join marts.story_articles using (article_id)
                where story_id = $id
            )
        from marts.stories where story_id = $id
    """,
    "entity": """
        select articles, (select count(*) from marts.article_entities where entity_id = $id),
            mentions, (select count(*) from marts.mentions where entity_id = $id)
        from marts.entities where entity_id = $id
    """,
}
_FIGURE_NAMES = {
    "article": ("publications", "pages"),
    "publication": ("publications", "pages"),
    "story": ("articles", "publications"),
    "entity": ("articles", "mentions"),
}
_ARTICLES = {
    "article": "select $id",
    "publication": "select article_id from marts.publications where publication_id = $id",
    "story": "select article_id from marts.story_articles where story_id = $id order by article_id",
    "entity": "select article_id from marts.article_entities where entity_id = $id order by article_id",
}
_PAGES = """
    select copies.copy_id as page_id, copies.article_id, articles.title, copies.publication_id, publications.url,
        coalesce(publications.outlet_id, 'outlet unknown') as outlet_id, copies.kind, pages.night,
        source_id, origin, media, content_sha256, content_bytes, documents.body, documents.title as page_title
    from marts.copies
    inner join marts.publications using (publication_id)
    inner join marts.articles on copies.article_id = articles.article_id
    inner join raw.pages on copies.copy_id = pages.page_id
    inner join raw.documents on copies.copy_id = documents.page_id
    where copies.article_id in (select unnest($articles))
    order by copies.article_id, copies.publication_id, pages.night, copies.copy_id
"""
_PIECES = """
    select spans.page_id, spans.span_no, spans.zone, spans.is_kept, spans.start_offset, spans.end_offset, spans.text,
        removed_spans.page_id is not null as is_in_ledger
    from raw.spans
    left join marts.removed_spans on spans.page_id = removed_spans.page_id and spans.span_no = removed_spans.span_no
    where spans.page_id in (select unnest($pages))
    order by spans.page_id, spans.span_no
"""
_MENTIONS = """
    select page_id, zone, span_no, surface, start_offset, end_offset from marts.mentions
    where entity_id = $id and article_id in (select unnest($articles)) order by page_id, zone, start_offset
"""


@dataclass(frozen=True)
class Figure:
    """A count that the warehouse gives, beside the rows that there are."""

    name: str
    said: int
    counted: int


@dataclass(frozen=True)
class Page:
    """A page at the end of a trace: what it is part of, what became of its text, and what does not hold."""

    page_id: str
    article_id: str
    title: str | None
    publication_id: str
    outlet_id: str
    url: str | None
    kind: str
    night: str
    source_id: str
    origin: str
    media: str
    digest: str
    size: int
    kept: Counter[str]
    cut: Counter[str]
    kept_characters: int
    cut_characters: int
    names: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass
class Trace:
    """An id, the id it resolved to, its figures, and its pages, which are read as they are asked for."""

    kind: str
    asked: str
    current: str
    name: str | None
    figures: list[Figure]
    pages: Iterator[Page]
    pages_folder: Path
    faults: list[str] = field(default_factory=list)


def trace(connection: duckdb.DuckDBPyConnection, kind: str, asked: str, pages_folder: Path) -> Trace:
    """Follow an id down to stored pages.

    Args:
        connection: an open release.
        kind: one of `KINDS`.
        asked: an id of that kind, which may have been given up since.
        pages_folder: the page store.

    Raises:
        UnknownId: no such id was ever given, or what it named was withdrawn.
        NoPageStore: there is no folder of that name.
    """
    if not pages_folder.is_dir():
        raise NoPageStore(f"there is no page store at {pages_folder}: say where it lies with --pages")
    current = _resolved(connection, kind, asked)
    values = connection.execute(_FIGURES[kind], {"id": current}).fetchall()[0]
    names = _FIGURE_NAMES[kind]
    figures = [Figure(names[0], values[0], values[1]), Figure(names[1], values[2], values[3])]
    ((name,),) = connection.execute(
        f"select {NAMES[kind]} from marts.{TABLES[kind]} where {kind}_id = $id",  # noqa: S608 (words of this module)
        {"id": current},
    ).fetchall()
    pages = _pages(connection, kind, current, pages_folder)
    wrong = [figure for figure in figures if figure.said != figure.counted]
    faults = [f"{figure.name}: {figure.said} are said, {figure.counted} are there" for figure in wrong]
    return Trace(kind, asked, current, name, figures, pages, pages_folder, faults)


def _resolved(connection: duckdb.DuckDBPyConnection, kind: str, asked: str) -> str:
    """The id that stands for the one asked for today."""
    resolvers = connection.execute(
        "select count(*) from duckdb_columns() where schema_name = 'reports' and table_name = $1 and column_name = $2",
        [f"{kind}_resolve", f"asked_{kind}_id"],
    ).fetchall()
    rows = (
        connection.execute(
            f"select {kind}_id from reports.{kind}_resolve where asked_{kind}_id = $1",  # noqa: S608 (as above)
            [asked],
        )
        if resolvers[0][0]
        else connection.execute(
            f"select {kind}_id from marts.{TABLES[kind]} where {kind}_id = $1",  # noqa: S608 (as above)
            [asked],
        )
    ).fetchall()
    if not rows:
        raise UnknownId(f"no {kind} was ever called {asked}, as far as this release knows")
    if rows[0][0] is None:
        raise UnknownId(f"{kind} {asked} was withdrawn: none of its pages is accepted any longer")
    return str(rows[0][0])


def _pages(connection: duckdb.DuckDBPyConnection, kind: str, current: str, pages_folder: Path) -> Iterator[Page]:
    articles = [row[0] for row in connection.execute(_ARTICLES[kind], {"id": current}).fetchall()]
    for first in range(0, len(articles), ARTICLES_AT_ONCE):
        some = articles[first : first + ARTICLES_AT_ONCE]
        rows = _rows(connection, _PAGES, {"articles": some})
        if kind == "publication":
            rows = [row for row in rows if row["publication_id"] == current]
        mentions: dict[str, list[dict[str, Any]]] = {}
        if kind == "entity":
            found = _rows(connection, _MENTIONS, {"id": current, "articles": some})
            mentions = {page: list(group) for page, group in groupby(found, key=lambda row: row["page_id"])}
            rows = [row for row in rows if row["page_id"] in mentions]
        found = _rows(connection, _PIECES, {"pages": [row["page_id"] for row in rows]})
        pieces = {page: list(group) for page, group in groupby(found, key=lambda row: row["page_id"])}
        for row in rows:
            page_id = row["page_id"]
            yield _page(row, pieces.get(page_id, []), mentions.get(page_id, []), pages_folder)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    answer = connection.execute(sql, values)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _page(
    row: dict[str, Any], pieces: list[dict[str, Any]], mentions: list[dict[str, Any]], pages_folder: Path
) -> Page:
    kept = [piece for piece in pieces if piece["is_kept"]]
    cut = [piece for piece in pieces if not piece["is_kept"]]
    faults = [*_faults_of_pieces(pieces, row["body"]), *_faults_of_names(mentions, row, pieces)]
    stored = fault_of_page(pages_folder, row["content_sha256"], row["content_bytes"])
    return Page(
        page_id=row["page_id"],
        article_id=row["article_id"],
        title=row["title"],
        publication_id=row["publication_id"],
        outlet_id=row["outlet_id"],
        url=row["url"],
        kind=row["kind"],
        night=str(row["night"]),
        source_id=row["source_id"],
        origin=row["origin"],
        media=row["media"],
        digest=row["content_sha256"],
        size=row["content_bytes"],
        kept=Counter(piece["zone"] for piece in kept),
        cut=Counter(piece["zone"] for piece in cut),
        kept_characters=sum(len(piece["text"]) for piece in kept),
        cut_characters=sum(len(piece["text"]) for piece in cut),
        names=tuple(f"{one['surface']} ({one['zone']} {one['start_offset']})" for one in mentions),
        faults=tuple([*faults, stored] if stored else faults),
    )


def _faults_of_pieces(pieces: list[dict[str, Any]], body: str) -> Iterator[str]:
    """Pieces must tile the page, the kept ones must be the text, and the cut ones stand in the ledger."""
    if not pieces:
        yield "no piece of its text is there"
        return
    ends = [0, *(piece["end_offset"] for piece in pieces)]
    if ends[:-1] != [piece["start_offset"] for piece in pieces]:
        yield "its pieces leave a gap or overlap"
    if any(
        later - earlier != len(piece["text"]) for (earlier, later), piece in zip(pairwise(ends), pieces, strict=True)
    ):
        yield "a piece is not as long as its offsets say"
    if any(piece["is_kept"] == piece["is_in_ledger"] for piece in pieces):
        yield "marts.removed_spans does not list exactly what was cut"
    # Lines of a page are joined to paragraphs by white space alone.
    if "".join(piece["text"] for piece in pieces if piece["is_kept"]).split() != body.split():
        yield "its kept pieces are not its text"


def _faults_of_names(
    mentions: list[dict[str, Any]], row: dict[str, Any], pieces: list[dict[str, Any]]
) -> Iterator[str]:
    """Offsets count within the headline, within the caption that a mention names, or else (quotes too) in the body."""
    captions = {piece["span_no"]: piece["text"] for piece in pieces if piece["zone"] == "caption"}
    for mention in mentions:
        zone = mention["zone"]
        text = (
            captions.get(mention["span_no"]) if zone == "caption" else row["page_title" if zone == "title" else "body"]
        )
        if (text or "")[mention["start_offset"] : mention["end_offset"]] != mention["surface"]:
            yield f"{mention['surface']} does not stand at {mention['zone']} {mention['start_offset']}"


def lines(traced: Trace) -> Iterator[str]:
    """The trace as text, a line at a time; what does not hold is marked and added to the trace's faults."""
    if traced.asked != traced.current:
        yield f"{traced.kind} {traced.asked} is {traced.current} now"
    yield f"{traced.kind} {traced.current}: {traced.name or 'without a headline'}"
    for figure in traced.figures:
        yield f"  {figure.counted} {figure.name}" + (
            "" if figure.said == figure.counted else f" BUT {figure.said} said"
        )
    article = publication = ""
    for page in traced.pages:
        if page.article_id != article:
            article = page.article_id
            yield f"  article {article}: {page.title or 'without a headline'}"
        if page.publication_id != publication:
            publication = page.publication_id
            yield f"    publication {publication}: {page.outlet_id}, {page.url or 'without a URL'}"
        yield f"      page {page.page_id} ({page.kind}): night {page.night}, source {page.source_id}, {page.origin}"
        yield f"        kept  {_told(page.kept, page.kept_characters)}"
        yield f"        cut   {_told(page.cut, page.cut_characters)}"
        if page.names:
            yield f"        names {', '.join(page.names)}"
        yield f"        bytes {page.size:,} of {page.media}, sha256 {page.digest}"
        yield f"              {page_file(traced.pages_folder, page.digest)}"
        for fault in page.faults:
            yield f"        DOES NOT HOLD: {fault}"
            traced.faults.append(f"page {page.page_id}: {fault}")


def _told(zones: Counter[str], characters: int) -> str:
    pieces = ", ".join(f"{zone} {count}" for zone, count in sorted(zones.items()))
    return f"{zones.total():,} pieces, {characters:,} characters: {pieces}" if zones else "nothing"
