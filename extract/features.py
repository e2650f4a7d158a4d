"""What the line model sees of a page: a row of numbers per block, whole page at a time.

Everything is counted with NumPy over the code points of the page (class tables, prefix sums, hashes of words taken
sixteen characters at once), because a page has hundreds of lines and a night thousands of pages: about a millisecond a
page, a tenth of what the same counts cost line by line.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from extract.model import Block, Zone
from extract.words import distinct

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

WORD_BUCKETS = 1 << 17  # of the word weights: the training pages have 90k distinct words and pairs
NAME_BUCKETS = 1 << 13  # of the weights of class names

_CLASSES = {
    "term": ".!?。！？…।؟",
    "comma": ",;،、，",
    "quote": "\"'“”„«»‘’「」『』",
    "bullet": "*+-•·▪◦‣|»>–—#○■►",
    "slash": "|/",
    "colon": ":：",
    "paren": "()[]{}",
    "sign": "@&©#_=",
    "money": "$€£¥₹%",
}
_BITS = {name: 1 << bit for bit, name in enumerate((*_CLASSES, "word", "upper", "lower", "digit", "space", "cjk"))}
_PLANE = 1 << 16  # code points beyond the first plane (emoji, mostly) count as its replacement character
_REPLACEMENT = 0xFFFD
_CJK_RANGES = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_HASHED_CHARACTERS = 16  # of a word; longer ones differ before or are told apart by their length
# 64-bit odd constants of the SplitMix64 generator (Steele, Lea, Flood 2014).
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)

_PROSE_WORDS = 8  # a line of so many words that ends like a sentence is prose; so is any of twenty
_LONG_PROSE_WORDS = 20
_CONTENT_CHARACTERS = 5  # shorter words without a capital are mostly grammar, in every language with spaces
_WINDOWS = (4, 10, 25)  # lines before and after
_FAR = 50  # lines; beyond, distance tells nothing more
_MAX_INDENT = 60
_SHORT_LINE = 6
# Weights of the rule that takes the heaviest run of lines as the body, see `heaviest_run`.
_SHORT_LINE_WEIGHT = -3.0
_MAX_LINE_WEIGHT = 60.0

TAG_GROUPS: Mapping[str, int] = {
    "p": 0, "h1": 1, "h2": 2, "h3": 2, "h4": 3, "h5": 3, "h6": 3, "li": 4, "tr": 5, "td": 5, "div": 6, "section": 6,
    "article": 6, "main": 6, "blockquote": 7, "figcaption": 8, "figure": 8, "pre": 7, "dd": 4, "dt": 4, "body": 6,
    "header": 9, "footer": 9, "nav": 9, "aside": 9, "form": 9, "button": 9, "label": 9,
}  # fmt: skip
_OTHER_TAG = 10
_LANDMARK_BITS = 16
# What class names say a box is (`extract.blocks`), in groups large enough to learn from.
_HINT_GROUPS = (
    (Zone.COMMENT,),
    (Zone.NEWSLETTER, Zone.PAYWALL, Zone.PLAN, Zone.COOKIE),
    (Zone.RELATED, Zone.TRENDING),
    (Zone.SHARE, Zone.TAGS),
    (Zone.ADVERT,),
    (Zone.CAPTION,),
    (Zone.BYLINE, Zone.ABOUT, Zone.DATE),
    (Zone.STANDFIRST,),
    (Zone.NAV, Zone.LEGAL),
)
_HINT_GROUP = {zone.value: group for group, zones in enumerate(_HINT_GROUPS) for zone in zones}


@dataclass(frozen=True, slots=True)
class _Text:
    """The code points of a page and where its blocks and words lie in them."""

    points: npt.NDArray[np.uint32]
    classes: npt.NDArray[np.uint32]
    first: Ints  # first seen character of each block
    last: Ints  # last one
    indent: Ints  # spaces before it on its line
    gaps: Ints  # empty lines after each block
    word_starts: Ints
    word_sizes: Ints
    word_hashes: Hashes
    word_block: Ints  # the block each word stands in

    def has(self, name: str, at: Ints) -> npt.NDArray[np.float64]:
        """Return 1.0 where the character at a place is of a class."""
        return ((self.classes[at] & _BITS[name]) > 0).astype(np.float64)

    def count(self, name: str) -> npt.NDArray[np.float64]:
        """Return how many characters of a class each block has."""
        return self.within((self.classes & _BITS[name]) > 0)

    def within(self, flags: Flags) -> npt.NDArray[np.float64]:
        """Return how many of the characters of each block have a flag."""
        places = np.flatnonzero(flags)
        count = np.searchsorted(places, self.last, side="right") - np.searchsorted(places, self.first)
        return count.astype(np.float64)

    def per_block(self, weights: npt.NDArray[np.float64] | Flags) -> npt.NDArray[np.float64]:
        """Return the sum of a weight of every word, by block."""
        total = np.bincount(self.word_block, weights=weights.astype(np.float64), minlength=len(self.first))
        return total.astype(np.float64)


@lru_cache(maxsize=1)
def _class_table() -> npt.NDArray[np.uint32]:
    table = np.zeros(_PLANE, dtype=np.uint32)
    for point in range(_PLANE):
        character = chr(point)
        category = unicodedata.category(character)
        flags = 0
        if category[0] in "LN" or category in ("Mn", "Mc"):
            flags |= _BITS["word"]
        if category in ("Lu", "Lt"):
            flags |= _BITS["upper"]
        elif category == "Ll":
            flags |= _BITS["lower"]
        elif category[0] == "N":
            flags |= _BITS["digit"]
        if character.isspace():
            flags |= _BITS["space"]
        if any(low <= point <= high for low, high in _CJK_RANGES):
            flags |= _BITS["cjk"]
        for name, characters in _CLASSES.items():
            if character in characters:
                flags |= _BITS[name]
        table[point] = flags
    return table


@lru_cache(maxsize=1)
def _lower_table() -> npt.NDArray[np.uint32]:
    table = np.arange(_PLANE, dtype=np.uint32)
    for point in range(_PLANE):
        lower = chr(point).lower()
        if len(lower) == 1 and ord(lower) < _PLANE:
            table[point] = ord(lower)
    return table


def _points(text: str) -> npt.NDArray[np.uint32]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.where(points < _PLANE, points, _REPLACEMENT)


def _hashes(points: npt.NDArray[np.uint32], starts: Ints, sizes: Ints) -> Hashes:
    """Return a hash of every word, from its first sixteen characters in lower case and its length."""
    lower = np.concatenate([_lower_table()[points], np.zeros(_HASHED_CHARACTERS, dtype=np.uint32)]).astype(np.uint64)
    total = sizes.astype(np.uint64)
    for shift in range(min(_HASHED_CHARACTERS, int(sizes.max(initial=0)))):
        total = np.where(shift < sizes, total * _MULTIPLIER + lower[starts + shift], total)
    return _mixed(total)


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(29))) * _MIX
    return values ^ (values >> np.uint64(32))


def _analyse(text: str, blocks: Sequence[Block]) -> _Text:
    points = _points(text)
    classes = _class_table()[points]
    size = len(points)
    starts = np.fromiter((block.start for block in blocks), dtype=np.int64, count=len(blocks))
    ends = np.fromiter((block.end for block in blocks), dtype=np.int64, count=len(blocks))
    seen = np.flatnonzero((classes & _BITS["space"]) == 0)
    if not len(seen):
        seen = np.zeros(1, dtype=np.int64)
    # A block of nothing but space (a page without text) keeps its first character.
    first = np.minimum(seen[np.minimum(np.searchsorted(seen, starts), len(seen) - 1)], ends - 1)
    first = np.maximum(first, starts)
    last = np.maximum(seen[np.maximum(np.searchsorted(seen, ends) - 1, 0)], first)
    line_ends = np.flatnonzero(points == ord("\n"))
    lines_before = np.searchsorted(line_ends, first)
    line_start = np.where(lines_before > 0, line_ends[np.maximum(lines_before - 1, 0)] + 1, 0) if len(line_ends) else 0
    ends_before = np.concatenate([[0], np.cumsum(points == ord("\n"))])
    gaps = np.maximum(0, ends_before[ends] - ends_before[np.minimum(last + 1, size)] - 1)
    is_word = (classes & _BITS["word"]) > 0
    is_cjk = (classes & _BITS["cjk"]) > 0
    alone = np.concatenate([[False], is_cjk[:-1]]) | is_cjk | np.concatenate([[True], ~is_word[:-1]])
    word_starts = np.flatnonzero(is_word & alone)
    alone = np.concatenate([is_cjk[1:], [False]]) | is_cjk | np.concatenate([~is_word[1:], [True]])
    word_ends = np.flatnonzero(is_word & alone) + 1
    sizes = word_ends - word_starts
    return _Text(
        points=points,
        classes=classes,
        first=first,
        last=last,
        indent=np.minimum(first - line_start, _MAX_INDENT),
        gaps=np.minimum(gaps, 5),
        word_starts=word_starts,
        word_sizes=sizes,
        word_hashes=_hashes(points, word_starts, sizes),
        word_block=np.maximum(np.searchsorted(starts, word_starts, side="right") - 1, 0),
    )


@dataclass(frozen=True, slots=True)
class Hashed:
    """Places in a table of learned weights, each with the block it counts for."""

    blocks: Ints
    buckets: Ints


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page before the learned word weights are known: see `facts` and `columns`."""

    text: _Text
    blocks: Sequence[Block]
    words: Hashed
    names: Hashed
    line_hashes: Hashes


def facts(text: str, blocks: Sequence[Block]) -> PageFacts:
    """Count what a page's blocks are made of. `blocks` must not be empty and lie in `text` in order."""
    analysed = _analyse(text, blocks)
    line_hashes = _line_hashes(analysed)
    return PageFacts(analysed, blocks, _word_buckets(analysed, line_hashes), _name_buckets(blocks), line_hashes)


def _line_hashes(text: _Text) -> Hashes:
    """Return a hash of each block's words in order."""
    first = np.searchsorted(text.word_block, np.arange(len(text.first)))
    place = (np.arange(len(text.word_block)) - first[text.word_block]).astype(np.uint64)
    total = np.zeros(len(text.first), dtype=np.uint64)
    np.add.at(total, text.word_block, _mixed(text.word_hashes + place * _MULTIPLIER))
    return total


def _word_buckets(text: _Text, line_hashes: Hashes) -> Hashed:
    """Return the buckets of a page's words, word pairs, first and last words of blocks, and whole blocks."""
    hashes, block = text.word_hashes, text.word_block
    if not len(hashes):
        return Hashed(np.empty(0, np.int64), np.empty(0, np.int64))
    joined = block[1:] == block[:-1]
    pairs = _mixed(hashes[:-1] * _MULTIPLIER + hashes[1:])[joined]
    first = np.flatnonzero(np.append(True, ~joined))
    last = np.append(first[1:], len(block)) - 1
    with_words = block[first]
    found = (hashes, pairs, _salted(hashes[first], 1), _salted(hashes[last], 2), _salted(line_hashes[with_words], 3))
    places = (block, block[1:][joined], with_words, with_words, with_words)
    return Hashed(np.concatenate(places), (np.concatenate(found) & np.uint64(WORD_BUCKETS - 1)).astype(np.int64))


def _salted(values: Hashes, salt: int) -> Hashes:
    return _mixed(values ^ np.uint64(salt))


def _name_buckets(blocks: Sequence[Block]) -> Hashed:
    """Return the buckets of the words in a block's class names and in those of the elements around it."""
    named = [number for number, block in enumerate(blocks) if block.names]
    if not named:
        return Hashed(np.empty(0, np.int64), np.empty(0, np.int64))
    # Most blocks share their names with others: each text of names is hashed once, and all of them at once.
    kinds = dict.fromkeys(blocks[number].names for number in named)
    order = {names: place for place, names in enumerate(kinds)}
    points = _points(" ".join(kinds))
    starts = np.concatenate([[0], np.flatnonzero(points == ord(" ")) + 1])
    sizes = np.diff(np.append(starts, len(points) + 1)) - 1
    hashed = (_hashes(points, starts, sizes) & np.uint64(NAME_BUCKETS - 1)).astype(np.int64)
    counts = np.array([names.count(" ") + 1 for names in kinds])
    which = np.array([order[blocks[number].names] for number in named])
    own = counts[which]
    first = (np.cumsum(counts) - counts)[which]
    within = np.arange(own.sum()) - np.repeat(np.cumsum(own) - own, own)
    return Hashed(np.repeat(np.array(named, dtype=np.int64), own), hashed[np.repeat(first, own) + within])


def mean_weight(hashed: Hashed, weights: Floats, blocks: int) -> npt.NDArray[np.float64]:
    """Return, by block, the sum of its weights over the root of how many there are; shape (blocks,)."""
    total = np.bincount(hashed.blocks, weights=weights[hashed.buckets], minlength=blocks)
    return total / np.sqrt(np.maximum(1, np.bincount(hashed.blocks, minlength=blocks)))


@dataclass(frozen=True, slots=True)
class Weights:
    """What words and class names speak for; positive is for.

    Attributes:
        words: for body, shape (WORD_BUCKETS,).
        names: class names for body, shape (NAME_BUCKETS,).
    """

    words: Floats
    names: Floats


NO_WEIGHTS = Weights(np.zeros(WORD_BUCKETS, dtype=np.float32), np.zeros(NAME_BUCKETS, dtype=np.float32))
Scores = dict[str, npt.NDArray[np.float64]]


def scores(page: PageFacts, weights: Weights) -> Scores:
    """Return what the words of every block and the class names around it say, by name, each of shape (blocks,)."""
    blocks = len(page.blocks)
    return {
        "word_score": mean_weight(page.words, weights.words, blocks),
        "name_score": mean_weight(page.names, weights.names, blocks),
    }


def columns(page: PageFacts, scored: Scores) -> Floats:
    """Return the features of every block of a page, shape (blocks, features); counts are logarithms."""
    named = _columns(page, scored)
    return np.array(list(named.values()), dtype=np.float32).T


def feature_names(page: PageFacts) -> tuple[str, ...]:
    """Return the names of the columns."""
    return tuple(_columns(page, scores(page, NO_WEIGHTS)))


Columns = dict[str, npt.NDArray[np.float64]]


def _columns(page: PageFacts, scored: Scores) -> Columns:
    word_score = scored["word_score"]
    text = page.text
    words = text.per_block(np.ones(len(text.word_block)))
    end = _sentence_end(text)
    prose = _prose(words, end)
    found: Columns = dict(scored)
    found |= _line_columns(text, words, end)
    found["capitals_more"] = (found["capitalised"] > 0.6).astype(np.float64)  # most words of a headline or a menu
    found |= _paragraph_columns(text, words, found["sentences"])
    found |= _page_columns(text, words, prose)
    found |= _indent_columns(text, prose)
    found |= _shared_words(text, prose > 0)
    found |= _distance_columns(prose > 0)
    found["repeats"] = _times_repeated(page.line_hashes)
    found |= _run_columns("rule_run", _prose_weights(words, prose))
    found |= _run_columns("word_run", words * np.tanh(word_score))
    sums = {
        "prose": prose,
        "words": words,
        "short": (words < _SHORT_LINE).astype(np.float64),
        "capitals": found["capitals_more"],
    }
    for size in _WINDOWS:
        found |= _sum_columns(sums, size)
        before, after = _windows(word_score[None, :], size)
        found |= {f"score_before_{size}": before[0] / size, f"score_after_{size}": after[0] / size}
    return found | _markup_columns(page.blocks, words, prose)


def prose_run(text: str, blocks: Sequence[Block]) -> range:
    """Return the run of blocks that holds most prose; needs no model."""
    page = facts(text, blocks)
    words = page.text.per_block(np.ones(len(page.text.word_block)))
    prose = _prose(words, _sentence_end(page.text))
    return range(*heaviest_run(_prose_weights(words, prose)))


def _prose(words: npt.NDArray[np.float64], end: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the words of blocks that read like prose, else 0."""
    return words * (((end > 0) & (words >= _PROSE_WORDS)) | (words >= _LONG_PROSE_WORDS))


def _prose_weights(words: npt.NDArray[np.float64], prose: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(prose > 0, np.minimum(words, _MAX_LINE_WEIGHT), _SHORT_LINE_WEIGHT)


def _sentence_end(text: _Text) -> npt.NDArray[np.float64]:
    """Return 1.0 where a block ends like a sentence, closing quotes and brackets aside."""
    closing = (text.has("quote", text.last) + text.has("paren", text.last)) * (text.last > text.first)
    return text.has("term", text.last - (closing > 0))


def _line_columns(text: _Text, words: npt.NDArray[np.float64], end: npt.NDArray[np.float64]) -> Columns:
    characters = (text.last - text.first + 1).astype(np.float64)
    some_words = np.maximum(1.0, words)
    upper, lower, letters = text.count("upper"), text.count("lower"), text.count("word")
    term = (text.classes & _BITS["term"]) > 0
    follows = np.concatenate([text.classes[1:], [_BITS["space"]]])
    breaks = term & ((follows & (_BITS["space"] | _BITS["quote"] | _BITS["paren"] | _BITS["cjk"])) > 0)
    sentences = text.within(breaks)
    dots = (text.points[text.last] == ord(".")) & (text.points[np.maximum(text.last - 1, 0)] == ord("."))
    found = {
        "words": np.log1p(words),
        "characters": np.log1p(characters),
        "word_length": letters / some_words,
        "upper": upper / np.maximum(1.0, upper + lower),
        "digits": text.count("digit") / characters,
        "cjk": text.count("cjk") / characters,
        "signs": (characters - letters) / characters,
        "sentences": np.log1p(sentences),
        "sentence_length": np.log1p(words / np.maximum(1.0, sentences)),
        "capitalised": text.per_block(text.has("upper", text.word_starts)) / some_words,
        "lower_case": text.per_block(text.has("lower", text.word_starts)) / some_words,
        "long_words": text.per_block(text.word_sizes >= 6) / some_words,
        "short_words": text.per_block(text.word_sizes <= 3) / some_words,
        "ends_sentence": end,
        "ends_cut_off": ((text.points[text.last] == ord("…")) | (dots & (text.last - text.first > 2))).astype(float),
    }
    for name in ("comma", "term", "quote", "slash", "colon", "paren", "sign", "money"):
        found[f"count_{name}"] = np.log1p(text.count(name))
    for name in ("colon", "quote", "paren", "word", "comma"):
        found[f"ends_{name}"] = text.has(name, text.last)
    for name in ("bullet", "digit", "upper", "lower", "quote", "cjk"):
        found[f"starts_{name}"] = text.has(name, text.first)
    return found


def _paragraph_columns(text: _Text, words: npt.NDArray[np.float64], sentences: npt.NDArray[np.float64]) -> Columns:
    """Describe the run of lines without an empty one between that a block stands in."""
    gaps = text.gaps
    before = np.concatenate([[0], gaps[:-1]])
    number = np.cumsum(before > 0)
    return {
        "gap_before": before.astype(np.float64),
        "gap_after": gaps.astype(np.float64),
        "paragraph_words": np.log1p(np.bincount(number, weights=words)[number]),
        "paragraph_sentences": np.bincount(number, weights=sentences)[number],
        "paragraph_lines": np.log1p(np.bincount(number)[number]),
    }


def _page_columns(text: _Text, words: npt.NDArray[np.float64], prose: npt.NDArray[np.float64]) -> Columns:
    """Describe the page, and where in it a block stands."""
    count = len(words)
    place = np.arange(count, dtype=np.float64)
    total, all_prose = max(1.0, float(words.sum())), max(1.0, float(prose.sum()))
    before = np.cumsum(prose) - prose
    whole = {
        "page_lines": np.log1p(count),
        "page_words": np.log1p(total),
        "page_prose": float(prose.sum()) / total,
        "page_gaps": float((text.gaps > 0).mean()),
        "page_indent": np.log1p(float(text.indent.mean())),
        "page_longest": np.log1p(float(words.max())),
        "page_line_words": np.log1p(total / count),
        "page_cjk": float(text.has("cjk", text.word_starts).mean()) if len(text.word_starts) else 0.0,
    }
    return {name: np.full(count, value, dtype=np.float64) for name, value in whole.items()} | {
        "place": place / max(1, count - 1),
        "place_in_words": (np.cumsum(words) - words) / total,
        "lines_before": np.log1p(place),
        "lines_after": np.log1p(count - 1 - place),
        "prose_share_before": before / all_prose,
        "prose_share_after": (all_prose - before - prose) / all_prose,
        "prose_before": np.log1p(before),
    }


def _indent_columns(text: _Text, prose: npt.NDArray[np.float64]) -> Columns:
    """Compare a line's indent, which dumps keep of the page's nesting, with the indent most prose has."""
    by_indent = np.bincount(text.indent, weights=prose, minlength=_MAX_INDENT + 1)
    return {
        "indent": np.log1p(text.indent),
        "indent_from_prose": np.clip(text.indent - int(by_indent.argmax()), -20, 20) / 5.0,
        "prose_at_indent": by_indent[text.indent] / max(1.0, float(prose.sum())),
    }


def _shared_words(text: _Text, is_prose: Flags) -> Columns:
    """Return what share of a block's content words the page's prose has too: anywhere, above it, below it."""
    count = len(is_prose)
    names = ("shared", "shared_above", "shared_below", "shared_often", "content_words")
    content = (text.word_sizes >= _CONTENT_CHARACTERS) | (
        (text.classes[text.word_starts] & (_BITS["upper"] | _BITS["cjk"])) > 0
    )
    if not content.any():
        return {name: np.zeros(count) for name in names}
    kinds, kind = np.unique(text.word_hashes[content], return_inverse=True)
    pairs = distinct(kind * count + text.word_block[content])  # by word, then by block
    kind, block = pairs // count, pairs % count
    heads = np.searchsorted(kind, np.arange(len(kinds)))
    told = is_prose[block]
    uses = np.add.reduceat(told.astype(np.int64), heads)[kind] - told
    earliest = np.minimum.reduceat(np.where(told, block, count), heads)[kind]
    latest = np.maximum.reduceat(np.where(told, block, -1), heads)[kind]
    total = np.bincount(block, minlength=count)
    shares = (uses > 0, earliest < block, latest > block, np.minimum(3, uses))
    some = np.maximum(1, total)
    found = [np.bincount(block, weights=share, minlength=count) / some for share in shares]
    return dict(zip(names, [*found, np.log1p(total)], strict=True))


def _distance_columns(is_prose: Flags) -> Columns:
    """Return how many lines away the nearest prose above and below is."""
    count = len(is_prose)
    place = np.arange(count)
    above = np.maximum.accumulate(np.concatenate([[-_FAR], np.where(is_prose, place, -_FAR)[:-1]]))
    below = np.minimum.accumulate(np.where(is_prose, place, count + _FAR)[::-1])[::-1]
    below = np.concatenate([below[1:], [count + _FAR]])
    return {
        "to_prose_above": np.log1p(np.minimum(_FAR, place - above)),
        "to_prose_below": np.log1p(np.minimum(_FAR, below - place)),
    }


def _times_repeated(line_hashes: Hashes) -> npt.NDArray[np.float64]:
    _, inverse, counts = np.unique(line_hashes, return_inverse=True, return_counts=True)
    return np.log1p(counts[inverse])


def heaviest_run(weights: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Return the bounds of the run with the largest sum, (0, 0) when no weight is positive.

    Kadane's maximum-sum segment (Bentley, Programming Pearls 1984), over prefix sums.
    """
    total = np.concatenate([[0.0], np.cumsum(weights)])
    lowest = np.minimum.accumulate(total)
    gain = total - lowest
    end = int(gain.argmax())
    if gain[end] <= 0.0:
        return 0, 0
    return int(np.flatnonzero(total[:end] == lowest[end])[-1]), end


def _run_columns(name: str, weights: npt.NDArray[np.float64]) -> Columns:
    """Place every block against the heaviest run: inside it, how far above its start, how far below its end."""
    start, end = heaviest_run(weights)
    place = np.arange(len(weights))
    return {
        f"{name}_inside": ((place >= start) & (place < end)).astype(np.float64),
        f"{name}_above": np.log1p(np.maximum(0, start - place)),
        f"{name}_below": np.log1p(np.maximum(0, place - end + 1)),
        f"{name}_place": np.clip((place - start) / max(1, end - start), -1, 2),
    }


def _sum_columns(series: Columns, size: int) -> Columns:
    """Return the sums of series around every block, as logarithms."""
    before, after = np.log1p(_windows(np.array(list(series.values())), size))
    found: Columns = {}
    for row, name in enumerate(series):
        found |= {f"{name}_before_{size}": before[row], f"{name}_after_{size}": after[row]}
    return found


def _windows(values: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    """Return the sums over the `size` blocks before each block and after it, shape (2, series, blocks)."""
    series, count = values.shape
    total = np.zeros((series, count + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    place = np.arange(count)
    before = total[:, :count] - total[:, np.maximum(0, place - size)]
    return np.array([before, total[:, np.minimum(count, place + 1 + size)] - total[:, 1:]])


def _markup_columns(blocks: Sequence[Block], words: npt.NDArray[np.float64], prose: npt.NDArray[np.float64]) -> Columns:
    """Describe the element a block is, and the boxes around it; zeros for dumps."""
    count = len(blocks)
    engine, given, links, link_count, depth = np.array(
        [(block.engine_share, block.ld_share, block.link_density, block.links, block.depth) for block in blocks],
        dtype=np.float64,
    ).T
    is_html = float(any(block.tag != "line" for block in blocks))
    tags = np.array([TAG_GROUPS.get(block.tag, _OTHER_TAG) for block in blocks]) if is_html else np.full(count, -1)
    landmarks = np.array([block.landmarks for block in blocks], dtype=np.int64)
    kept = words * (engine >= 0.5)
    found: Columns = {
        "is_html": np.full(count, is_html),
        "engine_share": engine,
        "ld_share": given,
        "page_has_ld": np.full(count, float(given.any())),
        "page_kept": np.full(count, float(kept.sum()) / max(1.0, float(words.sum()))),
        "page_kept_words": np.full(count, np.log1p(float(kept.sum()))),
        "link_density": links,
        "links": np.log1p(link_count),
        "depth": (depth - float(np.average(depth, weights=kept if kept.any() else None))) / 5.0,
    }
    found |= {f"tag_{group}": (tags == group).astype(np.float64) for group in range(_OTHER_TAG + 1)}
    hints = np.array([_HINT_GROUP.get(block.hint or "", -1) for block in blocks])
    found |= {f"hint_{group}": (hints == group).astype(np.float64) for group in range(len(_HINT_GROUPS))}
    found |= {f"landmark_{bit}": ((landmarks >> bit) & 1).astype(np.float64) for bit in range(_LANDMARK_BITS)}
    boxes = _boxes(blocks)
    for name, weights in (("kept", kept), ("prose", prose)):
        found |= _box_columns(name, boxes, weights)
        found |= _run_columns(f"{name}_run", np.where(weights > 0, weights, is_html * _SHORT_LINE_WEIGHT))
    for size in _WINDOWS[:2]:
        found |= _sum_columns({"kept": engine * words}, size)
    return found


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The distinct boxes of a page as paths, and the number of the one that each block stands in."""

    paths: list[list[str]]
    of_block: Ints


def _boxes(blocks: Sequence[Block]) -> _Boxes:
    numbers: dict[str, int] = {}
    of_block = [numbers.setdefault(block.container, len(numbers)) for block in blocks]
    return _Boxes([box.split("/")[1:-1] for box in numbers], np.array(of_block, dtype=np.int64))


def _box_columns(name: str, boxes: _Boxes, weights: npt.NDArray[np.float64]) -> Columns:
    """Say how much of the page's weight stands in a block's own box, and how far that box is from the heaviest one."""
    totals = np.bincount(boxes.of_block, weights=weights)
    heaviest = boxes.paths[max(range(len(totals)), key=lambda box: (totals[box], "/".join(boxes.paths[box])))]
    steps = np.array([_steps(path, heaviest) for path in boxes.paths], dtype=np.float64)[boxes.of_block]
    return {
        f"{name}_in_box": totals[boxes.of_block] / max(1.0, float(weights.sum())),
        f"{name}_box_down": np.minimum(steps[:, 0], 8) / 4.0,
        f"{name}_box_up": np.minimum(steps[:, 1], 8) / 4.0,
    }


def _steps(path: list[str], heaviest: list[str]) -> tuple[int, int]:
    """Return how many boxes lie between each of two and the smallest box around both."""
    shared = 0
    for left, right in zip(path, heaviest, strict=False):
        if left != right:
            break
        shared += 1
    return len(path) - shared, len(heaviest) - shared
