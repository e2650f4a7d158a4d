"""Measures names, through the batch interface, and their resolution, in a throw-away warehouse."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from extract.names.agreement import Candidate, ZoneText, agreed
from tests.quality.data import DataSet, Row, sample
from tests.quality.entity_scores import Found, name_score, resolution_score, trimmed
from tests.quality.front_door import body_positions, clean, placed_mentions, starting_seconds
from tests.quality.measurement import WORST_PAGES, Figures, Measurement, warehouse_costs, warehouse_seconds
from tests.quality.throwaway import Warehouse, build_warehouse, run_dbt


def measure_names(one: DataSet, limit: int | None) -> list[Measurement]:
    return [names_measured(one.name, sample(one.rows, limit))]


def names_measured(name: str, rows: Sequence[Row]) -> Measurement:
    """Return how well the names of rows with `text` and `spans` are found."""
    overhead = starting_seconds(mentions=True)
    cleaned = clean([{"id": row["id"], "body": row["text"]} for row in rows], spans=True, mentions=True)
    found = {row["id"]: _found_names(row, cleaned.answers[row["id"]]) for row in rows}
    seconds = max(0.0, cleaned.cpu_seconds - overhead)
    main, every = name_score(rows, found), name_score(rows, found, frozenset({"PER", "ORG", "LOC", "MISC"}))
    words = sum(len(row["text"].split()) for row in rows)
    figures: Figures = {
        "n": len(rows),
        "spans": sum(len(row["spans"]) for row in rows),
        "precision": main.precision,
        "recall": main.recall,
        "f1": main.f1,
        "f1_with_misc": every.f1,
        "words_per_second": words / seconds if seconds else None,
    }
    return Measurement("names", name, figures, seconds, worst=_worst_names(rows, found))


def _found_names(row: Row, answer: Mapping[str, Any]) -> list[Found]:
    if answer["fate"] != "accepted":
        return []
    positions = body_positions(answer["text"], answer["spans"], answer["body"])
    names = [
        Found(mention["start_offset"], mention["end_offset"], mention["entity_type"])
        for mention in answer["mentions"]
        if mention["zone"] in ("body", "quote")
    ]
    return placed_mentions(row["text"], answer["text"], positions, names)


def _worst_names(rows: Sequence[Row], found: Mapping[str, Sequence[Found]]) -> list[dict[str, Any]]:
    scored = [
        {"id": row["id"], "spans": len(row["spans"]), "f1": round(name_score([row], found).f1, 3)}
        for row in rows
        if row["spans"]
    ]
    return sorted(scored, key=lambda row: (row["f1"] * row["spans"] - row["spans"], row["id"]))[:WORST_PAGES]


def measure_resolution(one: DataSet, limit: int | None) -> list[Measurement]:
    return resolution_measured(one.name, sample(one.rows, limit))


def resolution_measured(name: str, rows: Sequence[Row], marts: Sequence[str] = ()) -> list[Measurement]:
    """Return what becomes of the names of rows with `text` and `mentions`, in a throw-away warehouse of some marts."""
    with TemporaryDirectory(prefix="dateline-quality-") as home:
        warehouse = build_warehouse([{"id": row["id"], "body": row["text"]} for row in rows], Path(home), marts)
        read = resolved_mentions(rows, warehouse)
        figures = {**_figures(rows, read), **warehouse_costs(warehouse, len(rows))}
        measurements = [Measurement("resolution", name, figures, warehouse_seconds(warehouse))]
        if any("chain" in mention for row in rows for mention in row["mentions"]):
            replace_mentions(rows, warehouse)
            run_dbt(warehouse.path, "build", "--exclude-resource-type", "unit_test", "--select", "stg_mentions+")
            found = on_gold_spans(rows, resolved_mentions(rows, warehouse))
            measurements += _of_gold(name, rows, found, read)
    return measurements


def _of_gold(
    name: str, rows: Sequence[Row], found: Mapping[str, Sequence[Found]], read: Mapping[str, Sequence[Found]]
) -> list[Measurement]:
    """Return what became of the mentions of gold, each time beside what an exact string gives.

    That is all of them; the same compared by the name in them, as without "in" and "the"; and those of them that
    were found by reading, which are names in text.
    """
    is_read = {
        row["id"]: {trimmed(row["text"], name.start, name.end) for name in read.get(row["id"], ())} for row in rows
    }
    those_read = [
        {**row, "mentions": [one for one in row["mentions"] if _name_of(row, one) in is_read[row["id"]]]}
        for row in rows
    ]
    populations = [
        (name, rows, _as_marked),
        (f"{name}, bare", rows, _name_of),
        (f"{name}, read", those_read, _as_marked),
    ]
    return [
        Measurement(
            "gold mentions",
            population,
            {
                **_figures(own, found),
                "exact_string_b3_f1": exact.bcubed.f1,
                "exact_string_pairs_f1": exact.pairs.f1,
            },
        )
        for population, own, span in populations
        for exact in [resolution_score(own, exact_strings(own, span))]
    ]


Span = tuple[int, int]


def _as_marked(row: Row, mention: Mapping[str, Any]) -> Span:
    return trimmed(row["text"], mention["s"], mention["e"])


def _name_of(row: Row, mention: Mapping[str, Any]) -> Span:
    return name_in(row["text"], mention["s"], mention["e"], mention["type"])


def exact_strings(rows: Sequence[Row], span_of: Callable[[Row, Mapping[str, Any]], Span]) -> dict[str, list[Found]]:
    """Give every gold span the entity that its string is, within the span that a function gives."""
    placed: dict[str, list[Found]] = {}
    for row in rows:
        placed[row["id"]] = []
        for mention in row["mentions"]:
            start, end = span_of(row, mention)
            placed[row["id"]].append(Found(*_as_marked(row, mention), None, row["text"][start:end]))
    return placed


def _figures(rows: Sequence[Row], found: Mapping[str, Sequence[Found]]) -> Figures:
    score = resolution_score(rows, found)
    return {
        "n": len(rows),
        "mentions": score.mentions,
        "found": score.found,
        "b3_precision": score.bcubed.precision,
        "b3_recall": score.bcubed.recall,
        "b3_f1": score.bcubed.f1,
        "pairs_f1": score.pairs.f1,
        "within_b3_f1": score.within_documents.f1,
        "link_precision": score.linking.precision if score.linking else None,
        "link_recall": score.linking.recall if score.linking else None,
        "other_links": score.other_links,
    }


_TYPE_OF_CHAIN = {"HUM": "PER", "LOC": "LOC"}


def replace_mentions(rows: Sequence[Row], warehouse: Warehouse) -> None:
    """Put the names that gold marks in the place of those that were found, agreed within each document as these are.

    A name has the type that most found ones of that surface have: gold calls people and organisations alike.
    """
    kinds = _kinds(rows, resolved_mentions(rows, warehouse))
    places = _places(warehouse)
    with duckdb.connect(str(warehouse.path)) as connection:
        for row in rows:
            if row["id"] not in places:
                continue
            page = places[row["id"]]
            on_page = placed_mentions(page.text, row["text"], range(len(row["text"])), _named(row, kinds))
            in_body = {position: offset for offset, position in enumerate(page.positions)}
            candidates = [
                Candidate(in_body[name.start], in_body[name.end - 1] + 1, str(name.entity_type), 1.0)
                for name in on_page
                if name.start in in_body and name.end - 1 in in_body
            ]
            mentions = agreed([ZoneText("body", page.body)], [sorted(candidates)])
            connection.execute("delete from raw.mentions where page_id = ?", [page.page_id])
            if mentions:
                records = [{"night": page.night, "page_id": page.page_id, **asdict(mention)} for mention in mentions]
                connection.register("gold", pa.Table.from_pylist(records))
                connection.execute("insert into raw.mentions by name from gold")
                connection.unregister("gold")


_LEADS_TO_A_PLACE = re.compile(r"(?:(?:in|at|on|of|off|near|to|from|into|the)\s+)+(?=[A-Z])", re.IGNORECASE)
_LEADS_TO_A_PERSON = re.compile(r"(?:[a-z][\w-]*\s+)+(?=[A-Z])")


def name_in(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """Return the name in a gold span, which also holds the preposition before a place and the role before a person."""
    start, end = trimmed(text, start, end)
    leading = (_LEADS_TO_A_PLACE if kind == "LOC" else _LEADS_TO_A_PERSON).match(text, start, end)
    return (leading.end(), end) if leading else (start, end)


def _kinds(rows: Sequence[Row], found: Mapping[str, Sequence[Found]]) -> dict[str, str]:
    """Return the type that most of the names found of each surface have."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for name in found.get(row["id"], ()):
            votes[row["text"][name.start : name.end].casefold()][str(name.entity_type)] += 1
    return {surface: min(kinds, key=lambda kind: (-kinds[kind], kind)) for surface, kinds in votes.items()}


def _named(row: Row, kinds: Mapping[str, str]) -> list[Found]:
    named = [mention for mention in row["mentions"] if mention["type"] in _TYPE_OF_CHAIN]
    spans = {(*name_in(row["text"], mention["s"], mention["e"], mention["type"]), mention["type"]) for mention in named}
    return [
        Found(start, end, kinds.get(row["text"][start:end].casefold(), _TYPE_OF_CHAIN[kind]))
        for start, end, kind in sorted(spans)
    ]


def on_gold_spans(rows: Sequence[Row], found: Mapping[str, Sequence[Found]]) -> dict[str, list[Found]]:
    """Give every gold span the entity of the name that overlaps it most, the first of several."""
    placed: dict[str, list[Found]] = {}
    for row in rows:
        placed[row["id"]] = []
        for mention in row["mentions"]:
            start, end = trimmed(row["text"], mention["s"], mention["e"])
            overlaps = [
                (min(end, name.end) - max(start, name.start), -name.start, number)
                for number, name in enumerate(found.get(row["id"], ()))
            ]
            overlap, _, number = max(overlaps, default=(0, 0, 0))
            if overlap > 0:
                placed[row["id"]].append(replace(found[row["id"]][number], start=start, end=end))
    return placed


@dataclass(frozen=True)
class _Place:
    """A row's page in the warehouse: its decoded text, its body, and where the body's characters stand in the text."""

    page_id: str
    night: date
    text: str
    body: str
    positions: list[int]


def _places(warehouse: Warehouse) -> dict[str, _Place]:
    spans = warehouse.query("""
        select pages.origin, spans.start_offset, spans.end_offset, spans.is_kept, spans.text
        from raw.spans as spans
        inner join raw.pages as pages on spans.page_id = pages.page_id
        order by pages.origin, spans.span_no
    """)
    documents = warehouse.query("""
        select pages.origin, documents.page_id, documents.night, documents.body
        from raw.documents as documents
        inner join raw.pages as pages on documents.page_id = pages.page_id
    """)
    spans_of = defaultdict(list)
    for span in spans:
        spans_of[span["origin"]].append(span)
    places = {}
    for row in documents:
        own = spans_of[row["origin"]]
        text = "".join(span["text"] for span in own)
        positions = body_positions(text, own, row["body"])
        places[row["origin"]] = _Place(row["page_id"], row["night"], text, row["body"], positions)
    return places


def resolved_mentions(rows: Sequence[Row], warehouse: Warehouse) -> dict[str, list[Found]]:
    """Return row id -> mentions with their entities, in offsets of the row's text.

    The marts hold the mentions of an article's reference page only; a copy's own mentions take the entity that the same
    resolved name has there.
    """
    mentions = warehouse.query("""
        with
            entity_of_name as (
                select raw_mentions.resolved_key, min(mentions.entity_id) as entity_id
                from marts.mentions as mentions
                inner join raw.mentions as raw_mentions
                    on mentions.page_id = raw_mentions.page_id
                    and mentions.zone = raw_mentions.zone
                    and mentions.start_offset = raw_mentions.start_offset
                group by raw_mentions.resolved_key
            )
        select
            pages.origin, found.start_offset, found.end_offset, found.entity_type,
            coalesce(mentions.entity_id, entity_of_name.entity_id) as entity_id, entities.linked_id
        from raw.mentions as found
        inner join raw.pages as pages on found.page_id = pages.page_id
        left join marts.mentions as mentions
            on found.page_id = mentions.page_id
            and found.zone = mentions.zone
            and found.start_offset = mentions.start_offset
        left join entity_of_name on found.resolved_key = entity_of_name.resolved_key
        left join marts.entities as entities
            on coalesce(mentions.entity_id, entity_of_name.entity_id) = entities.entity_id
        where found.zone in ('body', 'quote')
        order by found.mention_no
    """)
    mentions_of = defaultdict(list)
    for mention in mentions:
        mentions_of[mention["origin"]].append(
            Found(
                mention["start_offset"],
                mention["end_offset"],
                mention["entity_type"],
                mention["entity_id"],
                mention["linked_id"],
            )
        )
    places = _places(warehouse)
    return {
        row["id"]: placed_mentions(
            row["text"], places[row["id"]].text, places[row["id"]].positions, mentions_of[row["id"]]
        )
        for row in rows
        if row["id"] in places
    }
