"""Markers: naming the running second from the window."""

import sys

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import CAMERA, DEMO, FakeServices, FakeSource, marks_of, rows_of
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.sources import SourceKind
from fer_desktop.pipeline.events import Alert, MarkerColour, MarkerEdited
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.session.marker_list import MarkerRow
from fer_desktop.ui.toolkit.marker_key import is_marker_key
from fer_desktop.ui.trend.lesson.named import in_view, named

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_m_and_a_name_mark_the_second(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    line = window.marking.popover._line
    window.marking.popover._opened_s = 0.0  # long ago: M is a letter now
    qtbot.keyClicks(line, "mm slide 7")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [marker.text for marker in window.model.markers] == ["mm slide 7"])


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


def test_the_moment_is_kept_that_the_field_is_opened_in_and_not_the_one_it_is_closed_in(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.ask_marker()
    qtbot.waitUntil(lambda: len(window.model.markers) == 1)  # stored though nothing is typed yet
    (marked,) = window.model.markers
    rows = len(list(rows_of(services)))
    qtbot.waitUntil(lambda: len(list(rows_of(services))) >= rows + 1)
    qtbot.keyClicks(window.marking.popover._line, "slide 7")
    window.marking.popover.close()  # as a click beside it does
    qtbot.waitUntil(lambda: [marker.text for marker in window.model.markers] == ["slide 7"])
    assert window.model.markers[0].elapsed_s == marked.elapsed_s


def test_a_name_is_given_though_the_marker_is_heard_of_later(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.ask_marker()
    assert not window.model.markers
    qtbot.keyClicks(window.marking.popover._line, "slide 7")
    qtbot.keyClick(window.marking.popover._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [marker.text for marker in window.model.markers] == ["slide 7"])


def test_esc_leaves_without_a_marker(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    window.ask_marker()
    qtbot.waitUntil(lambda: len(window.model.markers) == 1)
    qtbot.keyClick(window.marking.popover._line, Qt.Key.Key_Escape)
    assert not window.marking.popover.isVisible()
    qtbot.waitUntil(lambda: window.model.markers == ())


def pressed(key: int, text: str, scan_code: int = 0, virtual_key: int = 0, again: bool = False) -> QKeyEvent:
    modifiers = Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, virtual_key, 0, text, again)


@pytest.mark.parametrize(
    ("event", "system", "is_m"),
    [
        (pressed(Qt.Key.Key_M, "m", 58), "linux", True),
        (pressed(Qt.Key.Key_M, "M", 58), "linux", True),
        (pressed(0x042C, "ь", 58), "linux", True),  # Russian: the key in M's place
        (pressed(0x041C, "м", 55), "linux", True),  # and the one with the letter
        (pressed(0x039C, "μ", 58), "linux", True),  # Greek
        (pressed(0x0629, "ة", 58), "linux", True),  # Arabic, by its place
        (pressed(0x042C, "ь", 0x32), "win32", True),
        (pressed(0x042C, "ь", 0, 0x2E), "darwin", True),
        (pressed(Qt.Key.Key_M, "m", 47), "linux", True),  # French: M is elsewhere
        (pressed(Qt.Key.Key_Comma, ",", 58), "linux", False),  # and a comma in its place
        (pressed(0x0422, "т", 57), "linux", False),
        (pressed(Qt.Key.Key_Space, " ", 65), "linux", False),
        (pressed(Qt.Key.Key_M, "m", 58, again=True), "linux", False),  # held down
        (pressed(Qt.Key.Key_F5, "", 71), "linux", False),
        (pressed(Qt.Key.Key_Shift, "", 58), "linux", False),
    ],
)
def test_m_is_found_by_its_letter_and_by_its_place(event: QKeyEvent, system: str, is_m: bool) -> None:
    assert is_marker_key(event, system) is is_m


@pytest.mark.parametrize(("key", "text"), [(0x042C, "ь"), (0x039C, "μ")])
def test_a_cyrillic_or_greek_layout_alone_marks_and_marks_twice(
    qtbot: QtBot, services: FakeServices, open_window: Opener, key: int, text: str
) -> None:
    place = 0x32 if sys.platform == "win32" else 58
    window = open_window(DEMO)
    wait_live(qtbot, window)
    QApplication.sendEvent(window.page, pressed(key, text, place, 0x2E))
    assert window.marking.popover.isVisible()
    QApplication.sendEvent(window.marking.popover._line, pressed(key, text, place, 0x2E))
    assert not window.marking.popover.isVisible()
    qtbot.waitUntil(lambda: marks_of(services) == ["marker 1"])


def marked(qtbot: QtBot, open_window: Opener, *names: str) -> MainWindow:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    for count, name in enumerate(names, start=1):
        window.mark(name)
        qtbot.waitUntil(lambda count=count: len(window.model.markers) == count)  # type: ignore[misc]
    window.marking.open_list(window.page.header.marker)
    return window


def row_of(window: MainWindow, number: int) -> MarkerRow:
    return window.marking.popover.markers.rows[number]


def test_a_marker_is_renamed_and_coloured_in_the_list(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = marked(qtbot, open_window, "slide 7", "questions")
    row = row_of(window, 1)
    assert row.name.text() == "slide 7"
    row.name.selectAll()
    QTest.keyClicks(row.name, "slide 8")
    QTest.keyClick(row.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.model.markers[0].text == "slide 8")
    qtbot.waitUntil(lambda: not window.marking.popover.isVisible())
    window.marking.open_list(window.page.header.marker)
    row.flag.click()
    qtbot.waitUntil(lambda: window.model.markers[0].colour is MarkerColour.VIOLET)
    assert "Violet" in row.flag.accessibleDescription()
    edits = [event for event in services.stores[0].events if isinstance(event, MarkerEdited)]
    assert [(edit.number, edit.text, edit.colour) for edit in edits] == [
        (1, "slide 8", MarkerColour.GREY),
        (1, "slide 8", MarkerColour.VIOLET),
    ]


def test_a_marker_is_taken_away_and_brought_back(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = marked(qtbot, open_window, "slide 7", "questions")
    before = window.model.markers
    row_of(window, 2).remove.click()
    qtbot.waitUntil(lambda: window.model.markers == before[:1])
    markers = window.marking.popover.markers
    assert markers.undo.isVisible()
    assert markers.undo.hasFocus()
    markers.undo.click()
    qtbot.waitUntil(lambda: window.model.markers == before)
    assert not markers.undo.isVisible()
    edits = [event for event in services.stores[0].events if isinstance(event, MarkerEdited)]
    assert [edit.text for edit in edits] == ["", "questions"]


def test_a_name_that_is_emptied_is_as_it_was(qtbot: QtBot, open_window: Opener) -> None:
    window = marked(qtbot, open_window, "slide 7")
    row = row_of(window, 1)
    row.name.clear()
    QTest.keyClick(row.name, Qt.Key.Key_Return)
    assert row.name.text() == "slide 7"
    assert len(window.model.markers) == 1


def test_another_session_begins_without_markers(qtbot: QtBot, open_window: Opener) -> None:
    window = marked(qtbot, open_window, "slide 7")
    window.session.stop()
    qtbot.waitUntil(lambda: window.session.status.can_start)
    window.flow.decided.emit(DEMO)
    wait_live(qtbot, window)
    assert window.model.markers == ()
    assert window.marking.popover.markers.rows == {}


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_a_press_on_a_markers_name_or_flag_on_the_chart_opens_it_in_the_list(
    qtbot: QtBot, open_window: Opener, button: Qt.MouseButton
) -> None:
    window = open_window(DEMO)
    plot = window.page.chart.plot
    qtbot.waitUntil(lambda: len(window.page.chart._history) > 1)
    for number in range(1, 9):
        window.mark(f"m{number}")
    qtbot.waitUntil(lambda: plot.item.picture is not None and len(in_view(plot.item.picture)[1]) == 8)
    picture = plot.item.picture
    assert picture is not None
    assert 1 not in window.marking.popover.markers.rows  # older than those in the list
    rect, label = named(picture)[0]
    assert picture.moments[label.first].text == "m1"
    QTest.mouseClick(plot.viewport(), button, pos=rect.center().toPoint())
    popover = window.marking.popover
    assert popover.isVisible()
    assert row_of(window, 1).name.hasFocus()
    assert row_of(window, 1).name.selectedText() == "m1"
    popover.close()
    flag = QPointF(in_view(picture)[1][0], picture.bands.names.bottom() - 3)
    QTest.mouseClick(plot.viewport(), button, pos=flag.toPoint())
    assert popover.isVisible()
    popover.close()
    lines, up = in_view(picture)[1], picture.bands.up
    beside = QPointF(
        max(range(round(up.left()), round(up.right())), key=lambda x: min(abs(x - at) for at in lines)), up.center().y()
    )
    QTest.mouseClick(plot.viewport(), button, pos=beside.toPoint())
    assert not popover.isVisible()


def test_the_keyboards_cursor_on_the_chart_renames_a_marker_and_removes_it(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    plot, popover = window.page.chart.plot, window.marking.popover
    qtbot.waitUntil(lambda: len(window.page.chart._history) > 1)
    window.mark("slide 7")
    qtbot.waitUntil(lambda: bool(window.page.chart._history.markers))
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Return)  # the cursor is nowhere
    assert not popover.isVisible()
    plot.point_at(window.model.markers[0].elapsed_s)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert popover.isVisible()
    assert row_of(window, 1).name.hasFocus()
    popover.close()
    QTest.keyClick(plot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not window.model.markers)
    assert popover.isVisible()
    popover.markers.undo.click()
    qtbot.waitUntil(lambda: [marker.text for marker in window.model.markers] == ["slide 7"])


def test_a_marker_of_an_alerts_moment_can_be_pressed_though_the_alert_stands_there(
    qtbot: QtBot, open_window: Opener
) -> None:
    window = open_window(DEMO)
    plot = window.page.chart.plot
    qtbot.waitUntil(lambda: len(window.page.chart._history) > 2)
    at_s = 1.0
    window.model.feed(Alert(1, at_s, AlertKind.MORE_SMILE, 12.0, 22, 3.0))
    window.marking.mark("They laugh", at_s)
    qtbot.waitUntil(lambda: plot.item.picture is not None and len(in_view(plot.item.picture)[1]) == 2)
    picture = plot.item.picture
    assert picture is not None
    flag = QPointF(in_view(picture)[1][0], picture.bands.names.bottom() - 3)
    assert plot.marker_at(flag) == 1
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.RightButton, pos=flag.toPoint())
    assert window.marking.popover.isVisible()
