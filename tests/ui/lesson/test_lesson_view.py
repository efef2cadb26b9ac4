"""An opened lesson: scrubbed by mouse and keys, played, jumped through; its markers and notes are changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_lesson import click_at, opened, store_of, texts, x_of
from support.gui.opened_window import Opener
from support.stored_lessons import store_scripted

from fer_desktop.core.errors import StoreError
from fer_desktop.core.settings import Retention
from fer_desktop.sessions.store import reader
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.lesson.moments import Kind
from fer_desktop.ui.lesson.view import LessonView
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.erasing import Erasure

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def stored(tmp_path: Path, services: FakeServices) -> int:
    """A lesson of a quarter of an hour, kept for ever; its id."""
    services.put(keep_sessions=Retention.FOR_EVER)
    return store_scripted(store_of(tmp_path))


@pytest.fixture
def view(qtbot: QtBot, open_window: Opener, stored: int) -> LessonView:
    return opened(qtbot, open_window(), stored)


def markers(tmp_path: Path, stored: int) -> list[str]:
    return [marker.text for marker in reader.markers(store_of(tmp_path)).get(stored, [])]


def test_at_first_it_says_how_the_whole_lesson_was(view: LessonView) -> None:
    assert view.glance.first.text() == "Over the whole lesson mostly neutral."
    assert view.glance.second.text().startswith("Most changed at ")
    assert view.bar.time.text() == "The whole lesson"
    assert not view.bar.whole.isVisible()
    assert view.header.name.text() == "Maths 9b"
    day, length, kept = view.header.facts.text().split(" · ")
    assert day.startswith("2 March, ")
    assert (length, kept) == ("15 min", "kept until you erase it")


def test_a_click_in_the_trend_shows_that_moment_as_it_was_live(view: LessonView) -> None:
    click_at(view, 320.0)
    assert view.player.position_s == pytest.approx(320.0, abs=2)
    assert view.bar.time.text().endswith(" of 15:00")
    assert view.glance.second.text().startswith("More faces than usual smile: about ")
    assert "smiling" in view.chart.footer.text
    view.bar.whole.click()
    assert view.player.position_s is None
    assert view.glance.first.text() == "Over the whole lesson mostly neutral."


def test_dragging_scrubs_and_the_view_stays(view: LessonView) -> None:
    viewport, span = view.chart.plot.viewport(), view.chart.plot.span
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, x_of(view, 100.0))
    assert view.player.position_s == pytest.approx(100.0, abs=2)
    for at_s in (300.0, 600.0):
        at = QPointF(x_of(view, at_s))
        held = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        moved = QMouseEvent(QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), *held)
        QApplication.sendEvent(viewport, moved)
        assert view.player.position_s == pytest.approx(at_s, abs=2)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, x_of(view, 600.0))
    assert view.chart.plot.span == span


@pytest.mark.parametrize("where", ["page", "trend"])
def test_keys_scrub(view: LessonView, where: str) -> None:
    at = view if where == "page" else view.chart.plot
    at.setFocus()
    positions = []
    for key in (
        Qt.Key.Key_Home,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_End,
    ):
        QTest.keyClick(at, key)
        positions.append(view.player.position_s)
    assert positions == [0.0, 60.0, 65.0, 60.0, 0.0, 900.0]


def test_space_plays_and_pauses(view: LessonView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.player.playing
    assert view.bar.play.text() == "Pause"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not view.player.playing
    assert view.bar.play.text() == "Play"


def test_a_gap_says_why_nothing_is_known(view: LessonView) -> None:
    view.player.seek(427.0)
    assert view.glance.first.text() == "Paused."


def test_the_ten_minutes_are_those_around_the_moment(view: LessonView) -> None:
    view.player.seek(500.0)
    view.chart.set_view("ten")
    assert view.chart.plot.span == (200.0, 800.0)
    view.player.seek(20.0)
    assert view.chart.plot.span[0] <= 20.0
    assert not view.chart.footer.back.isVisible()


def test_moments_are_those_of_the_lesson_in_their_order(view: LessonView) -> None:
    rows = view._rows.rows
    assert [row.elapsed_s for row in rows] == sorted(row.elapsed_s for row in rows)
    kinds = {kind: [row.text for row in rows if row.kind is kind] for kind in Kind}
    assert kinds[Kind.MARKER] == ["slide 1", "slide 2", "slide 3"]
    assert len(kinds[Kind.ALERT]) == 2
    assert 1 <= len(kinds[Kind.CHANGE]) <= 3
    assert all("usually" in text for text in kinds[Kind.CHANGE])
    assert [text.split(",")[0] for text in kinds[Kind.GAP]] == ["Paused", "Covered"]


def test_a_moment_is_jumped_to_by_click_and_by_enter(view: LessonView) -> None:
    table = view.moments.table
    first, second = (row.elapsed_s for row in view._rows.rows[:2])
    place = table.visualRect(view._rows.index(0, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert view.player.position_s == first
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert view.player.position_s == second


def test_m_marks_the_moment_under_the_cursor_and_asks_for_its_name(
    qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int
) -> None:
    QTest.keyClick(view, Qt.Key.Key_M)  # no moment is chosen
    assert not view.moments.mark.isEnabled()
    view.player.seek(100.0)
    QTest.keyClick(view, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: view.moments.table.findChild(QLineEdit) is not None)
    editor = view.moments.table.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "marker 4"
    editor.setText("Group work")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Group work" in markers(tmp_path, stored))
    qtbot.waitUntil(lambda: texts(view)[0] == "Group work")
    assert [marker.text for marker in view.chart._history.markers.values()].count("Group work") == 1


def test_a_marker_is_renamed_removed_and_brought_back(
    qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int
) -> None:
    table = view.moments.table
    table.choose(2)
    view._rows.setData(table.currentIndex().siblingAtColumn(1), "Video")
    qtbot.waitUntil(lambda: "Video" in texts(view))
    assert markers(tmp_path, stored) == ["slide 1", "Video", "slide 3"]
    assert table.chosen is not None
    assert table.chosen.text == "Video"
    QTest.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Video" not in texts(view))
    assert markers(tmp_path, stored) == ["slide 1", "slide 3"]
    view.moments.undo.click()
    qtbot.waitUntil(lambda: "Video" in texts(view))
    assert markers(tmp_path, stored) == ["slide 1", "Video", "slide 3"]
    assert not view.moments.undo.isVisible()


def test_what_was_removed_does_not_come_back_over_a_new_one(
    qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int
) -> None:
    view.moments.table.choose(3)
    view.moments.remove.click()
    qtbot.waitUntil(lambda: "slide 3" not in texts(view))
    view.player.seek(700.0)
    view.mark()
    qtbot.waitUntil(lambda: "marker 3" in texts(view))
    assert not view.moments.undo.isVisible()
    assert markers(tmp_path, stored) == ["slide 1", "slide 2", "marker 3"]


def test_only_a_marker_can_be_renamed_or_removed(view: LessonView) -> None:
    table = view.moments.table
    for at, row in enumerate(view._rows.rows):
        table.setCurrentIndex(view._rows.index(at, 1))
        assert view.moments.rename.isEnabled() is (row.kind is Kind.MARKER)
        assert view.moments.remove.isEnabled() is (row.kind is Kind.MARKER)


def notes_of(tmp_path: Path, stored: int) -> str:
    return reader.session(store_of(tmp_path), stored).own_notes


def test_notes_are_saved_as_she_types_and_said_to_be_so_only_then(
    qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int
) -> None:
    said: list[tuple[str, str]] = []
    view.notes.saved.connect(lambda: said.append((view.notes.state.text(), notes_of(tmp_path, stored))))
    view.notes.text.setPlainText("Ask again.")
    assert view.notes.state.text() == ""
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("Saved", "Ask again.")]
    view.notes.text.setPlainText("Ask again, slowly.")
    assert view.notes.state.text() == ""


def test_notes_are_saved_when_she_leaves_at_once(qtbot: QtBot, view: LessonView, tmp_path: Path, stored: int) -> None:
    view.notes.text.setPlainText("Quick.")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    qtbot.waitUntil(lambda: notes_of(tmp_path, stored) == "Quick.")


def test_notes_are_saved_when_the_window_is_closed(view: LessonView, tmp_path: Path, stored: int) -> None:
    view.notes.text.setPlainText("Last words.")
    assert view.window().close()
    assert wait_for_jobs(5000)
    assert notes_of(tmp_path, stored) == "Last words."


def test_what_is_erased_of_a_marker_elsewhere_is_gone_here_until_that_is_undone(view: LessonView) -> None:
    window = view.window()
    assert isinstance(window, MainWindow)
    erasing = window.saved.erasing
    erasing.ask(Erasure((view.content.saved,), marker=2))
    assert "slide 2" not in texts(view)
    erasing.undo()
    assert "slide 2" in texts(view)


def test_notes_that_cannot_be_saved_stay_and_are_said_not_to_be(
    qtbot: QtBot, view: LessonView, services: FakeServices, monkeypatch: pytest.MonkeyPatch, stored: int, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full: free some space.")

    monkeypatch.setattr(services.stored, "set_notes", full)
    window = view.window()
    assert isinstance(window, MainWindow)
    view.notes.text.setPlainText("Precious.")
    view.notes.flush()
    qtbot.waitUntil(lambda: view.notes.state.text() == "Not saved")
    assert window.notice.text == "The disk is full: free some space."
    monkeypatch.undo()
    window.pages.show_home()
    window.pages.open_lesson(stored)
    assert window.pages.lesson.view is view
    assert view.notes.text.toPlainText() == "Precious."
    qtbot.waitUntil(lambda: notes_of(tmp_path, stored) == "Precious.")
