"""What a night brought, on one screen."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from serving.reading import open_current
from serving.releases import DATABASE, current_release

if TYPE_CHECKING:
    from datetime import date

    import duckdb
    from rich.console import RenderableType

ENTITY_TYPES = {"PER": "people", "ORG": "organisations", "LOC": "places", "MISC": "other"}
ZONES_SHOWN = 6
BAR_WIDTH = 24
QUESTION = "select title, publications, outlets from marts.articles order by publications desc limit 5"

Counts = list[tuple[str, int]]


@dataclass(frozen=True)
class StoryLine:
    """One story: its label and how much was written about it, by how many outlets."""

    label: str
    articles: int
    publications: int
    outlets: int


@dataclass(frozen=True)
class CutLine:
    """One zone of what was cut from the night's pages."""

    zone: str
    characters: int
    spans: int


@dataclass(frozen=True)
class Summary:
    """Figures of one night, and of the warehouse it belongs to. Counts are pairs of a name and a number."""

    home: Path
    release: str
    night: date
    nights: int
    pages: int
    fates: Counts
    quarantine_reasons: Counts
    articles: int
    new_articles: int
    publications: int
    outlets: int
    extra_copies: Counts
    entities: Counts
    most_named: Counts
    stories: int
    top_stories: list[StoryLine]
    cut: list[CutLine]
    met: int
    warned: list[str]


def summarise(home: Path, night: date | None = None) -> Summary:
    """Read the current release.

    Args:
        home: Folder of the warehouse.
        night: Night to show; the latest one when left out.

    Raises:
        NoRelease: Nothing was published yet.
    """
    release = current_release(home)
    with open_current(home) as connection:
        shown = night or release.night
        results = _results(connection, shown)
        return Summary(
            home=home,
            release=release.name,
            night=shown,
            nights=_number(connection, "select count(*) from marts.run_balance"),
            pages=_number(
                connection, "select coalesce(sum(pages), 0) from marts.run_balance where night = $night", shown
            ),
            fates=_fates(connection, shown),
            quarantine_reasons=_counts(
                connection,
                "select reason, pages from marts.run_balance_reasons where night = $night order by pages desc, reason",
                shown,
            ),
            articles=_number(connection, "select count(*) from marts.articles"),
            new_articles=_number(connection, "select count(*) from marts.articles where first_night = $night", shown),
            publications=_number(connection, "select count(*) from marts.publications"),
            outlets=_number(connection, "select count(distinct outlet_id) from marts.publications"),
            extra_copies=_counts(
                connection,
                "select kind, count(*) as copies from marts.copies where kind <> 'reference' "
                "group by kind order by copies desc, kind",
            ),
            entities=_counts(
                connection,
                "select entity_type, count(*) as entities from marts.entities "
                "group by entity_type order by entities desc, entity_type",
            ),
            most_named=_counts(
                connection,
                "select canonical_name, articles from marts.entities "
                "order by articles desc, mentions desc, canonical_name limit 5",
            ),
            stories=_number(connection, "select count(*) from marts.stories"),
            top_stories=_top_stories(connection),
            cut=_cut(connection, shown),
            met=sum(is_met for _, is_met in results),
            warned=[expectation for expectation, is_met in results if not is_met],
        )


def render(summary: Summary) -> RenderableType:
    """The summary for a terminal of 100 columns."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="bold cyan", no_wrap=True, min_width=8)
    facts.add_column()
    facts.add_row("Pages", _pages(summary))
    facts.add_row("Articles", _articles(summary))
    facts.add_row("Entities", _entities(summary))
    facts.add_row("Cut", _cut_table(summary))
    facts.add_row("Stories", _story_table(summary))
    facts.add_row("Gates", _gates(summary))
    facts.add_row("Try", _commands(summary))
    release = f"release {summary.release}, {_many(summary.nights, 'night')}"
    title = Text.assemble(("Dateline", "bold"), f"  night {summary.night}  ", (release, "dim"))
    return Group(Rule(title, align="left", style="cyan"), Padding(facts, (1, 1, 0, 1)))


def _short(path: Path) -> str:
    """A path as short as it can be typed in the present folder."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _number(connection: duckdb.DuckDBPyConnection, sql: str, night: date | None = None) -> int:
    return int(connection.execute(sql, {"night": night} if night else None).fetchall()[0][0])


def _counts(connection: duckdb.DuckDBPyConnection, sql: str, night: date | None = None) -> Counts:
    rows = connection.execute(sql, {"night": night} if night else None).fetchall()
    return [(str(name), int(count)) for name, count in rows]


def _fates(connection: duckdb.DuckDBPyConnection, night: date) -> Counts:
    fates = dict(
        _counts(connection, "select fate, count(*) from marts.page_fates where night = $night group by fate", night)
    )
    return [(fate, fates.get(fate, 0)) for fate in ("accepted", "quarantined", "already_seen")]


def _top_stories(connection: duckdb.DuckDBPyConnection) -> list[StoryLine]:
    rows = connection.execute(
        "select label, articles, publications, outlets from marts.stories "
        "order by articles desc, publications desc, outlets desc, story_id limit 5"
    ).fetchall()
    return [StoryLine(str(label), articles, publications, outlets) for label, articles, publications, outlets in rows]


def _cut(connection: duckdb.DuckDBPyConnection, night: date) -> list[CutLine]:
    rows = connection.execute(
        "select zone, sum(length(text))::bigint as characters, count(*) as spans from marts.removed_spans "
        "inner join marts.page_fates using (page_id) where page_fates.night = $night and zone <> 'blank' "
        "group by zone order by characters desc, zone",
        {"night": night},
    ).fetchall()
    return [CutLine(*row) for row in rows]


def _results(connection: duckdb.DuckDBPyConnection, night: date) -> list[tuple[str, bool]]:
    """Expectations of both gates and whether they are met; of several runs of a gate the latest decides."""
    return connection.execute(
        "select expectation, is_met from raw.quality_results where night = $night "
        "qualify run_no = max(run_no) over (partition by gate) order by expectation",
        {"night": night},
    ).fetchall()


def _pages(summary: Summary) -> Text:
    sum_of_fates = " + ".join(f"{count:,} {fate.replace('_', ' ')}" for fate, count in summary.fates)
    text = Text.assemble((f"{summary.pages:,}", "bold"), f" in = {sum_of_fates}")
    if summary.quarantine_reasons:
        text.append(f"\nquarantined: {_listed(summary.quarantine_reasons)}", style="dim")
    return text


def _articles(summary: Summary) -> Text:
    text = Text.assemble(
        (f"{summary.articles:,}", "bold"),
        f" ({summary.new_articles:,} new) in {_many(summary.publications, 'publication')} "
        f"of {_many(summary.outlets, 'outlet')}",
    )
    extra = sum(count for _, count in summary.extra_copies)
    if extra:
        copies = f"{extra:,} extra {'copy' if extra == 1 else 'copies'}: {_listed(summary.extra_copies)}"
        text.append(f"\n{copies}", style="dim")
    return text


def _entities(summary: Summary) -> Text:
    total = sum(count for _, count in summary.entities)
    kinds = _listed([(ENTITY_TYPES.get(kind, kind), count) for kind, count in summary.entities])
    text = Text.assemble((f"{total:,}", "bold"), f" = {kinds}" if total else "")
    if summary.most_named:
        text.append(f"\nin most articles: {_ranked(summary.most_named)}", style="dim")
    return text


def _cut_table(summary: Summary) -> RenderableType:
    if not summary.cut:
        return Text("nothing", style="dim")
    total = sum(line.characters for line in summary.cut)
    spans = sum(line.spans for line in summary.cut)
    head = Text.assemble((f"{total:,}", "bold"), f" characters in {_many(spans, 'piece')}, all kept in removed_spans")
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    table.add_column(justify="right", style="dim")
    table.add_column(no_wrap=True, style="magenta")
    for line in _shortened(summary.cut):
        bar = "█" * max(1, round(BAR_WIDTH * line.characters / total))
        table.add_row(line.zone, f"{line.characters:,}", _many(line.spans, "piece"), bar)
    return Group(head, table)


def _shortened(lines: list[CutLine]) -> list[CutLine]:
    """The largest zones, and the rest as one line."""
    if len(lines) <= ZONES_SHOWN + 1:
        return lines
    rest = lines[ZONES_SHOWN:]
    characters, spans = sum(line.characters for line in rest), sum(line.spans for line in rest)
    return [*lines[:ZONES_SHOWN], CutLine(f"{len(rest)} more zones", characters, spans)]


def _story_table(summary: Summary) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=58)
    table.add_column(justify="right", style="dim", no_wrap=True)
    for story in summary.top_stories:
        table.add_row(Text(story.label), f"{_many(story.articles, 'article')}, {_many(story.outlets, 'outlet')}")
    return Group(Text(f"{summary.stories:,}", style="bold"), table)


def _gates(summary: Summary) -> Text:
    text = Text.assemble((f"{summary.met:,} expectations met", "green"))
    if summary.warned:
        text.append(f", {len(summary.warned)} warned", style="yellow")
        text.append("\n" + "\n".join(name.replace("_", " ") for name in summary.warned), style="dim")
    return text


def _commands(summary: Summary) -> RenderableType:
    folder = _short(summary.home)
    home = "" if folder == "warehouse" else f" --home {folder}"
    return Group(
        Text(f'duckdb -readonly {folder}/current/{DATABASE} "{QUESTION}"', overflow="fold"),
        Text(f'{_short(Path(sys.executable))} -m serving.query{home} "{QUESTION}"', overflow="fold"),
    )


def _listed(counts: Counts) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts)


def _ranked(counts: Counts) -> str:
    return ", ".join(f"{name} ({count:,})" for name, count in counts)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else noun + 's'}"
