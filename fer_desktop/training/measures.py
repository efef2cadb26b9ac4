"""How good a set of probabilities is."""

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import COUNT

Probabilities = npt.NDArray[np.float32]  # (N, 7)
Labels = npt.NDArray[np.int64]  # (N,)


def softmax(logits: npt.NDArray[np.float32]) -> Probabilities:
    """(N, 7) probabilities out of logits."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def accuracy(probabilities: Probabilities, labels: Labels) -> float:
    """Share of rows whose most probable class is the label."""
    return float((probabilities.argmax(axis=1) == labels).mean())


def confusion(probabilities: Probabilities, labels: Labels) -> npt.NDArray[np.int64]:
    """(7, 7) rows by label, columns by answer."""
    counts = np.zeros((COUNT, COUNT), dtype=np.int64)
    np.add.at(counts, (labels, probabilities.argmax(axis=1)), 1)
    return counts


def f1_by_class(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """(7,) F1 of each class out of a confusion matrix; 0 for a class that neither occurs nor is answered."""
    hits = np.diag(counts)
    return np.asarray(2 * hits / np.maximum(counts.sum(axis=0) + counts.sum(axis=1), 1), dtype=np.float64)


def ece(probabilities: Probabilities, labels: Labels, bins: int = 15) -> float:
    """Expected calibration error over equal bins of the top probability (Naeini et al. 2015)."""
    top, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    index = np.minimum((top * bins).astype(int), bins - 1)
    gaps = [abs(right[index == b].mean() - top[index == b].mean()) * (index == b).sum() for b in np.unique(index)]
    return float(sum(gaps) / len(labels))
