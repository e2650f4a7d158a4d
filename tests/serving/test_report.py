"""The report of a release: one page that opens from the disk, asks no network, and draws every chart."""

import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from serving.releases import publish
from serving.report import REPORT, write_report
from serving.report.parts import delay, many
from serving.report.sections import _days
from tests.serving.browser import open_browser
from tests.serving.conftest import MakeBuild
from tests.serving.small_warehouse import TABLES, write_small_warehouse

REMOTE = re.compile(r"<(?:link|script|img|iframe)[^>]+(?:src|href)=[\"'](?!data:|#)", re.IGNORECASE)
MOST_BYTES = 3_000_000  # what opens at once on a phone, and what fourteen releases may hold


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_warehouse(tmp_path_factory.mktemp("small") / "dateline.duckdb")


@pytest.fixture
def changed(database: Path, tmp_path: Path) -> Any:
    """Write the report of the warehouse after a statement."""

    def write(statement: str = "") -> Path:
        copy = Path(shutil.copyfile(database, tmp_path / "dateline.duckdb"))
        with duckdb.connect(str(copy)) as connection:
            connection.execute(statement or "select 1")
        return write_report(copy, tmp_path / REPORT)

    return write


def looked_at(page: Path, width: int = 1200, scheme: str = "light") -> dict[str, Any]:
    """What a browser makes of a page."""
    heard: list[str] = []
    asked: list[str] = []
    with open_browser() as browser:
        tab = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.as_uri())
        tab.wait_for_function("() => document.body.dataset.charts === 'drawn' || !document.querySelector('.chart')")
        marks = "box => box.querySelectorAll('.role-mark path').length"
        charts = {box.get_attribute("id"): box.evaluate(marks) for box in tab.query_selector_all(".chart")}
        overflow = tab.evaluate("document.documentElement.scrollWidth") - width
        ink = tab.evaluate("getComputedStyle(document.querySelector('.chart text') ?? document.body).fill")
    return {"heard": heard, "asked": asked, "charts": charts, "overflow": overflow, "ink": ink}


def test_two_outlets_of_one_name_are_counted_once_each(database: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copyfile(database, tmp_path / "dateline.duckdb"))
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update reports.outlet_days set outlet_name = 'Post'")
        assert [row["publications"] for row in _days(connection).rows] == [1, 1]


def test_a_day_on_which_nobody_published_is_an_empty_column_and_not_left_out(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        figure = _days(connection)
    assert {row["day"] for row in figure.rows} == {"2026-01-04"}
    axes = [layer["encoding"]["x"]["scale"]["domain"] for layer in figure.chart["layer"]]
    assert axes == [["2026-01-03", "2026-01-04", "2026-01-05"]] * 2


def test_equal_tables_give_equal_bytes(changed: Any, tmp_path: Path) -> None:
    first = changed().read_bytes()
    assert changed().read_bytes() == first
    assert not list(tmp_path.glob(".*"))


def test_the_page_is_small_and_holds_all_that_it_needs(changed: Any) -> None:
    text = changed().read_text("utf-8")
    assert len(text.encode()) < MOST_BYTES
    markup = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert not REMOTE.search(markup)
    assert "default-src 'none'" in text


def test_every_chart_has_a_title_and_a_table(changed: Any) -> None:
    text = changed().read_text("utf-8")
    figures = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
    with_chart = [figure for figure in figures if 'class="chart"' in figure]
    assert len(with_chart) >= 10
    assert all("<h3>" in figure and "<table>" in figure and "<caption>" in figure for figure in with_chart)


def test_what_a_page_said_is_shown_as_text(changed: Any) -> None:
    text = changed("update reports.top_stories set label = '</script><script>alert(1)</script>'").read_text("utf-8")
    assert "<script>alert" not in text
    assert "&lt;/script&gt;" in text


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1400, "light")])
def test_a_browser_draws_every_chart_in_silence_and_asks_nobody(changed: Any, width: int, scheme: str) -> None:
    page = changed()
    seen = looked_at(page, width, scheme)
    assert seen["heard"] == []
    assert seen["asked"] == [page.as_uri()]
    assert len(seen["charts"]) >= 10
    assert all(seen["charts"].values()), seen["charts"]
    assert seen["overflow"] <= 0
    assert seen["ink"] == ("rgb(163, 169, 179)" if scheme == "dark" else "rgb(91, 98, 108)")


def test_an_empty_warehouse_has_a_page_that_says_so(changed: Any) -> None:
    empty = ";".join(f"delete from {table}" for table in TABLES if table != "marts.build_info")
    page = changed(empty)
    text = page.read_text("utf-8")
    assert "No story has two articles yet." in text
    assert 'class="chart"' not in text
    assert looked_at(page)["heard"] == []


def test_one_row_a_table_is_enough(changed: Any) -> None:
    one = ";".join(
        f"delete from {table} where rowid > (select min(rowid) from {table})" for table in TABLES if "marts." in table
    )
    seen = looked_at(changed(one))
    assert seen["heard"] == []
    assert all(seen["charts"].values()), seen["charts"]


def test_publishing_takes_the_report_along(make_build: MakeBuild, home: Path) -> None:
    build_file = make_build()
    (build_file.parent.parent / REPORT).write_text("the page", encoding="utf-8")
    assert (publish(build_file, home).folder / REPORT).read_text("utf-8") == "the page"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(None, "time unknown"), (0, "first"), (35, "35 min later"), (200, "3 h 20 min later"), (2_880, "2 d later")],
)
def test_a_delay_is_told_as_people_say_it(minutes: int | None, told: str) -> None:
    assert delay(minutes) == told


def test_nouns_are_counted() -> None:
    assert [many(1, "story"), many(2, "story"), many(1_000, "outlet")] == ["1 story", "2 stories", "1,000 outlets"]
