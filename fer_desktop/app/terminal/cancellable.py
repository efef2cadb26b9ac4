"""A progress bar with the time left, and Ctrl+C that ends a run cleanly."""

import signal
import sys
import threading
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from fer_desktop.app.terminal.stuck import StuckWatch

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

EXIT_INTERRUPTED: Final = 130  # what shells report after Ctrl+C


class StoppedError(Exception):
    """The user pressed Ctrl+C."""


class CancellableProgress:
    """Draws on standard error if that is a terminal.

    The first Ctrl+C asks to stop, the second ends the program, whatever it is stuck in.
    """

    def __init__(self) -> None:
        self.stopped = False
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._before: Any = None
        self._stuck = StuckWatch(EXIT_INTERRUPTED)

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            # Importing what draws takes a tenth of a short run, and there is nothing to draw on elsewhere.
            from rich.console import Console

            from fer_desktop.app.terminal.progress_bar import progress_bar

            self._progress = progress_bar(Console(stderr=True))
            self._progress.start()
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
            self._stuck.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stuck.stop()
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._progress is not None:
            self._progress.stop()

    @property
    def is_shown(self) -> bool:
        """Whether anybody sees it."""
        return self._progress is not None

    def rename(self, name: str) -> None:
        """What is being done is called otherwise from here on."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=name)

    def begin(self, name: str) -> None:
        """Starts the next piece of work, whose length is not known yet."""
        if self._progress is not None:
            self._task = self._progress.add_task(name, total=None)

    def update(self, done: float, of: float | None) -> None:
        """How much of the work is done, in any unit; `of` is None where its length is unknown."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done if of is None else min(done, of), total=of)

    def update_or_stop(self, done: float, of: float) -> None:
        """`update` for work that only an exception can end. Raises StoppedError after Ctrl+C."""
        self.update(done, of)
        if self.stopped:
            raise StoppedError

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
