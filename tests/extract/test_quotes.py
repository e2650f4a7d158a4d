import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Mention, Quote
from extract.quotes import find_quotes, quote_key
from extract.quotes.keys import folded_words, quote_shingles

BODY = (
    '"The wall had cracked in two places," harbour master Ana Sol said. "Short words."\n\n'
    "Pavo Resnik added: “We heard the horn and saw the lights.”\n\n"
    '"Nobody on this quay has ever seen such a thing before."'
)
SAID = "We heard the horn and saw the lights"


def named(body: str, *names: str, kind: str = "PER") -> list[Mention]:
    """Every place of the names; a single word stands for the name that ends with it."""
    full = {name: next((other for other in names if other.endswith(" " + name)), name) for name in names}
    places = sorted(
        (place.start(), -len(name), name) for name in names for place in re.finditer(rf"\b{re.escape(name)}\b", body)
    )
    mentions: list[Mention] = []
    for start, _, name in places:
        if not mentions or start >= mentions[-1].end_offset:
            end = start + len(name)
            mentions.append(
                Mention(len(mentions), "body", start, end, name, kind, name.lower(), full[name].lower()),
            )
    return mentions


def only(body: str, *names: str, language: str = "en", kind: str = "PER") -> Quote:
    (quote,) = find_quotes(body, named(body, *names, kind=kind), language)
    return quote


def test_quotations_carry_their_speaker_when_the_sentence_names_one() -> None:
    found = find_quotes(BODY, named(BODY, "Ana Sol", "Pavo Resnik"))
    assert [(quote.text[:9], quote.speaker, quote.verb) for quote in found] == [
        ("The wall ", "Ana Sol", "say"),
        ("We heard ", "Pavo Resnik", "add"),
        ("Nobody on", None, None),
    ]
    assert all(BODY[quote.start_offset : quote.end_offset] == quote.text for quote in found)


@pytest.mark.parametrize(
    "marks", ['""', "“”", "„“", "„”", "«»", "»«", "””", "‘’", "''", "‚‘", '“"', '"”'], ids=lambda marks: f"[{marks}]"
)
def test_every_usual_pair_of_marks_is_read(marks: str) -> None:
    quote = only(f"Then {marks[0]}{SAID}{marks[1]}, she said.")
    assert quote.text == SAID


def test_french_marks_may_hold_spaces() -> None:
    quote = only(f"«\xa0{SAID}\xa0», a dit Ana Sol.", "Ana Sol", language="fr")
    assert (quote.text, quote.speaker, quote.verb) == (SAID, "Ana Sol", "dire")


def test_apostrophes_are_no_marks() -> None:
    body = "The workers' rights of the '90s weren't the sailors' rights, and it's the captains' turn 'til noon today."
    assert find_quotes(body, []) == []
    quote = only("Ana Sol said: ‘It’s the sailors’ turn to ask for what they’re due.’ Nobody’s surprised.", "Ana Sol")
    assert quote.text == "It’s the sailors’ turn to ask for what they’re due."


def test_a_quotation_within_a_quotation_is_part_of_it() -> None:
    for inner in ("‘nobody may enter’", '"nobody may enter"', "'nobody may enter'"):
        quote = only(f"“He wrote {inner} on a board beside the gate,” she said.")
        assert inner in quote.text


def test_a_mark_without_partner_costs_one_quotation() -> None:
    body = f"“{SAID}, she said.\n\n“The wall had cracked in two places,” he said.\n\n“Nobody saw it coming that night."
    found = find_quotes(body, [])
    assert [quote.text for quote in found][-1] == "The wall had cracked in two places,"
    inner = find_quotes(f'"A lost mark and then “{SAID}” on the wall.\n\nPlain.', [])
    assert [quote.text for quote in inner] == [SAID]


def test_a_quotation_that_opens_every_paragraph_and_closes_once_is_one() -> None:
    body = f"Ana Sol said: “{SAID}.\n\n“Then it was quiet.\n\n“And nobody spoke until dawn.”\n\nIt rained."
    found = find_quotes(body, named(body, "Ana Sol"))
    assert [quote.text for quote in found] == [f"{SAID}.", "Then it was quiet.", "And nobody spoke until dawn."]
    assert {quote.utterance_no for quote in found} == {0}
    assert {quote.speaker for quote in found} == {"Ana Sol"}
    assert len({quote.quote_key for quote in found}) == 1
    assert [bool(quote.shingles) for quote in found] == [True, False, False]


def test_an_interrupted_sentence_is_one_quotation_of_two_parts() -> None:
    parted = "“We heard the horn,” Ana Sol said, “and saw the lights.”"
    found = find_quotes(parted, named(parted, "Ana Sol"))
    assert [(quote.quote_no, quote.utterance_no, quote.speaker) for quote in found] == [
        (0, 0, "Ana Sol"),
        (1, 0, "Ana Sol"),
    ]
    assert {quote.quote_key for quote in found} == {quote_key("We heard the horn and saw the lights")}


def test_the_next_sentence_of_a_speaker_is_a_quotation_of_its_own() -> None:
    body = f"“{SAID},” Ana Sol said. “Nobody on this quay has seen it before.”"
    first, second = find_quotes(body, named(body, "Ana Sol"))
    assert (first.speaker_evidence, second.speaker_evidence) == ("named", "continued")
    assert (second.utterance_no, second.speaker) == (1, "Ana Sol")


def test_scare_quotes_and_titles_are_no_quotations() -> None:
    body = "The “so-called harbour” of “The Long Winter That Never Ended Here” was shut."
    assert find_quotes(body, []) == []


def test_words_that_a_colon_announces_need_no_marks() -> None:
    body = f"The gate is shut, according to a statement from the Harbour Board:\n\n{SAID} on the night the wall fell."
    quote = only(body, "Harbour Board", kind="ORG")
    assert (quote.is_marked, quote.speaker, quote.verb) == (False, "Harbour Board", "according to")
    assert find_quotes(f"What to pack:\n\n{SAID} on the night the wall fell.", []) == []


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{SAID},” said the mayor of Varn, Ana Sol.",
        f"“{SAID},” Ana Sol, who heads the board, told the Varn Post.",
        f"“{SAID},” police spokeswoman Ana Sol told Pavo Resnik.",
        f"On Monday Ana Sol told Pavo Resnik that “{SAID}”.",
        f"After he left, Ana Sol shook her head and said: “{SAID}.”",
        f"Ana Sol: “{SAID}.”",
        f"“{SAID}.” —Ana Sol, mayor",
        f"According to Ana Sol, “{SAID}.”",
        f"Ana Sol praised the crew, saying “{SAID}.”",
        f"Pavo Resnik left early. Ana Sol stayed. “{SAID},” she said.",
        f"The boat was late, Ana Sol said. “{SAID}.”",
    ],
)
def test_the_speaker_is_the_one_whom_the_sentence_names(sentence: str) -> None:
    assert only(sentence, "Ana Sol", "Pavo Resnik").speaker == "Ana Sol"


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{SAID},” a spokesman for Ana Sol said.",
        f"“{SAID},” Ana Sol’s lawyer said.",
        f"“{SAID},” the minister told Ana Sol.",
        f"“{SAID},” said a friend of Ana Sol.",
        f"“{SAID},” they said after meeting Ana Sol.",
        f"“{SAID},” Pavo Resnik and Ana Sol said.",
        f"Mrs Ana Sol came late. “{SAID},” he said.",
        f"Ana Sol spoke first. Then a woman rose. “{SAID},” she said.",
        f"Ana Sol spoke to reporters. The tide was low. A sign on the gate said “{SAID}” in red.",
    ],
)
def test_an_unknown_speaker_is_not_guessed(sentence: str) -> None:
    assert only(sentence, "Ana Sol", "Pavo Resnik").speaker is None


@pytest.mark.parametrize(
    ("language", "sentence", "verb"),
    [
        ("de", f"„{SAID}“, sagte die Bürgermeisterin Ana Sol.", "sagen"),
        ("de", f"„{SAID}“, so Ana Sol.", "so"),
        ("es", f"«{SAID}», dijo la alcaldesa Ana Sol.", "decir"),
        ("it", f"«{SAID}», ha detto Ana Sol.", "dire"),
        ("pt", f"“{SAID}”, afirmou Ana Sol.", "afirmar"),
    ],
)
def test_other_languages_say_so_in_their_own_verbs(language: str, sentence: str, verb: str) -> None:
    quote = only(sentence, "Ana Sol", language=language)
    assert (quote.speaker, quote.verb) == ("Ana Sol", verb)


def test_a_surname_gives_the_key_of_the_full_name() -> None:
    body = f"Ana Sol came late. “{SAID},” Sol said."
    quote = only(body, "Ana Sol", "Sol")
    assert (quote.speaker, quote.speaker_key) == ("Sol", "ana sol")


def test_a_quotation_is_the_same_in_british_and_american_spelling() -> None:
    british = "Moscow speaks in favour of normalising relations"
    assert quote_key(british) == quote_key("Moscow speaks in favor of normalizing relations.")
    assert quote_key(british) == quote_key("Moscow speaks … in favor of [sic] “normalizing” relations!")
    assert quote_key("The travellers analysed the programme") == quote_key("The travelers analyzed the program")
    assert quote_key(british) != quote_key("Moscow speaks in favour of ending relations")


def test_a_shorter_wording_shares_its_shingles_with_the_longer() -> None:
    longer = quote_shingles(folded_words(f"{SAID} before anybody else did"))
    assert set(quote_shingles(folded_words(SAID))) < set(longer)


PIECES = st.lists(
    st.sampled_from(
        ['"', "“", "”", "„", "«", "»", "‘", "’", "'", "‚", "\n\n", ":\n\n", " ", ", ", ". ", "— ", " said ",
         " he said, ", "Ana Sol", "Sol", " according to ", SAID, "…", "(", "\xa0"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(PIECES)
def test_whatever_the_marks_are_like_quotations_stand_at_their_offsets_in_order(body: str) -> None:
    found = find_quotes(body, named(body, "Ana Sol", "Sol"))
    assert [quote.quote_no for quote in found] == list(range(len(found)))
    end = 0
    for quote in found:
        assert quote.text == body[quote.start_offset : quote.end_offset]
        assert quote.text.strip() == quote.text != ""
        assert quote.start_offset >= end
        assert quote.utterance_no <= quote.quote_no
        assert (quote.speaker is None) == (quote.speaker_key is None) == (quote.speaker_evidence is None)
        end = quote.end_offset
