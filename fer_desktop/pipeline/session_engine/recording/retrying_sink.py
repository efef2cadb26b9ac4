"""Events that cannot be written wait instead of being lost."""

from collections import deque

from fer_desktop.core.errors import StoreError
from fer_desktop.core.messages import Message
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import SessionEvent
from fer_desktop.pipeline.ports import BatchSink, EventSink


class RetryingSink:
    """A sink that never fails: what its target refuses is kept in memory, in order, and tried again."""

    def __init__(self, target: EventSink) -> None:
        self._target = target
        self._waiting: deque[SessionEvent] = deque()
        self._problem: Message | None = None

    @property
    def unsaved(self) -> int:
        """Events that wait in memory."""
        return len(self._waiting)

    @property
    def unsaved_seconds(self) -> int:
        """Summaries among them."""
        return sum(isinstance(event, Summary) for event in self._waiting)

    @property
    def problem(self) -> Message | None:
        """Why the last try failed; None where nothing waits."""
        return self._problem

    def write(self, event: SessionEvent) -> None:
        """Keeps the event: on disk where that works, else in memory."""
        self._waiting.append(event)
        self.retry()

    def retry(self) -> None:
        """Tries what waits once more, oldest first."""
        try:
            if len(self._waiting) > 1 and isinstance(self._target, BatchSink):
                self._target.write_many(tuple(self._waiting))
                self._waiting.clear()
            while self._waiting:
                self._target.write(self._waiting[0])
                self._waiting.popleft()
        except StoreError as error:
            self._problem = error.message
        else:
            self._problem = None
