"""Exponential smoothing of readings by time constant, since frames come irregularly."""

import math

import numpy as np

from fer_desktop.core.types import FloatArray


class Smoother:
    """A low-pass filter per seat. A step shows to 63 % after `time_constant_s`, to 95 % after three times that."""

    def __init__(self, time_constant_s: float, memory_s: float = 10.0) -> None:
        self._time_constant_s, self._memory_s = time_constant_s, memory_s
        self._last: dict[int, tuple[float, FloatArray]] = {}

    def smooth(self, seat: int, probabilities: FloatArray, now_s: float) -> FloatArray:
        """(7,) the seat's smoothed probabilities; they still sum to 1, being a weighted mean."""
        before = self._last.get(seat)
        if before is None or self._time_constant_s <= 0 or now_s - before[0] > self._memory_s:
            smoothed = probabilities
        else:
            keep = math.exp(-max(0.0, now_s - before[0]) / self._time_constant_s)
            smoothed = np.asarray(keep * before[1] + (1 - keep) * probabilities, dtype=np.float32)
        self._last[seat] = (now_s, smoothed)
        return smoothed

    def forget_before(self, time_s: float) -> None:
        """Seats not seen since `time_s` are dropped, so that memory does not grow with a long session."""
        self._last = {seat: state for seat, state in self._last.items() if state[0] >= time_s}
