"""What each face showed over the last 30 s, in steps of 5 s, for one lesson or for many at once.

Arrays are (L, S, ...): lessons, which know nothing of one another, and places in them, one a face.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.glance.groups import N_SHARES
from fer_desktop.core.types import FloatArray

STEP_S: Final = 5.0  # a glance moves no faster
WINDOW_S: Final = 30.0
WINDOW_STEPS: Final = round(WINDOW_S / STEP_S)
# A face seen for a moment says little; one that left is not kept for the whole window.
_LEAST_S: Final = 3.0
_GONE_STEPS: Final = 3

Mask = npt.NDArray[np.bool_]


class FaceMeans:
    """The window of every face."""

    def __init__(self, lessons: int, places: int) -> None:
        self._sums = np.zeros((WINDOW_STEPS, lessons, places, N_SHARES), np.float32)
        self._seconds = np.zeros((WINDOW_STEPS, lessons, places), np.float32)
        self._at = 0

    def step(self, sums: FloatArray, seconds: FloatArray) -> FloatArray:
        """(L, S, 4) the shares over the window, NaN of faces not read in it; ends a step of 5 s.

        `sums` (L, S, 4) are the groups' shares times the seconds they were read for, `seconds` (L, S), in this step.
        """
        at = self._at % WINDOW_STEPS
        self._sums[at], self._seconds[at] = sums, seconds
        self._at += 1
        total = self._seconds.sum(axis=0)
        latest = [(self._at - 1 - back) % WINDOW_STEPS for back in range(_GONE_STEPS)]
        read = (total >= _LEAST_S) & (self._seconds[latest].sum(axis=0) > 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = self._sums.sum(axis=0) / total[..., None]
        return np.where(read[..., None], shares, np.float32(np.nan))

    def merge(self, lesson: int, place: int, into: int) -> None:
        """The face at `place` was that at `into`, which keeps what both were; `place` is empty afterwards."""
        for kept in (self._sums, self._seconds):
            kept[:, lesson, into] += kept[:, lesson, place]
            kept[:, lesson, place] = 0

    def clear(self, lesson: int, place: int) -> None:
        """Whoever was at `place` is forgotten."""
        self._sums[:, lesson, place] = 0
        self._seconds[:, lesson, place] = 0

    def grow(self, places: int) -> None:
        """Room for as many faces; those that are there stay."""
        more = places - self._seconds.shape[2]
        self._sums = np.pad(self._sums, ((0, 0), (0, 0), (0, more), (0, 0)))
        self._seconds = np.pad(self._seconds, ((0, 0), (0, 0), (0, more)))
