"""The ways to an opened lesson and away from it, and why one may not be there."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, FakeServices
from support.gui.opened_lesson import opened, store_of
from support.gui.opened_window import Opener, wait_live
from support.gui.pseudo_translation import pseudo_language, untranslated
from support.stored import stored as store_session
from support.stored import summary
from support.stored_lessons import store_lesson, store_scripted

from fer_desktop.core.settings import Retention
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.pipeline.ports import SessionFile
from fer_desktop.sessions.store import erasing, reader
from fer_desktop.sessions.store.writer import SessionFacts
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.lesson.view import LessonView
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def stored(tmp_path: Path, services: FakeServices) -> int:
    services.put(keep_sessions=Retention.FOR_EVER)
    return store_scripted(store_of(tmp_path))


def fails(qtbot: QtBot, window: MainWindow, session_id: int) -> str:
    """What is said in place of the lesson."""
    with qtbot.waitSignal(window.pages.lesson.shown):
        window.pages.open_lesson(session_id)
    assert window.pages.lesson.view is None
    return window.pages.lesson.trouble.text


def chosen_in_list(qtbot: QtBot, window: MainWindow) -> SavedDialog:
    window.saved.open_list()
    dialog = window.findChild(SavedDialog)
    assert isinstance(dialog, SavedDialog)
    qtbot.waitUntil(lambda: dialog.list.session is not None)
    return dialog


def test_the_list_of_saved_lessons_opens_one(qtbot: QtBot, open_window: Opener, stored: int) -> None:
    window = open_window()
    dialog = chosen_in_list(qtbot, window)
    with qtbot.waitSignal(window.pages.lesson.shown):
        dialog.open_button.click()
    view = window.pages.lesson.view
    assert view is not None
    assert view.content.saved.id == stored
    assert view.isVisible()
    qtbot.waitUntil(lambda: window.findChild(SavedDialog) is None)


@pytest.mark.usefixtures("stored")
def test_none_is_opened_while_one_runs(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    dialog = chosen_in_list(qtbot, window)
    assert not dialog.open_button.isEnabled()
    assert dialog.open_button.toolTip() == "A lesson is running: stop it first."
    dialog.close()


@pytest.mark.parametrize("way", ["Escape", "Alt+Left", "button"])
def test_there_are_three_ways_back(qtbot: QtBot, open_window: Opener, stored: int, way: str) -> None:
    window = open_window()
    view = opened(qtbot, window, stored)
    view.player.play()
    if way == "button":
        view.header.back.click()
    elif way == "Escape":
        QTest.keyClick(view, Qt.Key.Key_Escape)
    else:
        window.activateWindow()
        qtbot.waitUntil(view.hasFocus)
        QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.pages.currentWidget() is window.pages.home
    assert not view.player.playing


def test_erasing_leads_home_and_can_be_undone(qtbot: QtBot, open_window: Opener, stored: int, tmp_path: Path) -> None:
    window = open_window()
    opened(qtbot, window, stored).header.erase.click()
    assert window.pages.currentWidget() is window.pages.home
    assert window.saved.undo.text == "“Maths 9b” is erased."
    undo = window.saved.undo.button("Undo")
    assert undo is not None
    undo.click()
    assert reader.session(store_of(tmp_path), stored).name == "Maths 9b"
    assert opened(qtbot, window, stored).isVisible()


def test_one_that_is_erased_meanwhile_is_said_to_be_gone(
    qtbot: QtBot, open_window: Opener, stored: int, tmp_path: Path
) -> None:
    window = open_window()
    erasing.erase(store_of(tmp_path), stored)
    assert fails(qtbot, window, stored) == "This lesson is no longer stored."
    window.pages.lesson.trouble.back.click()
    assert window.pages.currentWidget() is window.pages.home


def test_a_damaged_store_is_one_sentence(qtbot: QtBot, open_window: Opener, stored: int, tmp_path: Path) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(window.pages.home.rows.lessons.lessons))  # what is tended at the start is repaired
    store_of(tmp_path).write_bytes(b"no database" * 400)
    words = fails(qtbot, window, stored)
    assert words.startswith("Your saved lessons are damaged: ")
    assert "\n" not in words


def test_it_can_be_tried_again(qtbot: QtBot, open_window: Opener, stored: int, tmp_path: Path) -> None:
    window, away = open_window(), tmp_path / "away.db"
    store_of(tmp_path).rename(away)
    assert fails(qtbot, window, stored) != ""
    away.rename(store_of(tmp_path))
    with qtbot.waitSignal(window.pages.lesson.shown):
        window.pages.lesson.trouble.again.click()
    assert window.pages.lesson.view is not None


def test_another_lesson_takes_the_place_of_one_that_is_still_read(
    qtbot: QtBot, open_window: Opener, stored: int, tmp_path: Path
) -> None:
    other = store_scripted(store_of(tmp_path), 60, name="Physics")
    window = open_window()
    window.pages.open_lesson(stored)
    view = opened(qtbot, window, other)
    assert wait_for_jobs(5000)
    QCoreApplication.processEvents()
    assert window.pages.lesson.view is view
    assert view.content.saved.name == "Physics"


@pytest.mark.parametrize(
    ("events", "length_s", "says"),
    [
        ((summary(1.0),), 1.0, "Too little was seen to say."),
        (tuple(summary(float(at), readable=0) for at in range(1, 61)), 60.0, "Too little was seen to say."),
        (tuple(summary(float(at), state=State.WITHHELD) for at in range(1, 61)), 60.0, "Not enough faces."),
        ((), 0.0, "No figures of this lesson are left."),
    ],
)
def test_a_lesson_with_next_to_nothing_in_it_is_shown(
    qtbot: QtBot, open_window: Opener, tmp_path: Path, events: tuple[object, ...], length_s: float, says: str
) -> None:
    session = store_lesson(store_of(tmp_path), events, end_s=length_s)  # type: ignore[arg-type]
    view = opened_small(qtbot, open_window(), session)
    assert view.glance.first.text() == says
    view.player.play()
    view.player.advance(0.5)
    view.player.pause()
    assert view.header.erase.isEnabled()


def opened_small(qtbot: QtBot, window: MainWindow, session: int) -> LessonView:
    with qtbot.waitSignal(window.pages.lesson.shown):
        window.pages.open_lesson(session)
    view = window.pages.lesson.view
    assert view is not None, window.pages.lesson.trouble.text
    return view


def test_after_stop_this_lesson_is_opened(
    qtbot: QtBot, services: FakeServices, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = services.start_session

    def stored_too() -> SessionFile:
        file = start()
        facts = SessionFacts("", "", {}, file.path)
        store_session(
            services.stored.store, summary(1.0), Ended(1.0, EndReason.STOPPED), facts=facts, name="Demo class"
        )
        return file

    monkeypatch.setattr(services, "start_session", stored_too)
    services.put(keep_sessions=Retention.FOR_EVER)
    window = open_window(DEMO)
    wait_live(qtbot, window)
    with qtbot.waitSignal(window.model.summary):
        pass
    window.session.stop()
    qtbot.waitUntil(lambda: window.notice.button("Open this lesson") is not None)
    button = window.notice.button("Open this lesson")
    assert button is not None
    with qtbot.waitSignal(window.pages.lesson.shown):
        button.click()
    assert window.pages.currentWidget() is window.pages.lesson
    assert window.notice.text == ""


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(
    qtbot: QtBot, open_window: Opener, stored: int
) -> None:
    view = opened(qtbot, open_window(), stored)
    controls = [*view.findChildren(QAbstractButton), *view.findChildren(QPlainTextEdit), view.moments.table]
    for control in controls:
        if control.isVisible() and control.isEnabled() and control.objectName() == "":
            assert control.accessibleName() or getattr(control, "text", str)(), control
    assert view.chart.plot.accessibleName()
    assert view.moments.table.accessibleName() == "Moments"


@pytest.mark.usefixtures("in_brackets")
def test_all_of_it_is_translated(qtbot: QtBot, open_window: Opener, stored: int) -> None:
    with pseudo_language():
        view = opened(qtbot, open_window(), stored)
        assert [words for words in untranslated(view) if "Maths 9b" not in words] == []
        view.player.seek(320.0)
        view.moments.show_removed(view.model.markers[0])
        assert untranslated(view.bar) == []
