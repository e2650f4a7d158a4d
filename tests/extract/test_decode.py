import pytest

from extract.decode import decode
from extract.errors import UnreadablePage

WESTERN = "Le café “Béarn” a fermé – après soixante et un ans de crème brûlée à l’ancienne. "


@pytest.mark.parametrize(
    ("content", "encoding", "evidence"),
    [
        ("plain".encode("utf-8-sig"), "utf-8", "bom"),
        ("plain".encode("utf-16"), "utf-16", "bom"),
        ("naïve".encode(), "utf-8", "utf8"),
        (b'<meta charset="iso-8859-1">' + WESTERN.encode("windows-1252"), "windows-1252", "meta"),
        (b'<meta charset="utf-8">' + WESTERN.encode("windows-1252") * 5, "windows-1252", "guessed"),
        (b'<meta charset="shift_jis">' + "東京の天気は晴れです".encode("shift_jis"), "shift_jis", "meta"),
    ],
)
def test_the_encoding_is_found_and_says_how_it_is_known(content: bytes, encoding: str, evidence: str) -> None:
    decoded = decode(content)
    assert (decoded.encoding, decoded.evidence) == (encoding, evidence)


def test_valid_utf8_beats_a_wrong_declaration() -> None:
    assert "Béarn" in decode(b'<meta charset="iso-8859-1">' + WESTERN.encode()).text


def test_central_european_letters_stay_when_the_page_names_its_language() -> None:
    czech = "Příliš žluťoučký kůň úpěl ďábelské ódy. " * 8
    assert "žluťoučký" in decode(b'<html lang="cs">' + czech.encode("windows-1250")).text


def test_text_that_was_encoded_twice_is_mended_and_marked() -> None:
    decoded = decode(WESTERN.encode().decode("windows-1252", "ignore").encode())
    assert decoded.is_mojibake_repaired
    assert "crème brûlée" in decoded.text
    assert not decode(WESTERN.encode()).is_mojibake_repaired


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert decode("Esker \ud800 port".encode("utf-8", "surrogatepass")).text == "Esker � port"


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"one\r\ntwo\rthree\n").text == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (bytes(range(1, 9)) * 200, "binary"),
        (b"\xff\xfe\x00\xd8", "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePage) as refusal:
        decode(content)
    assert refusal.value.reason == reason
