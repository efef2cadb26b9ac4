"""The stage of one picture: the program's window and what belongs to it, brought to a state, then put away."""

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSettings, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fer_desktop.core.types import Analysis
from fer_desktop.pipeline.latest import Latest
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.application import end_threads
from fer_desktop.ui.automation.screenshots.replay import Moment, Studio
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.main_window import MainWindow

SIZE: Final = QSize(1280, 800)
_ROUNDS: Final = 8  # until layouts that ask one another have come to rest
_PATIENCE_S: Final = 30.0
_PAUSE_S: Final = 0.005


def settle(rounds: int = _ROUNDS) -> None:
    """Lets layouts come to rest and jobs end."""
    for _ in range(rounds):
        wait_for_jobs(round(1000 * _PATIENCE_S))
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()


def until(met: Callable[[], bool], what: str) -> None:
    """Lets the program run until it is so. Raises TimeoutError."""
    end_s = time.monotonic() + _PATIENCE_S
    while not met():
        if time.monotonic() > end_s:
            raise TimeoutError(what)
        settle(1)
        time.sleep(_PAUSE_S)  # other threads bring it about, and need the interpreter
    settle()


class Stage:
    """A context: whatever was shown in it is gone afterwards, with its threads."""

    def __init__(self, studio: Studio, folder: Path) -> None:
        """`folder` keeps what the window remembers."""
        self.studio, self._folder = studio, folder
        self._windows: list[MainWindow] = []
        self._endings: list[Callable[[], object]] = []
        self.owner = QObject()  # of what is no widget

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for end in reversed(self._endings):
            end()
        for window in self._windows:
            window.model.feed(SessionStatus())
            window.close()
            end_threads(window)
            window.deleteLater()
        self.owner.deleteLater()
        settle(1)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def at_end(self, call: Callable[[], object]) -> None:
        """Makes that call when the picture is taken."""
        self._endings.append(call)

    def window(self, size: QSize = SIZE, prepare: Callable[[MainWindow], object] | None = None) -> MainWindow:
        """The program's window, ready; `prepare` is called before it is shown."""
        store = QSettings(str(self._folder / "window.ini"), QSettings.Format.IniFormat)
        store.clear()
        window = MainWindow(self.studio, store)
        self._windows.append(window)
        ready: list[bool] = []
        window.ready.connect(lambda: ready.append(True))
        if prepare is not None:
            prepare(window)
        window.resize(size)
        window.show()
        until(lambda: bool(ready), "the window was not painted")
        return window

    def play(self, window: MainWindow, moment: Moment) -> None:
        """Shows a session at that moment, through the model that a live one feeds."""
        replay, analyses = self.studio.replay(moment), Latest[Analysis]()
        window.show_session(replay.choice)
        settle()  # it may have docked
        window.model.begin(analyses)
        window.model.feed(SessionStatus(Phase.LOADING))
        window.page.chart.hold(True)
        for notice in replay.notices:
            window.model.feed(notice)
        window.page.chart.hold(False)
        if replay.analysis is not None:
            analyses.put(replay.analysis)
            until(lambda: not (analyses.waiting and window.page.pulling), "no analysis was shown")
        for notice in replay.after:
            window.model.feed(notice)
        settle()

    def dialog(self, dialog: QDialog) -> QDialog:
        """Shows a dialog; it is closed afterwards."""
        self.at_end(dialog.close)
        dialog.show()
        settle()
        return dialog


def picture_of(shown: QWidget) -> QPixmap:
    """The widget, with what pops up over it."""
    picture = shown.grab()
    over = [one for one in QApplication.topLevelWidgets() if one.isVisible() and _pops_up(one)]
    if over:
        corner, painter = shown.mapToGlobal(QPoint()), QPainter(picture)
        for one in over:
            painter.drawPixmap(one.mapToGlobal(QPoint()) - corner, one.grab())
        painter.end()
    return picture


def _pops_up(widget: QWidget) -> bool:
    return widget.windowType() is Qt.WindowType.Popup
