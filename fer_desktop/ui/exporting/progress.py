"""How far slow work is, and its end before its time; between the thread that does it and the window."""

from collections.abc import Callable
from dataclasses import dataclass


class StoppedError(Exception):
    """She has stopped it."""


@dataclass(slots=True)
class Progress:
    """Each of its fields is written by one thread alone."""

    part: float = 0.0  # 0-1, of what is done
    stopped: bool = False  # she wants no more of it

    def tell(self, part: float) -> None:
        """So much is done. Raises StoppedError where she wants no more of it."""
        self.part = part
        if self.stopped:
            raise StoppedError


@dataclass(frozen=True, slots=True)
class Stopped:
    """Outcome of work that was stopped: nothing of it is left."""


def stoppable(work: Callable[[Progress], object], progress: Progress) -> Callable[[], object]:
    """The work as a job's, which comes to `Stopped` where it was stopped."""

    def run() -> object:
        try:
            return work(progress)
        except StoppedError:
            return Stopped()

    return run
