"""Times the entity step of a night on made-up articles: `make bench-entities` (docs/quality.md).

The step is made anew every night, over all articles. What runs is the SQL of the models and the grouping. An article
names people and bodies of its story, some that are met in many stories, and places as news do; surnames, initials and
namesakes are drawn from pools of the size that news have. Each size is a process of its own.
"""

import sys

import duckdb
import pyarrow

from extract.knowledge import common_words, known, nicknames
from tests.quality.models import build
from tests.quality.sizes import Figures, memory_mb, one_thread, print_by_size

SIZES = (10_000, 30_000, 100_000)
MEMORY = "4GB"  # what DuckDB may take; Python and its buffers come on top
_MODELS = (
    "int_entity_places_told_apart",
    "int_entity_names_in_articles",
    "int_entity_names_counted",
    "int_entity_names_matched",
    "int_entity_names_linked",
    "int_entity_names_ranked",
    "int_entity_pairs_of_people",
    "int_entity_pairs_proposed",
    "int_entity_pairs_supported",
    "int_entity_pairs_judged",
    "int_entity_names_grouped",
    "int_entities_resolved",
    "int_mentions_counted",
    "int_mentions_resolved",
)
# A story is four articles. Of the names in an article three people and two bodies are its story's, and one in five has
# a surname or initials alone; two people and four places are met in many stories, the first of them most.
_NAMES = """
    with
        articles as (select range as number, range // 4 as story from range(?)),
        drawn as (
            select number, story, slot, hash(number, slot) % 1000003 / 1000003 as chance,
                hash(story, slot) as own, hash(number, slot, 'other') as other
            from articles, (select range as slot from range(11))
        ),
        people as (
            select number, slot, chance,
                if(slot < 3, own, (power(other % 1000003 / 1000003, 3) * 5000)::ubigint) as person
            from drawn where slot < 5
        ),
        named as (
            select number, slot, 'PER' as entity_type,
                'f' || (power(hash(person, 'first') % 1000003 / 1000003, 2) * 3000)::bigint as first_name,
                'l' || chr((97 + person % 26)::integer)
                || (power(hash(person, 'last') % 1000003 / 1000003, 2) * 30000)::bigint as last_name,
                if(chance < 0.2, last_name, first_name || ' ' || last_name) as resolved_key,
                upper(left(resolved_key, 1)) || resolved_key[2:] as surface
            from people
            union all by name
            select number, slot, 'ORG' as entity_type,
                list_transform([1, 2, 3], lambda part:
                    chr((97 + hash(own, part) % 26)::integer) || hash(own, part, 'body') % 2000) as words,
                if(chance < 0.2, list_reduce(list_transform(words, lambda word:word[1]), lambda a, b:a || b),
                    array_to_string(words, ' ')) as resolved_key,
                if(chance < 0.2, upper(resolved_key), 'O' || resolved_key[2:]) as surface
            from drawn where slot in (5, 6)
            union all by name
            select number, slot, 'LOC' as entity_type, places.name_key as resolved_key, places.name as surface
            from drawn
            inner join places on places.place = (power(other % 1000003 / 1000003, 4) * 5000)::bigint
            where slot > 6
        )
    select 'a' || number as article_id, 'a' || number as page_id, slot as mention_no, 'body' as zone,
        slot * 40 as start_offset, slot * 40 + length(surface) as end_offset, surface, entity_type,
        resolved_key as name_key, resolved_key, 'name' as mention_kind, null::varchar as country_code,
        null::bigint as span_no, date '2026-01-01' + (number // 1000)::integer as night
    from named
"""


def main() -> int:
    """Run the command; return its exit status."""
    header = f"{'CPU-s':>8} {'memory MB':>9} {'names':>9} {'pairs':>9} {'entities':>9}"
    return print_by_size("bench_entities", measure, SIZES, header, _line)


def _line(found: Figures) -> str:
    return (
        f"{found['seconds']:8.1f} {found['memory_mb']:9.0f} {found['names']:9} {found['pairs']:9} "
        f"{found['entities']:9}  {found['parts']}"
    )


def measure(size: int) -> Figures:
    """Resolve the names of so many articles."""
    with one_thread(MEMORY) as connection:
        _load(connection, size)
        parts = build(connection, _MODELS)
        ((names, pairs, entities),) = connection.execute("""
            select
                (select count(*) from int_entity_names_counted),
                (select count(*) from int_entity_pairs_judged),
                (select count(distinct entity_id) from int_entities_resolved)
        """).fetchall()
    return {
        "seconds": sum(parts.values()),
        "memory_mb": memory_mb(),
        "names": names,
        "pairs": pairs,
        "entities": entities,
        "parts": {name: round(seconds, 1) for name, seconds in parts.items()},
    }


def _load(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    """Make articles up and put them where the models look for them."""
    connection.register("known", known())
    connection.execute("""
        create table stg_knowledge as
        select linked_id, name, entity_type, country, lies_in, importance from known;
        create table stg_knowledge_names as select linked_id, unnest(keys, recursive := true) from known;
        create table places as
        select
            lower(name) as name_key, any_value(name) as name,
            row_number() over (order by max(importance) desc, lower(name)) - 1 as place
        from known where entity_type = 'LOC' group by lower(name)
    """)
    connection.register("words", pyarrow.table({"word": sorted(common_words())}))
    connection.execute("create table stg_common_words as from words")
    connection.register("forms", pyarrow.Table.from_pylist([{"first_name": a, "nickname": b} for a, b in nicknames()]))
    connection.execute("create table stg_nicknames as from forms")
    connection.execute(f"create table int_mentions_given_votes as {_NAMES}", [size])
    connection.execute("create table stg_mentions as from int_mentions_given_votes limit 0")
    connection.execute("""
        create table int_articles_assigned_to_stories as
        select 'a' || range as article_id, 's' || range // 4 as story_id from range(?)
    """, [size])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
