"""Markers: naming the running second from the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, FakeServices, FakeSource, marks_of, rows_of
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.sources import SourceKind
from fer_desktop.pipeline.session_engine.status import Phase

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_m_and_a_name_mark_the_second(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    line = window.marking.popover._line
    window.marking.popover._opened_s = 0.0  # long ago: M is a letter now
    qtbot.keyClicks(line, "mm slide 7")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: marks_of(services) == ["mm slide 7"])


def test_m_twice_marks_at_once(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.ask_marker()
    qtbot.keyClick(window.marking.popover._line, Qt.Key.Key_M)
    assert not window.marking.popover.isVisible()
    qtbot.waitUntil(lambda: marks_of(services) == ["marker 1"])


def test_before_the_first_frame_there_is_nothing_to_pause_or_mark(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    camera = FakeSource("Camera", reopens=True)
    camera.read_failures = [(0, "The camera is gone: plug it in again.")]
    services.sources[SourceKind.CAMERA] = lambda: camera
    window = open_window(CAMERA)
    qtbot.waitUntil(lambda: window.session.status.phase is Phase.LOST)
    assert not window.page.header.pause.isEnabled()
    assert not window.page.header.marker.isEnabled()
    window.mark("")
    assert "Nothing marked" in window.status._message.text()
    wait_live(qtbot, window)
    window.mark("")
    qtbot.waitUntil(lambda: marks_of(services) == ["marker 1"])


def test_esc_leaves_without_a_marker(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.ask_marker()
    qtbot.keyClick(window.marking.popover, Qt.Key.Key_Escape)
    assert not window.marking.popover.isVisible()
    qtbot.waitUntil(lambda: len(list(rows_of(services))) >= 1)
    assert marks_of(services) == []
