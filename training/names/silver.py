"""Labels news that nobody annotated: where two models agree over a whole document, and where the better is sure."""

from collections.abc import Sequence

from extract.names.agreement import Candidate, ZoneText, agreed
from extract.names.encoder import LABELS
from extract.names.words import words_of
from training.names.gold import UNKNOWN, Document, Sentence

# What the annotated sets teach is trusted alone where the model is this sure. Not swept: a round takes half an hour.
_SURE = 0.9
_DOUBTFUL = 0.7

Spans = Sequence[Candidate]


def silver(name: str, text: str, own: Spans, other: Spans, weight: float) -> Document:
    """Return a text as a document: words both models label alike have a label, the rest are not learned from.

    Args:
        name: name of the document.
        text: its text, a paragraph a line.
        own: names by the model trained on the annotated sets.
        other: names by the other model, which knows more of events, works and peoples.
        weight: what one of its words counts in training.
    """
    ours, theirs = _whole(text, own), _whole(text, other)
    chosen: list[Candidate] = []
    open_to_doubt: list[Candidate] = []
    for span in ours:
        rivals = [one for one in theirs if one.start < span.end and span.start < one.end]
        is_same = any(one[:3] == span[:3] for one in rivals)
        (chosen if is_same or span.weight >= _SURE else open_to_doubt).append(span)
    for one in theirs:
        rivals = [span for span in ours if one.start < span.end and span.start < one.end]
        if any(one[:3] == span[:3] for span in rivals):
            continue
        is_free = all(span.weight < _DOUBTFUL for span in rivals)
        if one.kind == "MISC" and is_free and " " in text[one.start : one.end]:
            chosen.append(one)
        else:
            open_to_doubt.append(one)
    return Document(name, "silver", _sentences(text, chosen, open_to_doubt), weight, has_paragraphs=True)


def _whole(text: str, spans: Spans) -> list[Candidate]:
    """Return the names with the types and repeats that the document agrees on, as sure as it is of each."""
    votes: dict[tuple[int, int], float] = {(span.start, span.end): span.weight for span in spans}
    found = agreed([ZoneText("body", text)], [list(spans)])
    return [
        Candidate(one.start_offset, one.end_offset, one.entity_type, votes.get((one.start_offset, one.end_offset), 0.0))
        for one in found
    ]


def _sentences(text: str, chosen: Spans, open_to_doubt: Spans) -> list[Sentence]:
    labels: dict[int, int] = {}
    for span in open_to_doubt:
        labels |= dict.fromkeys(range(span.start, span.end), UNKNOWN)
    for span in chosen:
        first = LABELS.index(f"B-{span.kind}")
        labels |= dict.fromkeys(range(span.start, span.end), first + 1)
        labels[span.start] = first
    sentences = []
    offset = 0
    for line in text.split("\n"):
        words = words_of(text, offset, offset + len(line))
        offset += len(line) + 1
        if words:
            sentences.append(Sentence([word.text for word in words], [labels.get(word.start, 0) for word in words]))
    return sentences
