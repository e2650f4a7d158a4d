"""Measures names, through the batch interface, and their resolution, in a throw-away warehouse."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.quality.data import DataSet, Row, sample
from tests.quality.entity_scores import Found, name_score, resolution_score
from tests.quality.front_door import body_positions, clean, placed_mentions, starting_seconds
from tests.quality.measurement import WORST_PAGES, Figures, Measurement, warehouse_costs, warehouse_seconds
from tests.quality.throwaway import Warehouse, build_warehouse


def measure_names(one: DataSet, limit: int | None) -> list[Measurement]:
    rows = sample(one.rows, limit)
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
    return [Measurement("names", one.name, figures, seconds, worst=_worst_names(rows, found))]


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
    rows = sample(one.rows, limit)
    with TemporaryDirectory(prefix="dateline-quality-") as home:
        warehouse = build_warehouse([{"id": row["id"], "body": row["text"]} for row in rows], Path(home))
        found = resolved_mentions(rows, warehouse)
    score = resolution_score(rows, found)
    figures: Figures = {
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
        **warehouse_costs(warehouse, len(rows)),
    }
    return [Measurement("resolution", one.name, figures, warehouse_seconds(warehouse))]


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
    spans = warehouse.query("""
        select pages.origin, spans.start_offset, spans.end_offset, spans.is_kept, spans.text
        from raw.spans as spans
        inner join raw.pages as pages on spans.page_id = pages.page_id
        order by pages.origin, spans.span_no
    """)
    bodies = warehouse.query("""
        select pages.origin, documents.body
        from raw.documents as documents
        inner join raw.pages as pages on documents.page_id = pages.page_id
    """)
    mentions_of, spans_of = defaultdict(list), defaultdict(list)
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
    for span in spans:
        spans_of[span["origin"]].append(span)
    body_of = {row["origin"]: row["body"] for row in bodies}
    placed: dict[str, list[Found]] = {}
    for row in rows:
        origin = row["id"]
        if origin in body_of:
            text = "".join(span["text"] for span in spans_of[origin])
            positions = body_positions(text, spans_of[origin], body_of[origin])
            placed[origin] = placed_mentions(row["text"], text, positions, mentions_of[origin])
    return placed
