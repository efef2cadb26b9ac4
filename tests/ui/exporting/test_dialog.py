"""Copies of lessons out of the window: whole or not at all, and "saved" is said of what is there."""

import csv
import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.fakes import FakeServices
from support.gui.pseudo_translation import untranslated
from support.stored_lessons import second, store_lesson

from fer_desktop.sessions.exports.export import Exporter
from fer_desktop.ui.bridge.jobs import wait_for_jobs
from fer_desktop.ui.bridge.lesson_files import FileKind
from fer_desktop.ui.exporting.dialog import ExportDialog

# The platform without a display says so of what it lacks.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PATIENCE_MS = 20_000  # the first report loads the network's card
Opener = Callable[..., ExportDialog]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def keys(services: FakeServices, out: Path) -> list[str]:
    """Three lessons of a class, in which two faces look sad."""
    for name in ("Maths 9b", "../Physics: why?", "Art"):
        store_lesson(services.stored.store, [second(1.0, low=2)], name=name)
    services.put(export_folder=str(out))
    return [one.key for one in reversed(services.stored.listed())]


@pytest.fixture
def open_copies(qtbot: QtBot, services: FakeServices) -> Iterator[Opener]:
    dialogs = []

    def opened(keys: list[str], kind: FileKind = FileKind.CSV) -> ExportDialog:
        dialog = ExportDialog(services, keys, kind)
        qtbot.addWidget(dialog)
        dialogs.append(dialog)
        with qtbot.waitSignal(dialog.looked):
            dialog.show()
        return dialog

    yield opened
    assert wait_for_jobs(PATIENCE_MS)


def save(qtbot: QtBot, dialog: ExportDialog) -> str:
    """What it says after it."""
    dialog.go_on.click()
    qtbot.waitUntil(lambda: dialog.work.bar.text != "", timeout=PATIENCE_MS)
    return dialog.work.bar.text


@pytest.mark.parametrize("kind", FileKind)
def test_one_lesson_becomes_one_file(qtbot: QtBot, open_copies: Opener, keys: list[str], out: Path, kind: FileKind):
    dialog = open_copies(keys[:1], kind)
    assert dialog.title.text() == "Maths 9b"
    said = save(qtbot, dialog)
    file = out / f"2026-03-02 09-00 Maths 9b.{kind}"
    assert said == f"Saved to {file}"
    assert file.stat().st_size > 0
    assert {one.suffix for one in out.iterdir()} <= {f".{kind}", ".md"}
    assert dialog.work.bar.button("Open folder") is not None


def test_of_a_class_no_cell_tells_of_one_child_and_the_dialog_says_why(
    qtbot: QtBot, open_copies: Opener, keys: list[str], out: Path
):
    dialog = open_copies(keys[:1])
    assert dialog.limits.isVisible()
    assert "one child" in dialog.limits.text()
    save(qtbot, dialog)
    (row,) = csv.DictReader(next(out.glob("*.csv")).read_text(encoding="utf-8-sig").splitlines())
    assert row["count_sad"] == ""


def test_of_nobody_but_her_nothing_is_limited(
    qtbot: QtBot, services: FakeServices, open_copies: Opener, out: Path, keys: list[str]
):
    store_lesson(services.stored.store, [second(1.0, low=2)], name="Myself", live_class=False)
    dialog = open_copies([services.stored.listed()[0].key])
    assert not dialog.limits.isVisible()
    save(qtbot, dialog)
    (row,) = csv.DictReader(next(out.glob("*.csv")).read_text(encoding="utf-8-sig").splitlines())
    assert row["count_sad"] == "2"
    assert keys


def test_many_become_a_file_each_and_no_name_leads_out_of_the_folder(
    qtbot: QtBot, open_copies: Opener, keys: list[str], out: Path
):
    dialog = open_copies(keys)
    assert dialog.title.text() == "3 lessons"
    assert save(qtbot, dialog) == "3 files saved."
    assert len(list(out.glob("*.csv"))) == 3
    assert (out / "columns.md").exists()
    assert sorted(one.name for one in out.parent.glob("*.csv")) == []


def test_the_folder_is_remembered_once_something_is_in_it(
    qtbot: QtBot, services: FakeServices, open_copies: Opener, keys: list[str], tmp_path: Path
):
    other = tmp_path / "other"
    dialog = open_copies(keys[:1])
    dialog.folder.set_text(str(other))
    assert save(qtbot, dialog) == f"The folder {other} is not there: choose another, or connect its drive."
    assert services.settings().export_folder != str(other)
    assert not other.exists()
    other.mkdir()
    dialog.work.bar.clear()
    save(qtbot, dialog)
    assert services.settings().export_folder == str(other)
    assert open_copies(keys[:1]).folder.text() == str(other)


def test_a_folder_that_is_not_written_in_is_one_sentence(
    qtbot: QtBot, open_copies: Opener, keys: list[str], out: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "fer_desktop.app.taking_home.lesson_files.is_writable", lambda _folder: False
    )  # root may write anywhere
    assert save(qtbot, open_copies(keys)) == f"Nothing can be written in the folder {out}: choose another."
    assert list(out.iterdir()) == []


def test_a_disk_that_fills_leaves_whole_files_alone_and_says_how_many(
    qtbot: QtBot, open_copies: Opener, keys: list[str], out: Path, monkeypatch: pytest.MonkeyPatch
):
    synced = os.fsync
    left = [1, 2]  # of the rows, and of the first file

    def full(number: int) -> None:
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left.pop()
        synced(number)

    monkeypatch.setattr("fer_desktop.sessions.exports.export.os.fsync", full)
    said = save(qtbot, open_copies(keys, FileKind.JSON))
    assert said.startswith("1 of 3 files saved, and these are whole. ")
    assert "the disk is full" in said
    assert [one.suffix for one in out.iterdir()] == [".json"]


def test_stopped_it_ends_after_the_file_that_is_being_written(
    qtbot: QtBot, open_copies: Opener, keys: list[str], out: Path, monkeypatch: pytest.MonkeyPatch
):
    writing, go_on = threading.Event(), threading.Event()
    export = Exporter.export

    def slow(exporter: Exporter, session: int) -> object:
        writing.set()
        assert go_on.wait(20)
        return export(exporter, session)

    monkeypatch.setattr(Exporter, "export", slow)
    dialog = open_copies(keys)
    dialog.go_on.click()
    qtbot.waitUntil(writing.is_set, timeout=PATIENCE_MS)
    assert dialog.work.stop.isVisible()
    assert not dialog.go_on.isEnabled()
    assert not dialog.folder.isEnabled()
    dialog.work.stop.click()
    go_on.set()
    qtbot.waitUntil(lambda: dialog.work.bar.text != "")
    assert dialog.work.bar.text == "1 of 3 files saved, and these are whole."
    assert len(list(out.glob("*.csv"))) == 1


def test_closed_while_it_writes_it_goes_once_that_is_whole(
    qtbot: QtBot, open_copies: Opener, keys: list[str], out: Path, monkeypatch: pytest.MonkeyPatch
):
    go_on = threading.Event()
    export = Exporter.export

    def slow(exporter: Exporter, session: int) -> object:
        assert go_on.wait(20)
        return export(exporter, session)

    monkeypatch.setattr(Exporter, "export", slow)
    dialog = open_copies(keys)
    dialog.go_on.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE_MS)
    assert all(one.suffix in (".csv", ".md") for one in out.iterdir())


@pytest.mark.parametrize("damage", [b"no store", b""])
def test_a_store_that_is_damaged_is_told_and_nothing_is_written(
    qtbot: QtBot, services: FakeServices, open_copies: Opener, keys: list[str], out: Path, damage: bytes
):
    dialog = open_copies(keys)
    for file in services.stored.store.parent.glob("sessions.db*"):
        file.unlink()
    services.stored.store.write_bytes(damage * 4096)
    said = save(qtbot, dialog)
    assert said.count("\n") == 0
    assert "saved lessons are damaged" in said or "no longer stored" in said
    assert list(out.iterdir()) == []


def test_a_lesson_that_is_gone_is_told(open_copies: Opener, keys: list[str]):
    dialog = open_copies(["another"])
    assert dialog.work.bar.text == "This lesson is no longer stored."
    assert not dialog.go_on.isEnabled()
    assert keys


@pytest.mark.usefixtures("in_brackets")
def test_all_of_it_is_in_her_language(qtbot: QtBot, open_copies: Opener, keys: list[str]):
    dialog = open_copies(keys[:1])
    save(qtbot, dialog)
    assert [text for text in untranslated(dialog) if text != "PlainLabel: Maths 9b"] == []


def test_what_a_kind_is_is_heard_with_it(open_copies: Opener, keys: list[str]):
    for button in open_copies(keys[:1]).kinds.buttons.values():
        assert button.accessibleDescription().endswith(".")
