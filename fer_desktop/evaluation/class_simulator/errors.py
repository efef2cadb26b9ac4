"""How the network misreads: measured on faces, and once made worse.

The figures are those of the shipped network's output for FER-2013's own labels, 72 % of which it reads as they are, on
public_test: `python main.py study readings --head fer2013 --data DIR --json`. The output that the app shows is right
more often where most people agree (87 %), so that these figures rather err on the hard side: of the faces read as sad,
afraid or angry in a class that is mostly neutral, some four in ten are.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS, NEUTRAL

Shares = npt.NDArray[np.float64]

# Faces by what they show (rows) and what is read (columns), both in the order of EXPRESSIONS.
_COUNTS: Final = np.array(
    [
        [325, 4, 36, 19, 36, 8, 39],
        [16, 33, 0, 1, 4, 0, 2],
        [49, 0, 258, 11, 93, 32, 53],
        [12, 0, 8, 810, 5, 15, 45],
        [69, 1, 65, 18, 380, 10, 110],
        [11, 0, 23, 14, 7, 351, 9],
        [36, 0, 19, 50, 65, 4, 433],
    ]
)
# Mean probabilities by what is read (rows), and how the largest of them scatters.
_SAID: Final = np.array(
    [
        [0.668, 0.021, 0.108, 0.023, 0.102, 0.019, 0.059],
        [0.105, 0.763, 0.038, 0.011, 0.057, 0.011, 0.015],
        [0.093, 0.003, 0.625, 0.020, 0.135, 0.066, 0.058],
        [0.019, 0.002, 0.012, 0.872, 0.016, 0.022, 0.057],
        [0.095, 0.006, 0.149, 0.016, 0.604, 0.009, 0.121],
        [0.023, 0.002, 0.093, 0.036, 0.017, 0.812, 0.017],
        [0.082, 0.002, 0.067, 0.059, 0.138, 0.016, 0.636],
    ]
)
_SPREAD: Final = np.array([0.202, 0.214, 0.196, 0.163, 0.179, 0.178, 0.186])
_HARD_RIGHT: Final = 0.62


class Error(StrEnum):
    """How often what is read is wrong; files carry the value."""

    HOME = "home"  # as measured
    HARD = "hard"  # pulled to neutral until 62 % are right


@dataclass(frozen=True, slots=True, eq=False)
class Misreading:
    """What is read in each expression, and with which probabilities."""

    read: Shares  # (7, 7) by what is shown, rows sum to 1
    said: Shares  # (7, 7) mean probabilities by what is read, rows sum to 1
    spread: Shares  # (7,) standard deviation of the probability of what is read


def misreading(error: Error) -> Misreading:
    """The error of this kind."""
    read = _COUNTS / _COUNTS.sum(axis=1, keepdims=True)
    if error is Error.HARD:
        read = _pulled_to_neutral(read, _HARD_RIGHT)
    return Misreading(read, _SAID / _SAID.sum(axis=1, keepdims=True), _SPREAD)


def share_right(read: Shares) -> float:
    """The share of public_test's faces that are read as they are."""
    return float((np.diag(read) * _COUNTS.sum(axis=1)).sum() / _COUNTS.sum())


def _pulled_to_neutral(read: Shares, right: float) -> Shares:
    """Of each expression the same share of all readings becomes neutral, so that `right` of all are right."""
    neutral = np.zeros((N_EXPRESSIONS, N_EXPRESSIONS))
    neutral[:, NEUTRAL] = 1.0
    now, then = share_right(read), share_right(neutral)
    pull = (now - right) / (now - then)
    return np.asarray((1 - pull) * read + pull * neutral)
