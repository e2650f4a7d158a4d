"""What the report reads, section by section. Every query is bounded, so the page stays small on a large warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.report import charts
from serving.report.charts import COLOURS
from serving.report.parts import Figure, Report, Row, Section, Tile, ask, delay, many

if TYPE_CHECKING:
    import duckdb

    Connection = duckdb.DuckDBPyConnection

NIGHTS = 30  # a month, and what fits side by side
OUTLETS = 20
STORIES = 6
PUBLICATIONS_OF_A_STORY = 60
COPIED_ARTICLES = 12
NAMES = 12
ZONES = 10

FATES = {"accepted": COLOURS[0], "quarantined": COLOURS[2], "already seen": COLOURS[4]}
ORIGINS = {"own text": COLOURS[0], "agency, credited": COLOURS[1], "agency, not credited": COLOURS[3]}
ROLES = {"first known": COLOURS[2], "text of its own": COLOURS[0], "copy of a text": COLOURS[3]}
CREDITS = {
    "kept": COLOURS[1],
    "stripped": COLOURS[3],
    "changed": COLOURS[2],
    "agency's own": COLOURS[4],
    "none to keep": COLOURS[0],
}
KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
NAMED = {"person": COLOURS[0], "organisation": COLOURS[1], "place": COLOURS[2], "other": COLOURS[4]}


def read_report(connection: Connection) -> Report:
    """Everything the page says, from marts and reports."""
    build = ask(connection, "select * from marts.build_info")[0]
    night = str(build["latest_night"])
    nights = int(build["nights"] or 0)
    return Report(
        night=night,
        range=many(nights, "night") + (f", {build['first_night']} to {night}" if nights > 1 else ""),
        version=f"Dateline {build['project_version']}, read with {build['extractor_version']}",
        tiles=_tiles(connection, night),
        sections=[_overview(connection), _stories(connection), _copies(connection), _quality(connection, night)],
    )


def _tiles(connection: Connection, night: str) -> list[Tile]:
    counts = ask(
        connection,
        """
        select
            (select count(*) from marts.articles) as articles,
            (select count(*) from marts.articles where first_night = $night::date) as new_articles,
            (select count(*) from marts.publications) as publications,
            (select count(distinct outlet_id) from marts.publications) as outlets,
            (select count(*) from marts.stories) as stories,
            (select count(*) from reports.top_stories) as told_stories,
            (select count(*) from marts.copies where kind not in ('reference', 'update')) as copies,
            (select count(*) from reports.credit_stripped) as stripped,
            (select count(*) from marts.entities) as entities,
            (select count(*) from marts.entities where entity_type = 'PER') as people,
            (select count(*) from marts.quality_results
                where night = $night::date and is_latest_run and is_met) as met,
            (select count(*) from marts.quality_results
                where night = $night::date and is_latest_run and not is_met) as unmet
        """,
        night=night,
    )[0]
    number = {name: int(value or 0) for name, value in counts.items()}
    return [
        Tile("articles", number["articles"], f"{number['new_articles']:,} new this night"),
        Tile("publications", number["publications"], f"of {many(number['outlets'], 'outlet')}"),
        Tile("stories", number["stories"], f"{number['told_stories']:,} of two articles or more"),
        Tile("copies", number["copies"], f"{number['stripped']:,} without the agency's credit"),
        Tile("names", number["entities"], f"{number['people']:,} people among them"),
        Tile("checks met", number["met"], f"{number['unmet']:,} to look at"),
    ]


def _overview(connection: Connection) -> Section:
    return Section(
        "overview",
        "Nights and outlets",
        "What came in, and who published how much.",
        [_nights(connection), _outlets(connection), _days(connection), _names(connection)],
    )


def _nights(connection: Connection) -> Figure:
    rows = ask(
        connection,
        f"""
        select night, pages, accepted, quarantined, already_seen, new_articles, new_stories, undated_articles
        from (from reports.night_summary order by night desc limit {NIGHTS}) order by night
        """,
    )
    title = "Pages of each night, by what became of them"
    parts: list[Row] = [
        {"night": row["night"], "fate": fate, "pages": row[fate.replace(" ", "_")]} for row in rows for fate in FATES
    ]
    return Figure(
        "nights",
        title,
        "Every page has one fate. A quarantined page is kept with its reason.",
        {
            "night": "night",
            "pages": "pages",
            "accepted": "accepted",
            "quarantined": "quarantined",
            "already_seen": "already seen",
            "new_articles": "new articles",
            "new_stories": "new stories",
            "undated_articles": "without a date",
        },
        rows,
        charts.stacked_bars(parts, "night", "pages", "fate", FATES, title, is_upright=True) if rows else None,
        FATES,
    )


def _outlets(connection: Connection) -> Figure:
    rows = ask(
        connection,
        f"""
        select
            coalesce(outlet_name, 'unknown outlet') as outlet,
            count(*) filter (where articles.agency is null) as own,
            count(*) filter (where articles.agency is not null and credit in ('kept', 'own')) as credited,
            count(*) filter (where articles.agency is not null and credit not in ('kept', 'own')) as uncredited,
            count(*) as publications
        from marts.publications
        inner join marts.articles using (article_id)
        left join marts.outlets using (outlet_id)
        group by outlet_id, outlet_name
        order by publications desc, outlet
        limit {OUTLETS}
        """,
    )
    title = "Publications of each outlet, by whose text it is"
    parts: list[Row] = [
        {"outlet": row["outlet"], "origin": origin, "publications": row[key]}
        for row in rows
        for origin, key in zip(ORIGINS, ("own", "credited", "uncredited"), strict=True)
    ]
    return Figure(
        "outlets",
        title,
        f"Up to {OUTLETS} outlets, those with most first. Not credited: the agency is known from another copy.",
        {
            "outlet": "outlet",
            "own": "own text",
            "credited": "agency, credited",
            "uncredited": "agency, not credited",
            "publications": "all",
        },
        rows,
        charts.stacked_bars(parts, "outlet", "publications", "origin", ORIGINS, title) if rows else None,
        ORIGINS,
    )


def _days(connection: Connection) -> Figure:
    latest = ask(connection, f"select day from reports.days order by day desc limit {NIGHTS}")
    days = sorted(str(row["day"]) for row in latest)
    rows = ask(
        connection,
        f"""
        with
            days as (select day from reports.days order by day desc limit {NIGHTS}),
            outlets as (
                select outlet_id, outlet_name as outlet, sum(publications) as total from reports.outlet_days
                inner join days on published_date = day
                group by outlet_id, outlet_name order by total desc, outlet, outlet_id limit {OUTLETS}
            )
        select outlet, day, sum(publications)::bigint as publications, sum(articles)::bigint as articles
        from reports.outlet_days
        inner join days on published_date = day
        inner join outlets using (outlet_id)
        group by outlet_id, outlet, total, day
        order by total desc, outlet, outlet_id, day
        """,
    )
    title = "Who published when"
    return Figure(
        "days",
        title,
        f"Publications whose day is known, of the last {NIGHTS} days up to the latest night. An empty cell is a day "
        "without any: a gap in the source, or a quiet day.",
        {"outlet": "outlet", "day": "day", "publications": "publications", "articles": "distinct articles"},
        rows,
        charts.day_grid(rows, days, "day", "outlet", "publications", title) if rows else None,
    )


def _names(connection: Connection) -> Figure:
    rows = ask(
        connection,
        f"""
        select canonical_name as name, entity_type as kind, articles, mentions from marts.entities
        order by articles desc, mentions desc, name, entity_id limit {NAMES}
        """,
    )
    rows = [{**row, "kind": KINDS.get(str(row["kind"]), str(row["kind"]))} for row in rows]
    title = "Named in most articles"
    return Figure(
        "names",
        title,
        "One vote per distinct text; menus and teasers are not read.",
        {"name": "name", "kind": "kind", "articles": "articles", "mentions": "mentions"},
        rows,
        charts.stacked_bars(rows, "name", "articles", "kind", NAMED, title) if rows else None,
        NAMED,
    )


def _stories(connection: Connection) -> Section:
    stories = ask(connection, f"select * from reports.top_stories where place <= {STORIES} order by place")
    return Section(
        "stories",
        "Top stories",
        "Those that most independent newsrooms told, one vote per distinct text. Times are UTC.",
        [_story(connection, row) for row in stories],
        "No story has two articles yet.",
    )


def _story(connection: Connection, story: Row) -> Figure:
    rows = ask(
        connection,
        f"""
        select
            coalesce(outlet_name, 'unknown outlet') as outlet,
            coalesce(publications.title, articles.title, 'without a headline') as headline,
            publications.published_at as at,
            publications.published_date as day,
            case
                when publications.published_at = min(publications.published_at) over () then 'first known'
                when copies.kind = 'reference' then 'text of its own'
                else 'copy of a text'
            end as role
        from marts.story_articles
        inner join marts.articles using (article_id)
        inner join marts.publications using (article_id)
        inner join marts.copies on copies.copy_id = publications.page_id
        left join marts.outlets using (outlet_id)
        where story_articles.story_id = $story
        order by publications.published_at, publications.published_date, outlet, publications.publication_id
        limit {PUBLICATIONS_OF_A_STORY}
        """,
        story=story["story_id"],
    )
    rows = [{**row, "when": _when(row)} for row in rows]
    undated = sum(row["day"] is None for row in rows)
    dated: list[Row] = [{**row, **_extent(row)} for row in rows if row["day"] is not None]
    told = [
        f"{many(_number(story, 'articles'), 'article')} of {many(_number(story, 'outlets'), 'outlet')}, "
        f"{many(_number(story, 'newsrooms'), 'independent newsroom')}"
    ]
    if undated:
        told.append(f"{many(undated, 'publication')} without a known day, in the table only")
    if _number(story, "publications") > len(rows):
        told.append(f"the first {len(rows)} of {_number(story, 'publications'):,} publications")
    label = str(story["label"] or "A story without a headline")
    return Figure(
        f"story-{story['place']}",
        label,
        "; ".join(told) + ".",
        {"when": "published (UTC)", "outlet": "outlet", "headline": "headline", "role": "role"},
        rows,
        charts.timeline(dated, ROLES, f"Timeline of the story: {label}") if dated else None,
        ROLES,
    )


def _when(row: Row) -> str:
    if row["at"] is not None:
        return str(row["at"])[:16].replace("T", " ")
    return f"{row['day']}, minute unknown" if row["day"] is not None else "unknown"


def _extent(row: Row) -> Row:
    if row["at"] is not None:
        return {"known": "minute", "from": row["at"], "to": row["at"]}
    return {"known": "day", "from": f"{row['day']}T00:00:00Z", "to": f"{row['day']}T23:59:59Z"}


def _copies(connection: Connection) -> Section:
    rows = ask(
        connection,
        f"""
        with
            copied as (
                select article_id, count(*) as publications, min(published_date) as day
                from reports.copy_spread
                group by article_id
                order by publications desc, day desc nulls last, article_id
                limit {COPIED_ARTICLES}
            )
        select
            coalesce(article_title, 'without a headline') as title,
            coalesce(agency, '') as agency,
            coalesce(outlet_name, 'unknown outlet') as outlet,
            if(kind = 'reference', 'fullest text', kind) as kind,
            case credit when 'none' then 'none to keep' when 'own' then 'agency''s own' else credit end as credit,
            headline,
            minutes_after_first_known as minutes,
            round(minutes_after_first_known / 60, 2) as hours,
            words_added as added,
            words_removed as removed
        from reports.copy_spread
        inner join copied using (article_id)
        order by publications desc, day desc nulls last, article_id, minutes nulls last, outlet, publication_id
        """,
    )
    rows = [{**row, "after": delay(_number(row, "minutes") if row["minutes"] is not None else None)} for row in rows]
    timed = [row for row in rows if row["minutes"] is not None]
    title = "How soon copies followed, and what became of the credit"
    columns = {
        "title": "article",
        "agency": "agency",
        "outlet": "outlet",
        "after": "when",
        "kind": "kind",
        "credit": "credit",
        "headline": "headline",
        "added": "words added",
        "removed": "words removed",
    }
    what = "What each outlet did with the text"
    spread = Figure(
        "spread",
        title,
        f"The {COPIED_ARTICLES} texts most outlets ran. Copies without a known time have no dot, for nobody knows "
        "their order.",
        {key: columns[key] for key in ("title", "outlet", "after", "credit")},
        rows,
        charts.spread(timed, CREDITS, title) if timed else None,
        CREDITS,
        is_wide=True,
    )
    changes = Figure(
        "changes", what, "Words are counted against the fullest text.", columns, rows, is_wide=True, is_open=True
    )
    return Section(
        "copies",
        "Copies",
        "One text, many outlets: copies are counted, not deleted.",
        [spread, changes] if rows else [],
        "No text was run by two outlets yet.",
    )


def _quality(connection: Connection, night: str) -> Section:
    return Section(
        "quality",
        "Quality",
        "How far the numbers above can be trusted.",
        [
            _checks(connection, night),
            _bars(
                connection,
                "grades",
                "Grades of the articles",
                "A: body, title, outlet and a sure date are all there. F: hardly anything is.",
                "grade",
                "select grade, count(*) as articles from marts.articles group by grade order by grade",
            ),
            _bars(
                connection,
                "dates",
                "Where publication times were read",
                "A crawl date is never a publication date; inherited days come from a proven copy.",
                "source",
                """
                select coalesce(replace(published_source, '_', ' '), 'unknown') as source, count(*) as articles
                from marts.articles group by source order by articles desc, source
                """,
            ),
            _bars(
                connection,
                "cut",
                "What was cut from the pages",
                f"The {ZONES} largest kinds; every piece is kept in removed_spans, with the rule that cut it.",
                "kind",
                f"""
                select zone as kind, sum(end_offset - start_offset)::bigint as characters
                from marts.removed_spans where zone <> 'blank'
                group by zone order by characters desc, kind limit {ZONES}
                """,
                "characters",
            ),
            _bars(
                connection,
                "reasons",
                "Why pages were set aside",
                "Quarantined pages of all nights: kept, counted, not published.",
                "reason",
                """
                select replace(reason, '_', ' ') as why, sum(pages)::bigint as pages
                from marts.run_balance_reasons group by why order by pages desc, why
                """.replace("why", "reason_text"),
                "pages",
                "reason_text",
            ),
        ],
    )


def _bars(
    connection: Connection,
    name: str,
    title: str,
    note: str,
    heading: str,
    sql: str,
    value: str = "articles",
    label: str = "",
) -> Figure:
    label = label or heading
    rows = ask(connection, sql)
    chart = charts.bars(rows, label, value, title) if rows else None
    return Figure(name, title, note, {label: heading, value: value}, rows, chart)


def _checks(connection: Connection, night: str) -> Figure:
    rows = ask(
        connection,
        """
        select replace(expectation, '_', ' ') as expectation, observed, expected, next_step
        from marts.quality_results
        where night = $night::date and is_latest_run and not is_met
        order by severity, expectation
        """,
        night=night,
    )
    met = ask(
        connection,
        "select count(*) as met from marts.quality_results where night = $night::date and is_latest_run and is_met",
        night=night,
    )[0]["met"]
    note = f"{met:,} expectations were met this night"
    return Figure(
        "checks",
        "Checks of the night",
        f"{note}, and these were not: they warn, and did not stop the night." if rows else f"{note}: all of them.",
        {"expectation": "expected", "observed": "found", "expected": "bound", "next_step": "what to do"},
        rows,
        is_wide=True,
        is_open=bool(rows),
    )


def _number(row: Row, key: str) -> int:
    return int(row[key] or 0)
