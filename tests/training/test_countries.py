import yaml

from extract.names.countries import TABLE, country_table
from training.countries.__main__ import _ADDED, table

NAMES = {"BO": "Bolivia", "CC": "Cocos (Keeling) Islands", "XX": ["Federation of Tarn", "Tarn", "Tarn, Federation of"]}
DEMONYMS = {"BO": "Bolivian", "CC": "Cocos (Keeling) Islands", "XX": "Tarnish (of Tarn)"}


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_names_sorted_for_lists_and_glosses_are_left_out_and_additions_come_first() -> None:
    added = {"XX": {"names": ["Tarn"], "demonyms": ["Tarner"], "not": ["Federation of Tarn"]}}
    assert rows(table(NAMES, DEMONYMS, added)) == [["BO", "Bolivia", "Bolivian"], ["XX", "Tarn", "Tarnish; Tarner"]]


def test_what_is_added_stands_in_the_shipped_table() -> None:
    shipped = {code: (names, demonyms) for code, names, demonyms in rows(TABLE.read_text("utf-8"))}
    for code, own in yaml.safe_load(_ADDED.read_text("utf-8")).items():
        assert set(own.get("names", [])) <= set(shipped[code][0].split("; "))
        assert set(own.get("demonyms", [])) <= set(shipped[code][1].split("; "))


def test_no_name_is_of_two_countries_and_no_demonym_is_a_name() -> None:
    names = [name for _, names, _ in rows(TABLE.read_text("utf-8")) for name in names.split("; ")]
    assert len(names) == len(set(names))
    found = country_table()
    assert not found.by_demonym.keys() & found.by_name.keys()
    assert {found.by_name[key] for key in ("us", "uk", "uae")} == {"US", "GB", "AE"}
