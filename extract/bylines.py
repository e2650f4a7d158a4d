"""Splits the words of a byline into people, agencies, desks and organisations; jobs, places and addresses are dropped.

What a byline looks like is told from shapes and from words that newsrooms use everywhere, never from an outlet's own.
"""

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import NamedTuple

PERSON, AGENCY, DESK, ORGANISATION, UPSTREAM = "person", "agency", "desk", "organisation", "upstream"


class Named(NamedTuple):
    """A part of a byline: what it names, and the name as written."""

    role: str
    name: str


_BY = r"by|von|vom|par|por|di|da|door|af|av|od|oleh|od|от|przez|skriven av"
_KIND = (
    r"written|reported|reporting|posted|published|created|story|stories|text|words|guide|review|report|opinion|analysis|"
    r"comment|commentary|column|interview|essay|article|created|compiled|photos?\s+and|ein\s+\w+|eine\s+\w+|kommentar|"
    r"tekst|texte|texto|testo|photography\s+and"
)
_LABEL = (
    r"authors?|autor(?:en|in|es|a)?|auteurs?|autore|autori|text|texte|texto|testo|tekst|автор|текст|reporters?|journalist|"
    r"penulis|reporter|yazar|foto\s+und\s+text|文|取材・文|記者|记者|作者|撰文"
)
_LEAD = re.compile(
    rf"^\W*(?:(?:(?:{_KIND})\s+){{0,3}}(?:(?:{_BY})\s?:\s*|(?:{_BY})\s+(?:by\s+)?|(?-i:By(?=[A-Z]))|byby\s+|(?:{_BY})\s*[-—–]\s*)|"
    rf"(?:{_LABEL})\s*[:：●/]\s*)",
    re.IGNORECASE,
)
_LEAD_ALONE = re.compile(rf"^\W*(?:(?:{_KIND})\s+){{0,2}}(?:{_BY}|{_LABEL})\s*[:：—–-]?\s*$", re.IGNORECASE)
_INNER_LEAD = re.compile(rf"\s(?:{_BY})\s+(?=[^\W\d_])", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_HANDS_WORD = re.compile(
    r"[:：]|by|from|von|und", re.IGNORECASE
)  # in all that _OTHER_HANDS finds, and faster to look for
# Other hands than the writer's: what follows is cut, up to the next writer's label.
_OTHER_HANDS = re.compile(
    r"\b(?:(?:copy[- ]?)?edit(?:ed|ing)|(?:medically\s+|fact[- ]?)?(?:reviewed|checked)|produced|"
    r"photo(?:s|graph(?:s|ed|y))?|illustrat(?:ed|ions?)|translat(?:ed|ions?)|adapt(?:ed|ation)|curated|additional\s+reporting|contributions?|"
    r"with\s+contributions|art|graphics?|video)\s+(?:by|from)\b"
    r"|\b(?:photos?|fotos?|bild(?:er)?|bilder|foto\w*|illustrations?|edit(?:or|ing|ado)|redigering|übersetzung\w*|"
    r"traducción|traduction|editor|editing|kilde|källa|quelle|source)\s*(?:/\s*\w+\s*)?[:：]"
    r"|\bübersetzung\s+(?:und|von)\b",
    re.IGNORECASE,
)
_REPORTING = re.compile(r"[;.]?\s*\b(?:additional\s+)?reporting\s+by\b:?", re.IGNORECASE)
_MONTHS = (
    r"jan(?:uar[yi]?|vier)?|feb(?:ruar[yi]?)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|ma[yi]|june?|juni|july?|juli|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?"
)
_WEEKDAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?,?\s+(?=\d|[a-z]{3,9}\.?\s+\d)"
)
_STAMPS = (
    r"published|posted|updated|modified|veröffentlicht|aktualisiert|publié|mis\sà\sjour|publicado|actualizado|pubblicato|"
    r"aggiornato|publisert|oppdatert|uppdaterad|publicerad|stand"
)
# Where a date begins; pieces of a line often stand without a space between: "Ana SolPublished: 5 May".
_TAIL = re.compile(
    rf"(?:\b(?:first\s+|last\s+|on\s+)?(?:{_STAMPS})\b|\b(?:on\s+|um\s+|am\s+|le\s+|el\s+)?(?:{_MONTHS})\.?\s+\d|"
    rf"\b(?:on\s+)?(?:{_WEEKDAYS})|(?<=[a-zà-ÿ])(?-i:(?=[A-Z]))(?:(?:last\s+)?(?:{_STAMPS})\b|(?:{_MONTHS})\.?\s+\d)|\d).*",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?<![\d.])(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|(?:{_MONTHS})\.?\s+\d{{1,2}},?\s+\d{{4}}|"
    rf"\d{{1,2}}\.?\s+(?:{_MONTHS})\.?\s+\d{{4}})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<!\S)[^\s@]+@[^\s@]+\.\w+|(?:^|(?<=\s)|(?<=\w))@\w+|https?://\S+|\(.*?\)|\[.*?\]|\(.*$")
_JOINED = r"and|und|et|og|och|ve|dan|и|та|en|with"
_BREAK = re.compile(
    rf"\s*(?:;|\||/|•|·|●|／|、|，|<|>)\s*|\s+(?:[-–—]|&|\+)\s+|\s*,\s*(?:(?:{_JOINED}|y|e|i)\s+)?|\s+(?:{_JOINED})\s+",
    re.IGNORECASE,
)
_SHORT_JOIN = re.compile(r"(?<=\w)\s+(?:y|e|i)\s+(?=\w+\s+\w)")
_TRIM = " \t.,:;-–—•|·●*\"'“”‘’«»_+"
_SUFFIX = re.compile(r"\s+(?:기자|특파원|記者|记者|씨|MD|PhD|Ph\.D|MS|RN|RD|MPH|CFA)\.?$")
_PARTICLES = {
    "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "el", "al", "bin", "ibn", "bint",
    "ben", "van", "von", "vom", "der", "den", "ter", "ten", "zu", "zum", "zur", "af", "av", "y", "e", "abu", "st", "'t",
    "i",
}  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|\d|['’ʼ.‐­-])*$")
_UNCASED = re.compile(r"[぀-ヿ㐀-鿿가-힯]{2,6}$")
_DESK = re.compile(
    r"\b(?:staff|desk|team|redaktion\w*|redacc?i[óo]n|redacción|r[ée]daction|redazione|redactie|redaksjonen|editors|"
    r"editorial(?:\s+board)?|board|newsroom|bureau|correspondents|reporters|contributors|writers)\b|-redaktion$|编辑部|編集部",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"""\b(?:universit\w+|institut\w*|school|college|foundation|association|society|council|centre|center|hospital|ministry|
        department|office|committee|company|corporation|corp|inc|ltd|llc|gmbh|ag|agency|agencia|agentur|ajans[ıi]|agence|
        news|newspapers?|times|tribune|herald|gazette|journal|telegram|magazine|media|press|online|digital|network|radio|tv|
        television|report|today|post|chronicle|observer|inquirer|examiner|courier|group|club|labs?|project|service|zeitung|nachrichten|sports?|blog)\b
      | ^the\s | \w\.(?:com|de|net|org|co|is|be|fr|it|es|nl|se|no|tr|at|ch|uk|in|au|br)\b
      | (?:新聞|新闻|日報|日报|통신|일보|通信|社)\w*$""",
    re.IGNORECASE | re.VERBOSE,
)
_JOB = re.compile(
    r"""\b(?:chief|officer|head|director|editor|writer|journalist|columnist|contributor|contributing|freelance|senior|deputy|
        assistant|producer|manager|president|professor|analyst|reporter|correspondent|specialist|advis[eo]r|founder|expert|
        dietitian|nutritionist|attorney|author|blogger|presenter|host|critic|photographer|intern|student|associate|former|
        historian|special\s+to|redakteur(?:in)?|volontär(?:in)?|leiter(?:in)?|journalistin|rédact\w+|periodista|giornalista|
        follow|view|more|read|share|comments?|subscribe|minute|link|copy|icon|size|privacy|policy|sign|log|rate|story|stories|
        checked|sponsored|bio|twitter|facebook|credit|getty|images?|caption|photo|click|here|save|updated?s?|published|posted|yesterday|today|ago|güncelleme|tags|listen|watch|deals?|
        policies|guidelines|about|advert\w*|print|e?mail|contact|menu|search|home|all|why|how|what|who|when)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOBODY = re.compile(
    r"^(?:admin\w*|administrator|root|webmaster|editor|user|guest|anonymous|unknown|none|null|author|developer|system|"
    r"by|news|home|about|video|photos?|opinion|sports?|politics|world|business)$",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+")
_INITIALS = re.compile(r"\b[A-Z]{3,}\b")  # of an organisation, where the people are not written in capitals
_HOUSE_FIRST = re.compile(r"^[A-Z]{2,5} [A-Z]?[a-z]")  # "CBC Arts"; surnames in capitals come last
_NAME_IN_FIELD = re.compile(r"^[^\W\d_]{2,} [^\W\d_]{2,}$")  # of any case: some sites write all names small
_SURNAME_FIRST = re.compile(r"^([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]+(?: \w\.?)?)$")
_LEAD_CHARS = 30
_MAX_TOKENS = 5
_MAX_WORDS = 7
_NAME_CHARS = 60


def has_lead(line: str) -> bool:
    """Tell whether a line begins as bylines do, or gives one after a date."""
    return bool(_LEAD.match(line) or _dated_lead(line))


def _dated_lead(line: str) -> re.Match[str] | None:
    """Return the "by" after a date: "posted on 8 January by Ana Sol"."""
    digit = _DIGIT.search(line)
    return _INNER_LEAD.search(line, digit.end()) if digit else None


def is_lead(line: str) -> bool:
    """Tell whether a line is nothing but the beginning of a byline; the names stand on the next."""
    return len(line) <= _LEAD_CHARS and bool(_LEAD_ALONE.match(line))


def other_hands(line: str, *, at_start: bool) -> str | None:
    """Return what follows the label of an editor, a reviewer or a photographer; None without one there."""
    if not _HANDS_WORD.search(line):
        return None
    label = _OTHER_HANDS.match(line.lstrip()) if at_start else _OTHER_HANDS.search(line)
    return label.string[label.end() :] if label else None


def split_byline(
    text: str,
    find_agency: Callable[[str], str | None],
    outlets: Collection[str],
    *,
    is_field: bool = False,
    is_organisation: bool = False,
) -> list[Named]:
    """Return whom a byline names, in order.

    Args:
        text: a line, or a value of a field for authors.
        find_agency: gives the normal name of an agency; None for other names.
        outlets: names of the outlet, folded by `folded`.
        is_field: the text stands in a place for authors, so that one word may be a name.
        is_organisation: the markup says that it names an organisation.
    """
    text = " ".join(text.split())
    lead = _LEAD.match(text) or (None if is_field else _dated_lead(text))
    text = text[lead.end() :] if lead else text
    whole = text.strip(_TRIM)
    if whole and (is_organisation or (is_field and folded(whole) in outlets)):
        role = _role(whole, find_agency, outlets, is_field=is_field)
        return [Named(ORGANISATION if role in (None, PERSON) else role, whole)]
    turned = _SURNAME_FIRST.match(whole) if is_field else None
    if turned and not find_agency(turned.group(1)):
        whole = f"{turned.group(2)} {turned.group(1)}"
    pieces = [name for piece in _pieces(whole) if (name := _without_house(_bare(piece), find_agency, outlets))]
    parts = [
        (name, _role(name, find_agency, outlets, is_field=is_field)) for name in pieces if len(name) <= _NAME_CHARS
    ]
    is_prose = not lead and not is_field and any(role is None and not _JOB.search(name) for name, role in parts)
    found: list[Named] = []
    for name, role in [] if is_prose or len(pieces) > len(parts) else parts:
        has_person = any(one.role == PERSON for one in found)
        is_word = " " not in name and not _UNCASED.match(name)
        if role == PERSON and is_word and (len(pieces) > 1 or not (is_field or (lead and not name[0].islower()))):
            continue  # a place or a degree
        if role == PERSON and has_person and _INITIALS.search(name) and not _INITIALS.search(found[0].name):
            role = ORGANISATION
        is_affiliation = role == ORGANISATION and (has_person or text.startswith(","))
        if role is not None and not is_affiliation and Named(role, name) not in found:
            found.append(Named(role, name))
    return found


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """Return a name as outlets are compared: without case, marks, article and domain."""
    return re.sub(r"\.(?:com|de|net|org|co\.uk|fr|it|es|is|be|tr)\b|\W|^the\s", "", name.casefold())


def _pieces(text: str) -> list[str]:
    """Return the parts between separators, after what other hands did and dates are cut."""
    if _PLAIN_NAME.fullmatch(text) and text.isascii():
        return [text]  # most fields: nothing to look for
    text = _REPORTING.sub(";", text)
    hands = _OTHER_HANDS.search(text)
    text = text[: hands.start()] if hands else text
    text = _ADDRESS.sub(";", text)
    pieces = []
    for part in _BREAK.split(text):
        kept = _TAIL.sub("", part)
        pieces += _SHORT_JOIN.split(kept)
        if kept != part and any(piece.strip(_TRIM) for piece in pieces):
            break  # what follows a date is no name
    return pieces


def _bare(piece: str) -> str:
    name = piece.strip(_TRIM)
    while (shorter := _SUFFIX.sub("", name)) != name:
        name = shorter.strip(_TRIM)
    return name


def _without_house(name: str, find_agency: Callable[[str], str | None], outlets: Collection[str]) -> str:
    """Return a name without the house that follows it unseparated: "Ana Sol BBC News" on pages of the BBC."""
    tokens = name.split()
    for place in range(2, len(tokens)):
        is_house = folded(tokens[place]) in outlets or bool(find_agency(tokens[place]))
        if tokens[place].isupper() and is_house and is_person(" ".join(tokens[:place])):
            return " ".join(tokens[:place])
    return name


def _role(
    name: str, find_agency: Callable[[str], str | None], outlets: Collection[str], *, is_field: bool
) -> str | None:
    """Return what a name is of; None for jobs, nobodies and prose."""
    if find_agency(name):
        return AGENCY
    words = name.count(" ") + 1
    if (
        _NOBODY.match(name)
        or words > _MAX_WORDS
        or (name[0].islower() and words > 1 and not (is_field or is_person(name)))
    ):
        return None
    if _JOB.search(name):
        return None
    if _DESK.search(name):
        return DESK
    if folded(name) in outlets or _ORGANISATION.search(name) or _HOUSE_FIRST.match(name):
        return ORGANISATION
    return (
        PERSON
        if is_person(name) or (words == 1 and _TOKEN.match(name)) or (is_field and _NAME_IN_FIELD.match(name))
        else None
    )


def is_person(name: str) -> bool:
    """Tell whether a text has the shape of a person's name: two to five words, capitals but for particles."""
    tokens = name.split()
    if not 2 <= len(tokens) <= _MAX_TOKENS or not all(_TOKEN.match(token) for token in tokens):
        return False
    low = [token for token in tokens if token[0].islower() and not token.startswith(("al-", "d'", "d’", "el-", "bin-"))]
    return len(tokens) - len(low) >= 2 and tokens[-1] not in low and all(token in _PARTICLES for token in low)


def is_dated_name(line: str) -> bool:
    """Tell whether a line is a name before or after a date: "Ana Sol | 5 May 2024", "5 May 2024 | Ana Sol"."""
    if not is_dated(line):
        return False
    return any(is_lone_name(_TAIL.sub("", part)) for part in re.split(r"\s*[|·•]\s*|\s[/–-]\s", line))


def is_lone_name(line: str) -> bool:
    """Tell whether a line is nothing but the name of a person or a desk, with or without a bullet."""
    name = line.strip(_TRIM)
    if len(name) > _NAME_CHARS or _JOB.search(name) or not name[:1].isupper():
        return False
    if _DESK.search(name):
        return 1 < name.count(" ") + 1 <= _MAX_TOKENS
    return is_person(name) and not _ORGANISATION.search(name)


def is_dated(line: str) -> bool:
    """Tell whether a line holds a whole date."""
    return bool(_DIGIT.search(line) and _DATE.search(line))
