"""How often frames are analyzed: the call runs on the same computer and must not stutter because of it."""

import math
from typing import Final

# At least one update in this time, however little of the processor is left: rarer readings would be useless.
LONGEST_PAUSE_S: Final = 2.0
_LEARNING_RATE: Final = 0.2  # per update, of its cost
# What a long pause tells of the rest outweighs what several short ones told: a start, in which the window draws itself
# for the first time, is forgotten within two pauses of two seconds instead of ten.
_REST_MEMORY_S: Final = 2.0


class RateLimiter:
    """Decides when the next frame is due, from the cost of the updates so far. For one thread.

    An update costs c seconds of processor time; the rest of the program constantly takes r, as a share of one core.
    The program then stays within a share s of n cores if updates start c / (s n - r) seconds apart.
    """

    def __init__(self, max_hz: float, share: float, cores: int) -> None:
        """The program may take `share` (0-1) of all cores."""
        self._shortest_s, self._budget = 1.0 / max_hz, share * cores
        self._cost_s = self._rest = math.nan
        self.interval_s = self._shortest_s  # from the start of one update to the start of the next

    @property
    def throttled(self) -> bool:
        """Whether the processor rather than `max_hz` limits the rate."""
        return self.interval_s > 1.05 * self._shortest_s

    def update(self, cost_s: float, took_s: float, rest_s: float, pause_s: float) -> None:
        """Learns from one update; all costs are processor time of the whole program, all threads.

        The update cost `cost_s` and lasted `took_s`; in the pause of `pause_s` before it the program spent `rest_s`.
        """
        if pause_s > 0:
            self._rest = _learnt(self._rest, rest_s / pause_s, 1.0 - math.exp(-pause_s / _REST_MEMORY_S))
        rest = 0.0 if math.isnan(self._rest) else self._rest
        self._cost_s = _learnt(self._cost_s, max(0.0, cost_s - rest * took_s), _LEARNING_RATE)
        left = self._budget - rest
        needed_s = self._cost_s / left if left > 0 else LONGEST_PAUSE_S
        self.interval_s = max(self._shortest_s, min(needed_s, LONGEST_PAUSE_S))


def _learnt(known: float, new: float, weight: float) -> float:
    return new if math.isnan(known) else known + weight * (new - known)
