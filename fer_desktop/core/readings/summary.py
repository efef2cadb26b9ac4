"""The class in one second, from the readings of its faces."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.types import FloatArray, Reading, State, Summary, no_figures

_Z_95: Final = 1.959964


def summarize(
    readings: Sequence[Reading],
    seats: int,
    elapsed_s: float,
    state: State = State.LIVE,
    cameras_on: int | None = None,
) -> Summary:
    """The summary of one second. Faces that are not readable count as faces but not in the mean.

    Without `cameras_on` every seat counts as having its camera on.
    """
    readable = [reading.probabilities for reading in readings if reading.quality.readable]
    mean, low, high, counts = no_figures(), no_figures(), no_figures(), np.zeros(N_EXPRESSIONS, dtype=np.int64)
    if readable:
        probabilities = np.stack(readable)
        mean = probabilities.mean(axis=0)
        low, high = wilson_interval(mean, len(readable))
        counts = np.bincount(probabilities.argmax(axis=1), minlength=N_EXPRESSIONS)
    return Summary(
        elapsed_s=elapsed_s,
        state=state,
        seats=seats,
        cameras_on=seats if cameras_on is None else cameras_on,
        faces=len(readings),
        readable=len(readable),
        mean=mean,
        low=low,
        high=high,
        counts=counts,
        not_read=tuple(Counter(reading.quality.reason for reading in readings if not reading.quality.readable).items()),
    )


def wilson_interval(mean: FloatArray, faces: int) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bound (each shaped like `mean`) of Wilson's score interval for a mean over `faces` faces.

    Wilson (1927) is for proportions of yes/no outcomes. A probability between 0 and 1 varies no more than a yes/no
    outcome of the same mean, so the interval errs on the wide side; it stays within 0-1 and never has zero width.
    """
    z2 = _Z_95**2
    centre = (mean + z2 / (2 * faces)) / (1 + z2 / faces)
    half = _Z_95 / (1 + z2 / faces) * np.sqrt(mean * (1 - mean) / faces + z2 / (4 * faces**2))
    return np.asarray(np.clip(centre - half, 0, 1), np.float32), np.asarray(np.clip(centre + half, 0, 1), np.float32)
