"""What may be shown of the counts of a glance at a class: nothing of the low group that would name a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.glance.tracker import FEWEST_FOR_CHANGES
from fer_desktop.core.glance.types import Glance, Group, GroupCounts

LEAST_LOW: Final = 3  # fewer are "0–2", and drawn as neutral
LEAST_READ: Final = FEWEST_FOR_CHANGES  # in a smaller class three are a named few


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
