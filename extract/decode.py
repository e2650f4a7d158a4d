"""Bytes to text: which encoding, how it is known, and whether twice-encoded text was mended."""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer
import ftfy

from extract.errors import UnreadablePage
from extract.model import Reason

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Signatures of what crawlers most often save under a page's name.
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x01\x00")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""<html[^>]{0,300}?\blang\s*=\s*["']?([A-Za-z]{2})""", re.IGNORECASE)
_LATIN_ALPHABETS = re.compile("Latin|Punctuation|Control|Currency|Letterlike")
_OTHER_LATIN_LANGUAGES = {b"pl", b"cs", b"sk", b"hu", b"sl", b"hr", b"bs", b"ro", b"tr", b"et", b"lv", b"lt", b"sq"}
_DECLARATION_WINDOW = 4096  # browsers look no further than the first 1024 bytes; some pages put styles before the tag
# The Encoding standard of the WHATWG reads these labels as windows-1252, because pages that use them mean it.
_WINDOWS_1252_LABELS = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
_ESCAPED_ENCODINGS = {
    "iso-2022-jp",
    "iso-2022-kr",
    "hz-gb-2312",
    "hz",
}  # plain ASCII bytes, so valid UTF-8 proves nothing
_CONTROLS = bytes({*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)})
# What UTF-8 read as a Western encoding looks like; ftfy decides, but looking at every page costs it 25 ms.
_MOJIBAKE_LEADS = "ÂÃâÐÑÄÅ"
_MOJIBAKE = re.compile(f"[{_MOJIBAKE_LEADS}][\u0080-\u00bf\u2018-\u203a\u20ac\u2122\u0152-\u017e\u0192\u02c6\u02dc]")
_MAX_CONTROL_SHARE = 0.02  # text has next to none; compressed and image data about 10 %
_SAMPLE_BYTES = 65536  # what the statistical guess looks at; more only costs time


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page with the evidence for its encoding (`bom`, `utf8`, `meta` or `guessed`)."""

    text: str
    encoding: str
    evidence: str
    is_mojibake_repaired: bool


def decode(content: bytes) -> Decoded:
    """Return the text of a page, line ends normalised to a line feed.

    Raises:
        UnreadablePage: it is empty, binary, or no encoding fits.
    """
    if not content.strip():
        raise UnreadablePage(Reason.EMPTY, f"{len(content)} bytes, nothing but white space")
    for signature, encoding in _BOMS:
        if content.startswith(signature):
            return _finish(_try(content, encoding), encoding, "bom")
    head = content[:_SAMPLE_BYTES]
    if content.startswith(_MAGIC) or len(head) - len(head.translate(None, _CONTROLS)) > _MAX_CONTROL_SHARE * len(head):
        raise UnreadablePage(Reason.BINARY, f"binary data, begins with {content[:8].hex()}")
    declared = _declared_encoding(content)
    if declared in _ESCAPED_ENCODINGS:
        return _finish(_try(content, declared), declared, "meta")
    # Text that is not UTF-8 is almost never valid UTF-8 by chance, so validity beats any declaration.
    text = _try(content, "utf-8")
    if text is None and b"\xed" in content:
        # A lone surrogate from a JSON row: legal there, in no encoding; it becomes the replacement character.
        text = _try(content, "utf-8", "surrogatepass")
        text = text and text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if text is not None:
        return _finish(text, "utf-8", "utf8")
    if declared and declared != "utf-8":
        text = _try(content, declared)
        if text is not None:
            return _finish(text, declared, "meta")
    guess = charset_normalizer.from_bytes(head).best()
    encoding = "windows-1252" if guess is None or _is_western(content, guess) else guess.encoding
    return _finish(_try(content, encoding, "replace"), encoding, "guessed")


def _declared_encoding(content: bytes) -> str | None:
    match = _DECLARED.search(content[:_DECLARATION_WINDOW])
    if match is None:
        return None
    label = match.group(1).decode("ascii").lower()
    return "windows-1252" if label in _WINDOWS_1252_LABELS else label


def _is_western(content: bytes, guess: charset_normalizer.CharsetMatch) -> bool:
    """Tell whether a guess means windows-1252: Latin single-byte encodings fit the same bytes, and pages use that one.

    Unless the page's own language is written with other Latin letters.
    """
    is_latin = all(_LATIN_ALPHABETS.search(alphabet) for alphabet in guess.alphabets)
    language = _LANGUAGE.search(content[:_DECLARATION_WINDOW])
    return is_latin and (language is None or language.group(1).lower() not in _OTHER_LATIN_LANGUAGES)


def _try(content: bytes, encoding: str, errors: str = "strict") -> str | None:
    try:
        return content.decode(encoding, errors)
    except (UnicodeDecodeError, LookupError):
        return None


def _finish(text: str | None, encoding: str, evidence: str) -> Decoded:
    if text is None:
        raise UnreadablePage(Reason.UNDECODABLE, f"the bytes do not fit {encoding}, which the page announces")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    mended = _mended(text) if _may_be_mojibake(text) else text
    return Decoded(mended, encoding.removesuffix("-sig"), evidence, mended != text)


def _mended(text: str) -> str:
    # A line at a time: it costs a quarter, and a line that is whole does not keep the others from being mended.
    return "\n".join(line if line.isascii() else ftfy.fix_encoding(line) for line in text.split("\n"))


def _may_be_mojibake(text: str) -> bool:
    # Searching for one letter is many times faster than for one of seven, and most pages have none of them.
    return not text.isascii() and any(lead in text for lead in _MOJIBAKE_LEADS) and bool(_MOJIBAKE.search(text))
