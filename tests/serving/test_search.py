"""Search in a release: what it finds, that readers need no extension, and that an index grown is an index made anew."""

from pathlib import Path

import duckdb
import pytest

from serving import search
from serving.reading import open_current
from serving.releases import publish
from serving.search import extension_file, index_texts, merged_with
from tests.serving.conftest import MakeBuild

TEXTS = [
    ("a1", "Ferry runs aground", "The ferry struck a reef. Fishermen rescued everyone.", "2026-01-08"),
    ("a2", "Reef mapped", "Divers mapped the reef for a year; no ferry, no rescue, and a café.", "2026-01-09"),
    ("a3", "Rates rise", "The bank raised its rate.", "2026-01-09"),
    ("a4", None, "渡轮 aground", None),
]
TABLES = ("made", "texts", "stems", "segments", "postings")
needs_stemmer = pytest.mark.skipif(extension_file() is None, reason="no wheel of the extension fts for this DuckDB")


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "create schema marts; create table marts.articles "
        "(article_id varchar, title varchar, body varchar, published_date date)"
    )
    connection.executemany("insert into marts.articles values (?, ?, ?, ?)", [[*text] for text in TEXTS])
    index_texts(connection)
    return connection


def found(connection: duckdb.DuckDBPyConnection, asked: str) -> list[str]:
    return [row[0] for row in connection.execute("from search(?)", [asked]).fetchall()]


def test_texts_that_are_read_a_few_at_a_time_are_indexed_as_all_at_once(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def index() -> list[list[tuple]]:
        return [connection.execute(f"from search.{table} order by all").fetchall() for table in TABLES]

    at_once = index()
    connection.execute("drop schema search cascade")
    monkeypatch.setattr(search, "READ_AT_ONCE", 3)
    index_texts(connection)
    assert index() == at_once


def test_a_word_of_the_headline_counts_more_than_one_of_the_body(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, "ferry") == ["a1", "a2"]
    assert found(connection, "REEF") == ["a2", "a1"]


def test_any_of_the_words_is_enough_and_more_of_them_rank_higher(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, "ferry fishermen bank") == ["a1", "a3", "a2"]


def test_accents_case_and_characters_without_spaces_are_read(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, "CAFE") == found(connection, "café") == ["a2"]
    assert found(connection, "轮") == ["a4"]


@needs_stemmer
def test_a_word_is_found_in_its_other_forms(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, "rescuing") == []  # no text has this form, so nobody knows its stem
    assert set(found(connection, "rescue")) == {"a1", "a2"}
    assert found(connection, "rate") == ["a3"]


@pytest.mark.parametrize("asked", ["", "?!", "unheard", "'; drop table x; --"])
def test_what_no_text_has_finds_nothing(asked: str, connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, asked) == []


def test_the_answer_has_the_columns_that_are_promised(connection: duckdb.DuckDBPyConnection) -> None:
    answer = connection.execute("from search('fishermen', most := 1)")
    assert [column[0] for column in answer.description or []] == [
        "article_id", "score", "title", "published_date", "snippet",
    ]  # fmt: skip
    ((article, score, title, day, snippet),) = answer.fetchall()
    assert (article, title, str(day)) == ("a1", "Ferry runs aground", "2026-01-08")
    assert score > 0
    assert "Fishermen" in snippet


def index(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select article_id, stem, times, length "
        "from search.postings inner join search.texts using (text_no) order by all"
    ).fetchall()


def test_an_index_that_grew_is_the_one_that_is_made_anew(connection: duckdb.DuckDBPyConnection) -> None:
    before = index(connection)
    index_texts(connection)
    assert index(connection) == before
    connection.execute(
        "delete from marts.articles where article_id = 'a3'; "
        "update marts.articles set body = 'Another text about a reef.' where article_id = 'a2'; "
        "insert into marts.articles values ('a5', 'Bank', 'A bank of sand and reef.', null)"
    )
    index_texts(connection)
    grown = index(connection)
    connection.execute("drop schema search cascade")
    index_texts(connection)
    assert index(connection) == grown
    assert found(connection, "bank") == ["a5"]


def test_postings_of_a_text_that_is_gone_are_not_found_and_not_counted(connection: duckdb.DuckDBPyConnection) -> None:
    """The last text goes while the others stay, so that its postings stay in their segment, and another one comes."""
    connection.execute("delete from marts.articles where article_id = 'a4'")
    index_texts(connection)
    assert connection.execute("select count(*) from search.segments").fetchall() == [(1,)]
    assert connection.execute("select count(*) from search.postings where stem = '渡'").fetchall() == [(1,)]
    assert found(connection, "渡 轮") == []
    connection.execute("insert into marts.articles values ('a5', 'Tide', 'aground at low tide', null)")
    index_texts(connection)
    grown = connection.execute("from search('aground tide')").fetchall()
    connection.execute("drop schema search cascade")
    index_texts(connection)
    assert connection.execute("from search('aground tide')").fetchall() == grown
    assert [row[0] for row in grown] == ["a5", "a1"]


def test_a_text_without_a_word_is_counted_though_it_is_all_that_is_new(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("insert into marts.articles values ('a5', null, '?!', null)")
    index_texts(connection)
    assert connection.execute("select length, postings from search.texts where article_id = 'a5'").fetchall() == [
        (0, 0)
    ]
    grown = connection.execute("from search('reef')").fetchall()
    connection.execute("drop schema search cascade")
    index_texts(connection)
    assert connection.execute("from search('reef')").fetchall() == grown


def test_what_indexing_needs_meanwhile_is_dropped(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute("select table_name from duckdb_tables() where temporary").fetchall() == []
    assert connection.execute("select count(*) from search.texts where segment is null").fetchall() == [(0,)]


def test_a_large_segment_stays_as_it_is_until_the_small_ones_have_grown() -> None:
    assert merged_with(100, []) == []
    assert merged_with(100, [(2, 401, 401), (1, 9_000, 9_000)]) == []
    assert merged_with(100, [(2, 400, 400), (1, 9_000, 9_000)]) == [2]
    assert merged_with(100, [(2, 400, 400), (1, 2_000, 2_000)]) == [2, 1]
    assert merged_with(0, [(1, 2_000, 2_000)]) == []


def test_a_segment_that_is_mostly_gone_is_written_again() -> None:
    assert merged_with(0, [(2, 100, 50), (1, 2_000, 999)]) == [1]
    assert merged_with(0, [(1, 2_000, 0)]) == [1]


def test_years_of_nights_leave_few_segments_and_write_a_posting_seldom() -> None:
    sizes: dict[int, int] = {}
    written, most = 0, 0
    for night in range(1, 1001):
        taken_in = merged_with(
            1_000, sorted(((number, size, size) for number, size in sizes.items()), key=lambda s: s[1:])
        )
        sizes[night] = 1_000 + sum(sizes.pop(number) for number in taken_in)
        written += sizes[night]
        most = max(most, len(sizes))
    assert sum(sizes.values()) == 1_000_000
    assert most == 5
    assert written <= 10 * 1_000_000


def test_an_index_of_another_layout_is_made_anew(connection: duckdb.DuckDBPyConnection) -> None:
    before = index(connection)
    connection.execute("drop schema search cascade; create schema search")
    connection.execute("create table search.postings (stem varchar, text_no integer, times integer)")
    index_texts(connection)
    assert index(connection) == before
    connection.execute("update search.made set layout = 1; insert into search.texts values (9, 'a9', 9, 9, 9, 9)")
    index_texts(connection)
    assert index(connection) == before


def test_without_the_extension_words_are_found_as_they_are_written(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "extension_file", lambda: None)
    index_texts(connection)  # an index with stems is not mixed with words
    assert found(connection, "rescued") == ["a1"]
    assert found(connection, "rescue") == ["a2"]
    assert found(connection, "ferry") == ["a1", "a2"]


def test_a_release_can_be_searched_by_a_reader_that_may_load_nothing(make_build: MakeBuild, home: Path) -> None:
    publish(make_build(statement="update marts.articles set title = 'Lighthouse' where article_id = 'ap3'"), home)
    with open_current(home) as reader:
        assert found(reader, "lighthouse") == ["ap3"]


def test_another_release_is_searched_after_use(make_build: MakeBuild, home: Path) -> None:
    release = publish(make_build(statement="update marts.articles set title = 'Lighthouse'"), home)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{release.database}' as earlier (read_only); use earlier")
        assert len(found(connection, "lighthouse")) == 3
