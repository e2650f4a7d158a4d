"""The dashboards in brief say only what the warehouse can answer, and what their exposures say."""

import re
from pathlib import Path

import yaml

from serving.superset.bundle import read_description

DESCRIPTION = read_description()
PROJECT = Path(__file__).parents[2]
EXPOSURES = PROJECT / "dbt_project" / "models" / "reports" / "_exposures.yml"


def test_every_chart_names_a_dataset_a_metric_of_it_and_a_place_on_one_dashboard() -> None:
    shown = [chart for board in DESCRIPTION["dashboards"].values() for row in board["rows"] for chart in row["charts"]]
    assert sorted(shown) == sorted(DESCRIPTION["charts"])
    for title, chart in DESCRIPTION["charts"].items():
        dataset = DESCRIPTION["datasets"][chart["dataset"]]
        assert "metric" not in chart or chart["metric"] in dataset["metrics"], title


def test_every_row_of_a_dashboard_is_twelve_wide() -> None:
    rows = [row for board in DESCRIPTION["dashboards"].values() for row in board["rows"]]
    assert len(rows) >= 9
    assert {sum(row["charts"].values()) for row in rows} == {12}


def test_what_a_dashboard_reads_is_what_its_exposure_says() -> None:
    exposures = {entry.get("label"): entry for entry in yaml.safe_load(EXPOSURES.read_text("utf-8"))["exposures"]}
    for title, board in DESCRIPTION["dashboards"].items():
        charts = [DESCRIPTION["charts"][chart] for row in board["rows"] for chart in row["charts"]]
        read = " ".join(str(DESCRIPTION["datasets"][chart["dataset"]]) for chart in charts)
        said = {entry.removeprefix("ref('").removesuffix("')") for entry in exposures[title]["depends_on"]}
        assert said == set(re.findall(r"(?:marts|reports)\.(\w+)", read))
