"""How often frames are read: the call runs on the same computer, and must not stutter for our sake."""

import math
from typing import Final

# An update at least so often, however little of the processor is left: a class that is read less often is not read.
LONGEST_PAUSE_S: Final = 2.0
_LEARNT_AT_ONCE: Final = 0.2  # of each update's cost


class RateLimiter:
    """When the next frame is due, by what the updates so far have cost. For one thread.

    An update that takes c seconds of processor time by itself, beside what the rest of the program takes all the time
    (r, as a share of one core), keeps within a share s of n cores where c / (s n - r) seconds lie between two of them.
    """

    def __init__(self, max_hz: float, share: float, cores: int) -> None:
        """`share` (0-1) of all cores is what the program may take."""
        self._shortest_s, self._budget = 1.0 / max_hz, share * cores
        self._cost_s = self._rest = math.nan
        self.interval_s = self._shortest_s  # from one update's begin to the next one's

    @property
    def throttled(self) -> bool:
        """Whether the processor, and not the highest rate, says how often."""
        return self.interval_s > 1.05 * self._shortest_s

    def update(self, cost_s: float, took_s: float, rest_s: float, pause_s: float) -> None:
        """Takes the processor time of the whole program, all threads: in an update, and in the pause before it.

        An update cost `cost_s` and took `took_s`; in the pause of `pause_s` the program took `rest_s`.
        """
        if pause_s > 0:
            self._rest = _learnt(self._rest, rest_s / pause_s)
        rest = 0.0 if math.isnan(self._rest) else self._rest
        self._cost_s = _learnt(self._cost_s, max(0.0, cost_s - rest * took_s))
        left = self._budget - rest
        needed_s = self._cost_s / left if left > 0 else LONGEST_PAUSE_S
        self.interval_s = max(self._shortest_s, min(needed_s, LONGEST_PAUSE_S))


def _learnt(known: float, new: float) -> float:
    return new if math.isnan(known) else known + _LEARNT_AT_ONCE * (new - known)
