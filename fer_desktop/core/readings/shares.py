"""From the readings of single faces to the shares of a class, and how far these can be off (ADR 49)."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.readings.probabilities import Probabilities
from fer_desktop.core.types import FloatArray, SharesRule

_Z_95: Final = 1.959964
_ROUNDS: Final = 3  # more gain nothing on known faces and go wrong on strange ones (docs/recognition.md)
# Of the variance that single answers claim for themselves, what is left in the shares: as measured, like the next.
_SINGLE: Final = 0.5
# Standard deviation, in faces, even where all answers are sure.
_FLOOR_FACES: Final = 0.2
_LEAST: Final = 1e-6  # of a probability that something is divided by


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """The shares of the faces that were read."""

    of_faces: FloatArray  # (7,) sum 1
    unsure: FloatArray  # (7,) mean of p * (1 - p) over the faces, by expression
    unclear: float  # 0-1 chance that two draws from a face's answer differ, mean over the faces


def shares_of_class(probabilities: Probabilities, rule: SharesRule) -> Shares:
    """The share of each expression among the faces (N, 7), of which there is one at least.

    A network's answer holds what was usual where it learnt: an unclear face is called neutral as often as unclear
    faces were. In a class where nobody smiles the small chances of a smile add up to a share. So the answers are read
    anew with the class's own mix in the place of the usual one. That mix is found from them in a few rounds (Saerens,
    Latinne and Decaestecker 2002), with `rule.weight` faces of the usual mix beside them: few faces move it little.
    Where the usual mix is not known, the shares are the mean probabilities.
    """
    answers = probabilities.astype(np.float64)
    unclear = float(1.0 - (answers**2).sum(axis=1).mean())
    if rule.usual is not None:
        usual = np.maximum(rule.usual.astype(np.float64), _LEAST)
        beside, faces = rule.weight * usual, len(answers) + rule.weight
        mix = (answers.sum(axis=0) + beside) / faces
        for _ in range(_ROUNDS):
            ratio = mix / usual
            mix = (ratio * ((1.0 / (answers @ ratio)) @ answers) + beside) / faces
        answers = answers * (mix / usual)
        answers /= answers.sum(axis=1, keepdims=True)
    unsure = (answers * (1.0 - answers)).mean(axis=0)
    return Shares(answers.mean(axis=0).astype(np.float32), unsure.astype(np.float32), unclear)


def share_interval(shares: Shares, readable: int, people: int, rule: SharesRule) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bound (7,) of the 95 % interval of the shares among `people`, of whom `readable` were read.

    Three things can be off: who was not read (nothing where all were), single misreadings, which average out, and
    misreadings that many faces share, which do not: the more of them, the less clear the answers are. First and last
    enter as in Wilson's score interval (1927), as if fewer faces had been read. It stays within 0-1, holds the share
    and never has zero width.
    """
    z2, told = _Z_95**2, shares.of_faces.astype(np.float64)
    unread = max(0.0, 1.0 / readable - 1.0 / max(people, readable))
    common = rule.common + rule.common_unclear * shares.unclear**2
    single = _SINGLE * shares.unsure.astype(np.float64) / readable + (_FLOOR_FACES / readable) ** 2
    # The bounds are those p for which |share - p| is z times the standard deviation if p is the truth.
    square, linear = 1.0 + z2 * (unread + common), 2.0 * told + z2 * (unread + common)
    root = np.sqrt(linear**2 - 4.0 * square * (told**2 - z2 * single))
    low, high = ((linear + sign * root) / (2.0 * square) for sign in (-1.0, 1.0))
    return np.asarray(np.clip(low, 0, 1), np.float32), np.asarray(np.clip(high, 0, 1), np.float32)
