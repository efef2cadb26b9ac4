"""A lesson in stretches of 30 s, from what was told of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, NEUTRAL, SAD, SURPRISE
from fer_desktop.core.glance.shown import LEAST_LOW, LEAST_READ
from fer_desktop.core.glance.types import Glance, Group, GroupCounts
from fer_desktop.core.readings.withholding import MIN_READABLE
from fer_desktop.core.types import State, Summary

STEP_S: Final = 30.0
# The order of every array by group. The low one is NaN where it may not be told: without its usual, of a small class.
COMPARED: Final = (Group.SMILING, Group.SURPRISED, Group.LOW)
SMILING, SURPRISED, LOW = range(len(COMPARED))

Rows = npt.NDArray[np.float64]
_LOW: Final = [SAD, FEAR, ANGRY, DISGUST]
_Counted = tuple[float, GroupCounts | None, bool]  # when, the faces read, and whether the low group may be told


class Source(StrEnum):
    """What a lesson's figures are counted from; two lessons are compared in the same."""

    GLANCES = "glances"  # faces by their means of 30 s, as the page told them
    SECONDS = "seconds"  # faces by what each second showed: of a lesson that came from a file


@dataclass(frozen=True, slots=True)
class Named:
    """A moment with a name."""

    at_s: float
    name: str


Gaps = tuple[tuple[float, float], ...]  # from when until when nothing was seen, in the order of their time


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One lesson. Of N stretches of 30 s from its start on, the last may be shorter."""

    counts: Rows  # (N, 3) mean faces by COMPARED; NaN where nothing is known
    faces: Rows  # (N,) mean faces read; NaN where none was, or where they are withheld
    length_s: float
    mean: GroupCounts | None = None  # over the whole lesson; None where no face was read
    moments: tuple[Named, ...] = ()  # in the order of their time
    network: str = ""  # that read it; empty: not known
    withheld: bool = False  # figures of fewer than 5 faces are, and some were
    gaps: Gaps = ()  # which a stretch of 30 s may hold, and have its means beside them

    @property
    def shares(self) -> Rows:
        """(N, 3) of the faces read, 0-1."""
        return np.asarray(self.counts / self.faces[:, None])

    @property
    def usual_faces(self) -> float:
        """The median number of faces read; 0 where none ever was."""
        known = self.faces[np.isfinite(self.faces)]
        return float(np.median(known)) if len(known) else 0.0


def series(
    told: Sequence[Glance | Summary],
    length_s: float,
    source: Source,
    moments: Sequence[Named] = (),
    network: str = "",
    live: bool = True,
) -> Series:
    """The lesson as its glances, or its seconds, tell it; `live`: small classes are withheld."""
    if source is Source.GLANCES:
        counted = [_of_glance(one) for one in told if isinstance(one, Glance)]
        withheld = any(isinstance(one, Glance) and one.state is State.WITHHELD for one in told)
    else:
        counted = [_of_second(one, live) for one in told if isinstance(one, Summary)]
        withheld = live and any(isinstance(one, Summary) and _is_withheld(one) for one in told)
    read = [(at_s, counts, tells_low) for at_s, counts, tells_low in counted if counts is not None]
    counts, faces = _means(read, length_s)
    named = tuple(sorted(moments, key=lambda moment: moment.at_s))
    mean = _mean([counts for _, counts, _ in read]) if read else None
    return Series(counts, faces, length_s, mean, named, network, withheld)


def few_low(counts: Rows) -> Rows:
    """Shown numbers (...) of faces of the low group: below three they are among the neutral ones."""
    return np.where(counts < LEAST_LOW - 0.5, 0.0, counts)


def _of_glance(glance: Glance) -> _Counted:
    now = glance.now
    if glance.state is not State.LIVE or now.read <= 0:
        return glance.elapsed_s, None, False
    return glance.elapsed_s, now, glance.usual is not None and round(now.read) >= LEAST_READ


def _of_second(second: Summary, live: bool) -> _Counted:
    if not second.state.seen or not second.readable or (live and _is_withheld(second)):
        return second.elapsed_s, None, False
    of = second.counts
    counts = GroupCounts(float(of[HAPPY]), float(of[SURPRISE]), float(of[NEUTRAL]), float(of[_LOW].sum()))
    return second.elapsed_s, counts, False  # what was usual is not known of a second


def _is_withheld(second: Summary) -> bool:
    return second.state is State.WITHHELD or 0 < second.readable < MIN_READABLE


def _mean(counted: Sequence[GroupCounts]) -> GroupCounts:
    return GroupCounts(**{group.value: fmean(counts.of(group) for counts in counted) for group in Group})


def _means(read: Sequence[tuple[float, GroupCounts, bool]], length_s: float) -> tuple[Rows, Rows]:
    """Mean counts (N, 3) and faces (N,) of each stretch."""
    rows = [(at_s, of.smiling, of.surprised, of.low if tells else math.nan, of.read) for at_s, of, tells in read]
    figures = np.array(rows, np.float64).reshape(-1, 5)
    stretches = max(1, math.ceil(length_s / STEP_S))
    at = np.clip(np.ceil(figures[:, 0] / STEP_S).astype(np.int64) - 1, 0, stretches - 1)
    means = np.full((stretches, 4), np.nan)
    for column, values in enumerate(figures[:, 1:].T):
        known = np.isfinite(values)
        sums = np.bincount(at[known], values[known], stretches)
        numbers = np.bincount(at[known], minlength=stretches)
        np.divide(sums, numbers, out=means[:, column], where=numbers > 0)
    return means[:, :3], means[:, 3]
