"""What a night has too few pages for is told over a week, and silence once it is too long for chance.

Counted over made-up pages of outlets that bring fewer than nine a night, by all of the gate's SQL.
"""

from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from expectations import catalogue, dialect
from tests.expectations.test_drift import MOST_FALSE_ALARMS, UNUSUAL
from tests.expectations.tiny_build import SCHEMA

FIRST = date(2026, 1, 5)  # a Monday
OUTLETS = 80
HABITS = ("even",) * 4 + ("weekend",) * 3 + ("bunches",) * 2 + ("weekly",)
NIGHTS = 100
CHANGE = FIRST + timedelta(days=66)  # a Thursday

Page = tuple[date, str, int, bool, float]  # night, outlet, words, is dated, share that is cut


def rate_of(outlet: int) -> float:
    """Pages an outlet brings on a usual night: from one in four nights to eight a night."""
    return float(np.geomspace(0.25, 8, OUTLETS)[outlet])


def outlet_night(chance: np.random.Generator, outlet: int, night: date, changes: dict[str, float]) -> list[Page]:
    """Pages of an outlet's night: half keep weekends or come in bunches, a tenth are weeklies; the rest is chance."""
    habit = HABITS[outlet % len(HABITS)]
    own = np.random.default_rng(outlet)
    usual = {
        "pages": rate_of(outlet),
        "words": own.uniform(150, 700),
        "dated": own.choice([1.0, 0.97, 0.6]),
        "cut": own.uniform(0.2, 0.8),
    } | changes
    level = usual["pages"] * chance.lognormal(0, 0.16)
    if habit == "weekend" and night.weekday() >= 5:
        level *= own.choice([0.0, 0.3])
    if habit == "weekly":
        level *= 7 * (night.weekday() == 3)
    if habit == "bunches":
        level *= chance.gamma(1.5) / 1.5
    return [
        (
            night,
            f"outlet {outlet}",
            int(usual["words"] * np.exp(chance.normal(0, 0.7))) + 1,
            bool(chance.random() < usual["dated"]),
            float(np.clip(usual["cut"] + chance.normal(0, 0.15), 0.01, 0.99)),
        )
        for _ in range(chance.poisson(level))
    ]


@pytest.fixture(scope="module")
def stable() -> list[Page]:
    chance = np.random.default_rng(7)
    nights = [FIRST + timedelta(days=day) for day in range(NIGHTS)]
    return [page for night in nights for outlet in range(OUTLETS) for page in outlet_night(chance, outlet, night, {})]


class Gate:
    """Raw tables of made-up pages, and what the gate's SQL warns of on one of their nights."""

    def __init__(self, pages: list[Page], last: date) -> None:
        self.connection = duckdb.connect()
        columns = zip(("night", "outlet", "words", "is_dated", "cut"), zip(*pages, strict=True), strict=True)
        self.connection.register("made_up", pa.table({name: list(values) for name, values in columns}))
        self.connection.execute(SCHEMA.read_text("utf-8"))
        self.connection.execute(
            f"""
            create table numbered as select *, 'p' || row_number() over () as page_id from made_up;
            insert into raw.nights
            select unnest(range(date '{FIRST}', date '{last}' + 1, interval 1 day))::date, 1, 'd', '1';
            insert into raw.pages by name select night, page_id, page_id as version_key, 'crawl' as source_id,
                page_id as origin, 'html' as media, 'x' as content_sha256, 1 as content_bytes, 'accepted' as fate,
                outlet as given_outlet from numbered;
            insert into raw.documents by name select night, page_id, 'article' as kind, outlet as outlet_id,
                'x' as body, 'x' as body_sha256, false as has_syndication_notice, 'en' as language,
                0.9 as language_confidence, 1.0 as language_share, 'full' as completeness, 'utf-8' as encoding,
                'utf8' as encoding_evidence, false as is_mojibake_repaired, words as word_count,
                1 as paragraph_count, 0.9 as cleaning_confidence, 'x' as cleaner from numbered;
            insert into raw.times
            select night, page_id, 0, 'published', night, 'x', null, 'none', 'day', 'visible', 0.9,
                null, null, true, 'only one' from numbered where is_dated;
            insert into raw.spans select night, page_id, 0, 0, 1000 - (1000 * cut)::bigint, 'body', true, 'x', 0.9, 'x'
                from numbered;
            insert into raw.spans select night, page_id, 1, 0, (1000 * cut)::bigint, 'nav', false, 'x', 0.9, 'x'
                from numbered;
            """
        )

    def judged(self) -> int:
        """Figures that the night last asked about compares."""
        counts = "select (select count(*) from drift) + (select count(*) from silences)"
        return self.connection.execute(counts).fetchall()[0][0]

    def warned(self, night: date) -> list[tuple[str, str]]:
        for statement in dialect.variable_statements(catalogue.variables(night)):
            self.connection.execute(statement)
        for statement in catalogue.load_preparation("arrived"):
            self.connection.execute(statement.replace("create temporary", "create or replace temporary"))
        return self.connection.execute(UNUSUAL).fetchall()


def test_small_outlets_are_hardly_ever_warned_of(stable: list[Page]) -> None:
    gate = Gate(stable, FIRST + timedelta(days=NIGHTS - 1))
    judged, alarms = 0, []
    for day in range(int(catalogue.load_bounds()["warm_up_nights"].value), NIGHTS):
        night = FIRST + timedelta(days=day)
        alarms += [(night, *alarm) for alarm in gate.warned(night)]
        judged += gate.judged()
    assert judged > 20_000
    assert len(alarms) <= judged * MOST_FALSE_ALARMS, alarms


@pytest.mark.parametrize(
    ("figure", "change", "share"),
    [
        ("silence", {"pages": 0.0}, 0.95),
        ("words", {"words": 40.0}, 0.85),
        ("dated_share", {"dated": 0.0}, 0.65),  # of few pages, six dated in ten may be none by chance
        ("cut_share", {"cut": 0.01}, 0.6),  # where a fifth is cut, nothing cut is no large change
    ],
)
def test_what_changes_at_a_small_outlet_is_told_within_a_week(
    figure: str, change: dict[str, float], share: float, stable: list[Page]
) -> None:
    """Of outlets with two pages a night or more."""
    chance = np.random.default_rng(11)
    small = [outlet for outlet in range(OUTLETS) if rate_of(outlet) >= 2]
    assert len(small) > 30
    week = [CHANGE + timedelta(days=day) for day in range(7)]
    changed = [page for night in week for outlet in small for page in outlet_night(chance, outlet, night, change)]
    gate = Gate([page for page in stable if page[0] < CHANGE] + changed, week[-1])
    told = {name for night in week for name, about in gate.warned(night) if about == figure}
    missed = {f"outlet {outlet}" for outlet in small} - told
    assert len(missed) <= (1 - share) * len(small), sorted(missed)


def test_silence_is_told_for_a_week_and_then_known() -> None:
    """Of two pages every night for eight weeks."""
    last = CHANGE + timedelta(days=20)
    before = [FIRST + timedelta(days=day) for day in range((CHANGE - FIRST).days)]
    pages: list[Page] = [(night, "outlet 0", 300, True, 0.5) for night in before for _ in range(2)]
    gate = Gate([*pages, (last, "another", 300, True, 0.5)], last)
    told = [day for day in range(21) if ("outlet 0", "silence") in gate.warned(CHANGE + timedelta(days=day))]
    assert told == list(range(4, 11))
