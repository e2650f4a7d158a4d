"""The summary counts what the marts hold and fits a terminal."""

import io
from datetime import date
from pathlib import Path

from rich.console import Console

from serving.releases import publish
from serving.summary import CutLine, StoryLine, render, summarise
from tests.serving.conftest import MakeBuild

RESULTS = (
    "insert into raw.quality_results values ('2026-01-05', 'arrived', 1, 'one_holds', 'stop', true, '', '', '', ''),"
    "('2026-01-05', 'built', 2, 'another_holds', 'stop', true, '', '', '', ''),"
    "('2026-01-05', 'built', 2, 'few_are_odd', 'warn', false, '', '', '', ''),"
    "('2026-01-05', 'built', 1, 'mended_since', 'stop', false, '', '', '', ''),"
    "('2026-01-04', 'built', 1, 'older', 'warn', false, '', '', '', '')"
)


def shown(home: Path, night: date | None = None, width: int = 100) -> str:
    written = io.StringIO()
    Console(width=width, file=written).print(render(summarise(home, night)))
    return written.getvalue()


def test_the_summary_counts_the_night_and_the_warehouse(make_build: MakeBuild, home: Path) -> None:
    release = publish(make_build(statement=RESULTS), home)
    summary = summarise(home)
    assert (summary.release, summary.night, summary.nights) == (release.name, date(2026, 1, 5), 2)
    assert summary.pages == 5
    assert summary.fates == [("accepted", 3), ("quarantined", 1), ("already_seen", 1)]
    assert summary.quarantine_reasons == [("section_front", 1)]
    assert (summary.articles, summary.new_articles, summary.publications, summary.outlets) == (3, 2, 4, 2)
    assert summary.extra_copies == [("near", 1)]
    assert summary.entities == [("PER", 1)]
    assert summary.most_named == [("Marit Ekholm", 1)]
    assert summary.stories == 3
    assert summary.top_stories[0] == StoryLine("Night ferry back on Monday", 1, 2, 2)
    assert summary.cut == [CutLine("nav", 285, 3)]
    assert summary.met == 2
    assert summary.warned == ["few_are_odd"]


def test_an_earlier_night_can_be_shown(make_build: MakeBuild, home: Path) -> None:
    publish(make_build(statement=RESULTS), home)
    summary = summarise(home, date(2026, 1, 4))
    assert summary.pages == 1
    assert summary.new_articles == 1
    assert summary.warned == ["older"]


def test_the_summary_fits_a_terminal_of_100_columns(make_build: MakeBuild, home: Path) -> None:
    long_label = "update marts.stories set label = repeat('A very long headline [with brackets] ', 9)"
    zones = (
        "insert into marts.removed_spans select 'p1', 'ap1', 10 + n, 'zone' || n, repeat('x', 50 - n::integer) "
        "from range(9) as numbers (n)"
    )
    publish(make_build(statement=f"{RESULTS};{long_label};{zones}"), home)
    lines = shown(home).splitlines()
    assert max(len(line) for line in lines) <= 100
    assert len(lines) <= 35
    text = "\n".join(lines)
    assert "5 in = 3 accepted + 1 quarantined + 1 already seen" in text
    assert "4 more zones" in text
    assert "[with brackets]" in text
    assert "few are odd" in text


def test_the_summary_ends_with_commands_to_try(make_build: MakeBuild, home: Path) -> None:
    publish(make_build(), home)
    text = " ".join(shown(home, width=300).split())
    assert f"duckdb -readonly {home}/current/dateline.duckdb" in text
    assert f"python -m serving.query --home {home}" in text


def test_a_night_that_brought_nothing_is_shown_as_such(make_build: MakeBuild, home: Path) -> None:
    publish(make_build("2026-01-06"), home)
    text = shown(home)
    assert "0 in = 0 accepted + 0 quarantined + 0 already seen" in text
    assert "nothing" in text
