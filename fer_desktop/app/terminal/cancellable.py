"""A progress bar with the time left, and Ctrl+C that ends a run cleanly."""

import signal
import threading
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class CancellableProgress:
    """Draws on standard error, and only where somebody looks. The first Ctrl+C asks to stop, the second one ends."""

    def __init__(self) -> None:
        self.stopped = False
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._before: Any = None

    def __enter__(self) -> Self:
        from rich.console import Console

        from fer_desktop.app.terminal.progress_bar import progress_bar

        self._progress = progress_bar(Console(stderr=True))
        self._progress.start()
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._progress is not None:
            self._progress.stop()

    def begin(self, name: str) -> None:
        """The next piece of work; its length is not known yet."""
        if self._progress is not None:
            self._task = self._progress.add_task(name, total=None)

    def progress(self, done: float, of: float | None) -> None:
        """How far it is, in units of its own; `of` is None where nobody knows."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done if of is None else min(done, of), total=of)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
