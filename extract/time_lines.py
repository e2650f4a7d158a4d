"""Finds the times that a page shows its readers, near its text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.dates import visible_times
from extract.labels import Piece
from extract.model import STANDINGS, Block, Media, ParsedPage, TimeCandidate, Zone

HEAD_LINES = 12  # a page's own date stands this near to its text; dates further away belong to other articles
_ABOVE_HEADLINE = 3  # lines
_MOST_LINES = 60  # between headline and text; with more the heading is not the article's
TAIL_LINES = 6
_LINE_CHARS = 200
_OWN = {Zone.DATE, Zone.BYLINE, Zone.NAV, Zone.CREDIT, Zone.BOILERPLATE, Zone.DATELINE}
# Zones that lines of an article's head are taken for when their boxes are named so; dates alone in a line still count.
_NAMED_ELSE = {Zone.SHARE, Zone.RELATED, Zone.ABOUT, Zone.TAGS, Zone.STANDFIRST, Zone.BODY, Zone.TRENDING}
_DATE_NAMES = re.compile(r"\b(dates?|datetime|timestamp|pubdate|posted|published|publication|publish|dateline)\b")
_DATE_SHARE = 0.5  # of a line's characters


def line_times(page: ParsedPage, pieces: Sequence[Piece]) -> list[TimeCandidate]:
    """Return the times shown near the text: between headline and text, just above it, and just below its end.

    Args:
        page: the page.
        pieces: the labelled stretches that tile its text.
    """
    body = [index for index, piece in enumerate(pieces) if piece.label.zone is Zone.BODY]
    if not body or page.page.media == Media.BODY:
        return []
    blocks = {block.start: block for block in page.blocks}
    heading = _heading(pieces, blocks, body[0])
    first = max(0, body[0] - HEAD_LINES if heading is None else heading - _ABOVE_HEADLINE)
    candidates: list[TimeCandidate] = []
    # Up to the second paragraph: a date may stand below a first line in bold.
    for index in range(first, body[min(1, len(body) - 1)]):
        start, end, label, _ = pieces[index]
        line = page.text[start:end]
        if label.rule == "crawl_stamp" or len(line) > _LINE_CHARS:
            continue
        found = visible_times(page.text, start, line)
        if heading is not None and index < heading:
            # Above a headline stands the day on which the page was looked at, in the head of the paper.
            candidates += [one for one in found if one.standing == "named"]
            continue
        if found and ((heading is not None and index > heading) or _is_named_so(blocks.get(start))):
            found = [replace(one, standing="own") if one.standing == "page" else one for one in found]
        if label.zone in _OWN or (label.zone in _NAMED_ELSE and _is_mostly_time(line, found)):
            candidates += found
    for start, end, _, _ in pieces[body[-1] + 1 : body[-1] + 1 + TAIL_LINES]:
        line = page.text[start:end]
        # Below the text a date is the page's own only when a word says so: related items stand there too.
        if len(line) <= _LINE_CHARS:
            candidates += [one for one in visible_times(page.text, start, line) if one.standing == "named"]
    return sorted(candidates, key=lambda candidate: STANDINGS.index(candidate.standing))


def _heading(pieces: Sequence[Piece], blocks: dict[int, Block], body: int) -> int | None:
    """Return the number of the headline above the text, None without one that is near.

    Of several lines that say it the first counts, in markup the last `h1`.
    """
    near = range(body - 1, max(-1, body - _MOST_LINES), -1)
    headings = [index for index in near if (block := blocks.get(pieces[index].start)) and block.tag == "h1"]
    titles = [index for index in near if pieces[index].label.zone is Zone.TITLE]
    return next(iter([*headings, *reversed(titles)]), None)


def _is_named_so(block: Block | None) -> bool:
    return block is not None and bool(_DATE_NAMES.search(block.names))


def _is_mostly_time(line: str, found: Sequence[TimeCandidate]) -> bool:
    return sum(len(one.original_text) for one in found) >= _DATE_SHARE * len(line.strip())
