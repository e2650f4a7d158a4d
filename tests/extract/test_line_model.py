"""The learned part of the cleaner, as it is shipped."""

from pathlib import Path

import numpy as np
import pytest

from extract.blocks import line_blocks
from extract.errors import ExtractorError
from extract.line_model import DEFAULT_MODEL, forward, load_model, site_key
from tests.extract.pages import REPORT
from training.cleaner.files import write_model

FURNITURE = ["Home", "News", "Sport", "Log in", "Share this article", "Most read", "Terms of use", "© 2026 Tarn Press"]
PAGE = "\n".join([*FURNITURE[:4], "Outer quay closed at Tarn", *REPORT, *FURNITURE[4:]])


def arrays() -> dict[str, np.ndarray]:
    with np.load(DEFAULT_MODEL, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def test_paragraphs_are_likelier_than_furniture() -> None:
    chances = load_model().body_chances(PAGE, line_blocks(PAGE))
    of = dict(zip(PAGE.split("\n"), chances, strict=True))
    assert min(of[line] for line in REPORT) > 0.8
    assert max(of[line] for line in FURNITURE) < 0.3


def test_a_page_is_read_alike_alone_and_again() -> None:
    model = load_model()
    assert model.body_chances(PAGE, line_blocks(PAGE)) == model.body_chances(PAGE, line_blocks(PAGE))
    assert model.body_chances("", []) == []


def test_members_of_the_ensemble_are_averaged() -> None:
    model = load_model()
    networks = model.arrays
    features = np.random.default_rng(0).normal(size=(40, len(networks["mean"]))).astype(np.float32)
    members = len(networks["leave.bias"])
    assert members > 1
    single = [
        forward({name: a if name in ("mean", "deviation") else a[[one]] for name, a in networks.items()}, features)
        for one in range(members)
    ]
    assert forward(networks, features) == pytest.approx(np.mean(single, axis=0), abs=1e-4)


def test_far_blocks_reach_each_other_through_the_pool_and_near_ones_through_the_convolution() -> None:
    networks = load_model().arrays
    features = np.zeros((400, len(networks["mean"])), dtype=np.float32) + networks["mean"]
    changed = features.copy()
    changed[0] += 5 * networks["deviation"]
    moved = np.abs(forward(networks, changed) - forward(networks, features))
    assert moved[1] > moved[300]
    assert moved[300] > 0


def test_a_file_that_is_no_model_is_refused_with_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"not a model")
    with pytest.raises(ExtractorError, match=r"broken\.npz"):
        load_model(broken)
    with pytest.raises(ExtractorError, match=r"missing\.npz"):
        load_model(tmp_path / "missing.npz")


def test_a_model_of_other_features_is_refused_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    found = arrays()
    write_model(found | {"features": found["features"][:-1]}, tmp_path / "other.npz")
    with pytest.raises(ExtractorError, match="make train-cleaner"):
        load_model(tmp_path / "other.npz")


def test_a_model_is_named_by_its_bytes_and_knows_its_sites(tmp_path: Path) -> None:
    found = arrays()
    write_model(found, tmp_path / "same.npz")
    write_model(found | {"mean": found["mean"] + 1}, tmp_path / "other.npz")
    assert load_model(tmp_path / "other.npz").version != load_model().version
    assert load_model(tmp_path / "same.npz").sites == load_model().sites
    assert site_key("a site nobody has") not in load_model().sites
