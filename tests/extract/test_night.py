"""The steps of a night over small folders of pages: what is kept, what is replaced, what a bad page costs."""

import gzip
import hashlib
import json
import os
import shutil
import signal
from datetime import date
from pathlib import Path

import duckdb
import pytest

from extract import annotate, store, warehouse
from extract import night as steps
from extract.model import AnnotatedPage, ParsedPage
from extract.warehouse import current_release
from tests.extract.pages import REPORT, article, html
from tests.nights import load_night

FIRST, SECOND = date(2026, 1, 8), date(2026, 1, 9)
OTHER = [line.replace("Tarn", "Marlow").replace("crane", "barge").replace("quay", "lock") for line in REPORT]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    file = tmp_path / "sources.yml"
    file.write_text('sources:\n  - {id: post, folder: "{night}"}\n')
    for night in (FIRST, SECOND):
        (tmp_path / night.isoformat()).mkdir()
    write(tmp_path, FIRST, "a.txt", "\n".join(["Outer quay closed at Tarn", *REPORT, "Share"]))
    return file


def write(folder: Path, night: date, name: str, content: str | bytes) -> None:
    (folder / night.isoformat() / name).write_bytes(content.encode() if isinstance(content, str) else content)


def run(sources: Path, night: date, home: Path, *, publish: bool = True) -> Path:
    build = load_night(sources, night, home)
    if publish:  # what serving.releases does, without its checks
        release = home / "releases" / night.isoformat()
        shutil.rmtree(release, ignore_errors=True)
        release.mkdir(parents=True)
        shutil.copy(build, release / "dateline.duckdb")
        (home / "current").unlink(missing_ok=True)
        (home / "current").symlink_to(release)
    return build


def rows(build: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(build), read_only=True) as connection:
        return connection.execute(query).fetchall()


TABLES = [
    "nights",
    "pages",
    "documents",
    "page_urls",
    "spans",
    "blocks",
    "times",
    "shingles",
    "terms",
    "mentions",
    "role_claims",
    "quotes",
    "outlets",
]


def content(build: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(rows(build, f"from raw.{table}"), key=repr) for table in TABLES}


def test_a_night_becomes_raw_tables(sources: Path, tmp_path: Path) -> None:
    build = run(sources, FIRST, tmp_path / "home")
    assert rows(build, "select fate from raw.pages") == [("accepted",)]
    assert rows(build, "select title, body from raw.documents") == [("Outer quay closed at Tarn", "\n\n".join(REPORT))]
    assert rows(build, "select string_agg(text, '' order by span_no) from raw.spans") == [
        ("\n".join(["Outer quay closed at Tarn", *REPORT, "Share"]),)
    ]
    ((digest,),) = rows(build, "select content_sha256 from raw.pages")
    page = (tmp_path / FIRST.isoformat() / "a.txt").read_bytes()
    assert store.fetch(tmp_path / "home", str(digest)) == page
    assert hashlib.sha256(page).hexdigest() == digest


def test_running_a_night_again_leaves_the_same_rows(sources: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write(tmp_path, SECOND, "b.txt", "\n".join(OTHER))
    run(sources, FIRST, home)
    before = content(run(sources, SECOND, home))
    assert content(run(sources, FIRST, home)) == before
    assert content(run(sources, SECOND, home)) == before


def test_a_replaced_page_leaves_no_trace_of_the_old_one(sources: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(sources, FIRST, home)
    write(tmp_path, FIRST, "a.txt", "\n".join(OTHER))
    build = run(sources, FIRST, home)
    assert rows(build, "select body from raw.documents") == [("\n\n".join(OTHER),)]
    assert (
        len({row[1] for table in ("spans", "shingles", "terms", "blocks") for row in rows(build, f"from raw.{table}")})
        == 1
    )


def test_a_page_that_comes_again_another_night_is_read_again(sources: Path, tmp_path: Path) -> None:
    # Whether it was seen is decided over all nights, in the warehouse: see docs/decisions/0004.
    home = tmp_path / "home"
    shutil.copy(tmp_path / FIRST.isoformat() / "a.txt", tmp_path / SECOND.isoformat() / "renamed.txt")
    run(sources, FIRST, home)
    build = run(sources, SECOND, home)
    assert rows(build, "select count(distinct version_key), count(*) from raw.pages") == [(1, 2)]
    assert rows(build, "select count(*) from raw.documents") == [(2,)]


def test_the_same_page_twice_in_one_night_is_read_once(sources: Path, tmp_path: Path) -> None:
    shutil.copy(tmp_path / FIRST.isoformat() / "a.txt", tmp_path / FIRST.isoformat() / "b.txt")
    build = run(sources, FIRST, tmp_path / "home")
    assert rows(build, "select fate, count(*) from raw.pages group by all order by all") == [
        ("accepted", 1),
        ("already_seen", 1),
    ]


def test_a_page_that_is_lost_between_the_steps_is_missed(sources: Path, tmp_path: Path) -> None:
    write(tmp_path, FIRST, "b.txt", "\n".join(["Lower lock closed at Marlow", *OTHER]))
    home = tmp_path / "home"
    build = run(sources, FIRST, home)
    assert rows(build, BALANCE) == [(2, 2)]
    (shard,) = (home / "work" / FIRST.isoformat() / "annotated").glob("*.parquet")
    with duckdb.connect() as connection:
        connection.execute(f"create table left_over as from '{shard}' limit 1")
        connection.execute(f"copy left_over to '{shard}'")
    assert rows(Path(steps.load(home, FIRST)), BALANCE) == [(2, 1)]


BALANCE = "select pages, (select count(*) from raw.pages) from raw.nights"


def test_a_night_without_pages_is_loaded_too(sources: Path, tmp_path: Path) -> None:
    build = run(sources, SECOND, tmp_path / "home")
    assert rows(build, "select night, pages from raw.nights") == [(SECOND, 0)]


HOSTILE = {
    "empty.html": b"",
    "binary.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "deep.html": b"<div>" * 20_000 + b"deep" + b"</div>" * 20_000,
    "cut.html": b"<html><body><p>cut <b",
    "entities.html": b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><p>&b;&b;&b;</p>",
    "scripts.html": b"<html><script>document.write('all of it')</script></html>",
    "cdata.html": b"<![CDATA[ x ]]><p>" + b"\x00" * 10,
    "surrogate.txt": "a \ud800 b".encode("utf-8", "surrogatepass"),
    "nothing.txt": b"\n \n\t\n",
    "long_line.txt": b"word " * 200_000,
    "one_word.txt": b"x" * 500_000,
    "bom.txt": b"\xff\xfe",
    "placeholder.html": article(head='<meta property="article:published_time" content="0001-01-01T00:00:00">').encode(),
    "half_emoji.html": article(
        head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay \\ud83d"}</script>'
    ).encode(),
    "menus.txt": "\n".join(f"Menu entry number {n} of the quay" for n in range(8_000)).encode() + b"\n",
    "headings.html": html("".join(f"<div>Related stories</div><p>{n}</p>" for n in range(4_000))).encode(),
    "long_body.txt": ("\n".join(REPORT) + "\n").encode() * 4_000,
    "broken.txt.gz": gzip.compress(b"text " * 500)[:-30],
    "not_gzip.html.gz": b"plain",
    "bomb.txt.gz": gzip.compress(b"0" * 20_000_000),
}


def test_hostile_pages_cost_one_page_each_and_not_the_night(sources: Path, tmp_path: Path) -> None:
    for name, page in HOSTILE.items():
        write(tmp_path, FIRST, name, page)
    write(tmp_path, FIRST, "z.html", article())
    build = run(sources, FIRST, tmp_path / "home")
    fates = dict(rows(build, "select origin, coalesce(reason, fate) from raw.pages"))
    assert set(fates) == {"a.txt", "z.html", *HOSTILE}
    assert fates["a.txt"] == fates["z.html"] == "accepted"
    expected = {
        "empty.html": "empty",
        "binary.html": "binary",
        "broken.txt.gz": "broken_gzip",
        "not_gzip.html.gz": "broken_gzip",
        "bomb.txt.gz": "too_large",
    }
    assert expected.items() <= fates.items()
    assert rows(
        build, "select count(*) from raw.pages where fate = 'quarantined' and (reason is null or detail is null)"
    ) == [(0,)]


def test_a_fault_in_annotation_costs_one_page(monkeypatch: pytest.MonkeyPatch, sources: Path, tmp_path: Path) -> None:
    whole = annotate.annotate_page

    def faulty(page: ParsedPage, *rest: object) -> AnnotatedPage:
        if page.page.origin == "b.txt":
            raise OverflowError("date value out of range")
        return whole(page, *rest)  # type: ignore[arg-type]

    write(tmp_path, FIRST, "b.txt", "\n".join(OTHER))
    monkeypatch.setattr(annotate, "annotate_page", faulty)
    build = run(sources, FIRST, tmp_path / "home")
    assert rows(build, "select origin, fate, reason, detail from raw.pages order by origin") == [
        ("a.txt", "accepted", None, None),
        ("b.txt", "quarantined", "parse_error", "OverflowError: date value out of range"),
    ]


def test_no_alarm_is_left_behind(sources: Path, tmp_path: Path) -> None:
    run(sources, FIRST, tmp_path / "home")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_page_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch, sources: Path, tmp_path: Path) -> None:
    def never(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(steps, "parse_page", never)
    monkeypatch.setattr(steps, "_SECONDS_PER_PAGE", 1)
    build = run(sources, FIRST, tmp_path / "home")
    assert rows(build, "select reason, detail from raw.pages") == [
        ("parse_error", "TimeoutError: reading it took longer than 1 s")
    ]


def test_templates_are_learned_over_nights_and_applied(sources: Path, tmp_path: Path) -> None:
    home, slogan = (
        tmp_path / "home",
        "The Tarn Post has been printed on the old quay every day since 1871, come rain or shine.",
    )
    (tmp_path / "sources.yml").write_text(
        'outlets:\n  - {id: post, name: Post}\nsources:\n  - {id: post, outlet: post, folder: "{night}"}\n'
    )
    for night, number in ((FIRST, 0), (FIRST, 1), (SECOND, 2)):
        text = [f"{line} Case {number}." for line in REPORT]
        write(tmp_path, night, f"s{number}.txt", "\n".join([*text, slogan, *(line.upper() + "." for line in text)]))
    build = run(sources, FIRST, home)
    assert rows(build, "select count(*) from raw.spans where zone = 'template'") == [(0,)]
    build = run(sources, SECOND, home)
    assert rows(build, "select pages, example from raw.outlet_templates where example like 'The Tarn%'") == [
        (3, slogan)
    ]
    assert rows(build, "select night, trim(text, chr(10)) from raw.spans where zone = 'template'") == [(SECOND, slogan)]
    # An old night is read with what was known then: running it again changes nothing.
    assert rows(run(sources, FIRST, home), f"from raw.spans where zone = 'template' and night = '{FIRST}'") == []


def test_versions_of_one_url_do_not_make_a_template(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text("sources:\n  - {id: rows, rows: rows.jsonl}\n")
    versions = [
        {"id": str(n), "url": "https://tarnpost.example/a", "text": "\n".join([*REPORT, f"Update {n}."])}
        for n in range(4)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, versions)))
    build = run(tmp_path / "sources.yml", FIRST, tmp_path / "home")
    assert rows(build, "select count(*) from raw.pages") == [(4,)]
    assert rows(build, "select count(*) from raw.outlet_templates") == [(0,)]


def test_shards_do_not_change_what_is_stored(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        write(tmp_path, FIRST, f"s{number}.txt", "\n".join(f"{line} Case {number}." for line in REPORT))
    whole = content(run(sources, FIRST, tmp_path / "whole"))
    monkeypatch.setattr(steps, "PAGES_PER_SHARD", 2)
    assert len(steps.collect(sources, FIRST, tmp_path / "parts")) == 3
    assert content(run(sources, FIRST, tmp_path / "parts")) == whole


def test_a_load_that_fails_half_way_leaves_the_night_as_it_was(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    before = content(run(sources, FIRST, home))
    monkeypatch.setattr(warehouse, "_merge_outlets", fail)
    build = steps.work_folder(home, FIRST) / "build" / "dateline.duckdb"
    with pytest.raises(RuntimeError, match="half way"):
        steps.load(home, FIRST)
    assert content(build) == before


def fail(*_: object) -> None:
    raise RuntimeError("half way")


@pytest.mark.parametrize("name", ["o'brien", "a[1]", "star*", "spaces and ünïcode"])
def test_a_warehouse_may_lie_in_any_folder(sources: Path, tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    run(sources, FIRST, home)
    assert rows(run(sources, SECOND, home), "select count(*) from raw.documents") == [(1,)]


def test_file_names_that_are_no_unicode_cost_nothing(sources: Path, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / FIRST.isoformat())
    with open(folder + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123 - pathlib has no byte paths
        file.write("\n".join(OTHER).encode())
    build = run(sources, FIRST, tmp_path / "home")
    assert rows(build, "select fate, count(*) from raw.pages group by all") == [("accepted", 2)]


def test_templates_are_forgotten_after_a_month(sources: Path, tmp_path: Path) -> None:
    home, slogan = tmp_path / "home", "The Tarn Post has been printed on the old quay every single day since 1871."
    (tmp_path / "sources.yml").write_text(
        'outlets:\n  - {id: post, name: Post}\nsources:\n  - {id: post, outlet: post, folder: "{night}"}\n'
    )
    late = date(2026, 3, 8)
    (tmp_path / late.isoformat()).mkdir()
    for night, number in ((FIRST, 0), (FIRST, 1), (late, 2)):
        write(tmp_path, night, f"s{number}.txt", "\n".join([f"{line} Case {number}." for line in REPORT] + [slogan]))
    run(sources, FIRST, home)
    assert rows(run(sources, late, home), "select count(*) from raw.outlet_templates") == [(0,)]


def test_a_failed_load_leaves_the_release_as_it_was(sources: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(sources, FIRST, home)
    release = current_release(home)
    assert release is not None
    before = release.read_bytes()
    (steps.work_folder(home, FIRST) / "templates.parquet").unlink()
    with pytest.raises(duckdb.Error):
        steps.load(home, FIRST)
    assert release.read_bytes() == before
