"""What a lesson is compared with: another one, or the usual of its class."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.comparison.alignment import Laid
from fer_desktop.core.comparison.series import Gaps, Rows

LEAST_LESSONS: Final = 3
MOST_LESSONS: Final = 10
_MIDDLE: Final = (0.1, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """In the N stretches of the lesson that is compared."""

    shares: Rows  # (N, 3) by COMPARED; of several lessons their median
    low: Rows  # (N, 3) the middle 80 % of them begin here
    high: Rows  # (N, 3) and end here
    faces: Rows  # (N,) likewise the median
    seconds: Rows  # (N,) of their own time in each stretch
    lessons: int = 1
    gaps: Gaps = ()  # of the one other lesson; several are rarely not seen at the same time


def of_one(other: Laid) -> Reference:
    """The other lesson as it was."""
    return Reference(other.shares, other.shares, other.shares, other.faces, other.seconds, gaps=other.gaps)


def usual_of(earlier: Sequence[Laid]) -> Reference:
    """The median and the middle 80 % of these lessons, wherever three of them are known; three at least."""
    shares = np.stack([one.shares for one in earlier])
    enough = np.isfinite(shares).sum(axis=0) >= LEAST_LESSONS
    low, middle, high = (_quantile(shares, enough, share) for share in (_MIDDLE[0], 0.5, _MIDDLE[1]))
    known = np.isfinite(np.stack([one.faces for one in earlier]))
    faces = _quantile(np.stack([one.faces for one in earlier]), known.sum(axis=0) >= LEAST_LESSONS, 0.5)
    seconds = np.median(np.stack([one.seconds for one in earlier]), axis=0)
    return Reference(middle, low, high, faces, seconds, len(earlier))


def _quantile(values: Rows, enough: npt.NDArray[np.bool_], share: float) -> Rows:
    """Over the first axis, of what is known; NaN where that is not enough."""
    # numpy's own goes from column to column, which takes a second for a long lesson.
    ordered = np.sort(values, axis=0)  # what is not known comes last
    at = share * np.maximum(np.isfinite(values).sum(axis=0) - 1, 0)
    below = np.floor(at).astype(np.int64)
    above = np.minimum(below + 1, len(values) - 1)
    lower, upper = (np.take_along_axis(ordered, place[None], axis=0)[0] for place in (below, above))
    between = np.where(at > below, lower + (at - below) * (upper - lower), lower)
    return np.where(enough, between, np.nan)
