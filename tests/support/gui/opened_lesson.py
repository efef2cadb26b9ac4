"""A stored lesson that is opened in the window, and what is seen of it."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.ui.lesson.view import LessonView
from fer_desktop.ui.main_window import MainWindow


def opened(qtbot: QtBot, window: MainWindow, session_id: int) -> LessonView:
    """The lesson, once it is read."""
    with qtbot.waitSignal(window.pages.lesson.shown):
        window.pages.open_lesson(session_id)
    view = window.pages.lesson.view
    assert view is not None, window.pages.lesson.trouble.text
    qtbot.waitUntil(lambda: view.chart.plot.item.picture is not None)
    return view


def x_of(view: LessonView, elapsed_s: float) -> QPoint:
    """Where that time stands in the trend, in the middle of its height."""
    picture = view.chart.plot.item.picture
    assert picture is not None
    return QPoint(round(picture.scale.x(elapsed_s)), round(picture.bands.up.center().y()))


def click_at(view: LessonView, elapsed_s: float) -> None:
    """Clicks in the trend."""
    viewport = view.chart.plot.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, x_of(view, elapsed_s))


def texts(view: LessonView) -> list[str]:
    """What the moments say."""
    return [row.text for row in view._rows.rows]


def store_of(tmp_path: Path) -> Path:
    """Where the window's services keep lessons."""
    return tmp_path / "sessions.db"
