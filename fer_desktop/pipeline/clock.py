"""What time it is, as a port: a session can be tested without waiting for it."""

import sys
import time
from datetime import datetime
from typing import Final, Protocol


class Clock(Protocol):
    """The times that a session goes by."""

    def monotonic_s(self) -> float:
        """Seconds that never run backwards; frames carry them as `captured_s`."""

    def suspended_s(self) -> float:
        """Seconds since any fixed moment that the computer slept and that `monotonic_s` did not count."""

    def process_s(self) -> float:
        """Processor time of the whole program, all threads."""

    def now(self) -> datetime:
        """The wall clock, with its offset from UTC."""


class SystemClock:
    """This computer's clocks."""

    def monotonic_s(self) -> float:
        """`time.monotonic()`."""
        return time.monotonic()

    def suspended_s(self) -> float:
        """0 where `time.monotonic()` counts the sleep itself, as under Windows."""
        if sys.platform == "linux":
            return time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
        if sys.platform == "darwin":
            # This one goes on in sleep there, other than the one that Python calls monotonic.
            return time.clock_gettime(time.CLOCK_MONOTONIC) - time.monotonic()
        return 0.0

    def process_s(self) -> float:
        """`time.process_time()`."""
        return time.process_time()

    def now(self) -> datetime:
        """The local time."""
        return datetime.now().astimezone()


SYSTEM_CLOCK: Final = SystemClock()
