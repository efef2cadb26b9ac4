"""The list of what is stored, and what it leads to."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from support.clocks import STARTED
from support.fakes import FakeServices
from support.gui.opened_window import Opener
from support.gui.pseudo_translation import CLOSE, OPEN, pseudo_language, untranslated
from support.gui.saved_list import choose, markers, opened, rows, save_copies, until_erased
from support.stored import started_store, stored, stored_with_csv, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.core.settings import Retention
from fer_desktop.pipeline.events import Ended, EndReason
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite.database import opened as store_opened
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.exporting.dialog import ExportDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


ENDED = Ended(1.0, EndReason.STOPPED)


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


def test_a_damaged_store_is_told_in_words_for_a_teacher(qtbot: QtBot, open_window: Opener, path: Path) -> None:
    path.write_bytes(b"\xa5" * 9000)
    dialog = opened(qtbot, open_window())
    says = "Your saved lessons are damaged: start the program again, and what can be read is saved."
    assert dialog.bar.text == says


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
