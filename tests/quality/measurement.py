"""What measuring one set yields."""

from dataclasses import dataclass, field
from typing import Any

from tests.quality.throwaway import Warehouse

Figures = dict[str, float | int | None]

WORST_PAGES = 10
POOLED = "all"


@dataclass
class Measurement:
    """Scores of one set for one task, what they were measured on, and the pages that went worst."""

    task: str
    name: str
    figures: Figures
    cpu_seconds: float = 0.0
    digest: str = ""
    worst: list[dict[str, Any]] = field(default_factory=list)
    pooling: Any = None  # what the pooled score needs; not written


def warehouse_seconds(warehouse: Warehouse) -> float:
    """Return all CPU-seconds that a warehouse cost."""
    return warehouse.extract_seconds + warehouse.build_seconds


def warehouse_costs(warehouse: Warehouse, pages: int) -> Figures:
    """Return what a warehouse of so many pages cost, as figures of a table."""
    return {
        "extract_ms_per_page": 1000 * warehouse.extract_seconds / max(1, pages),
        "build_seconds": warehouse.build_seconds,
    }
