"""What may be drawn of a comparison: shares of faces, without those of the low group that would name somebody."""

from dataclasses import dataclass

import numpy as np

from fer_desktop.core.comparison.compare import Comparison
from fer_desktop.core.comparison.series import LOW, SMILING, Rows, few_low


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One group in the N stretches of the lesson: shares of the faces read, 0-1; NaN where nothing is known."""

    lesson: Rows
    other: Rows  # the other lesson, or the median of several
    low: Rows  # their middle 80 % begins here
    high: Rows  # and ends here


def smiling(comparison: Comparison) -> Shown:
    """Those that smile."""
    here = comparison.lesson.shares[:, SMILING]
    reference = comparison.reference
    if reference is None:
        none = np.full(len(here), np.nan)
        return Shown(here, none, none, none)
    return Shown(here, reference.shares[:, SMILING], reference.low[:, SMILING], reference.high[:, SMILING])


def low(comparison: Comparison) -> Shown | None:
    """Those that look sad, afraid or angry; None where that may be told of neither."""
    lesson, reference = comparison.lesson, comparison.reference
    here = few_low(lesson.counts[:, LOW]) / lesson.faces
    if reference is None:
        none = np.full(len(here), np.nan)
        return Shown(_told(here), none, none, none) if np.isfinite(here).any() else None
    there = [
        few_low(each[:, LOW] * reference.faces) / reference.faces
        for each in (reference.shares, reference.low, reference.high)
    ]
    if not np.isfinite(here).any() and not np.isfinite(there[0]).any():
        return None
    return Shown(_told(here), _told(there[0]), np.where(there[2] > 0, there[1], np.nan), _told(there[2]))


def _told(shares: Rows) -> Rows:
    """Without those that are none, or too few to be told of: a line to and fro between them and three would mislead."""
    return np.where(shares > 0, shares, np.nan)
