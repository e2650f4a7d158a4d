"""Every expectation meets its fault, and a clean build meets every expectation."""

from pathlib import Path

import duckdb
import pytest

from expectations import catalogue, checking
from extract import rules
from tests.expectations import mutation, probe
from tests.expectations.faults import ALL, THROUGH, Fault

SMALL = [fault for fault in ALL if not fault.needs_a_real_build]


@pytest.fixture(scope="module")
def laboratory(clean_build: Path):
    with mutation.opened(clean_build, {}) as opened:
        yield opened


@pytest.mark.parametrize("gate", catalogue.GATES)
def test_every_expectation_has_a_planted_fault(gate: str) -> None:
    planted = {fault.expects for fault in ALL if fault.stage == gate}
    assert planted == {expectation.name for expectation in catalogue.load_suite(gate)}


def test_the_faults_are_of_many_kinds_at_every_stage() -> None:
    assert {fault.stage for fault in [*ALL, *THROUGH]} == set(mutation.STAGES)
    assert len({fault.kind for fault in ALL}) >= 90


@pytest.mark.parametrize("fault", SMALL, ids=lambda fault: f"{fault.stage}: {fault.kind}")
def test_a_planted_fault_is_answered_as_specified(fault: Fault, laboratory: mutation.Laboratory) -> None:
    result = laboratory.plant(fault)
    assert result.is_as_specified, result.fired


def test_a_clean_build_raises_nothing(laboratory: mutation.Laboratory) -> None:
    assert laboratory.false_alarms() == []


@pytest.mark.parametrize("gate", catalogue.GATES)
def test_great_expectations_answers_what_the_queries_answer(gate: str, build_file: Path, tmp_path: Path) -> None:
    """Faults of many expectations at once, so that one run of Great Expectations compares them all."""
    with duckdb.connect(str(build_file)) as connection:
        night = probe.choose_victims(connection)
        for fault in SMALL:
            if fault.stage == gate and fault.answer == "warn":
                connection.execute(fault.plant)
        with probe.rolled_back(connection):
            found = probe.run_gate_sql(connection, gate, night)
    suite = catalogue.load_suite(gate)
    outcomes = checking.check(
        build_file,
        suite,
        catalogue.variables(night),
        catalogue.load_preparation(gate),
        catalogue.KEPT[gate][1],
        tmp_path / "docs",
    ).outcomes
    assert [outcome.expectation.name for outcome in outcomes] == [expectation.name for expectation in suite]
    assert all(outcome.could_run for outcome in outcomes)
    unmet = [outcome.expectation.name for outcome in outcomes if not outcome.is_met]
    assert unmet == [finding.expectation for finding in found]
    assert len(unmet) >= 8


def test_the_lexicon_shares_nothing_with_the_cleaner() -> None:
    """No pattern is in both, and the cleaner reads no file of the gates: agreeing has to prove something."""
    cleaner = Path(rules.__file__).read_text("utf-8")
    patterns = [pattern for phrases in catalogue.read_lexicon().values() for pattern in phrases]
    assert len(patterns) >= 40
    assert [pattern for pattern in patterns if pattern in cleaner] == []
    folders = [Path(rules.__file__).parent, Path(rules.__file__).parents[1] / "training"]
    naming = [file for folder in folders for file in folder.rglob("*.py") if "lexicon.yml" in file.read_text("utf-8")]
    assert naming == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The paper asked readers to subscribe before it moved the archive behind a paywall.",
        "The regulator told the site to stop setting cookies without consent.",
        "Rents rose to $900 a month in the old town, the survey found, and to $700 elsewhere.",
        "He follows three rules, she said, and shares them with anyone who asks.",
        "Read also appeared in the film, which was released in 1998.",
        "The company said that all comments were welcome.",
        "Die Zeitung bat ihre Leser, sie zu abonnieren, und stellte einen Artikel für Mitglieder frei.",
        "Der Strom wird um 40 Euro pro Jahr teurer, sagte die Behörde, und das Gas um 90 Euro.",
        "Le journal demande à ses lecteurs de s’abonner et leur a fait lire aussi les archives.",
        "El diario pidió a sus lectores que lean también los anuncios y que compartan en casa la portada.",
        "Il garante ha detto al sito di non usare cookie senza consenso, e gli abbonati leggono anche il resto.",
        "O jornal disse que os assinantes leem mais e que veja também quem duvida.",
        "De krant vroeg haar lezers om abonnee te worden en ook de bijlage te lezen.",
        "Share on the farm, he told them, and you will learn more from the neighbours than from Facebook.",
        "Readers can log in or write, the editor said, but most read more on paper and subscribe by post.",
        "The photo shows the source of the river, and the image was sold to an agency for a commission.",
        "Privacy rights, cookie rules and the terms of sale are three chapters of the new law.",
        "Growers in the valley will hear from Tobias Renn again on Thursday, when the council meets.",
    ],
)
def test_prose_about_paywalls_and_prices_is_no_residue(sentence: str, laboratory: mutation.Laboratory) -> None:
    plant = f"update marts.articles set body = body || chr(10) || '{sentence}' where article_id = getvariable('lone')"
    assert laboratory.plant(Fault("honest prose", "built", "", "nothing", plant)).fired == ()
