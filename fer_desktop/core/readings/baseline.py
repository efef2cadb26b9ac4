"""How each face usually looks, so that a face that is sad by build does not count as sad all hour.

Kept in memory only, by seat, and forgotten with it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.types import FloatArray

# Long enough for more than one mood, short enough for the first minutes of a class.
WARM_UP_S: Final = 60.0
# What is usual follows a class slowly, so that a change of minutes still shows as one.
MEMORY_S: Final = 900.0
# Only part of what is usual is taken off: a face that looked sad for a minute may be sad.
STRENGTH: Final = 0.5
# The usual look of fewer seats is not a class's.
MIN_SEATS: Final = 5
# Logarithms of smaller probabilities say more of the network than of the face.
_FLOOR: Final = 0.005
# A gap between two readings counts for no more than this.
_MAX_STEP_S: Final = 1.0


@dataclass(slots=True)
class _Usual:
    logits: FloatArray  # (7,) weighted mean of log probabilities
    watched_s: float
    seen_s: float


class Baseline:
    """The usual look of each seat, against that of the class. Not shared between threads."""

    def __init__(self, strength: float = STRENGTH) -> None:
        self._strength = strength
        self._usual: dict[int, _Usual] = {}

    def adjust(self, seats: list[int], probabilities: FloatArray, now_s: float) -> FloatArray:
        """(N, 7) the seats' probabilities (N, 7), less part of what is usual for each and not for the class.

        As long as fewer than five seats were watched for a minute they come back as they are. Over the class the
        corrections add up to nothing, so a change of the whole class is never taken for its usual look.
        """
        logits = np.log(np.maximum(probabilities, _FLOOR))
        for seat, row in zip(seats, logits, strict=True):
            self._watch(seat, row, now_s)
        known = {seat: usual.logits for seat, usual in self._usual.items() if usual.watched_s >= WARM_UP_S}
        if len(known) < MIN_SEATS:
            return probabilities
        common = np.mean(list(known.values()), axis=0)
        adjusted = probabilities.copy()
        for index, seat in enumerate(seats):
            if seat in known:
                adjusted[index] = _softmax(logits[index] - self._strength * (known[seat] - common))
        return adjusted

    def forget_before(self, time_s: float) -> None:
        """Seats not seen since `time_s` are dropped."""
        self._usual = {seat: usual for seat, usual in self._usual.items() if usual.seen_s >= time_s}

    def _watch(self, seat: int, logits: FloatArray, now_s: float) -> None:
        usual = self._usual.get(seat)
        if usual is None:
            self._usual[seat] = _Usual(logits, 0.0, now_s)
            return
        step_s = min(max(0.0, now_s - usual.seen_s), _MAX_STEP_S)
        usual.watched_s += step_s
        usual.seen_s = now_s
        share = step_s / max(min(usual.watched_s, MEMORY_S), 1e-9)
        usual.logits = np.asarray(usual.logits + share * (logits - usual.logits), dtype=np.float32)


def _softmax(logits: FloatArray) -> FloatArray:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)
