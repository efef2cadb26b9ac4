"""The reading of a whole recording: a worker tells how far it is, the window looks at it when it paints."""

import threading
from collections import deque
from dataclasses import dataclass

from fer_desktop.core.messages import Message
from fer_desktop.pipeline.events import SessionEvent


@dataclass(frozen=True, slots=True)
class ReadLesson:
    """What the reading of a recording came to."""

    known: bool = False  # it was a lesson already, and nothing was done
    stopped: bool = False  # by the user; it goes on when the same recording is given again
    end_s: float = 0.0  # up to where it was read
    problem: Message | None = None  # it breaks off


class ReadingOfRecording:
    """What the two sides know of it. Written in one thread and read in another."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._events: deque[SessionEvent] = deque()
        self._at: tuple[float, float | None] = (0.0, None)

    @property
    def stopped(self) -> bool:
        """Whether it is to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Makes it stop soon."""
        self._stop.set()

    @property
    def at(self) -> tuple[float, float | None]:
        """How far it is, and how long the recording is as far as that is known; seconds."""
        return self._at

    def update(self, done: float, of: float | None) -> None:
        """How far it is; from the worker."""
        self._at = (done, of)

    def write(self, event: SessionEvent) -> None:
        """What was read; from the worker."""
        self._events.append(event)

    def take(self, most: int) -> list[SessionEvent]:
        """What was read since, at most so many; in the window's thread."""
        return [self._events.popleft() for _ in range(min(most, len(self._events)))]
