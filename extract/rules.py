"""Rules that are certain of a line: what it is by its wording alone, and which headings open a part that is no article.

Rules read one stripped line in lower case. They name what furniture says in English; other languages rest on the line
model and on outlet templates. Nearly all lines fit no rule, and a night has millions of them: so everything that a line
may begin with is one pattern, asked once, and what may stand further on is searched for only where one of its words is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.model import Zone


@dataclass(frozen=True, slots=True)
class Rule:
    """A named wording for one zone: how a line begins, or what it contains where one of the clues stands in it."""

    name: str
    zone: Zone
    begins: str | None
    contains: re.Pattern[str] | None
    clues: tuple[str, ...]


def _rule(name: str, zone: Zone, begins: str | None = None, contains: str = "", clues: str = "") -> Rule:
    return Rule(name, zone, begins, re.compile(contains, re.VERBOSE) if contains else None, tuple(clues.split()))


_CURRENCY = r"(?:[$€£₹¥]|us\$|rs\.?\s|usd|eur|gbp|inr)\s?\d"
_STEP = r"[\w\u0307&’' .-]{2,30}"  # the dot above is what lower case leaves of a Turkish capital

# Order matters: the first rule that fits names the zone.
LINE_RULES: tuple[Rule, ...] = (
    _rule("template_variable", Zone.PAYWALL, contains=r"\{\{\s*\w+\s*\}\}", clues="{{"),
    _rule(
        "reading_limit",
        Zone.PAYWALL,
        r"""(already\s(a\s)?subscri\w+|subscribe\s(now|today|to\s(read|continue|unlock|get))|log\s?in\sto\s(read|continue))\b
        | to\s(continue|keep)\sreading\b | continue\sreading(\s|$).{0,60}$ | this\s(article|story|content)\sis\s
          (for|only\savailable\sto|exclusive\sto|reserved\sfor)\s.{0,30}(subscribers|members)
        | (unlock|get)\s(full|unlimited|this)\s.{0,30}(access|article|story)
        | (sign|log)\s?in\s(to|for)\b.{0,60}$ | subscribers?[\s-]only\b | exclusive\s(premium\s)?(stories|content)\b""",
        r"""(reached|hit|used)\s(your|the|all)\b.{0,40}\b(limit|free\s(articles?|stories))
        | \bfree\sarticles?\s(left|remaining|this\smonth)\b""",
        "limit free",
    ),
    _rule(
        "price",
        Zone.PLAN,
        rf"\W*{_CURRENCY}[\d.,]*\W*(?:(?:/|per|a)\s?\w+)?\W*$",
        rf"^.{{0,60}}{_CURRENCY}[\d.,]*\s?(/|per\s|a\s)\s?(month|week|year|day|mo|yr)\b.{{0,60}}$",
        "$ € £ ₹ ¥ rs usd eur gbp inr",
    ),
    _rule(
        "plan",
        Zone.PLAN,
        r"""\d{1,2}\s(month|year|week)s?$ | support\s(the|our|your|local)\s.{0,20}\b(paper|journalism|newsroom|reporting)\b.{0,40}$ | (renews?\sautomatically|cancel\s(any\s?time|online)|billed\s(monthly|annually|yearly))\b
        | (here.s\s)?what.s\sincluded\b | (choose|select|compare)\s(your|a|our)\splans?\b
        | complimentary\saccess\b | (ad-?free)\s(reading|access|experience)$ | unlimited\s(digital\s)?access\b.{0,80}$
        | (digital\sreplica|e-?paper)\b""",
        r"\bsubscription\splans?\b.{0,20}$",
        "subscription",
    ),
    _rule(
        "cookie_notice",
        Zone.COOKIE,
        r"(accept|reject|manage)\s(all|cookies|preferences)\b | (cookie|privacy)\s(settings|preferences)$",
        r"""\bcookies?\b.{0,120}\b(consent|accept|agree|preferences|settings|policy|improve|experience|partners)\b
        | \b(we|our\spartners|this\s(site|website))\b.{0,60}\bcookies\b""",
        "cookie",
    ),
    _rule(
        "newsletter_box",
        Zone.NEWSLETTER,
        r"""(sign\sup|subscribe)\b.{0,80}\b(newsletters?|inbox|e-?mails?|updates|briefing|alerts)\b
        | (get|receive)\b.{0,80}\b(in\syour\sinbox|newsletters?)\b
        | (subscribe\sto\sour\snewsletter|our\snewsletters?|newsletters?|curated\snewsletters?)$
        | (enter\s)?(your\s)?e-?mail(\saddress)?\s?[:*]?$""",
        r"""\b(delivered|sent|straight|direct(ly)?|right)\sto\syour\s(inbox|e-?mail|phone)\b
        | \bby\ssigning\sup,?\s(you|i)\sagree\b""",
        "inbox mail signing phone",
    ),
    _rule(
        "share_bar",
        Zone.SHARE,
        r"""(share|tweet|pin|print|e-?mail|save|bookmark|copy\slink|whatsapp|telegram|facebook|twitter|x|linkedin|reddit|
            flipboard|pinterest|messenger)([\s|,·•/]+(this|on|via|article|story|share|tweet|print|e-?mail|save|facebook|
            twitter|x|linkedin|whatsapp|telegram|reddit|copy|link|pinterest|flipboard))*\s?[:!]?$
        | (share|follow|like|join|find)\s(this|us|me)\b.{0,60}$ | follow\s.{0,40}\son\s(twitter|x|facebook|instagram|google\snews|whatsapp|telegram)\b
        | (download|get)\s(the|our)\b.{0,60}\bapp\b | (listen|watch)\s(to\sthis|live)\b.{0,40}$ | give\sfeedback$
        | \d+\s(shares?|likes?|views?|reads?)$""",
    ),
    _rule(
        "comment_box",
        Zone.COMMENT,
        r"""(no|\d+|view|see|show|read|load|add|post|leave|write|join)\s(all\s|a\s|the\s|more\s|your\s|\d+\s)*(comments?|reply|replies|
            conversation|discussion)\b.{0,30}$ | comments?\s?(\(\d+\)|:|\d+)?$
        | (comments?\s(are|have\sbeen)|commenting\sis)\s(now\s)?(closed|disabled|moderated)\b
        | (please\s)?(log|sign)\sin\s(or\sregister\s)?to\s(post|leave|comment)\b""",
        r"\bissues\swith\scommenting\b",
        "commenting",
    ),
    _rule(
        "syndication_notice",
        Zone.DISCLAIMER,
        r"disclaimer\s?[:-]",
        r"""\b(story|article|report|content|copy)\b.{0,40}\bhas\snot\sbeen\s(edited|created|written)\b
        | \b(auto-?generated|published|taken)\sfrom\sa\s(syndicated|news\sagency|wire)\s(feed|source|service)\b
        | \bno\s.{0,60}\b(journalist|staff|reporter)s?\b.{0,20}\b(was|were)\sinvolved\b
        | \bwithout\sany\smodifications?\sto\sthe\stext\b
        | \bthis\s(story|article|report)\s(was|is|has\sbeen)\s(originally|first)\spublished\b
        | \b(provided|supplied)\sby\s(a|the)\snews\sagency\b | \b(comes|taken)\sfrom\sa\ssyndicated\sfeed\b""",
        "edited created written syndicated agency wire involved modification published",
    ),
    _rule(
        "copyright",
        Zone.LEGAL,
        r"""\W{0,3}(©|\(c\)|copyright\b)
        | ((terms|conditions)(\sof\s(use|service|sale))?|privacy(\spolicy)?|cookie\spolicy|disclaimer|contact(\sus)?|about(\sus)?|
            advertise(\swith\sus)?|careers|sitemap|accessibility|imprint|impressum)(\s?[|·•,/-]\s?
            (terms(\sof\s(use|service))?|privacy(\spolicy)?|cookie\spolicy|disclaimer|contact(\sus)?|about(\sus)?|advertise|careers|
            sitemap|accessibility|cookies|complaints|corrections|\w+))*$""",
        r"""\ball\srights\sreserved\b | ©\s?(19|20)\d\d | \bmay\snot\sbe\s(published|reproduced|republished)\b
        | ^[\w\s.]{0,40}\|\s?disclaimer\s?\|""",
        "reserved © published reproduced republished disclaimer",
    ),
    _rule("advert", Zone.ADVERT, r"(advertise?ment|advert|sponsored(\scontent)?|promoted|ads?|partner\scontent|paid\spost)(\s-\s.*)?$|(story|article)\scontinues\sbelow\b"),
    _rule("tags", Zone.TAGS, r"(tags?|topics?|keywords|filed\sunder|more\sabout|labels?|categories|posted\sin)\s?:.{0,300}$"),
    _rule(
        "read_also",
        Zone.RELATED,
        r"""(read|see|watch|also|more|related)\s?(also|more|next|on|this|stor(y|ies)|:)?\s?[:>»|-]\s?\S
        | (also\sread|read\salso|read\smore|see\salso|don.t\smiss|related(\s(articles?|stor(y|ies)|content|posts?|coverage))?|recommended)\s?(:.*)?$""",
    ),
    _rule(
        "photo_credit",
        Zone.CAPTION,
        r"""(image|photo|picture|file|representational|representative|video|illustration|graphic)\b.{0,40}\b(credit|source|courtesy|by|image|photo)\s?[:/]
        | (photo|image|picture|file\sphoto|photograph)\s?(:|by\b|\|).{0,120}$""",
        r"""\b(image|photo|picture)\s?(credit|source|courtesy)s?\s?:
        | \((photo|image|picture|file\sphoto|ap\sphoto|getty|reuters/|afp/)[^)]{0,80}\)\s*$ | ^.{0,200}\b(getty\simages|shutterstock|afp\svia\sgetty)\W*$
        | (^|[\s(\[.,|/])(fotos?|bild(er)?|archivfoto|symbol(bild|foto)|fotograf(ie|ía|ia)|zdjęcie|fot\.|photos?)\s?[:|©]\s?\S.{0,80}$""",
        "image photo picture getty reuters/ afp/ shutterstock foto bild fotograf zdjęcie fot.",
    ),
    _rule("agency_line", Zone.CREDIT, r"\(\s?[a-z][a-z/]{1,9}\s?\)$"),
    _rule("upstream_credit", Zone.CREDIT, r"(source|sources|via|agency|agencies|with\sinputs?\sfrom|input\sfrom|courtesy)\s?[:\s]\s?[a-z@][^.!?]{1,80}$"),
    _rule("byline", Zone.BYLINE, r"(by|written\sby|reported\sby|posted\sby|edited\sby|reporting\sby)\s[^\d\s:][^:]{1,90}$(?<![.!?])"),
    _rule(
        "about_outlet",
        Zone.ABOUT,
        r"""(about\s(the\s)?(author|us|writer)|more\sfrom\s.{1,40}|e-?mail\s?:.{3,60}|phone\s?:.{3,60})$
        | [\w.'’-]+(\s[\w.'’-]+){1,2}\swrites\s(about|on)\s.{3,90}$""",
        r"""\b(is|are)\s(a\sreal-?\s?time\snews|your\ssource\sfor|a\s(leading|daily)\s(news|online))\b
        | \binforms\sits\sreaders\b | \beditorial\sstaff\salso\spublishes\b
        | ^.{3,60}\b(is|was)\sa\s(senior\s|staff\s|freelance\s|political\s|foreign\s|chief\s)*(reporter|correspondent|editor|writer|columnist|journalist)\s(at|for|with|based|covering|who)\b""",
        "news source online informs editor reporter correspondent writer columnist journalist",
    ),
    _rule("skip_link", Zone.NAV, r"(skip\sto\b.{0,40}|(left|right|main|top)?\s?menu|home|search|close|open\s.{0,20}menu|sign\s(in|up|out)|log\s?(in|out)|my\saccount|subscribe|e-?paper|read\sfull\sstory|show\smore|load\smore|back\sto\stop|next|previous|topics|sections?|editions?)$"),
    _rule("breadcrumb", Zone.NAV, contains=rf"^{_STEP}(\s?[»›>/|]\s?{_STEP}){{1,6}}$", clues="» › > / |"),
)  # fmt: skip

# Headings that open a part of other articles; all that follows is theirs, to the end of a dump.
TAIL_HEADINGS: tuple[Rule, ...] = (
    _rule(
        "related_heading",
        Zone.RELATED,
        r"""(related(\s(articles?|stor(y|ies)|news|content|posts?|topics|coverage|links))?|more(\s(from|on|in|stories|news|like\sthis|to\sread))(\s.{1,40})?
            |read\s(more|next|also)|also\sread|see\salso|you\s(may|might)\s(also\s)?(like|be\sinterested).{0,20}|recommended(\s(for\syou|stories|reading))?
            |(what|up)\s?to\sread\snext|what\sto\sread\snext|up\snext|further\sreading|from\sthe\s(web|archive)s?|around\sthe\sweb|elsewhere(\s.{1,30})?
            |editor.?s.?\s(picks?|choice)|in\sother\snews|other\s(news|stories)|don.t\smiss|keep\sreading|next\sstory|similar\sstories|our\spicks)\s?:?$""",
    ),
    _rule(
        "trending_heading",
        Zone.TRENDING,
        r"""(trending(\s(now|stories|news|topics))?|most\s(read|popular|viewed|shared|commented)(\s.{1,20})?|popular(\s(now|stories|posts))?|top\s(stories|news|headlines)
            |latest(\s(news|stories|headlines|from\s.{1,30}|updates|videos?|posts))?|breaking\snews|just\sin|videos?|opinion(/\w+)*|the\slatest|recent(\s(posts|news|stories))?)\s?:?$""",
    ),
    _rule("comment_heading", Zone.COMMENT, r"((\d+|no)\s)?comments?\s?(\(\d+\))?\s?:?$|(post|leave)\sa\s(comment|reply)$|join\sthe\s(conversation|discussion)$"),
    _rule("about_heading", Zone.ABOUT, r"about\s(the\s)?(author|writer|us)s?\s?:?$"),
)  # fmt: skip


def _beginnings(rules: Sequence[Rule]) -> re.Pattern[str]:
    """Return one pattern for all beginnings; the group that closes last is named after the first rule that fits."""
    return re.compile("|".join(f"(?P<{rule.name}>{rule.begins})" for rule in rules if rule.begins), re.VERBOSE)


_LINE_BEGINNINGS, _TAIL_BEGINNINGS = _beginnings(LINE_RULES), _beginnings(TAIL_HEADINGS)
_NUMBERS = {rule.name: number for number, rule in enumerate(LINE_RULES)}
_TAIL_NUMBERS = {rule.name: number for number, rule in enumerate(TAIL_HEADINGS)}
_SEARCHED = [(number, rule.clues, rule.contains) for number, rule in enumerate(LINE_RULES) if rule.contains]

_LONG_LINE = 400  # furniture that rules know is shorter; a long paragraph that quotes it stays
_HEADING_WORDS = 7
_KNOWN_LINES = 50_000  # an outlet's furniture is the same on every page; at 400 characters a line at most 20 MB


@lru_cache(maxsize=_KNOWN_LINES)
def line_rule(line: str) -> Rule | None:
    """Return the first rule that is certain of a stripped line; None when none is."""
    if not line or len(line) > _LONG_LINE:
        return None
    lowered = line.lower()
    found = _LINE_BEGINNINGS.match(lowered)
    first = _NUMBERS[found.lastgroup or ""] if found else len(LINE_RULES)
    for number, clues, pattern in _SEARCHED:
        if number >= first:
            break
        for clue in clues:
            if clue in lowered:
                if pattern.search(lowered):
                    return LINE_RULES[number]
                break
    return LINE_RULES[first] if found else None


@lru_cache(maxsize=_KNOWN_LINES)
def tail_heading(line: str) -> Rule | None:
    """Return the rule for a heading that opens a part of other articles; None for any other line."""
    if not line or len(line.split()) > _HEADING_WORDS:
        return None
    found = _TAIL_BEGINNINGS.match(line.lower())
    return TAIL_HEADINGS[_TAIL_NUMBERS[found.lastgroup or ""]] if found else None
