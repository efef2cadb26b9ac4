"""How far several recordings are, together: one bar, one time left."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fer_desktop.app.recordings.unit import claimed_length
from fer_desktop.app.terminal.cancellable import CancellableProgress
from fer_desktop.core.errors import SourceError

if TYPE_CHECKING:
    from fer_desktop.app.recordings.jobs import Task


class OverAll:
    """Adds up what is told of each recording."""

    def __init__(self, tasks: Sequence["Task"], progress: CancellableProgress) -> None:
        """Asks each recording for its length."""
        self._progress, self._names = progress, [task.recording.name for task in tasks]
        self._lengths_s = [_length(task) for task in tasks] if progress.is_shown else [0.0] * len(tasks)
        self._done_s = [0.0] * len(tasks)
        self._over: set[int] = set()
        if tasks:
            progress.begin(self._told(0))

    @property
    def stopped(self) -> bool:
        """Whether the user has asked to stop."""
        return self._progress.stopped

    def update(self, number: int, done: float, of: float | None) -> None:
        """How far the recording of that number is, in seconds; `of` is None where its length is unknown."""
        self._done_s[number] = done
        if of is not None:
            self._lengths_s[number] = of
        known = all(length > 0 for length in self._lengths_s)
        self._progress.update(sum(self._done_s), sum(self._lengths_s) if known else None)
        self._progress.rename(self._told(number))

    def finish(self, number: int) -> None:
        """The recording of that number is read, or cannot be."""
        self._over.add(number)
        self._lengths_s[number] = self._done_s[number] = max(self._lengths_s[number], self._done_s[number], 1e-3)
        self.update(number, self._done_s[number], self._lengths_s[number])

    def _told(self, number: int) -> str:
        if len(self._names) == 1:
            return self._names[0]
        return f"{self._names[number]} ({len(self._over)} of {len(self._names)} done)"


def _length(task: "Task") -> float:
    try:
        return claimed_length(task.recording.path) or 0.0
    except SourceError:  # told where it is read
        return 1e-3
