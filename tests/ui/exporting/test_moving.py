"""All lessons in one file, and back from it, and a lesson out of a CSV, in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.opened_window import Opener
from support.gui.pseudo_translation import untranslated
from support.stored_lessons import second, store_lesson

from fer_desktop.app.saved import StoredSessions
from fer_desktop.core.settings import Retention
from fer_desktop.sessions.store import moving, reader
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.lesson_files import FileKind, Seen
from fer_desktop.ui.exporting.moving import BackupDialog, ImportDialog, RestoreDialog
from fer_desktop.ui.exporting.working_dialog import WorkingDialog
from fer_desktop.ui.main_window import MainWindow

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PATIENCE_MS = 20_000


# Python would destroy a dialog without a window in the middle of what a job tells it.
_kept: list[WorkingDialog] = []


@pytest.fixture(autouse=True)
def _jobs_end() -> Iterator[None]:
    yield
    assert wait_for_jobs(PATIENCE_MS)
    QApplication.processEvents()
    _kept.clear()


@pytest.fixture
def lessons(services: FakeServices, tmp_path: Path) -> Path:
    """A lesson in it, which is kept for ever."""
    store_lesson(services.stored.store, [second(1.0)])
    services.put(export_folder=str(tmp_path / "out"), keep_sessions=Retention.FOR_EVER)
    (tmp_path / "out").mkdir()
    return services.stored.store


def go(qtbot: QtBot, dialog: WorkingDialog) -> str:
    """What it says after it."""
    dialog.work.bar.clear()
    dialog.go_on.click()
    qtbot.waitUntil(lambda: dialog.work.bar.text != "", timeout=PATIENCE_MS)
    return dialog.work.bar.text


def shown(qtbot: QtBot, dialog: WorkingDialog) -> WorkingDialog:
    qtbot.addWidget(dialog)
    _kept.append(dialog)
    dialog.show()
    return dialog


def elsewhere(tmp_path: Path, name: str = "Physics") -> Path:
    """The backup of another computer."""
    other = tmp_path / "other" / "sessions.db"
    store_lesson(other, [second(1.0)], name=name)
    file = tmp_path / "other" / "backup.db"
    moving.save_backup(other, file)
    return file


def test_all_lessons_go_into_one_file_that_brings_them_back(
    qtbot: QtBot, services: FakeServices, lessons: Path, tmp_path: Path
):
    dialog = BackupDialog(services, None)
    shown(qtbot, dialog)
    assert go(qtbot, dialog).startswith("1 lesson is in ")
    go(qtbot, dialog)
    files = sorted((tmp_path / "out").iterdir())
    assert [file.suffix for file in files] == [".db", ".db"]
    lessons.unlink()
    back = RestoreDialog(services, None)
    shown(qtbot, back)
    back.place.set_text(str(files[0]))
    with qtbot.waitSignal(back.brought, timeout=PATIENCE_MS):
        assert go(qtbot, back) == "1 lesson was added."
    assert [one.name for one in reader.sessions(lessons)] == ["Maths 9b"]
    assert go(qtbot, back) == "None was added. Here already: 1."


def test_what_is_no_backup_changes_nothing(qtbot: QtBot, services: FakeServices, lessons: Path, tmp_path: Path):
    other = tmp_path / "lesson.db"
    other.write_bytes(b"no backup" * 1000)
    dialog = RestoreDialog(services, None)
    shown(qtbot, dialog)
    dialog.place.set_text(str(other))
    assert "is no backup of this program" in go(qtbot, dialog)
    assert len(reader.sessions(lessons)) == 1


def test_what_will_go_at_the_next_start_is_said(qtbot: QtBot, services: FakeServices, lessons: Path, tmp_path: Path):
    services.put(keep_sessions=Retention.WEEK)
    dialog = RestoreDialog(services, None)
    shown(qtbot, dialog)
    dialog.place.set_text(str(elsewhere(tmp_path)))
    said = go(qtbot, dialog)
    assert said.startswith("1 lesson was added. Older than lessons are kept")
    assert said.endswith(": 1.")
    assert lessons.exists()


def test_stopped_nothing_is_there(qtbot: QtBot, services: FakeServices, lessons: Path, tmp_path: Path):
    dialog = BackupDialog(services, None)
    shown(qtbot, dialog)
    dialog.go_on.click()
    dialog.work.ask_stop()
    qtbot.waitUntil(lambda: dialog.work.bar.text != "", timeout=PATIENCE_MS)
    assert dialog.work.bar.text == "Stopped: nothing was changed."
    assert list((tmp_path / "out").iterdir()) == []
    assert lessons.exists()


@pytest.mark.parametrize("seen", Seen)
def test_a_csv_is_a_lesson_again_and_once_only(
    qtbot: QtBot, services: FakeServices, lessons: Path, tmp_path: Path, seen: Seen
):
    exported = services.lesson_files.exporter(FileKind.CSV, tmp_path / "out").export(services.stored.listed()[0])
    services.stored.erase(services.stored.listed())
    dialog = ImportDialog(services, None)
    shown(qtbot, dialog)
    assert dialog.seen[Seen.CLASS].isChecked()
    dialog.seen[seen].click()
    dialog.place.set_text(str(exported))
    with qtbot.waitSignal(dialog.brought, timeout=PATIENCE_MS):
        assert go(qtbot, dialog) == "It is among your lessons now."
    (found,) = reader.sessions(lessons)
    assert found.live_class == (seen is Seen.CLASS)
    dialog.place.set_text(str(exported))
    assert "is in your lessons already" in go(qtbot, dialog)


def test_home_and_the_list_show_what_was_brought(
    qtbot: QtBot, services: FakeServices, open_window: Opener, lessons: Path, tmp_path: Path
):
    window = open_window()
    rows = window.pages.home.rows.lessons
    qtbot.waitUntil(lambda: len(rows.lessons) == 1)
    window.saved.open_list()
    listed = window.saved._dialog
    assert listed is not None
    window.saved.restore(listed)
    dialog = listed.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    dialog.place.set_text(str(elsewhere(tmp_path)))
    go(qtbot, dialog)
    qtbot.waitUntil(lambda: len(rows.lessons) == 2)
    qtbot.waitUntil(lambda: listed.list.topLevelItemCount() == 2)
    dialog.close()
    listed.close()
    assert services.stored.store == lessons


@pytest.mark.parametrize("entry", ["&Back up all…", "&Restore…", "&Import a CSV…"])
def test_the_file_menu_leads_there(qtbot: QtBot, open_window: Opener, entry: str):
    window: MainWindow = open_window()
    action = next(one for one in window.findChildren(type(window.menus.import_csv)) if one.text() == entry)
    action.trigger()
    dialogs = window.findChildren(WorkingDialog)
    assert len(dialogs) == 1
    dialogs[0].close()
    qtbot.waitUntil(lambda: not window.findChildren(WorkingDialog))


@pytest.mark.usefixtures("in_brackets")
@pytest.mark.parametrize("kind", [BackupDialog, RestoreDialog, ImportDialog])
def test_all_of_it_is_in_her_language(
    qtbot: QtBot, services: FakeServices, kind: type[BackupDialog | RestoreDialog | ImportDialog]
):
    services.forbid_live_classes()
    dialog = kind(services, None)
    shown(qtbot, dialog)
    assert untranslated(dialog) == []
    assert isinstance(services.stored, StoredSessions)
