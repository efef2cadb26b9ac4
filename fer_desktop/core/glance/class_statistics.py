"""What a class shows now and usually, and which change is on: the statistics under the words, step by step.

Many lessons at once, so that simulated classes and the live one are told by the same code; arrays as in face_means.py.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.glance.changes import KINDS, Holds, over_threshold
from fer_desktop.core.glance.face_means import FaceMeans, Mask
from fer_desktop.core.glance.groups import N_GROUPS, groups_of
from fer_desktop.core.glance.simultaneity import Simultaneity
from fer_desktop.core.glance.usual import LEARNING_S, Numbers, Usual
from fer_desktop.core.types import FloatArray

# A reference of fewer faces would tell of persons.
FEWEST_COMPARED: Final = 5
# A marker can be compared with from a minute before it on.
_LEAST_BEFORE_MARKER: Final = 12
# How much likelier than chance a change of the class was within the last two minutes, for the sentence to tell of it.
_EVIDENT_FROM: Final = 5.5
_EVIDENT_STEPS: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One step of all lessons against one reference."""

    comparable: Mask  # (L,) the reference is known, and enough faces are in it
    faces: npt.NDArray[np.int64]  # (L,) read now and in the reference
    now: Numbers  # (L, 5) of these faces, by group
    usual: Numbers  # (L, 5) of the same faces
    told: npt.NDArray[np.int64]  # (L,) index into changes.KINDS, or NO_CHANGE
    beyond: Numbers  # (L, 4) by changes.KINDS, in thresholds
    unsettled: Mask  # (L,) a difference is beyond the threshold of which nothing is told


class Comparison:
    """The class against one reference, with the hold of its changes."""

    def __init__(self, usual: Usual, lessons: int) -> None:
        self.usual, self.holds = usual, Holds(lessons)

    def step(self, shares: FloatArray, learnt: Mask, evident: Mask) -> Compared:
        """Compares the shares (L, S, 4) of this step; `evident` (L, 4) as in Holds.step."""
        both = self.usual.compared(~np.isnan(shares[..., 0]))
        faces = both.sum(axis=1)
        comparable = learnt & (faces >= FEWEST_COMPARED)
        now, usual = counts_of(shares, both), self.usual.counts(both)
        self.holds.step(over_threshold(now, usual, faces), comparable, evident)
        holds = self.holds
        return Compared(comparable, faces, now, usual, holds.told, holds.beyond, holds.unsettled)


class ClassStatistics:
    """The windows of all faces, and their comparison with what is usual and with a marker."""

    def __init__(self, lessons: int, places: int, learning_s: float = LEARNING_S) -> None:
        self._means, self._lessons = FaceMeans(lessons, places), lessons
        self._usual = Comparison(Usual(lessons, places, learning_s), lessons)
        self._marker: Comparison | None = None
        self._together = Simultaneity(lessons, places)
        self._since_evident = np.full((lessons, len(KINDS)), _EVIDENT_STEPS)
        self.together: Numbers = np.zeros((lessons, len(KINDS)), np.float32)  # see simultaneity.py
        self.shares: FloatArray = np.full((lessons, places, 4), np.nan, np.float32)
        self.against_usual: Compared | None = None
        self.against_marker: Compared | None = None

    @property
    def read(self) -> Mask:
        """(L, S) the faces read in the last 30 s."""
        return ~np.isnan(self.shares[..., 0])

    @property
    def learnt(self) -> Mask:
        """(L,) whether what is usual is known."""
        return self._usual.usual.learnt()

    @property
    def learning_left_s(self) -> Numbers:
        """(L,) how long the class is still to be seen until it is; 0 where it is."""
        return self._usual.usual.learning_left_s()

    def step(self, sums: FloatArray, seconds: FloatArray) -> None:
        """Ends a step of 5 s; see FaceMeans.step."""
        self.shares = self._means.step(sums, seconds)
        usual = self._usual.usual
        if self.read.any():
            self.together = self._together.step(self.shares)
        self._since_evident = np.where(self.together >= _EVIDENT_FROM, 0, self._since_evident + 1)
        usual.push(self.shares, ~self._usual.holds.usual_holds_still)
        evident = self._since_evident < _EVIDENT_STEPS
        self.against_usual = self._usual.step(self.shares, usual.learnt(), evident)
        if self._marker is not None:
            # What was marked may be long ago, and was chosen by the teacher: the threshold and the hold are enough.
            learnt = self._marker.usual.learnt(_LEAST_BEFORE_MARKER)
            self.against_marker = self._marker.step(self.shares, learnt, np.ones_like(evident))

    def mark(self) -> bool:
        """From now on there is a second comparison, with what was usual until now; False where that is not known."""
        before = self._usual.usual.as_now()
        if not before.learnt(_LEAST_BEFORE_MARKER).all():
            return False
        self._marker, self.against_marker = Comparison(before, self._lessons), None
        return True

    def unmark(self) -> None:
        """Ends the comparison with the marker."""
        self._marker = self.against_marker = None

    def merge(self, lesson: int, place: int, into: int) -> None:
        """The face at `place` was that at `into`; `place` is empty afterwards."""
        for part in self._parts():
            part.merge(lesson, place, into)

    def clear(self, lesson: int, place: int) -> None:
        """Whoever was at `place` is forgotten."""
        for part in self._parts():
            part.clear(lesson, place)
        self.shares[lesson, place] = np.nan

    def grow(self, places: int) -> None:
        """Room for as many faces."""
        for part in self._parts():
            part.grow(places)
        more = places - self.shares.shape[1]
        self.shares = np.pad(self.shares, ((0, 0), (0, more), (0, 0)), constant_values=np.nan)

    def _parts(self) -> list[FaceMeans | Usual | Simultaneity]:
        marker = [] if self._marker is None else [self._marker.usual]
        return [self._means, self._usual.usual, self._together, *marker]


def counts_of(shares: FloatArray, faces: Mask) -> Numbers:
    """(L, 5) how many of these faces (L, S) show each group, from shares (L, S, 4)."""
    groups = groups_of(shares)
    return np.stack([((groups == group) & faces).sum(axis=1) for group in range(N_GROUPS)], axis=1).astype(np.float32)
