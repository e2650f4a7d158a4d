from extract.model import Mention
from extract.quotes import find_quotes, quote_key

BODY = (
    '"The wall had cracked in two places," harbour master Ana Sol said. "Short words."\n\n'
    "Pavo Resnik added: “We heard the horn and saw the lights.”\n\n"
    '"Nobody on this quay has ever seen such a thing before."'
)


def people(*names: str) -> list[Mention]:
    return [
        Mention(number, "body", BODY.index(name), BODY.index(name) + len(name), name, "PER", name.lower(), name.lower())
        for number, name in enumerate(names)
    ]


def test_quotations_carry_their_speaker_when_the_sentence_names_one() -> None:
    found = find_quotes(BODY, people("Ana Sol", "Pavo Resnik"))
    assert [(quote.text[:9], quote.speaker, quote.verb) for quote in found] == [
        ("The wall ", "Ana Sol", "said"),
        ("We heard ", "Pavo Resnik", "added"),
        ("Nobody on", None, None),
    ]
    assert all(BODY[quote.start_offset : quote.end_offset] == quote.text for quote in found)


def test_a_quotation_is_the_same_in_british_and_american_spelling() -> None:
    british = "Moscow speaks in favour of normalising relations"
    assert quote_key(british) == quote_key("Moscow speaks in favor of normalizing relations.")
    assert quote_key(british) != quote_key("Moscow speaks in favour of ending relations")


def test_a_speaker_far_from_the_quotation_is_not_its_speaker() -> None:
    body = "Ana Sol spoke to reporters. " + "The tide was low and the wind came from the north. " * 4
    body += 'A sign on the gate said "nobody may enter this quay before noon today" in red.'
    mention = Mention(0, "body", 0, 7, "Ana Sol", "PER", "ana sol", "ana sol")
    (quote,) = find_quotes(body, [mention])
    assert quote.speaker is None
