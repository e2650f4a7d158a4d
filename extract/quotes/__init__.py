"""Quotations in a body: what was said, by whom, and keys by which the same quotation is found in two outlets. Pure."""

from collections.abc import Sequence

from extract.model import Mention, Quote
from extract.quotes.keys import folded_words, quote_key, quote_shingles
from extract.quotes.marks import Utterance, find_utterances
from extract.quotes.saying import lexicon
from extract.quotes.speakers import Attribution, attributions

# Shorter runs in quotation marks are mostly scare quotes and titles; scripts without spaces count characters.
MIN_QUOTE_WORDS = 6

__all__ = ["MIN_QUOTE_WORDS", "find_quotes", "quote_key"]


def find_quotes(body: str, mentions: Sequence[Mention], language: str = "en") -> list[Quote]:
    """Return the quotations of six words or more, in order, with speaker and verb where the text says who spoke.

    A quotation that its attribution interrupts, or that goes on over paragraphs, has a row per part. Parts share
    `utterance_no`, speaker and key; each stands at its own offsets.

    Args:
        body: the clean text, paragraphs separated by line feeds.
        mentions: the names of the document; offsets of zone "body" are those of `body`.
        language: of the body, ISO 639-1; verbs of saying are known for those of `extract.quotes.saying`.
    """
    lexis = lexicon(language)
    utterances = find_utterances(body, lexis)
    quotes: list[Quote] = []
    for utterance, said in zip(utterances, attributions(body, utterances, mentions, lexis), strict=True):
        tokens = folded_words(" ".join(body[part.start : part.end] for part in utterance.parts))
        if len(tokens) >= MIN_QUOTE_WORDS and not (said.verb is None and _is_title(body, utterance)):
            quotes += _rows(body, utterance, said, tokens, len(quotes))
    return quotes


def _rows(body: str, utterance: Utterance, said: Attribution, tokens: Sequence[str], first_no: int) -> list[Quote]:
    return [
        Quote(
            quote_no=first_no + number,
            utterance_no=first_no,
            start_offset=part.start,
            end_offset=part.end,
            text=body[part.start : part.end],
            is_marked=utterance.is_marked,
            speaker=said.speaker.surface if said.speaker else None,
            speaker_key=said.speaker.resolved_key if said.speaker else None,
            speaker_evidence=said.evidence,
            verb=said.verb,
            quote_key=quote_key(tokens),
            shingles=[] if number else quote_shingles(tokens),
        )
        for number, part in enumerate(utterance.parts)
    ]


def _is_title(body: str, utterance: Utterance) -> bool:
    """Tell whether a run in marks is written as titles of works are: every longer word has a capital, no full stop."""
    (part, *others) = utterance.parts
    text = body[part.start : part.end]
    longer = [word for word in text.split() if len(word) >= _TITLE_WORD]
    is_title = bool(longer) and all(word[0].isupper() for word in longer)
    return is_title and not others and not text.isupper() and text[-1] not in ".,"


_TITLE_WORD = 4  # letters; shorter words are articles and prepositions, which titles write small
