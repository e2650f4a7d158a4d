from pathlib import Path

import numpy as np
import pytest

from extract.errors import ExtractorError
from extract.names.encoder import (
    LABELS,
    STEPS,
    assembled,
    best_labels,
    capital_runs,
    find_names,
    load_names,
    rounded,
    spans_of,
    version,
    vocabulary,
)
from extract.names.words import windows, words_of

NUMBER = {label: number for number, label in enumerate(LABELS)}


def scored(*words: dict[str, float]) -> np.ndarray:
    scores = np.full((len(words), len(LABELS)), -9.0, np.float32)
    for row, word in enumerate(words):
        for label, score in word.items():
            scores[row, NUMBER[label]] = score
    return scores


def labels_of(*words: dict[str, float], breaks: frozenset[int] = frozenset()) -> list[str]:
    (found,) = best_labels([scored(*words)], [breaks])
    return [LABELS[label] for label in found]


def test_the_likeliest_labels_are_taken_word_by_word_where_they_fit() -> None:
    assert labels_of({"B-PER": -0.1}, {"I-PER": -0.1}, {"O": -0.1}) == ["B-PER", "I-PER", "O"]


def test_no_name_goes_on_that_has_not_begun() -> None:
    assert labels_of({"O": -0.1}, {"I-PER": -0.1, "B-PER": -1.0, "O": -2.0}) == ["O", "B-PER"]
    assert labels_of({"I-LOC": -0.1, "B-LOC": -1.0}, {"I-LOC": -0.1}) == ["B-LOC", "I-LOC"]


def test_a_name_keeps_its_type_to_its_end() -> None:
    assert labels_of({"B-ORG": -0.1}, {"I-PER": -0.3, "I-ORG": -0.5}) == ["B-ORG", "I-ORG"]


def test_no_name_goes_on_in_the_next_paragraph() -> None:
    words = ({"B-PER": -0.1}, {"I-PER": -0.1, "B-PER": -1.0})
    assert labels_of(*words, breaks=frozenset({0, 1})) == ["B-PER", "B-PER"]


def test_windows_of_any_length_are_labelled_apart_from_each_other() -> None:
    short, long = scored({"B-LOC": -0.1}), scored(*[{"O": -0.1}] * 5, {"B-PER": -0.1})
    alone = [best_labels([one], [frozenset()])[0] for one in (short, long)]
    assert best_labels([short, long, scored()], [frozenset()] * 3) == [*alone, []]
    assert best_labels([], []) == []


def test_labels_become_spans() -> None:
    labels = [NUMBER[label] for label in ("B-PER", "I-PER", "O", "B-LOC", "B-LOC")]
    assert spans_of(labels) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]


def test_capitals_together_amid_a_sentence_are_looked_at_again() -> None:
    words = [
        word.text
        for word in words_of(
            "There the Tarn Belle slowly passed another little tug, Sol Ito Berg, near Tarn. Dear Anna left."
        )
    ]
    (window,) = [window for _, window in windows([words], vocabulary())]
    labels = [0] * len(words)
    found = [words[first:last] for first, last in capital_runs(window, labels)]
    assert found == [["Tarn", "Belle"], ["Sol", "Ito", "Berg"]]
    labels[words.index("Ito")] = NUMBER["B-PER"]
    assert [words[first:last] for first, last in capital_runs(window, labels)] == [["Tarn", "Belle"]]


class Wavering:
    """A model that takes every word for an organisation with the same chance."""

    def __init__(self, chance: float) -> None:
        self.chance = chance

    def scores(self, windows: list) -> list[np.ndarray]:
        word = {"O": np.log(1.0 - self.chance), "B-ORG": np.log(self.chance)}
        return [scored(*[word] * len(window.heads)) for window in windows]


@pytest.mark.parametrize(
    ("chance", "found"),
    [
        (0.05, []),
        # Written as names are, and repeated.
        (0.2, ["TarnGiving", "TarnGiving"]),
        # More likely a name than not, though "no name" is the likeliest label.
        (0.5, ["TarnGiving", "F22", "SolBelle", "TarnGiving"]),
    ],
)
def test_a_word_that_is_written_as_names_are_is_looked_at_again(chance: float, found: list[str]) -> None:
    text = "They gave by TarnGiving, the F22 and SolBelle. TarnGiving in a town was NEW."
    (names,) = find_names([text], Wavering(chance))
    assert [text[name.start : name.end] for name in names] == found
    assert {name.kind for name in names} <= {"ORG"}


def test_a_file_says_what_to_change_in_the_wheel() -> None:
    wheel = {"a.weight": np.ones((2, 3), np.float32), "a.bias": np.zeros(2, np.float32)}
    steps = np.array([0.5, 0.25], np.float32)
    file = {"a.weight": np.array([[1, 0, -1], [2, 0, 0]], np.int8), f"a.weight{STEPS}": steps, "a.bias": np.ones(2)}
    arrays = assembled(file, wheel)
    assert arrays["a.weight"].tolist() == [[1.5, 1.0, 0.5], [1.5, 1.0, 1.0]]
    assert arrays["a.bias"].tolist() == [1.0, 1.0]
    assert wheel["a.weight"].tolist() == [[1.0] * 3] * 2


def test_matrices_are_rounded_by_row_within_six_bits() -> None:
    weights, ease = np.array([[1.0, -2.0], [0.01, 0.005]], np.float32), np.array([0.5, 2.0], np.float32)
    given = rounded({"a.weight": weights, "a.ease": ease})
    assert given["a.weight"].dtype == np.int8
    back = given["a.weight"].T * given["a.scale"][:, None] * given["a.ease"]
    assert np.abs(back - [[1.0, -2.0], [0.01, 0.005]]).max(axis=1) == pytest.approx([0.0, 0.0], abs=0.04)
    assert np.abs(given["a.weight"]).max() == 63


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="no names model"):
        version(tmp_path / "none.npz")
    (tmp_path / "broken.npz").write_bytes(b"PK")
    with pytest.raises(ExtractorError, match=r"broken\.npz"):
        load_names(tmp_path / "broken.npz")


def test_a_model_of_another_wheel_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", graph=np.zeros(1, np.uint8), wheel=np.array([1], np.uint32))
    with pytest.raises(ExtractorError, match="make setup"):
        load_names(tmp_path / "other.npz")


def test_scores_are_log_probabilities_of_every_word() -> None:
    words = [word.text for word in words_of("Anna Berg left Oslo.")]
    (window,) = [window for _, window in windows([words], vocabulary())]
    (scores,) = load_names().scores([window])
    assert scores.shape == (len(words), len(LABELS))
    assert np.exp(scores).sum(axis=1) == pytest.approx(np.ones(len(words)), abs=1e-4)


def test_names_are_found_where_they_stand() -> None:
    text = "Angela Merkel met Emmanuel Macron in Paris.\n\nShe left for Berlin."
    (found,) = find_names([text])
    assert [(text[name.start : name.end], name.kind) for name in found] == [
        ("Angela Merkel", "PER"),
        ("Emmanuel Macron", "PER"),
        ("Paris", "LOC"),
        ("Berlin", "LOC"),
    ]
    assert all(0 < name.weight <= 1 for name in found)
