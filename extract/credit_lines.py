"""Finds the lines of a page where authors and sources are named."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from extract.credits import Line
from extract.labels import Piece
from extract.model import Block, Media, ParsedPage, Zone
from extract.time_lines import HEAD_LINES, TAIL_LINES

_LINES_ABOVE_HEADLINE = 3
_SENTENCE_SPACES = 8  # a line of the body with fewer may be a byline
_BODY_LINES_ABOVE_BYLINE = 2  # a summary above the byline is part of the body
_ORIGIN_RULES = {"upstream_credit", "agency_line", "trailing_credit"}
_BYLINE_NAMES = {"byline", "author", "authors", "autor", "autoren"}


def byline_lines(page: ParsedPage, pieces: Sequence[Piece]) -> list[Line]:
    """Return the lines where a page names its authors: from just above the headline to the text, and below its end."""
    body = [place for place, piece in enumerate(pieces) if piece.label.zone is Zone.BODY]
    long = [place for place in body if _is_sentence(page, pieces[place])][: _BODY_LINES_ABOVE_BYLINE + 1]
    if not long or page.page.media == Media.BODY:
        return []
    titles = [place for place in range(long[0]) if pieces[place].label.zone is Zone.TITLE]
    # Of a headline that stands twice the first counts, when the byline may stand between the two.
    headline = next((place for place in titles if place >= titles[-1] - HEAD_LINES), None)
    first = long[0] - HEAD_LINES if headline is None else headline - _LINES_ABOVE_HEADLINE
    foot = range(body[-1] + 1, min(len(pieces), body[-1] + 1 + TAIL_LINES))
    return [
        Line(
            piece.start,
            page.text[piece.start : piece.end].rstrip(),
            piece.label.zone,
            _is_named_byline(page.blocks, piece.start),
            is_foot=place > body[-1],
            is_above=place < (headline or 0),
        )
        for place in (*range(max(0, first), long[-1]), *foot)
        if (piece := pieces[place]).label.zone is not Zone.TITLE
    ]


def _is_sentence(page: ParsedPage, piece: Piece) -> bool:
    return page.text.count(" ", piece.start, piece.end) >= _SENTENCE_SPACES


def _is_named_byline(blocks: Sequence[Block], start: int) -> bool:
    """Tell whether the markup calls the block that begins there a byline."""
    place = bisect_left(blocks, start, key=attrgetter("start"))
    if place == len(blocks) or blocks[place].start != start:
        return False
    return blocks[place].hint == Zone.BYLINE or not _BYLINE_NAMES.isdisjoint(blocks[place].names.split())


def origin_lines(page: ParsedPage, pieces: Sequence[Piece]) -> list[Line]:
    """Return the lines that say where a text comes from: its first, its last two, credits and what stands below."""
    body = [place for place, piece in enumerate(pieces) if piece.label.zone is Zone.BODY]
    if not body:
        return []
    ends = {body[0], *body[-2:]}
    foot = range(body[-1] + 1, min(len(pieces), body[-1] + 1 + TAIL_LINES))
    places = [
        *sorted(ends | {place for place in range(body[0], body[-1]) if pieces[place].label.rule in _ORIGIN_RULES}),
        *foot,
    ]
    return [
        Line(piece.start, page.text[piece.start : piece.end].rstrip(), piece.label.zone, False, place > body[-1], False)
        for place in places
        for piece in [pieces[place]]
    ]
