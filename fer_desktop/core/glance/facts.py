"""More faces than usual turned away, or fewer in view: counts of a class, seen rather than guessed.

Arrays are (L, ...), one row a lesson. Shares of the cameras that are on are compared, so that a camera which comes or
goes is no change: the mean of the last 30 s with the median of the ten minutes before.
"""

from typing import Final

import numpy as np

from fer_desktop.core.glance.changes import threshold
from fer_desktop.core.glance.face_means import STEP_S, WINDOW_STEPS
from fer_desktop.core.glance.usual import LEARNING_S, MEMORY_S, Numbers

N_FACTS: Final = 2
TURNED_AWAY, OUT_OF_VIEW = range(N_FACTS)
_KEPT: Final = round(MEMORY_S / STEP_S)
_LEARNT: Final = round(LEARNING_S / STEP_S)
FEWEST_CAMERAS: Final = 5


class Facts:
    """The last ten minutes of the class's facts. Steps in which the class was not seen are not to be told to it."""

    def __init__(self, lessons: int) -> None:
        self._shares = np.full((_KEPT, lessons, N_FACTS), np.nan, np.float32)
        self._at = self._known = 0  # where the next step goes, and how many there are
        self.now: Numbers = np.zeros((lessons, N_FACTS), np.float32)  # faces, of the cameras that are on
        self.usual: Numbers = np.zeros((lessons, N_FACTS), np.float32)

    def step(self, counts: Numbers, cameras: Numbers) -> Numbers:
        """(L, 2) how many thresholds more than usual, from the step's mean counts (L, 2) and cameras on (L,)."""
        on = np.maximum(cameras, 1)[:, None]
        self._shares[self._at % _KEPT] = counts / on
        self._at, self._known = self._at + 1, min(self._known + 1, _KEPT)
        order = (self._at - 1 - np.arange(self._known)) % _KEPT  # the latest first
        self.now = self._shares[order[:WINDOW_STEPS]].mean(axis=0) * on
        if self._known < _LEARNT:
            return np.zeros_like(self.now)
        self.usual = np.asarray(np.median(self._shares[order[WINDOW_STEPS:]], axis=0) * on, np.float32)
        beyond = (self.now - self.usual) / threshold(np.rint(cameras).astype(np.int64))[:, None]
        return np.asarray(np.where(cameras[:, None] >= FEWEST_CAMERAS, beyond, 0), np.float32)

    def forget(self, steps: int) -> None:
        """Of the last steps nothing counts: they turned out to belong to a break."""
        steps = min(steps, self._known)
        self._at, self._known = self._at - steps, self._known - steps
