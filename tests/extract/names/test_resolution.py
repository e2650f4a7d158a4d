import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.names.agreement import Candidate, ZoneText, agreed
from extract.names.countries import country_table
from extract.names.keys import name_key
from extract.names.resolution import NameUse, resolved_keys


def resolved(text: str, *names: tuple[str, str]) -> list[str]:
    """Return what the names of a text, given as (surface, type) in their order, stand for."""
    candidates, start = [], 0
    for surface, kind in names:
        start = text.index(surface, start)
        candidates.append(Candidate(start, start + len(surface), kind, 1.0))
        start += len(surface)
    return [one.resolved_key for one in agreed([ZoneText("body", text)], [candidates])]


@pytest.mark.parametrize("surname", ["Maliki", "al-Maliki", "Al-Maliki"])
def test_a_surname_with_an_article_stands_for_the_full_name(surname: str) -> None:
    text = f"Nuri al-Maliki spoke. {surname} left."
    assert resolved(text, ("Nuri al-Maliki", "PER"), (surname, "PER")) == ["nuri al-maliki"] * 2


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Louis van Dael", "Van Dael"),
        ("Ana Maria Sol", "Ana Sol"),
        ("Ana Maria Sol", "Maria Sol"),
        ("Ole Berg Jr", "Berg"),
        ("Recep Erdoğan", "Erdogan"),
        ("Kim Tarn-un", "Kim"),
        ("Ana Sol", "Mr Sol"),
        ("Ana Sol", "President Sol"),
    ],
)
def test_shorter_forms_of_a_person_stand_for_the_full_name(full: str, short: str) -> None:
    assert resolved(f"{full} spoke. {short} left.", (full, "PER"), (short, "PER")) == [name_key(full)] * 2


def test_a_given_name_alone_is_led_to_the_one_who_bears_it() -> None:
    text = "Rosie Tarn met Ole Berg. Rosie left."
    assert resolved(text, ("Rosie Tarn", "PER"), ("Ole Berg", "PER"), ("Rosie", "PER"))[-1] == "rosie tarn"


def test_a_given_name_of_two_people_is_led_to_neither() -> None:
    text = "Rosie Tarn met Rosie Berg. Rosie left."
    assert resolved(text, ("Rosie Tarn", "PER"), ("Rosie Berg", "PER"), ("Rosie", "PER"))[-1] == "rosie"


def test_a_place_is_not_led_to_who_has_it_for_a_first_name() -> None:
    text = "Victoria Berg flew to Victoria."
    assert resolved(text, ("Victoria Berg", "PER"), ("Victoria", "LOC")) == ["victoria berg", "victoria"]


def test_people_who_share_a_surname_stay_apart() -> None:
    text = "Ana Sol met Ole Sol. Sol left."
    assert resolved(text, ("Ana Sol", "PER"), ("Ole Sol", "PER"), ("Sol", "PER")) == ["ana sol", "ole sol", "sol"]


def test_a_surname_is_that_of_the_one_named_before_it() -> None:
    text = "Ana Sol spoke. Sol left. Her brother Ole Sol stayed."
    assert resolved(text, ("Ana Sol", "PER"), ("Sol", "PER"), ("Ole Sol", "PER"))[1] == "ana sol"


@pytest.mark.parametrize(
    "name",
    ["U.S.", "US", "the United States", "United States of America", "America"],
)
def test_a_country_has_one_key_however_it_is_called(name: str) -> None:
    assert resolved(f"He left {name} today.", (name, "LOC")) == ["united states"]


def test_the_full_name_of_a_state_is_that_country_even_where_it_is_taken_for_an_organisation() -> None:
    text = "He left the People's Republic of China today."
    (found,) = agreed([ZoneText("body", text)], [[Candidate(12, 38, "ORG", 1.0)]])
    assert (found.resolved_key, found.entity_type, found.country_code) == ("china", "LOC", "CN")


def test_a_name_that_a_country_shares_is_none() -> None:
    text = "He left Georgia today."
    (found,) = agreed([ZoneText("body", text)], [[Candidate(8, 15, "LOC", 1.0)]])
    assert (found.resolved_key, found.country_code) == ("georgia", None)


@pytest.mark.parametrize(
    ("surface", "code"), [("Russians", "RU"), ("Russian", "RU"), ("Swiss", "CH"), ("Briton", "GB")]
)
def test_a_demonym_belongs_to_its_country_and_is_not_the_country(surface: str, code: str) -> None:
    (found,) = agreed([ZoneText("body", f"The {surface} left.")], [[Candidate(4, 4 + len(surface), "MISC", 1.0)]])
    assert (found.mention_kind, found.country_code) == ("demonym", code)
    assert found.resolved_key != country_table().main_key[code]


def test_a_person_called_as_a_people_is_a_person() -> None:
    text = "Dawn French spoke. French left."
    found = agreed([ZoneText("body", text)], [[Candidate(0, 11, "PER", 1.0), Candidate(19, 25, "PER", 1.0)]])
    assert [(one.resolved_key, one.mention_kind) for one in found] == [("dawn french", "name")] * 2


def test_an_acronym_defined_in_the_text_stands_for_what_it_is_short_for() -> None:
    text = "The Institute for Fish (INSF) met. INSF left."
    names = ("Institute for Fish", "ORG"), ("INSF", "ORG"), ("INSF", "ORG")
    assert resolved(text, *names) == ["institute for fish"] * 3


def test_an_acronym_in_brackets_is_a_name_wherever_it_stands_though_the_model_saw_none() -> None:
    text = "The Bureau of Tides (BOT) met. BOT left. The robot stayed."
    (found,) = [agreed([ZoneText("body", text)], [[Candidate(4, 19, "ORG", 1.0)]])]
    assert [(one.surface, one.resolved_key) for one in found] == [
        ("Bureau of Tides", "bureau of tides"),
        ("BOT", "bureau of tides"),
        ("BOT", "bureau of tides"),
    ]


def test_brackets_that_do_not_fit_define_nothing() -> None:
    assert resolved("The Bureau of Tides (AFP) met.", ("Bureau of Tides", "ORG")) == ["bureau of tides"]
    assert resolved("Manchester (MAN) met.", ("Manchester", "LOC")) == ["manchester"]


def test_an_acronym_stands_for_the_one_name_with_its_initials() -> None:
    text = "The Bureau of Tides met. BOT and BT differ. The Board on Turf left."
    names = ("Bureau of Tides", "ORG"), ("BOT", "ORG"), ("BT", "ORG")
    assert resolved(text, *names) == ["bureau of tides"] * 3
    assert resolved(text, *names, ("Board on Turf", "ORG"))[1:3] == ["bot", "bt"]


def test_two_letters_need_the_same_type() -> None:
    text = "San Diego is far. SD voted."
    assert resolved(text, ("San Diego", "LOC"), ("SD", "ORG")) == ["san diego", "sd"]


def test_companies_are_named_with_and_without_their_legal_form() -> None:
    text = "Tarn Fish Inc. grew. Tarn Fish fell. Tarn rose."
    names = ("Tarn Fish Inc", "ORG"), ("Tarn Fish", "ORG"), ("Tarn", "ORG")
    assert resolved(text, *names) == ["tarn fish"] * 3


def test_a_part_of_a_name_stands_for_it_only_where_the_whole_came_before_alone() -> None:
    bank = ("Bank of Utopia", "ORG")
    assert resolved("The Bank of Utopia lent. The Bank paid.", bank, ("Bank", "ORG"))[1] == "bank of utopia"
    assert resolved("The Bank paid. The Bank of Utopia lent.", ("Bank", "ORG"), bank)[0] == "bank"
    other = ("Bank of Tarn", "ORG")
    assert (
        resolved("The Bank of Utopia and Bank of Tarn lent. The Bank paid.", bank, other, ("Bank", "ORG"))[2] == "bank"
    )


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("Central Bank of Utopia", "Bank of Utopia"),
        ("University of Utopia", "Utopia"),
        ("UN Fish Council", "UN"),
        ("East India Company", "East India"),
    ],
)
def test_what_has_a_name_of_its_own_is_no_short_form(whole: str, part: str) -> None:
    text = f"The {whole} met. {part} left."
    assert resolved(text, (whole, "ORG"), (part, "ORG" if part != "East India" else "LOC"))[1] == name_key(part)


def test_a_code_behind_a_place_is_not_the_place() -> None:
    assert resolved("Miami (MIA) is far.", ("Miami", "LOC"), ("MIA", "LOC")) == ["miami", "mia"]


def test_an_office_alone_is_no_persons_name() -> None:
    assert resolved("The Home Secretary spoke.", ("Home Secretary", "PER")) == []


def test_captions_lean_on_the_text_and_the_text_not_on_them() -> None:
    zones = [ZoneText("title", ""), ZoneText("body", "Sol spoke."), ZoneText("caption", "Sol and Ana Sol", 7)]
    found = agreed(
        zones, [[], [Candidate(0, 3, "LOC", 0.9)], [Candidate(0, 3, "PER", 0.9), Candidate(8, 15, "PER", 0.9)]]
    )
    assert [(one.zone, one.span_no, one.resolved_key, one.entity_type) for one in found] == [
        ("body", None, "sol", "LOC"),
        ("caption", 7, "sol", "LOC"),
        ("caption", 7, "ana sol", "PER"),
    ]


KEYS = st.sampled_from(
    [
        "us",
        "usa",
        "china",
        "russian",
        "russians",
        "ana sol",
        "ana maria sol",
        "sol",
        "ana",
        "ole sol",
        "tarn fish inc",
        "tarn fish",
        "tarn",
        "tf",
        "fish",
        "bank of utopia",
        "bank",
        "bou",
        "jordan",
        "mike jordan",
        "al-sol",
        "nuri al-sol",
    ]
)
USES = st.builds(
    NameUse,
    st.dictionaries(st.sampled_from(["PER", "ORG", "LOC", "MISC"]), st.floats(0, 3), min_size=1),
    st.sets(st.sampled_from(["US", "TF", "BOU", "Sol"])),
    st.tuples(st.integers(0, 2), st.integers(0, 99)),
    st.sets(KEYS),
)


@given(st.dictionaries(KEYS, USES, max_size=12))
def test_what_a_name_stands_for_stands_for_itself_and_order_does_not_matter(uses: dict[str, NameUse]) -> None:
    found = resolved_keys(uses)
    assert not found.keys() & set(found.values())
    assert resolved_keys(dict(reversed(uses.items()))) == found


@pytest.mark.parametrize(
    "surface", ["U.S. Senate", "US Senate", "United States Senate", "Senate of the United States", "the U. S. Senate"]
)
def test_an_office_of_a_country_has_one_key_in_all_documents(surface: str) -> None:
    assert resolved(f"They asked {surface} again.", (surface, "ORG")) == ["united states senate"]


@pytest.mark.parametrize("surface", ["Georgia Senate", "Senate of Tarn", "US Airways", "Bank of Canada"])
def test_what_is_no_office_of_a_known_country_keeps_its_key(surface: str) -> None:
    assert resolved(f"They asked {surface} again.", (surface, "ORG")) == [name_key(surface)]


def test_the_short_form_of_a_countrys_office_stands_for_it() -> None:
    text = "The U.S. Senate met. The Senate left."
    assert resolved(text, ("U.S. Senate", "ORG"), ("Senate", "ORG")) == ["united states senate"] * 2


def test_the_last_word_of_a_name_said_before_stands_for_it_whatever_its_type() -> None:
    text = "The INS Varnay sailed. Varnay came late."
    assert resolved(text, ("INS Varnay", "ORG"), ("Varnay", "LOC")) == ["ins varnay"] * 2


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("Air Dhaka came to Dhaka.", ("Air Dhaka", "ORG"), ("Dhaka", "LOC")),
        ("The American Tarnists met the Tarnists.", ("American Tarnists", "MISC"), ("Tarnists", "MISC")),
        ("Tarn was there before INS Tarn.", ("Tarn", "LOC"), ("INS Tarn", "ORG")),
        ("The Obama Administration and Obama erred.", ("Obama Administration", "PER"), ("Obama", "PER")),
    ],
)
def test_a_last_word_that_may_be_something_else_stays_what_it_is(
    text: str, full: tuple[str, str], short: tuple[str, str]
) -> None:
    assert resolved(text, full, short) == [name_key(full[0]), name_key(short[0])]
