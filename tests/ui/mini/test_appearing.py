"""The strip comes when its window cannot be seen while a session runs, and goes when it can."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.ui.mini.appearing import COVERED_LOOKS, Appearing, Circumstances, appears
from fer_desktop.ui.mini.strip import MiniStrip

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Desk:
    """A main window, another one that may lie over it, and the strip."""

    def __init__(self, qtbot: QtBot, store: QSettings) -> None:
        self.window, self.other, self.strip = QWidget(), QWidget(), MiniStrip(store)
        self.covered, self.asked = False, 0
        for widget in (self.window, self.other, self.strip):
            qtbot.addWidget(widget)
        self.appearing = Appearing(self.window, self.strip, self.ask_covered)
        self.window.show()
        self.give_way()

    def ask_covered(self) -> bool:
        self.asked += 1
        return self.covered

    def give_way(self) -> None:
        """Another window takes the keyboard."""
        self.other.show()
        self.other.activateWindow()
        QApplication.processEvents()

    def look(self, times: int = 1) -> bool:
        for _ in range(times):
            self.appearing.look()
        return self.strip.isVisible()


@pytest.fixture
def desk(qtbot: QtBot, store: QSettings) -> Iterator[Desk]:
    desk = Desk(qtbot, store)
    yield desk
    desk.appearing.set_running(False)


def test_it_appears_for_every_reason_and_never_without_a_session() -> None:
    for reason in ("minimised", "covered", "asked"):
        assert appears(Circumstances(running=True, **{reason: True}))
        assert not appears(Circumstances(running=False, **{reason: True}))
        assert not appears(Circumstances(running=True, dismissed=True, **{reason: True}))
    assert not appears(Circumstances(running=True))


def test_it_comes_as_the_window_is_minimised_and_goes_as_it_is_back(desk: Desk) -> None:
    desk.appearing.set_running(True)
    assert not desk.strip.isVisible()
    desk.window.showMinimized()
    QApplication.processEvents()
    assert desk.strip.isVisible()
    desk.window.showNormal()
    QApplication.processEvents()
    assert not desk.strip.isVisible()
    desk.window.hide()
    assert desk.strip.isVisible()


def test_it_is_not_there_before_a_session_and_goes_with_it(desk: Desk) -> None:
    desk.window.showMinimized()
    QApplication.processEvents()
    assert not desk.strip.isVisible()
    desk.appearing.set_running(True)
    assert desk.strip.isVisible()
    desk.appearing.set_running(False)
    assert not desk.strip.isVisible()
    desk.covered = True
    assert not desk.look(5)


def test_it_comes_once_the_window_stays_covered(desk: Desk) -> None:
    desk.appearing.set_running(True)
    desk.covered = True
    assert not desk.look(COVERED_LOOKS - 1)
    desk.covered = False
    assert not desk.look()
    desk.covered = True
    assert desk.look(COVERED_LOOKS)
    desk.covered = False
    assert not desk.look()


def test_it_looks_by_itself(desk: Desk, qtbot: QtBot) -> None:
    desk.appearing._timer.setInterval(10)
    desk.covered = True
    desk.appearing.set_running(True)
    qtbot.waitUntil(desk.strip.isVisible)


def test_a_window_that_has_the_keyboard_is_seen(desk: Desk) -> None:
    desk.appearing.set_running(True)
    desk.covered = True
    assert desk.look(COVERED_LOOKS)
    desk.window.activateWindow()
    QApplication.processEvents()
    assert not desk.strip.isVisible()
    asked = desk.asked
    assert not desk.look(5)
    assert desk.asked == asked


def test_put_away_by_hand_it_stays_away_until_the_window_was_back(desk: Desk) -> None:
    desk.appearing.set_running(True)
    desk.window.showMinimized()
    QApplication.processEvents()
    desk.strip.close()
    assert not desk.look(5)
    desk.window.showNormal()
    QApplication.processEvents()
    desk.window.showMinimized()
    QApplication.processEvents()
    assert desk.strip.isVisible()


def test_back_brings_the_window_and_the_strip_goes(desk: Desk, qtbot: QtBot) -> None:
    desk.appearing.set_running(True)
    desk.appearing.ask()
    assert desk.window.isMinimized()
    assert desk.strip.isVisible()
    with qtbot.waitSignal(desk.appearing.changed) as changed:
        desk.strip.back.click()
    assert changed.args == [False]
    assert not desk.window.isMinimized()
    assert not desk.strip.isVisible()


def test_the_strip_goes_with_its_window(qtbot: QtBot, store: QSettings) -> None:
    window, strip = QWidget(), MiniStrip(store)
    Appearing(window, strip, lambda: False)
    with qtbot.waitSignal(strip.destroyed):
        window.deleteLater()


def test_without_a_session_nothing_gives_way(desk: Desk) -> None:
    desk.appearing.ask()
    assert not desk.window.isMinimized()
    assert not desk.strip.isVisible()


def test_where_a_screen_goes_the_strip_comes_to_one_that_is_left(desk: Desk, qtbot: QtBot) -> None:
    desk.appearing._settle.setInterval(0)
    desk.appearing.set_running(True)
    desk.appearing.ask()
    desk.strip.move(QPoint(6000, 50))
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenRemoved.emit(QGuiApplication.primaryScreen())
    available = QGuiApplication.primaryScreen().availableGeometry()
    qtbot.waitUntil(lambda: available.contains(desk.strip.geometry()))


def test_asked_before_a_session_it_comes_as_the_session_begins_and_not_with_the_next_one(desk: Desk) -> None:
    desk.appearing.ask()  # there is no room beside the call, which is about to be read
    assert not desk.strip.isVisible()
    assert not desk.window.isMinimized()
    desk.appearing.set_running(True)
    assert desk.strip.isVisible()
    assert desk.window.isMinimized()
    desk.appearing.set_running(False)
    desk.appearing.bring_back()
    desk.appearing.set_running(True)
    QApplication.processEvents()
    assert not desk.strip.isVisible()
    assert not desk.window.isMinimized()
