"""The window goes out of the way of what is read, and comes back after it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from pytestqt.qtbot import QtBot
from support.fakes import WINDOW, FakeServices
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.sources import Region, RegionChoice

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeServices:
    """A screen of 1600x900 px."""

    class WideScreen(FakeServices):
        def screens(self) -> list[Region]:
            return [Region(0, 0, 1600, 900)]

    for name in ("geometry", "availableGeometry"):
        monkeypatch.setattr(QScreen, name, lambda _screen: QRect(0, 0, 1600, 900))
    return WideScreen(tmp_path)


def test_it_docks_beside_a_part_of_the_screen_and_goes_back_for_a_new_session(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window()
    window.setGeometry(100, 100, 1200, 700)
    before = window.geometry()
    with qtbot.waitSignal(window.placing.docked):
        window.flow.decided.emit(RegionChoice("Part", Region(0, 0, 900, 900)))
    assert window.frameGeometry().left() >= 900
    assert window.frameGeometry().right() < 1600
    wait_live(qtbot, window)
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    window.new_session()
    assert window.geometry() == before


def test_a_docked_window_that_the_user_has_moved_stays_where_she_put_it(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.setGeometry(100, 100, 1200, 700)
    with qtbot.waitSignal(window.placing.docked):
        window.flow.decided.emit(RegionChoice("Part", Region(0, 0, 900, 900)))
    wait_live(qtbot, window)
    window.setGeometry(920, 40, 660, 500)
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    window.new_session()
    assert window.geometry() == QRect(920, 40, 660, 500)


def test_it_docks_beside_another_window(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.window_places[WINDOW.name] = Region(700, 0, 900, 900)
    window = open_window()
    window.setGeometry(100, 100, 1200, 700)
    with qtbot.waitSignal(window.placing.docked):
        window.flow.decided.emit(WINDOW)
    assert window.frameGeometry().right() < 700
    assert window.frameGeometry().left() >= 0


def test_where_nothing_is_left_it_stays_and_says_so(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    services.window_places[WINDOW.name] = Region(0, 0, 1600, 900)
    window = open_window()
    window.setGeometry(100, 100, 1200, 700)
    with qtbot.waitSignal(window.placing.no_room):
        window.flow.decided.emit(WINDOW)
    assert window.geometry() == QRect(100, 100, 1200, 700)
