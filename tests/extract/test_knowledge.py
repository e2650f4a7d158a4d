"""What is known: the table that ships, and a user's own."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract import knowledge, warehouse
from extract.errors import SourcesError

CSV = """linked_id,name,entity_type,country,lies_in,importance,names,aliases
Q1,Mira Holt,PER,NO,,3,Dr Mira Holt; M. Holt,Holtie
Q30,The States,LOC,US,Q2,9,U.S.,
"""


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    file = tmp_path / "own.csv"
    file.write_text(CSV, "utf-8")
    return file


def test_the_table_that_ships_knows_countries_cities_and_organisations_once_each() -> None:
    rows = {row["linked_id"]: row for row in knowledge.known().to_pylist()}
    assert len(rows) == knowledge.known().num_rows > 50_000
    assert rows["Q30"]["name"] == "United States"
    assert {"U.S.", "America"} <= set(rows["Q30"]["names"])
    assert rows["Q145"]["country"] == "GB"
    assert rows["Q1297"]["lies_in"] == ["Q30", "Q1204"]  # Chicago, in Illinois
    assert rows["geonames:2643743"]["name"] == "London"
    assert rows["Q1065"]["entity_type"] == "ORG"


def test_every_row_that_ships_has_a_type_and_a_name_of_its_own() -> None:
    for row in knowledge.known().to_pylist():
        assert row["entity_type"] in knowledge.ENTITY_TYPES
        assert row["keys"] == knowledge.key_rows(row["name"], row["names"], row["aliases"])
        assert row["keys"][0]["is_usual"]


def test_short_forms_and_common_words_are_marked() -> None:
    names = ["U.S.", "Target Tarnix", "New World"]
    keys = {row["name_key"]: row for row in knowledge.key_rows("Target", names, ["Target"])}
    assert [key for key, row in keys.items() if row["is_common"]] == ["target", "new world"]
    assert [key for key, row in keys.items() if row["is_capitals"]] == ["us"]
    assert all(row["is_usual"] for row in keys.values())
    assert not any(row["is_usual"] for row in knowledge.key_rows("Mumbai", [], ["Bombay"])[1:])


def test_nicknames_are_pairs_in_small_letters_once_each() -> None:
    found = knowledge.nicknames()
    assert len(found) == len({*found}) > 2_000
    assert {("william", "bill"), ("joseph", "joe")} <= {*found}
    assert all(name.isalpha() and name.islower() and name != form for name, form in found)


def test_a_users_own_file_is_added_and_its_rows_win(own_file: Path) -> None:
    rows = {row["linked_id"]: row for row in knowledge.known([own_file]).to_pylist()}
    assert len(rows) == knowledge.known().num_rows + 1
    assert rows["Q30"]["name"] == "The States"
    assert rows["Q1"]["names"] == ["Dr Mira Holt", "M. Holt"]
    assert [key["name_key"] for key in rows["Q1"]["keys"]] == ["mira holt", "m holt", "holtie"]


def test_a_parquet_file_says_the_same_as_a_csv_file(own_file: Path, tmp_path: Path) -> None:
    parquet = tmp_path / "own.parquet"
    rows = knowledge.read_rows(own_file)
    pq.write_table(pa.Table.from_pylist(rows), parquet)
    assert knowledge.read_rows(parquet) == rows


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("linked_id,name\nQ1,Holt\n", "has no entity_type"),
        ("linked_id,name,entity_type\nQ1,Holt,PERSON\n", "of no type among LOC, MISC, ORG, PER"),
        ("linked_id,name,entity_type,importance\nQ1,Holt,PER,much\n", "no number as importance"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(text: str, wrong: str, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(SourcesError, match=wrong):
        knowledge.read_rows(file)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"own\.csv cannot be read"):
        knowledge.read_rows(tmp_path / "own.csv")


def test_the_warehouse_holds_one_edition(own_file: Path, tmp_path: Path) -> None:
    schema = Path(warehouse.__file__).with_name("schema.sql").read_text("utf-8")
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute(schema)
        for files in ([], [own_file], [own_file]):
            warehouse.replace_knowledge(connection, files)
            found = connection.execute("select count(*), count(distinct linked_id), min(edition) from raw.knowledge")
            count = knowledge.known(files).num_rows
            assert found.fetchone() == (count, count, knowledge.edition(files))
        words = connection.execute("select count(*), count(distinct word) from raw.common_words").fetchone()
        assert words == (len(knowledge.common_words()), len(knowledge.common_words()))
        forms = connection.execute("select first_name, nickname from raw.nicknames order by all").fetchall()
        assert forms == sorted(knowledge.nicknames())
        names = connection.execute(
            "select name_key, is_usual from raw.knowledge_names where linked_id = 'Q1' order by all"
        )
        assert names.fetchall() == [("holtie", False), ("m holt", True), ("mira holt", True)]
