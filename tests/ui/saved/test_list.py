"""The list of what is stored, and erasing from it."""

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
from support.gui.pseudo_translation import CLOSE, OPEN, pseudo_language, untranslated
from support.stored import started_store, stored, stored_with_csv, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.core.seats.kept_aliases import keep_aliases
from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason, Marker
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite.database import opened as store_opened
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.exporting.dialog import ExportDialog
from fer_desktop.ui.main_window import MainWindow
from fer_desktop.ui.saved.dialog import SavedDialog
from fer_desktop.ui.saved.erasing import Erasure

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENDED = Ended(1.0, EndReason.STOPPED)


@pytest.fixture(name="path")
def _path(tmp_path: Path, services: FakeServices) -> Path:
    """A lesson with two markers and one that ended unexpectedly after it, kept for ever."""
    services.put(keep_sessions=Retention.FOR_EVER)
    path = tmp_path / "sessions.db"
    stored(path, Marker(1, 0.2, "slide 7"), Marker(2, 0.5, "quiz"), summary(1.0), ENDED, name="Physics")
    stored(path, summary(90.0), at=STARTED + timedelta(days=1), name="Mathematics 7b")
    return path


def opened(qtbot: QtBot, window: MainWindow) -> SavedDialog:
    window.saved.open_list()
    dialog = window.findChild(SavedDialog)
    assert isinstance(dialog, SavedDialog)
    with qtbot.waitSignal(dialog.looked):
        pass
    return dialog


def rows(dialog: SavedDialog) -> list[list[str]]:
    tree = dialog.list
    items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(5)] for item in items if item is not None]


def markers(dialog: SavedDialog, row: int) -> list[str]:
    item = dialog.list.topLevelItem(row)
    assert item is not None
    under = [item.child(index) for index in range(item.childCount())]
    return [one.text(0) for one in under if one is not None]


def choose(dialog: SavedDialog, row: int, marker: int | None = None) -> None:
    item = dialog.list.topLevelItem(row)
    assert item is not None
    chosen = item if marker is None else item.child(marker)
    assert chosen is not None
    dialog.list.setCurrentItem(chosen)


def press(button: QPushButton | None) -> None:
    assert button is not None
    button.click()


def save_copies(qtbot: QtBot, dialog: SavedDialog) -> list[Path]:
    """Saves what is chosen as reports; the files."""
    dialog.save.click()
    copies = dialog.findChild(ExportDialog)
    assert isinstance(copies, ExportDialog)
    with qtbot.waitSignal(copies.looked):
        pass
    with qtbot.waitSignal(copies.copied, timeout=20_000) as told:
        copies.go_on.click()
    copies.close()
    assert told.args is not None
    return list(told.args[0].files)


def until_erased(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.saved.erasing.busy)


def test_each_lesson_is_listed_with_its_state_and_until_when_it_is_kept(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path
) -> None:
    services.put(keep_sessions=Retention.MONTH)
    running = started_store(path, at=STARTED + timedelta(days=2), name="Chemistry")
    running.write(summary(1.0))
    dialog = opened(qtbot, open_window())
    listed = rows(dialog)
    assert [[row[0], row[2], row[3]] for row in listed] == [
        ["Chemistry", "1 s", "recording"],
        ["Mathematics 7b", "1 min", "ended unexpectedly"],
        ["Physics", "1 s", ""],
    ]
    assert [row[4] for row in listed] == ["", *["the next lesson or start"] * 2]
    assert listed[2][1].startswith("2 March 2026, " if "2026" in listed[2][1] else "2 March, ")
    assert markers(dialog, 2) == ["slide 7", "quiz"]
    assert not dialog.erase.isEnabled()  # what is being recorded is chosen
    assert dialog.erase.toolTip() == "This lesson is being recorded: stop it first."
    assert not dialog.erase_all.isEnabled()
    assert dialog.erase_all.toolTip() == "A lesson is being recorded: stop it first."
    choose(dialog, 1)
    assert dialog.erase.isEnabled()
    assert dialog.erase.toolTip() == ""
    running.write(summary(2.0))
    qtbot.waitUntil(lambda: rows(dialog)[0][2] == "2 s")
    running.close()


def test_two_lessons_of_one_minute_are_told_apart(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    stored(path, summary(1.0), ENDED, at=STARTED + timedelta(days=2), name="First")
    stored(path, summary(1.0), ENDED, at=STARTED + timedelta(days=2, seconds=5), name="Second")
    listed = rows(opened(qtbot, open_window()))
    starts = {row[0]: row[1] for row in listed}
    assert starts["First"] != starts["Second"]
    assert f"{STARTED:%M:%S}" in starts["First"]
    assert f"{STARTED:%M:%S}" not in starts["Physics"]


def test_closing_is_the_default_and_erasing_takes_a_key_of_its_own(
    qtbot: QtBot, open_window: Opener, path: Path
) -> None:
    window = open_window()
    dialog = opened(qtbot, window)
    assert [button.text() for button in dialog.findChildren(QPushButton) if button.isDefault()] == ["Close"]
    choose(dialog, 1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert [row[0] for row in rows(dialog)] == ["Mathematics 7b"]
    assert dialog.bar.text == "“Physics” is erased."
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.saved.undo.text == "“Physics” is erased."  # and can be undone for the rest of its time
    assert len(reader.sessions(path)) == 2
    window.saved.erasing._grace.setInterval(50)
    until_erased(qtbot, window)
    assert window.saved.undo.text == ""
    assert [session.name for session in reader.sessions(path)] == ["Mathematics 7b"]


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


def test_a_damaged_store_is_told_in_words_for_a_teacher(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    path.write_bytes(b"\xa5" * 9000)
    dialog = opened(qtbot, open_window())
    says = "Your saved lessons are damaged: start the program again, and what can be read is saved."
    assert dialog.bar.text == says


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


@pytest.mark.parametrize("has_csv", [True, False])
def test_a_lesson_whose_figures_are_lost_is_marked_and_makes_no_csv(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path, tmp_path: Path, has_csv: bool
) -> None:
    file = stored_with_csv(path, tmp_path / "documents", at=STARTED + timedelta(days=2))
    if not has_csv:
        file.unlink()
    with store_opened(path) as connection:
        connection.execute("DELETE FROM seconds WHERE session = 3")
    dialog = opened(qtbot, open_window())
    assert [row[3] for row in rows(dialog)] == ["no figures", "ended unexpectedly", ""]
    assert not dialog.save.isEnabled()
    assert (str(file) in dialog.promise.text()) == has_csv
    assert dialog.promise.text().startswith("No figures of this lesson are left")
    with pytest.raises(StoreError, match="No figures of this lesson are left"):
        services.lesson_files.exporter(FileKind.CSV, tmp_path).export(services.stored.listed()[0])
    choose(dialog, 2)
    assert dialog.save.isEnabled()
    assert dialog.promise.text().endswith("No picture.")


@pytest.mark.parametrize("folder", ["", "backups"])
def test_no_copy_is_written_among_what_holds_the_lessons(
    qtbot: QtBot, services: FakeServices, open_window: Opener, path: Path, folder: str
) -> None:
    """A name with the store's before it is the store's, and all of its backups' folder is."""
    (path.parent / "backups").mkdir(exist_ok=True)
    dialog = opened(qtbot, open_window())
    before = {file: file.stat().st_size for file in path.parent.rglob("*.db")}
    services.put(export_folder=str(path.parent / folder))
    if folder:
        dialog.save.click()
        copies = dialog.findChild(ExportDialog)
        assert isinstance(copies, ExportDialog)
        with qtbot.waitSignal(copies.looked):
            pass
        copies.go_on.click()
        qtbot.waitUntil(lambda: "choose another name" in copies.work.bar.text, timeout=15_000)
        copies.close()
    else:
        (copy,) = save_copies(qtbot, dialog)
        assert copy.suffix == ".pdf"
    assert {file: file.stat().st_size for file in path.parent.rglob("*.db")} == before
    assert len(reader.sessions(path)) == 2


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


def test_without_a_lesson_it_says_so(qtbot: QtBot, open_window: Opener) -> None:
    dialog = opened(qtbot, open_window())
    assert dialog.nothing.isVisible()
    assert dialog.nothing.text() == "No lesson is saved."
    assert not dialog.save.isEnabled()
    assert not dialog.erase.isEnabled()


def test_all_of_it_is_in_the_users_language(
    qtbot: QtBot, open_window: Opener, path: Path, services: FakeServices
) -> None:
    services.put(keep_sessions=Retention.MONTH)
    with pseudo_language():
        window = open_window()
        dialog = opened(qtbot, window)
        dialog.erase.click()
        assert untranslated(dialog) == []
        header = dialog.list.headerItem()
        told = [header.text(column) for column in range(5)] + rows(dialog)[0][1:3] + rows(dialog)[0][4:]
        assert [text for text in told if not (text.startswith(OPEN) and text.endswith(CLOSE))] == []
        window.saved.erasing.undo()
    QApplication.processEvents()
    assert len(reader.sessions(path)) == 2
