"""The region picker's geometry, and its keys, buttons and endings without a screen."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.core.errors import SourceError
from fer_desktop.core.sources import Region
from fer_desktop.core.types import Image
from fer_desktop.ui.region.geometry import (
    GRIPS,
    INSIDE,
    LEAST_PX,
    Gesture,
    Grip,
    Monitor,
    Point,
    QtScreen,
    between,
    grip_at,
    home,
    matched,
    moved,
    pixel_at,
    resized,
)
from fer_desktop.ui.region.monitor_window import RegionWindow
from fer_desktop.ui.region.overlay import RegionOverlay
from fer_desktop.ui.region.toolbar import RegionBar

SCREEN = Region(0, 0, 1920, 1080)
LEFT_OF_IT = Region(-1366, 200, 1366, 768)


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 1.75, 2, 2.25, 3])
def test_every_pixel_is_found_again_at_every_scale(ratio: float) -> None:
    monitor = Monitor(LEFT_OF_IT, ratio)
    for column in range(LEFT_OF_IT.width):
        assert pixel_at(column / ratio, 0, monitor).x == LEFT_OF_IT.left + column


def test_a_pointer_beyond_the_monitor_stays_on_it() -> None:
    monitor = Monitor(LEFT_OF_IT, 1.5)
    assert pixel_at(-40, 9000, monitor) == Point(-1366, 967)
    assert pixel_at(9000, -3, monitor) == Point(-1, 200)


def test_a_drag_covers_what_lies_between_its_ends_in_any_direction() -> None:
    expected = Region(100, 50, 640, 360)
    corners = Point(100, 50), Point(740, 410), Point(740, 50), Point(100, 410)
    for start, end in [(0, 1), (1, 0), (2, 3), (3, 2)]:
        assert between(corners[start], corners[end], SCREEN) == expected


def test_a_drag_to_the_last_pixel_reaches_the_edge() -> None:
    assert between(Point(0, 0), Point(1919, 1079), SCREEN) == SCREEN
    assert between(Point(-1, 967), Point(-1366, 200), LEFT_OF_IT) == LEFT_OF_IT


def test_a_drag_along_a_line_is_no_region() -> None:
    assert between(Point(100, 50), Point(100, 400), SCREEN) is None


def test_monitors_of_mixed_scale_are_matched_by_their_pixels() -> None:
    # 1366 / 1.5 is no whole number: Qt rounds.
    screens = [QtScreen(1920, 0, 1707, 960, 2.25), QtScreen(-1366, 200, 911, 512, 1.5), QtScreen(0, 0, 1920, 1080, 1)]
    large = Region(1920, 0, 3840, 2160)
    assert matched(screens, [SCREEN, LEFT_OF_IT, large]) == [
        Monitor(large, 2.25),
        Monitor(LEFT_OF_IT, 1.5),
        Monitor(SCREEN, 1),
    ]


def test_monitors_with_one_corner_are_told_apart_by_their_size() -> None:
    small = Region(0, 0, 1280, 720)
    screens = [QtScreen(0, 0, 1280, 720, 1.5), QtScreen(0, 0, 1280, 720, 1)]
    assert matched(screens, [small, SCREEN]) == [Monitor(SCREEN, 1.5), Monitor(small, 1)]


def test_a_grabber_that_counts_logical_pixels_is_believed() -> None:
    assert matched([QtScreen(0, 0, 1440, 900, 2)], [Region(0, 0, 1440, 900)]) == [Monitor(Region(0, 0, 1440, 900), 1)]


def test_a_mirrored_monitor_is_asked_for_once() -> None:
    screen = QtScreen(0, 0, 1280, 720, 1.5)
    assert matched([screen, screen], [SCREEN, SCREEN]) == [Monitor(SCREEN, 1.5), None]


@pytest.mark.parametrize("grip", GRIPS)
def test_a_handle_moves_its_own_edges_only(grip: Grip) -> None:
    before = Region(500, 400, 300, 200)
    after = resized(before, grip, 7, -5, SCREEN)
    edges = [after.left - 500, after.top - 400, after.left + after.width - 800, after.top + after.height - 600]
    assert edges == [7 * (grip.x < 0), -5 * (grip.y < 0), 7 * (grip.x > 0), -5 * (grip.y > 0)]


def test_a_region_never_gets_smaller_than_the_least_or_leaves_its_monitor() -> None:
    before = Region(500, 400, 300, 200)
    assert resized(before, Grip(-1, -1), 5000, 5000, SCREEN) == Region(800 - LEAST_PX, 600 - LEAST_PX, 64, 64)
    assert resized(before, Grip(1, 1), 5000, 5000, SCREEN) == Region(500, 400, 1420, 680)
    assert resized(before, Grip(-1, 0), -5000, 0, SCREEN) == Region(0, 400, 800, 200)
    assert moved(before, 5000, -5000, SCREEN) == Region(1620, 0, 300, 200)


def test_a_handle_drawn_to_the_monitors_edge_reaches_it_from_wherever_it_was_held() -> None:
    before = Region(500, 400, 300, 200)
    held_outside = Gesture(Grip(1, 0), Point(804, 500), before, SCREEN)
    assert held_outside.region_at(Point(1919, 480)) == Region(500, 400, 1420, 200)
    assert held_outside.region_at(Point(814, 480)) == Region(500, 400, 310, 200)
    held_outside = Gesture(Grip(-1, -1), Point(497, 396), before, SCREEN)
    assert held_outside.region_at(Point(0, 0)) == Region(0, 0, 800, 600)


def test_what_a_press_takes_hold_of() -> None:
    region = Region(500, 400, 300, 200)
    assert grip_at(Point(497, 405), region, 8) == Grip(-1, -1)
    assert grip_at(Point(803, 500), region, 8) == Grip(1, 0)
    assert grip_at(Point(650, 500), region, 8) == INSIDE
    assert grip_at(Point(650, 620), region, 8) is None
    assert grip_at(Point(510, 410), Region(500, 400, 20, 20), 16) == INSIDE


def test_the_last_region_is_shown_where_most_of_it_still_is() -> None:
    monitors = [Monitor(SCREEN, 1), Monitor(LEFT_OF_IT, 1.5)]
    assert home(Region(-300, 300, 400, 400), monitors) == (1, Region(-300, 300, 300, 400))
    assert home(Region(1900, 0, 400, 400), monitors) is None
    assert home(None, monitors) is None


class Room:
    """The picker on the screen of the offscreen platform, and what it said."""

    def __init__(self, last: Region | None = None) -> None:
        shape = QGuiApplication.primaryScreen().geometry()
        self.screen = Region(0, 0, shape.width(), shape.height())
        self.said: list[object] = []
        self.overlay = RegionOverlay(self.grab, [self.screen], last)
        self.overlay.chosen.connect(self.said.append)
        self.overlay.cancelled.connect(lambda: self.said.append("cancelled"))
        self.overlay.failed.connect(self.said.append)

    def grab(self, region: Region) -> Image:
        return np.full((region.height, region.width, 3), 200, dtype=np.uint8)

    @property
    def window(self) -> RegionWindow:
        return self.overlay.windows[0]

    def button(self, text: str) -> QAbstractButton:
        return next(button for button in self.window.findChildren(QAbstractButton) if button.text() == text)


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    room = Room(Region(100, 100, 300, 200))
    room.overlay.start()
    qtbot.waitUntil(lambda: room.window.isVisible())
    yield room
    room.overlay.cancel()


@pytest.fixture
def empty_room(qtbot: QtBot) -> Iterator[Room]:
    room = Room()
    room.overlay.start()
    qtbot.waitUntil(lambda: room.window.isVisible())
    yield room
    room.overlay.cancel()


Key, Held = Qt.Key, Qt.KeyboardModifier


def test_arrows_move_and_resize_the_region(room: Room, qtbot: QtBot) -> None:
    steps = [
        (Key.Key_Right, Held.NoModifier, Region(101, 100, 300, 200)),
        (Key.Key_Up, Held.ShiftModifier, Region(101, 90, 300, 200)),
        (Key.Key_Right, Held.ControlModifier, Region(101, 90, 301, 200)),
        (Key.Key_Up, Held.AltModifier, Region(101, 90, 301, 199)),
        (Key.Key_Down, Held.ControlModifier | Held.ShiftModifier, Region(101, 90, 301, 209)),
    ]
    for key, modifier, expected in steps:
        qtbot.keyClick(room.window, key, modifier)
        assert room.window.region == expected
    qtbot.keyClick(room.window, Key.Key_Enter)
    assert room.said == [Region(101, 90, 301, 209)]


def test_the_last_region_is_drawn_at_once_and_enter_takes_it(room: Room, qtbot: QtBot) -> None:
    qtbot.keyClick(room.window, Key.Key_Return)
    assert room.said == [Region(100, 100, 300, 200)]
    assert not room.overlay.windows


def test_a_hand_on_the_keyboard_needs_no_mouse(empty_room: Room, qtbot: QtBot) -> None:
    screen = empty_room.screen
    qtbot.keyClick(empty_room.window, Key.Key_Return)
    assert empty_room.said == []  # nothing is drawn yet
    qtbot.keyClick(empty_room.window, Key.Key_Down)
    half = Region(screen.width // 4, screen.height // 4, screen.width // 2, screen.height // 2)
    assert empty_room.window.region == half
    qtbot.keyClick(empty_room.window, Key.Key_A, Held.ControlModifier)
    qtbot.keyClick(empty_room.window, Key.Key_Return)
    assert empty_room.said == [screen]


def test_esc_says_cancelled_once_whatever_has_the_focus(room: Room, qtbot: QtBot) -> None:
    cancel = room.button("Cancel")
    cancel.setFocus()
    qtbot.keyClick(cancel, Key.Key_Escape)
    room.overlay.cancel()
    assert room.said == ["cancelled"]
    assert not room.overlay.windows


def test_a_window_closed_by_the_window_manager_cancels(room: Room) -> None:
    room.window.close()
    assert room.said == ["cancelled"]


def test_arrows_move_the_region_while_a_button_has_the_focus(room: Room, qtbot: QtBot) -> None:
    use = room.button("Use this region")
    use.setFocus()
    qtbot.keyClick(use, Key.Key_Left)
    qtbot.keyClick(use, Key.Key_Return)
    assert room.said == [Region(99, 100, 300, 200)]


def test_the_buttons_end_it(room: Room, empty_room: Room, qtbot: QtBot) -> None:
    qtbot.mouseClick(room.button("Use this region"), Qt.MouseButton.LeftButton)
    assert room.said == [Region(100, 100, 300, 200)]
    assert not empty_room.button("Use this region").isEnabled()
    qtbot.mouseClick(empty_room.button("Cancel"), Qt.MouseButton.LeftButton)
    assert empty_room.said == ["cancelled"]


def test_a_region_too_small_for_faces_is_drawn_but_not_used(empty_room: Room, qtbot: QtBot) -> None:
    window = empty_room.window
    _drag(qtbot, window, QPoint(100, 100), QPoint(140, 130))
    assert window.region == Region(100, 100, 40, 30)
    assert not empty_room.button("Use this region").isEnabled()
    qtbot.keyClick(window, Key.Key_Return)
    qtbot.mouseDClick(window, Qt.MouseButton.LeftButton, pos=QPoint(120, 115))
    assert empty_room.said == []


def test_a_click_beside_the_region_keeps_it_and_a_drag_replaces_it(room: Room, qtbot: QtBot) -> None:
    qtbot.mouseClick(room.window, Qt.MouseButton.LeftButton, pos=QPoint(600, 600))
    assert room.window.region == Region(100, 100, 300, 200)
    _drag(qtbot, room.window, QPoint(600, 600), QPoint(500, 450))
    assert room.window.region == Region(500, 450, 100, 150)


def test_the_bar_keeps_off_the_edges_of_the_region(room: Room) -> None:
    bar, screen = room.window.findChildren(RegionBar)[0], room.screen
    gap = 4  # px beside the monitor's edge
    nearly_all = Region(gap, gap, screen.width - 2 * gap, screen.height - 60)
    low = Region(gap, screen.height // 2, screen.width - 2 * gap, screen.height // 2 - gap)
    room.window.show_region(nearly_all)
    assert _as_qrect(nearly_all).contains(bar.geometry())
    room.window.show_region(low)
    assert not _as_qrect(low).intersects(bar.geometry())


def test_a_screen_that_cannot_be_seen_fails_with_a_sentence(qtbot: QtBot) -> None:
    def blind(_region: Region) -> Image:
        raise SourceError("Allow screen recording for this program and try again.")

    overlay = RegionOverlay(blind, [SCREEN], None)
    with qtbot.waitSignal(overlay.failed) as failed:
        overlay.start()
    assert failed.args == ["Allow screen recording for this program and try again."]
    assert not overlay.windows


def test_no_monitor_at_all_fails_with_a_sentence(qtbot: QtBot) -> None:
    overlay = RegionOverlay(lambda region: np.zeros((region.height, region.width, 3), np.uint8), [], None)
    with qtbot.waitSignal(overlay.failed) as failed:
        overlay.start()
    assert failed.args == ["No monitor was found; connect one and try again."]


def test_the_main_window_hides_before_the_picture_is_taken_and_comes_back(qtbot: QtBot) -> None:
    main_window = QWidget()
    qtbot.addWidget(main_window)
    main_window.show()
    seen: list[bool] = []

    class Watching(Room):
        def grab(self, region: Region) -> Image:
            seen.append(main_window.isVisible())
            return super().grab(region)

    room = Watching()
    room.overlay.start(main_window)
    qtbot.waitUntil(lambda: len(room.overlay.windows) == 1)
    assert seen == [False]
    room.overlay.cancel()
    assert main_window.isVisible()


@pytest.mark.usefixtures("qapp")
def test_the_program_lives_on_when_the_picker_was_its_only_window() -> None:
    quits: list[bool] = []
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    connection = application.lastWindowClosed.connect(lambda: quits.append(True))
    room = Room()
    room.overlay.start()
    room.window.destroyed.connect(application.quit)
    # Only the application's own loop ends with the last window.
    QTimer.singleShot(0, room.window.close)
    QTimer.singleShot(5000, room.overlay, application.quit)
    application.exec()
    application.lastWindowClosed.disconnect(connection)
    assert room.said == ["cancelled"]
    assert not quits


def _as_qrect(region: Region) -> QRect:
    return QRect(region.left, region.top, region.width, region.height)


def _drag(qtbot: QtBot, window: RegionWindow, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(window, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(window, end)
    qtbot.mouseRelease(window, Qt.MouseButton.LeftButton, pos=end)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_fault_while_the_screen_is_frozen_brings_the_window_back(qtbot: QtBot) -> None:
    def broken(_region: Region) -> Image:
        raise ZeroDivisionError("a bug")

    window, told = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.show()
    screen = QGuiApplication.primaryScreen().geometry()
    overlay = RegionOverlay(broken, [Region(0, 0, screen.width(), screen.height())], None)
    overlay.failed.connect(told.append)
    with qtbot.captureExceptions() as faults:
        overlay.start(hiding=window)
        assert not window.isVisible()
        qtbot.waitUntil(lambda: bool(told))
    assert window.isVisible()
    assert "fault in the program" in told[0]
    assert faults[0][0] is ZeroDivisionError
