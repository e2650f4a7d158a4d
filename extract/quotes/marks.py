"""Where quotations stand: every usual pair of marks, nested, carried on over paragraphs, interrupted, or in no marks.

A mark without its partner costs the quotation that it opens or closes, nothing else.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.quotes.saying import Lexicon

MAX_QUOTE_CHARS = 2000  # of one part; longer stretches are what lies between two marks that are no pair
MIN_QUOTE_CHARS = 20
_MAX_INTERRUPTION = 120  # characters of an attribution between two parts of one sentence
_MIN_UNMARKED_CHARS = 60

# An apostrophe within a word is no mark; one at a word's border may be.
_MARK = re.compile(r"[\"“”„‟«»‘‚\n]|['’](?!\w)|(?<!\w)'(?=\w)")
_CLOSERS = {
    '"': '"”', "“": '”"', "„": '“”"‟', "«": "»", "»": "«»", "”": "”", "‘": "’'", "'": "'’", "‚": "‘’'",
}  # fmt: skip
_SINGLE = frozenset("‘'‚")
_SPACED = frozenset("«»")  # French sets a space inside its marks
_BEFORE_OPENER = frozenset(" \t\xa0\u2009\u202f\n([{—–-/:,\"“„«»‘'‚")
_ELIDED = re.compile(r"'(?:\d|(?:em|til|cause|tis|twas|n|round|bout)\b)", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".!?…")

# A paragraph that ends by announcing somebody's words is followed by them, with or without marks.
_DOCUMENT = r"(?:statement|letter|message|email|e-mail|memo|memorandum|post|tweet|press release)"
_ANNOUNCED = re.compile(
    r"(?:\b(?:said|wrote|added|stated|tweeted|posted|reads?|writes)"
    r"(?:\s(?:in|on|at|to|via|as)\b[^.!?\n\"“”«»„]{0,60})?"
    rf"|\b(?:in|to|from|issued|released|posted|published|sent)\s(?:an?|the|his|her|their|its)\s(?:[\w-]+\s){{0,3}}"
    rf"{_DOCUMENT}\b[^.!?\n\"“”«»„]{{0,60}}):\n+([^\n]+)"
)
_LIST_ITEM = re.compile(r"[•*\-–—·\d(]")


class Part(NamedTuple):
    """A stretch inside one pair of marks: first character and one past the last, without and with the marks."""

    start: int
    end: int
    opened: int
    closed: int


class Utterance(NamedTuple):
    """What somebody said in one go: its parts in order. `is_marked` is false for a paragraph that a colon announces."""

    parts: tuple[Part, ...]
    is_marked: bool = True


class _Open(NamedTuple):
    mark: str
    start: int


def find_utterances(body: str, lexis: Lexicon) -> list[Utterance]:
    """Return the quotations of a body in order, each long enough to be looked at; none lies within another."""
    marked = list(_without_scraps(body, _joined(body, _carried_on(body, _pairs(body)), lexis)))
    taken = sorted(part.start for utterance in marked for part in utterance.parts)
    return sorted([*marked, *_announced(body, taken)])


def _pairs(body: str) -> list[tuple[Part, bool]]:
    """Return the stretches between marks, in order, and of each whether its paragraph ended before it was closed."""
    found: list[tuple[Part, bool]] = []
    opened: list[_Open] = []
    for match in _MARK.finditer(body):
        mark, place = match.group(), match.start()
        if mark == "\n":
            if opened and place > 0 and body[place - 1] != "\n":
                _end_paragraph(body, place, opened[0], found)
            opened.clear()
            continue
        closed = _closed_by(body, mark, place, opened)
        if closed is not None:
            start = opened[closed].start
            del opened[closed:]
            _keep(found, Part(start, place, start - 1, place + 1), is_carried=False)
        elif _may_open(body, mark, place):
            if opened and mark in _SINGLE and opened[-1].mark not in _SINGLE:
                continue  # a quotation within one
            if any(one.mark == mark for one in opened):
                del opened[next(number for number, one in enumerate(opened) if one.mark == mark) :]
            opened.append(_Open(mark, place + 1))
    return found


def _closed_by(body: str, mark: str, place: int, opened: Sequence[_Open]) -> int | None:
    """Return which of the open marks this one closes; None when it closes none."""
    before, after = body[place - 1 : place], body[place + 1 : place + 2]
    if mark not in _SPACED and (not before or before.isspace()):
        return None
    if mark in '"“' and before in _BEFORE_OPENER and before not in "\"'-—–," and after.isalnum():
        return None
    for number in range(len(opened) - 1, -1, -1):
        if mark in _CLOSERS[opened[number].mark]:
            return None if mark in "'’" and _is_apostrophe(body, place) else number
    return None


def _is_apostrophe(body: str, place: int) -> bool:
    """Tell whether a mark after a word is a plural's possessive ("workers' rights") rather than a closing one."""
    before, after = body[place - 1], body[place + 1 : place + 3]
    is_plural = before in "sS" or body[place - 2 : place] == "in"  # goin' home
    return is_plural and len(after) == 2 and after[0] == " " and after[1].islower()


def _may_open(body: str, mark: str, place: int) -> bool:
    before, after = body[place - 1 : place], body[place + 1 : place + 2]
    if before and before not in _BEFORE_OPENER:
        return mark in "“„" and before in ".!?;" and after.isalnum()  # a space was lost
    if mark in _SPACED:
        return bool(after)
    if mark == "'" and _ELIDED.match(body, place):
        return False
    return mark in _CLOSERS and bool(after) and not after.isspace()


def _end_paragraph(body: str, end: int, opened: _Open, found: list[tuple[Part, bool]]) -> None:
    """Keep what a paragraph leaves open where the next one opens with the same mark, as a long quotation does."""
    following = end
    while following < len(body) and body[following].isspace():
        following += 1
    if body[following : following + 1] == opened.mark:
        _keep(found, Part(opened.start, end, opened.start - 1, end), is_carried=True)


def _keep(found: list[tuple[Part, bool]], part: Part, *, is_carried: bool) -> None:
    if part.end - part.start > MAX_QUOTE_CHARS:
        return
    while found and found[-1][0].start >= part.start:
        found.pop()  # it lies within this one
    found.append((part, is_carried))


def _carried_on(body: str, pairs: Sequence[tuple[Part, bool]]) -> Iterator[Utterance]:
    parts: tuple[Part, ...] = ()
    for part, is_carried in pairs:
        if parts and not body[parts[-1].end : part.opened].isspace():
            parts = ()  # the mark that should have closed them never came
        parts = (*parts, part)
        if not is_carried:
            yield Utterance(parts)
            parts = ()


def _joined(body: str, utterances: Iterator[Utterance], lexis: Lexicon) -> Iterator[Utterance]:
    """Join the parts of a sentence that its attribution interrupts: ("A," he said, "and B.")."""
    current: Utterance | None = None
    for utterance in utterances:
        if current is not None and _goes_on(body, current.parts[-1], utterance.parts[0], lexis):
            current = Utterance((*current.parts, *utterance.parts))
            continue
        if current is not None:
            yield current
        current = utterance
    if current is not None:
        yield current


def _goes_on(body: str, part: Part, following: Part, lexis: Lexicon) -> bool:
    between = body[part.closed : following.opened]
    if not 0 < len(between) <= _MAX_INTERRUPTION or "\n" in between or not between.rstrip().endswith(","):
        return False
    ends_sentence = body[part.start : part.end].rstrip()[-1:] in _SENTENCE_ENDS
    return not ends_sentence and len(lexis.pattern.findall(between)) == 1


def _without_scraps(body: str, utterances: Iterator[Utterance]) -> Iterator[Utterance]:
    """Leave out what is too short, and white space inside the marks."""
    for utterance in utterances:
        parts = tuple(trimmed for part in utterance.parts if (trimmed := _trimmed(body, part)))
        if sum(part.end - part.start for part in parts) >= MIN_QUOTE_CHARS:
            yield utterance._replace(parts=parts)


def _trimmed(body: str, part: Part) -> Part | None:
    text = body[part.start : part.end]
    start = part.start + len(text) - len(text.lstrip())
    end = part.end - (len(text) - len(text.rstrip()))
    return part._replace(start=start, end=end) if start < end else None


def _announced(body: str, taken: Sequence[int]) -> Iterator[Utterance]:
    """Yield the paragraphs of plain prose that the paragraph before announces as somebody's words."""
    if ":\n" not in body:
        return
    for match in _ANNOUNCED.finditer(body):
        start, end = match.span(1)
        text = match.group(1)
        is_prose = not _LIST_ITEM.match(text) and not _MARK.match(text) and text.rstrip()[-1] in _SENTENCE_ENDS
        holds_marks = bisect_left(taken, start) < bisect_left(taken, end)
        if is_prose and not holds_marks and _MIN_UNMARKED_CHARS <= end - start <= MAX_QUOTE_CHARS:
            yield Utterance((Part(start, end, start, end),), is_marked=False)
