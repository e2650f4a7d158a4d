"""Measures sets of evaluation data: rows go in at the front door, scores come out."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from tests.quality.data import DataSet
from tests.quality.dumps import dump_figures, measure_dumps
from tests.quality.entities import measure_names, measure_resolution
from tests.quality.groups import measure_copies, measure_stories
from tests.quality.measurement import POOLED, Figures, Measurement
from tests.quality.pages import Pages, body_figures, measure_pages, metadata_figures


def measure(one: DataSet, limit: int | None) -> list[Measurement]:
    """Measure a set; some sets serve two tasks.

    Args:
        one: the set.
        limit: how many rows to take at most, always the same ones; None for all.
    """
    measurements = {
        "html": measure_pages,
        "dumps": measure_dumps,
        "seeds": measure_dumps,
        "copies": measure_copies,
        "stories": measure_stories,
        "names": measure_names,
        "resolution": measure_resolution,
    }[one.task](one, limit)
    digest = one.digest()
    for measurement in measurements:
        measurement.digest = digest
    return measurements


def pooled(measurements: Sequence[Measurement]) -> list[Measurement]:
    """Return scores over the pages or dumps of all sets together, for the tasks whose sets are too small to rank by."""
    by_task: defaultdict[str, list[Measurement]] = defaultdict(list)
    for measurement in measurements:
        if measurement.pooling is not None:
            by_task[measurement.task].append(measurement)
    return [Measurement(task, POOLED, _POOLS[task](parts)) for task, parts in by_task.items() if len(parts) > 1]


def _pooled_pages(parts: Sequence[Measurement]) -> Pages:
    return Pages(
        rows=[row for part in parts for row in part.pooling.rows],
        answers={name: answer for part in parts for name, answer in part.pooling.answers.items()},
        peer_bodies={name: body for part in parts for name, body in part.pooling.peer_bodies.items()},
        seconds=sum(part.pooling.seconds for part in parts),
        peer_seconds=sum(part.pooling.peer_seconds for part in parts),
    )


def _pooled_dumps(parts: Sequence[Measurement]) -> Figures:
    documents = [document for part in parts for document in part.pooling]
    return dump_figures(documents, sum(part.cpu_seconds for part in parts))


_POOLS: dict[str, Callable[[Sequence[Measurement]], Figures]] = {
    "html": lambda parts: body_figures(_pooled_pages(parts)),
    "metadata": lambda parts: metadata_figures(_pooled_pages(parts)),
    "dumps": _pooled_dumps,
}
