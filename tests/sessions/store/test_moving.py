"""All lessons in one file, and back."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from support.clocks import STARTED
from support.stored import started_store
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.events import Marker, MarkerEdited
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.moving import restore, save_backup
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import open_store
from fer_desktop.sessions.store.sqlite.schema import SCHEMA, Schema


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "old" / "sessions.db"
    store_scripted(path, 60)
    store_lesson(path, [Marker(1, 0.5, "quiz"), second(1.0)], "Physics", at=STARTED + timedelta(days=1))
    return path


@pytest.fixture
def backup(tmp_path: Path, store: Path) -> Path:
    file = tmp_path / "lessons.backup"
    assert save_backup(store, file) == 2
    return file


def test_a_new_computer_has_all_of_it(tmp_path: Path, store: Path, backup: Path):
    new = tmp_path / "new" / "sessions.db"
    done = restore(new, backup)
    assert (done.lessons, done.kept) == ((1, 2), 0)
    for one in (1, 2):
        assert repr(reader.events(new, one)) == repr(reader.events(store, one))
        assert reader.session(new, one) == reader.session(store, one)


def test_what_is_there_stays_as_it_is(tmp_path: Path, backup: Path):
    new = tmp_path / "new" / "sessions.db"
    own = store_lesson(new, [second(1.0)], "Own", at=STARTED + timedelta(days=2))
    assert restore(new, backup).kept == 0
    running = started_store(new)
    running.write(MarkerEdited(1, "x"))
    running.close()
    with closing(open_store(new)) as connection:
        connection.execute("UPDATE markers SET text = 'renamed' WHERE text = 'quiz'")
    done = restore(new, backup)
    assert (done.lessons, done.kept) == ((), 2)
    names = [found.name for found in reader.sessions(new)]
    assert sorted(names) == ["Maths 9b", "Own", "Physics", "Zoom meeting"]
    assert reader.session(new, own).name == "Own"
    assert [one.text for found in reader.markers(new).values() for one in found if one.text == "quiz"] == []
    assert [copy.kind for copy in backups.backups(new)] == ["before restore"]


def test_the_backup_is_one_file_for_its_user_alone(tmp_path: Path, backup: Path):
    assert {file.name for file in tmp_path.iterdir()} == {"old", "lessons.backup"}
    assert backup.stat().st_mode & 0o077 == 0


def test_it_is_made_while_a_lesson_runs(tmp_path: Path, store: Path):
    running = started_store(store)
    running.write(second(1.0))
    assert save_backup(store, tmp_path / "now.backup") == 3
    running.close()
    assert len(restore(tmp_path / "new.db", tmp_path / "now.backup").lessons) == 3


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path, store: Path):
    (tmp_path / "hers").write_text("hers")
    with pytest.raises(StoreError, match="already exists"):
        save_backup(store, tmp_path / "hers")
    with pytest.raises(StoreError, match="choose another name"):
        save_backup(store, store)
    with pytest.raises(StoreError, match="nothing to back up"):
        save_backup(tmp_path / "none.db", tmp_path / "x")
    assert (tmp_path / "hers").read_text() == "hers"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, store: Path):
    with pytest.raises(StoreError, match="cannot be written"):
        save_backup(store, tmp_path / "nowhere" / "lessons.backup")


def damaged(backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 200] = b"\xa5" * 200
    backup.write_bytes(data)


def cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])


def orphaned(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("UPDATE markers SET session = 99")
        connection.commit()


def hollow(backup: Path) -> None:
    """A cell that must not be empty is: SQLite reads it all the same."""
    for given, now in (("text TEXT NOT NULL", "text TEXT"), ("text TEXT", "text TEXT NOT NULL")):
        with closing(sqlite3.connect(backup)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            change = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'markers'"
            connection.execute(change, (given, now))
            connection.commit()
        with closing(sqlite3.connect(backup)) as connection:
            if now == "text TEXT":
                connection.execute("UPDATE markers SET text = NULL")
                connection.commit()


def newer(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA user_version = 99")


def foreign(backup: Path) -> None:
    backup.unlink()
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("CREATE TABLE sessions (id)")


def no_database(backup: Path) -> None:
    backup.write_bytes(b"PK\x03\x04" + bytes(9000))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (damaged, "is damaged"),
        (cut, "is damaged"),
        (orphaned, "is damaged"),
        (hollow, "is damaged"),
        (newer, "newer version"),
        (foreign, "no backup"),
        (no_database, "no backup"),
        (Path.unlink, "cannot be opened"),
    ],
)
def test_what_is_no_sound_backup_changes_nothing(tmp_path: Path, backup: Path, spoil, told: str):
    spoil(backup)
    new = tmp_path / "new" / "sessions.db"
    one = store_lesson(new, [second(1.0)], "Own")
    with pytest.raises(StoreError, match=told):
        restore(new, backup)
    assert [found.id for found in reader.sessions(new)] == [one]
    assert backups.backups(new) == []


def test_a_backup_of_an_older_program_is_brought_up_to_date_and_left_as_it_is(tmp_path: Path):
    old = tmp_path / "old.backup"
    older = Schema(SCHEMA.steps[:2])
    with closing(open_store(old, older)) as connection:
        connection.execute(
            "INSERT INTO sessions (key, started, source, live_class, program, model_sha256, settings, csv_file)"
            " VALUES ('k', ?, 'Zoom', 1, '', '', '{}', '')",
            (STARTED.isoformat(),),
        )
        connection.execute("PRAGMA journal_mode = DELETE")
    before = old.read_bytes()
    assert restore(tmp_path / "new.db", old).lessons == (1,)
    assert old.read_bytes() == before
    assert reader.session(tmp_path / "new.db", 1).name == "Zoom"


class EnoughError(Exception):
    """What a window raises that has had enough of it."""


def test_how_much_is_done_is_told_and_ends_at_all_of_it(tmp_path: Path):
    store, heard = tmp_path / "a.db", list[float]()
    store_scripted(store, 300)
    save_backup(store, tmp_path / "backup.db", heard.append)
    assert heard[-1] == 1.0
    heard.clear()
    restore(tmp_path / "b.db", tmp_path / "backup.db", tell=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


@pytest.mark.parametrize("at", [0.0, 0.9])
def test_ended_before_its_time_nothing_is_there(tmp_path: Path, at: float):
    def enough(part: float) -> None:
        if part >= at:
            raise EnoughError

    store = tmp_path / "a.db"
    for name in ("one", "two"):
        store_lesson(store, [second(1.0)], name=name)
    with pytest.raises(EnoughError):
        save_backup(store, tmp_path / "out.db", enough)
    assert [file.name for file in tmp_path.glob("*out*")] == []
    save_backup(store, tmp_path / "backup.db")
    other = tmp_path / "b.db"
    store_lesson(other, [second(1.0)], name="here")
    with pytest.raises(EnoughError):
        restore(other, tmp_path / "backup.db", tell=enough)
    assert [one.name for one in reader.sessions(other)] == ["here"]
