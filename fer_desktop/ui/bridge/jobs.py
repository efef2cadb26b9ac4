"""One slow call in a thread of its own, its outcome as a signal."""

import logging
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal

from fer_desktop.core.errors import FerError
from fer_desktop.pipeline.session_engine.channel.status import FAULT
from fer_desktop.ui.look.words import told

logger = logging.getLogger(__name__)

# A QThread that Python forgets while it runs takes the program with it, so running jobs are held here.
_running: Final[set["Job"]] = set()


class Job(QThread):
    """Makes one call. Connect `done` and `failed` to methods of widgets, then `begin`."""

    done = Signal(object)  # what the call returned
    failed = Signal(str)  # one sentence

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self.finished.connect(self._forget)

    def begin(self) -> None:
        """Starts the thread; the job lives until it is over."""
        _running.add(self)
        self.start()

    def run(self) -> None:
        """The call, in the calling thread."""
        try:
            result = self._work()
        except FerError as error:
            self.failed.emit(told(error.message))
        except Exception:  # a bug in a job must not end the program; it is logged and told
            logger.exception("Fault in a job")
            self.failed.emit(told(FAULT))
        else:
            self.done.emit(result)

    def _forget(self) -> None:
        self.wait()  # it says so a moment before it is over, and must not be destroyed in that moment
        _running.discard(self)


def run_job(
    work: Callable[[], object], then: Callable[[Any], object], failed: Callable[[str], object], parent: QObject
) -> None:
    """Makes a slow call; what it returned, or one sentence, is handed on in `parent`'s thread, while that lives."""
    outcome, job = _Outcome(then, failed, parent), Job(work)
    job.done.connect(outcome.on_done)
    job.failed.connect(outcome.on_failed)
    job.finished.connect(outcome.deleteLater)
    job.begin()


class _Outcome(QObject):
    """Receives what a job comes to; a plain function would be called in the job's own thread."""

    def __init__(self, then: Callable[[Any], object], failed: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._then, self._failed = then, failed

    def on_done(self, outcome: object) -> None:
        """Hands it on."""
        self._then(outcome)

    def on_failed(self, sentence: str) -> None:
        """Hands it on."""
        self._failed(sentence)


def wait_for_jobs(limit_ms: int) -> bool:
    """Whether all jobs were over within the time. For the end of the program."""
    deadline = QDeadlineTimer(limit_ms)
    return all(job.wait(deadline) for job in tuple(_running))
