"""Weights of words and class names: logistic regression over hashed buckets, the first stage of the cleaner's model."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from extract.features import NAME_BUCKETS, WORD_BUCKETS, Floats, Hashed, PageFacts, mean_weight
from training.cleaner.pages import BODY, FOLDS, UNKNOWN, TrainingPage, fold_of

# Swept on the folds; a stronger penalty forgets the furniture of rarer languages, a weaker one learns single sites.
_PENALTY = 2e-6
_ROUNDS = 4
_MAX_LINE_WEIGHT = 0.5

Words = Callable[[PageFacts], Hashed]


def words_of(page: PageFacts) -> Hashed:
    """Return the word buckets of a page."""
    return page.words


def names_of(page: PageFacts) -> Hashed:
    """Return the class name buckets of a page."""
    return page.names


def line_weights(page: TrainingPage) -> npt.NDArray[np.float64]:
    """Return what each block counts in training: its words, so that every page has about the same say.

    The power below one lets long articles count somewhat more: they have more to learn from.
    """
    body = page.sizes[page.labels == BODY].sum()
    weights: npt.NDArray[np.float64] = (page.sizes + 2.0) / (body + 20.0) ** 0.8
    return np.where(page.labels == UNKNOWN, 0.0, weights)


def fit_weights(pages: Sequence[TrainingPage], hashed: Words, buckets: int) -> Floats:
    """Return the weight of every bucket, shape (buckets,); positive speaks for body."""
    if not pages:
        return np.zeros(buckets, dtype=np.float32)
    matrix = _matrix([hashed(page.facts) for page in pages], [len(page.labels) for page in pages], buckets)
    labels = np.concatenate([page.labels for page in pages])
    weights = np.minimum(np.concatenate([line_weights(page) for page in pages]) * 2.5, _MAX_LINE_WEIGHT)
    known = (labels != UNKNOWN) & (np.diff(matrix.indptr) > 0)
    model = SGDClassifier(
        loss="log_loss", alpha=_PENALTY, max_iter=_ROUNDS, tol=None, random_state=0, average=True, fit_intercept=False
    )
    model.fit(matrix[known], labels[known], sample_weight=weights[known])
    return np.asarray(model.coef_[0], dtype=np.float32)


def _matrix(hashed: Sequence[Hashed], sizes: Sequence[int], buckets: int) -> csr_matrix:
    starts = np.cumsum([0, *sizes])
    rows = np.concatenate([one.blocks + start for one, start in zip(hashed, starts, strict=False)])
    columns = np.concatenate([one.buckets for one in hashed])
    counts = np.maximum(1, np.bincount(rows, minlength=starts[-1]))
    values = (1.0 / np.sqrt(counts))[rows].astype(np.float32)
    return csr_matrix((values, (rows, columns)), shape=(int(starts[-1]), buckets))


Scores = list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]


def scores(pages: Sequence[TrainingPage], word_weights: Floats, name_weights: Floats) -> Scores:
    """Return the word score and the name score of every block, by page."""
    return [
        (
            mean_weight(page.facts.words, word_weights, len(page.labels)),
            mean_weight(page.facts.names, name_weights, len(page.labels)),
        )
        for page in pages
    ]


def unseen_scores(pages: Sequence[TrainingPage]) -> Scores:
    """Return the scores of every page by weights that never saw its site.

    The network must learn how far to trust the scores on sites the weights do not know.
    """
    found: dict[int, tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]] = {}
    folds = [fold_of(page.site) for page in pages]
    for fold in sorted(set(folds)):
        others = [page for page, own in zip(pages, folds, strict=True) if own != fold]
        own = [number for number, other in enumerate(folds) if other == fold]
        scored = scores([pages[number] for number in own], *fit_both(others))
        found |= dict(zip(own, scored, strict=True))
    return [found[number] for number in range(len(pages))]


def fit_both(pages: Sequence[TrainingPage]) -> tuple[Floats, Floats]:
    """Return the weights of words and of class names."""
    return (
        fit_weights(pages, words_of, WORD_BUCKETS),
        fit_weights([page for page in pages if page.is_html], names_of, NAME_BUCKETS),
    )


__all__ = ["FOLDS", "fit_both", "line_weights", "scores", "unseen_scores"]
