"""The metrics file is one that MetricFlow takes, and names columns that the marts have; exposures name what is read."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from metricflow_semantic_interfaces.implementations.semantic_manifest import PydanticSemanticManifest
from metricflow_semantic_interfaces.validations.semantic_manifest_validator import SemanticManifestValidator

from nightly import transform
from nightly.settings import DBT_PROJECT
from nightly.transform import TransformFailed, parse
from serving.questions import saved_questions

METRICS = DBT_PROJECT / "models" / "metrics" / "_metrics.yml"
EXPOSURES = DBT_PROJECT / "models" / "reports" / "_exposures.yml"
DESCRIBED = DBT_PROJECT / "models" / "marts" / "_marts__models.yml"
SQL_WORDS = {"case", "when", "then", "else", "end", "is", "null", "and", "not", "in"}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> PydanticSemanticManifest:
    folder = tmp_path_factory.mktemp("metrics")
    parse(folder / "manifest.json", quiet=True)
    return PydanticSemanticManifest.parse_obj(
        json.loads((folder / "target" / "semantic_manifest.json").read_text("utf-8"))
    )


def test_the_metrics_are_valid(manifest: PydanticSemanticManifest) -> None:
    kinds = [metric.type.value for metric in manifest.metrics]
    assert (kinds.count("simple"), kinds.count("ratio")) == (10, 5)
    results = SemanticManifestValidator[PydanticSemanticManifest]().validate_semantic_manifest(manifest)
    assert [issue.message for issue in results.errors] == []


def test_metrics_that_do_not_fit_stop_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Path(shutil.copytree(DBT_PROJECT, tmp_path / "project", ignore=shutil.ignore_patterns("target", "logs")))
    file = broken / "models" / "metrics" / "_metrics.yml"
    file.write_text(file.read_text("utf-8").replace("measure: article_count", "measure: unheard_of"), "utf-8")
    monkeypatch.setattr(transform, "DBT_PROJECT", broken)
    with pytest.raises(TransformFailed, match="unheard_of"):
        parse(tmp_path / "manifest.json", quiet=True)


def test_measures_and_dimensions_are_columns_of_their_mart() -> None:
    described = yaml.safe_load(DESCRIBED.read_text("utf-8"))["models"]
    columns = {model["name"]: {column["name"] for column in model["columns"]} for model in described}
    models = yaml.safe_load(METRICS.read_text("utf-8"))["semantic_models"]
    assert len(models) == 6
    for model in models:
        mart = re.fullmatch(r"ref\('(\w+)'\)", model["model"])[1]
        for part in [*model["entities"], *model["dimensions"], *model.get("measures", [])]:
            said = re.sub(r"'[^']*'", "", part.get("expr", part["name"]))
            words = set(re.findall(r"[a-z_]+", said)) - SQL_WORDS
            assert words <= columns[mart], (model["name"], part)


def test_the_exposure_of_the_questions_names_the_tables_they_ask() -> None:
    exposures = {exposure["name"]: exposure for exposure in yaml.safe_load(EXPOSURES.read_text("utf-8"))["exposures"]}
    asked = {table for one in saved_questions() for table in re.findall(r"(?:marts|reports)\.(\w+)", one.sql)}
    assert exposures["twenty_questions"]["depends_on"] == [f"ref('{table}')" for table in sorted(asked)]
