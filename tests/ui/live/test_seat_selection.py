"""Who is clicked is left out, and brought back by another click; by keys and by a menu too."""

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.made_up import gallery
from support.gui.opened_window import Opener
from support.gui.pictures import Snapshot

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Attendance, Frame, Stay
from fer_desktop.pipeline.session_engine.loops.reader import applied
from fer_desktop.ui.live.hit_test import as_chosen, neighbour, stay_words, targets_of
from fer_desktop.ui.live.live_view import LiveView

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
# The middle of each tile of a gallery of 5 by 4, as painted in 640 by 360.
MIDDLES = [QPoint(64 + 128 * (k % 5), 45 + 90 * (k // 5)) for k in range(20)]


@pytest.fixture
def live(qtbot: QtBot) -> Iterator[LiveView]:
    """A live view whose wishes come true, of a gallery of 5 by 4 with seats 0 to 19."""
    view = LiveView()
    qtbot.addWidget(view)
    view.resize(640, 360)
    view.exclusion_wanted.connect(lambda command: view.show_left_out(applied(command, view._chosen)))
    view.let_choose(True)
    view.show_analysis(gallery(5, 4, tiled=True))
    with qtbot.waitActive(view):
        view.show()
    view.clearFocus()
    yield view
    for menu in view.findChildren(QMenu):
        menu.close()


def seats_out(view: LiveView) -> set[int]:
    return set(view._excluded.seats)


def click(view: LiveView, at: QPoint) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)


def menu_at(view: LiveView, at: QPoint, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse) -> QMenu:
    QApplication.sendEvent(view, QContextMenuEvent(reason, at, view.mapToGlobal(at)))
    return view.findChildren(QMenu)[-1]


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_a_click_leaves_a_tile_out_and_another_brings_it_back(live: LiveView) -> None:
    click(live, MIDDLES[7])
    click(live, MIDDLES[9])
    assert seats_out(live) == {7, 9}
    click(live, MIDDLES[7])
    assert seats_out(live) == {9}


def test_a_press_that_is_carried_to_another_tile_means_nothing(live: LiveView) -> None:
    QTest.mousePress(live, Qt.MouseButton.LeftButton, pos=MIDDLES[7])
    QTest.mouseRelease(live, Qt.MouseButton.LeftButton, pos=MIDDLES[8])
    assert seats_out(live) == set()
    QTest.mouseClick(live, Qt.MouseButton.RightButton, pos=MIDDLES[7])
    assert seats_out(live) == set()


def test_it_goes_by_seat_when_the_tiles_change_their_places(live: LiveView) -> None:
    click(live, MIDDLES[7])
    whole = gallery(5, 4, tiled=True)
    moved = [dataclasses.replace(tile, seat=(tile.seat + 3) % 20) for tile in whole.tiles]
    live.show_analysis(dataclasses.replace(whole, tiles=tuple(moved)))
    click(live, MIDDLES[4])
    assert seats_out(live) == set()


def test_what_a_click_would_act_on_is_shown_under_the_pointer(live: LiveView) -> None:
    assert live.cursor().shape() is Qt.CursorShape.ArrowCursor
    before = live.grab().toImage()
    QTest.mouseMove(live, MIDDLES[8])
    assert live.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert live.grab().toImage() != before
    assert live._tip_at(MIDDLES[0]).endswith("Click to leave it out")
    click(live, MIDDLES[8])
    assert live._tip_at(MIDDLES[8]) == "Left out: click to bring it back"
    QApplication.sendEvent(live, QEvent(QEvent.Type.Leave))
    assert live.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_between_the_tiles_and_over_a_state_there_is_nothing_to_click(live: LiveView) -> None:
    click(live, QPoint(128, 45))
    live.show_state("Paused", "Nothing is read until you resume.")
    click(live, MIDDLES[7])
    assert live.where() is None
    QApplication.sendEvent(live, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, MIDDLES[7], QPoint()))
    assert not live.findChildren(QMenu)
    live.show_analysis(gallery(5, 4, tiled=True))
    live.let_choose(False)
    click(live, MIDDLES[7])
    assert seats_out(live) == set()


def test_a_state_ends_what_is_pointed_at_and_a_new_picture_brings_it_back(live: LiveView) -> None:
    QTest.mouseMove(live, MIDDLES[8])
    live.show_state("Paused", "Nothing is read until you resume.")
    assert live.cursor().shape() is Qt.CursorShape.ArrowCursor
    paused = live.grab().toImage()
    QApplication.sendEvent(live, QEvent(QEvent.Type.Leave))
    assert live.grab().toImage() == paused
    QTest.mouseMove(live, MIDDLES[7])
    live.show_analysis(gallery(5, 4, tiled=True))
    assert live.cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_the_keys_move_from_tile_to_tile_and_leave_out(live: LiveView) -> None:
    live.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(live, key)
    assert live.accessibleDescription().startswith("Tile 11 of 20; Space leaves it out. 5 × 4 tiles")
    QTest.keyClick(live, Qt.Key.Key_Space)
    assert seats_out(live) == {10}
    assert live.accessibleDescription().startswith("Tile 11 of 20, left out; Space brings it back. ")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(live, key)
    assert seats_out(live) == {10, 5}
    QTest.keyClick(live, Qt.Key.Key_Escape)
    assert live.accessibleDescription().startswith("5 × 4 tiles")


def test_the_cursor_of_the_keys_stays_with_its_seat(live: LiveView) -> None:
    live.setFocus()
    QTest.keyClick(live, Qt.Key.Key_Down)
    whole = gallery(5, 4, tiled=True)
    moved = [dataclasses.replace(tile, seat=19 - tile.seat) for tile in whole.tiles]
    live.show_analysis(dataclasses.replace(whole, tiles=tuple(moved)))
    assert live.accessibleDescription().startswith("Tile 20 of 20")


def test_space_without_a_cursor_is_left_to_the_window(live: LiveView) -> None:
    live.setFocus()
    space = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(live, space)
    assert not space.isAccepted()
    assert seats_out(live) == set()


def test_the_menu_leaves_out_names_the_teacher_and_brings_everybody_back(live: LiveView) -> None:
    choose(menu_at(live, MIDDLES[7]), "Leave out")
    choose(menu_at(live, MIDDLES[9]), "This is me")
    assert live._excluded == Exclusion(frozenset({7, 9}), 9)
    choose(menu_at(live, MIDDLES[0]), "This is me")
    assert live._excluded == Exclusion(frozenset({7, 0}), 0)
    choose(menu_at(live, MIDDLES[7]), "Bring back")
    choose(menu_at(live, MIDDLES[0]), "This is me")
    assert live._excluded == Exclusion()
    click(live, MIDDLES[7])
    choose(menu_at(live, QPoint(128, 45)), "Bring everybody back")
    assert live._excluded == Exclusion()


def test_the_menu_key_opens_it_for_what_the_keys_are_at(live: LiveView) -> None:
    live.setFocus()
    QTest.keyClick(live, Qt.Key.Key_Right)
    choose(menu_at(live, MIDDLES[19], QContextMenuEvent.Reason.Keyboard), "This is me")
    assert live._excluded.you == 0
    assert "you, left out" in live.accessibleDescription()


def test_who_is_left_out_has_no_box_and_is_not_counted_at_once(live: LiveView) -> None:
    assert live.accessibleDescription().endswith("5 × 4 tiles; 15 of 18 faces")
    click(live, MIDDLES[7])
    click(live, MIDDLES[6])  # its camera is off
    assert live.accessibleDescription().endswith("5 × 4 tiles, 2 left out; 14 of 17 faces")
    assert live._analysis is not None
    assert 7 not in {reading.seat for reading in live._analysis.readings}


def test_faces_without_a_gallery_can_be_left_out_too(live: LiveView) -> None:
    whole = gallery(4, 3)
    live.show_analysis(whole)
    first = QPoint(80, 67)
    click(live, first)
    assert seats_out(live) == {0}
    rest = dataclasses.replace(
        whole, readings=whole.readings[1:], excluded=as_chosen(whole, live._excluded).excluded, seats=11
    )
    live.show_analysis(rest)
    assert live.accessibleDescription() == "9 of 11 faces"
    click(live, first)
    assert seats_out(live) == set()


def test_where_everybody_is_left_out_it_says_so(live: LiveView) -> None:
    live.show_analysis(gallery(2, 1))
    for place in (QPoint(160, 200), QPoint(480, 200)):
        click(live, place)
    assert live.banner == "Everybody found is left out. Click somebody to bring them back"


def test_where_only_the_teacher_is_left_out_and_no_camera_is_on_it_says_that(live: LiveView) -> None:
    call = gallery(3, 1, tiled=True)
    dark = dataclasses.replace(
        call, readings=(), tiles=tuple(dataclasses.replace(tile, camera_on=False) for tile in call.tiles)
    )
    live.show_analysis(dark)
    click(live, QPoint(100, 200))
    assert seats_out(live) == {0}
    assert live.banner == "No camera is on"


def test_of_another_picture_of_a_folder_nobody_is_left_out(live: LiveView) -> None:
    click(live, MIDDLES[7])
    other = gallery(5, 4, tiled=True)
    live.show_analysis(dataclasses.replace(other, frame=Frame(1, 1.0, other.frame.image, scene=1)))
    assert seats_out(live) == set()
    click(live, MIDDLES[3])
    assert live._excluded == Exclusion(frozenset({3}), scene=1)


def test_left_out_tiles_and_the_teachers_are_quiet_and_say_so(live: LiveView, snapshot: Snapshot) -> None:
    live.show_left_out(Exclusion(frozenset({1, 6, 7}), 7))
    snapshot(live, "live_left_out")


@pytest.mark.usefixtures("dark")
def test_they_do_in_the_dark_with_what_is_pointed_at(live: LiveView, snapshot: Snapshot) -> None:
    live.show_left_out(Exclusion(frozenset({1, 6, 7}), 7))
    live.setFocus()
    QTest.keyClick(live, Qt.Key.Key_Right)
    live._pointer = QPointF(MIDDLES[12])
    live.point_again()
    snapshot(live, "live_left_out_dark")


def test_a_face_that_is_left_out_says_so(live: LiveView, snapshot: Snapshot) -> None:
    live.show_analysis(gallery(4, 3))
    live.show_left_out(Exclusion(frozenset({1, 6}), 6))
    snapshot(live, "live_left_out_faces")


def test_the_seat_view_numbers_the_tiles_and_tells_of_their_stay(live: LiveView, snapshot: Snapshot) -> None:
    stays = {seat: Stay(0.0, seat) for seat in range(4)}
    seen = gallery(5, 4, tiled=True)
    frame = Frame(0, 125.0, seen.frame.image)
    live.show_analysis(dataclasses.replace(seen, frame=frame, attendance=Attendance(6, 6, stays)))
    assert "Seat" not in live._tip_at(MIDDLES[1])
    live.show_seats(True)
    assert "\nSeat 1: here for 2 min. Left once before\nClick to leave it out" in live._tip_at(MIDDLES[1])
    snapshot(live, "live_seats")


def test_the_seat_view_is_chosen_in_the_menu_and_kept(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window()
    assert not window.menus.seats.isChecked()
    window.menus.seats.trigger()
    assert window.page.live._shows_seats
    qtbot.waitUntil(lambda: [settings.seat_view for settings in services.saved] == [True])
    again = open_window()
    assert again.menus.seats.isChecked()
    assert again.page.live._shows_seats


def test_a_stay_is_told_in_words() -> None:
    assert stay_words(3, Stay(0.0), 59.0) == "Seat 3: here for less than a minute"
    assert stay_words(3, Stay(60.0, 2), 240.0) == "Seat 3: here for 3 min. Left twice before"
    assert stay_words(3, Stay(60.0, 5), 240.0) == "Seat 3: here for 3 min. Left 5 times before"
    assert stay_words(3, None, 0.0) == "Seat 3"


def test_an_arrow_goes_to_the_nearest_in_its_direction_also_in_a_centred_last_row() -> None:
    whole = gallery(5, 4, tiled=True)
    half = np.array([128, 0, 128, 0], np.float32)
    last = [dataclasses.replace(tile, xyxy=tile.xyxy + half) for tile in whole.tiles[15:19]]
    targets = targets_of(dataclasses.replace(whole, readings=(), tiles=(*whole.tiles[:15], *last)))

    def after(seat: int, *steps: tuple[int, int]) -> int:
        for step in steps:
            target = neighbour(targets, seat, step)
            assert target is not None
            seat = target.seat
        return seat

    right, left, up, down = (1, 0), (-1, 0), (0, -1), (0, 1)
    assert after(0, right, right, down) == 7
    assert after(0, left) == 0
    assert after(4, right) == 4
    assert after(10, down) == 15
    assert after(18, right, right) == 18
    assert after(16, up) in (11, 12)
    assert after(99, right) == 0
    assert neighbour((), 1, right) is None
