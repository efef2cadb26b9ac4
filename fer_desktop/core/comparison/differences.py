"""Which differences between two lessons chance does not explain: large ones, that last.

Other faces, other misreadings: what two lessons differ by at one moment says little: misreadings belong to persons and
stay for minutes, while each face has its own ways throughout. The threshold is that of what is said live
(glance/changes.py), FACTOR times, without a break for HOLD_S of both lessons. All of these were chosen on simulated
lessons in which nothing differs, of which no more than one in twenty may say anything (docs/adr/0048).
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.comparison.reference import Reference
from fer_desktop.core.comparison.series import COMPARED, STEP_S, Rows, Series
from fer_desktop.core.glance.changes import threshold
from fer_desktop.core.glance.shown import LEAST_READ
from fer_desktop.core.glance.types import Group

HOLD_S: Final = 180.0
FACTOR, FACTOR_OF_USUAL = 1.5, 1.2  # another lesson wanders as much as this one, the median of several less
# What light and distance do to all faces of a lesson does not get less with their number.
LEAST_SHARE: Final = 0.16
# A longer lesson has more occasions for chance: so much more with each doubling, from an hour on.
_PER_DOUBLING: Final = 0.1
_HOUR_S: Final = 3600.0
_EXACT: Final = 1e-9  # what sums are off by
_MOST_BRIDGED: Final = 2  # steps of 30 s
_STAYS: Final = 0.5  # share of the threshold down to which a difference goes on

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Difference:
    """More or fewer faces than in what is compared with, for a while."""

    group: Group
    more: bool
    start_s: float
    end_s: float
    faces: float  # that showed it, on the mean of that time
    of: float  # faces read
    other_share: float  # 0-1, of what is compared with
    other_of: float
    size: float  # in thresholds


def compared(lesson: Series, reference: Reference) -> Mask:
    """(N,) where both are known and large enough that a difference could be told."""
    return np.asarray(
        (np.nan_to_num(lesson.faces) >= LEAST_READ - 0.5) & (np.nan_to_num(reference.faces) >= LEAST_READ - 0.5)
    )


def differences(lesson: Series, reference: Reference) -> list[Difference]:
    """Those that chance does not explain, the largest first."""
    both = compared(lesson, reference)
    beyond, out = _thresholds(lesson, reference, both)
    found = []
    for place in range(len(COMPARED)):
        for sign in (1, -1):
            size = np.where(both, sign * np.nan_to_num(beyond[:, place]), 0.0)
            beyond_chance = (size >= 1) & ((sign * out[:, place]) > 0)
            for start, stop, most in _stretches(size, beyond_chance, both, reference.seconds):
                found.append(_difference(lesson, reference, place, slice(start, stop), most, sign > 0))
    return sorted(found, key=lambda difference: -difference.size)


def _thresholds(lesson: Series, reference: Reference, both: Mask) -> tuple[Rows, Rows]:
    """(N, 3) how many thresholds more; and whether that lies above (1) or below (-1) of the middle 80 %."""
    shares = lesson.shares
    faces = np.where(both, 2 / (1 / np.where(both, lesson.faces, 1) + 1 / np.where(both, reference.faces, 1)), 1.0)
    hours = max(1.0, both.sum() * STEP_S / _HOUR_S)
    factor = (FACTOR if reference.lessons == 1 else FACTOR_OF_USUAL) + _PER_DOUBLING * math.log2(hours)
    least = np.maximum(threshold(np.rint(faces).astype(np.int64)) * factor, LEAST_SHARE * faces)
    above, below = shares > reference.high + _EXACT, shares < reference.low - _EXACT
    return (shares - reference.shares) * (faces / least)[:, None], above.astype(float) - below


def _stretches(size: Rows, beyond: Mask, both: Mask, seconds: Rows) -> list[tuple[int, int, float]]:
    """First and last stretch but one of each difference, and its mean size while it was beyond the threshold."""
    held_s = np.where(beyond, np.minimum(seconds, STEP_S), 0.0)
    found: list[tuple[int, int, float]] = []
    for first, last in _runs(beyond | _bridged(beyond, both)):
        if held_s[first:last].sum() < HOLD_S - 1e-6:
            continue
        most, start, stop = float(size[first:last][beyond[first:last]].mean()), first, last
        while start and size[start - 1] >= _STAYS:
            start -= 1
        while stop < len(size) and size[stop] >= _STAYS:
            stop += 1
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1]), max(most, found[-1][2])
        else:
            found.append((start, stop, most))
    return found


def _bridged(beyond: Mask, both: Mask) -> Mask:
    """Gaps within a difference: that one of both was not seen for a moment does not end it, and counts nothing."""
    bridged = np.zeros(len(beyond), dtype=bool)
    for start, stop in _runs(~both):
        within = start > 0 and stop < len(beyond) and beyond[start - 1] and beyond[stop]
        bridged[start:stop] = within and stop - start <= _MOST_BRIDGED
    return bridged


def _runs(on: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], on, [False]]).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def _difference(lesson: Series, reference: Reference, place: int, when: slice, size: float, more: bool) -> Difference:
    return Difference(
        COMPARED[place],
        more,
        when.start * STEP_S,
        min(when.stop * STEP_S, lesson.length_s),
        float(np.nanmean(lesson.counts[when, place])),
        float(np.nanmean(lesson.faces[when])),
        float(np.nanmean(reference.shares[when, place])),
        float(np.nanmean(reference.faces[when])),
        size,
    )
