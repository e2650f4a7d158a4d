import gzip
import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract import sources as module
from extract.errors import SourcesError
from extract.model import Media
from extract.sources import Offered, offered_pages, read_sources

NIGHT = date(2026, 1, 8)
HEAD = "outlets:\n  - {id: tarn-post, name: The Tarn Post, hosts: [tarnpost.example]}\n"


def offered(folder: Path, entry: str) -> list[Offered]:
    file = folder / "sources.yml"
    file.write_text(HEAD + f"sources:\n  - {entry}\n")
    return list(offered_pages(read_sources(file), NIGHT))


def test_a_folder_offers_pages_packed_or_not_and_passes_over_other_files(tmp_path: Path) -> None:
    pages = tmp_path / "2026-01-08"
    pages.mkdir()
    (pages / "b.html").write_text("<p>b</p>")
    (pages / "a.txt.gz").write_bytes(gzip.compress(b"a"))
    (pages / "notes.md").write_text("no page")
    found = offered(tmp_path, '{id: post, outlet: tarn-post, folder: "{night}"}')
    assert [(page.origin, page.media, page.content, page.outlet) for page in found] == [
        ("a.txt.gz", Media.TEXT, b"a", "tarn-post"),
        ("b.html", Media.HTML, b"<p>b</p>", "tarn-post"),
    ]


def test_a_broken_gzip_is_offered_with_its_reason_and_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    broken = gzip.compress(b"text " * 100)[:-20]
    (tmp_path / "pages" / "a.txt.gz").write_bytes(broken)
    (page,) = offered(tmp_path, "{id: post, folder: pages}")
    assert (page.reason, page.content) == ("broken_gzip", broken)


def test_a_zip_bomb_is_cut_off_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PAGE_BYTES", 1000)
    (tmp_path / "pages").mkdir()
    bomb = gzip.compress(b"0" * 1_000_000)
    (tmp_path / "pages" / "a.html.gz").write_bytes(bomb)
    (page,) = offered(tmp_path, "{id: post, folder: pages}")
    assert page.reason == "too_large"
    assert len(page.content) <= 1000


def test_rows_carry_one_of_html_text_or_body(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "url": "https://tarnpost.example/a", "fetched_at": "2026-01-08T10:00:00+02:00", "html": "<p>x</p>"},
        {"id": "2", "text": "a dump"},
        {"id": "3", "body": "clean", "title": "T", "published_at": "2025-01-01", "outlet": "The Tarn Post"},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    first, second, third = offered(tmp_path, "{id: rows, rows: rows.jsonl}")
    assert (first.media, first.url, first.fetched_at) == (Media.HTML, rows[0]["url"], datetime(2026, 1, 8, 8, 0))
    assert (second.media, second.content, second.locator) == (Media.TEXT, b"a dump", "rows:2")
    assert (third.media, third.title, third.published_at, third.outlet) == (
        Media.BODY,
        "T",
        "2025-01-01",
        "The Tarn Post",
    )


def test_parquet_rows_read_like_json_rows(tmp_path: Path) -> None:
    table = pa.table({"id": ["1"], "text": ["a dump"], "fetched_at": [datetime(2026, 1, 8, 9, 0)]})
    pq.write_table(table, tmp_path / "rows.parquet")
    (page,) = offered(tmp_path, "{id: rows, rows: rows.parquet}")
    assert (page.origin, page.content, page.fetched_at) == ("1", b"a dump", datetime(2026, 1, 8, 9, 0))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"id": "1", "text": "a", "fetched_at": "0001-01-01T00:00:00+05:00"}', "not an ISO 8601 time"),
        ('{"id": "1", "text": "a", "fetched_at": "9999-12-31T23:59:59Z"}', "not an ISO 8601 time"),
        ('["a list"]', "must be an object"),
        ('{"id": "1"}', "has none"),
        ('{"id": "1", "text": "a", "body": "b"}', "text and body"),
        ('{"id": "1", "text": 5}', "must be text"),
        ('{"id": "1", "text": "a", "fetched_at": "yesterday"}', "not an ISO 8601 time"),
    ],
)
def test_a_bad_row_costs_one_page_and_says_why(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "rows.jsonl").write_text(line + '\n{"id": "2", "text": "fine"}\n')
    bad, good = offered(tmp_path, "{id: rows, rows: rows.jsonl}")
    assert bad.reason == "unreadable_row"
    assert says in (bad.detail or "")
    assert bad.content
    assert good.reason is None


def test_a_night_without_a_folder_brings_no_pages(tmp_path: Path) -> None:
    assert offered(tmp_path, '{id: post, folder: "nights/{night}"}') == []


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{id: post, folder: missing}", "does not exist"),
        ("{id: post}", "give either folder"),
        ("{id: post, folder: a, rows: b}", "give either folder"),
        ("{id: post, outlet: nobody, folder: a}", "not among the outlets"),
        ("{id: post, folder: a, colour: red}", "colour"),
        ("{id: Post Office, folder: a}", "sources.0.id"),
    ],
)
def test_a_wrong_sources_file_is_refused_with_what_to_mend(tmp_path: Path, entry: str, says: str) -> None:
    with pytest.raises(SourcesError, match=says):
        offered(tmp_path, entry)


def test_an_unknown_time_zone_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sources.yml"
    file.write_text("outlets: [{id: a, name: A, time_zone: Europe/Atlantis}]\nsources: [{id: s, folder: .}]\n")
    with pytest.raises(SourcesError, match="Europe/Atlantis"):
        read_sources(file)


def test_a_missing_sources_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="write one"):
        read_sources(tmp_path / "none.yml")


def test_half_a_character_in_an_id_or_title_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(r'{"id": "\ud800", "title": "Quay \ud83d", "text": "a"}')
    (page,) = offered(tmp_path, "{id: rows, rows: rows.jsonl}")
    assert page.reason is None
    assert (page.origin + (page.title or "")).encode()


def test_a_row_longer_than_any_page_is_cut_off_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_ROW_BYTES", 100)
    (tmp_path / "rows.jsonl").write_text('{"text": "' + "x" * 1000 + '"}\n{"id": "2", "text": "a"}\n')
    long, short = offered(tmp_path, "{id: rows, rows: rows.jsonl}")
    assert (long.reason, len(long.content) <= 101, short.origin) == ("too_large", True, "2")


def test_a_broken_row_file_gives_the_rows_before_the_break_and_keeps_itself(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(json.dumps({"id": str(n), "text": "a" * n}).encode() + b"\n" for n in range(500)))
    (tmp_path / "rows.jsonl.gz").write_bytes(packed[:-60])
    *rows, broken = offered(tmp_path, "{id: rows, rows: rows.jsonl.gz}")
    assert (broken.reason, broken.content, broken.locator) == ("broken_gzip", packed[:-60], "rows:rows.jsonl.gz")
    assert all(row.reason is None for row in rows)


def test_a_page_that_cannot_be_opened_is_offered_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").symlink_to("nowhere.html")
    (page,) = offered(tmp_path, "{id: post, folder: pages}")
    assert page.reason == "unreadable_file"
    assert "a.html" in (page.detail or "")
