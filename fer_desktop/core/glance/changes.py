"""Which differences from usual may be said: chance does not explain them, and they last.

A difference is said from max(3, round(0.85 * sqrt(faces))) faces on, once it was held for 20 s, and withdrawn below
half of that. As many faces differ by chance more often than may be said, so that it must also have come over these
faces at about the same time (simultaneity.py), or be twice as large. Arrays are (L, ...), one row a lesson.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from fer_desktop.core.glance.face_means import STEP_S, Mask
from fer_desktop.core.glance.groups import LOW, SMILING, SURPRISED
from fer_desktop.core.glance.usual import Numbers

HOLD_S: Final = 20.0
# What has lasted for so long becomes usual: until then usual holds still.
LONGEST_S: Final = 600.0
_HELD_STEPS: Final = 1 + round(HOLD_S / STEP_S)
_LONGEST_STEPS: Final = round(LONGEST_S / STEP_S)
_LEAST, _PER_ROOT = 3, 0.85
_STAYS = 0.5  # share of the threshold
# A second change takes the place of the one that is told where it is larger by this much of a threshold.
_OVERTAKES: Final = 0.5
# From twice the threshold on, a change needs no other evidence, and is told for a while once it is over.
LARGE: Final = 2.0


class Kind(NamedTuple):
    """What can be a change."""

    group: int  # index into GROUPS
    more: bool


KINDS: Final = (Kind(SMILING, True), Kind(SMILING, False), Kind(LOW, True), Kind(SURPRISED, True))
NO_CHANGE: Final = -1
_GROUPS: Final = [kind.group for kind in KINDS]
_SIGNS: Final = np.array([1 if kind.more else -1 for kind in KINDS], np.float32)

Steps = npt.NDArray[np.int64]


def threshold(faces: "npt.NDArray[np.integer] | int") -> npt.NDArray[np.int64]:
    """From how many faces' difference on a change of a class of this size can be said: 3 of 10, 4 of 23, 6 of 49."""
    return np.maximum(_LEAST, np.rint(_PER_ROOT * np.sqrt(faces))).astype(np.int64)


def over_threshold(now: Numbers, usual: Numbers, faces: npt.NDArray[np.int64]) -> Numbers:
    """(L, 4) by kind, how many thresholds the counts now (L, 5) are beyond those usual (L, 5), of `faces` (L,)."""
    difference = (now - usual)[:, _GROUPS] * _SIGNS
    return np.asarray(difference / threshold(faces)[:, None], np.float32)


class Holds:
    """Which changes are on in each lesson, and which of them is told."""

    def __init__(self, lessons: int) -> None:
        self._held = np.zeros((lessons, len(KINDS)), np.int64)  # steps beyond the threshold, without a break
        self._on = np.zeros((lessons, len(KINDS)), np.int64)  # steps since it is on; 0 where it is not
        self.told = np.full(lessons, NO_CHANGE)  # (L,) index into KINDS
        self.beyond: Numbers = np.zeros((lessons, len(KINDS)), np.float32)  # as over_threshold says

    @property
    def unsettled(self) -> Mask:
        """(L,) whether a difference is beyond the threshold that no change is said of: not yet, or not by itself."""
        return np.asarray(((self._held > 0) & (self._on == 0)).any(axis=1))

    @property
    def usual_holds_still(self) -> Mask:
        """(L,) whether a change is on that has not lasted so long that it becomes usual."""
        return np.asarray(((self._on > 0) & (self._on <= _LONGEST_STEPS)).any(axis=1))

    def step(self, beyond: Numbers, comparable: Mask, evident: Mask) -> None:
        """Takes over_threshold's figures (L, 4) of this step, and whether (L, 4) there is other evidence of a change.

        Where nothing can be compared (L,) all changes end.
        """
        self.beyond = beyond = np.where(comparable[:, None], beyond, np.float32(0))
        self._held = np.where(beyond >= 1, self._held + 1, 0)
        begins = (self._held >= _HELD_STEPS) & (evident | (beyond >= LARGE))
        on = begins | ((self._on > 0) & (beyond >= _STAYS))
        self._on = np.where(on, self._on + 1, 0)
        largest = np.where(on, beyond, -np.inf)
        best, rows = largest.argmax(axis=1), np.arange(len(beyond))
        before = np.where(self.told == NO_CHANGE, 0, self.told)
        stays = (self.told != NO_CHANGE) & on[rows, before]
        stays &= largest[rows, best] < largest[rows, before] + _OVERTAKES
        self.told = np.where(stays, self.told, np.where(on.any(axis=1), best, NO_CHANGE))
