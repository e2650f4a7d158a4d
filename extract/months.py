"""Names of months in the languages that pages are written in, as Unicode's CLDR has them."""

from functools import cache

_ENGLISH = ("en",)
_LANGUAGES = (
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "nn", "fi", "is", "tr", "az", "ru", "uk", "be",
    "bg", "mk", "el", "cs", "sk", "hu", "ro", "hr", "sr", "sr_Latn", "bs", "sl", "et", "lv", "lt", "sq", "id", "ms",
    "sw", "ar", "ar_LB", "ar_DZ", "hi", "bn", "ta", "te", "mr", "ur", "th", "ca", "gl", "eu", "ga", "cy", "he", "ka",
    "hy", "kk", "af",
)  # fmt: skip
# Short forms that newsrooms use and CLDR does not list.
_EXTRA = {"en": {"sept": 9}, "is": {}, "id": {"agustus": 8, "agt": 8, "peb": 2, "nop": 11}, "ro": {"ian": 1}}
_SHORTEST = 3  # letters; shorter names are the letters J, F, M of narrow calendars, or words of other languages
_SHORTEST_ELSEWHERE = 2  # letters of a script other than the Latin say more


def month_number(name: str, language: str | None) -> int | None:
    """Return the number of a month's name, 1 to 12, in any case and with or without a full stop.

    A name that stands for two months (`listopad` is November in Poland, October in Croatia) is read in the language of
    the page, and otherwise not at all.

    Args:
        name: one word.
        language: ISO 639-1 code of the page's language, None when unknown.
    """
    key = name.casefold().rstrip(".")
    found = _names(_ENGLISH).get(key) or _names(_LANGUAGES).get(key)
    if not found:
        return None
    if len(found) > 1:
        spoken = {number for number, languages in found.items() if language in languages}
        return spoken.pop() if len(spoken) == 1 else None
    return next(iter(found))


@cache
def _names(codes: tuple[str, ...]) -> dict[str, dict[int, frozenset[str]]]:
    """Return the months that each name stands for, and in which languages."""
    from babel.core import Locale  # only pages with a month in words need it, and it takes a while to load

    found: dict[str, dict[int, set[str]]] = {}
    for code in codes:
        locale = Locale.parse(code)
        named = [
            (name, number)
            for calendar in locale.months.values()
            for width in ("wide", "abbreviated")
            for number, name in calendar[width].items()
        ]
        for written, number in [*named, *_EXTRA.get(locale.language, {}).items()]:
            name = written.casefold().rstrip(".")
            shortest = _SHORTEST if name.isascii() else _SHORTEST_ELSEWHERE
            if len(name) >= shortest and not any(letter.isspace() or letter.isdigit() for letter in name):
                found.setdefault(name, {}).setdefault(number, set()).add(locale.language)
    return {
        name: {number: frozenset(languages) for number, languages in numbers.items()} for name, numbers in found.items()
    }
