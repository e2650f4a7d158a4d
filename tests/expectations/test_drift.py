"""Drift warns of what changed, and not of weekends, chance or a young history: counted over made-up nights."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from expectations import catalogue, dialect

FIRST = date(2026, 1, 5)  # a Monday
OUTLETS = 60
NIGHTS = 100
WARM = int(catalogue.load_bounds()["warm_up_nights"].value)
MOST_FALSE_ALARMS = 1 / 10_000  # of the figures that are judged
GOLD = json.loads((Path(__file__).parents[2] / "samples" / "gold.json").read_text("utf-8"))
NAMES = ("scope", "subject_id", "night", "figure", "value", "counted", "nights_counted")

Figure = tuple[str, str, date, str, float, int, int]
UNUSUAL = (
    "select subject_id, figure from drift where is_unusual union all "
    "select subject_id, 'silence' from silences where is_unusual order by all"
)
Judge = Callable[[pa.Table, date], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def warned() -> Iterator[Judge]:
    """What the gate's own SQL finds unusual in the figures of a night, among those of the nights before it."""
    _, *judging = catalogue.load_preparation("arrived")
    with duckdb.connect() as connection:

        def judge(figures: pa.Table, night: date) -> list[tuple[str, str]]:
            variables = catalogue.variables(night)
            for statement in dialect.variable_statements(variables):
                connection.execute(statement)
            since = night - timedelta(days=int(variables["history_nights"]))
            connection.register("made_up", figures)
            connection.execute(
                f"create or replace temporary table figures as from made_up where night between '{since}' and '{night}'"
            )
            for statement in judging:
                connection.execute(statement.replace("create temporary", "create or replace temporary"))
            return connection.execute(UNUSUAL).fetchall()

        yield judge


def table(figures: list[Figure]) -> pa.Table:
    columns = zip(NAMES, zip(*figures, strict=True), strict=True)
    return pa.table({name: list(values) for name, values in columns})


def outlet_night(chance: np.random.Generator, outlet: int, night: date, changes: dict[str, float]) -> list[Figure]:
    """Figures of an outlet's night: its size, weekends and habits are its own, the rest is chance.

    Pages come as a Poisson number around a level that wavers by a sixth, lengths as medians of lognormal ones, shares
    as binomial ones whose chance wavers, too. `changes` replaces what is usual.
    """
    own = np.random.default_rng(outlet)
    size, weekend = own.lognormal(3.2, 0.9), own.choice([0.3, 0.6, 1.0])
    usual = {
        "pages": size,
        "words": own.uniform(150, 700),
        "quarantined_share": own.choice([0.0, 0.05, 0.25]),
        "dated_share": own.choice([1.0, 0.97, 0.6]),
        "language_share": own.choice([1.0, 0.95]),
        "cut_share": own.uniform(0.2, 0.8),
    } | changes
    level = usual["pages"] * (weekend if night.weekday() >= 5 else 1) * chance.lognormal(0, 0.16)
    pages = int(chance.poisson(level))
    name = f"outlet {outlet}"
    figures: list[Figure] = [("outlet", name, night, "pages", float(pages), pages, 1)]
    if pages < 5:
        return figures
    words = usual["words"] * np.exp(chance.normal(0, 0.04) + chance.normal(0, 0.9 / np.sqrt(pages)))
    cut = usual["cut_share"] + chance.normal(0, 0.02) + chance.normal(0, 0.15 / np.sqrt(pages))
    figures += [
        ("outlet", name, night, "words", float(words), pages, 1),
        ("outlet", name, night, "cut_share", float(np.clip(cut, 0, 1)), pages, 1),
    ]
    for share in ("quarantined_share", "dated_share", "language_share"):
        likely = float(np.clip(usual[share] + chance.normal(0, 0.02), 0, 1))
        figures.append(("outlet", name, night, share, chance.binomial(pages, likely) / pages, pages, 1))
    return figures


@pytest.fixture(scope="module")
def stable() -> list[Figure]:
    chance = np.random.default_rng(7)
    nights = [FIRST + timedelta(days=day) for day in range(NIGHTS)]
    return [row for night in nights for outlet in range(OUTLETS) for row in outlet_night(chance, outlet, night, {})]


def test_stable_outlets_are_hardly_ever_warned_of(stable: list[Figure], warned: Judge) -> None:
    nights = [FIRST + timedelta(days=day) for day in range(WARM, NIGHTS)]
    judged = sum(row[2] >= nights[0] for row in stable)
    figures = table(stable)
    alarms = [(night, *alarm) for night in nights for alarm in warned(figures, night)]
    assert judged > 25_000
    assert len(alarms) <= judged * MOST_FALSE_ALARMS, alarms


@pytest.mark.parametrize(
    ("figure", "change"),
    [
        ("silence", {"pages": 0.0}),
        ("pages", {"pages": 900.0}),
        ("words", {"words": 50.0}),
        ("quarantined_share", {"quarantined_share": 0.9}),
        ("dated_share", {"dated_share": 0.1}),
        ("language_share", {"language_share": 0.2}),
        ("cut_share", {"cut_share": 0.01}),
    ],
)
def test_what_changes_is_warned_of_the_same_night(
    figure: str, change: dict[str, float], stable: list[Figure], warned: Judge
) -> None:
    """Of outlets with twenty pages a night or more; a Thursday."""
    night = FIRST + timedelta(days=66)
    chance = np.random.default_rng(11)
    large = [name for name, pages in usual_pages(stable).items() if 20 <= pages < 200]
    assert len(large) > 20
    history = [row for row in stable if row[2] < night]
    tonight = [row for name in large for row in outlet_night(chance, int(name.split()[1]), night, change)]
    found = {name for name, about in warned(table(history + tonight), night) if about == figure}
    assert len(found) >= 0.85 * len(large), sorted(
        set(large) - found
    )  # a share of six in ten can fall to one by chance


def usual_pages(figures: list[Figure]) -> dict[str, float]:
    counts: dict[str, list[float]] = {}
    for _, name, night, figure, value, *_ in figures:
        if figure == "pages" and night.weekday() < 5:
            counts.setdefault(name, []).append(value)
    return {name: float(np.median(values)) for name, values in counts.items()}


def test_a_change_is_news_for_a_week(stable: list[Figure], warned: Judge) -> None:
    change = FIRST + timedelta(days=60)
    chance = np.random.default_rng(3)
    name, _ = max(usual_pages(stable).items(), key=lambda item: item[1])
    figures = [row for row in stable if row[1] != name or row[2] < change]
    nights = [change + timedelta(days=day) for day in range(30)]
    for night in nights:
        figures += outlet_night(chance, int(name.split()[1]), night, {"words": 40.0})
    made_up = table(figures)
    told = [night for night in nights if (name, "words") in warned(made_up, night)]
    assert told == nights[:7]


def test_a_young_history_is_not_judged(stable: list[Figure], warned: Judge) -> None:
    night = FIRST + timedelta(days=WARM - 1)
    silent = [("outlet", f"outlet {outlet}", night, "pages", 0.0, 0, 1) for outlet in range(OUTLETS)]
    assert warned(table([row for row in stable if row[2] < night] + silent), night) == []


def test_the_quiet_weekends_of_the_sample_are_no_news(warned: Judge) -> None:
    """Eight weeks of the sample's Thursday, Friday and Saturday: 42, 22 and 10 pages; Sundays are as its Saturday."""
    pages = Counter((page["source_id"], date.fromisoformat(page["night"]).weekday()) for page in GOLD["pages"])
    sources = sorted({source for source, _ in pages})
    assert sum(pages.values()) == 74
    chance = np.random.default_rng(1)
    nights = [FIRST + timedelta(days=day) for day in range(70)]
    figures = []
    for night in nights:
        like = {4: 4, 5: 5, 6: 5}.get(night.weekday(), 3)
        for source in sources:
            number = int(chance.poisson(pages[source, like]))
            figures.append(("source", source, night, "pages", float(number), number, 1))
    made_up = table(figures)
    assert [(night, *alarm) for night in nights for alarm in warned(made_up, night)] == []
