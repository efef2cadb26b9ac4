"""What is erased is nowhere any more."""

import functools
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from support.clocks import STARTED
from support.stored import started_store, stored, stored_with_csv, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.events import Ended, EndReason, Marker, MarkerEdited, Started
from fer_desktop.sessions.csv_export import new_session
from fer_desktop.sessions.store import erasing, reader
from fer_desktop.sessions.store.erasing import LeftAlone
from fer_desktop.sessions.store.exports import note_export
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.writer import SessionFacts

SECRET = "Quokka-Passphrase"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two sessions, a copy of both, and a word in the first of them."""
    path = tmp_path / "data" / "sessions.db"
    stored(path, Marker(1, 0.5, SECRET), summary(1.0), Ended(1.0, EndReason.STOPPED))
    stored(path, Marker(1, 0.5, "slide 7"), summary(1.0), Ended(1.0, EndReason.STOPPED))
    with opened(path) as connection:
        backups.daily_backup(connection, path, STARTED)
        backups.back_up(connection, path, STARTED, "before version 2")
    return path


def files_with(folder: Path, word: str) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]


def test_the_word_is_found_before_it_is_erased(path: Path) -> None:
    assert len(files_with(path.parent, SECRET)) == 3


def test_a_session_is_erased_from_the_store_and_its_backups(path: Path) -> None:
    assert erasing.erase(path, 1).sessions == (1,)
    assert files_with(path.parent, SECRET) == []
    assert [found.id for found in reader.sessions(path)] == [2]
    assert len(files_with(path.parent, "slide 7")) == 3


def test_it_is_erased_from_the_log_of_a_session_that_runs_too(path: Path) -> None:
    running = started_store(path)
    running.write(summary(1.0))
    erasing.erase(path, 1)
    assert files_with(path.parent, SECRET) == []
    running.write(summary(2.0))
    running.close()
    assert [event.elapsed_s for event in reader.summaries(path, 3)] == [1.0, 2.0]


def test_what_a_marker_says_is_erased_and_the_moment_stays(path: Path) -> None:
    erasing.erase_marker_text(path, 1, 1)
    assert files_with(path.parent, SECRET) == []
    assert Marker(1, 0.5, "") in reader.events(path, 1)
    assert Marker(1, 0.5, "slide 7") in reader.events(path, 2)
    with pytest.raises(StoreError, match="no marker 9"):
        erasing.erase_marker_text(path, 1, 9)


def test_everything_is_erased(path: Path) -> None:
    assert erasing.erase_everything(path).sessions == (2, 1)
    assert reader.sessions(path) == []
    assert backups.backups(path) == []
    assert files_with(path.parent, SECRET) == files_with(path.parent, "slide 7") == []


def test_a_backup_that_cannot_be_rewritten_goes(path: Path) -> None:
    broken = backups.free_name(path, STARTED, backups.DAMAGED)
    broken.write_bytes(b"no database, but the word " + SECRET.encode())
    erasing.erase(path, 2)
    assert not broken.exists()


def test_a_session_that_is_being_recorded_is_not_erased(path: Path) -> None:
    running = started_store(path)
    running.write(summary(1.0))
    for erase in (lambda: erasing.erase(path, 3), lambda: erasing.erase_everything(path)):
        with pytest.raises(StoreError, match="being recorded"):
            erase()
    running.close()
    assert len(reader.sessions(path)) == 3


def test_the_csv_file_goes_with_its_session(path: Path, tmp_path: Path) -> None:
    file = stored_with_csv(path, tmp_path / "documents")
    assert erasing.erase(path, 3).csv_files == (file,)
    assert not file.exists()


def test_a_csv_file_that_is_another_one_by_now_is_left_alone_and_named(path: Path, tmp_path: Path) -> None:
    file = stored_with_csv(path, tmp_path / "documents")
    file.write_text("her own notes", encoding="utf-8")
    assert erasing.erase(path, 3).out_of_reach == (LeftAlone(file, STARTED),)
    assert file.read_text(encoding="utf-8") == "her own notes"


def test_a_csv_file_that_was_moved_is_named(path: Path, tmp_path: Path) -> None:
    file = stored_with_csv(path, tmp_path / "documents")
    file.rename(tmp_path / "moved.csv")
    assert erasing.erase(path, 3).out_of_reach == (LeftAlone(file, STARTED),)


def test_the_copies_that_she_made_are_named_and_stay(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "my lesson.csv"
    copy.write_text("hers", encoding="utf-8")
    note_export(path, 1, copy)
    note_export(path, 1, copy)
    note_export(path, 1, tmp_path / "erased long ago.csv")
    note_export(path, 2, tmp_path / "another.csv")
    assert erasing.erase_marker_text(path, 1, 1).exports == (copy,)
    erased = erasing.erase(path, 1)
    assert (erased.exports, erased.out_of_reach) == ((copy,), ())
    assert copy.exists()
    assert files_with(path.parent, "my lesson") == []


def test_a_csv_file_with_a_line_of_hers_is_left_alone_and_named(path: Path, tmp_path: Path) -> None:
    file = stored_with_csv(path, tmp_path / "documents")
    with file.open("ab") as rows:
        rows.write(b"Anna was ill\r\n")
    assert erasing.erase(path, 3).out_of_reach == (LeftAlone(file, STARTED),)
    assert file.read_bytes().endswith(b"Anna was ill\r\n")


def lesson_with_markers(path: Path, folder: Path) -> Path:
    """A session with its CSV file; both say two words."""
    csv = new_session(folder, STARTED)
    lesson = (Marker(1, 0.2, SECRET), Marker(2, 0.5, "slide 9"), summary(1.0))
    for event in (Started(STARTED, "Zoom meeting", live_class=True), *lesson):
        csv.write(event)
    csv.close()
    stored(path, *lesson, Ended(1.0, EndReason.STOPPED), facts=SessionFacts("", "", {}, csv.path))
    return csv.path


def test_what_a_marker_says_is_erased_from_the_csv_file_of_its_session_too(path: Path, tmp_path: Path) -> None:
    file = lesson_with_markers(path, tmp_path / "documents")
    assert erasing.erase_marker_text(path, 3, 1).out_of_reach == ()
    assert file.read_text(encoding="utf-8-sig").splitlines()[1].endswith(",slide 9")
    assert erasing.erase(path, 3).csv_files == (file,)  # it is the program's own as before


def renamed_lesson(path: Path, folder: Path) -> Path:
    """The same, where a marker was renamed and one taken away after the CSV file had them."""
    csv = new_session(folder, STARTED)
    lesson = (Marker(1, 0.2, SECRET), Marker(2, 0.5, "slide 9; Anna"), summary(1.0))
    edits = (MarkerEdited(1, "slide 8"), MarkerEdited(2, ""), summary(2.0))
    for event in (Started(STARTED, "Zoom meeting", live_class=True), *lesson, *edits):
        csv.write(event)
    csv.close()
    stored(path, *lesson, *edits, Ended(2.0, EndReason.STOPPED), facts=SessionFacts("", "", {}, csv.path))
    return csv.path


def test_a_csv_file_that_says_what_a_marker_said_before_it_was_renamed_is_erased_with_its_lesson(
    path: Path, tmp_path: Path
) -> None:
    file = renamed_lesson(path, tmp_path / "documents")
    assert SECRET in file.read_text(encoding="utf-8-sig")
    assert erasing.erase(path, 3).csv_files == (file,)
    assert not file.exists()


def test_what_was_never_said_is_hers_however_markers_were_renamed(path: Path, tmp_path: Path) -> None:
    file = renamed_lesson(path, tmp_path / "documents")
    file.write_bytes(file.read_bytes().replace(b"slide 9; Anna", b"slide 9; Otto"))
    assert erasing.erase(path, 3).out_of_reach == (LeftAlone(file, STARTED),)


def test_erasing_a_marker_s_text_takes_its_former_names_out_of_the_csv_file_too(path: Path, tmp_path: Path) -> None:
    file = renamed_lesson(path, tmp_path / "documents")
    assert erasing.erase_marker_text(path, 3, 1).out_of_reach == ()
    assert SECRET not in file.read_text(encoding="utf-8-sig")
    assert reader.former_texts(path, 3) == frozenset()


def test_where_the_csv_file_was_changed_it_keeps_what_the_marker_says_and_is_named(path: Path, tmp_path: Path) -> None:
    file = lesson_with_markers(path, tmp_path / "documents")
    with file.open("ab") as rows:
        rows.write(b"Anna was ill\r\n")
    before = file.read_bytes()
    assert erasing.erase_marker_text(path, 3, 1).out_of_reach == (LeftAlone(file, STARTED),)
    assert file.read_bytes() == before


class FullDisk(sqlite3.Connection):
    """No room for some statements."""

    refused: ClassVar[list[str]] = []

    def _look(self, statement: str) -> None:
        if any(statement.startswith(words) for words in self.refused):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        self._look(statement)
        return super().execute(statement, *values)

    def executemany(self, statement: str, *values: Any) -> sqlite3.Cursor:
        self._look(statement)
        return super().executemany(statement, *values)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> type[FullDisk]:
    monkeypatch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=FullDisk))
    return FullDisk


def test_a_session_is_erased_where_the_disk_has_no_room_for_a_second_store(
    path: Path, full_disk: type[FullDisk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_disk, "refused", ["VACUUM"])
    assert erasing.erase(path, 1).sessions == (1,)
    assert files_with(path.parent, SECRET) == []
    assert [found.id for found in reader.sessions(path)] == [2]


def test_what_goes_with_a_session_makes_room_to_erase_it(
    path: Path, tmp_path: Path, full_disk: type[FullDisk], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = stored_with_csv(path, tmp_path / "documents")
    monkeypatch.setattr(full_disk, "refused", ["DELETE"])
    rewrite = erasing._rewrite_backups

    def make_room(*arguments: Any) -> None:
        rewrite(*arguments)
        assert backups.backups(path) == []  # what cannot be changed goes as a whole
        full_disk.refused.clear()

    monkeypatch.setattr(erasing, "_rewrite_backups", make_room)
    assert erasing.erase(path, 3).csv_files == (file,)
    assert [found.id for found in reader.sessions(path)] == [2, 1]


def test_where_the_store_cannot_even_be_opened_its_oldest_backups_make_room(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(path) as connection:
        newest = backups.back_up(connection, path, STARTED + timedelta(days=1), backups.DAILY)

    class NoRoom(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if statement == "PRAGMA journal_mode = WAL" and len(backups.backups(path)) > 1:
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
                raise error
            return super().execute(statement, *values)

    monkeypatch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=NoRoom))
    with pytest.raises(StoreError, match="is full: free some space"), opened(path):
        pass
    assert erasing.erase(path, 1).sessions == (1,)
    assert [backup.file for backup in backups.backups(path)] == [newest]
