import pytest

from extract.credits import agency_table, byline, dateline_place, find_agency
from extract.model import Mention, Zone
from extract.quotes import find_quotes, quote_key
from extract.sources import AgencyEntry
from extract.titles import headline_line, without_outlet
from extract.words import words

TABLE = agency_table([AgencyEntry(name="MNA", aliases=["Meridian News Agency"])])


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("(ANI)", "ANI"),
        ("AP/Reuters", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("Meridian News Agency (MNA)", "MNA"),
        ("Ana Sol", None),
        ("Apples", None),
    ],
)
def test_an_agency_has_one_name(credit: str, name: str | None) -> None:
    assert TABLE.find(credit) == name


def test_the_surest_place_names_the_agency() -> None:
    lines = [(Zone.BYLINE, "By Reuters"), (Zone.CREDIT, "Source: dpa")]
    opening = "PORT ESKER, Jan 8 (MNA) - A ferry struck a reef."
    found = [
        find_agency(lines, ["EFE"], "(ANI)", opening, [], TABLE),
        find_agency(lines, ["EFE"], None, opening, [], TABLE),
        find_agency(lines, ["EFE"], None, "A ferry.", [], TABLE),
        find_agency(lines[:1], ["EFE"], None, "A ferry.", [], TABLE),
        find_agency([], ["  • EFE"], None, "A ferry.", [], TABLE),
        find_agency([(Zone.NAV, "Bloomberg")], [], None, "A ferry.", [], TABLE),
    ]
    names = [agency and agency.name for agency in found]
    assert names == ["ANI", "MNA", "Deutsche Presse-Agentur", "Reuters", "EFE", None]


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("PORT ESKER, Jan 8 (MNA) — A ferry struck a reef.", "PORT ESKER"),
        ("WASHINGTON (AP) — The president said.", "WASHINGTON"),
        ("Port Esker (MNA) - A ferry struck a reef.", "Port Esker"),
        ("A ferry struck a reef - and sank.", None),
        ("The quay was closed.", None),
    ],
)
def test_a_dateline_names_its_place(opening: str, place: str | None) -> None:
    assert dateline_place(opening) == place


def test_a_byline_holds_people_and_nobody_else() -> None:
    assert byline([], [(Zone.BYLINE, "By Ana Sol and Pavo Resnik, Reuters staff")], TABLE) == "Ana Sol; Pavo Resnik"
    assert byline(["Ana Sol", "Tarn Post Staff", "Reuters"], [], TABLE) == "Ana Sol"
    assert byline(["admin"], [], TABLE) is None


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Outer quay closed at Tarn | The Tarn Post", "Outer quay closed at Tarn"),
        ("Outer quay closed at Tarn - News - The Tarn Post", "Outer quay closed at Tarn"),
        ("The Tarn Post | Outer quay closed", "Outer quay closed"),
        ("Quay - closed", "Quay - closed"),
        ("Storm Hedda hits the coast – thousands lose power", "Storm Hedda hits the coast – thousands lose power"),
        ("Outer quay closed at Tarn – tarnpost.example", "Outer quay closed at Tarn"),
        ("Tarn-Marlow ferry stops", "Tarn-Marlow ferry stops"),
    ],
)
def test_a_title_is_not_its_outlet(title: str, cleaned: str) -> None:
    assert without_outlet(title, {"The Tarn Post", "tarnpost"}) == cleaned


def test_the_headline_of_a_dump_is_the_line_that_stands_twice() -> None:
    lines = [
        "The Tarn Post news edition today",
        "Outer quay closed at Tarn",
        "Tarn | Harbour",
        "Outer quay closed at Tarn",
    ]
    assert headline_line(lines, [" ".join(words(line)) for line in lines], 4) == 1
    assert headline_line(["Home", None, "Sport"], ["home", "menu", "sport"], 3) is None


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
