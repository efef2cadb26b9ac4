"""The name and the class of an opened lesson, and the colours of its markers, are changed where they stand."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_lesson import opened, store_of
from support.gui.opened_window import Opener
from support.stored_lessons import store_scripted

from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import MarkerColour
from fer_desktop.sessions.store import editing, reader
from fer_desktop.ui.lesson.naming import ClassAndFacts, Name
from fer_desktop.ui.lesson.view import LessonView
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.toolkit.plain import plain_tip

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def stored(tmp_path: Path, services: FakeServices) -> int:
    services.put(keep_sessions=Retention.FOR_EVER)
    return store_scripted(store_of(tmp_path))


@pytest.fixture
def window(open_window: Opener, stored: int) -> MainWindow:
    assert stored
    return open_window()


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, stored: int) -> LessonView:
    view = opened(qtbot, window, stored)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    view.focus()
    return view


def type_over(part: Name | ClassAndFacts, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    assert part.line.hasFocus()
    part.line.setText(text)
    QTest.keyClick(part.line, key)


def until_stored(qtbot: QtBot, tmp_path: Path, stored: int, name: str, class_name: str) -> None:
    def kept() -> bool:
        lesson = reader.session(store_of(tmp_path), stored)
        return (lesson.name, lesson.class_name) == (name, class_name)

    qtbot.waitUntil(kept)


@pytest.mark.parametrize("way", ["F2", "click", "pencil"])
def test_a_name_is_typed_over_and_that_can_be_undone(
    qtbot: QtBot, view: LessonView, window: MainWindow, tmp_path: Path, stored: int, way: str
) -> None:
    match way:
        case "F2":
            QTest.keyClick(view, Qt.Key.Key_F2)
        case "click":
            QTest.mouseClick(view.header.name.shown, Qt.MouseButton.LeftButton)
        case _:
            view.header.name.pencil.click()
    assert view.header.name.line.selectedText() == "Maths 9b"
    type_over(view.header.name, "  Fractions & <b>more</b> ")
    assert view.header.name.shown.toolTip() == plain_tip("Fractions & <b>more</b>")
    assert view.header.name.text().startswith("Fractio")
    assert view.hasFocus()
    until_stored(qtbot, tmp_path, stored, "Fractions & <b>more</b>", "")
    undo = window.saved.undo.button("Undo")
    assert undo is not None
    assert undo.isVisible()
    undo.click()
    assert view.header.name.text() == "Maths 9b"
    until_stored(qtbot, tmp_path, stored, "Maths 9b", "")


@pytest.mark.parametrize("way", ["Shift+F2", "Shift+F2 in the moments", "button"])
def test_a_class_is_typed_and_is_one_of_those_she_used(
    qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int, way: str
) -> None:
    other = store_scripted(store_of(tmp_path), 60, name="Physics")
    editing.set_class(store_of(tmp_path), other, "10a")
    below = view.header.below
    assert below.of.text() == "Class…"
    match way:
        case "button":
            below.of.click()
        case "Shift+F2":
            QTest.keyClick(view, Qt.Key.Key_F2, SHIFT)
        case _:
            view.moments.table.choose(1)
            view.moments.table.setFocus()
            QTest.keyClick(view.moments.table, Qt.Key.Key_F2, SHIFT)
    qtbot.waitUntil(lambda: below.line.completer() is not None)
    model = below.line.completer().model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["10a"]
    type_over(below, "9b")
    assert (below.of.text(), below.of.accessibleName()) == ("9b", "Class: 9b")
    until_stored(qtbot, tmp_path, stored, "Maths 9b", "9b")


def test_escape_leaves_all_as_it_was_and_does_not_leave_the_lesson(view: LessonView, window: MainWindow) -> None:
    QTest.keyClick(view, Qt.Key.Key_F2)
    type_over(view.header.name, "Fractions", Qt.Key.Key_Escape)
    assert view.header.name.text() == "Maths 9b"
    assert view.isVisible()
    assert window.saved.editing.waiting is None


def test_what_was_typed_counts_where_she_goes_on_elsewhere(
    qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int
) -> None:
    QTest.keyClick(view, Qt.Key.Key_F2)
    view.header.name.line.setText("Fractions")
    view.moments.table.setFocus()
    assert view.header.name.text() == "Fractions"
    assert view.moments.table.hasFocus()
    until_stored(qtbot, tmp_path, stored, "Fractions", "")


def test_keys_of_the_lesson_are_letters_while_a_name_is_typed(view: LessonView) -> None:
    QTest.keyClick(view, Qt.Key.Key_F2)
    for key in (Qt.Key.Key_M, Qt.Key.Key_Space, Qt.Key.Key_M):
        QTest.keyClick(view.header.name.line, key)
    assert view.header.name.line.text() == "m m"
    assert not view.player.playing
    assert len(view.model.markers) == 3


def test_a_change_that_cannot_be_stored_is_taken_back_and_told(
    qtbot: QtBot, view: LessonView, window: MainWindow, tmp_path: Path
) -> None:
    store_of(tmp_path).write_bytes(b"no database" * 400)
    QTest.keyClick(view, Qt.Key.Key_F2)
    with qtbot.waitSignal(window.saved.problem) as told:
        type_over(view.header.name, "Fractions")
    assert told.args is not None
    assert "“Maths 9b” could not be changed." in told.args[0]
    assert view.header.name.text() == "Maths 9b"


def test_it_is_erased_and_listed_under_its_new_name(qtbot: QtBot, view: LessonView, window: MainWindow) -> None:
    QTest.keyClick(view, Qt.Key.Key_F2)
    type_over(view.header.name, "Fractions")
    view.header.erase.click()
    assert window.saved.undo.text == "“Fractions” is erased."
    window.saved.erasing.undo()
    rows = window.pages.home.rows
    qtbot.waitUntil(lambda: [one.name for one in rows.lessons.lessons] == ["Fractions"])


def test_a_name_longer_than_the_window_is_cut_and_the_buttons_stay(view: LessonView, window: MainWindow) -> None:
    QTest.keyClick(view, Qt.Key.Key_F2)
    type_over(view.header.name, "long " * 24)
    name, erase = view.header.name, view.header.erase
    assert name.text().endswith("…")
    assert name.shown.toolTip() == ("long " * 24).strip()
    for part in (name.pencil, erase):
        right = part.mapTo(window, part.rect().topRight()).x()
        assert right < window.width()


@pytest.mark.parametrize("way", ["click", "Space"])
def test_the_chosen_marker_takes_the_next_colour(
    qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int, way: str
) -> None:
    flag, table = view.moments.flag, view.moments.table
    assert not flag.isEnabled()
    table.choose(2)
    assert flag.accessibleName().startswith("Colour of the marker at ")
    if way == "click":
        flag.click()
    else:
        flag.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(flag, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: flag.colour is MarkerColour.VIOLET)
    assert [one.colour for one in reader.markers(store_of(tmp_path))[stored]][1] is MarkerColour.VIOLET
    assert view.chart._history.markers[2].colour is MarkerColour.VIOLET
    table.choose(3)
    assert flag.colour is MarkerColour.GREY
