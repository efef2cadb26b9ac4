"""A session's file that somebody takes away, and disks that refuse: nothing is lost, and it is said."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.tables import read_table

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.csv_file import CsvFile

HEADER = ("second", "what")
OPEN_FILES = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody touch an open file")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions" / "session.csv"


@pytest.fixture
def file(path: Path) -> CsvFile:
    made = CsvFile(path, HEADER)
    for second in range(1, 4):
        made.append([(str(second), "seen")])
    return made


def _remove(path: Path) -> None:
    path.unlink()


def _move(path: Path) -> None:
    path.rename(path.with_name("mine.csv"))


def _replace(path: Path) -> None:
    other = path.with_name("other.csv")
    other.write_text("of somebody else")
    os.replace(other, path)


def _truncate(path: Path) -> None:
    os.truncate(path, 10)


def _remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def _move_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved away"))


def _new_folder(path: Path) -> None:
    _move_folder(path)
    path.parent.mkdir()


FAULTS: list[tuple[Callable[[Path], None], str, str]] = [
    (_remove, "session.csv", "was removed"),
    (_move, "session.csv", "was moved"),
    (_replace, "session (2).csv", "Another file was put in the place"),
    (_truncate, "session (2).csv", "changed by another program"),
    (_remove_folder, "session.csv", "was removed"),
    (_move_folder, "session.csv", "was moved"),
    (_new_folder, "session.csv", "was moved"),
]


@OPEN_FILES
@pytest.mark.parametrize(("fault", "name", "told"), FAULTS)
def test_a_file_that_is_taken_away_is_written_anew_with_the_next_row_and_said_to_be(
    path: Path, file: CsvFile, fault: Callable[[Path], None], name: str, told: str
) -> None:
    fault(path)
    file.append([("4", "seen")])
    assert file.path == path.with_name(name)
    assert told in str(file.notice)
    assert str(file.path) in str(file.notice)
    assert read_table(file.path).second.tolist() == [1, 2, 3, 4]
    file.append([("5", "seen")])
    file.close()
    file.verify()
    assert read_table(file.path).second.tolist() == [1, 2, 3, 4, 5]


@OPEN_FILES
@pytest.mark.parametrize(("fault", "name", "told"), FAULTS)
def test_a_file_that_is_taken_away_at_the_end_is_not_called_saved_before_it_is(
    path: Path, file: CsvFile, fault: Callable[[Path], None], name: str, told: str
) -> None:
    file.close()
    fault(path)
    file.verify()
    assert read_table(file.path).second.tolist() == [1, 2, 3]
    assert file.notice is not None
    del name, told


@OPEN_FILES
def test_what_somebody_put_in_its_place_stays(path: Path, file: CsvFile) -> None:
    _replace(path)
    file.append([("4", "seen")])
    file.close()
    assert path.read_text() == "of somebody else"


@OPEN_FILES
def test_a_file_that_was_moved_keeps_what_it_held(path: Path, file: CsvFile) -> None:
    _move(path)
    file.append([("4", "seen")])
    file.close()
    assert read_table(path.with_name("mine.csv")).second.tolist() == [1, 2, 3]


@OPEN_FILES
def test_a_folder_that_cannot_be_made_again_keeps_the_rows_in_memory_until_it_can(path: Path, file: CsvFile) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_text("in the way")
    for _ in range(2):
        with pytest.raises(StoreError, match=r"session\.csv"):
            file.append([("4", "seen")])
    path.parent.unlink()
    file.append([("4", "seen")])
    assert read_table(path).second.tolist() == [1, 2, 3, 4]
    file.close()


def test_a_file_that_nobody_touched_is_written_once(path: Path, file: CsvFile) -> None:
    file.close()
    file.verify()
    assert file.notice is None
    assert [found.name for found in path.parent.iterdir()] == ["session.csv"]


ADVICE = [
    (errno.ENOSPC, "free some space"),
    (errno.EDQUOT, "delete or move files of yours"),
    (errno.EIO, "check its cable"),
    (errno.EACCES, "allow this program"),
    (errno.EROFS, "write-protected"),
]


@pytest.mark.parametrize(("number", "advice"), ADVICE)
def test_each_refusal_has_its_own_advice_and_the_row_can_be_tried_again(
    path: Path, file: CsvFile, number: int, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", _refusing(number))
        with pytest.raises(StoreError, match=advice):
            file.append([("4", "seen")])
    file.append([("4", "seen")])
    file.close()
    assert read_table(path).second.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE, errno.EROFS, errno.EACCES])
def test_a_file_that_cannot_be_made_says_why_and_leaves_nothing(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _refusing(number))
    with pytest.raises(StoreError, match="choose another folder"):
        CsvFile(path, HEADER)
    assert not path.exists()


def test_a_network_drive_that_lost_the_file_gets_a_new_one(file: CsvFile, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[int] = []
    flush = os.fsync

    def once(descriptor: int) -> None:
        if not refused:
            refused.append(descriptor)
            raise OSError(errno.ESTALE, "Stale file handle")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", once)
    file.append([("4", "seen")])
    file.close()
    assert "lost by the network drive" in str(file.notice)
    assert read_table(file.path).second.tolist() == [1, 2, 3, 4]


def _refusing(number: int) -> Callable[[int], None]:
    def fsync(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    return fsync
