"""Fits both stages of the cleaner's model; the same pages give the same arrays."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from extract.features import Floats, columns, feature_names
from training.cleaner.network import Network
from training.cleaner.pages import BODY, TrainingPage
from training.cleaner.weights import fit_weights, line_weights, unseen_scores


@dataclass(frozen=True, slots=True)
class Settings:
    """How the network is fitted; swept on two of the folds."""

    rounds: int = 12
    learning_rate: float = 4e-3
    weight_decay: float = 0.1
    dropout: float = 0.2
    noise: float = 0.3  # standard deviations added to every feature
    html_weight: float = 2.0  # one HTML page stands beside five dumps of it
    batch_blocks: int = 10_000
    members: int = 3  # networks of the ensemble, which differ in their seed


Arrays = dict[str, npt.NDArray[np.generic]]


def train(pages: Sequence[TrainingPage], settings: Settings | None = None) -> Arrays:
    """Fit both stages on pages; return the arrays of a model file (see `extract.line_model`).

    Raises:
        ValueError: there are no pages.
    """
    if not pages:
        raise ValueError("no pages to learn from")
    settings = settings or Settings()
    features = [columns(page.facts, scored) for page, scored in zip(pages, unseen_scores(pages), strict=True)]
    members = [_fit(pages, features, settings, seed).state_dict() for seed in range(settings.members)]
    mean, deviation = members[0]["mean"], members[0]["deviation"]
    weights = fit_weights(pages)
    return {
        **{name: np.stack([own[name].numpy() for own in members]).astype(np.float16) for name in members[0]},
        "mean": mean.numpy(),
        "deviation": deviation.numpy(),
        "word_weights": weights.words.astype(np.float16),
        "name_weights": weights.names.astype(np.float16),
        "features": np.array(feature_names(pages[0].facts)),
    }


def _fit(pages: Sequence[TrainingPage], features: Sequence[Floats], settings: Settings, seed: int) -> Network:
    torch.set_num_threads(1)  # sums over threads would depend on how many there are
    torch.manual_seed(seed)
    order = random.Random(seed)  # noqa: S311 - batches, not secrets
    weights = [
        (line_weights(page) * (settings.html_weight if page.is_html else 1.0)).astype(np.float32) for page in pages
    ]
    bodies = [(page.labels == BODY).astype(np.float32) for page in pages]
    together = np.concatenate(features)
    network = Network(
        torch.from_numpy(together.mean(0)), torch.from_numpy(together.std(0) + 1e-2), settings.dropout, settings.noise
    )
    steps = settings.rounds * sum(1 for _ in _batches(features, settings.batch_blocks, random.Random(0)))  # noqa: S311
    optimiser = torch.optim.AdamW(network.parameters(), settings.learning_rate, weight_decay=settings.weight_decay)
    # Shuffled batches differ in number by a few; the schedule must not run out of steps.
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.learning_rate, steps + 10 * settings.rounds)
    for _ in range(settings.rounds):
        for batch in _batches(features, settings.batch_blocks, order):
            mask = _padded([np.ones((len(features[index]), 1), np.float32) for index in batch])
            log_odds = network(_padded([features[index] for index in batch]), mask)
            loss = binary_cross_entropy_with_logits(
                log_odds,
                _padded([bodies[index] for index in batch]),
                weight=_padded([weights[index] for index in batch]),
                reduction="sum",
            ) / len(batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    network.eval()
    return network


def _batches(features: Sequence[Floats], limit: int, order: random.Random) -> Iterator[list[int]]:
    """Yield batches of pages of like length in random order, each of at most `limit` blocks with its padding."""
    lengths = {index: len(one) * (1 + 0.1 * order.random()) for index, one in enumerate(features)}
    batches: list[list[int]] = [[]]
    longest = 0
    for index in sorted(lengths, key=lambda index: (lengths[index], index)):
        longest = max(longest, len(features[index]))
        if batches[-1] and (len(batches[-1]) + 1) * longest > limit:
            batches.append([])
            longest = len(features[index])
        batches[-1].append(index)
    order.shuffle(batches)
    yield from batches


def _padded(arrays: Sequence[Floats]) -> torch.Tensor:
    padded = np.zeros((len(arrays), max(map(len, arrays)), *arrays[0].shape[1:]), dtype=np.float32)
    for number, array in enumerate(arrays):
        padded[number, : len(array)] = array
    return torch.from_numpy(padded)
