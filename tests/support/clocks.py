"""Time that goes on when it is told to, and waiting for what another thread does."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

PATIENCE_S = 10.0
STARTED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class ManualClock:
    """A Clock."""

    def __init__(self, start_s: float = 1000.0) -> None:
        self.time_s = self._start_s = start_s
        self.work_s = 0.0
        self.suspended_for_s = 0.0  # not counted by the monotonic clock
        self.set_by = timedelta()  # what the wall clock was set by

    def monotonic_s(self) -> float:
        return self.time_s

    def suspended_s(self) -> float:
        return self.suspended_for_s

    def process_s(self) -> float:
        return self.work_s

    def now(self) -> datetime:
        return STARTED + timedelta(seconds=self.time_s - self._start_s + self.suspended_for_s) + self.set_by

    def sleep(self, seconds: float) -> None:
        self.time_s += seconds

    def suspend(self, seconds: float) -> None:
        """The computer sleeps, and the monotonic clock with it."""
        self.suspended_for_s += seconds

    def work(self, seconds: float) -> None:
        """Time in which one core was busy."""
        self.time_s += seconds
        self.work_s += seconds


def until(true: Callable[[], object]) -> None:
    """Returns when it is true; fails where it does not become so."""
    end_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end_s, "it did not happen in time"
        time.sleep(0.002)
