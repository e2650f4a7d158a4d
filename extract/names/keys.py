"""Normal forms of names: equal for the same name written in another way. Pure."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from extract.words import plain

_TITLES = re.compile(
    r"^(?:the|mr|mrs|ms|dr|prof|sir|dame|lord|lady|president|prime minister|minister|chancellor|king|queen|pope|"
    r"senator|governor|mayor|general|gen|captain|judge|justice|secretary)\.?\s+(?=\S)",
    re.IGNORECASE,
)
_MIDDLE_INITIAL = re.compile(r"(?<=\w\w)\s\w\s(?=\w\w)")
_SPACED_INITIALS = re.compile(r"(?<!\w)(\w) ?\. ?(?=\w ?\.)")  # "U. S.", as some texts are set
_POSSESSIVE = re.compile(r"'s?$")
BRANDS_IN_S = Path(__file__).with_name("brands_in_s.txt")  # made by `training.knowledge`


@cache
def _brands_in_s() -> frozenset[str]:
    return frozenset(BRANDS_IN_S.read_text("utf-8").splitlines())


def is_brand_in_s(surface: str) -> bool:
    """Tell whether an organisation is called so, as McDonald's is: its last letter is no possessive."""
    return plain(surface).casefold() in _brands_in_s()


@lru_cache(maxsize=1 << 14)
def name_key(surface: str) -> str:
    """Return a name's normal form: folded case, no article or title, no possessive, dots or middle initial."""
    key = plain(surface).strip()
    if not is_brand_in_s(key):
        key = _POSSESSIVE.sub("", key)
    key = " ".join(re.sub(r"[.\"]", "", _SPACED_INITIALS.sub(r"\1", key)).split()).casefold()
    key = _MIDDLE_INITIAL.sub(" ", key)
    shorter = _TITLES.sub("", key)
    return _TITLES.sub("", shorter) or key


@lru_cache(maxsize=1 << 14)
def folded_key(key: str) -> str:
    """Return a key without accents and hyphens, as names within one document are compared."""
    if not key.isascii():
        parted = unicodedata.normalize("NFD", key)
        key = "".join(character for character in parted if unicodedata.category(character) != "Mn")
    return " ".join(key.replace("-", " ").split())
