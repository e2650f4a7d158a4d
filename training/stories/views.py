"""Warehouses of a set of stories to learn from: as it is, and as other news of its kind might be.

Learned from few sets, a model knows which set it looks at: by the look-alikes around, and by how far apart days are. So
each set is also seen with a third of its stories. One whose stories are told within a day or two, and whose texts stand
on no other days in another set, is also seen with its days drawn together.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import duckdb

from tests.quality.data import DataSet
from tests.quality.throwaway import Warehouse, article_page, build_warehouse, leave_pages, over_nights

_DATED = 0.9  # share of rows with a day from which on a set can be replayed night by night
_STORIES_OF_ONE = 3
_DAYS_OF_ONE = 4
_SOON_TOLD_DAYS = 1
_MODELS = ("+int_articles_surrounded", "+int_pages_fated", "+int_pages_identified")


@dataclass(frozen=True)
class View:
    """One warehouse of a set.

    Attributes:
        name: the set's, and what is done to it.
        of: the set.
        path: the warehouse.
        kind: of news, as kind_of tells it.
        is_made_up: whether stories are missing or days are others.
    """

    name: str
    of: DataSet
    path: Path
    kind: str
    is_made_up: bool = False


def views(one: DataSet, work: Path, *, is_alone: bool) -> Iterable[View]:
    """Build the warehouses of a set; those that stand in the work folder are used again.

    Args:
        one: the set.
        work: folder of all warehouses.
        is_alone: whether its texts stand in no other set.
    """
    folder = work.resolve() / f"{one.name}-{one.digest()}"  # dbt would look for a relative one in its own project
    found = folder / "built"
    if not found.exists():
        warehouse = build_warehouse([article_page(row) for row in one.rows], folder / "night")
        found.write_text(str(warehouse.path.relative_to(folder)), "utf-8")
    warehouse = Warehouse(folder / found.read_text("utf-8"), 0, 0)
    kind = kind_of(one)
    yield View(one.name, one, warehouse.path, kind)
    thinned = _built(warehouse, folder / "thinned", _thinning(one))
    yield View(f"{one.name}, thinned", one, thinned, kind, is_made_up=True)
    if kind != "undated":
        yield View(f"{one.name} by nights", one, _built(warehouse, folder / "nights"), kind)
    if kind == "soon told" and is_alone:
        together = _built(warehouse, folder / "together", _draw_together)
        yield View(f"{one.name} by nights, drawn together", one, together, kind, is_made_up=True)


def kind_of(one: DataSet) -> str:
    """Return what news is in a set: undated, soon told (most stories within a day or two), or long-running."""
    dated = [row for row in one.rows if row.get("date")]
    if len(dated) < _DATED * len(one.rows):
        return "undated"
    days = defaultdict(list)
    for row in dated:
        days[str(row.get("story_id"))].append(date.fromisoformat(row["date"][:10]))
    usual = median((max(found) - min(found)).days for found in days.values() if len(found) > 1)
    return "soon told" if usual <= _SOON_TOLD_DAYS else "long-running"


def _built(warehouse: Warehouse, home: Path, edit: Callable[[duckdb.DuckDBPyConnection], object] | None = None) -> Path:
    done = home / "built"
    if not done.exists():
        over_nights(warehouse, home, edit, _MODELS)
        done.touch()
    return home / warehouse.path.name


def _thinning(one: DataSet) -> Callable[[duckdb.DuckDBPyConnection], object]:
    """Return what leaves the pages of a third of the stories, always the same ones."""
    kept = [row["id"] for row in one.rows if _digest(str(row.get("story_id") or row["id"])) % _STORIES_OF_ONE == 0]

    return lambda connection: leave_pages(connection, kept)


def _draw_together(connection: duckdb.DuckDBPyConnection) -> object:
    return connection.execute(
        """
        update raw.times set value_at = first_day + to_days((value_at::date - first_day) // $1)
        from (select min(value_at)::date as first_day from raw.times)
        """,
        [_DAYS_OF_ONE],
    )


def _digest(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)
