"""Home: her lessons by day, and one button that finds the call."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import NOTES, WINDOW, FakeServices
from support.gui.opened_window import Opener, wait_live
from support.stored import stored, summary

from fer_desktop.core.settings import Retention
from fer_desktop.core.sources import SourceKind, WindowChoice
from fer_desktop.pipeline.events import Ended, EndReason, Marker
from fer_desktop.pipeline.session_engine.channel.status import Phase
from fer_desktop.sessions.store import reader
from fer_desktop.ui.home.model import LESSON
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog
from fer_desktop.ui.saved.erasing import Erasure
from fer_desktop.ui.sources.window_dialog import WindowDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENDED = Ended(90.0, EndReason.STOPPED)


@pytest.fixture
def path(tmp_path: Path, services: FakeServices) -> Path:
    """Two lessons of a day long ago, kept for ever."""
    services.put(keep_sessions=Retention.FOR_EVER)
    path = tmp_path / "sessions.db"
    stored(path, Marker(1, 0.2, "quiz"), summary(1.0), ENDED, name="Physics")
    stored(path, summary(90.0), ENDED, name="Mathematics 7b")
    return path


def listed(qtbot: QtBot, window: MainWindow, count: int) -> list[str]:
    """The rows, once there are so many lessons."""
    rows = window.pages.home.rows
    qtbot.waitUntil(lambda: len(rows.lessons.lessons) == count)
    model = rows.lessons
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(at).data(spoken)) for at in range(model.rowCount())]


@pytest.mark.usefixtures("path")
def test_lessons_stand_under_their_day_newest_first(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    day, first, second = listed(qtbot, window, 2)
    assert day.startswith("2 March")
    assert first.startswith("Mathematics 7b, ")
    assert "1 min" in first
    assert second.startswith("Physics, ")
    assert second.endswith("1 marker")
    assert window.pages.home.start.isVisible()
    assert not window.pages.home.welcome.isVisible()


@pytest.mark.usefixtures("path")
def test_the_keyboard_skips_days_and_enter_opens_a_lesson(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    listed(qtbot, window, 2)
    rows = window.pages.home.rows
    rows.setFocus()
    assert rows.chosen is not None
    assert rows.chosen.name == "Mathematics 7b"
    press(rows, Qt.Key.Key_Up)
    assert rows.currentIndex().data(LESSON) is not None
    press(rows, Qt.Key.Key_Down)
    assert rows.chosen.name == "Physics"
    with qtbot.waitSignal(window.pages.lesson.shown):
        press(rows, Qt.Key.Key_Return)
    assert window.pages.currentWidget() is window.pages.lesson
    assert window.pages.lesson.view is not None
    assert window.pages.lesson.view.content.saved.name == "Physics"


def test_whoever_shows_lessons_is_told_which_one(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = open_window()
    listed(qtbot, window, 2)
    home, opened = window.pages.home, list[int]()
    home.lesson_opened.connect(opened.append)
    press(home.rows, Qt.Key.Key_Return)
    home.rows.doubleClicked.emit(home.rows.lessons.index(home.rows.lessons.rowCount() - 1))
    assert opened == [session.id for session in reader.sessions(path)]
    assert window.findChild(SavedDialog) is None


def press(widget: object, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))  # type: ignore[arg-type]


@pytest.mark.usefixtures("path")
def test_what_is_erased_is_gone_at_once_and_comes_back_with_undo(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    listed(qtbot, window, 2)
    lesson = window.pages.home.rows.lessons.lessons[0]
    window.saved.erasing.ask(Erasure((lesson,)))
    assert len(listed(qtbot, window, 1)) == 2
    window.saved.erasing.undo()
    listed(qtbot, window, 2)


def test_without_lessons_it_is_a_welcome_with_two_buttons(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    home = window.pages.home
    qtbot.waitUntil(home.welcome.isVisible)
    assert not home.start.isVisible()
    home.welcome.demo.click()
    wait_live(qtbot, window)


def test_the_calls_window_is_found_by_itself(qtbot: QtBot, services: FakeServices, open_window: Opener) -> None:
    window = open_window()
    window.pages.home.start.click()
    wait_live(qtbot, window)
    assert window.session.choice == WINDOW
    assert NOTES in services.window_list  # which is no call, and was not asked about


@pytest.mark.parametrize("calls", [[], [WINDOW, WindowChoice("Meet: Physics", 7, "firefox")]])
def test_where_there_is_no_call_or_several_it_asks(
    qtbot: QtBot, services: FakeServices, open_window: Opener, calls: list[WindowChoice]
) -> None:
    services.window_list = [NOTES, *calls]
    window = open_window()
    window.pages.home.start.click()
    qtbot.waitUntil(lambda: isinstance(window.flow.dialog, WindowDialog))
    assert window.session.status.phase is Phase.IDLE
    assert window.flow.dialog is not None
    window.flow.dialog.reject()


def test_the_questions_come_first_and_the_lesson_goes_on_after_them(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    services.put(accepted_use=False)
    window = open_window()
    window.flow.start_lesson()
    assert window.flow.dialog is not None
    window.settings.put(window.settings.current.changed(accepted_use=True))
    window.flow.dialog.close()
    wait_live(qtbot, window)
    assert window.session.choice == WINDOW


def test_other_sources_are_a_menu_away_and_home_is_one_click_back(open_window: Opener) -> None:
    window = open_window()
    home = window.pages.home
    wanted: list[object] = []
    home.kind_wanted.connect(wanted.append)
    home.kind_wanted.disconnect(window.flow.request)
    for action in home.more.menu().actions():
        if not action.isSeparator():
            action.trigger()
    kinds = [one if isinstance(one, SourceKind) else getattr(one, "kind", None) for one in wanted]
    expected = [SourceKind.WINDOW, SourceKind.RECORDING, SourceKind.PICTURES, SourceKind.STREAM, SourceKind.DEMO]
    assert kinds == expected
    assert window.start_page.isVisible()
    window.start_page.home.click()
    assert home.isVisible()


@pytest.mark.usefixtures("path")
def test_until_when_they_are_kept_is_said_and_can_be_changed(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window()
    listed(qtbot, window, 2)
    assert window.pages.home.kept == "Kept until you erase them."
    services.put(keep_sessions=Retention.MONTH)
    window.pages.show_sources()
    window.pages.show_home()
    assert window.pages.home.kept == "Kept for 30 days, then erased."
