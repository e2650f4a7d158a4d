"""Figures on a fixed sample of the evaluation data do not sink below their floors."""

import json

import pytest

from tests.quality import floors
from tests.quality.data import evaluation_folder, seeds_folder

EVALUATION = evaluation_folder()


@pytest.fixture(scope="module")
def sample():
    taken = floors.take_sample(EVALUATION, seeds_folder(EVALUATION))
    if taken is None:
        pytest.skip(f"no evaluation data in {EVALUATION}, or no seeds beside it: set DATELINE_EVAL (docs/quality.md)")
    return taken


def test_no_figure_sinks_below_its_floor(sample):
    pinned = floors.read_floors()
    if pinned["digest"] != sample.digest():
        pytest.fail(
            f"the data in {EVALUATION} has the digest {sample.digest()}, the floors were measured on"
            f" {pinned['digest']}: use that data, or pin anew with"
            " `python -m tests.quality --update-floors --allow-regression`"
        )
    figures = floors.measure_sample(sample)
    assert figures.keys() == pinned["floors"].keys()
    sunk = {name: (figures[name], floor) for name, floor in pinned["floors"].items() if figures[name] < floor}
    assert not sunk, f"figure and floor: {sunk}"


@pytest.fixture
def pinned(tmp_path, monkeypatch):
    """Floors on made-up data, in a file of their own."""
    taken = floors.Sample([{"id": "1"}], [{"id": "2"}], [{"id": "3"}], [{"id": "4"}], [{"id": "5"}])
    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"digest": taken.digest(), "floors": {"f1": 0.9, "kept": 5.0}}))
    monkeypatch.setattr(floors, "FLOORS_FILE", file)
    monkeypatch.setattr(floors, "take_sample", lambda *_: taken)
    return file


def figures(monkeypatch, **values):
    monkeypatch.setattr(floors, "measure_sample", lambda _: values)


def test_floors_rise_with_the_figures_and_are_cut_after_three_decimals(pinned, monkeypatch, tmp_path):
    figures(monkeypatch, f1=0.91296, kept=5.0)
    floors.update_floors(tmp_path, tmp_path, allow_regression=False)
    assert json.loads(pinned.read_text())["floors"] == {"f1": 0.912, "kept": 5.0}


def test_a_floor_is_lowered_only_when_that_is_allowed(pinned, monkeypatch, tmp_path):
    figures(monkeypatch, f1=0.95, kept=4.0)
    before = pinned.read_text()
    with pytest.raises(floors.FloorLowered, match=r"kept from 5\.0 to 4\.0"):
        floors.update_floors(tmp_path, tmp_path, allow_regression=False)
    assert pinned.read_text() == before
    floors.update_floors(tmp_path, tmp_path, allow_regression=True)
    assert json.loads(pinned.read_text())["floors"] == {"f1": 0.95, "kept": 4.0}


def test_floors_of_other_data_are_not_overwritten_unasked(pinned, monkeypatch, tmp_path):
    figures(monkeypatch, f1=0.99, kept=5.0)
    monkeypatch.setattr(floors, "take_sample", lambda *_: floors.Sample([], [], [{"id": "other"}], [], []))
    with pytest.raises(floors.FloorLowered, match="not that of the floors"):
        floors.update_floors(tmp_path, tmp_path, allow_regression=False)
    assert json.loads(pinned.read_text())["floors"] == {"f1": 0.9, "kept": 5.0}
