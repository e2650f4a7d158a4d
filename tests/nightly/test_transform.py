import json

import pytest

from nightly import transform

RESULTS = {
    "results": [
        {"unique_id": "model.dateline.articles", "status": "success", "message": "OK"},
        {"unique_id": "model.dateline.copies", "status": "error", "message": "Binder Error: no column `words` "},
        {"unique_id": "test.dateline.not_null_articles_title.0a1b", "status": "fail", "message": "Got 3 results"},
        {"unique_id": "model.dateline.stories", "status": "skipped", "message": None},
        {"unique_id": "unit_test.dateline.copies.keeps_credit", "status": "runtime error", "message": None},
    ]
}


def test_each_failed_node_is_named_with_its_message_and_the_others_are_not(tmp_path):
    results = tmp_path / "run_results.json"
    results.write_text(json.dumps(RESULTS), "utf-8")
    assert transform.failures(results) == [
        "  model copies: Binder Error: no column `words`",
        "  test not_null_articles_title.0a1b: Got 3 results",
        "  unit_test copies.keeps_credit: ",
    ]


def test_a_run_that_left_no_results_has_no_failed_nodes(tmp_path):
    assert transform.failures(tmp_path / "run_results.json") == []


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A dbt project of one model, whose text the test chooses."""
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text("{name: dateline, profile: dateline, config-version: 2}", "utf-8")
    output = "{type: duckdb, path: \"{{ env_var('DATELINE_BUILD_FILE') }}\"}"
    (folder / "profiles.yml").write_text(f"dateline: {{target: build, outputs: {{build: {output}}}}}", "utf-8")
    monkeypatch.setattr(transform, "DBT_PROJECT", folder)
    monkeypatch.setattr("nightly.settings.DBT_PROJECT", folder)
    return folder


def test_a_build_writes_the_build_file_and_nothing_into_the_project(project, tmp_path):
    (project / "models" / "answer.sql").write_text("select 42 as answer", "utf-8")
    before = sorted(project.rglob("*"))
    transform.build(tmp_path / "build" / "dateline.duckdb")
    assert (tmp_path / "build" / "dateline.duckdb").is_file()
    assert (tmp_path / "build" / "dbt" / "target" / "run_results.json").is_file()
    assert sorted(project.rglob("*")) == before


def test_a_model_that_fails_stops_the_build_with_its_name_and_the_databases_message(project, tmp_path):
    (project / "models" / "answer.sql").write_text("select nothing_such as answer", "utf-8")
    with pytest.raises(transform.TransformFailed, match=r"(?s)model answer: .*nothing_such"):
        transform.build(tmp_path / "build" / "dateline.duckdb")


def test_a_project_that_cannot_be_parsed_fails_with_what_dbt_said(project, tmp_path):
    (project / "models" / "answer.sql").write_text("select * from {{ ref('no_such_model') }}", "utf-8")
    with pytest.raises(transform.TransformFailed, match="no_such_model"):
        transform.build(tmp_path / "build" / "dateline.duckdb")
