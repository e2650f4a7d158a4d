"""The suites say what a person on call needs to know."""

import re
from pathlib import Path

import pytest

from expectations import catalogue
from expectations.errors import CatalogueError
from expectations.pages import RUNBOOKS


@pytest.mark.parametrize("gate", catalogue.GATES)
def test_every_expectation_says_what_why_and_what_next(gate: str) -> None:
    suite = catalogue.load_suite(gate)
    assert len(suite) >= 20
    for expectation in suite:
        assert re.fullmatch(r"[a-z]+(_[a-z]+){2,}", expectation.name)
        assert expectation.severity in {"stop", "warn"}
        assert len(expectation.why) > 20
        assert len(expectation.next_step) > 20
        assert "{" not in expectation.expected


def test_no_bound_is_left_unused() -> None:
    folder = Path(catalogue.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("sql/**/*.sql"))
    text += "".join(path.read_text(encoding="utf-8") for path in folder.glob("suites/*.yml"))
    assert [name for name in catalogue.load_bounds() if name not in text] == []


def test_the_reason_of_a_number_stands_beside_it() -> None:
    (expectation,) = [item for item in catalogue.load_suite("built") if item.name == "few_bodies_carry_residue"]
    assert expectation.expected == "at most 0.05"
    assert "residue_share = 0.05: hand-made bodies" in expectation.why


def test_a_query_without_an_entry_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "suites").mkdir()
    (tmp_path / "sql" / "arrived").mkdir(parents=True)
    (tmp_path / "bounds.yml").write_text("{}", encoding="utf-8")
    (tmp_path / "suites" / "arrived.yml").write_text("{}", encoding="utf-8")
    (tmp_path / "sql" / "arrived" / "orphan.sql").write_text("select 1", encoding="utf-8")
    monkeypatch.setattr(catalogue, "HERE", tmp_path)
    with pytest.raises(CatalogueError, match="orphan"):
        catalogue.load_suite("arrived")


def test_an_unknown_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "suites").mkdir()
    (tmp_path / "sql" / "arrived").mkdir(parents=True)
    (tmp_path / "bounds.yml").write_text("{}", encoding="utf-8")
    (tmp_path / "suites" / "arrived.yml").write_text(
        "group: {a_check: {severity: stop, why: because, next_step: look}}", encoding="utf-8"
    )
    (tmp_path / "sql" / "arrived" / "a_check.sql").write_text("select getvariable('typo')", encoding="utf-8")
    monkeypatch.setattr(catalogue, "HERE", tmp_path)
    with pytest.raises(CatalogueError, match="typo"):
        catalogue.load_suite("arrived")


@pytest.mark.parametrize("gate", catalogue.GATES)
def test_every_group_has_a_runbook_that_names_its_expectations(gate: str) -> None:
    groups: dict[str, list[str]] = {}
    for expectation in catalogue.load_suite(gate):
        groups.setdefault(expectation.group, []).append(expectation.name)
    assert len(groups) >= 3
    for group, names in groups.items():
        runbook = (RUNBOOKS / f"{group}.md").read_text(encoding="utf-8")
        assert re.findall(r"^## (\w+)$", runbook, re.MULTILINE) == names


@pytest.mark.parametrize("gate", catalogue.GATES)
def test_the_index_of_the_runbooks_leads_to_every_expectation(gate: str) -> None:
    index = (RUNBOOKS / "README.md").read_text(encoding="utf-8")
    (part,) = re.findall(rf"^## Gate \d, `{gate}`(.*?)(?=^## |\Z)", index, re.MULTILINE | re.DOTALL)
    listed = re.findall(r"^\| (\w+) \| \[(\w+)\]\((\w+)\.md#(\w+)\) \|$", part, re.MULTILINE)
    suite = catalogue.load_suite(gate)
    assert listed == [(item.severity, item.name, item.group, item.name) for item in suite]


def test_every_runbook_belongs_to_a_group() -> None:
    groups = {expectation.group for gate in catalogue.GATES for expectation in catalogue.load_suite(gate)}
    assert {page.stem for page in RUNBOOKS.glob("*.md")} == {*groups, "README"}
