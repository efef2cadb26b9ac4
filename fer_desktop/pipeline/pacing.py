"""How fast a source delivers its frames."""

import threading
import time
from typing import Final

# A source that is later than this (its reader was paused) continues from now; within it, it catches up.
_SLACK_S: Final = 0.5


class Pacer:
    """Lets steps through no faster than asked; cancelling from another thread ends a wait at once, and is final."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._due_s = float("-inf")

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ends the current wait and every later one; may be called from any thread."""
        self._cancelled.set()

    def step(self, gap_s: float) -> bool:
        """Returns True `gap_s` after the last step, the first time at once; False where it was cancelled."""
        now_s = time.monotonic()
        self._due_s += gap_s
        if self._due_s < now_s - _SLACK_S:
            self._due_s = now_s
        return not self._cancelled.wait(max(0.0, self._due_s - now_s))
