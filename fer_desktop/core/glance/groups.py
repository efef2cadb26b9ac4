"""Which group a face belongs to, from its probabilities."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD, SURPRISE
from fer_desktop.core.glance.types import Group, GroupCounts
from fer_desktop.core.types import SURE_FROM, FloatArray

# The order of every array by group; the last is for what is read and not probable enough to be named.
GROUPS: Final = (Group.SMILING, Group.SURPRISED, Group.NEUTRAL, Group.LOW, Group.UNSURE)
N_GROUPS: Final = len(GROUPS)
N_SHARES: Final = N_GROUPS - 1  # groups that have a probability of their own
SMILING, SURPRISED, CALM, LOW, UNSURE = range(N_GROUPS)

GroupIndices = npt.NDArray[np.int8]

_MEMBERS: Final = ((HAPPY,), (SURPRISE,), (NEUTRAL,), (SAD, FEAR, ANGRY, DISGUST))
_SUMS: Final = np.zeros((N_EXPRESSIONS, N_SHARES), np.float32)
for _group, _members in enumerate(_MEMBERS):
    _SUMS[list(_members), _group] = 1.0


def group_shares(probabilities: FloatArray) -> FloatArray:
    """(..., 4) the probability of each group but UNSURE, from probabilities (..., 7); sums to 1 as they do."""
    return np.asarray(probabilities @ _SUMS, np.float32)


def groups_of(shares: FloatArray) -> GroupIndices:
    """(...) index into GROUPS from shares (..., 4); NaN, which is nothing read, is UNSURE as well."""
    best = shares.argmax(axis=-1)
    sure = np.take_along_axis(shares, best[..., None], axis=-1)[..., 0] >= SURE_FROM
    return np.where(sure, best, UNSURE).astype(np.int8)


def group_of(probabilities: FloatArray) -> Group:
    """The group of one face from its probabilities (7,)."""
    return GROUPS[int(groups_of(group_shares(probabilities)))]


def counts_from(numbers: npt.NDArray[np.floating] | npt.NDArray[np.integer]) -> GroupCounts:
    """Counts from five numbers in the order of GROUPS."""
    return GroupCounts(*(float(number) for number in numbers))
