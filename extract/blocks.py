"""A page as blocks of text in reading order: leaf blocks of HTML, lines of a dump.

Blocks tile the text: `text[block.start:block.end]` includes the line ends after it, so that nothing is lost between.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from extract.model import Block, Zone
from extract.words import words

# Elements whose text no reader sees.
_UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "textarea", "select", "math"}
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span",
    "strike", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "var", "wbr",
}  # fmt: skip
_BOXES = {"article", "aside", "div", "footer", "form", "header", "main", "nav", "ol", "section", "table", "ul"}
_CELLS = {"td", "th"}  # a table row is one block: its cells mean nothing apart
# What class names, ids and roles say a part of a page is; the first that fits counts. Words are taken whole, so that
# "commentary" is no comment and "navy" no navigation.
_HINTS = (
    (Zone.COOKIE, r"cookies?|consent|gdpr|cmp|onetrust|didomi"),
    (Zone.COMMENT, r"comments?|disqus|respond|discussion|viafoura|coral"),
    (Zone.NEWSLETTER, r"newsletters?|signup|sign-up|optin|mailing|inline-?newsletter"),
    (Zone.PAYWALL, r"paywall-?\w*|regwall|piano|subscribe-?\w*|subscription\w*|meter(?:ed)?|premium-?box|plans?"),
    (Zone.RELATED, r"rel|related\w*|recirc\w*|recommend\w*|read-?(?:more|next)|more-?(?:on|from|stories|news)|"
                   r"see-?also|read-?also|further-?reading|teasers?|outbrain|taboola|also-?like|you-?may"),
    (Zone.TRENDING, r"trending|popular|most-?(?:read|viewed|popular)|top-?stories|latest(?:-?news)?|headlines"),
    (Zone.SHARE, r"shar(?:e|ing)\w*|social\w*|follow(?:-?us)?|sharedaddy|addthis|toolbar|actions"),
    (Zone.ADVERT, r"ads?|adverts?|advertisement|sponsor(?:ed)?|promo\w*|banner|dfp|ad-?(?:slot|container|unit)"),
    (Zone.TAGS, r"tags?|topics?|keywords|taglist|tag-?list|post-?tags"),
    (Zone.CAPTION, r"cap|caption\w*|wp-caption-text|figcaption|photo-?credit|image-?(?:credit|caption)|media-?caption"),
    (Zone.BYLINE, r"byline\w*|by-?line|authors?|author-?(?:name|info|meta)|post-?meta|entry-?meta|article-?meta"),
    (Zone.ABOUT, r"author-?(?:bio|box|card|description)|about-?(?:the-?)?author|bio|biography"),
    (Zone.DATE, r"dates?|datetime|published|timestamp|pubdate|post-?date|dateline-?time"),
    (Zone.STANDFIRST, r"standfirst|deck|dek|intro|subhead(?:line)?|sub-?title|excerpt|article-?(?:intro|summary|lead)"),
    (Zone.NAV, r"nav(?:bar|igation)?|menu|breadcrumbs?|skip-?link|pagination|sitemap|masthead|topbar|site-?header"),
    (Zone.LEGAL, r"footer\w*|copyright|legal|colophon|imprint|terms"),
)  # fmt: skip
_HINT = re.compile("|".join(rf"(?P<{zone.name}>(?<![a-z])(?:{pattern})(?![a-z]))" for zone, pattern in _HINTS))
_TAG_HINTS = {"nav": Zone.NAV, "footer": Zone.LEGAL, "figcaption": Zone.CAPTION, "button": Zone.NAV, "form": Zone.NAV}
_HINT_ANCESTORS = 4  # beyond these an element wraps the article as often as a part of it
_ENGINE_RUN = 3  # words in a row that make a block part of the engine's text


@dataclass(slots=True)
class _Open:
    """A block while its pieces are collected."""

    node: HtmlElement
    container: str
    pieces: list[str]
    characters: int = 0
    linked: int = 0


def html_blocks(tree: HtmlElement) -> tuple[str, list[Block]]:
    """Return the visible text of a page, a line per leaf block, and the blocks.

    The tree is left as it is. Engine shares are 0 until `with_engine_shares`.
    """
    lines: list[str] = []
    blocks: list[Block] = []
    position = 0
    for opened in _leaves(tree):
        line = " ".join("".join(opened.pieces).split())
        if not line:
            continue
        density = round(min(1.0, opened.linked / max(1, opened.characters)), 4)
        end = position + len(line) + 1
        blocks.append(Block(position, end, str(opened.node.tag), density, 0.0, _hint(opened.node), opened.container))
        lines.append(line + "\n")
        position = end
    return "".join(lines), blocks


def _leaves(tree: HtmlElement) -> list[_Open]:
    leaves: list[_Open] = []
    boxes = ["/"]
    current = _Open(tree, "/", [])
    number = unseen = links = 0

    def close(next_node: HtmlElement) -> None:
        nonlocal current
        if current.pieces:
            leaves.append(current)
        current = _Open(next_node, boxes[-1], [])

    def add(text: str | None) -> None:
        if text and not unseen:
            current.pieces.append(text)
            size = len(text.strip())
            current.characters += size
            current.linked += size if links else 0

    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            add(node.tail)
            continue
        tag = node.tag
        if event == "start":
            if tag in _BOXES:
                number += 1
                boxes.append(f"{boxes[-1]}{number}/")
            if tag in _UNSEEN:
                unseen += 1
            elif tag not in _INLINE:
                close(node)
            elif tag in _CELLS:
                add(" ")
            links += tag == "a"
            add(node.text)
        else:
            links -= tag == "a"
            if tag in _BOXES:
                boxes.pop()
            if tag in _UNSEEN:
                unseen -= 1
            elif tag not in _INLINE:
                parent = node.getparent()
                close(parent if parent is not None else node)
            if node is not tree:
                add(node.tail)
    close(tree)
    return leaves


def _hint(node: HtmlElement) -> str | None:
    current: HtmlElement | None = node
    for _ in range(_HINT_ANCESTORS):
        if current is None or current.tag in ("body", "article", "main", "html"):
            return None
        if current.tag in _TAG_HINTS:
            return _TAG_HINTS[current.tag].value
        label = " ".join(filter(None, (current.get("class"), current.get("id"), current.get("role"))))
        zone = _named_zone(label.lower()) if label else None
        if zone:
            return zone
        current = current.getparent()
    return None


@lru_cache(maxsize=20_000)  # a site writes the same class names on every page
def _named_zone(label: str) -> str | None:
    match = _HINT.search(label)
    return Zone[match.lastgroup or ""].value if match else None


def line_blocks(text: str) -> list[Block]:
    """Return a block per line of text; blank lines go with the block before them, leading ones with the first."""
    blocks: list[Block] = []
    position = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        end = position + len(line)
        if line.strip() or not blocks:
            start = 0 if len(blocks) == 1 and not text[: blocks[0].end].strip() else position
            if start == 0:
                blocks.clear()
            blocks.append(Block(start, end, "line", 0.0, 0.0, None, "/"))
        else:
            blocks[-1] = replace(blocks[-1], end=end)
        position = end
    return blocks


def with_engine_shares(text: str, blocks: list[Block], extracted: str) -> list[Block]:
    """Say of every block how much of it the HTML engine kept.

    A word counts as kept when it stands in a run of three that the extracted text has too; shorter blocks count when
    the extracted text has them as a line. Where a page repeats a block more often than the engine kept it, the ones
    nearest to the middle of what was kept have it.
    """
    lines = [words(line) for line in extracted.splitlines()]
    known_lines: dict[tuple[str, ...], int] = {}
    for line in lines:
        known_lines[tuple(line)] = known_lines.get(tuple(line), 0) + 1
    flat = [word for line in lines for word in line]
    runs = {tuple(flat[index : index + _ENGINE_RUN]) for index in range(len(flat) - _ENGINE_RUN + 1)}
    keys = [tuple(words(text[block.start : block.end])) for block in blocks]
    shares = [_share(key, runs, known_lines) for key in keys]
    for index in _surplus_repeats(keys, shares, known_lines):
        shares[index] = 0.0
    return [replace(block, engine_share=round(share, 4)) for block, share in zip(blocks, shares, strict=True)]


def _share(key: tuple[str, ...], runs: set[tuple[str, ...]], lines: dict[tuple[str, ...], int]) -> float:
    if not key:
        return 0.0
    if key in lines:
        return 1.0
    if len(key) < 2 * _ENGINE_RUN:
        return 0.0
    kept = [False] * len(key)
    for index in range(len(key) - _ENGINE_RUN + 1):
        if key[index : index + _ENGINE_RUN] in runs:
            kept[index : index + _ENGINE_RUN] = [True] * _ENGINE_RUN
    return sum(kept) / len(key)


def _surplus_repeats(keys: list[tuple[str, ...]], shares: list[float], lines: dict[tuple[str, ...], int]) -> list[int]:
    places: dict[tuple[str, ...], list[int]] = {}
    for index, (key, share) in enumerate(zip(keys, shares, strict=True)):
        if share >= 0.5:
            places.setdefault(key, []).append(index)
    single = [index for indexes in places.values() if len(indexes) == 1 for index in indexes]
    # A page that holds its whole text twice has no single block: then its first copy counts.
    anchors = single or sorted(indexes[0] for indexes in places.values())
    if not anchors:
        return []
    middle = anchors[len(anchors) // 2]
    surplus: list[int] = []
    for key, indexes in places.items():
        wanted = max(1, lines.get(key, 1))
        surplus += sorted(indexes, key=lambda index: (abs(index - middle), index))[wanted:]
    return surplus
