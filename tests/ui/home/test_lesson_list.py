"""The list of lessons: found by words, renamed in place, put into a class, erased and brought back."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from support.clocks import STARTED
from support.fakes import FakeServices
from support.gui.opened_window import Opener
from support.gui.pseudo_translation import CLOSE, OPEN, pseudo_language
from support.stored import stored, summary
from support.stored_lessons import second, store_lesson

from fer_desktop.core.settings import Retention
from fer_desktop.core.sources import DEMO_NAME
from fer_desktop.pipeline.events import Ended, EndReason, Marker
from fer_desktop.sessions.store import editing, reader
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.sqlite.lock import RecordingLock
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.home.page import HomePage
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def path(tmp_path: Path, services: FakeServices) -> Path:
    """Three lessons of three sources, a day apart; the newest first: Maths 9b, Physics, Zoom meeting."""
    services.put(keep_sessions=Retention.FOR_EVER)
    path = tmp_path / "sessions.db"
    for days, (name, class_name, said) in enumerate(
        (("Zoom meeting", "", "Slide 7"), ("Physics", "10a", "Éloge du café"), ("Maths", "9b", "quiz"))
    ):
        events = [second(float(at)) for at in range(1, 91)]
        at = STARTED + timedelta(days=days)
        session = store_lesson(path, [*events, Marker(1, 40.0, said)], name, at=at, end_s=90.0)
        editing.set_class(path, session, class_name)
    return path


@pytest.fixture
def home(qtbot: QtBot, path: Path, open_window: Opener) -> HomePage:  # noqa: ARG001 (it is there first)
    return shown(qtbot, open_window(), 3)


def shown(qtbot: QtBot, window: MainWindow, count: int) -> HomePage:
    home = window.pages.home
    qtbot.waitUntil(lambda: len(home.rows.lessons.lessons) == count)
    return home


def names(home: HomePage) -> list[str]:
    return [lesson.name for lesson in home.rows.lessons.lessons]


def chosen(home: HomePage) -> SavedSession:
    lesson = home.rows.chosen
    assert lesson is not None
    return lesson


def press(
    widget: object, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, text: str = ""
) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, with_, text))  # type: ignore[arg-type]


def field(home: HomePage) -> QLineEdit:
    """What is typed into, in the list."""
    found = [line for line in home.rows.viewport().findChildren(QLineEdit) if line.isVisible()]
    assert len(found) == 1
    return found[0]


def of_store(path: Path) -> dict[str, str]:
    """Classes by name, in the store."""
    return {session.name: session.class_name for session in reader.sessions(path)}


def undo(home: HomePage) -> None:
    window = home.window()
    assert isinstance(window, MainWindow)
    button = window.saved.undo.button("Undo")
    assert button is not None
    button.click()


def entries(menu: QMenu) -> dict[str, QAction]:
    return {action.text().partition("\t")[0].replace("&", ""): action for action in menu.actions()}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("MATHS", ["Maths"]),
        ("10a", ["Physics"]),
        ("slide", ["Zoom meeting"]),
        ("cafe eloge", ["Physics"]),  # in any order, without accents
        ("9b quiz", ["Maths"]),
        ("9b slide", []),
        ("  ", ["Maths", "Physics", "Zoom meeting"]),
    ],
)
def test_names_classes_and_markers_are_found_as_she_types(home: HomePage, typed: str, found: list[str]) -> None:
    home.listed.search.setText(typed)
    assert names(home) == found
    assert home.listed.nothing.isVisible() == (not found)


def test_a_marker_that_was_found_is_named_in_its_row(home: HomePage) -> None:
    home.listed.search.setText("slide")
    assert "marker “Slide 7”" in str(home.rows.currentIndex().data(SPOKEN))
    home.listed.search.setText("zoom")
    assert "1 marker" in str(home.rows.currentIndex().data(SPOKEN))


def test_nothing_found_says_so_and_leads_back_to_all(home: HomePage) -> None:
    home.listed.search.setText("chemistry")
    assert home.listed.nothing.heading.text() == "No lesson matches “chemistry”"
    home.listed.nothing.show_all.click()
    assert len(names(home)) == 3
    assert home.listed.search.text() == ""


def test_the_keyboard_goes_from_the_search_to_what_it_found_and_back(home: HomePage) -> None:
    window = home.window()
    assert isinstance(window, MainWindow)
    window.pages.show_sources()
    window.pages.find_lesson()
    search = home.listed.search
    assert search.hasFocus()
    search.setText("phys")
    press(search, Qt.Key.Key_Down)
    assert home.rows.hasFocus()
    assert chosen(home).name == "Physics"
    search.setFocus()
    press(search, Qt.Key.Key_Escape)
    assert len(names(home)) == 3
    assert chosen(home).name == "Physics"


def test_f2_renames_in_place_and_the_next_lesson_of_the_source_is_called_so(
    qtbot: QtBot, home: HomePage, path: Path
) -> None:
    press(home.rows, Qt.Key.Key_F2)
    line = field(home)
    assert line.text() == "Maths"
    line.setText("  Mathematics \n 9b ")
    press(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Mathematics 9b" in of_store(path))
    assert home.window().findChild(SavedDialog) is None  # the Enter was the field's alone
    assert names(home)[0] == "Mathematics 9b"
    stored(path, summary(1.0), Ended(1.0, EndReason.STOPPED), name="Maths")
    assert reader.sessions(path)[0].name == "Mathematics 9b"


def test_escape_changes_nothing(qtbot: QtBot, home: HomePage, path: Path) -> None:
    press(home.rows, Qt.Key.Key_F2)
    line = field(home)
    line.setText("Something else")
    press(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not home.rows.is_edited)
    assert names(home)[0] == "Maths"
    assert "Maths" in of_store(path)


def test_a_new_name_can_be_undone_and_an_empty_one_is_the_sources(qtbot: QtBot, home: HomePage, path: Path) -> None:
    window = home.window()
    assert isinstance(window, MainWindow)
    for typed, name in (("Algebra", "Algebra"), ("", "Maths")):
        press(home.rows, Qt.Key.Key_F2)
        field(home).setText(typed)
        press(field(home), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: name in of_store(path))  # type: ignore[misc]
        qtbot.waitUntil(lambda: not home.rows.is_edited)
    assert window.saved.undo.text == "“Algebra” is called “Maths” from now on."
    undo(home)
    assert names(home)[0] == "Algebra"
    qtbot.waitUntil(lambda: "Algebra" in of_store(path))
    assert window.saved.undo.text == ""


def test_a_class_is_typed_or_chosen_among_those_she_has(qtbot: QtBot, home: HomePage, path: Path) -> None:
    press(home.rows, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert field(home).text() == "9b"
    field(home).setText("9c")
    press(field(home), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: of_store(path)["Maths"] == "9c")
    home.rows.setCurrentIndex(home.rows.lessons.index(home.rows.lessons.row_of(home.rows.lessons.lessons[2].key)))
    menu = home.listed.with_lesson.menu()
    menu.aboutToShow.emit()
    classes = entries(menu)["Class"].menu()
    assert isinstance(classes, QMenu)
    assert [name for name in entries(classes) if name] == ["9c", "10a", "None", "Another class…"]
    entries(classes)["10a"].trigger()
    qtbot.waitUntil(lambda: of_store(path)["Zoom meeting"] == "10a")
    undo(home)
    qtbot.waitUntil(lambda: of_store(path)["Zoom meeting"] == "")


def test_delete_erases_at_once_undo_brings_back_and_the_choice_stays_near(home: HomePage) -> None:
    press(home.rows, Qt.Key.Key_Down)
    assert chosen(home).name == "Physics"
    press(home.rows, Qt.Key.Key_Delete)
    assert names(home) == ["Maths", "Zoom meeting"]
    assert chosen(home).name == "Zoom meeting"
    undo(home)
    assert names(home) == ["Maths", "Physics", "Zoom meeting"]


def test_what_comes_after_makes_an_erasure_final_and_only_the_last_is_undone(
    qtbot: QtBot, home: HomePage, path: Path
) -> None:
    press(home.rows, Qt.Key.Key_Delete)
    press(home.rows, Qt.Key.Key_F2)
    field(home).setText("Optics")
    press(field(home), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(of_store(path)) == {"Optics", "Zoom meeting"})
    undo(home)
    qtbot.waitUntil(lambda: set(of_store(path)) == {"Physics", "Zoom meeting"})


def test_what_is_typed_survives_that_the_store_is_read_again(qtbot: QtBot, home: HomePage) -> None:
    press(home.rows, Qt.Key.Key_F2)
    field(home).setText("Half a na")
    home.show_lessons(home.rows.lessons.lessons[:2])
    assert field(home).text() == "Half a na"
    press(field(home), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: names(home) == ["Maths", "Physics"])


def test_coverage_comes_once_it_was_read(qtbot: QtBot, home: HomePage) -> None:
    def says() -> bool:
        home.rows.viewport().repaint()
        return "12 of 12 read" in str(home.rows.currentIndex().data(SPOKEN))

    qtbot.waitUntil(says)
    assert "most smiling after 15 s" in str(home.rows.currentIndex().data(SPOKEN))


def test_the_demo_class_stands_apart_at_the_end(qtbot: QtBot, path: Path, open_window: Opener) -> None:
    store_lesson(path, [second(1.0)], DEMO_NAME, live_class=False, at=STARTED + timedelta(days=9), end_s=60.0)
    home = shown(qtbot, open_window(), 4)
    model = home.rows.lessons
    assert names(home)[-1] == DEMO_NAME
    assert model.index(model.rowCount() - 2).data() == "Demo class: generated faces, nobody's lesson"
    assert chosen(home).name == "Maths"


def test_a_lesson_that_a_crash_ended_is_recovered_and_one_that_runs_cannot_be_erased(
    qtbot: QtBot, tmp_path: Path, services: FakeServices, open_window: Opener
) -> None:
    services.put(keep_sessions=Retention.MONTH)
    path = tmp_path / "sessions.db"
    stored(path, summary(1.0), summary(2.0), name="Crashed")
    stored(path, summary(1.0), name="Runs")
    lock = RecordingLock(path)
    assert lock.acquire(reader.sessions(path)[0].key)
    home = shown(qtbot, open_window(), 2)
    rows = [str(home.rows.lessons.index(row).data(SPOKEN)) for row in (1, 2)]
    assert "recording" in rows[0]
    assert "recovered" in rows[1]
    assert "kept until" in rows[1]
    press(home.rows, Qt.Key.Key_Delete)
    assert len(names(home)) == 2
    lock.release()


def damaged(path: Path) -> None:
    path.write_bytes(b"no database " * 1000)


def newer(path: Path) -> None:
    stored(path, summary(1.0))

    with opened(path) as connection:
        connection.execute("PRAGMA user_version = 999")


@pytest.mark.parametrize(("spoil", "says"), [(damaged, "are damaged"), (newer, "a newer version of this program")])
def test_a_store_that_cannot_be_read_is_not_told_as_an_empty_one(
    qtbot: QtBot, tmp_path: Path, open_window: Opener, spoil: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "sessions.db"
    spoil(path)
    window = open_window()
    home = window.pages.home
    qtbot.waitUntil(home.unread.isVisible)
    assert says in home.unread.text.text()
    assert home.start.isVisible()
    assert not home.welcome.isVisible()
    for one in tmp_path.glob("sessions.db*"):
        one.unlink()
    home.unread.try_again.click()
    qtbot.waitUntil(home.welcome.isVisible)


def test_a_change_that_cannot_be_written_is_told_and_taken_back(qtbot: QtBot, home: HomePage, path: Path) -> None:
    for one in path.parent.glob("sessions.db*"):
        one.unlink()
    window = home.window()
    assert isinstance(window, MainWindow)
    press(home.rows, Qt.Key.Key_F2)
    field(home).setText("Lost")
    press(field(home), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "could not be changed" in window.notice.text)
    assert "Lost" not in names(home)


def test_thousands_of_lessons_are_searched(qtbot: QtBot, home: HomePage) -> None:
    one = home.rows.lessons.lessons[0]

    many = [
        dataclasses.replace(one, key=str(n), name=f"Lesson {n}", started=STARTED + timedelta(hours=n))
        for n in range(10_000)
    ]
    home.show_lessons(many)
    assert home.rows.lessons.rowCount() > 10_000
    home.listed.search.setText("lesson 9999")
    assert names(home) == ["Lesson 9999"]
    del qtbot


def test_the_menu_of_a_row_opens_on_it(home: HomePage) -> None:
    home.listed._pop_up(home.rows.viewport().mapToGlobal(QPoint(10, 10)))
    menu = home.listed.with_lesson.menu()
    assert list(entries(menu)) == ["Open", "Rename", "Class", "", "Save as CSV, or erase what a marker says…", "Erase"]
    menu.close()


def test_a_name_of_ours_that_is_left_as_it_is_renames_nothing(qtbot: QtBot, path: Path, open_window: Opener) -> None:
    part = "Part of the screen · 640 × 360 px"
    store_lesson(path, [second(1.0)], part, at=STARTED + timedelta(days=9), end_s=60.0)
    with pseudo_language():
        home = shown(qtbot, open_window(), 4)
        assert str(home.rows.currentIndex().data()) == f"{OPEN}{part}{CLOSE}"
        press(home.rows, Qt.Key.Key_F2)
        assert field(home).text() == f"{OPEN}{part}{CLOSE}"
        press(field(home), Qt.Key.Key_Return)
        assert chosen(home).name == part
        window = home.window()
        assert isinstance(window, MainWindow)
        assert window.saved.editing.waiting is None
