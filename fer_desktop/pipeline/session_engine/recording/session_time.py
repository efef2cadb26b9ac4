"""The time of a session: it goes on while the computer sleeps, whether or not the monotonic clock does."""

from datetime import datetime
from typing import Final

from fer_desktop.pipeline.clock import Clock

STOPPED_S: Final = 3.0  # by so much more than it asked for a loop was not left alone, but stopped
_WALL_S: Final = 0.5  # the wall clock is followed where it is further off than this


class SessionTime:
    """Monotonic time with the sleep that it leaves out. One thread.

    `rest` and `wake` are called around each wait of the loop whose time it is.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._base_s = clock.suspended_s()
        self._slept_s = self._slept_before_s = 0.0  # what monotonic time leaves out, now and before the last sleep
        self._woke_s = -float("inf")  # monotonic
        self._rested_s: float | None = None
        self._wall: tuple[datetime, float] = clock.now(), self.now_s()

    def now_s(self) -> float:
        """Seconds since an unknown moment, sleep included; never runs backwards."""
        return self._clock.monotonic_s() + self._slept_s

    def of(self, captured_s: float) -> float:
        """When a frame was captured, by its monotonic time."""
        return captured_s + (self._slept_before_s if captured_s <= self._woke_s else self._slept_s)

    def rest(self) -> None:
        """The loop waits from here on."""
        self._rested_s = self.now_s()

    def wake(self, asked_s: float) -> tuple[float, float] | None:
        """The loop goes on, after a wait of `asked_s` at most: from when to when it was stopped or asleep."""
        self._count_sleep()
        rested_s, self._rested_s = self._rested_s, None
        now_s = self.now_s()
        if rested_s is None or now_s - rested_s <= asked_s + STOPPED_S:
            return None
        return rested_s, now_s

    def wall(self) -> datetime | None:
        """What the wall clock shows, where it is not what was known of it."""
        at, at_s = self._wall
        now, now_s = self._clock.now(), self.now_s()
        if abs((now - at).total_seconds() - (now_s - at_s)) < _WALL_S:
            return None
        self._wall = now, now_s
        return now

    def _count_sleep(self) -> None:
        slept_s = self._clock.suspended_s() - self._base_s
        # It is a difference of two clocks that are not read at once.
        if slept_s - self._slept_s > 0.5:
            self._slept_before_s, self._slept_s = self._slept_s, slept_s
            self._woke_s = self._clock.monotonic_s()
