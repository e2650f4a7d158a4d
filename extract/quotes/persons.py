"""Whom "he" or "she" may stand for: pronouns, titles, given names and person nouns that tell which."""

import re

_MASCULINE = frozenset({"he", "er", "il", "lui", "ele", "él"})
_FEMININE = frozenset({"she", "elle", "lei", "ela", "ella"})
_MALE_TITLE = re.compile(r"(?:\bMr|\bSir|\bLord|\bKing|\bPrince|\bHerr|\bSeñor|\bMonsieur|\bM)\.?\s+$")
_FEMALE_TITLE = re.compile(
    r"(?:\bMrs|\bMs|\bMiss|\bLady|\bDame|\bQueen|\bPrincess|\bFrau|\bSeñora|\bMadame|\bMme)\.?\s+$"
)
# Of the most frequent given names of Europe and the Americas those that only one of the two bears.
_MALE_LIST = (
    "abdullah adam ahmed ali andrew anthony antonio barack ben benjamin bernie bill bob boris brandon brian carlos "
    "charles christopher dan daniel david dennis dmitry donald edward elon emmanuel eric francisco frank françois "
    "friedrich gary george giovanni giuseppe gregory hans hassan heinz henry ibrahim jack jacob jacques james jason "
    "jean jeffrey jerry jim joe john jonathan jose joseph joshua juan justin jürgen keir kenneth kevin klaus larry "
    "luis luke manuel marco mark markus matt matteo matthew michael miguel mike mohammed muhammad narendra nicholas "
    "nicolas olaf omar paolo patrick paul pedro peter pierre raymond recep richard rishi robert ryan samuel scott "
    "sergei sergey stefan stephen steve steven thomas tim timothy tom vladimir volodymyr william wolfgang"
)
_FEMALE_LIST = (
    "aisha alice amanda amy ana angela ann anna annalena anne ashley barbara betty carmen carol catherine charlotte "
    "chiara christiane christina christine claire claudia cynthia deborah diane donna elena elizabeth emily emma "
    "evelyn fatima francesca giorgia grace hannah heather helen hillary irina isabelle jacqueline jane janet janice "
    "jennifer jessica joan joyce judith julia julie kamala karen kate katherine kathleen katie kelly laura lauren "
    "linda lisa lucy margaret maria marine martha mary megan melissa michelle monika nancy natalia nicole olga olivia "
    "patricia petra rachel rebecca ruth sabine samantha sandra sara sarah sharon sophia sophie stephanie susan "
    "svetlana sylvie teresa theresa ursula victoria"
)
_MALE_NAMES = frozenset(_MALE_LIST.split())
_FEMALE_NAMES = frozenset(_FEMALE_LIST.split())
# Somebody without a name whom the pronoun may mean as well.
_MEN = re.compile(
    r"\b(?:spokesman|man|father|husband|son|brother|boy|uncle|grandfather|chairman|businessman|policeman)\b"
)
_WOMEN = re.compile(
    r"\b(?:spokeswoman|woman|mother|wife|daughter|sister|girl|aunt|grandmother|chairwoman|businesswoman|actress)\b"
)
_OWN_ROLE = re.compile(r",? (?:an? |the |who |his |her |its |their )")
_ROLE_CHARS = 40  # within these after a name a person noun is that person's own


def stands_for_one(pronoun: str) -> bool:
    """Tell whether a pronoun is of one person, a man or a woman."""
    return pronoun in _MASCULINE or pronoun in _FEMININE


def may_be(pronoun: str, before: str, name: str) -> bool:
    """Tell whether a name may be whom the pronoun means; `before` is the text in front of the name."""
    given = name.split()[0]
    if pronoun in _MASCULINE:
        return given not in _FEMALE_NAMES and not _FEMALE_TITLE.search(before)
    return given not in _MALE_NAMES and not _MALE_TITLE.search(before)


def is_somebody_else(pronoun: str, between: str) -> bool:
    """Tell whether the text between a name and a pronoun brings in somebody unnamed whom the pronoun fits."""
    found = (_MEN if pronoun in _MASCULINE else _WOMEN).search(between)
    return found is not None and not (_OWN_ROLE.match(between) and found.start() < _ROLE_CHARS)
