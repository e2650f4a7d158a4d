"""Weights of words and class names: logistic regression over hashed buckets, the first stage of the cleaner's model."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from extract.features import NAME_BUCKETS, WORD_BUCKETS, Floats, Hashed, Scores, Weights, scores
from training.cleaner.pages import BODY, UNKNOWN, TrainingPage, fold_of

# Swept on the folds; a stronger penalty forgets the furniture of rarer languages, a weaker one learns single sites.
_PENALTY = 2e-6
_ROUNDS = 4
_MAX_WEIGHT = 0.5  # of one block, against long articles


def line_weights(page: TrainingPage) -> npt.NDArray[np.float64]:
    """Return what each block counts in training: its words, so that every page has about the same say.

    The power below one lets long articles count somewhat more: they have more to learn from.
    """
    body = page.sizes[page.labels == BODY].sum()
    weights: npt.NDArray[np.float64] = (page.sizes + 2.0) / (body + 20.0) ** 0.8
    return np.where(page.labels == UNKNOWN, 0.0, weights)


def fit_weights(pages: Sequence[TrainingPage]) -> Weights:
    """Return the weights of words and class names, learned on pages."""
    pages = list(pages)
    markup = [page for page in pages if page.is_html]
    shares = np.minimum(np.concatenate([line_weights(page) for page in pages]) * 2.5, _MAX_WEIGHT)
    labels = np.concatenate([page.labels for page in pages])
    names = np.zeros(NAME_BUCKETS, dtype=np.float32)
    if markup:
        own = np.concatenate([line_weights(page) for page in markup])
        own_labels = np.concatenate([page.labels for page in markup])
        matrix = _matrix([page.facts.names for page in markup], markup, NAME_BUCKETS)
        names = _fit(matrix, own_labels == BODY, np.minimum(own * 2.5, _MAX_WEIGHT))
    matrix = _matrix([page.facts.words for page in pages], pages, WORD_BUCKETS)
    return Weights(_fit(matrix, labels == BODY, shares), names)


def _matrix(hashed: Sequence[Hashed], pages: Sequence[TrainingPage], buckets: int) -> csr_matrix:
    starts = np.cumsum([0, *(len(page.labels) for page in pages)])
    rows = np.concatenate([one.blocks + start for one, start in zip(hashed, starts, strict=False)])
    columns = np.concatenate([one.buckets for one in hashed])
    counts = np.maximum(1, np.bincount(rows, minlength=starts[-1]))
    values = (1.0 / np.sqrt(counts))[rows].astype(np.float32)
    return csr_matrix((values, (rows, columns)), shape=(int(starts[-1]), buckets))


def _fit(matrix: csr_matrix, wanted: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]) -> Floats:
    known = (weights > 0) & (np.diff(matrix.indptr) > 0)
    if not wanted[known].any() or wanted[known].all():
        return np.zeros(matrix.shape[1], dtype=np.float32)
    model = SGDClassifier(
        loss="log_loss", alpha=_PENALTY, max_iter=_ROUNDS, tol=None, random_state=0, average=True, fit_intercept=False
    )
    model.fit(matrix[known], wanted[known], sample_weight=weights[known])
    return np.asarray(model.coef_[0], dtype=np.float32)


def unseen_scores(pages: Sequence[TrainingPage]) -> list[Scores]:
    """Return the scores of every page by weights that never saw its site.

    The network must learn how far to trust the scores on sites the weights do not know.
    """
    found: dict[int, Scores] = {}
    folds = [fold_of(page.site) for page in pages]
    for fold in sorted(set(folds)):
        weights = fit_weights([page for page, own in zip(pages, folds, strict=True) if own != fold])
        found |= {number: scores(pages[number].facts, weights) for number, other in enumerate(folds) if other == fold}
    return [found[number] for number in range(len(pages))]
