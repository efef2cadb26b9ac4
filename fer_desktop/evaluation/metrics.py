"""Figures of merit of a set of probabilities."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.readings.probabilities import Labels, Probabilities

Counts = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]


def accuracy(probabilities: Probabilities, labels: Labels) -> float:
    """Share of rows whose most probable class is the label."""
    return float((probabilities.argmax(axis=1) == labels).mean())


def confusion(probabilities: Probabilities, labels: Labels) -> Counts:
    """(7, 7) rows by label, columns by prediction."""
    counts = np.zeros((N_EXPRESSIONS, N_EXPRESSIONS), dtype=np.int64)
    np.add.at(counts, (labels, probabilities.argmax(axis=1)), 1)
    return counts


def precision_by_class(counts: Counts) -> Figures:
    """(7,) precision of each class; 0 for a class that is never predicted."""
    return np.asarray(np.diag(counts) / np.maximum(counts.sum(axis=0), 1), dtype=np.float64)


def recall_by_class(counts: Counts) -> Figures:
    """(7,) recall of each class; 0 for a class that never occurs."""
    return np.asarray(np.diag(counts) / np.maximum(counts.sum(axis=1), 1), dtype=np.float64)


def f1_by_class(counts: Counts) -> Figures:
    """(7,) F1 of each class from a confusion matrix; 0 for a class that neither occurs nor is predicted."""
    hits = np.diag(counts)
    return np.asarray(2 * hits / np.maximum(counts.sum(axis=0) + counts.sum(axis=1), 1), dtype=np.float64)


def macro_f1(counts: Counts) -> float:
    """Mean F1 of the classes that occur."""
    return float(f1_by_class(counts)[counts.sum(axis=1) > 0].mean())


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Answers by their top probability, in equal bins from 0 to 1."""

    n: Counts  # (bins,)
    confidence: Figures  # (bins,) mean top probability; NaN in an empty bin
    accuracy: Figures  # (bins,) share of right answers; NaN in an empty bin


def reliability(probabilities: Probabilities, labels: Labels, bins: int = 15) -> Reliability:
    """How confidence compares with accuracy."""
    top, correct = probabilities.max(axis=1).astype(np.float64), probabilities.argmax(axis=1) == labels
    index = np.minimum((top * bins).astype(int), bins - 1)
    n = np.bincount(index, minlength=bins)
    filled = np.where(n > 0, n, np.nan)
    return Reliability(
        n=n,
        confidence=np.bincount(index, weights=top, minlength=bins) / filled,
        accuracy=np.bincount(index, weights=correct, minlength=bins) / filled,
    )


def ece(probabilities: Probabilities, labels: Labels, bins: int = 15) -> float:
    """Expected calibration error over equal bins of the top probability (Naeini et al. 2015)."""
    found = reliability(probabilities, labels, bins)
    return float(np.nansum(found.n * np.abs(found.accuracy - found.confidence)) / found.n.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Precision against recall of one class as its threshold falls."""

    answers: Counts  # (M,) number of rows at or above the threshold, ascending
    recall: Figures  # (M,)
    precision: Figures  # (M,)

    @property
    def average_precision(self) -> float:
        """Mean precision over recall; NaN for a class that never occurs."""
        steps = np.diff(self.recall, prepend=0.0)
        return float((steps * self.precision).sum()) if len(steps) else float("nan")


def precision_recall(probabilities: Probabilities, labels: Labels, index: int) -> Curve:
    """The curve of the class `index`, one point per distinct probability; no points if the class never occurs."""
    scores, hits = probabilities[:, index], labels == index
    if not hits.any():
        return Curve(np.empty(0, np.int64), np.empty(0), np.empty(0))
    order = np.argsort(-scores, kind="stable")
    # Rows of equal probability cross the threshold together.
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)
    found = np.cumsum(hits[order])[last]
    return Curve(last + 1, found / hits.sum(), found / (last + 1))
