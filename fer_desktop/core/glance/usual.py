"""How many faces of each group are usual: the median of the last ten minutes, over faces read then and now.

Arrays are (L, S, ...) as in face_means.py. A face that was away for part of the time counts there as it looked in the
rest of it, so that one which comes or goes, or is turned away for a while, is no change.
"""

import copy
from collections import deque
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.glance.face_means import STEP_S, WINDOW_STEPS, Mask
from fer_desktop.core.glance.groups import N_GROUPS, groups_of
from fer_desktop.core.types import FloatArray

MEMORY_S: Final = 600.0
_KEPT: Final = round(MEMORY_S / STEP_S) - WINDOW_STEPS  # ten minutes without the latest 30 s
LEARNING_S: Final = 300.0
# A face that was read for less than a minute has no usual look.
_LEAST_READ: Final = 12

Numbers = npt.NDArray[np.float32]


class Usual:
    """The groups of every face in the last ten minutes that were seen; what was not seen leaves no gap in them."""

    def __init__(self, lessons: int, places: int, learning_s: float = LEARNING_S) -> None:
        self._learnt_from = round(learning_s / STEP_S) - WINDOW_STEPS
        self._shown = np.zeros((lessons, N_GROUPS, _KEPT, places), np.float32)  # 1 where a face showed the group
        self._read = np.zeros((lessons, _KEPT, places), np.float32)  # 1 where it showed any
        self._moments = np.zeros((lessons, N_GROUPS, places), np.float32)  # how many of each group there are
        self._filled = np.zeros(lessons, np.int64)  # moments pushed since the start
        self._late: deque[FloatArray] = deque(maxlen=WINDOW_STEPS)

    def push(self, shares: FloatArray, open_for_more: Mask) -> None:
        """Takes the shares (L, S, 4) of this step, and into the memory those of 30 s before, where (L,) allows it."""
        if len(self._late) == WINDOW_STEPS:
            late = self._late[0]
            read = ~np.isnan(late[..., 0])
            self._remember(late, read, np.flatnonzero(open_for_more & read.any(axis=1)))
        self._late.append(shares)

    def learnt(self, least: int | None = None) -> Mask:
        """(L,) whether enough was seen to compare with: so many moments, or as long as it is learnt."""
        return np.asarray(self._filled >= (self._learnt_from if least is None else least))

    def learning_left_s(self) -> Numbers:
        """(L,) how long the class is still to be seen until enough is known; 0 where it is."""
        late = WINDOW_STEPS - len(self._late)  # nothing is remembered before the first window is full
        left = np.where(self.learnt(), 0, self._learnt_from - self._filled + late)
        return np.asarray(left * STEP_S, np.float32)

    def compared(self, read: Mask) -> Mask:
        """(L, S) of the faces read now, those that have a usual look."""
        return np.asarray(read & (self._moments.sum(axis=1) >= _LEAST_READ))

    def counts(self, faces: Mask) -> Numbers:
        """(L, 5) the median number of these faces (L, S) in each group; 0 where nothing is remembered."""
        chosen = faces.astype(np.float32)[:, :, None]
        mean = self._moments / np.maximum(self._moments.sum(axis=1, keepdims=True), 1)  # (L, 5, S)
        counted = (self._shown @ chosen[:, None])[..., 0]  # (L, 5, K)
        away = (mean * chosen[:, None, :, 0]) @ np.swapaxes(1 - self._read, 1, 2)  # (L, 5, K)
        return _medians(counted + away, np.minimum(self._filled, _KEPT))

    def as_now(self) -> "Usual":
        """A copy that ends with this moment instead of 30 s before it: what a marker keeps."""
        kept = copy.deepcopy(self)
        for shares in self._late:  # those of 30 s before the next, and so on until now
            kept.push(shares, np.ones(len(shares), np.bool_))
        return kept

    def merge(self, lesson: int, place: int, into: int) -> None:
        """The face at `place` was that at `into`: each moment that only the former was read in becomes the latter's."""
        shown, free = self._shown[lesson], self._read[lesson, :, into] == 0
        shown[:, free, into] = shown[:, free, place]
        self._read[lesson, :, into] = shown[:, :, into].sum(axis=0)
        self._moments[lesson, :, into] = shown[:, :, into].sum(axis=1)
        for late in self._late:
            if np.isnan(late[lesson, into, 0]):
                late[lesson, into] = late[lesson, place]
        self.clear(lesson, place)

    def clear(self, lesson: int, place: int) -> None:
        """Whoever was at `place` is forgotten."""
        self._shown[lesson, :, :, place] = 0
        self._read[lesson, :, place] = 0
        self._moments[lesson, :, place] = 0
        for late in self._late:
            late[lesson, place] = np.nan

    def grow(self, places: int) -> None:
        """Room for as many faces; those that are there stay."""
        more = places - self._shown.shape[3]
        self._shown = np.pad(self._shown, ((0, 0), (0, 0), (0, 0), (0, more)))
        self._read = np.pad(self._read, ((0, 0), (0, 0), (0, more)))
        self._moments = np.pad(self._moments, ((0, 0), (0, 0), (0, more)))
        grown = [np.pad(late, ((0, 0), (0, more), (0, 0)), constant_values=np.nan) for late in self._late]
        self._late = deque(grown, maxlen=WINDOW_STEPS)

    def _remember(self, shares: FloatArray, read: Mask, lessons: npt.NDArray[np.int64]) -> None:
        groups = groups_of(shares)[lessons]
        at = self._filled[lessons] % _KEPT
        self._read[lessons, at] = read[lessons]
        for group in range(N_GROUPS):
            shown = (groups == group) & read[lessons]
            self._moments[lessons, group] += shown - self._shown[lessons, group, at]
            self._shown[lessons, group, at] = shown
        self._filled[lessons] += 1


def _medians(counts: Numbers, filled: npt.NDArray[np.int64]) -> Numbers:
    """(L, 5) the medians of counts (L, 5, K) over the first `filled` (L,) moments."""
    kept = np.arange(counts.shape[2]) < filled[:, None]
    ordered = np.sort(np.where(kept[:, None], counts, np.float32(np.inf)), axis=2)
    rows = np.arange(len(filled))
    middle = (ordered[rows, :, np.maximum(filled - 1, 0) // 2] + ordered[rows, :, filled // 2]) / 2
    return np.where(filled[:, None] > 0, middle, 0).astype(np.float32)
