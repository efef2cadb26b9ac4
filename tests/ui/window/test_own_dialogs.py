"""Settings, help and questions open clear of what is read, which they would hide."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.sources import Region, RegionChoice
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.main_window import MainWindow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SCREEN = QRect(0, 0, 1600, 900)
OPENS: dict[str, Callable[[MainWindow], object]] = {
    "settings": lambda window: window.open_settings(),
    "change answers": lambda window: window.flow.change_answers(),
    "help": lambda window: window.help.open("keys"),
    "model": lambda window: window.help.show_model(),
    "lessons": lambda window: window.saved.open_list(),
}


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeServices:
    """A screen of 1600x900 px."""

    class WideScreen(FakeServices):
        def screens(self) -> list[Region]:
            return [Region(0, 0, 1600, 900)]

    for name in ("geometry", "availableGeometry"):
        monkeypatch.setattr(QScreen, name, lambda _screen: SCREEN)
    return WideScreen(tmp_path)


def opened(qtbot: QtBot, window: MainWindow, name: str) -> QWidget:
    before = set(QApplication.topLevelWidgets())
    OPENS[name](window)
    found: list[QWidget] = []

    def is_there() -> bool:
        found[:] = [one for one in set(QApplication.topLevelWidgets()) - before if one.isVisible()]
        return any(one.isWindow() and (isinstance(one, QDialog) or name == "help") for one in found)

    qtbot.waitUntil(is_there)
    QApplication.processEvents()
    return found[0]


@pytest.mark.parametrize("name", OPENS)
def test_a_window_of_ours_opens_clear_of_the_call_where_there_is_room(
    qtbot: QtBot, open_window: Opener, name: str
) -> None:
    window = open_window()
    call = QRect(0, 0, 700, 900)
    window.flow.decided.emit(RegionChoice("Part", Region(0, 0, call.width(), call.height())))
    wait_live(qtbot, window)
    window.setGeometry(720, 40, 500, 800)
    dialog = opened(qtbot, window, name)
    qtbot.waitUntil(lambda: SCREEN.contains(dialog.frameGeometry()))
    assert not dialog.frameGeometry().intersects(call), dialog.frameGeometry()
    dialog.close()
    assert wait_for_jobs(5000)


def test_a_dialog_over_a_window_that_lies_over_the_call_moves_beside_it(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.flow.decided.emit(RegionChoice("Part", Region(0, 0, 800, 900)))
    wait_live(qtbot, window)
    window.setGeometry(100, 40, 640, 800)
    dialog = opened(qtbot, window, "settings")
    assert dialog.frameGeometry().left() >= 800
    dialog.close()
    assert wait_for_jobs(5000)


def test_before_and_after_a_lesson_a_dialog_opens_over_the_window(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.setGeometry(100, 40, 1000, 800)
    dialog = opened(qtbot, window, "settings")
    assert abs(dialog.frameGeometry().center().x() - window.frameGeometry().center().x()) < 40
    dialog.close()
    assert wait_for_jobs(5000)


@pytest.mark.parametrize("name", ["settings", "change answers", "help"])
def test_what_is_needed_in_a_lesson_fits_into_the_column_beside_a_call(
    qtbot: QtBot, open_window: Opener, name: str
) -> None:
    window = open_window()
    call = QRect(0, 0, 1174, 900)
    window.flow.decided.emit(RegionChoice("Part", Region(0, 0, call.width(), call.height())))
    wait_live(qtbot, window)
    window.setGeometry(1176, 0, 424, 860)
    dialog = opened(qtbot, window, name)
    room = QRect(call.right() + 1, 0, SCREEN.width() - call.width(), SCREEN.height())
    qtbot.waitUntil(lambda: room.contains(dialog.frameGeometry()))
    dialog.close()
    assert wait_for_jobs(5000)
