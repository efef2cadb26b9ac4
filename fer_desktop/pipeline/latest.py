"""A slot between two threads in which the newest wins."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """One slot. A value that nobody took before the next came is dropped and counted."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value: T | None = None
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many values were replaced before somebody took them."""
        with self._changed:
            return self._dropped

    def put(self, value: T) -> None:
        """Never waits."""
        with self._changed:
            if self._value is not None:
                self._dropped += 1
            self._value = value
            self._changed.notify()

    def take(self, timeout_s: float = 0.0) -> T | None:
        """The newest value, which leaves the slot; None where there is none within the time."""
        with self._changed:
            if self._value is None and timeout_s > 0:
                self._changed.wait(timeout_s)
            value, self._value = self._value, None
            return value
