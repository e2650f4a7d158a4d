"""Every expectation meets its fault, and a clean build meets every expectation."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations import catalogue, checking
from tests.expectations.faults import ARRIVED, BUILT

NIGHT = date(2026, 1, 5)
FAULTS = [("arrived", *fault) for fault in ARRIVED] + [("built", *fault) for fault in BUILT]


def variables() -> dict[str, str | float | date]:
    bounds = {name: bound.value for name, bound in catalogue.load_bounds().items()}
    return {"night": NIGHT, **bounds, **catalogue.load_lexicon()}


@pytest.mark.parametrize("gate", catalogue.GATES)
def test_every_expectation_has_a_planted_fault(gate: str) -> None:
    planted = {name for fault_gate, name, _ in FAULTS if fault_gate == gate}
    assert planted == {expectation.name for expectation in catalogue.load_suite(gate)}


@pytest.mark.parametrize(("gate", "name", "fault"), FAULTS)
def test_a_planted_fault_is_found(gate: str, name: str, fault: str, build_file: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(fault)
    expectation = next(expectation for expectation in catalogue.load_suite(gate) if expectation.name == name)
    (outcome,) = checking.check(
        build_file, [expectation], variables(), catalogue.load_preparation(gate), tmp_path / "docs"
    )
    assert outcome.could_run, outcome.observed
    assert not outcome.is_met


@pytest.mark.parametrize("gate", catalogue.GATES)
def test_a_clean_build_meets_every_expectation(gate: str, clean_build: Path, tmp_path: Path) -> None:
    suite = catalogue.load_suite(gate)
    outcomes = checking.check(clean_build, suite, variables(), catalogue.load_preparation(gate), tmp_path / "docs")
    assert [outcome.expectation.name for outcome in outcomes] == [expectation.name for expectation in suite]
    assert [(outcome.expectation.name, outcome.observed) for outcome in outcomes if not outcome.is_met] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The paper asked readers to subscribe before it moved the archive behind a paywall.",
        "The regulator told the site to stop setting cookies without consent.",
        "Rents rose to $900 a month in the old town, the survey found, and to $700 elsewhere.",
        "He follows three rules, she said, and shares them with anyone who asks.",
        "Read also appeared in the film, which was released in 1998.",
        "The company said that all comments were welcome.",
    ],
)
def test_prose_about_paywalls_and_prices_is_no_residue(sentence: str, build_file: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(build_file)) as connection:
        connection.execute("update marts.articles set body = body || chr(10) || ?", [sentence])
    suite = [item for item in catalogue.load_suite("built") if item.name.startswith("no_body_")]
    assert len(suite) == len(catalogue.load_lexicon())
    outcomes = checking.check(build_file, suite, variables(), catalogue.load_preparation("built"), tmp_path / "docs")
    assert [(outcome.expectation.name, outcome.observed) for outcome in outcomes if not outcome.is_met] == []


def test_a_young_history_is_not_judged(build_file: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(
            "insert into raw.pages by name select date '2026-01-04' - n::integer as night, 'y' || n || '-' || m as "
            "page_id, 'v' as version_key, 'harbour' as source_id, 'x' as origin, 'text' as media, 'x' as "
            "content_sha256, 1 as content_bytes, 'accepted' as fate from range(6) as a (n), range(100) as b (m)"
        )
    suite = [item for item in catalogue.load_suite("arrived") if item.name == "every_source_is_as_full_as_it_was"]
    (outcome,) = checking.check(build_file, suite, variables(), [], tmp_path / "docs")
    assert outcome.is_met, outcome.observed
