"""What the faces of a scripted class are read as, second by second; the same each time."""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from fer_desktop.core.expressions import ANGRY, FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD, SURPRISE
from fer_desktop.core.types import FloatArray

VIDEO_S: Final = (335, 400)  # at which most smile
HARD_S: Final = (575, 700)  # some of them look sad, afraid or angry
_LASTS_S: Final = 900
_LOW: Final = (SAD, SAD, FEAR, SAD, ANGRY)
_STAYS_S: Final = (25, 70)  # how long a face stays as it is
_SURE: Final = (0.6, 0.85)  # how probable what it shows is
_UNSURE: Final = 0.44


class Looks(Protocol):
    """What the faces of a class are read as."""

    def at(self, second: int) -> dict[int, FloatArray]:
        """(7,) probabilities, by seat."""


class ScriptedLooks:
    """Mostly neutral, some smiling, some misread as sad all the time; then a video, then something hard."""

    def __init__(self, seats: Sequence[int], seed: int = 6) -> None:
        rng = np.random.default_rng(seed)
        self._shown = {seat: _usual(rng, place) for place, seat in enumerate(seats)}
        self._sure = {seat: rng.uniform(*_SURE, _LASTS_S) for seat in seats}
        for place, (seat, shown) in enumerate(self._shown.items()):
            start_s = int(rng.integers(0, 8))
            if place % 3 != 2:
                shown[VIDEO_S[0] + start_s : VIDEO_S[1] + start_s] = HAPPY
            if 6 <= place < 12:
                shown[HARD_S[0] + start_s : HARD_S[1] + start_s] = _LOW[place % len(_LOW)]
            if place >= len(seats) - 2:
                self._sure[seat] = np.full(_LASTS_S, _UNSURE)

    def at(self, second: int) -> dict[int, FloatArray]:
        """(7,) probabilities, by seat."""
        return {
            seat: row_of(int(shown[second]), float(self._sure[seat][second])) for seat, shown in self._shown.items()
        }


def _usual(rng: np.random.Generator, place: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """(seconds,) expressions of a face in a usual lesson."""
    smiles, low = 0.45 if place < 6 else 0.05, 0.6 if place in (16, 17) else 0.06
    shown = np.full(_LASTS_S, NEUTRAL, np.int64)
    second = 0
    while second < _LASTS_S:
        until, drawn = second + int(rng.integers(*_STAYS_S)), float(rng.random())
        if drawn < smiles:
            shown[second:until] = HAPPY
        elif drawn < smiles + low:
            shown[second:until] = _LOW[int(rng.integers(len(_LOW)))]
        elif drawn > 0.97:
            shown[second:until] = SURPRISE
        second = until
    return shown


def row_of(expression: int, share: float) -> FloatArray:
    """(7,) of a face that shows this expression with that probability; the others share what is left."""
    row = np.full(N_EXPRESSIONS, (1 - share) / (N_EXPRESSIONS - 1), np.float32)
    row[expression] = share
    return row
