"""The masking test: hides what an article's reference says of itself and counts what its copies lend instead.

The title, the times and the agency of the reference's publication of every article that has a copy are taken out of a
copy of the warehouse's raw tables; its copies keep theirs. The models up to the completed articles are built anew, and
what is filled in is compared with what stood there before.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tests.quality.data import Row
from tests.quality.measurement import Figures
from tests.quality.text_scores import plain
from tests.quality.throwaway import run_dbt

FIELDS = {"title": "title_source", "day": "published_source", "agency": "agency_source"}
_LENDERS = {"title": "title_lender_id", "day": "published_lender_id", "agency": "agency_lender_id"}
_PLURALS = {"title": "titles", "day": "days", "agency": "agencies"}
_COMPLETED = "int_articles_completed"

_CHOSEN = """
    create temporary table chosen as
    select completed.* rename (published_date as day)
    from intermediate.int_articles_completed as completed
    semi join (from marts.copies where kind in ('exact', 'near', 'excerpt')) as copies
        on completed.article_id = copies.article_id
"""
_HIDE = """
    create temporary table hidden_pages as
    select versions.copy_id as page_id
    from chosen
    inner join marts.copies as copies on chosen.reference_page_id = copies.copy_id
    inner join marts.copies as versions on copies.publication_id = versions.publication_id;
    update raw.documents set title = null, title_source = null, agency = null, agency_evidence = null
    where page_id in (from hidden_pages);
    delete from raw.times where page_id in (from hidden_pages);
"""


@dataclass(frozen=True)
class Hidden:
    """What a reference said of itself, and what its article says with that hidden."""

    article_id: str
    field: str
    said: str
    lent: str | None
    lender_id: str | None

    @property
    def is_right(self) -> bool:
        """Whether the same was filled in: the same words of a title, the same day, the same agency."""
        return self.lent is not None and plain(self.said) == plain(self.lent)


def hide_and_complete(build_file: Path, home: Path) -> list[Hidden]:
    """Hide what references say in a copy of a built warehouse, complete the articles anew, and return both sides.

    Args:
        build_file: a warehouse with marts; it stays as it is.
        home: an empty folder for the copy.
    """
    home.mkdir(parents=True, exist_ok=True)
    masked = home / build_file.name
    shutil.copyfile(build_file, masked)
    masked.chmod(0o644)
    with duckdb.connect(str(masked)) as connection:
        connection.execute(_CHOSEN)
        before = _rows(connection, "from chosen order by article_id")
        connection.execute(_HIDE)
    run_dbt(masked, "run", "--select", f"+{_COMPLETED}")
    with duckdb.connect(str(masked), read_only=True) as connection:
        rows = _rows(connection, f"select * rename (published_date as day) from intermediate.{_COMPLETED}")
    after = {row["reference_page_id"]: row for row in rows}
    return [
        Hidden(row["article_id"], field, str(row[field]), *_lent(after[row["reference_page_id"]], field))
        for row in before
        # Of equally long texts the dated one is the reference; without its day another may be, which says its own.
        if row["reference_page_id"] in after
        for field, source in FIELDS.items()
        if row[field] is not None and row[source] != "inherited"
    ]


def _lent(article: Row, field: str) -> tuple[str | None, str | None]:
    return (str(article[field]) if article[field] is not None else None), article[_LENDERS[field]]


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def donation_figures(hidden: Sequence[Hidden]) -> Figures:
    """Return for each field how many were hidden and the shares filled in right, filled in wrong, and left empty."""
    figures: Figures = {"n": len({one.article_id for one in hidden})}
    for field in FIELDS:
        of_field = [one for one in hidden if one.field == field]
        filled = [one for one in of_field if one.lent is not None]
        right = sum(one.is_right for one in filled)
        total = len(of_field) or None
        figures |= {
            f"hidden_{_PLURALS[field]}": len(of_field),
            f"{field}_right": right / total if total else None,
            f"{field}_wrong": (len(filled) - right) / total if total else None,
            f"{field}_empty": (len(of_field) - len(filled)) / total if total else None,
        }
    return figures


def wrongly_lent(hidden: Sequence[Hidden]) -> list[dict[str, Any]]:
    """Return what was filled in wrong, for a person to look at."""
    return [
        {"article": one.article_id, "field": one.field, "said": one.said, "lent": one.lent, "lender": one.lender_id}
        for one in hidden
        if one.lent is not None and not one.is_right
    ]
