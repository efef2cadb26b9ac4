"""What may be shown of the counts of a glance at a class: nothing of the low group that would name a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, NEUTRAL, SAD
from fer_desktop.core.glance.tracker import FEWEST_FOR_CHANGES
from fer_desktop.core.glance.types import Glance, Group, GroupCounts
from fer_desktop.core.types import FloatArray

LEAST_LOW: Final = 3  # fewer are "0–2", and drawn as neutral
LEAST_READ: Final = FEWEST_FOR_CHANGES  # in a smaller class three are a named few
_LOW: Final = [SAD, FEAR, ANGRY, DISGUST]


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """Whole faces by what they show, and the same as usual."""

    now: GroupCounts
    usual: GroupCounts | None  # None where nothing is compared
    names_low: bool = False  # whether the low group is told at all, as a number or as "0–2"


def shown_counts(glance: Glance) -> ShownCounts:
    """The counts as whole faces. The low group is told beside its usual alone, and of ten faces or more.

    Where it is not, or where it is below three, its faces are among the neutral ones, so that no difference between two
    figures gives them away.
    """
    names_low = glance.usual is not None and round(glance.now.read) >= LEAST_READ
    usual = None if glance.usual is None else _shown(glance.usual, names_low)
    return ShownCounts(_shown(glance.now, names_low), usual, names_low)


def shown_shares(mean: FloatArray, glance: Glance | None) -> FloatArray:
    """The mean probabilities (7,) of a live class as far as they may be drawn, NaN for the others.

    Of fewer than ten faces smiling alone; the members of the low group from three of its faces on, below that they are
    among neutral. `glance`: the last one; None where there is none yet.
    """
    shown = mean.astype(np.float32)
    if glance is None or round(glance.now.read) < LEAST_READ:
        others = np.arange(len(shown)) != HAPPY
        shown[others] = np.nan
    elif about(glance.now.low) < LEAST_LOW:
        shown[NEUTRAL] += shown[_LOW].sum()
        shown[_LOW] = np.nan
    return shown


def about(value: float) -> int:
    """A number of faces as it is said behind "about"; half a face and more is one."""
    return int(value + 0.5)


def _shown(counts: GroupCounts, names_low: bool) -> GroupCounts:
    groups = list(Group)
    whole = dict(zip(groups, rounded([counts.of(group) for group in groups]), strict=True))
    if not names_low or whole[Group.LOW] < LEAST_LOW:
        whole[Group.NEUTRAL] += whole[Group.LOW]
        whole[Group.LOW] = 0
    return GroupCounts(**{group.value: count for group, count in whole.items()})


def rounded(values: Sequence[float]) -> list[int]:
    """Whole numbers near these whose sum is their rounded sum (largest remainders)."""
    whole = [int(value) for value in values]
    missing = round(sum(values)) - sum(whole)
    nearest = sorted(range(len(values)), key=lambda index: whole[index] - values[index])
    for index in nearest[:missing]:
        whole[index] += 1
    return whole
