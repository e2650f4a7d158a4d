"""Five articles as a crawler left them: one text run twice, three of one story, two look-alikes of other years."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extract.model import Outlet
from nightly.settings import PROJECT
from tests.end_to_end.conftest import Warehouse
from tests.extract.pages import read

SEEDS = Path(os.environ.get("DATELINE_SHARED") or PROJECT.parent / "shared") / "seeds"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not SEEDS.is_dir(), reason=f"no seeds at {SEEDS}: set DATELINE_SHARED to the folder that holds them"
    ),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "sources.yml").write_text(f"sources:\n  - {{id: seeds, folder: {SEEDS}}}\n")
    warehouse = Warehouse(folder / "home", folder / "sources.yml")
    warehouse.run("2026-01-05")
    return duckdb.connect(str(warehouse.home / "current" / "dateline.duckdb"), read_only=True)


@pytest.fixture(scope="module")
def gold() -> dict[str, dict[str, Any]]:
    rows = json.loads((SEEDS / "gold.json").read_text("utf-8"))
    assert len(rows) == 5
    return {row["file"]: row for row in rows}


def by_file(reader: duckdb.DuckDBPyConnection, what: str) -> dict[str, Any]:
    rows = reader.execute(
        f"""
        select fates.origin, {what} from marts.page_fates as fates
        inner join raw.documents as documents using (page_id)
        inner join marts.copies as copies on copies.copy_id = fates.page_id
        inner join marts.story_articles as story_articles on story_articles.article_id = copies.article_id
        """
    ).fetchall()
    return dict(rows)


def test_all_five_are_accepted(reader: duckdb.DuckDBPyConnection) -> None:
    assert reader.execute("select fate, count(*) from marts.page_fates group by all").fetchall() == [("accepted", 5)]


def test_two_of_them_are_one_text(reader: duckdb.DuckDBPyConnection, gold: dict[str, dict[str, Any]]) -> None:
    counts = "select (select count(*) from marts.articles), (select count(*) from marts.publications)"
    assert reader.execute(counts).fetchall() == [(4, 5)]
    articles = by_file(reader, "copies.article_id")
    assert len({articles[file] for file, row in gold.items() if row["copy_group"] == "A"}) == 1


def test_the_one_without_the_credit_is_an_exact_copy_in_an_unknown_order(reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute(
        """
        select pages.origin[:3], copies.level, copies.credit, publications.credit, articles.agency,
            copies.words_added + copies.words_removed <= 2, publications.copy_order, publications.is_order_known
        from marts.copies as copies
        inner join raw.pages as pages on copies.copy_id = pages.page_id
        inner join marts.articles as articles on copies.article_id = articles.article_id
        inner join marts.publications as publications on copies.publication_id = publications.publication_id
        where articles.publications = 2
        order by all
        """
    ).fetchall()
    assert rows == [
        ("000", "exact", "stripped", "stripped", "ANI", True, None, False),
        ("001", "exact", "kept", "kept", "ANI", True, 1, False),
    ]


def test_bodies_are_the_lines_that_gold_marks(
    reader: duckdb.DuckDBPyConnection, gold: dict[str, dict[str, Any]]
) -> None:
    for file, body in by_file(reader, "documents.body").items():
        lines = (SEEDS / file).read_text("utf-8").split("\n")
        wanted = {" ".join(lines[number - 1].split()) for number in gold[file]["body_lines"]}  # counted from 1
        optional = {" ".join(lines[number - 1].split()) for number in gold[file]["optional_lines"]}
        found = set(body.split("\n\n"))
        without_credit = {line.removesuffix(" (ANI)") for line in wanted}
        assert without_credit - optional <= found <= without_credit, file


def test_the_year_keeps_the_same_ritual_apart(
    reader: duckdb.DuckDBPyConnection, gold: dict[str, dict[str, Any]]
) -> None:
    stories = by_file(reader, "story_articles.story_id")
    found = {frozenset(file for file in stories if stories[file] == story) for story in stories.values()}
    wanted = {frozenset(file for file in gold if gold[file]["story"] == row["story"]) for row in gold.values()}
    assert found == wanted
    assert len(found) == 3


def test_titles_are_the_headlines(reader: duckdb.DuckDBPyConnection, gold: dict[str, dict[str, Any]]) -> None:
    assert by_file(reader, "documents.title") == {file: row["title"] for file, row in gold.items()}


def test_a_crawl_date_is_never_a_published_date(reader: duckdb.DuckDBPyConnection) -> None:
    chosen = reader.execute(
        "select pages.origin[:3], value_at::date::varchar from raw.times inner join raw.pages as pages using (page_id) "
        "where is_chosen and kind = 'published' order by all"
    ).fetchall()
    assert chosen == [("001", "2019-12-30"), ("004", "2025-01-20")]


def test_the_undated_copy_keeps_its_silence_and_its_article_has_the_day_of_the_dated_one(
    reader: duckdb.DuckDBPyConnection,
) -> None:
    days = by_file(
        reader, "(select published_date from marts.publications where publication_id = copies.publication_id)"
    )
    assert {file[:3]: str(day) for file, day in days.items() if day} == {"001": "2019-12-30", "004": "2025-01-20"}
    # Of two equal texts the dated one is the reference, so the day is its own and nothing has to be lent.
    articles = reader.execute(
        """
        select pages.origin[:3], articles.published_date::varchar, articles.published_source
        from marts.articles as articles
        inner join raw.pages as pages on articles.reference_page_id = pages.page_id
        where articles.publications = 2
        """
    ).fetchall()
    assert articles == [("001", "2019-12-30", "visible")]


@pytest.mark.parametrize(
    ("file", "outlet"),
    [
        ("001", Outlet("paper", "Paper", "", "Asia/Kolkata", "IN")),
        ("004", Outlet("agency", "Agency", "", "Europe/Sofia", "BG")),
    ],
)
def test_the_time_of_day_is_golds_where_the_outlet_is_declared(
    file: str, outlet: Outlet, gold: dict[str, dict[str, Any]]
) -> None:
    (path,) = SEEDS.glob(f"{file}_*.txt")
    page = read(path.read_bytes(), outlets=(outlet,), given_outlet=outlet.outlet_id, fetched_at=datetime(2026, 1, 5))
    (published,) = [time for time in page.times if time.is_chosen and time.kind == "published"]
    assert published.value_at.isoformat() + "Z" == gold[path.name]["published_at"]


@pytest.mark.parametrize(
    "name", ["Tusk", "Navalny", "Rawat", "Juster", "Petkov", "Grozev", "New York Times", "Business Standard"]
)
def test_names_of_boilerplate_are_no_entities(reader: duckdb.DuckDBPyConnection, name: str) -> None:
    assert reader.execute("select count(*) > 20 from marts.entities").fetchall() == [(True,)]
    found = reader.execute(
        "select alias from marts.entity_aliases where contains(alias, $name) "
        "union all select canonical_name from marts.entities where contains(canonical_name, $name)",
        {"name": name},
    )
    assert found.fetchall() == []


@pytest.mark.parametrize("name", ["Putin", "Trump", "Kremlin", "Russia", "United States"])
def test_a_person_or_place_is_one_entity_in_all_texts(reader: duckdb.DuckDBPyConnection, name: str) -> None:
    found = reader.execute(
        "select canonical_name, articles from marts.entities "
        "where regexp_matches(canonical_name, '^(\\w+ )?' || $name || '$')",
        {"name": name},
    )
    ((_, articles),) = found.fetchall()
    assert articles == 4


def test_a_demonym_links_to_its_country_and_is_not_the_country(reader: duckdb.DuckDBPyConnection) -> None:
    kinds = reader.execute(
        "select distinct entity_id, mention_kind from marts.mentions where country_code = 'RU' order by mention_kind"
    ).fetchall()
    assert [kind for _, kind in kinds] == ["demonym", "name"]
    assert kinds[0][0] != kinds[1][0]


def test_the_caption_with_the_wrong_president_is_a_contradiction_and_changes_nothing(
    reader: duckdb.DuckDBPyConnection,
) -> None:
    contradictions = reader.execute(
        "select entities.canonical_name, others.canonical_name, zone, text, reason "
        "from marts.role_contradictions as contradictions inner join marts.entities as entities using (entity_id) "
        "inner join marts.entities as others on contradictions.other_entity_id = others.entity_id order by reason"
    ).fetchall()
    caption = ("caption", "Russian President Donald Trump")
    assert contradictions == [
        ("Donald Trump", "Vladimir Putin", *caption, "office_held_by_another"),
        ("Donald Trump", "Donald Trump", *caption, "other_country_for_same_person"),
    ]
    believed = reader.execute(
        "select canonical_name, role, country_code from marts.entity_roles inner join marts.entities using (entity_id) "
        "where is_current and not is_contradicted and country_code in ('RU', 'US') order by all"
    ).fetchall()
    assert believed == [("Donald Trump", "president", "US"), ("Vladimir Putin", "president", "RU")]
    aliases = reader.execute(
        "select alias from marts.entity_aliases inner join marts.entities using (entity_id) "
        "where canonical_name = 'Donald Trump' order by alias"
    ).fetchall()
    assert aliases == [("Donald J. Trump",), ("Donald Trump",), ("Trump",)]


def test_no_role_is_a_name(reader: duckdb.DuckDBPyConnection) -> None:
    found = reader.execute(
        "select alias from marts.entity_aliases where regexp_matches(alias, '(?i)president|minister|chancellor')"
    )
    assert found.fetchall() == []


@pytest.mark.parametrize(
    ("names", "entity_type", "linked_id"),
    [
        (r"(Vladimir )?Putin", "PER", None),
        (r"(Donald (J\.? )?)?Trump", "PER", None),
        (r"([Tt]he )?Kremlin", "ORG", None),
        (r"Russia|Russian Federation", "LOC", "Q159"),
        (r"([Tt]he )?(United States( of America)?|U\.?S\.?A?\.?|America)", "LOC", "Q30"),
    ],
)
def test_all_names_of_one_are_one_entity_over_all_five(
    reader: duckdb.DuckDBPyConnection, names: str, entity_type: str, linked_id: str | None
) -> None:
    found = reader.execute(
        """
        select distinct entities.entity_id, entities.entity_type, entities.linked_id
        from marts.entity_aliases as aliases
        inner join marts.entities as entities on aliases.entity_id = entities.entity_id
        where regexp_full_match(aliases.alias, $names)
        """,
        {"names": names},
    )
    assert [row[1:] for row in found.fetchall()] == [(entity_type, linked_id)]


def test_every_cut_line_is_in_the_ledger(reader: duckdb.DuckDBPyConnection) -> None:
    for file in sorted(path.name for path in SEEDS.glob("*.txt")):
        pieces = reader.execute(
            "select span_no, text from raw.spans join raw.pages using (page_id) where origin = ? order by span_no",
            [file],
        ).fetchall()
        assert "".join(text for _, text in pieces) == (SEEDS / file).read_text("utf-8")
        kept = reader.execute(
            "select span_no from raw.spans inner join raw.pages using (page_id) where origin = ? and is_kept", [file]
        ).fetchall()
        removed = reader.execute(
            "select span_no from marts.removed_spans inner join raw.pages using (page_id) where origin = ?", [file]
        ).fetchall()
        assert sorted([*kept, *removed]) == [(number,) for number, _ in pieces]


def test_what_is_cut_is_named(reader: duckdb.DuckDBPyConnection) -> None:
    zones = {zone for (zone,) in reader.execute("select distinct zone from marts.removed_spans").fetchall()}
    assert zones >= {
        "paywall",
        "plan",
        "related",
        "trending",
        "disclaimer",
        "caption",
        "comment",
        "credit",
        "title",
        "tags",
    }


def test_a_quotation_in_marks_and_the_same_without_are_one_with_two_articles(reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute(
        """
        select quotes.quote_id, quotes.articles, quotes.publications, quotes.speaker, pages.origin[:3],
            places.difference, places.is_marked
        from marts.quotes as quotes
        inner join marts.article_quotes as places using (quote_id)
        inner join raw.pages as pages using (page_id)
        where contains(places.text, 'historically responsible')
        order by pages.origin
        """
    ).fetchall()
    assert {row[:4] for row in rows} == {(rows[0][0], 2, 3, "Kremlin")}
    assert [row[4:] for row in rows] == [
        ("000", "shorter", True),
        ("001", "shorter", True),
        ("002", "exact", False),
    ]
