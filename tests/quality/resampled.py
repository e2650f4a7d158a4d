"""A large warehouse made of a small one: rows of the sample repeated under other ids, with texts of shuffled sentences.

It has the shape that readers meet: marts, reports and views as a release has them, with primary and foreign keys and
their indexes, dates over a year, a long tail of names, texts of natural words. What it says is nonsense. Of the layers
before the marts it has what views read: the rest is never asked, and would only make copies longer.
"""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

NIGHTS = 120  # times the three nights of the sample: about a year
OUTLETS = 25  # times the eight outlets of the sample
ROUNDS_OF_A_NAME = 20  # rounds that name the same entities: names of all frequencies
RARE_WORDS = 500_000  # the vocabulary of a year of news, beside the few thousand words of the sample

# Tables that do not grow with the articles, and how often their rows are repeated.
_REPEATED = {
    "agencies": 1,
    "build_info": 1,
    "nights": NIGHTS,
    "run_balance": NIGHTS,
    "run_balance_reasons": NIGHTS,
    "quality_results": NIGHTS,
    "outlets": OUTLETS,
    "outlet_templates": OUTLETS,
    "outlet_nights": OUTLETS,
    "agency_share": NIGHTS * OUTLETS,
    "language_nights": NIGHTS,
    "outlet_drift": NIGHTS,
    "quality_findings": NIGHTS,
}
# As their models say, and pieces of pages as nights bring them: by page. Rows of others lie as those of the sample.
_ORDERED = {
    "mentions": "entity_id, article_id",
    "article_entities": "entity_id, article_id",
    "removed_spans": f"round % {NIGHTS}, page_id, span_no",
}
_ENTITIES = {"entities", "entity_aliases", "entity_pairs_judged", "entity_roles", "entity_lineage", "entity_pairs"}
_NAMES = {"canonical_name", "other_canonical_name", "name", "other_name"}
_WORDED = {"title", "label", "lead", "article_title", "quotes.text"}  # columns of any table, or of one
_UNCHANGED = {"source_id", "build_id", "linked_id", "block_id"}
_NAME = re.compile(r"\b(raw|staging|intermediate|marts|reports)\.(\w+)")
_POOLS = """
    set variable pool = (
        select list(distinct word order by word) from (
            select unnest(regexp_extract_all(body, '\\w{3,}')) as word from sample.marts.articles
        )
    );
    set variable sentences = (
        select list(distinct sentence order by sentence) from (
            select unnest(regexp_split_to_array(body, '\\. |\\n\\n')) as sentence from sample.marts.articles
        ) where length(sentence) > 40
    );
    create temp macro one_of(pool, seed, place) as pool[1 + (hash(seed, place) % len(pool))::bigint];
    create temp macro some_words(seed, most) as
        array_to_string(list_transform(range(most), lambda place: one_of(getvariable('pool'), seed, place)), ' ');
    create temp macro some_text(seed) as array_to_string(
        list_transform(
            range(8 + (hash(seed, 'length') % 24)::bigint),
            lambda place: one_of(getvariable('sentences'), seed, place) || if(
                place % 3 = 0, '. Rare' || (hash(seed, place, 'rare') % getvariable('rare_words'))::varchar || '.', '.'
            )
        ),
        chr(10) || chr(10)
    );
"""


def write_resampled(sample: Path, target: Path, articles: int) -> int:
    """Write a warehouse of at least so many articles to `target`; return how many it has.

    Args:
        sample: a release of the sample.
        target: a file named dateline.duckdb that is not there yet; its views name their catalogue.
        articles: how many at least.
    """
    with duckdb.connect(str(target), config={"storage_compatibility_version": "v1.2.0"}) as connection:
        connection.execute("set timezone = 'UTC'; set preserve_insertion_order = true")
        connection.execute(f"attach '{sample}' as sample (read_only)")
        for schema in ("raw", "staging", "intermediate", "marts", "reports"):
            connection.execute(f"create schema {schema}")
        connection.execute(f"set variable rare_words = {RARE_WORDS}")
        connection.execute(_POOLS)
        ((few,),) = connection.execute("select count(*) from sample.marts.articles").fetchall()
        rounds = -(-articles // few)
        views = _views(connection)
        for schema, table, made in _tables(connection, views):
            connection.execute(made)
            connection.execute(_repeated(connection, schema, table, rounds))
        for view in views:
            connection.execute(view)
        connection.execute("detach sample")
        return rounds * few


def _views(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Statements that make the views of marts and reports, after those of staging that they read."""
    made = {
        (schema, view): statement.replace("sample.", "")
        for schema, view, statement in connection.execute(
            "select schema_name, view_name, sql from duckdb_views() where database_name = 'sample' and not internal"
        ).fetchall()
    }
    shown = {name: statement for name, statement in made.items() if name[0] in {"marts", "reports"}}
    named = set(_NAME.findall(" ".join(shown.values())))
    staged = sorted(name for name in made if name[0] == "staging" and name in named)
    order = TopologicalSorter(
        {name: sorted(set(_NAME.findall(made[name])) & set(shown) - {name}) for name in sorted(shown)}
    )
    return [made[name] for name in [*staged, *order.static_order()]]


def _tables(connection: duckdb.DuckDBPyConnection, views: list[str]) -> list[tuple[str, str, str]]:
    """Schema and name of the tables that marts, reports and their views read, and what makes them; parents first."""
    made = {
        (schema, table): statement.replace("sample.", "")
        for schema, table, statement in connection.execute(
            "select schema_name, table_name, sql from duckdb_tables() where database_name = 'sample' "
            "and schema_name in ('marts', 'reports', 'intermediate', 'raw') order by all"
        ).fetchall()
    }
    named = set(_NAME.findall(" ".join(views)))
    wanted = [name for name in made if name[0] in {"marts", "reports"} or name in named]
    parents: dict[tuple[str, str], set[tuple[str, str]]] = {name: set() for name in wanted}
    for schema, table, parent in connection.execute(
        "select schema_name, table_name, referenced_table from duckdb_constraints() "
        "where database_name = 'sample' and constraint_type = 'FOREIGN KEY'"
    ).fetchall():
        parents[schema, table].add((schema, parent))
    return [(*name, made[name]) for name in TopologicalSorter(parents).static_order()]


def _repeated(connection: duckdb.DuckDBPyConnection, schema: str, table: str, rounds: int) -> str:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = 'sample' "
        "and schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    names = max(1, rounds // ROUNDS_OF_A_NAME)
    times = names if table in _ENTITIES else _REPEATED.get(table, rounds)
    chosen = ", ".join(f"{_column(name, kind, table, names)} as {name}" for name, kind in columns)
    # Round after round, as nights are loaded: in the order that the models write.
    return (
        f"insert into {schema}.{table} by name select {chosen} "
        f"from range({times}) as rounds (round), sample.{schema}.{table} as given "
        f"order by {_ORDERED.get(table, 'round, given.rowid')}"
    )


def _column(name: str, kind: str, table: str, names: int) -> str:
    if name.endswith("_id") and name not in _UNCHANGED:
        copies = OUTLETS if name.endswith("outlet_id") else names if name.endswith("entity_id") else 2**31
        return f"given.{name} || if(round % {copies} = 0, '', '_' || round % {copies})"
    if kind in {"DATE", "TIMESTAMP"} and table not in {"outlet_nights", "build_info", "outlets"}:
        return f"(given.{name} - to_days(3 * (round % {NIGHTS})::integer))::{kind}"
    if name in _NAMES:
        return f"given.{name} || if(round = 0, '', ' ' || round)"
    if name in _WORDED or f"{table}.{name}" in _WORDED:
        return f"if(round = 0, given.{name}, some_words(concat(given.rowid, ' ', round), 9))"
    if name == "body":
        return f"if(round = 0, given.{name}, some_text(concat(given.rowid, ' ', round)))"
    return f"given.{name}"
