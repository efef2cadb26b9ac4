"""Arrays of probabilities over the seven expressions."""

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

Probabilities = FloatArray  # (N, 7) 0-1, each row sum 1
Labels = npt.NDArray[np.int64]  # (N,) index into EXPRESSIONS; -1 where unknown


def softmax(logits: FloatArray) -> Probabilities:
    """(N, 7) probabilities from logits (N, 7)."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
