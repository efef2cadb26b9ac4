"""Takes a lesson that was made in a file of its own into the store: all of it at once, or nothing."""

import sqlite3
from pathlib import Path

from fer_desktop.sessions.store.sqlite.carry import columns_of, quoted
from fer_desktop.sessions.store.sqlite.database import opened, reading
from fer_desktop.sessions.store.sqlite.schema import TABLES


def lesson_of(store: Path, recording: str) -> int | None:
    """The lesson that was made of that recording, read in that way; None where there is none. Raises StoreError."""
    if not store.exists():
        return None
    with reading(store) as connection:
        return _found(connection, recording)


def take_in(store: Path, lesson: Path) -> int:
    """Puts the lesson of that file into the store; its id there. One of the same recording that is there stays.

    Takes no memory for its length. Raises StoreError; nothing is stored then.
    """
    with opened(store) as connection:
        connection.execute("ATTACH ? AS made", (str(lesson.absolute()),))
        try:
            return _taken_in(connection)
        finally:
            connection.execute("DETACH made")


def _taken_in(connection: sqlite3.Connection) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        recording = str(connection.execute("SELECT recording FROM made.sessions").fetchone()[0])
        session = _found(connection, recording)
        if session is None:
            columns = quoted(name for name in columns_of(connection, "sessions") if name != "id")
            connection.execute(f"INSERT INTO main.sessions ({columns}) SELECT {columns} FROM made.sessions")
            session = int(connection.execute("SELECT last_insert_rowid()").fetchone()[0])
            for table in TABLES[1:]:
                columns = quoted(name for name in columns_of(connection, table) if name not in ("id", "session"))
                connection.execute(
                    f"INSERT INTO main.{table} (session, {columns}) SELECT ?, {columns} FROM made.{table} ORDER BY id",
                    (session,),
                )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return session


def _found(connection: sqlite3.Connection, recording: str) -> int | None:
    query = "SELECT id FROM main.sessions WHERE recording = ? ORDER BY id LIMIT 1"
    row = connection.execute(query, (recording,)).fetchone() if recording else None
    return None if row is None else int(row[0])
