"""What the cleaner's model is taught."""

from pathlib import Path

import numpy as np

from training.cleaner.files import write_model
from training.cleaner.pages import BODY, FOLDS, OTHER, UNKNOWN, fold_of, gold_labels

GOLD = """The ferry struck a rock on Friday evening.
All 253 people were saved.
An inquiry opens on Monday, said the mayor."""


def test_lines_of_the_gold_text_are_body_and_others_are_not() -> None:
    lines = [
        "Home | News",
        "The ferry struck a rock on Friday evening.",
        "Sign up for our newsletter today",
        "An inquiry opens on Monday, said",
        "the mayor.",
        "The harbour was quiet and a rock on Friday evening was seen from the new lighthouse by nobody at all.",
    ]
    assert gold_labels(lines, GOLD) == [OTHER, BODY, OTHER, BODY, OTHER, OTHER]


def test_a_line_partly_in_the_gold_text_teaches_nothing() -> None:
    line = "Alarm at sea: the ferry struck a rock on Friday evening, as our reporters in town heard first"
    assert gold_labels([line], GOLD) == [UNKNOWN]


def test_of_a_line_said_twice_the_one_amid_the_body_is_body() -> None:
    first, second, third = GOLD.splitlines()
    labels = gold_labels([second, "Menu", "Search", first, second, third], GOLD)
    assert labels == [UNKNOWN, OTHER, OTHER, BODY, BODY, BODY]


def test_all_pages_of_a_site_are_in_one_fold_and_every_fold_has_sites() -> None:
    assert fold_of("example") == fold_of("example")
    assert {fold_of(f"site {number}") for number in range(100)} == set(range(FOLDS))


def test_a_model_file_of_equal_arrays_has_equal_bytes(tmp_path: Path) -> None:
    arrays = {"weights": np.arange(6, dtype=np.float16), "names": np.array(["a", "b"])}
    write_model(arrays, tmp_path / "one.npz")
    write_model(dict(reversed(arrays.items())), tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as stored:
        assert stored["names"].tolist() == ["a", "b"]
