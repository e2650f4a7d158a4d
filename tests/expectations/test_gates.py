"""A gate keeps its results, writes its page, lets go of the file, and stops what must be stopped."""

import json
import logging
import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.errors import BuildFileMissing, ExpectationsError, GateFailed, UnknownGate
from expectations.gates import run_gate

NIGHT = date(2026, 1, 5)


def results(build_file: Path, gate: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(build_file), read_only=True) as connection:
        return connection.execute(
            "select expectation, severity, is_met, observed from raw.quality_results where night = ? and gate = ? "
            "order by expectation",
            [NIGHT, gate],
        ).fetchall()


def plant(build_file: Path, statement: str) -> None:
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(statement)


def test_a_gate_that_passes_returns_its_report_and_keeps_its_results(build_file: Path, tmp_path: Path) -> None:
    report = run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    assert not report.stopped
    assert not report.warned
    kept = results(build_file, "arrived")
    assert len(kept) == len(report.outcomes) >= 20
    assert all(row[2] for row in kept)


def test_a_second_run_replaces_the_results_of_its_night_and_gate_only(build_file: Path, tmp_path: Path) -> None:
    plant(
        build_file,
        "insert into raw.quality_results values ('2026-01-04', 'arrived', 1, 'older', 'warn', true, '', '', '', ''),"
        "('2026-01-05', 'built', 1, 'other', 'warn', true, '', '', '', '')",
    )
    first = run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    assert len(results(build_file, "arrived")) == len(first.outcomes)
    assert len(results(build_file, "built")) == 1
    with duckdb.connect(str(build_file), read_only=True) as connection:
        assert connection.execute(
            "select expectation from raw.quality_results where night = '2026-01-04'"
        ).fetchall() == [("older",)]


def test_a_stop_raises_with_what_failed_and_what_to_do_and_where_the_page_is(build_file: Path, tmp_path: Path) -> None:
    plant(build_file, "delete from marts.publications where article_id = 'ap3'")
    with pytest.raises(GateFailed) as failure:
        run_gate(build_file, "built", NIGHT, tmp_path / "docs")
    message = str(failure.value)
    assert isinstance(failure.value, ExpectationsError)
    assert "STOP no_article_is_without_a_publication: found 1 row, such as article_id=ap3" in message
    assert "expected no such row" in message
    assert "Next: Follow the article's reference page" in message
    assert str(tmp_path / "docs" / "index.html") in message
    assert ("no_article_is_without_a_publication", "stop", False) in [row[:3] for row in results(build_file, "built")]


def test_an_edited_copy_in_a_script_without_spaces_is_a_copy(build_file: Path, tmp_path: Path) -> None:
    text = "霍尔姆与小斯凯里之间的夜间渡轮将于周一恢复航行，港务委员会在船尾坡道修理一周之后宣布了这一消息。"
    # A character changed in every clause, and the clauses cut elsewhere.
    edited = (
        text.replace("周一", "周二").replace("，", "").replace("一周之后", "七天，之后").replace("港务委", "港口委")
    )
    plant(build_file, f"update raw.documents set body = '{text}' where page_id = 'p1'")
    plant(build_file, f"update raw.documents set body = '{edited}' where page_id = 'p2'")
    plant(build_file, "delete from marts.mentions")
    report = run_gate(build_file, "built", NIGHT, tmp_path / "docs")
    outcomes = {outcome.expectation.name: outcome for outcome in report.outcomes}
    assert outcomes["every_copy_shares_text_with_its_reference"].is_met


def test_a_warning_lets_the_night_through(build_file: Path, tmp_path: Path) -> None:
    plant(build_file, "update marts.articles set body = body || ' {{free_limit}}' where article_id = 'ap3'")
    report = run_gate(build_file, "built", NIGHT, tmp_path / "docs")
    assert [outcome.expectation.name for outcome in report.warned] == ["no_body_carries_template_variables"]
    assert "{{free_limit}}" in report.warned[0].observed
    assert report.stopped == []


def test_a_check_that_cannot_run_stops_the_night_even_if_it_would_only_warn(build_file: Path, tmp_path: Path) -> None:
    plant(build_file, "alter table marts.publications drop column copy_order")
    with pytest.raises(
        GateFailed, match=r"STOP the_first_of_the_known_is_first: found the check could not run: .*copy_order"
    ):
        run_gate(build_file, "built", NIGHT, tmp_path / "docs")


def test_the_file_can_be_opened_for_writing_after_a_gate(build_file: Path, tmp_path: Path) -> None:
    run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    plant(build_file, "create table raw.proof as select 1 as one")
    assert not build_file.with_suffix(".duckdb.wal").exists()


def test_the_pages_load_nothing_from_the_network(build_file: Path, tmp_path: Path) -> None:
    plant(build_file, "update marts.articles set title = '<b>', completeness = '<b>' where article_id = 'ap3'")
    with pytest.raises(GateFailed):
        run_gate(build_file, "built", NIGHT, tmp_path / "docs")
    pages = sorted((tmp_path / "docs").rglob("*.html"))
    names = {page.name for page in pages}
    assert {"index.html", "built_rows.html", "built_measures.html"} <= names
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r"(?:src|href)=[\"'](?:https?:)?//[^\"']+\.(?:css|js|png|svg|ico)", text), page
        assert "<script" not in text
        assert not re.findall(r"url\([\"']?(?:https?:)?//", text)
        assert not re.findall(r"(?i)newsletter|walkthrough|<button|<input|data-toggle=\"collapse\"", text), page
        for link in re.findall(r"href=[\"']([^\"'#]+)", text):
            assert (page.parent / link).is_file(), (page, link)


def test_the_page_of_a_gate_puts_first_what_stopped_the_run(build_file: Path, tmp_path: Path) -> None:
    plant(build_file, "update marts.articles set title = '<b>', completeness = '<b>' where article_id = 'ap3'")
    with pytest.raises(GateFailed):
        run_gate(build_file, "built", NIGHT, tmp_path / "docs")
    text = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert text.index("What stopped the run") < text.index("No article is graded too well") < text.index("What holds")
    assert "title=&lt;b&gt;" in text
    assert "<b>" not in text


def test_every_link_of_the_page_of_a_gate_leads_somewhere(build_file: Path, tmp_path: Path) -> None:
    report = run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    links = re.findall(r"href='([^'#]+)(?:#([^']+))?'", report.page.read_text(encoding="utf-8"))
    assert {link.rsplit("/", 1)[1] for link, _ in links} == {
        "arrived_measures.html",
        "arrived_rows.html",
        "load.html",
        "extraction.html",
        "drift.html",
    }
    for link, anchor in links:
        assert f"id='{anchor}'" in (tmp_path / "docs" / link).read_text(encoding="utf-8") or not anchor
    assert "../index.html" in (tmp_path / "docs" / "data_docs" / "index.html").read_text(encoding="utf-8")


def test_a_refused_night_is_remembered_by_the_nights_after_it(build_file: Path, tmp_path: Path) -> None:
    """Its build is thrown away, with the results in it; only the file beside the warehouse knows."""
    refused = tmp_path / "refused.duckdb"
    shutil.copy(build_file, refused)
    plant(refused, "delete from marts.publications where article_id = 'ap3'")
    with pytest.raises(GateFailed):
        run_gate(refused, "built", date(2026, 1, 4), tmp_path / "docs", tmp_path / "history")
    plant(build_file, "delete from marts.publications where article_id = 'ap3'")
    with pytest.raises(GateFailed, match=r"STOP no_article_is_without.*\(so since the night 2026-01-04\)"):
        run_gate(build_file, "built", NIGHT, tmp_path / "docs", tmp_path / "history")
    page = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert "<dt>Since</dt><dd>the night 2026-01-04</dd>" in page
    assert "Readers still see the release before it" in page
    with duckdb.connect(str(build_file), read_only=True) as connection:
        kept = connection.execute(
            "select night, count(*) filter (not is_met) > 0 from raw.quality_results group by all order by all"
        ).fetchall()
    assert kept == [(date(2026, 1, 4), True), (NIGHT, True)]


def runs_kept(build_file: Path, gate: str) -> list[tuple[int, bool]]:
    """Number of each run of the night, and whether all was met in it."""
    with duckdb.connect(str(build_file), read_only=True) as connection:
        return connection.execute(
            "select run_no, bool_and(is_met) from raw.quality_results where night = ? and gate = ? "
            "group by all order by all",
            [NIGHT, gate],
        ).fetchall()


def test_a_published_night_that_is_refused_when_run_again_keeps_both_verdicts(build_file: Path, tmp_path: Path) -> None:
    """The refused build is thrown away; the next one begins with the release, which knows the first run only."""
    history = tmp_path / "history"
    run_gate(build_file, "built", NIGHT, tmp_path / "docs", history)
    again = Path(shutil.copy(build_file, tmp_path / "again.duckdb"))
    plant(again, "delete from marts.publications where article_id = 'ap3'")
    with pytest.raises(GateFailed):
        run_gate(again, "built", NIGHT, tmp_path / "docs", history)
    assert runs_kept(build_file, "built") == [(1, True)]
    run_gate(build_file, "arrived", NIGHT, tmp_path / "docs", history)
    assert runs_kept(build_file, "built") == [(1, True), (2, False)]
    report = run_gate(build_file, "built", date(2026, 1, 6), tmp_path / "docs", history)
    assert report.since["no_article_is_without_a_publication"] == NIGHT
    run_gate(build_file, "built", NIGHT, tmp_path / "docs", history)
    assert runs_kept(build_file, "built") == [(1, True), (2, False), (3, True)]


def test_a_night_that_is_run_again_without_a_change_leaves_the_same_rows_and_files(
    build_file: Path, tmp_path: Path
) -> None:
    plant(build_file, "update marts.articles set body = body || ' &amp; {{x}}' where article_id = 'ap3'")
    kept = []
    for _ in range(2):
        run_gate(build_file, "built", NIGHT, tmp_path / "docs", tmp_path / "history")
        (file,) = (tmp_path / "history").iterdir()
        kept.append((runs_kept(build_file, "built"), results(build_file, "built"), file.read_bytes()))
    assert kept[0] == kept[1]
    assert kept[0][0] == [(1, False)]


def test_what_an_earlier_version_remembered_is_read(build_file: Path, tmp_path: Path) -> None:
    history = tmp_path / "history"
    history.mkdir()
    row = {"night": "2026-01-04", "gate": "arrived", "expectation": "no_accepted_body_is_blank", "severity": "stop"}
    (history / "2026-01-04.arrived.json").write_text(json.dumps([row | {"is_met": False}]), "utf-8")
    plant(build_file, "update raw.documents set body = ' ' where page_id = 'p3'")
    with pytest.raises(GateFailed) as failure:
        run_gate(build_file, "arrived", NIGHT, tmp_path / "docs", history)
    assert re.search(r"no_accepted_body_is_blank: .*so since the night 2026-01-04", str(failure.value))


def test_what_was_met_in_between_begins_anew(build_file: Path, tmp_path: Path) -> None:
    """Of the third night's two runs the second decides, and of the fourth's."""
    for day, run, is_met in ((1, 1, False), (2, 1, True), (3, 1, True), (3, 2, False), (4, 1, True), (4, 2, False)):
        plant(
            build_file,
            "insert into raw.quality_results values "
            f"('2026-01-0{day}', 'built', {run}, 'no_body_carries_markup', 'warn', {is_met}, '', '', '', '')",
        )
    plant(build_file, "update marts.articles set body = body || ' <br>' where article_id = 'ap3'")
    report = run_gate(build_file, "built", NIGHT, tmp_path / "docs")
    assert report.since == {"no_body_carries_markup": date(2026, 1, 3)}


def test_the_worst_bodies_are_shown_with_the_place_and_kept(build_file: Path, tmp_path: Path) -> None:
    plant(
        build_file,
        "update marts.articles set body = body || chr(10) || 'Also read: <b>pies</b> &amp; tea' "
        "where article_id = 'ap3';"
        "update marts.articles set body = body || chr(10) || 'Trending' where article_id = 'ap1'",
    )
    report = run_gate(build_file, "built", NIGHT, tmp_path / "docs")
    assert [(body.article_id, [name for name, _ in body.places]) for body in report.worst] == [
        ("ap3", ["markup", "teaser"]),
        ("ap1", ["teaser"]),
    ]
    assert "Also read: &lt;b&gt;pies&lt;/b&gt;" in report.page.read_text(encoding="utf-8")
    with duckdb.connect(str(build_file), read_only=True) as connection:
        assert connection.execute("select count(*) from raw.quality_findings where night = ?", [NIGHT]).fetchone() == (
            3,
        )


def test_a_rerun_leaves_no_pages_of_the_run_before(build_file: Path, tmp_path: Path) -> None:
    run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    before = sum(1 for _ in (tmp_path / "docs").rglob("*.html"))
    (tmp_path / "docs" / "stale.html").write_text("old", encoding="utf-8")
    run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    assert sum(1 for _ in (tmp_path / "docs").rglob("*.html")) == before


def test_a_gate_is_silent(
    build_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        run_gate(build_file, "arrived", NIGHT, tmp_path / "docs")
    assert [record.getMessage() for record in caplog.records if record.name.startswith("great_expectations")] == []
    assert capfd.readouterr() == ("", "")


def test_a_gate_nobody_built_is_refused(build_file: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownGate, match="use one of arrived, built"):
        run_gate(build_file, "served", NIGHT, tmp_path / "docs")


def test_a_missing_build_is_named_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(BuildFileMissing, match=r"none\.duckdb"):
        run_gate(tmp_path / "none.duckdb", "arrived", NIGHT, tmp_path / "docs")
    assert not (tmp_path / "none.duckdb").exists()
