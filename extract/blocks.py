"""A page as blocks of text in reading order: leaf blocks of HTML, lines of a dump.

Blocks tile the text: `text[block.start:block.end]` includes the line ends after it, so that nothing is lost between.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from extract.model import Block, Zone
from extract.shares import RUN, LineWords

# Elements whose text no reader sees, and those of them that a reader sees a picture or a field of: lines end there.
_UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "textarea", "select", "math"}
_DRAWN = {"svg", "iframe", "object", "select", "math", "template"}
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
_HINT = re.compile("(?<![a-z])(?:" + "|".join(f"(?P<{zone.name}>{pattern})" for zone, pattern in _HINTS) + ")(?![a-z])")
_TAG_HINTS = {"nav": Zone.NAV, "footer": Zone.LEGAL, "figcaption": Zone.CAPTION, "button": Zone.NAV, "form": Zone.NAV}
_HINT_ANCESTORS = 4  # beyond these an element wraps the article as often as a part of it
_WHOLES = {"body", "article", "main", "html"}  # elements around the whole article, whose names say nothing of a part
_ENGINE_SHORTEST = 2 * RUN  # words; shorter pieces of the engine's sentences stand in menus and teasers by chance

# Elements that say what their text is; a block's `landmarks` has a bit for each, in this order from the lowest.
LANDMARKS = (
    "article", "main", "aside", "nav", "header", "footer", "form", "figure", "table", "li", "blockquote", "heading",
    "button", "articleBody", "p",
)  # fmt: skip
_LANDMARK_ALIASES = {"figcaption": "figure"} | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading")
_LANDMARK_OF_TAG = {name: 1 << number for number, name in enumerate(LANDMARKS)}
_LANDMARK_OF_TAG |= {tag: _LANDMARK_OF_TAG[name] for tag, name in _LANDMARK_ALIASES.items()}
_SAYING = ("class", "id", "role", "itemprop", "data-component", "data-testid")  # attributes that name an element
_HINTING = 3  # of these, the first are asked for a zone
_NAMED_ANCESTORS = 6
_MAX_NAMES = 24
_WORD = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z][a-z]+|[a-z]{2,}")  # digits and single letters come from hashes


@dataclass(slots=True)
class _Open:
    """A block while its pieces are collected."""

    node: HtmlElement
    depth: int
    container: str
    pieces: list[str]
    characters: int = 0
    linked: int = 0
    links: int = 0
    last_link: int = 0


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: they are keys of a cache
class _Label:
    """What tag and attributes of one element say."""

    tag: str
    landmark: int
    words: tuple[str, ...]
    zone: str | None


class _Place(NamedTuple):
    """An element among those around it: itself and the nearest above it, nearest first."""

    trail: tuple[_Label, ...]
    landmarks: int


_NOWHERE = _Place((), 0)


def html_blocks(
    tree: HtmlElement, vote: Callable[[HtmlElement], str] | None = None, article_body: str = ""
) -> tuple[str, list[Block]]:
    """Return the visible text of a page, a line per leaf block, and the blocks.

    Each block says how much of it is in `article_body`, and in the main text that `vote` finds in the tree. It is
    asked last, because it may change the tree, and only if the page shows text.
    """
    drafts: list[_Open] = []
    lines: list[str] = []
    for opened in _leaves(tree):
        line = " ".join("".join(opened.pieces).split())
        if line:
            drafts.append(opened)
            lines.append(line + "\n")
    text = "".join(lines)
    known: dict[HtmlElement, _Place] = {}
    tags = [str(opened.node.tag) for opened in drafts]
    places = [_place(opened.node, known) for opened in drafts]
    page = LineWords(text)
    engine_shares = page.shares(vote(tree) if vote and drafts else "", _ENGINE_SHORTEST)
    ld_shares = page.shares(article_body, RUN)
    blocks: list[Block] = []
    position = 0
    for index, (opened, line, place) in enumerate(zip(drafts, lines, places, strict=True)):
        names, hint = _said(place.trail)
        end = position + len(line)
        blocks.append(
            Block(
                start=position,
                end=end,
                tag=tags[index],
                link_density=round(min(1.0, opened.linked / max(1, opened.characters)), 4),
                engine_share=engine_shares[index],
                hint=hint,
                container=opened.container,
                depth=opened.depth,
                links=opened.links,
                landmarks=place.landmarks,
                names=names,
                ld_share=ld_shares[index],
            )
        )
        position = end
    return text, blocks


def _leaves(tree: HtmlElement) -> list[_Open]:
    """Return the blocks of a tree, in order."""
    leaves: list[_Open] = []
    boxes = ["/"]
    current: _Open | None = None
    # The element that a block beginning here belongs to; None: the one around the element that ended last.
    owner: HtmlElement | None = tree
    ended = tree
    number = link_number = links = depth = owner_depth = 0
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            depth += 1
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if tag not in _INLINE:
                current, owner, owner_depth = None, node, depth - 1
                if tag in _BOXES:
                    number += 1
                    boxes.append(f"{boxes[-1]}{number}/")
            elif tag == "a":
                links += 1
                link_number += 1
            elif tag in _CELLS and current is not None:
                current.pieces.append(" ")
            text = node.text
        else:
            if event == "end":
                depth -= 1
                if tag == "a":
                    links -= 1
                elif tag not in _INLINE and (tag not in _UNSEEN or (len(node) and tag in _DRAWN)):
                    current, owner, ended, owner_depth = None, None, node, depth - 1
                    if tag in _BOXES:
                        boxes.pop()
            text = node.tail if node is not tree else None
        if not text:
            continue
        size = len(text.strip())
        if current is None:
            if not size:
                continue
            if owner is None:
                owner = ended.getparent()
            current = _Open(owner, owner_depth, boxes[-1], [])
            leaves.append(current)
        current.pieces.append(text)
        current.characters += size
        if links and size:
            current.linked += size
            if current.last_link != link_number:
                current.links += 1
                current.last_link = link_number
    return leaves


def _place(node: HtmlElement, known: dict[HtmlElement, _Place]) -> _Place:
    """Return where an element stands; `known` holds the elements of this page that were asked for before."""
    waiting: list[HtmlElement] = []
    current: HtmlElement | None = node
    while current is not None and current not in known:
        waiting.append(current)
        current = current.getparent()
    place = _NOWHERE if current is None else known[current]
    for element in reversed(waiting):
        label = _label(element.tag, *map(element.get, _SAYING))
        place = known[element] = _Place((label, *place.trail[:_NAMED_ANCESTORS]), place.landmarks | label.landmark)
    return place


@lru_cache(maxsize=20_000)
def _label(tag: str, *values: str | None) -> _Label:
    landmark = _LANDMARK_OF_TAG.get(tag, 0)
    if "articleBody" in values:
        landmark |= _LANDMARK_OF_TAG["articleBody"]
    asked, others = (
        [_name(name) for value in part if value for name in value.split()]
        for part in (values[:_HINTING], values[_HINTING:])
    )
    words = tuple(word for found, _ in (*asked, *others) for word in found)
    zone = _TAG_HINTS.get(tag) or next((zone for _, zone in asked if zone), None)
    return _Label(tag, landmark, words, zone.value if zone else None)


@lru_cache(maxsize=50_000)  # sites have most of their class names in common with others
def _name(name: str) -> tuple[list[str], Zone | None]:
    """Return the words of one class name, id or role, and the zone that it hints at."""
    match = _HINT.search(name.lower())
    return " ".join(_WORD.findall(name)).lower().split(), Zone[match.lastgroup or ""] if match else None


@lru_cache(maxsize=50_000)
def _said(trail: tuple[_Label, ...]) -> tuple[str, str | None]:
    """Return the names around an element, and the zone that they hint at."""
    names = dict.fromkeys(chain.from_iterable(label.words for label in trail))
    hint = None
    for label in trail[:_HINT_ANCESTORS]:
        if label.tag in _WHOLES:
            break
        if label.zone:
            hint = label.zone
            break
    return " ".join(islice(names, _MAX_NAMES)), hint


def line_blocks(text: str) -> list[Block]:
    """Return a block per line of text; blank lines go with the block before them, leading ones with the first."""
    starts: list[int] = []
    position = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            starts.append(position)
        position += len(line) + 1
    if not text:
        return []
    starts[:1] = [0]
    return [
        Block(start, end, "line", 0.0, 0.0, None, "/")
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
