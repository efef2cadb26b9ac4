"""How each face usually looks, so that a face that always looks a little sad does not count as sad all lesson.

Kept in memory only, by seat, and forgotten with the seat.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.readings.probabilities import softmax
from fer_desktop.core.types import FloatArray

# Long enough to see more than one mood, short enough for the first minutes of a lesson.
WARM_UP_S: Final = 60.0
# The usual look adapts slowly, so that a change lasting minutes still shows.
MEMORY_S: Final = 900.0
# Only part of the usual look is subtracted: a face that looked sad for a minute may be sad.
STRENGTH: Final = 0.5
# Fewer seats do not tell how a class usually looks.
MIN_SEATS: Final = 5
# Logarithms of smaller probabilities say more about the network than about the face.
_FLOOR: Final = 0.005
# A gap between two readings counts for no more than this.
_MAX_STEP_S: Final = 1.0


@dataclass(slots=True)
class _Usual:
    logits: FloatArray  # (7,) weighted mean of log probabilities
    observed_s: float
    seen_s: float


class Baseline:
    """The usual look of each seat relative to the class. Not thread-safe."""

    def __init__(self, strength: float = STRENGTH) -> None:
        self._strength = strength
        self._usual: dict[int, _Usual] = {}

    def adjust(self, seats: list[int], probabilities: FloatArray, now_s: float) -> FloatArray:
        """(N, 7) the seats' probabilities (N, 7), less part of what is usual for each seat but not for the class.

        They are returned unchanged until MIN_SEATS seats were observed for WARM_UP_S. Over the class the corrections
        sum to zero, so a change of the whole class is never taken for its usual look.
        """
        logits = np.log(np.maximum(probabilities, _FLOOR))
        for seat, row in zip(seats, logits, strict=True):
            self._observe(seat, row, now_s)
        known = {seat: usual.logits for seat, usual in self._usual.items() if usual.observed_s >= WARM_UP_S}
        if len(known) < MIN_SEATS:
            return probabilities
        common = np.mean(list(known.values()), axis=0)
        adjusted = probabilities.copy()
        for index, seat in enumerate(seats):
            if seat in known:
                adjusted[index] = softmax((logits[index] - self._strength * (known[seat] - common))[None])[0]
        return adjusted

    def forget_before(self, time_s: float) -> None:
        """Seats not seen since `time_s` are dropped."""
        self._usual = {seat: usual for seat, usual in self._usual.items() if usual.seen_s >= time_s}

    def _observe(self, seat: int, logits: FloatArray, now_s: float) -> None:
        usual = self._usual.get(seat)
        if usual is None:
            self._usual[seat] = _Usual(logits, 0.0, now_s)
            return
        step_s = min(max(0.0, now_s - usual.seen_s), _MAX_STEP_S)
        usual.observed_s += step_s
        usual.seen_s = now_s
        share = step_s / max(min(usual.observed_s, MEMORY_S), 1e-9)
        usual.logits = np.asarray(usual.logits + share * (logits - usual.logits), dtype=np.float32)
