"""A store on a drive of another computer has a plain journal, since a write-ahead log may not be there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.stored import started_store, stored, summary

from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite import database
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.sqlite.drives import Mount, is_remote, on_network

TABLE = [
    Mount("/", "ext4", "rw"),
    Mount("/home", "nfs4", "rw,vers=4.2"),
    Mount("/home/anna/local", "xfs", "rw"),
    Mount("/Volumes/school", "smbfs", "rw"),
    Mount("/run/user/1000/gvfs", "fuse.gvfsd-fuse", "rw"),
    Mount("/mnt/two", "ext4", "rw"),
    Mount("/mnt/two", "cifs", "rw"),
    Mount("/srv/remote", "ext4", "rw"),
]


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/srv/lessons", False),
        ("/home/anna", True),
        ("/home", True),
        ("/homes/anna", False),
        ("/home/anna/local/share", False),
        ("/Volumes/school/anna", True),
        ("/run/user/1000/gvfs/smb-share", True),
        ("/mnt/two/x", True),
        ("/srv/remote", False),
        (r"\\school\homes\anna", True),
    ],
)
def test_the_drive_that_holds_a_folder_is_what_counts(place: str, remote: bool):
    assert is_remote(place, TABLE) is remote


def test_of_windows_the_table_says_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("os.path.normcase", lambda text: text.replace("/", "\\").lower())
    monkeypatch.setattr("os.sep", "\\")
    table = [Mount("C:\\", "NTFS", "rw,fixed"), Mount("H:\\", "NTFS", "rw,remote")]
    assert is_remote(r"h:\lessons", table)
    assert not is_remote(r"C:\Users\anna", table)


def test_this_computer_s_own_drive_is_none(tmp_path: Path):
    assert not on_network(tmp_path / "s.db")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on every folder is another computer's."""
    monkeypatch.setattr(database, "on_network", lambda _path: True)


def journal(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_on_this_computer_a_store_has_a_log(tmp_path: Path):
    stored(tmp_path / "s.db", summary(1.0))
    assert journal(tmp_path / "s.db") == "wal"


@pytest.mark.usefixtures("elsewhere")
def test_a_lesson_is_recorded_and_read_meanwhile_without_a_log(tmp_path: Path):
    running = started_store(tmp_path / "s.db")
    for second in range(1, 4):
        running.write(summary(float(second)))
        assert len(reader.summaries(tmp_path / "s.db", 1)) == second
        assert not list(tmp_path.glob("*-wal")) + list(tmp_path.glob("*-shm"))
    running.close()
    assert journal(tmp_path / "s.db") != "wal"


def test_a_store_that_was_moved_there_gives_its_log_up(tmp_path: Path, request: pytest.FixtureRequest):
    running = started_store(tmp_path / "s.db")
    for second in range(1, 4):
        running.write(summary(float(second)))
    moved = tmp_path / "moved"
    moved.mkdir()
    for each in tmp_path.glob("s.db*"):  # as it is while it is open: with a log that holds all
        (moved / each.name).write_bytes(each.read_bytes())
    running.close()
    request.getfixturevalue("elsewhere")
    assert len(reader.summaries(moved / "s.db", 1)) == 3
    assert not list(moved.glob("*-wal"))
    with opened(moved / "s.db") as one, opened(moved / "s.db") as other:  # nobody is shut out
        assert [len(each.execute("SELECT * FROM seconds").fetchall()) for each in (one, other)] == [3, 3]


def test_a_store_that_came_back_has_a_log_again(tmp_path: Path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "on_network", lambda _path: True)
        stored(tmp_path / "s.db", summary(1.0))
    assert len(reader.summaries(tmp_path / "s.db", 1)) == 1
    with opened(tmp_path / "s.db"):
        pass
    assert journal(tmp_path / "s.db") == "wal"
