"""Help from everywhere: F1, the menu, and what helps beside a message."""

from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from support.fakes import DEMO
from support.gui.opened_window import Opener, wait_live

from fer_desktop.core.help.library import page_called
from fer_desktop.core.help.pages import Topic
from fer_desktop.core.messages import Message
from fer_desktop.core.policy import REFUSED
from fer_desktop.pipeline.session_engine.channel.status import Phase, SessionStatus
from fer_desktop.ui.help.finding import OF_THE_WINDOW, window_finder
from fer_desktop.ui.help.keys import keys_of, plain
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.widgets.message_bar import MessageBar
from requirements.translations import FOLDER

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

COVERED = "Another window covers the chosen window: move one of them aside, and the session goes on."


def press_f1(qtbot: QtBot, window: QWidget) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)


def dialog(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def what_helps(bar: MessageBar) -> QToolButton:
    return next(one for one in bar.findChildren(QToolButton) if one.text() == "What helps")


def test_f1_opens_the_first_steps(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    press_f1(qtbot, window)
    assert window.help.window.isVisible()
    assert window.help.window.shown == Topic.FIRST_STEPS


def test_f1_explains_a_message_that_is_shown(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.tell_refusal(str(REFUSED), None)
    qtbot.waitUntil(window.notice.isVisible)
    press_f1(qtbot, window)
    assert window.help.window.shown == "not-allowed"
    window.notice.clear()
    press_f1(qtbot, window)
    assert window.help.window.shown == Topic.FIRST_STEPS


def test_f1_explains_why_nothing_is_read(qtbot: QtBot, open_window: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window()
    minimised = Message("The window is minimised: open it again, and the session goes on.")
    monkeypatch.setattr(window.help, "_status", lambda: SessionStatus(Phase.LOST, minimised))
    press_f1(qtbot, window)
    assert window.help.window.shown == "window-hidden"


@pytest.mark.parametrize(
    ("kind", "topic"), [(SettingsDialog, Topic.SETTINGS), (SavedDialog, Topic.LESSONS), (ModelCardDialog, Topic.WORDS)]
)
def test_f1_in_a_dialog_explains_it_and_is_not_blocked_by_it(
    qtbot: QtBot, open_window: Opener, kind: type[QDialog], topic: Topic
) -> None:
    window = open_window()
    opening = {
        SettingsDialog: window.open_settings,
        SavedDialog: window.saved.open_list,
        ModelCardDialog: window.help.show_model,
    }
    opening[kind]()
    opened = dialog(qtbot, window, kind)
    press_f1(qtbot, opened)
    helping = window.help.window
    assert helping.shown == topic
    qtbot.waitUntil(lambda: QApplication.activeWindow() is helping)
    qtbot.keyClick(helping.list, Qt.Key.Key_Home)
    assert helping.shown == Topic.FIRST_STEPS
    helping.close()
    opened.close()


def test_an_error_in_a_dialog_comes_before_the_dialog(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.open_settings()
    opened = dialog(qtbot, window, SettingsDialog)
    assert isinstance(opened, SettingsDialog)
    opened._complain("The settings cannot be saved in /nowhere: check that it can be written.")
    press_f1(qtbot, opened)
    assert window.help.window.shown == "settings-unreadable"
    opened.close()


def test_a_message_about_a_fault_has_what_helps_beside_it(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.tell_problem(COVERED)
    button = what_helps(window.notice)
    qtbot.waitUntil(button.isVisible)
    assert not button.icon().isNull()
    button.click()
    assert window.help.window.shown == "covered"
    window.notice.tell("done", "Saved to /home/a/session.csv")
    assert not button.isVisible()


def test_it_is_there_in_the_dialog_of_lessons_too(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window()
    window.saved.open_list()
    opened = dialog(qtbot, window, SavedDialog)
    assert isinstance(opened, SavedDialog)
    opened.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened)
    opened.bar.tell("problem", "This lesson is no longer stored.")
    what_helps(opened.bar).click()
    assert window.help.window.shown == "lesson-gone"
    opened.close()


def test_what_helps_moves_no_button_of_the_window(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window(DEMO)
    wait_live(qtbot, window)
    places = [
        button.mapTo(window, button.rect().topLeft()) for button in (window.page.header.stop, window.page.header.pause)
    ]
    window.tell_problem(COVERED)
    QApplication.processEvents()
    assert places == [
        button.mapTo(window, button.rect().topLeft()) for button in (window.page.header.stop, window.page.header.pause)
    ]


def test_help_closes_with_the_window(open_window: Opener) -> None:
    window = open_window()
    window.help.open(Topic.KEYS)
    helping = window.help.window
    assert helping.isVisible()
    window.close()
    assert not helping.isVisible()


def test_the_menu_opens_its_pages(open_window: Opener) -> None:
    window = open_window()
    entries = {plain(action.text()): action for action in window.findChildren(QAction)}
    for words, topic in (
        ("First steps and help", Topic.FIRST_STEPS),
        ("Keyboard shortcuts", Topic.KEYS),
        ("When something goes wrong", Topic.FAULTS),
    ):
        entries[words].trigger()
        assert window.help.window.shown == topic


def test_all_keys_of_the_menus_are_told(open_window: Opener) -> None:
    window = open_window()
    told = dict(keys_of(window.menuBar()))
    shortcuts = [action.shortcut() for action in window.findChildren(QAction) if not action.shortcut().isEmpty()]
    assert len(shortcuts) > 10
    for shortcut in shortcuts:
        assert shortcut.toString(QKeySequence.SequenceFormat.NativeText) in told
    assert told["Space"] == "Pause or resume"
    assert told["M"].startswith("Add a marker")
    assert told["F1"] == "First steps and help"
    assert told["Ctrl+H"] == "Save or erase lessons"


def test_what_the_window_says_itself_is_what_it_asks_for() -> None:
    contexts = ET.parse(FOLDER / "fer_desktop_de.ts").iterfind("context")
    asked = {
        (context.findtext("name"), text.findtext("source"))
        for context in contexts
        for text in context.iterfind("message")
    }
    assert [one for one in OF_THE_WINDOW if one[:2] not in asked] == []


def test_each_of_these_leads_to_its_page() -> None:
    finder = window_finder()
    for _, sentence, key in OF_THE_WINDOW:
        assert finder.page_of(sentence) is page_called(key), sentence
