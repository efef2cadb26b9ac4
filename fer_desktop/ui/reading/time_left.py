"""How long a reading takes yet, by how fast it was lately."""

from collections import deque
from typing import Final

_OVER_S: Final = 30.0  # of the clock
_FROM_S: Final = 3.0  # before, the first frames say little


class TimeLeft:
    """An estimate from what was read in the last half minute."""

    def __init__(self) -> None:
        self._steps: deque[tuple[float, float]] = deque()  # time of the clock, and what is read by then

    def seconds(self, now_s: float, done_s: float, of_s: float | None) -> float | None:
        """How long it takes yet; None where that is not known."""
        if not self._steps or done_s > self._steps[-1][1]:
            self._steps.append((now_s, done_s))
        while len(self._steps) > 2 and now_s - self._steps[0][0] > _OVER_S:
            self._steps.popleft()
        (from_s, first_s), (_, last_s) = self._steps[0], self._steps[-1]
        if of_s is None or now_s - from_s < _FROM_S or last_s <= first_s:
            return None
        return max(0.0, of_s - done_s) * (now_s - from_s) / (last_s - first_s)
