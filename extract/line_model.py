"""The learned part of the cleaner: which blocks of a page are its article.

Two stages. Weights of hashed words and class names give every block a score; an ensemble of small residual
convolutions over the features of all blocks (`extract.features`, trained by `training.cleaner`) turns them into the
probability that a block is body. Plain NumPy runs it in a millisecond or two a page, so a night needs no other library
for it.
"""

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extract.errors import ExtractorError
from extract.features import Floats, Weights, columns, facts, feature_names, scores
from extract.model import Block

DEFAULT_MODEL = Path(__file__).parent / "models" / "cleaner.npz"

# The shape of the networks, for training too.
KERNEL = 5
DILATIONS = (1, 2, 4, 8, 16, 1)
POOLS_AFTER = (2, 4)  # layers after which the page is pooled
CLIP = 5.0  # standard deviations
_NORM_EPSILON = 1e-5  # torch's
# Multiplications that OpenBLAS leaves to one thread. Larger products go to all its threads, which wait for each other
# longer than they reckon: ten times the CPU time on a busy machine.
_ONE_THREAD = 1 << 18

Arrays = dict[str, npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class LineModel:
    """A trained model: `version` names it and changes with every byte of its file."""

    version: str
    sites: frozenset[str]  # keys of the sites it was trained on, see `site_key`
    weights: Weights
    arrays: Arrays

    def body_chances(self, text: str, blocks: Sequence[Block]) -> list[float]:
        """Return, for every block of a page, the probability that it is body; `blocks` lie in `text` in order."""
        if not blocks:
            return []
        page = facts(text, blocks)
        log_odds = forward(self.arrays, columns(page, scores(page, self.weights)))
        # Three places: more would differ between processors.
        chances = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0)))
        return [float(chance) for chance in np.round(chances.astype(np.float64), 3)]


@lru_cache(maxsize=8)
def load_model(path: Path = DEFAULT_MODEL) -> LineModel:
    """Return the model of a file that `training.cleaner` wrote.

    Raises:
        ExtractorError: it cannot be read, or was trained on other features than this version computes.
    """
    try:
        content = path.read_bytes()
        with np.load(BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as cause:
        raise ExtractorError(f"no cleaner model can be read from {path}: {cause}") from cause
    sites = frozenset(str(key) for key in arrays.pop("sites", np.array([])))
    trained_on = tuple(str(name) for name in arrays.pop("features", np.array([])))
    computed = feature_names(facts("x", [Block(0, 1, "line", 0.0, 0.0, None, "/")]))
    if trained_on != computed:
        raise ExtractorError(
            f"the cleaner model {path} was trained on other features than this version has: run `make train-cleaner`"
        )
    floats = {name: array.astype(np.float32) for name, array in arrays.items()}
    weights = Weights(floats.pop("word_weights"), floats.pop("name_weights"))
    return LineModel(f"lines-{hashlib.sha256(content).hexdigest()[:8]}", sites, weights, floats)


def site_key(site: str) -> str:
    """Return the key by which a model file names a site it was trained on."""
    return hashlib.sha256(site.encode()).hexdigest()[:12]


def forward(arrays: Arrays, features: Floats) -> Floats:
    """Return the log-odds of body of every block, shape (blocks,), from features of shape (blocks, features).

    The members of the ensemble run together: the first axis of every array but `mean` and `deviation` is theirs.
    """
    states = np.clip((features - arrays["mean"]) / arrays["deviation"], -CLIP, CLIP)
    states = np.maximum(_dense(arrays, "enter", states), 0.0)  # (members, blocks, width), as all that follows
    pool = 0
    for number, dilation in enumerate(DILATIONS):
        name = f"convolutions.{number}"
        mixed = _normed(arrays, f"{name}.norm", _depthwise(arrays, f"{name}.depthwise", states, dilation))
        states = states + _dense(arrays, f"{name}.narrow", np.maximum(_dense(arrays, f"{name}.widen", mixed), 0.0))
        if number in POOLS_AFTER:
            states = states + _pooled(arrays, f"pools.{pool}", states)
            pool += 1
    log_odds: Floats = _dense(arrays, "leave", _normed(arrays, "norm", states))[:, :, 0].mean(axis=0)
    return log_odds


def _dense(arrays: Arrays, name: str, states: Floats) -> Floats:
    weight = arrays[f"{name}.weight"].transpose(0, 2, 1)  # (members, in, out)
    rows = max(1, _ONE_THREAD // (weight.shape[1] * weight.shape[2]))
    pieces = [states[..., start : start + rows, :] @ weight for start in range(0, states.shape[-2], rows)]
    product: Floats = pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=1)
    product += arrays[f"{name}.bias"][:, None, :]
    return product


def _depthwise(arrays: Arrays, name: str, states: Floats, dilation: int) -> Floats:
    members, blocks, width = states.shape
    reach = dilation * (KERNEL // 2)
    padded = np.zeros((members, blocks + 2 * reach, width), dtype=np.float32)
    padded[:, reach : reach + blocks] = states
    taps = np.ascontiguousarray(arrays[f"{name}.weight"].transpose(3, 0, 2, 1))  # (KERNEL, members, 1, width)
    total: Floats = padded[:, :blocks] * taps[0]
    for tap in range(1, KERNEL):
        total += padded[:, tap * dilation : tap * dilation + blocks] * taps[tap]
    total += arrays[f"{name}.bias"][:, None, :]
    return total


def _normed(arrays: Arrays, name: str, states: Floats) -> Floats:
    # Sums over a short last axis are several times as fast as products.
    width = states.shape[-1]
    average = np.full((width, 1), 1.0 / width, dtype=np.float32)
    centred = states - states @ average
    scale = 1.0 / np.sqrt((centred * centred) @ average + np.float32(_NORM_EPSILON))
    centred *= scale
    centred *= arrays[f"{name}.weight"][:, None, :]
    centred += arrays[f"{name}.bias"][:, None, :]
    return centred


def _pooled(arrays: Arrays, name: str, states: Floats) -> Floats:
    attention = _dense(arrays, f"{name}.attention", states)
    weights = np.exp(attention - attention.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    pooled = weights.transpose(0, 2, 1) @ _dense(arrays, f"{name}.value", states)
    return _dense(arrays, f"{name}.out", pooled.reshape(len(pooled), 1, -1))
