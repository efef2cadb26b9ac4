"""What a glance shows of its counts, as whole faces: nothing of the low group that would name a person.

That group is shown from three faces on, of ten at least, and beside its usual alone; else its faces are counted among
the neutral ones everywhere, so that no difference between two figures gives them away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.core.glance.types import Glance, Group, GroupCounts

LEAST_LOW: Final = 3  # faces; fewer are "0–2"
LEAST_READ: Final = 10  # faces; in a smaller class three are a named few


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """Whole faces by what they show, and the same as usual."""

    now: GroupCounts
    usual: GroupCounts | None  # None where nothing is compared
    names_low: bool = False  # whether the low group is told at all: as a number, or as "0–2"


def shown_counts_of(glance: Glance) -> ShownCounts:
    """The counts of a glance as they may be seen."""
    names_low = glance.usual is not None and round(glance.now.read) >= LEAST_READ
    usual = _shown(glance.usual, names_low) if glance.usual is not None else None
    return ShownCounts(_shown(glance.now, names_low), usual, names_low)


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
