"""Classes with known mixtures, drawn from labelled faces: who shows what in two minutes, and whose face is read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.readings.probabilities import Labels, Probabilities
from fer_desktop.evaluation.class_study.faces import Pool

SIZES: Final = (10, 25, 49)
# The rest looks away, has its hand at its mouth, sits in the dark.
READ: Final = 0.85
_FEWEST_READ: Final = 3
# Of whom at most so many turn to another expression from one minute to the next.
_MOST_CHANGE: Final = 0.6
# Dirichlet's parameters: mostly neutral, some of everything.
_NEUTRAL_HEAVY: Final = (0.4, 0.1, 0.3, 1.2, 0.6, 0.5, 4.0)
_AS_FACES: Final = 30.0  # how near to the faces' own mix

Rows = npt.NDArray[np.int64]


class Mixture(StrEnum):
    """What a class is mixed like in its first minute."""

    NEUTRAL = "neutral-heavy"
    ONE = "one expression"  # a third to all of the class show one, whichever
    FACES = "as the test faces"  # whose mix the network knows


@dataclass(frozen=True, slots=True, eq=False)
class Minute:
    """A class in one minute."""

    answers: Probabilities  # (N, 7) of the faces that were read
    people: int
    truth: npt.NDArray[np.float64]  # (7,) share of the people who show each


class Classes:
    """Draws classes of one pool; the same for the same seed, whatever the answers are."""

    def __init__(self, truth: Labels, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._rows = [np.flatnonzero(truth == expression) for expression in range(N_EXPRESSIONS)]
        # A pool that lacks an expression has classes in which nobody shows it.
        self._there = np.array([len(rows) > 0 for rows in self._rows])
        self._truth = truth

    def draw(self, size: int, mixture: Mixture) -> tuple[Rows, Rows, npt.NDArray[np.bool_]]:
        """Rows of the pool in a minute and in another (size,), and who is read in both (size,)."""
        rng = self._rng
        first = self._faces(rng.choice(N_EXPRESSIONS, size, p=self._mix(mixture)))
        then = first.copy()
        turning = rng.random(size) < rng.uniform(0.0, _MOST_CHANGE)
        then[turning] = self._faces(np.full(turning.sum(), rng.choice(np.flatnonzero(self._there))))
        read = rng.random(size) < READ
        read[rng.permutation(size)[:_FEWEST_READ]] = True
        return first, then, read

    def _mix(self, mixture: Mixture) -> npt.NDArray[np.float64]:
        rng = self._rng
        if mixture is Mixture.FACES:
            share = np.bincount(self._truth, minlength=N_EXPRESSIONS) / len(self._truth)
            mix = rng.dirichlet(np.maximum(_AS_FACES * share, 1e-3))
        else:
            mix = rng.dirichlet(_NEUTRAL_HEAVY)
        if mixture is Mixture.ONE:
            mix *= rng.uniform(0.0, 2 / 3)
            mix[rng.choice(np.flatnonzero(self._there))] += 1.0 - mix.sum()
        mix = mix * self._there
        return np.asarray(mix / mix.sum(), np.float64)

    def _faces(self, expressions: Labels) -> Rows:
        return np.array([self._rng.choice(self._rows[one]) for one in expressions], np.int64)


def minutes(pool: Pool, drawn: tuple[Rows, Rows, npt.NDArray[np.bool_]]) -> tuple[Minute, Minute]:
    """What is read of a drawn class in both of its minutes, and what it shows."""
    first, then, read = drawn
    return _minute(pool, first, read), _minute(pool, then, read)


def _minute(pool: Pool, rows: Rows, read: npt.NDArray[np.bool_]) -> Minute:
    truth = np.bincount(pool.truth[rows], minlength=N_EXPRESSIONS) / len(rows)
    return Minute(pool.answers[rows[read]], len(rows), truth)
