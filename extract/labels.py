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

from extract.line_model import LineModel
from extract.model import Block, Zone
from extract.rules import line_rule, tail_heading
from extract.words import line_shingles, text_hash

_CRAWL_STAMP = re.compile(r"^\s*date\s+\d{4}-\d{2}-\d{2}\b\s*")
_DATE_LINE = re.compile(
    r"\b(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{4})\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")  # asked first, because most lines have none
_DATE_LINE_WORDS = 20  # a longer line with a date in it is prose
# A trailing credit such as "(ANI)" or "(Reuters)" belongs to the text's source, not to its last sentence.
_TRAILING_CREDIT = re.compile(
    r"(?<=[.!?\"'”’])\s*\(\s?(?:[A-Z]{2,6}|Reuters|Xinhua|Bloomberg|Tass|[A-Z]{2,5}/[A-Z]{2,5})\s?\)\s*$"
)

BODY_CHANCE = 0.4  # probability from which a block is kept; F1 of the folds is flat between .35 and .5
_SURE_CHANCE = 0.9  # a block the model is so sure of is body though a rule knows its wording
# Below this share of a page, templates are believed; above it the "template" is the article, run under several URLs.
_MAX_TEMPLATE_SHARE = 0.5
KEPT_BY_ENGINE = 0.5
_MIN_REPEAT_CHARS = 40  # shorter lines recur in speech and verse
_ROUNDING = 1e-9
_REPEATED_SHARE = 0.9  # of a line's word 4-grams; the rest bridge its neighbours where a text was flattened


class Label(NamedTuple):
    """What a block is: zone, what said so, and its confidence from 0 to 1."""

    zone: Zone
    rule: str
    score: float


def label_blocks(text: str, blocks: Sequence[Block], templates: Collection[int], model: LineModel) -> list[Label]:
    """Label the lines of a dump or the blocks of an HTML page; one label per block, in order."""
    lines = [text[block.start : block.end].strip() for block in blocks]
    believed = _believed_templates(lines, templates)
    chances = model.body_chances(text, blocks)
    labels = [
        _label(line, block, chance, believed, model.version)
        for line, block, chance in zip(lines, blocks, chances, strict=True)
    ]
    _name_by_headings(lines, blocks, labels)
    return _cut_repeats(lines, labels)


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


def _name_by_headings(lines: Sequence[str], blocks: Sequence[Block], labels: list[Label]) -> None:
    """Name what was cut below a heading such as "Trending" after it: to the end of its box, in a dump of the page."""
    done = 0  # blocks before it stand below a heading that was looked at
    for start, line in enumerate(lines):
        rule = tail_heading(line) if start >= done and labels[start].zone in _NAMELESS else None
        if rule is None:
            continue
        end = _box_end(blocks, start, blocks[start].container)
        if end == start + 1:  # the heading has a box of its own: what it heads is the box around
            box = blocks[start].container.rstrip("/")
            end = _box_end(blocks, start, box[: box.rfind("/") + 1])
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
    found = line_shingles([lines[index] for index in asked])
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
