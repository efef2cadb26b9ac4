"""Choosing a window: the list, its picture, and what is said where there is none."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot
from support.fakes import DEMO, NOTES, WINDOW, FakeServices
from support.gui.opened_window import Opener, wait_live
from support.gui.pictures import Snapshot

from fer_desktop.core.errors import SourceError
from fer_desktop.core.policy import REFUSED
from fer_desktop.core.sources import SourceChoice, SourceKind, WindowChoice
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.sources.window_dialog import WindowDialog
from fer_desktop.ui.sources.window_rows import calls_first, is_call

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MEET = WindowChoice("Meet – fkr-wznx-abc – Mozilla Firefox", 9, "firefox")
INBOX = WindowChoice("Inbox", 11, "org.gnome.Evolution")
Show = Callable[..., WindowDialog]


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    made = FakeServices(tmp_path)
    made.window_list = [NOTES, WINDOW, INBOX, MEET]
    return made


@pytest.fixture
def show(qtbot: QtBot, services: FakeServices) -> Iterator[Show]:
    """Opens the dialog and waits for its list, or for what is said instead."""

    def shown(last: SourceChoice | None = None) -> WindowDialog:
        dialog = WindowDialog(services, last)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.resize(736, 520)
        qtbot.waitUntil(lambda: dialog.rows.count() > 0 or bool(dialog.note.title.text()))
        return dialog

    yield shown
    assert wait_for_jobs(5000)


def _names(dialog: WindowDialog) -> list[str]:
    return [dialog.rows.item(row).text() for row in range(dialog.rows.count())]


def test_calls_come_first_and_the_order_of_the_desktop_stays_otherwise(show: Show) -> None:
    assert _names(show()) == [window.name for window in (WINDOW, MEET, NOTES, INBOX)]


@pytest.mark.parametrize(
    ("program", "title", "call"),
    [
        ("zoom", "Zoom Meeting", True),
        ("Google-chrome", "Meet – abc-defg-hij – Google Chrome", True),
        ("teams-for-linux", "7b | Microsoft Teams", True),
        ("Ms-teams", "7b", True),
        ("CiscoCollabHost", "Webex", True),
        ("firefox", "Jitsi Meet – Mozilla Firefox", True),
        ("gedit", "Meeting of the parents", False),
        ("evince", "Steams and vapours.pdf", False),
    ],
)
def test_what_looks_like_a_call(program: str, title: str, call: bool) -> None:
    window = WindowChoice(title, 1, program)
    assert is_call(window) is call
    assert calls_first([NOTES, window])[0] == (window if call else NOTES)


def test_arrows_choose_and_enter_looks_at_it(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    assert dialog.rows.hasFocus() or dialog.focusWidget() is dialog.rows
    assert dialog.rows.choice == WINDOW
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert dialog.rows.choice == MEET
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    assert chosen.args == [MEET]
    assert not dialog.isVisible()


def test_enter_chooses_once(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    chosen: list[SourceChoice] = []
    dialog.chosen.connect(chosen.append)
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    qtbot.wait(50)
    assert chosen == [WINDOW]


def test_esc_leaves_it(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    with qtbot.assertNotEmitted(dialog.chosen), qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.rows, Qt.Key.Key_Escape)


def test_the_window_of_the_last_session_is_chosen_though_its_number_is_another(show: Show) -> None:
    assert show(INBOX).rows.choice == INBOX
    assert show(WindowChoice(MEET.name, 999, "firefox")).rows.choice == MEET
    assert show(WindowChoice(MEET.name, 999, "chrome")).rows.choice == WINDOW
    assert show(DEMO).rows.choice == WINDOW


def test_refresh_finds_new_windows_and_keeps_what_was_chosen(qtbot: QtBot, services: FakeServices, show: Show) -> None:
    dialog = show()
    dialog.rows.setCurrentRow(2)
    assert dialog.rows.choice == NOTES
    services.window_list = [WINDOW, NOTES]
    dialog.refresh.click()
    qtbot.waitUntil(lambda: _names(dialog) == [WINDOW.name, NOTES.name])
    assert dialog.rows.choice == NOTES


def test_the_picture_is_of_the_window_that_is_chosen_now(qtbot: QtBot, services: FakeServices, show: Show) -> None:
    services.window_covered = {MEET.name: 0.4, NOTES.name: 1.0}
    dialog = show()
    qtbot.waitUntil(lambda: dialog.preview.has_image)
    assert dialog.caption.text() == ""
    dialog.rows.setCurrentRow(1)
    assert not dialog.preview.has_image  # never another window's
    dialog.rows.setCurrentRow(2)
    qtbot.waitUntil(lambda: dialog.preview.sentence.startswith("Other windows lie over it now"))
    dialog.rows.setCurrentRow(1)
    qtbot.waitUntil(lambda: dialog.preview.has_image)
    assert dialog.caption.text().startswith("Black where other windows lie over it")


def test_a_window_that_was_closed_meanwhile_says_so(qtbot: QtBot, services: FakeServices, show: Show) -> None:
    dialog = show()
    services.window_list = []
    dialog.rows.setCurrentRow(1)
    qtbot.waitUntil(lambda: dialog.preview.sentence.startswith("The window was closed"))
    assert dialog.go_on.isEnabled()  # the session says what to do


def test_where_no_window_is_open_it_says_what_to_do(
    qtbot: QtBot, services: FakeServices, show: Show, snapshot: Snapshot
) -> None:
    services.window_list = []
    dialog = show()
    assert dialog.note.text.text() == "Start the call, then press Refresh."
    assert not dialog.go_on.isEnabled()
    dialog.setFocus()
    snapshot(dialog, "window_dialog_empty")
    services.window_list = [WINDOW]
    dialog.refresh.click()
    qtbot.waitUntil(dialog.go_on.isEnabled)
    assert dialog.rows.isVisible()


def test_where_windows_cannot_be_listed_it_says_why(qtbot: QtBot, services: FakeServices, show: Show) -> None:
    services.screens_error = SourceError("This desktop (Wayland) does not let programs capture its screen: log out.")
    dialog = show()
    assert dialog.note.title.text() == "The windows cannot be listed"
    assert dialog.note.text.text().startswith("This desktop (Wayland)")
    assert not dialog.go_on.isEnabled()
    services.screens_error = None
    dialog.refresh.click()
    qtbot.waitUntil(dialog.go_on.isEnabled)


def test_a_fault_while_taking_pictures_is_met_once(
    qtbot: QtBot, services: FakeServices, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_window: SourceChoice) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(services, "window_picture", broken)
    dialog = show()
    qtbot.waitUntil(lambda: dialog.preview.sentence.startswith("A fault in the program"))
    assert not dialog._timer.isActive()


def test_nothing_is_looked_at_once_it_is_closed(show: Show) -> None:
    dialog = show()
    dialog.reject()
    assert not dialog._timer.isActive()


def test_the_list_and_the_picture(qtbot: QtBot, services: FakeServices, show: Show, snapshot: Snapshot) -> None:
    services.window_covered = {WINDOW.name: 0.3}
    dialog = show(INBOX)
    dialog.rows.setCurrentRow(0)
    qtbot.waitUntil(lambda: dialog.preview.has_image)
    snapshot(dialog, "window_dialog")


@pytest.mark.usefixtures("dark")
def test_the_list_of_a_window_that_is_covered(
    qtbot: QtBot, services: FakeServices, show: Show, snapshot: Snapshot
) -> None:
    services.window_covered = {WINDOW.name: 1.0}
    dialog = show()
    qtbot.waitUntil(lambda: bool(dialog.preview.sentence))
    snapshot(dialog, "window_dialog_covered_dark")


def test_a_chosen_window_starts_a_session_that_names_it_and_is_remembered(
    qtbot: QtBot, services: FakeServices, open_window: Opener
) -> None:
    window = open_window()
    window.start_page.cards["window"].click()
    dialog = window.flow.dialog
    assert isinstance(dialog, WindowDialog)
    qtbot.waitUntil(dialog.go_on.isEnabled)
    dialog.go_on.click()
    wait_live(qtbot, window)
    assert window.session.choice == WINDOW
    assert window.page.header._name == "Zoom Meeting"
    window.session.stop()
    qtbot.waitUntil(lambda: not window.session.status.running)
    window.new_session()
    assert window.flow.last_choice() == WINDOW
    assert window.start_page.cards["window"]._badge == "Last used"
    assert services.files[0].rows
    assert wait_for_jobs(5000)


def test_a_window_is_a_live_class(services: FakeServices, store: QSettings, open_window: Opener) -> None:
    services.put(accepted_use=False, jurisdiction="", context="")
    window = open_window()
    window.start_page.cards["window"].click()
    assert isinstance(window.flow.dialog, FirstRun)
    services.put(accepted_use=True, jurisdiction="eu", context="education")
    window.flow.request(SourceKind.WINDOW)
    assert window.notice.text == str(REFUSED)
    assert WINDOW.is_live_class
    assert not store.value("source/last", "")
