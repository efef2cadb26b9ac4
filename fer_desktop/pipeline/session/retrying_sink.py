"""Rows that cannot be written wait instead of being lost."""

from collections import deque

from fer_desktop.core.errors import StoreError
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.ports import SummarySink


class RetryingSink:
    """A sink that never fails: what its target refuses is kept in memory, in order, and tried again."""

    def __init__(self, target: SummarySink) -> None:
        self._target = target
        self._waiting: deque[Summary] = deque()
        self._problem = ""

    @property
    def unsaved(self) -> int:
        """Rows that wait in memory."""
        return len(self._waiting)

    @property
    def problem(self) -> str:
        """Why the last try failed, in one sentence; empty where nothing waits."""
        return self._problem

    def write(self, summary: Summary) -> None:
        """Keeps the row: on disk where that works, else in memory."""
        self._waiting.append(summary)
        self.retry()

    def retry(self) -> None:
        """Tries the waiting rows once more, oldest first."""
        try:
            while self._waiting:
                self._target.write(self._waiting[0])
                self._waiting.popleft()
        except StoreError as error:
            self._problem = str(error)
        else:
            self._problem = ""
