"""A store of any age becomes one of today, or is left alone."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from support.stored import stored, summary

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import open_store, opened
from fer_desktop.sessions.store.sqlite.schema import APPLICATION_ID, SCHEMA, TABLES, Schema, version_of

NEXT = Schema((*SCHEMA.steps, ('ALTER TABLE sessions ADD COLUMN room TEXT NOT NULL DEFAULT "none"',)))
BROKEN = Schema((*SCHEMA.steps, ("ALTER TABLE sessions ADD COLUMN room TEXT", "UPDATE nothing SET a = 1")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


def made_by(path: Path, version: int) -> None:
    """A store as the program of that version left it, with a session in it where it had tables."""
    with contextlib.closing(open_store(path, Schema(SCHEMA.steps[:version]))) as connection:
        if version:
            connection.execute(
                "INSERT INTO sessions (key, started, source, live_class, program, model_sha256, settings, csv_file)"
                " VALUES ('k', '2026-03-02T09:00:00+00:00', 'call', 0, '', '', '{}', '')"
            )


@pytest.mark.parametrize("version", range(SCHEMA.version + 1))
def test_a_store_of_every_older_version_becomes_one_of_today(path: Path, version: int) -> None:
    made_by(path, version)
    with opened(path) as connection:
        assert version_of(connection) == SCHEMA.version
    assert len(reader.sessions(path)) == min(version, 1)


def test_which_seat_had_left_goes_from_an_older_store_and_all_else_stays(path: Path) -> None:
    with contextlib.closing(open_store(path, Schema(SCHEMA.steps[:4]))) as connection:
        connection.execute(
            "INSERT INTO sessions (key, started, source, live_class, program, model_sha256, settings, csv_file)"
            " VALUES ('k', '2026-03-02T09:00:00+00:00', 'call', 0, '', '', '{}', '')"
        )
        for position, kind in enumerate(("state", "seat", "seat", "excluded")):
            connection.execute(
                "INSERT INTO events (session, position, elapsed_s, kind, data) VALUES (1, ?, 0.0, ?, '{}')",
                (position, kind),
            )
    with opened(path) as connection:
        assert connection.execute("SELECT kind FROM events").fetchall() == [("state",), ("excluded",)]


def test_a_new_store_is_marked_as_ours_and_as_safe_as_can_be(path: Path) -> None:
    with opened(path) as connection:
        asked = ("application_id", "journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        told = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert told == {
        "application_id": APPLICATION_ID,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 2000,
    }
    assert set(TABLES) == tables - {"sqlite_sequence"}


def test_before_a_migration_the_store_is_backed_up(path: Path) -> None:
    stored(path, summary(1.0))
    with opened(path, NEXT) as connection:
        assert connection.execute("SELECT room FROM sessions").fetchall() == [("none",)]
        assert connection.execute("SELECT count(*) FROM seconds").fetchone() == (1,)
    (backup,) = backups.backups(path)
    assert backup.kind == f"before version {NEXT.version}"
    with contextlib.closing(sqlite3.connect(backup.file)) as old:
        assert version_of(old) == SCHEMA.version
        assert old.execute("SELECT count(*) FROM seconds").fetchone() == (1,)


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    stored(path, summary(1.0))
    with pytest.raises(StoreError):
        open_store(path, BROKEN)
    with opened(path) as connection:
        assert version_of(connection) == SCHEMA.version
    assert len(reader.summaries(path, 1)) == 1


def test_a_store_of_a_newer_program_is_left_alone(path: Path) -> None:
    open_store(path, NEXT).close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(path)


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


def test_rows_of_a_session_go_with_it(path: Path) -> None:
    stored(path, summary(1.0))
    with opened(path) as connection:
        connection.execute("DELETE FROM sessions")
        assert connection.execute("SELECT count(*) FROM seconds").fetchone() == (0,)
