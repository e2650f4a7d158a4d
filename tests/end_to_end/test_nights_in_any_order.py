"""The real steps of a night without Airflow: the order of loading does not matter, and no night owns a page alone."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from nightly.transform import build
from serving.reading import open_current
from serving.releases import marts_digest, publish
from tests.extract.pages import REPORT
from tests.nights import load_night

FIRST, SECOND = date(2026, 1, 8), date(2026, 1, 9)
# No outlet is declared, so no templates are learned: those depend on the nights before, by design.
SOURCES = 'sources:\n  - {id: post, folder: "{night}"}\n'
LOCK = [
    "The lower lock at Marlow will stay shut for a week, the waterways office announced after a barge rammed its gate.",
    "Skippers who had waited since dawn turned their boats around and tied up below the mill, where berths are few.",
    "Engineers expect a spare gate to arrive by road on Monday, provided the bridge at Sallow can bear its weight.",
]
DETOUR = "Grain bound for the coast goes round by the old canal, which takes a crew two days and costs it more."
INQUIRY = [
    "Divers found a third crack below the water line of the outer quay in Tarn on Friday, the harbour master said.",
    "The owner of the crane, Brandt Haulage, was told to leave it where it stands until the inquiry has ended.",
    "Two ferry crews asked for another berth, because the old fish market floods whenever the wind is in the west.",
]
OFFERED_AGAIN = "\n".join(["Outer quay closed at Tarn", *REPORT])
NIGHTS = {
    FIRST: {"again.txt": OFFERED_AGAIN, "lock.txt": "\n".join(["Lower lock closed at Marlow", *LOCK])},
    SECOND: {
        "again.txt": OFFERED_AGAIN,
        "longer.txt": "\n".join(["Lower lock still closed at Marlow", *LOCK, DETOUR]),
        "inquiry.txt": "\n".join(["Third crack found at Tarn", *INQUIRY]),
    },
}

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Home:
    """A warehouse with a folder of pages per night beside it."""

    folder: Path

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse"

    def run(self, night: date) -> "Home":
        """Collect to publish, as the DAG calls them; without the gates, which change no mart."""
        build_file = load_night(self.folder / "sources.yml", night, self.warehouse)
        build(build_file)
        publish(build_file, self.warehouse)
        return self

    def digest(self) -> str:
        return marts_digest(self.warehouse / "current" / "dateline.duckdb")

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with open_current(self.warehouse) as reader:
            return reader.execute(sql).fetchall()


@pytest.fixture(scope="module")
def make_home(tmp_path_factory: pytest.TempPathFactory):
    def make() -> Home:
        folder = tmp_path_factory.mktemp("nights")
        (folder / "sources.yml").write_text(SOURCES, "utf-8")
        for night, pages in NIGHTS.items():
            (folder / night.isoformat()).mkdir()
            for name, text in pages.items():
                (folder / night.isoformat() / name).write_text(text, "utf-8")
        return Home(folder)

    return make


@pytest.fixture(scope="module")
def in_order(make_home) -> Home:
    return make_home().run(FIRST).run(SECOND)


NAMED = (("article", "articles"), ("story", "stories"), ("entity", "entities"))
FATES = "select night, origin, fate from marts.page_fates order by all"


@pytest.fixture(scope="module")
def out_of_order(make_home) -> tuple[Home, dict[str, set[object]]]:
    """A warehouse whose second night came first, and the names that were published before the first one came."""
    home = make_home().run(SECOND)
    published = {kind: names(home, kind, table) for kind, table in NAMED}
    return home.run(FIRST), published


def names(home: Home, kind: str, table: str) -> set[object]:
    return {name for (name,) in home.ask(f"select {kind}_id from marts.{table}")}


def test_nights_loaded_out_of_order_give_the_marts_of_nights_in_order(in_order: Home, out_of_order) -> None:
    assert in_order.ask(FATES) == [
        (FIRST, "again.txt", "accepted"),
        (FIRST, "lock.txt", "accepted"),
        (SECOND, "again.txt", "already_seen"),
        (SECOND, "inquiry.txt", "accepted"),
        (SECOND, "longer.txt", "accepted"),
    ]
    assert in_order.ask("select count(*) from marts.articles") == [(3,)]  # the longer text is a copy
    assert differences(in_order, out_of_order[0]) == []


def test_names_given_before_an_older_night_came_lead_to_those_given_after(in_order: Home, out_of_order) -> None:
    home, published = out_of_order
    assert any(home.ask(f"select 1 from marts.{kind}_lineage") for kind, _ in NAMED)
    for kind, table in NAMED:
        living = names(home, kind, table)
        leads_to = dict(home.ask(f"select old_{kind}_id, new_{kind}_id from marts.{kind}_lineage"))
        assert leads_to.keys() == published[kind] - living
        assert set(leads_to.values()) <= living
        assert in_order.ask(f"select * from marts.{kind}_lineage") == []
    left = {name for (name,) in home.ask("select old_article_id from marts.article_moves")}
    assert left
    assert left <= published["article"]
    assert in_order.ask("from marts.article_moves") == []


def differences(one: Home, other: Home) -> list[str]:
    """Marts whose rows differ, but for those that tell which names were published when: that is another history."""
    tables = [
        name
        for (name,) in one.ask("select table_name from duckdb_tables() where schema_name = 'marts'")
        if not name.endswith(("_lineage", "_moves"))
    ]
    assert len(tables) > 15

    def rows(home: Home, table: str) -> list[str]:
        return sorted(map(str, home.ask(f"from marts.{table}")))

    return [table for table in tables if rows(one, table) != rows(other, table)]


def test_a_page_that_a_rerun_no_longer_offers_is_the_later_nights(in_order: Home) -> None:
    text = (
        "select articles.body from marts.page_fates as fates inner join marts.copies as copies "
        "on copies.copy_id = fates.page_id inner join marts.articles as articles "
        "on articles.article_id = copies.article_id where fates.origin = 'again.txt' and fates.fate = 'accepted'"
    )
    before = in_order.ask(text)
    assert before == [("\n\n".join(REPORT),)]
    (in_order.folder / FIRST.isoformat() / "again.txt").unlink()
    in_order.run(FIRST)
    assert in_order.ask(FATES) == [
        (FIRST, "lock.txt", "accepted"),
        (SECOND, "again.txt", "accepted"),
        (SECOND, "inquiry.txt", "accepted"),
        (SECOND, "longer.txt", "accepted"),
    ]
    assert in_order.ask(text) == before
