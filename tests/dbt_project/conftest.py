"""A hand-made warehouse: raw tables with tiny invented nights, and dbt run over them as the night runs it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "dbt_project"
NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")


@dataclass(frozen=True)
class Page:
    """An input page as a person would note it down; the raw rows are read from it."""

    page_id: str
    night: int  # day of January 2026
    body: str = ""
    outlet: str | None = "post"
    url: str | None = None
    title: str | None = None
    published: str | None = None  # a day or an instant
    agency: str | None = None
    fate: str = "accepted"
    version: str | None = None

    @property
    def night_date(self) -> date:
        return date(2026, 1, self.night)

    @property
    def words(self) -> list[str]:
        return re.findall(r"[a-z0-9]+", self.body.lower())


def number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def page_rows(page: Page) -> list[tuple]:
    night = (page.night_date, page.page_id, page.version or page.page_id)
    source = ("hand", page.page_id, page.url, None, "body", number(page.body), len(page.body))
    given = (page.title, page.published, page.outlet)
    return [(*night, *source, *given, page.fate, "empty" if page.fate == "quarantined" else None, None)]


def document_rows(page: Page) -> list[tuple]:
    digest = hashlib.sha256(" ".join(page.words).encode()).hexdigest()
    locator = (page.night_date, page.page_id, "article", page.outlet, "given" if page.outlet else None, page.url)
    text = (page.title, "given" if page.title else None, None, page.body, digest)
    credited = (None, page.agency, page.agency, False, None, None, None, None, None)
    language = ("en", 1.0, 1.0, None, "full", None, "utf-8", "utf8", False)
    return [(*locator, *text, *credited, *language, len(page.words), page.body.count("\n\n") + 1, 0.9, "hand")]


def shingle_rows(page: Page) -> list[tuple]:
    shingles = [number(" ".join(page.words[start : start + 4])) for start in range(len(page.words) - 3)]
    places = [place for place, word in enumerate(page.words) if not word.isalpha()]
    return [(page.night_date, page.page_id, shingles, places, [number(page.words[place]) for place in places])]


def term_rows(page: Page) -> list[tuple]:
    title = re.findall(r"[a-z]{4,}", (page.title or "").lower())
    body = [word for word in page.words if len(word) > 3]
    terms = sorted(set(title) | set(body))
    return [(page.night_date, page.page_id, term, title.count(term), body.count(term)) for term in terms]


def time_rows(page: Page) -> list[tuple]:
    if page.published is None:
        return []
    precision = "minute" if "T" in page.published else "day"
    evidence = ("given", 0.9, None, None, True, "only one")
    value = datetime.fromisoformat(page.published).replace(tzinfo=UTC).replace(tzinfo=None)
    return [
        (page.night_date, page.page_id, 0, "published", value, page.published, "UTC", "explicit", precision, *evidence)
    ]


def mention_rows(page: Page) -> list[tuple]:
    found = enumerate(NAME.finditer(page.body))
    return [
        (
            *(page.night_date, page.page_id, order, "body", *name.span(), name.group(), "PER"),
            *([name.group().lower()] * 2),
            *("name", None, None),
        )
        for order, name in found
    ]


def quoted_shingles(quotation: str) -> list[int]:
    words = re.findall(r"[a-z0-9]+", quotation.lower())
    return [number(" ".join(words[start : start + 4])) for start in range(max(1, len(words) - 3))]


def role_claim_rows(page: Page) -> list[tuple]:
    """Whoever is named first is said to be the mayor, so that every page has something of every table."""
    found = NAME.search(page.body)
    if found is None:
        return []
    place = (0, 0, "body", None, *found.span(), found.group())
    return [(page.night_date, page.page_id, *place, "mayor", True, None, "varnholm")]


def quote_rows(page: Page) -> list[tuple]:
    found = enumerate(re.finditer(r'(?<=")[^"]{20,}(?=")', page.body))
    return [
        (
            page.night_date,
            page.page_id,
            order,
            order,
            *quote.span(),
            quote.group(),
            True,
            *[None] * 4,
            number(" ".join(quote.group().lower().split())),
            sorted(set(quoted_shingles(quote.group()))),
        )
        for order, quote in found
    ]


def title_rows(page: Page) -> list[tuple]:
    return [(page.night_date, page.page_id, 0, "given", page.title, page.title, True, "only one")] if page.title else []


def credit_rows(page: Page) -> list[tuple]:
    named = ("agency", page.agency, page.agency, "line", None, None, True, "only one")
    return [(page.night_date, page.page_id, 0, *named)] if page.agency else []


def url_rows(page: Page) -> list[tuple]:
    return [(page.night_date, page.page_id, 0, "given", page.url, page.url, page.outlet)] if page.url else []


def span_rows(page: Page) -> list[tuple]:
    end = len(page.body)
    night = (page.night_date, page.page_id)
    return [
        (*night, 0, 0, end, "body", True, "hand", 1.0, page.body),
        (*night, 1, end, end + 4, "nav", False, "hand", 1.0, "Menu"),
    ]


class Warehouse:
    """A build file that nights are loaded into and dbt is run over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "dateline.duckdb"
        with duckdb.connect(self.file) as connection:
            connection.execute((ROOT / "extract" / "schema.sql").read_text())
            connection.execute(
                "insert into raw.outlets (outlet_id, outlet_name, hosts) "
                "values ('post', 'Harbour Post', 'post.example'), ('echo', 'Valley Echo', 'echo.example')"
            )

    @property
    def target(self) -> Path:
        """Folder of what dbt keeps of the project, beside the warehouses that share it.

        It knows them all under one path, or it would read the project anew for each.
        """
        return self.folder.parent / "target"

    def load(self, night: int, pages: list[Page]) -> None:
        """Replace a night, whatever the order of its pages."""
        accepted = [page for page in pages if page.fate == "accepted"]
        readers = {"documents": document_rows, "shingles": shingle_rows, "terms": term_rows, "times": time_rows}
        readers |= {"mentions": mention_rows, "role_claims": role_claim_rows, "quotes": quote_rows, "spans": span_rows}
        readers |= {"titles": title_rows, "credits": credit_rows, "page_urls": url_rows}
        rows = {table: [row for page in accepted for row in reader(page)] for table, reader in readers.items()}
        rows["pages"] = [row for page in pages for row in page_rows(page)]
        rows["nights"] = [(date(2026, 1, night), len(pages), "digest", "1")]
        with duckdb.connect(self.file) as connection:
            for table, content in rows.items():
                connection.execute(f"delete from raw.{table} where night = ?", [date(2026, 1, night)])
                if content:
                    places = ", ".join("?" * len(content[0]))
                    connection.executemany(f"insert into raw.{table} values ({places})", content)

    def build(self, *arguments: str) -> str:
        """Run dbt as a process of its own; its output, or a failed test that shows it."""
        command = [
            Path(sys.executable).parent / "dbt",
            *(arguments or ("build", "--exclude-resource-type", "unit_test")),
        ]
        places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT, "--log-path", self.folder / "logs"]
        # Of tiny nights nearly all the time is dbt's own: it writes no more than it must.
        options = [*places, "--log-level-file", "info", *([] if "--threads" in command else ["--threads", "1"])]
        self.target.mkdir(exist_ok=True)
        self.target.joinpath("dateline.duckdb").unlink(missing_ok=True)
        self.target.joinpath("dateline.duckdb").symlink_to(self.file)
        environment = os.environ | {
            "DATELINE_BUILD_FILE": str(self.target / "dateline.duckdb"),
            "DBT_TARGET_PATH": str(self.target),
            "DO_NOT_TRACK": "1",
        }
        done = subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-6000:]
        return done.stdout

    def rows(self, query: str) -> list[tuple]:
        with duckdb.connect(self.file, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def marts(self) -> dict[str, list[tuple]]:
        """Every row of every mart, sorted."""
        names = self.rows("select distinct table_name from duckdb_columns() where schema_name = 'marts' order by all")
        return {name: sorted(self.rows(f'select * from marts."{name}"'), key=repr) for (name,) in names}


@pytest.fixture(scope="session")
def page():
    """The class of hand-made pages."""
    return Page


@pytest.fixture(scope="session")
def make_warehouse(tmp_path_factory):
    """Function that makes an empty warehouse."""
    return lambda name: Warehouse(tmp_path_factory.mktemp(name))
