"""Fits the network; the same documents give the same weights on the same machine."""

import hashlib
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from extract.names.encoder import vocabulary, wheel_arrays
from extract.names.words import Window, windows
from training.names.augment import Names, names_of, varied
from training.names.gold import UNKNOWN, Document, digest_of
from training.names.network import Network

# Share of sentences that open a paragraph, beside those after a line without an end: the annotated sets do not say.
_BREAKS = 0.15
_ENDS = frozenset(".!?,;:\"”’')")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the network is fitted."""

    rounds: int = 4
    learning_rate: float = 1e-4
    head_rate: float = 1e-3  # of the head and the embeddings of shapes and places, which begin from nothing
    weight_decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.05  # of labels: silver ones are wrong now and then
    warm_up: float = 0.06  # share of all steps
    batch_pieces: int = 1_600
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A window with the label of every word."""

    window: Window
    labels: list[int]
    weight: float


def examples(document: Document, order: random.Random | None = None) -> Iterator[Example]:
    """Yield a document's windows; with `order` paragraphs break anywhere, as nobody marked where they do."""
    paragraphs: list[list[str]] = []
    labels: list[int] = []
    for sentence in document.sentences:
        is_open = bool(paragraphs and paragraphs[-1]) and paragraphs[-1][-1] not in _ENDS
        is_broken = document.has_paragraphs or is_open or (order is not None and order.random() < _BREAKS)
        if not paragraphs or is_broken:
            paragraphs.append([])
        paragraphs[-1] += sentence.words
        labels += sentence.labels
    for first, window in windows(paragraphs, vocabulary()):
        own = labels[first : first + len(window.heads)]
        if any(label != UNKNOWN for label in own):
            yield Example(window, own, document.weight)


def fit(
    documents: Sequence[Document],
    settings: Settings,
    *,
    start: dict[str, torch.Tensor] | None = None,
    checkpoint: Path | None = None,
) -> Network:
    """Return a network fitted on documents.

    Args:
        documents: what to learn from.
        settings: how.
        start: weights to begin with instead of the wheel's.
        checkpoint: file that holds the state after every round; a fit that was stopped goes on from it, a fit of
            other documents or settings begins anew.
    """
    torch.set_num_threads(1)  # sums over threads would depend on how many there are
    torch.manual_seed(settings.seed)
    network = Network(wheel_arrays(), settings.dropout)
    if start is not None:
        network.load_state_dict(start)
    names = names_of(documents)
    fresh = ("head.", "shapes.", "places.")
    groups = [
        {"params": [value for name, value in _learned(network) if name.startswith(fresh)], "lr": settings.head_rate},
        {"params": [value for name, value in _learned(network) if not name.startswith(fresh)]},
    ]
    optimiser = torch.optim.AdamW(groups, settings.learning_rate, weight_decay=settings.weight_decay)
    per_round = sum(1 for _ in _batches(documents, names, settings, 0))
    steps = per_round * settings.rounds
    warm = max(1, round(steps * settings.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    first = 0
    begun_with = [hashlib.sha256(value.numpy().tobytes()).hexdigest() for value in (start or {}).values()]
    made_of = digest_of(documents, settings, *begun_with)
    state = torch.load(checkpoint, weights_only=True) if checkpoint is not None and checkpoint.exists() else {}
    # A file of other documents or settings is no beginning of this fit.
    if state.get("made_of") == made_of:
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["rounds"]
    for number in range(first, settings.rounds):
        torch.manual_seed(settings.seed * 1000 + number)
        network.train()
        total, began = 0.0, time.process_time()
        for count, batch in enumerate(_batches(documents, names, settings, number), 1):
            loss = _loss(network, batch, settings)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
            if count % 50 == 0:
                _say(round=number, step=count, of=per_round, loss=round(total / count, 4),
                     cpu_s=round(time.process_time() - began))  # fmt: skip
        if checkpoint is not None:
            state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(),
                     "schedule": schedule.state_dict(), "rounds": number + 1, "made_of": made_of}  # fmt: skip
            torch.save(state, checkpoint)
    network.eval()
    return network


def _say(**what: object) -> None:
    print("training:", json.dumps(what), flush=True)  # noqa: T201 - the command shows how far it is


def _learned(network: Network) -> list[tuple[str, torch.nn.Parameter]]:
    return [(name, value) for name, value in network.named_parameters() if value.requires_grad]


def _batches(documents: Sequence[Document], names: Names, settings: Settings, number: int) -> Iterator[list[Example]]:
    """Yield a round's batches: windows of like length together, in random order."""
    order = random.Random(settings.seed * 1000 + number)  # noqa: S311 - text, not secrets
    found: list[Example] = []
    for document in documents:
        changed = varied(document, names, order)
        cut = order.randrange(min(3, len(changed.sentences)))  # windows begin elsewhere in every round
        for part in (changed.sentences[:cut], changed.sentences[cut:]):
            found += examples(replace(changed, sentences=part), order)
    sizes = {index: len(example.window.pieces) + 4 * order.random() for index, example in enumerate(found)}
    batches: list[list[Example]] = [[]]
    for index in sorted(sizes, key=lambda index: (sizes[index], index)):
        if batches[-1] and (len(batches[-1]) + 1) * len(found[index].window.pieces) > settings.batch_pieces:
            batches.append([])
        batches[-1].append(found[index])
    order.shuffle(batches)
    yield from batches


def _tensors(batch: Sequence[Window]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    length = max(len(window.pieces) for window in batch)
    arrays = np.zeros((4, len(batch), length), np.int64)
    for row, window in enumerate(batch):
        own = len(window.pieces)
        arrays[0, row, :own], arrays[1, row, :own], arrays[2, row, :own] = window.pieces, window.shapes, window.places
        arrays[3, row, :own] = 1
    pieces, shapes, places, mask = torch.from_numpy(arrays).unbind(0)
    return pieces, shapes, places, mask.bool()


def scores_of(network: Network, batch: Sequence[Window]) -> torch.Tensor:
    """Return the scores of every label for every piece of the windows, shape (windows, pieces, labels)."""
    # Processors with bfloat16 do this in half the time; in others it costs nothing but speed.
    with torch.autocast("cpu", torch.bfloat16):
        return network(*_tensors(batch)).float()


def _loss(network: Network, batch: Sequence[Example], settings: Settings) -> torch.Tensor:
    scores = scores_of(network, [example.window for example in batch])
    wanted = torch.full(scores.shape[:2], UNKNOWN, dtype=torch.long)
    weights = torch.zeros(scores.shape[:2])
    for row, example in enumerate(batch):
        heads = torch.tensor(example.window.heads)
        wanted[row, heads] = torch.tensor(example.labels)
        weights[row, heads] = example.weight
    losses = functional.cross_entropy(
        scores.transpose(1, 2), wanted, ignore_index=UNKNOWN, label_smoothing=settings.smoothing, reduction="none"
    )
    weights = weights * (wanted != UNKNOWN)
    return (losses * weights).sum() / weights.sum().clamp(min=1.0)
