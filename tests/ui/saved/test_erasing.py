"""Erasing from the list of what is stored: undone, final, refused, and told."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from support.clocks import STARTED
from support.fakes import FakeServices
from support.gui.opened_window import Opener
from support.gui.saved_list import choose, markers, opened, press, rows, save_copies, until_erased
from support.stored import stored_with_csv

from fer_desktop.core.errors import StoreError
from fer_desktop.core.seats.kept_aliases import keep_aliases
from fer_desktop.sessions.store import reader
from fer_desktop.ui.look.theme import apply_theme
from fer_desktop.ui.saved.erasing import Erasure

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("everything", [False, True])
def test_where_nothing_is_left_in_the_list_the_keyboard_is_on_undo(
    qtbot: QtBot, open_window: Opener, path: Path, everything: bool
) -> None:
    window = open_window()
    dialog = opened(qtbot, window)
    if everything:
        window.saved.erasing.ask(Erasure(tuple(dialog._sessions), everything=True))
    else:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
        assert dialog.focusWidget() is dialog.list  # for the next one
        qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert not rows(dialog)
    assert dialog.focusWidget() is dialog.bar.button("Undo")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert len(rows(dialog)) == (2 if everything else 1)
    assert dialog.focusWidget() is dialog.list
    assert len(reader.sessions(path)) >= 1


def test_after_the_list_is_closed_it_can_be_undone_in_the_window_behind(
    qtbot: QtBot, open_window: Opener, path: Path
) -> None:
    window = open_window()
    dialog = opened(qtbot, window)
    dialog.erase.setFocus()
    qtbot.keyClick(dialog.erase, Qt.Key.Key_Space)
    assert dialog.focusWidget() is dialog.bar.button("Undo")
    assert window.saved.undo.text == ""
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    press(window.saved.undo.button("Undo"))
    assert not window.saved.erasing.busy
    assert window.saved.undo.text == ""
    assert len(reader.sessions(path)) == 2


def test_undone_it_is_there_as_it_was(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = open_window()
    dialog = opened(qtbot, window)
    choose(dialog, 1)
    dialog.erase.click()
    press(dialog.bar.button("Undo"))
    assert [row[0] for row in rows(dialog)] == ["Mathematics 7b", "Physics"]
    assert dialog.bar.text == ""
    assert len(reader.sessions(path)) == 2


def test_what_is_erased_next_makes_what_was_erased_before_final(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = open_window()
    dialog = opened(qtbot, window)
    dialog.erase.click()
    dialog.erase.click()
    qtbot.waitUntil(lambda: [session.name for session in reader.sessions(path)] == ["Physics"])
    press(dialog.bar.button("Undo"))
    assert [row[0] for row in rows(dialog)] == ["Physics"]


def test_what_a_marker_says_is_erased_and_the_lesson_stays(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    window = open_window()
    dialog = opened(qtbot, window)
    choose(dialog, 1, marker=0)
    assert dialog.erase.text() == "&Erase its text"
    dialog.erase.click()
    assert markers(dialog, 1) == ["quiz"]
    assert dialog.bar.text == "What the marker says is erased."
    window.saved.erasing.finish()
    until_erased(qtbot, window)
    assert [marker.text for marker in reader.markers(path)[1]] == ["", "quiz"]
    assert b"slide 7" not in path.read_bytes()


def test_everything_is_asked_about_and_the_answer_at_hand_is_no(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    aliases = path.with_name("aliases.jsonl")
    keep_aliases(aliases, ["Ana"], datetime.now().astimezone())
    window = open_window()
    dialog = opened(qtbot, window)
    dialog.erase_all.click()
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    default = box.defaultButton()
    assert isinstance(default, QPushButton)
    assert default.text() == "Cancel"
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for theme in ("dark", "light"):  # as the desktop does it at dusk
        apply_theme(app, theme)
        qtbot.waitUntil(lambda: box.focusWidget() is default)
    next(button for button in box.buttons() if button.text() == "Erase everything").click()
    assert rows(dialog) == []
    assert dialog.nothing.isVisible()
    assert dialog.bar.text == "All lessons are erased."
    window.saved.erasing.finish()
    until_erased(qtbot, window)
    assert reader.sessions(path) == []
    assert not aliases.exists()


def test_files_that_cannot_be_reached_are_named(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path, tmp_path: Path
) -> None:
    moved = stored_with_csv(path, tmp_path / "documents", at=STARTED + timedelta(days=2))
    moved.rename(tmp_path / "elsewhere.csv")
    services.put(export_folder=str(tmp_path))
    window = open_window()
    dialog = opened(qtbot, window)
    (copy,) = save_copies(qtbot, dialog)
    dialog.erase.click()
    window.saved.erasing.finish()
    qtbot.waitUntil(lambda: str(moved) in dialog.bar.text)
    assert dialog.bar.text.startswith("The lesson of ")
    assert dialog.bar.text.endswith(f"erase it yourself if you want to: {moved}\nA copy that you saved is left: {copy}")
    assert copy.exists()
    assert window.notice.text == ""  # it is told once


def test_an_erasing_that_fails_says_so_and_the_lesson_is_back(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The store is being read by another program.")

    monkeypatch.setattr(services.stored, "erase", refuse)
    window = open_window()
    dialog = opened(qtbot, window)
    dialog.erase.click()
    window.saved.erasing.finish()
    told = "“Mathematics 7b” could not be erased. The store is being read by another program."
    qtbot.waitUntil(lambda: dialog.bar.text == told)
    assert window.notice.text == ""
    assert [row[0] for row in rows(dialog)] == ["Mathematics 7b", "Physics"]
    assert len(reader.sessions(path)) == 2


def test_the_window_stays_to_say_that_an_erasing_failed(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The disk is full: free some space.")

    monkeypatch.setattr(services.stored, "erase", refuse)
    window = open_window()
    dialog = opened(qtbot, window)
    dialog.erase.click()
    dialog.close()
    window.close()
    told = "“Mathematics 7b” could not be erased. The disk is full: free some space."
    qtbot.waitUntil(lambda: window.notice.text == told)
    assert not window.saved.erasing.busy
    assert window.isVisible()
    with qtbot.waitSignal(window.left):
        window.close()
    assert len(reader.sessions(path)) == 2


def test_the_window_waits_for_what_is_being_erased(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()
    erase: Callable[..., object] = services.stored.erase

    def slow(*sessions: object) -> object:
        let_go.wait(20)
        return erase(*sessions)

    monkeypatch.setattr(services.stored, "erase", slow)
    window = open_window()
    dialog = opened(qtbot, window)
    dialog.erase.click()
    window.close()
    assert window.isVisible()
    with qtbot.waitSignal(window.left):
        let_go.set()
    assert [session.name for session in reader.sessions(path)] == ["Physics"]


@pytest.mark.usefixtures("path")
def test_many_are_chosen_for_copies_and_erased_together(
    qtbot: QtBot, services: FakeServices, open_window: Opener, tmp_path: Path
) -> None:
    services.put(export_folder=str(tmp_path))
    window = open_window()
    dialog = opened(qtbot, window)
    dialog.list.selectAll()
    assert dialog.erase.isEnabled()
    assert len(save_copies(qtbot, dialog)) == 2
    dialog.erase.click()
    assert dialog.bar.text == "2 lessons are erased."
    assert rows(dialog) == []
    press(dialog.bar.button("Undo"))
    assert len(rows(dialog)) == 2
