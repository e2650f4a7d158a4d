"""How packages become the table of what is known."""

import json
from pathlib import Path

import pytest

from training.knowledge import __main__ as command
from training.knowledge import packages
from training.knowledge.packages import Known

VARN = Known("geonames:1", "Varn", "LOC", "NO", ("land", "north"), 90_000.0)
OTHER_VARN = Known("geonames:2", "Varn", "LOC", "NO", ("land", "south"), 60_000.0)
NAMES_OF = {"land": "Norland", "north": "Northshire", "south": "Southshire"}


@pytest.mark.parametrize(
    ("description", "is_one"),
    [
        ("city in Northshire, Norland", True),
        ("the most populous city in Norland", True),
        ("capital of Norland", True),
        ("school district in Norland", False),
        ("city council of Varn", False),
        ("state-owned company in Norland", False),
        ("bank in the city of Varn", False),
    ],
)
def test_a_description_tells_a_place(description: str, is_one: bool) -> None:
    assert packages.is_place(description) is is_one


def test_a_city_takes_the_wikidata_id_of_the_only_city_it_can_be() -> None:
    labels = {"Q7": {"label": "Varn", "description": "city in Northshire, Norland"}}
    found = packages.with_wikidata_ids([VARN, OTHER_VARN], labels, NAMES_OF)
    assert [city.linked_id for city in found] == ["Q7", "geonames:2"]


def test_a_description_that_fits_two_cities_names_neither() -> None:
    labels = {"Q7": {"label": "Varn", "description": "city in Norland"}}
    found = packages.with_wikidata_ids([VARN, OTHER_VARN], labels, NAMES_OF)
    assert [city.linked_id for city in found] == ["geonames:1", "geonames:2"]


def test_a_state_is_no_city() -> None:
    labels = {"Q7": {"label": "Varn", "description": "state of Norland, once a city in Northshire"}}
    found = packages.with_wikidata_ids([VARN], labels, NAMES_OF)
    assert [city.linked_id for city in found] == ["geonames:1"]


def test_one_id_of_two_sources_is_one_row_with_the_names_of_both() -> None:
    rows = [Known("Q7", "Varn City", "LOC", importance=5.0), Known("Q7", "Varn", "LOC", importance=9.0, names=("V.",))]
    (row,) = command.unique(rows)
    assert (row.name, row.names, row.importance) == ("Varn City", ("Varn", "V."), 9.0)


def test_further_names_stand_once_and_in_order() -> None:
    (row,) = command.named_further([Known("Q30", "United States", "LOC", names=("USA",))], {"US": "Q30"})
    assert row.names == tuple(sorted({*row.names}))
    assert {"U.S.", "USA", "America"} <= {*row.names}
    assert "United States" not in row.names


def test_a_body_that_also_has_a_flag_is_kept_and_one_known_by_its_flag_alone_is_not() -> None:
    flag = {"category": "flags/man_made/flagpole", "met_in": "", "flag:type": "advertising", "item": "1"}
    brand = {"category": "brands/amenity/fast_food", "met_in": "", "brand": "Tarn's", "item": "2"}
    labels = {"Q1": {"label": "Tarn's"}, "Q2": {"label": "Varn"}}
    (row,) = packages.organisations({"Q1": [flag, brand], "Q2": [flag]}, labels, ())
    assert row.linked_id == "Q1"
    assert command.brands_in_s([row, VARN]) == ["tarn's"]


def test_well_known_bodies_have_an_id_and_a_name_each() -> None:
    rows = packages.more_bodies()
    assert len({row.linked_id for row in rows}) == len({row.name for row in rows}) == len(rows) > 50
    assert all(row.linked_id.startswith("Q") and row.linked_id[1:].isdigit() for row in rows)
    assert next(row for row in rows if "CIA" in row.names).linked_id == "Q37230"


def test_common_words_are_those_written_small(tmp_path: Path) -> None:
    (tmp_path / "index.dic").write_text("3\nreading/M\nReading/M\nmother-in-law\n", "utf-8")
    assert packages.common_words(tmp_path) == {"reading"}


def test_nicknames_are_pairs_of_two_words_and_stand_once(tmp_path: Path) -> None:
    rows = ["tobias,has_nickname,tobi", "tobias,has_nickname,tobi", "anna,has_nickname,a.k.", "anna,has_nickname,anna"]
    (tmp_path / "names.csv").write_text("\n".join(["name1,relationship,name2", *rows]), "utf-8")
    assert packages.nicknames(tmp_path) == [("tobias", "tobi")]


def test_a_missing_package_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text(json.dumps({}), "utf-8")
    assert command.main(["--packages", str(tmp_path)]) == 1
    assert "run `make knowledge`" in capsys.readouterr().err
