"""A slot between two threads that keeps only the newest value."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """One slot. A value that was not taken before the next one is dropped."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value: T | None = None

    def put(self, value: T) -> None:
        """Replaces the value; never waits."""
        with self._changed:
            self._value = value
            self._changed.notify()

    @property
    def waiting(self) -> bool:
        """Whether a value is there that was not taken yet."""
        with self._changed:
            return self._value is not None

    def take(self, timeout_s: float = 0.0) -> T | None:
        """Takes the newest value out of the slot; None where none comes within the time."""
        with self._changed:
            if self._value is None and timeout_s > 0:
                self._changed.wait(timeout_s)
            value, self._value = self._value, None
            return value
