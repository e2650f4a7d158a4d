"""Labels the blocks of a page: what each is, what said so, and how sure it is.

The line model says of every block whether it is body. Rules that are certain of a line by its wording and learned
outlet templates overrule it; rules, headings and markup name what was cut.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extract.features import prose_run
from extract.line_model import LineModel
from extract.model import Block, Zone
from extract.rules import line_rule, tail_heading
from extract.words import line_shingles, line_words, text_hash, words

_CRAWL_STAMP = re.compile(r"^\s*date\s+\d{4}-\d{2}-\d{2}\b\s*")
_DATE_LINE = re.compile(
    r"\b(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{4})\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")  # asked first, because most lines have none
# A wire brief of the evaluation sets has two sentences of about 15 words; below that a body is a caption or a teaser.
MIN_BODY_WORDS = 25
_RESCUED_WORDS = 100  # below it, a page without an article is likelier than one that was not found
_SENTENCE_WORDS = 6  # fewer before a credit are a caption or a byline
_DATE_LINE_WORDS = 20  # a longer line with a date in it is prose
# A trailing credit such as "(ANI)" or "(Reuters)" belongs to the text's source, not to its last sentence.
_TRAILING_CREDIT = re.compile(
    r"(?<=[.!?\"'”’])\s*\(\s?(?:[A-Z]{2,6}|Reuters|Xinhua|Bloomberg|Tass|[A-Z]{2,5}/[A-Z]{2,5})\s?\)\s*$"
)

BODY_CHANCE = 0.4  # probability from which a block is kept; F1 of the folds is flat from .3 to .5, by .002
_SURE_CHANCE = 0.95  # a block the model is so sure of is body though a rule knows its wording
# Below this share of a page, templates are believed; above it the "template" is the article, run under several URLs.
_MAX_TEMPLATE_SHARE = 0.5
KEPT_BY_ENGINE = 0.5
# Shares of the kept text, swept on the folds.
_MAX_HINTED_SHARE = 0.05  # of blocks one class name speaks against
_MAX_LEFT_OUT_SHARE = 0.5  # the same, where the engine left them out too
_MAX_STANDFIRST_SHARE = 0.5  # of what class names call a summary; that of more is the name of a layout
_MAX_BOX_SHARE = 0.3  # of a box under a heading; one with more is the article, and its heading a subheading
_MIN_REPEAT_CHARS = 40  # shorter lines recur in speech and verse
_ROUNDING = 1e-9
_REPEATED_SHARE = 0.9  # of a line's word 4-grams; the rest bridge its neighbours where a text was flattened

# Zones whose markup names them close to the text and is seldom wrong there.
_TRUSTED_HINTS = {
    Zone.CAPTION, Zone.RELATED, Zone.NEWSLETTER, Zone.SHARE, Zone.COMMENT, Zone.COOKIE, Zone.TAGS, Zone.TRENDING,
    Zone.ADVERT, Zone.PAYWALL, Zone.PLAN, Zone.ABOUT, Zone.BYLINE,
}  # fmt: skip


class Label(NamedTuple):
    """What a block is: zone, what said so, and its confidence from 0 to 1."""

    zone: Zone
    rule: str
    score: float


class Piece(NamedTuple):
    """A stretch of the page text with its label and its words, before it becomes a span."""

    start: int
    end: int
    label: Label
    words: list[str]


def label_blocks(text: str, blocks: Sequence[Block], templates: Collection[int], model: LineModel) -> list[Label]:
    """Label the lines of a dump or the blocks of an HTML page; one label per block, in order."""
    lines = [text[block.start : block.end].strip() for block in blocks]
    believed = _believed_templates(lines, templates)
    chances = model.body_chances(text, blocks)
    labels = [
        _label(line, block, chance, believed, model.version)
        for line, block, chance in zip(lines, blocks, chances, strict=True)
    ]
    _rescue(text, blocks, labels)
    _keep_credited(lines, labels)
    _cut_named(blocks, labels)
    _cut_headed(lines, blocks, labels)
    _name_by_headings(lines, blocks, labels)
    labels = _cut_repeats(lines, labels)
    _believe_standfirst(lines, labels)
    return labels


def label_given(blocks: Sequence[Block]) -> list[Label]:
    """Label the paragraphs of a text that came clean: all are body."""
    return [Label(Zone.BODY, "given", 1.0) for _ in blocks]


def trailing_credit(text: str) -> int | None:
    """Return where the credit at the end of a text begins; None without one."""
    match = _TRAILING_CREDIT.search(text) if text.rstrip().endswith(")") else None
    return match.start() if match else None


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


def _label(line: str, block: Block, chance: float, templates: set[int], model: str) -> Label:
    if not line:
        return Label(Zone.BLANK, "blank", 1.0)
    if templates and text_hash(line) in templates:
        return Label(Zone.TEMPLATE, f"template:{text_hash(line):016x}", 0.9)
    rule = line_rule(line) if chance < _SURE_CHANCE else None
    if rule is not None:
        return Label(rule.zone, rule.name, 0.95)
    hint = Zone(block.hint) if block.hint else None
    if chance >= BODY_CHANCE:
        return Label(Zone.STANDFIRST if hint is Zone.STANDFIRST else Zone.BODY, model, chance)
    cut = round(1.0 - chance, 3)
    if hint is not None and hint is not Zone.STANDFIRST:
        return Label(hint, f"{model}:markup_{hint}", cut)
    if _DIGIT.search(line) and len(line.split()) < _DATE_LINE_WORDS and _DATE_LINE.search(line):
        return Label(Zone.DATE, f"{model}:date_line", cut)
    return Label(Zone.BOILERPLATE, model, cut)


def _rescue(text: str, blocks: Sequence[Block], labels: list[Label]) -> None:
    """Where the model keeps next to nothing, keep what the engine kept, or in a dump the longest run of prose.

    The model has seen few pages in some scripts and finds no article on them at all.
    """
    if _has_words(text, blocks, [label.zone is Zone.BODY for label in labels], MIN_BODY_WORDS):
        return
    kept = [block.engine_share >= KEPT_BY_ENGINE for block in blocks]
    rule = "engine_alone"
    if not any(kept):
        run = prose_run(text, blocks)
        kept = [index in run for index in range(len(blocks))]
        rule = "prose_alone"
    if not _has_words(text, blocks, kept, _RESCUED_WORDS):
        return
    for index, label in enumerate(labels):
        if kept[index] and label.zone is Zone.BOILERPLATE:
            labels[index] = Label(Zone.BODY, rule, 0.5)


def _has_words(text: str, blocks: Sequence[Block], kept: Sequence[bool], wanted: int) -> bool:
    """Tell whether the kept blocks have so many words; looks no further than it must."""
    found = 0
    for block, is_kept in zip(blocks, kept, strict=True):
        found += len(words(text[block.start : block.end])) if is_kept else 0
        if found >= wanted:
            return True
    return False


def _keep_credited(lines: Sequence[str], labels: list[Label]) -> None:
    """Keep a sentence right below the body that ends with an agency's credit: it is the report's last."""
    for index in range(1, len(lines)):
        if (
            labels[index].zone is Zone.BOILERPLATE
            and labels[index - 1].zone is Zone.BODY
            and trailing_credit(lines[index]) is not None
            and len(lines[index].split()) >= _SENTENCE_WORDS
        ):
            labels[index] = Label(Zone.BODY, "ends_with_credit", 0.9)


def _cut_named(blocks: Sequence[Block], labels: list[Label]) -> None:
    """Cut kept blocks whose class names say another zone: small boxes, and larger ones the engine left out too.

    A class around most of the text is the name of a layout, not of a box.
    """
    kept: Counter[str | None] = Counter()
    for block, label in zip(blocks, labels, strict=True):
        if label.zone is Zone.BODY:
            kept[block.hint] += block.end - block.start
    total = sum(kept.values())
    for index, block in enumerate(blocks):
        if labels[index].zone is not Zone.BODY or block.hint not in _TRUSTED_HINTS:
            continue
        limit = _MAX_HINTED_SHARE if block.engine_share >= KEPT_BY_ENGINE else _MAX_LEFT_OUT_SHARE
        if kept[block.hint] <= limit * total:
            labels[index] = Label(Zone(block.hint), f"markup_{block.hint}", 0.75)


def _believe_standfirst(lines: Sequence[str], labels: list[Label]) -> None:
    """Make body of a standfirst that is most of what was kept: a summary is shorter than what it sums up.

    A class such as "excerpt" around a whole article would otherwise leave its page without a text of its own, and what
    is no body takes no part in the search for copies.
    """
    sizes = {zone: sum(len(line) for line, label in zip(lines, labels, strict=True) if label.zone is zone)
             for zone in (Zone.STANDFIRST, Zone.BODY)}  # fmt: skip
    if sizes[Zone.STANDFIRST] <= _MAX_STANDFIRST_SHARE * sum(sizes.values()):
        return
    for index, label in enumerate(labels):
        if label.zone is Zone.STANDFIRST:
            labels[index] = Label(Zone.BODY, label.rule, label.score)


def _cut_headed(lines: Sequence[str], blocks: Sequence[Block], labels: list[Label]) -> None:
    """Cut what stands in one box with a heading such as "More from us", unless the box is the page's main one."""
    total = sum(block.end - block.start for block, label in zip(blocks, labels, strict=True) if label.zone is Zone.BODY)
    done = 0  # blocks before it stand in a box that was looked at
    for start, line in enumerate(lines):
        rule = tail_heading(line) if start >= done and blocks[start].tag != "line" else None
        if rule is None or labels[start].zone is Zone.TITLE:
            continue
        done = _headed_end(blocks, start)
        inside = [index for index in range(start, done) if labels[index].zone is Zone.BODY]
        if sum(blocks[index].end - blocks[index].start for index in inside) > _MAX_BOX_SHARE * total:
            done = start + 1
            continue
        for index in inside:
            labels[index] = Label(rule.zone, rule.name if index == start else f"under_{rule.name}", 0.85)


def _name_by_headings(lines: Sequence[str], blocks: Sequence[Block], labels: list[Label]) -> None:
    """Name what was cut below a heading such as "Trending" after it: to the end of its box, in a dump of the page."""
    body = next((index for index, label in enumerate(labels) if label.zone is Zone.BODY), len(labels))
    done = 0  # blocks before it stand below a heading that was looked at
    for start, line in enumerate(lines):
        # In a dump a heading above the body is a menu's: what follows it are sections, and then the article.
        is_below = blocks[start].tag != "line" or start > body
        rule = tail_heading(line) if start >= done and is_below and labels[start].zone in _NAMELESS else None
        if rule is None:
            continue
        end = _headed_end(blocks, start)
        for index in range(start, end):
            if index > start and (tail_heading(lines[index]) or labels[index].zone is Zone.BODY):
                end = index
                break
            if labels[index].zone in _NAMELESS:
                name = rule.name if index == start else f"under_{rule.name}"
                labels[index] = Label(rule.zone, f"{labels[index].rule}:{name}", labels[index].score)
        done = end


# Zones that a heading above says more about.
_NAMELESS = {Zone.BOILERPLATE, Zone.DATE, Zone.BYLINE, Zone.NAV}


def _headed_end(blocks: Sequence[Block], start: int) -> int:
    """Return the index after the last block that a heading is over: those in its box, or in the box around that."""
    end = _box_end(blocks, start, blocks[start].container)
    if end > start + 1:
        return end
    box = blocks[start].container.rstrip("/")
    return _box_end(blocks, start, box[: box.rfind("/") + 1])


def _box_end(blocks: Sequence[Block], start: int, box: str) -> int:
    """Return the index after the last block of a box that goes on from `start`."""
    end = start
    while end < len(blocks) and blocks[end].container.startswith(box):
        end += 1
    return end


def _cut_repeats(lines: Sequence[str], labels: list[Label]) -> list[Label]:
    """Cut body blocks that other body blocks say in full: a lead above the text, a text flattened into one block.

    The longest are asked first, so that the flattened text goes and its paragraphs stay; of equal ones the first goes.
    """
    asked = [
        index
        for index, (line, label) in enumerate(zip(lines, labels, strict=True))
        if label.zone is Zone.BODY and len(line) >= _MIN_REPEAT_CHARS
    ]
    found = line_shingles(line_words([lines[index] for index in asked]))
    if not _may_repeat(found):
        return labels
    shingles = {index: hashes.tolist() for index, hashes in zip(asked, found, strict=True)}
    told: Counter[int] = Counter(hashed for hashes in shingles.values() for hashed in set(hashes))
    for index in sorted(shingles, key=lambda index: (-len(shingles[index]), index)):
        own = set(shingles[index])
        if sum(told[hashed] > 1 for hashed in own) >= _REPEATED_SHARE * len(own):
            labels[index] = Label(Zone.REPEAT, "said_elsewhere_in_the_body", 0.9)
            told.subtract(own)
    return labels


def _may_repeat(found: Sequence[npt.NDArray[np.uint64]]) -> bool:
    """Tell whether any line has so few hashes of its own that it may be a repeat: on most pages none has."""
    if not found:
        return False
    _, kinds, counts = np.unique(np.concatenate(found), return_inverse=True, return_counts=True)
    lines = np.repeat(np.arange(len(found)), [len(hashes) for hashes in found])
    own = np.bincount(lines, weights=counts[kinds] == 1, minlength=len(found))
    sizes = np.bincount(lines, minlength=len(found))
    return bool((own <= (1 - _REPEATED_SHARE) * sizes + _ROUNDING).any())
