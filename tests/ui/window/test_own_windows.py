"""Who sees the program's own windows in pictures of the screen."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.fakes import REGION, FakeServices
from support.gui.opened_window import Opener, wait_live

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_all_windows_are_left_out_of_pictures_once_the_class_was_told_and_not_before(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.can_leave_out = True
    window = open_window(REGION)
    wait_live(qtbot, window)
    with qtbot.waitSignal(window.model.summary):
        pass
    assert services.left_out == set()
    window.own_windows.set_told(True)
    assert int(window.winId()) in services.left_out
    strip = QWidget()
    qtbot.addWidget(strip)
    strip.show()
    qtbot.waitUntil(lambda: int(strip.winId()) in services.left_out)
    window.own_windows.set_told(False)
    assert services.left_out == set()


@pytest.mark.parametrize("can", [True, False])
def test_it_is_said_that_a_part_is_left_out_only_where_it_is(
    qtbot: QtBot, services: FakeServices, open_window: Opener, can: bool
) -> None:
    services.can_leave_out = can
    window = open_window(REGION)
    window.own_windows.set_told(True)
    wait_live(qtbot, window)
    window.move(0, 0)
    with qtbot.waitSignals([window.model.summary] * 2):
        pass
    assert ("that part is left out" in window.notice.text) is not can
