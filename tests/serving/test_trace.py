"""From a number to the bytes: what a trace shows, and that it sees what does not hold."""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from serving.errors import NoPageStore, UnknownId
from serving.releases import publish
from serving.trace import lines, trace
from serving.trace.__main__ import main
from serving.trace.page_store import page_file
from tests.serving.conftest import MakeBuild

PAGE = b"Menu\nNets were hauled in by Ada Storm.\nSubscribe"
DIGEST = hashlib.sha256(PAGE).hexdigest()
# The smallest warehouse that a trace can follow: one page, three pieces, one name.
STATEMENTS = f"""
    create table marts.articles as select 'a1' as article_id, 'p1' as reference_page_id, 'Nets' as title,
        1 as publications, 0 as copies;
    create table marts.publications as select 'b1' as publication_id, 'a1' as article_id, 'post' as outlet_id,
        'https://post.example/nets' as url, 'Nets' as title, 1 as versions;
    create table marts.copies as select 'p1' as copy_id, 'b1' as publication_id, 'a1' as article_id,
        'reference' as kind;
    create table marts.stories as select 's1' as story_id, 'Nets' as label, 1 as articles, 1 as publications;
    create table marts.story_articles as select 's1' as story_id, 'a1' as article_id;
    create table marts.entities as select 'e1' as entity_id, 'Ada Storm' as canonical_name, 1 as articles,
        1 as mentions;
    create table marts.article_entities as select 'e1' as entity_id, 'a1' as article_id;
    create table marts.mentions as select 'e1' as entity_id, 'a1' as article_id, 'p1' as page_id, 'body' as zone,
        null::bigint as span_no, 'Ada Storm' as surface, 23 as start_offset, 32 as end_offset;
    create table raw.pages as select 'p1' as page_id, date '2026-01-05' as night, 'post' as source_id,
        'nets.txt' as origin, 'text' as media, '{DIGEST}' as content_sha256, {len(PAGE)} as content_bytes;
    create table raw.documents as select 'p1' as page_id, 'Nets' as title,
        'Nets were hauled in by Ada Storm.' as body, 'post' as outlet_id;
    create table raw.spans as select 'p1' as page_id, * from (values
        (0, 'nav', false, 0, 5, 'Menu' || chr(10)),
        (1, 'body', true, 5, 39, 'Nets were hauled in by Ada Storm.' || chr(10)),
        (2, 'plan', false, 39, 48, 'Subscribe')
    ) as pieces (span_no, zone, is_kept, start_offset, end_offset, text);
    create table marts.removed_spans as select page_id, span_no from raw.spans where not is_kept;
    create view reports.story_resolve as select * from (values
        ('s1', 's1'), ('s0', 's1'), ('gone', null)) as ids (asked_story_id, story_id);
"""
IDS = {"article": "a1", "publication": "b1", "story": "s1", "entity": "e1"}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    file = page_file(folder, DIGEST)
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress(PAGE))
    return folder


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create schema raw; create schema reports")
        connection.execute(STATEMENTS)
        yield connection


@pytest.mark.parametrize("kind", IDS)
def test_every_kind_leads_to_the_page_its_pieces_and_its_bytes(
    kind: str, connection: duckdb.DuckDBPyConnection, pages: Path
) -> None:
    traced = trace(connection, kind, IDS[kind], pages)
    said = "\n".join(lines(traced))
    assert traced.faults == []
    for part in (
        IDS[kind],
        "a1",
        "b1",
        "p1",
        "nets.txt",
        "body 1",
        "nav 1, plan 1",
        DIGEST,
        str(page_file(pages, DIGEST)),
    ):
        assert part in said
    assert ("Ada Storm (body 23)" in said) == (kind == "entity")


def test_an_id_that_was_given_up_leads_to_what_stands_for_it(
    connection: duckdb.DuckDBPyConnection, pages: Path
) -> None:
    traced = trace(connection, "story", "s0", pages)
    assert traced.current == "s1"
    assert next(lines(traced)) == "story s0 is s1 now"


def test_an_unknown_id_and_a_withdrawn_one_are_told_apart(connection: duckdb.DuckDBPyConnection, pages: Path) -> None:
    with pytest.raises(UnknownId, match="no story was ever called s9"):
        trace(connection, "story", "s9", pages)
    with pytest.raises(UnknownId, match="withdrawn"):
        trace(connection, "story", "gone", pages)
    with pytest.raises(UnknownId, match="no entity was ever called a1"):
        trace(connection, "entity", "a1", pages)


def test_a_page_store_that_lies_elsewhere_is_asked_for(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(NoPageStore, match="--pages"):
        trace(connection, "article", "a1", tmp_path / "nowhere")


CAPTION_AND_QUOTE = """
    insert into raw.spans values ('p1', 3, 'caption', false, 48, 64, 'Photo: Ada Storm');
    insert into marts.removed_spans values ('p1', 3);
    insert into marts.mentions values
        ('e1', 'a1', 'p1', 'caption', 3, 'Ada Storm', 7, 16), ('e1', 'a1', 'p1', 'quote', null, 'Ada Storm', 23, 32);
    update marts.entities set mentions = 3;
"""


def test_a_name_in_a_caption_is_sought_in_that_caption_and_one_in_a_quote_in_the_body(
    connection: duckdb.DuckDBPyConnection, pages: Path
) -> None:
    connection.execute(CAPTION_AND_QUOTE)
    traced = trace(connection, "entity", "e1", pages)
    assert "Ada Storm (body 23), Ada Storm (caption 7), Ada Storm (quote 23)" in "\n".join(lines(traced))
    assert traced.faults == []
    connection.execute("update marts.mentions set span_no = 2 where zone = 'caption'")
    traced = trace(connection, "entity", "e1", pages)
    list(lines(traced))
    assert traced.faults == ["page p1: Ada Storm does not stand at caption 7"]


BREAKS = {
    "delete from marts.publications": "publications: 1 are said, 0 are there",
    "update marts.stories set articles = 2": "articles: 2 are said, 1 are there",
    "update raw.spans set start_offset = 6 where span_no = 1": "a gap or overlap",
    "delete from raw.spans": "no piece of its text",
    "update raw.spans set text = 'Menus!' where span_no = 0": "not as long as its offsets say",
    "delete from marts.removed_spans where span_no = 0": "does not list exactly what was cut",
    "insert into marts.removed_spans values ('p1', 1)": "does not list exactly what was cut",
    "update raw.documents set body = 'Nets were sold by Ada Storm.'": "its kept pieces are not its text",
    "update marts.mentions set start_offset = 22": "Ada Storm does not stand at body 22",
    "update raw.pages set content_bytes = 7": "the warehouse says 7",
    "update raw.pages set content_sha256 = repeat('0', 64)": "is gone: the store was pruned",
}


@pytest.mark.parametrize("statement", BREAKS)
def test_what_does_not_hold_is_seen(statement: str, connection: duckdb.DuckDBPyConnection, pages: Path) -> None:
    connection.execute(statement)
    faults = []
    for kind, name in IDS.items():
        if kind != "publication" or "delete from marts.publications" not in statement:
            traced = trace(connection, kind, name, pages)
            list(lines(traced))
            faults += traced.faults
    assert any(BREAKS[statement] in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("content", "fault"),
    [(gzip.compress(b"other"), "does not hold what its name says"), (b"no gzip", "cannot be read")],
    ids=["other bytes", "no gzip"],  # gzip writes the second into its header: as an id it would differ between workers
)
def test_damaged_bytes_are_seen(content: bytes, fault: str, connection: duckdb.DuckDBPyConnection, pages: Path) -> None:
    page_file(pages, DIGEST).write_bytes(content)
    traced = trace(connection, "article", "a1", pages)
    list(lines(traced))
    assert [fault in one for one in traced.faults] == [True]


def test_the_command_says_what_is_missing(
    make_build: MakeBuild, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["article", "a1", "--home", str(home)]) == 1
    assert "run a night first" in capsys.readouterr().err
    publish(make_build(), home)
    assert main(["article", "a1", "--home", str(home)]) == 1
    assert "no page store" in capsys.readouterr().err
