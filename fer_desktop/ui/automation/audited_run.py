"""A short session in the window, with all that a user may do in it, for the audit of what it leaves."""

import os
from typing import Final

from PySide6.QtCore import QObject, QSettings

from fer_desktop.core.errors import SourceError
from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.session_engine.channel.status import SessionEnd
from fer_desktop.ui.application import NAME, end_threads, excepthooks_installed, make_application, signals_close
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.toolkit.timers import single_shot_timer

_GIVE_UP_S: Final = 120.0
_PAUSES_AND_RESUMES: Final = (3, 4)  # rows of the session


def play(services: Services, choice: SourceChoice, seconds: float, ends_hard: bool) -> None:
    """A session of so many seconds: started by its card, marked, paused, resumed, the settings changed, and saved.

    With `ends_hard` the process aborts in the middle of it. Raises SourceError where no frame came.
    """
    app = make_application(services)
    window = MainWindow(services, QSettings("fer-desktop", "fer-desktop"))
    player = _Player(window, choice, seconds, ends_hard)
    with excepthooks_installed(window), signals_close(window):
        window.show()
        app.exec()
    end_threads(window)
    player.check()


class _Player(QObject):
    def __init__(self, window: MainWindow, choice: SourceChoice, seconds: float, ends_hard: bool) -> None:
        super().__init__(window)
        self._window, self._choice, self._seconds, self._ends_hard = window, choice, seconds, ends_hard
        self._rows = 0
        self._problem: Message | None = Message("The audited session did not end in its time: see the log file.")
        window.ready.connect(self._on_ready)
        self._deadline = single_shot_timer(self, round(1000 * (seconds + _GIVE_UP_S)))
        self._deadline.timeout.connect(window.close)
        self._deadline.start()

    def check(self) -> None:
        """Raises SourceError where the session did not come to its end."""
        if self._problem is not None:
            raise SourceError(self._problem)

    def _on_ready(self) -> None:
        self._window.model.summary.connect(self._on_summary)
        self._window.model.ended.connect(self._on_ended)
        self._window.flow.request(self._choice)

    def _on_summary(self, summary: Summary) -> None:
        self._rows += 1
        if summary.elapsed_s >= self._seconds:
            if self._ends_hard:
                os.abort()
            self._window.session.stop()
        elif self._rows == 1:
            self._window.mark(NAME)
            settings = self._window.settings
            settings.put(settings.current.changed(seat_view=not settings.current.seat_view))
        elif self._rows in _PAUSES_AND_RESUMES:
            self._window.pause_or_resume()

    def _on_ended(self, end: SessionEnd) -> None:
        self._problem = None if end.path is not None else end.reason or self._problem
        self._window.close()
