"""A large warehouse made of a small one: rows of the sample repeated under other ids, with texts of shuffled sentences.

It has the shape that readers meet (keys, dates over a year, a long tail of names, texts of natural words), so that
questions can be timed. What it says is nonsense.
"""

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
    "language_nights": NIGHTS,
}
_ENTITIES = {"entities", "entity_aliases"}
_WORDED = {"title", "label", "lead"}
_UNCHANGED = {"source_id", "build_id", "linked_id", "block_id"}
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
        connection.execute("create schema raw; create schema staging; create schema marts; create schema reports")
        connection.execute(f"set variable rare_words = {RARE_WORDS}")
        connection.execute(_POOLS)
        ((few,),) = connection.execute("select count(*) from sample.marts.articles").fetchall()
        rounds = -(-articles // few)
        for schema, table in _tables(connection):
            connection.execute(_repeated(connection, schema, table, rounds))
        for (view,) in connection.execute(
            "select sql from duckdb_views() where database_name = 'sample' and not internal "
            "and (schema_name = 'reports' or view_name = 'stg_nights') order by schema_name desc, view_name"
        ).fetchall():
            connection.execute(view.replace("sample.", ""))
        connection.execute("detach sample")
        return rounds * few


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'sample' "
        "and (schema_name in ('marts', 'reports') or (schema_name = 'raw' and table_name = 'nights')) order by all"
    ).fetchall()


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
        f"create table {schema}.{table} as select {chosen} "
        f"from range({times}) as rounds (round), sample.{schema}.{table} as given order by round, given.rowid"
    )


def _column(name: str, kind: str, table: str, names: int) -> str:
    if name.endswith("_id") and name not in _UNCHANGED:
        copies = OUTLETS if "outlet" in name else names if "entity" in name else 2**31
        return f"given.{name} || if(round % {copies} = 0, '', '_' || round % {copies})"
    if kind in {"DATE", "TIMESTAMP"} and table not in {"outlet_nights", "build_info", "outlets"}:
        return f"(given.{name} - to_days(3 * (round % {NIGHTS})::integer))::{kind}"
    if name == "canonical_name":
        return f"given.{name} || if(round = 0, '', ' ' || round)"
    if name in _WORDED:
        return f"if(round = 0, given.{name}, some_words(concat(given.rowid, ' ', round), 9))"
    if name == "body":
        return f"if(round = 0, given.{name}, some_text(concat(given.rowid, ' ', round)))"
    return f"given.{name}"
