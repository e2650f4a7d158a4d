"""How well names were found, and resolved across documents. Pure.

A mention is (start, end) in the gold row's text. A leading "the" and a trailing possessive count on neither side.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from tests.quality.text_scores import Agreement, agreement, harmonic

PERSON, ORGANISATION, PLACE, OTHER = "PER", "ORG", "LOC", "MISC"
MAIN_TYPES = frozenset({PERSON, ORGANISATION, PLACE})

_TYPE_BY_LABEL = {
    **dict.fromkeys(("person", "per"), PERSON),
    **dict.fromkeys(("org", "organization", "corporation", "group"), ORGANISATION),
    **dict.fromkeys(("loc", "gpe", "fac", "location", "facility"), PLACE),
    **dict.fromkeys(("misc", "norp", "event", "work_of_art", "product", "law", "creative-work"), OTHER),
}
_SCORED_CHAINS = {"HUM", "LOC"}  # ECB+ also chains actions and times, which are no entities here
_SCORED_CLASSES = {"Q215627", "Q27096213", "Q43229"}  # Wikidata: person, geographic entity, organisation


@dataclass(frozen=True, slots=True)
class Found:
    """A mention we found, in offsets of the gold text; `entity` is None where only names are scored."""

    start: int
    end: int
    entity_type: str | None
    entity: str | None = None
    linked_id: str | None = None


@dataclass(frozen=True, slots=True)
class ResolutionScore:
    """Named mentions resolved to entities across documents; a mention that was not found has recall 0."""

    mentions: int
    found: float
    bcubed: Agreement
    pairs: Agreement
    within_documents: Agreement
    linking: Agreement | None
    other_links: int = 0  # links to ids of another kind than gold's, which cannot be judged


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without outer space, leading "the" and trailing possessive."""
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    end = max(start, end - (len(inside) - len(inside.rstrip())))
    if text[start:end].lower().startswith("the "):
        start += len("the ")
    if text[start:end].endswith(("'s", "’s")):
        end -= len("'s")
    return start, end


def name_score(
    rows: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Found]], types: frozenset[str] = MAIN_TYPES
) -> Agreement:
    """Score exact spans and types over all rows of `id`, `text`, `spans` ([start, end, label])."""
    hits = ours = wanted = 0
    for row in rows:
        text = row["text"]
        gold = {(*trimmed(text, start, end), _TYPE_BY_LABEL.get(label.lower())) for start, end, label in row["spans"]}
        mine = {(*trimmed(text, name.start, name.end), name.entity_type) for name in found.get(row["id"], ())}
        gold, mine = ({span for span in spans if span[2] in types} for spans in (gold, mine))
        hits, ours, wanted = hits + len(gold & mine), ours + len(mine), wanted + len(gold)
    precision, recall = hits / max(1, ours), hits / max(1, wanted)
    return Agreement(precision, recall, harmonic(precision, recall))


def gold_entity(mention: Mapping[str, Any]) -> str | None:
    """Return the entity a gold mention stands for, or None when the mention is not scored."""
    if "chain" in mention:
        return str(mention["chain"]) if mention["type"] in _SCORED_CHAINS else None
    linked = str(mention["qid"])
    is_known = linked.startswith("Q") and linked[1:].isdigit()
    classes = set((mention.get("type") or "").split("|"))
    is_scored = is_known and classes & _SCORED_CLASSES and not mention.get("coref") and not mention.get("optional")
    return linked if is_scored else None


def resolution_score(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Found]]) -> ResolutionScore:
    """Score resolution over rows of `id`, `text`, `mentions` with a `chain` or a `qid`."""
    gold: list[str] = []
    documents: list[str] = []
    matches: list[Found | None] = []
    for row in rows:
        by_span = {trimmed(row["text"], name.start, name.end): name for name in found.get(row["id"], ())}
        for mention in row["mentions"]:
            entity = gold_entity(mention)
            if entity is None:
                continue
            gold.append(entity)
            documents.append(row["id"])
            matches.append(by_span.get(trimmed(row["text"], mention["s"], mention["e"])))
    entities = [match.entity if match else None for match in matches]
    links = [(match.linked_id, entity) for match, entity in zip(matches, gold, strict=True) if match]
    made = [(ours, theirs) for ours, theirs in links if ours]
    tried = [ours == theirs for ours, theirs in made if ours.startswith("Q") and theirs.startswith("Q")]
    return ResolutionScore(
        mentions=len(gold),
        found=sum(entity is not None for entity in entities) / max(1, len(gold)),
        bcubed=bcubed_of_mentions(gold, entities),
        pairs=pairs_of_mentions(gold, entities),
        within_documents=bcubed_of_mentions(
            [f"{document}\0{entity}" for document, entity in zip(documents, gold, strict=True)],
            [
                None if entity is None else f"{document}\0{entity}"
                for document, entity in zip(documents, entities, strict=True)
            ],
        ),
        linking=agreement(sum(tried), len(tried), len(gold)) if tried else None,
        other_links=len(made) - len(tried),
    )


def bcubed_of_mentions(gold: Sequence[str], ours: Sequence[str | None]) -> Agreement:
    """Return B-cubed over mentions: precision over those found, recall over all."""
    by_gold: defaultdict[str, set[int]] = defaultdict(set)
    by_ours: defaultdict[str, set[int]] = defaultdict(set)
    for number, (theirs, mine) in enumerate(zip(gold, ours, strict=True)):
        by_gold[theirs].add(number)
        if mine is not None:
            by_ours[mine].add(number)
    precisions, recalls = [], []
    for theirs, mine in zip(gold, ours, strict=True):
        if mine is None:
            continue
        both = len(by_gold[theirs] & by_ours[mine])
        precisions.append(both / len(by_ours[mine]))
        recalls.append(both / len(by_gold[theirs]))
    precision = sum(precisions) / max(1, len(precisions))
    recall = sum(recalls) / max(1, len(gold))
    return Agreement(precision, recall, harmonic(precision, recall))


def pairs_of_mentions(gold: Sequence[str], ours: Sequence[str | None]) -> Agreement:
    """Return pairwise scores over mentions; pairs with a mention that was not found are missed."""
    found = [(theirs, mine) for theirs, mine in zip(gold, ours, strict=True) if mine is not None]
    together = _pairs(Counter(found))
    precision = together / max(1, _pairs(Counter(mine for _, mine in found)))
    recall = together / max(1, _pairs(Counter(gold)))
    return Agreement(precision, recall, harmonic(precision, recall))


def _pairs(counts: Counter[Any]) -> int:
    return sum(comb(count, 2) for count in counts.values())
