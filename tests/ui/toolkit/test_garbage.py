"""A widget that is part of a circle is never destroyed in a thread of frames."""

import gc
import threading

from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.ui.toolkit.garbage import collect_here


class Circle(QWidget):
    """Holds itself."""

    def __init__(self, gone: list[QThread]) -> None:
        super().__init__()
        self._own = self
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append(QThread.currentThread())


def allocate() -> None:
    """Enough for Python to collect many times over."""
    kept = [[number] for number in range(200_000)]
    assert len(kept) == 200_000


def test_a_thread_that_allocates_collects_nothing_and_the_windows_thread_does(qapp: QApplication, qtbot: QtBot) -> None:
    collect_here(qapp)
    gone: list[QThread] = []
    Circle(gone)
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert gone == []
    qtbot.waitUntil(lambda: len(gone) == 1, timeout=15_000)
    assert gone[0] is QCoreApplication.instance().thread()  # type: ignore[union-attr]
    assert not gc.isenabled()
