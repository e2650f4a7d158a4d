"""Quotations in a body: what was said, by whom, and a key that is equal for the same quotation in two outlets."""

import re
from collections.abc import Sequence

from extract.model import Mention, Quote
from extract.words import sequence_hashes, words

MIN_QUOTE_WORDS = 6  # shorter runs in quotation marks are mostly scare quotes and titles
_QUOTED = re.compile(r"“([^“”]{20,2000})”|\"([^\"\n]{20,2000})\"|„([^„“”]{20,2000})[“”]|«([^«»]{20,2000})»")
_VERBS = (
    "said|says|told|added|noted|wrote|stated|announced|warned|explained|insisted|argued|claimed|stressed|declared|"
    "replied|tweeted|posted|read|reads|recalled|continued|concluded|remarked|admitted|vowed|pledged|asked"
)
_VERB = re.compile(rf"\b(?P<verb>{_VERBS})\b", re.IGNORECASE)
_ATTRIBUTION_WINDOW = 90  # characters before or after a quotation in which its speaker is named

# British and American spellings of one word count as one, so that a quotation survives an outlet's house style.
_SPELLINGS = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|able)?$"), r"or\1"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"tre$"), "ter"),
)


def quote_key(text: str) -> int:
    """Return the hash of a quotation's words with spelling variants folded."""
    folded = [_folded(word) for word in words(text)]
    return int(sequence_hashes(folded, len(folded))[0]) if folded else 0


def _folded(word: str) -> str:
    if len(word) < 5:
        return word
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def find_quotes(body: str, mentions: Sequence[Mention]) -> list[Quote]:
    """Return the quotations of six words or more, in order, with the speaker when the sentence names one."""
    people = [mention for mention in mentions if mention.zone == "body" and mention.entity_type in ("PER", "ORG")]
    quotes: list[Quote] = []
    for match in _QUOTED.finditer(body):
        group = match.lastindex or 1
        text = match.group(group)
        if len(words(text)) < MIN_QUOTE_WORDS:
            continue
        speaker, verb = _attribution(body, match.start(), match.end(), people)
        start, end = match.span(group)
        quotes.append(Quote(len(quotes), start, end, text, speaker, verb, quote_key(text)))
    return quotes


def _attribution(body: str, start: int, end: int, people: Sequence[Mention]) -> tuple[str | None, str | None]:
    """Return (speaker, verb) from the words next to a quotation, within its paragraph; (None, None) without a verb."""
    stop = body.find("\n", end)
    after = body[end : min(end + _ATTRIBUTION_WINDOW, stop if stop >= 0 else len(body))]
    begin = max(body.rfind("\n", 0, start) + 1, start - _ATTRIBUTION_WINDOW)
    before = body[begin:start]
    for offset, window in ((end, after), (begin, before)):
        verb = _VERB.search(window)
        if verb is None:
            continue
        near = [
            (abs(mention.start_offset - offset - verb.start()), mention.start_offset, mention.surface)
            for mention in people
            if offset <= mention.start_offset < offset + len(window)
        ]
        return (min(near)[2] if near else None), verb.group("verb").lower()
    return None, None
