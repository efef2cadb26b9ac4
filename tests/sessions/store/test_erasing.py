"""What is erased is nowhere any more."""

from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import started_store, stored, stored_with_csv, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.events import Ended, EndReason, Marker
from fer_desktop.sessions.store import backups, erasing, reader
from fer_desktop.sessions.store.database import opened
from fer_desktop.sessions.store.exports import note_export

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
    assert erasing.erase(path, 3).out_of_reach == (file,)
    assert file.read_text(encoding="utf-8") == "her own notes"


def test_a_csv_file_that_was_moved_is_named(path: Path, tmp_path: Path) -> None:
    file = stored_with_csv(path, tmp_path / "documents")
    file.rename(tmp_path / "moved.csv")
    assert erasing.erase(path, 3).out_of_reach == (file,)


def test_the_copies_that_she_made_are_named_and_stay(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "my lesson.csv"
    copy.write_text("hers", encoding="utf-8")
    note_export(path, 1, copy)
    note_export(path, 1, copy)
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
    assert erasing.erase(path, 3).out_of_reach == (file,)
    assert file.read_bytes().endswith(b"Anna was ill\r\n")
