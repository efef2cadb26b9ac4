"""Simulated lessons as the program sees them: what is read in each step of 5 s."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.glance.face_means import STEP_S
from fer_desktop.core.glance.groups import N_SHARES, group_shares
from fer_desktop.core.types import FloatArray
from fer_desktop.evaluation.class_simulator.errors import Error, misreading
from fer_desktop.evaluation.class_simulator.simulator import Change, ClassSimulator

_SECONDS: Final = round(STEP_S)


@dataclass(frozen=True, slots=True)
class Lessons:
    """Classes of one size, simulated side by side."""

    lessons: int
    size: int
    error: Error
    seed: int
    lasts_s: float
    change: Change | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step of all lessons; see class_statistics.ClassStatistics.step and facts.Facts.step."""

    at_s: float  # its end
    sums: FloatArray  # (L, S, 4)
    seconds: FloatArray  # (L, S)
    facts: FloatArray  # (L, 2) mean numbers turned away and out of view
    cameras: FloatArray  # (L,) mean number of cameras on


def steps(plan: Lessons) -> Iterator[Step]:
    """The steps of the lessons, one after the other."""
    simulator = ClassSimulator(plan.lessons, plan.size, misreading(plan.error), plan.seed, plan.change)
    for number in range(int(plan.lasts_s // STEP_S)):
        sums = np.zeros((plan.lessons, plan.size, N_SHARES), np.float32)
        seconds = np.zeros((plan.lessons, plan.size), np.float32)
        facts = np.zeros((plan.lessons, 2), np.float32)
        cameras = np.zeros(plan.lessons, np.float32)
        for _ in range(_SECONDS):
            second = simulator.step()
            sums += np.where(second.read[..., None], group_shares(second.probabilities), 0)
            seconds += second.read
            facts[:, 0] += second.turned.sum(axis=1)
            facts[:, 1] += (second.camera_on & ~second.in_view).sum(axis=1)
            cameras += second.camera_on.sum(axis=1)
        facts /= _SECONDS
        cameras /= _SECONDS
        yield Step((number + 1) * STEP_S, sums, seconds, facts, cameras)
