"""Shows measurements as tables for people and as JSON for programs."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.table import Table

from extract import annotate
from tests.quality.measurement import POOLED, Measurement

_TITLES = {
    "html": "Body text from HTML pages",
    "metadata": "Titles, days, times and authors from HTML pages",
    "dumps": "Body text from text dumps",
    "seeds": "The seeds",
    "copies": "Copies (pairwise P, R, F1; wrong_... counts wrongly joined pairs)",
    "donation": "What copies lend (shares of what was hidden)",
    "stories": "Stories",
    "names": "Names (exact spans and types)",
    "resolution": "Entities across documents",
    "gold mentions": "Entities across documents, from the names that gold marks",
}
_COUNTS = {
    *("n", "groups", "our_groups", "kept", "spans", "mentions", "other_links"),
    *("titles", "dates", "instants", "authored", "languages"),
}
_PEERS_FILE = Path(__file__).with_name("peers.json")


def tables(measurements: Sequence[Measurement]) -> Group:
    """Return one table a task, a row a set, the pooled row last."""
    peers = json.loads(_PEERS_FILE.read_text("utf-8"))
    shown = []
    for task, title in _TITLES.items():
        rows = [measurement for measurement in measurements if measurement.task == task]
        if rows:
            shown.append(_table(title, sorted(rows, key=lambda row: (row.name == POOLED, row.name)), peers))
    return Group(*shown)


def _table(title: str, rows: Sequence[Measurement], peers: dict[str, dict[str, Any]]) -> Table:
    columns = list(dict.fromkeys(name for row in rows for name in row.figures))
    published = {row.name: peers.get(f"{row.task}/{row.name}", {}) for row in rows}
    peer_columns = list(dict.fromkeys(name for peer in published.values() for name in peer))
    table = Table(title=title, title_justify="left", header_style="bold")
    table.add_column("set")
    for column in [*columns, *(f"best peer {name}" for name in peer_columns)]:
        table.add_column(column.replace("_", " "), justify="right")
    for row in rows:
        cells = [_written(column, row.figures.get(column)) for column in columns]
        cells += [_written(name, published[row.name].get(name)) for name in peer_columns]
        table.add_row(row.name, *cells, style="bold" if row.name == POOLED else None)
    return table


def _written(column: str, value: float | int | None) -> str:
    if value is None:
        return ""
    if column in _COUNTS or column.startswith(("wrong_", "hidden_")):
        return f"{value:,}"
    if column.startswith("words_per"):
        return f"{value:,.0f}"
    if column.endswith(("_per_page", "_seconds")):
        return f"{value:.1f}"
    return f"{value:.2f}" if column.startswith("cpu_ratio") else f"{value:.3f}"


def as_json(measurements: Sequence[Measurement], limit: int | None) -> dict[str, Any]:
    """Return everything that was measured, with what it was measured on and with."""
    return {
        "measured_with": versions(),
        "limit": limit,
        "cpu_seconds": round(sum(measurement.cpu_seconds for measurement in measurements), 1),
        "results": [
            {name: _rounded(value) for name, value in asdict(measurement).items() if name != "pooling"}
            for measurement in map(_without_pooling, measurements)
        ],
    }


def versions() -> dict[str, str]:
    """Return the versions that figures depend on."""
    return {
        "extractor": annotate.version(),
        "python": platform.python_version(),
        "cores": str(os.cpu_count()),
        **{name: version(name) for name in ("dateline", "duckdb", "dbt-core", "trafilatura", "onnxruntime", "spacy")},
    }


def _without_pooling(measurement: Measurement) -> Measurement:
    return Measurement(
        measurement.task,
        measurement.name,
        measurement.figures,
        measurement.cpu_seconds,
        measurement.digest,
        measurement.worst,
    )


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return {name: _rounded(inner) for name, inner in value.items()} if isinstance(value, dict) else value
