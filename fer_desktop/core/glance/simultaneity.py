"""How much likelier than chance it is that many faces have changed together: the test behind alerts.

Faces change their look, and misreadings begin and end, all the time, but each face by itself. For each face its mean
over the last minute is compared with what is to be expected of it: its own mean of the last ten minutes, moved half of
the way to what it showed a minute before. The difference is judged by how much this face's means vary, so that one
which is always read now so and now so says little. Summed over the faces is the logarithm of a likelihood ratio: half
of them have changed, against none. (Chance moves a face's mean as a normal distribution would, the change by
`_CHANGE`.)

Arrays are (L, S, ...) as in face_means.py.
"""

from typing import Final

import numpy as np

from fer_desktop.core.glance.changes import KINDS
from fer_desktop.core.glance.face_means import STEP_S, WINDOW_STEPS, Mask
from fer_desktop.core.glance.groups import LOW, SMILING, SURPRISED
from fer_desktop.core.glance.usual import Numbers
from fer_desktop.core.types import FloatArray

# Steps before this one: what is usual for a face is learnt from these, and what it showed lately from those.
_USUAL_FROM, _USUAL_TO = WINDOW_STEPS, round(600 / STEP_S)
_LATELY_FROM, _LATELY_TO = round(70 / STEP_S), round(110 / STEP_S)
_KEPT: Final = _USUAL_TO + 1
_LEAST_READ: Final = 12  # means of a face
_LATELY: Final = 0.5  # how far what a face showed lately says more than what is usual for it
_CHANGED: Final = 0.5  # share of the faces, where the class has changed
_CHANGE: Final = 0.5  # of a face's share in a group; less where there is no room
_LEAST_CHANGE, _MOST_SHARE = 0.05, 0.85
_POOLED: Final = 0.5  # share of a face's variance that is taken from the class, as it is learnt from few means
_LEAST_VARIANCE: Final = 0.015
_MOST: Final = 8.0  # one face says no more than this

_GROUPS: Final = (SMILING, SURPRISED, LOW)
_OF_KIND: Final = [_GROUPS.index(kind.group) for kind in KINDS]
_MORE: Final = np.array([kind.more for kind in KINDS])


class Simultaneity:
    """The last ten minutes of every face. Steps in which nobody was seen are not to be told to it."""

    def __init__(self, lessons: int, places: int) -> None:
        # Means over a minute of the three groups and their squares, after whether there are any; zeros where not.
        self._minutes = np.zeros((_KEPT, lessons, places, 1 + 2 * len(_GROUPS)), np.float32)
        self._windows = np.full((WINDOW_STEPS, lessons, places, len(_GROUPS)), np.nan, np.float32)
        self._at = 0

    def step(self, shares: FloatArray) -> Numbers:
        """(L, 4) the logarithm of the likelihood ratio by changes.KINDS, from the shares (L, S, 4) of this step."""
        minute = self._minute(shares[..., list(_GROUPS)])
        read = ~np.isnan(minute[..., 0])
        minute = np.where(read[..., None], minute, 0)
        self._minutes[self._at % _KEPT] = np.concatenate([read[..., None], minute, minute**2], axis=-1)
        usual, lately = self._sums(_USUAL_FROM, _USUAL_TO), self._sums(_LATELY_FROM, _LATELY_TO)
        self._at += 1
        return _log_ratios(minute, read & (usual[..., 0] >= _LEAST_READ), usual, lately)

    def merge(self, lesson: int, place: int, into: int) -> None:
        """The face at `place` was that at `into`: each moment that only the former was read in becomes the latter's."""
        kept = self._minutes[:, lesson]
        free = kept[:, into, 0] == 0
        kept[free, into] = kept[free, place]
        windows = self._windows[:, lesson]
        free = np.isnan(windows[:, into, 0])
        windows[free, into] = windows[free, place]
        self.clear(lesson, place)

    def clear(self, lesson: int, place: int) -> None:
        """Whoever was at `place` is forgotten."""
        self._minutes[:, lesson, place] = 0
        self._windows[:, lesson, place] = np.nan

    def grow(self, places: int) -> None:
        """Room for as many faces."""
        more = ((0, 0), (0, 0), (0, places - self._minutes.shape[2]), (0, 0))
        self._minutes = np.pad(self._minutes, more)
        self._windows = np.pad(self._windows, more, constant_values=np.nan)

    def _minute(self, window: FloatArray) -> FloatArray:
        """(L, S, 3) means of this window of 30 s and the one before; of one alone where the other was not read."""
        at = self._at % WINDOW_STEPS
        before = self._windows[at].copy()
        self._windows[at] = window
        mean = np.where(np.isnan(before), window, (window + before) / 2)
        return np.where(np.isnan(window), before, mean)

    def _sums(self, nearest: int, farthest: int) -> FloatArray:
        """(L, S, 7) the sums over what was kept so many steps before the latest."""
        chosen = (self._at - np.arange(nearest, farthest + 1)) % _KEPT
        if len(chosen) < _KEPT // 2:
            return np.asarray(self._minutes[chosen].sum(axis=0))
        weights = np.zeros(_KEPT, np.float32)
        weights[chosen] = 1
        return np.asarray(np.tensordot(weights, self._minutes, 1), np.float32)


def _log_ratios(minute: FloatArray, faces: Mask, usual: FloatArray, lately: FloatArray) -> Numbers:
    n = np.maximum(usual[..., :1], 1)
    mean = usual[..., 1:4] / n
    own = np.maximum(usual[..., 4:] / n - mean**2, 0)
    among = faces[..., None]
    of_class = (own * among).sum(axis=1, keepdims=True) / np.maximum(among.sum(axis=1, keepdims=True), 1)
    variance = (1 - _POOLED) * own + _POOLED * of_class + _LEAST_VARIANCE
    recent = np.where(lately[..., :1] > 0, lately[..., 1:4] / np.maximum(lately[..., :1], 1), mean)
    moved = minute - mean - _LATELY * (recent - mean)
    mean, moved, variance = mean[..., _OF_KIND], moved[..., _OF_KIND], variance[..., _OF_KIND]
    # Fewer that smile are more that do not.
    mean, moved = np.where(_MORE, mean, 1 - mean), np.where(_MORE, moved, -moved)
    change = np.clip(_MOST_SHARE - mean, _LEAST_CHANGE, _CHANGE)
    ratio = np.minimum((change * moved - change**2 / 2) / variance, _MOST)
    said = np.log1p(_CHANGED * (np.exp(ratio) - 1)) * among
    return np.asarray(said.sum(axis=1), np.float32)
