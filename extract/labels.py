"""Labels the blocks of a page: what each is, which rule said so, and how sure it is.

Dumps: every line is weighed by how much it reads like prose, and the run of lines with the largest sum is the body (the
maximum-sum segment of Bentley, Programming Pearls 1984). HTML: the engine's choice stands. In both, rules that are
certain of a line overrule, and learned outlet templates come before everything.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extract.model import Block, Zone
from extract.rules import line_rule, tail_heading
from extract.words import SHINGLE_WORDS, sequence_hashes, text_hash, words

CLEANER = "rules-1"

_ENDS_SENTENCE = re.compile(r"[.!?。！？…][\"'”’»)\]]*\s*$|[.!?][\"'”’»)\]]*\s*\([A-Z][\w ./]{1,20}\)\s*$")
_ENDS_CUT_OFF = re.compile(r"(\.\.\.|…|\[…\]|\[\.\.\.\])\s*(read more|more|continue reading)?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*([•·*▪◦‣|»>+]|-\s)")
_CRAWL_STAMP = re.compile(r"^\s*date\s+\d{4}-\d{2}-\d{2}\b\s*")
_DATE_LINE = re.compile(
    r"\b(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{4})\b",
    re.IGNORECASE,
)
# A trailing credit such as "(ANI)" or "(Reuters)" belongs to the text's source, not to its last sentence.
TRAILING_CREDIT = re.compile(
    r"(?<=[.!?\"'”’])\s*\(\s?(?:[A-Z]{2,6}|Reuters|Xinhua|Bloomberg|Tass|[A-Z]{2,5}/[A-Z]{2,5})\s?\)\s*$"
)

# Weights in words of prose, swept on the development dumps of the evaluation data (make quality): a run of lines is
# the body when its sentences outweigh the furniture between them.
_MIN_SENTENCE_WORDS = 6
_LONG_LINE_WORDS = 20
_MAX_LINE_WEIGHT = 60.0
_UNFINISHED_SHARE = 0.3  # a long line without an end reads like a teaser more often than like a paragraph
_SHORT_LINE_WEIGHT = -3.0
_RULE_WEIGHT = -8.0
_HEADING_WEIGHT = -90.0
_CUT_OFF_WEIGHT = -10.0
_DATE_LINE_WEIGHT = -12.0

# Below this share of a page, templates are believed; above it the "template" is the article, run under several URLs.
_MAX_TEMPLATE_SHARE = 0.5
KEPT_BY_ENGINE = 0.5
_MAX_BOX_SHARE = 0.3  # of what the engine kept; a box with more is the article, and its heading a subheading
_MIN_REPEAT_CHARS = 40  # shorter lines recur in speech and verse
_REPEATED_SHARE = 0.9  # of a line's word 4-grams; the rest bridge its neighbours where a text was flattened
_MAX_HINTED_SHARE = 0.2  # a class that wraps more than this of the text is the name of a layout, not of a box

# Zones whose markup may overrule the engine: it names them close to the text and is seldom wrong there.
_TRUSTED_HINTS = {
    Zone.CAPTION, Zone.RELATED, Zone.NEWSLETTER, Zone.SHARE, Zone.COMMENT, Zone.COOKIE, Zone.TAGS, Zone.TRENDING,
    Zone.ADVERT, Zone.PAYWALL, Zone.PLAN, Zone.ABOUT, Zone.BYLINE, Zone.STANDFIRST,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """What a block is: zone, the rule that said so, and its confidence from 0 to 1."""

    zone: Zone
    rule: str
    score: float


def label_lines(text: str, blocks: Sequence[Block], templates: Collection[int] = ()) -> list[Label]:
    """Label the lines of a text dump; one label per block, in order."""
    lines = [text[block.start : block.end].strip() for block in blocks]
    certain = _certain_labels(lines, _believed_templates(lines, templates))
    weights = [_weight(line, label) for line, label in zip(lines, certain, strict=True)]
    start, end = _heaviest_run(weights)
    labels = [
        label or _line_label(line, weight, inside=start <= index < end, before=index < start)
        for index, (line, label, weight) in enumerate(zip(lines, certain, weights, strict=True))
    ]
    _spread_headings(lines, labels, end)
    return _cut_teasers(lines, labels)


def label_html(text: str, blocks: Sequence[Block], templates: Collection[int] = ()) -> list[Label]:
    """Label the blocks of an HTML page; one label per block, in order."""
    lines = [text[block.start : block.end].strip() for block in blocks]
    certain = _certain_labels(lines, _believed_templates(lines, templates))
    trusted, lead_in = _trusted_hints(blocks), _lead_in(blocks)
    labels = [
        _block_label(block, label, trusted if index < lead_in else trusted - {Zone.STANDFIRST})
        for index, (block, label) in enumerate(zip(blocks, certain, strict=True))
    ]
    _cut_boxes(lines, blocks, labels)
    return _cut_repeats(lines, labels)


def label_given(blocks: Sequence[Block]) -> list[Label]:
    """Label the paragraphs of a text that came clean: all are body."""
    return [Label(Zone.BODY, "given", 1.0) for _ in blocks]


def crawl_stamp(line: str) -> int:
    """Return how many characters at the start of a line are a crawler's date stamp; 0 when there is none."""
    match = _CRAWL_STAMP.match(line)
    return match.end() if match else 0


def _believed_templates(lines: Sequence[str], templates: Collection[int]) -> set[int]:
    if not templates:
        return set()
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[text_hash(line)] += len(line)
    known = {key for key in sizes if key in templates}
    total = sum(sizes.values())
    return known if sum(sizes[key] for key in known) <= _MAX_TEMPLATE_SHARE * total else set()


def _certain_labels(lines: Sequence[str], templates: set[int]) -> list[Label | None]:
    labels: list[Label | None] = []
    for line in lines:
        rule = line_rule(line)
        if rule is not None:
            labels.append(Label(rule.zone, rule.name, 0.95))
        elif templates and text_hash(line) in templates:
            labels.append(Label(Zone.TEMPLATE, f"template:{text_hash(line):016x}", 0.9))
        else:
            labels.append(None)
    return labels


def _weight(line: str, label: Label | None) -> float:
    if tail_heading(line):
        return _HEADING_WEIGHT
    if label is not None:
        return _RULE_WEIGHT
    size = len(words(line))
    if not size:
        return 0.0
    if _ENDS_CUT_OFF.search(line):
        return _CUT_OFF_WEIGHT
    if size < _LONG_LINE_WORDS and _DATE_LINE.search(line) and not _ENDS_SENTENCE.search(line):
        return _DATE_LINE_WEIGHT
    if _ENDS_SENTENCE.search(line) and size >= _MIN_SENTENCE_WORDS:
        return min(_MAX_LINE_WEIGHT, float(size))
    if size >= _LONG_LINE_WORDS and not _BULLET.match(line):
        return min(_MAX_LINE_WEIGHT, _UNFINISHED_SHARE * size)
    return _SHORT_LINE_WEIGHT


def _heaviest_run(weights: Sequence[float]) -> tuple[int, int]:
    """Return the bounds of the run with the largest sum, (0, 0) when no weight is positive; the first one on a tie."""
    best, best_bounds = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, weight in enumerate(weights):
        if total <= 0.0:
            total, start = 0.0, index
        total += weight
        if total > best:
            best, best_bounds = total, (start, index + 1)
    return best_bounds


def _line_label(line: str, weight: float, *, inside: bool, before: bool) -> Label:
    if not line:
        return Label(Zone.BLANK, "blank", 1.0)
    heading = tail_heading(line)
    if heading:
        return Label(heading.zone, heading.name, 0.9)
    if inside:
        if weight <= _CUT_OFF_WEIGHT:
            return Label(Zone.RELATED, "cut_off_teaser", 0.6)
        return Label(Zone.BODY, "prose" if weight > 0 else "within_prose", 0.9 if weight > 0 else 0.6)
    if _DATE_LINE.search(line) and weight < 0:
        return Label(Zone.DATE, "date_line", 0.8)
    if weight > 0:
        return Label(Zone.BOILERPLATE, "prose_before_body" if before else "prose_after_body", 0.6)
    return Label(Zone.NAV if before else Zone.BOILERPLATE, "short_line", 0.7)


def _spread_headings(lines: Sequence[str], labels: list[Label], end: int) -> None:
    """Name what stands after the body under a heading such as "Trending" after that heading."""
    current: Label | None = None
    for index in range(end, len(labels)):
        heading = tail_heading(lines[index])
        if heading:
            current = Label(heading.zone, f"under_{heading.name}", 0.7)
        elif current and labels[index].zone in (Zone.BOILERPLATE, Zone.DATE, Zone.BYLINE, Zone.NAV):
            labels[index] = current


def _trusted_hints(blocks: Sequence[Block]) -> set[Zone]:
    """Return the zones whose markup may overrule the engine: those that name a small part of what it kept."""
    kept: Counter[str | None] = Counter()
    for block in blocks:
        if block.engine_share >= KEPT_BY_ENGINE:
            kept[block.hint] += block.end - block.start
    limit = _MAX_HINTED_SHARE * sum(kept.values())
    return {zone for zone in _TRUSTED_HINTS if kept[zone.value] <= limit}


def _lead_in(blocks: Sequence[Block]) -> int:
    """Return the index of the first paragraph: a standfirst stands before it."""
    plain = (
        index
        for index, block in enumerate(blocks)
        if block.engine_share >= KEPT_BY_ENGINE and block.hint is None and block.tag == "p"
    )
    return next(plain, len(blocks))


def _block_label(block: Block, certain: Label | None, trusted: set[Zone]) -> Label:
    hint = Zone(block.hint) if block.hint else None
    if block.engine_share < KEPT_BY_ENGINE:
        if certain is not None:
            return certain
        return Label(hint or Zone.BOILERPLATE, f"markup_{hint}" if hint else "engine_cut", 0.8 if hint else 0.7)
    if certain is not None:
        return certain
    if hint in trusted:
        return Label(hint, f"markup_{hint}", 0.75)
    return Label(Zone.BODY, "engine", round(0.5 + block.engine_share / 2, 4))


def _cut_boxes(lines: Sequence[str], blocks: Sequence[Block], labels: list[Label]) -> None:
    """Cut what stands in one box with a heading such as "More from us", unless the box is the page's main one."""
    total = sum(block.end - block.start for block in blocks if block.engine_share >= KEPT_BY_ENGINE)
    done = 0  # blocks before it stand in a box that was looked at
    for start, line in enumerate(lines):
        rule = tail_heading(line) if start >= done else None
        if rule is None or labels[start].zone is Zone.TITLE:
            continue
        box = blocks[start].container
        end = _box_end(blocks, start, box)
        if end == start + 1:  # the heading has a box of its own: what it heads is the box around
            end = _box_end(blocks, start, box[: box.rstrip("/").rfind("/") + 1])
        done = end
        kept = sum(
            blocks[index].end - blocks[index].start for index in range(start, end) if labels[index].zone is Zone.BODY
        )
        if kept > _MAX_BOX_SHARE * total:
            done = start + 1
            continue
        for index in range(start, end):
            if labels[index].zone in (Zone.BODY, Zone.BOILERPLATE):
                labels[index] = Label(rule.zone, rule.name if index == start else f"under_{rule.name}", 0.85)


def _box_end(blocks: Sequence[Block], start: int, box: str) -> int:
    """Return the index after the last block of a box that goes on from `start`."""
    end = start
    while end < len(blocks) and blocks[end].container.startswith(box):
        end += 1
    return end


def _cut_teasers(lines: Sequence[str], labels: list[Label]) -> list[Label]:
    """Cut body lines that stand again further down: the last is the text, the ones before it its teasers."""
    below: set[int] = set()
    for index in range(len(lines) - 1, -1, -1):
        if labels[index].zone is Zone.BODY and len(lines[index]) >= _MIN_REPEAT_CHARS:
            key = text_hash(lines[index])
            if key in below:
                labels[index] = Label(Zone.REPEAT, "said_again_below", 0.9)
            below.add(key)
    return labels


def _cut_repeats(lines: Sequence[str], labels: list[Label]) -> list[Label]:
    """Cut body blocks that other body blocks say in full: a lead above the text, a text flattened into one block.

    The longest are asked first, so that the flattened text goes and its paragraphs stay; of equal ones the first goes.
    """
    shingles = {
        index: sequence_hashes(words(line), SHINGLE_WORDS).tolist()
        for index, (line, label) in enumerate(zip(lines, labels, strict=True))
        if label.zone is Zone.BODY and len(line) >= _MIN_REPEAT_CHARS
    }
    told: Counter[int] = Counter(hashed for hashes in shingles.values() for hashed in set(hashes))
    for index in sorted(shingles, key=lambda index: (-len(shingles[index]), index)):
        own = set(shingles[index])
        if sum(told[hashed] > 1 for hashed in own) >= _REPEATED_SHARE * len(own):
            labels[index] = Label(Zone.REPEAT, "said_elsewhere_in_the_body", 0.9)
            told.subtract(own)
    return labels
