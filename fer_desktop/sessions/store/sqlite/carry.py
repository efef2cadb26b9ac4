"""Takes sessions out of one store and puts them into another: after a move, and for a repair."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from fer_desktop.sessions.store.sqlite.schema import TABLES

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """One session, as rows without ids."""

    id: int  # where it is from
    session: dict[str, object]  # its row in `sessions`
    rows: dict[str, tuple[tuple[str, ...], list[Row]]]  # by table: columns, and their values


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The names of a table's columns; none where there is no such table. Raises sqlite3.Error."""
    return tuple(str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})"))


def carried_from(connection: sqlite3.Connection, session: int) -> Carried:
    """All that is stored of a session. Raises sqlite3.Error."""
    names = columns_of(connection, "sessions")
    found = connection.execute(f"SELECT {quoted(names)} FROM sessions WHERE id = ?", (session,)).fetchone()
    rows = {}
    for table in TABLES[1:]:
        columns = tuple(name for name in columns_of(connection, table) if name not in ("id", "session"))
        if not columns:  # a table that an older copy does not have
            continue
        query = f"SELECT {quoted(columns)} FROM {table} WHERE session = ? ORDER BY id"
        rows[table] = columns, connection.execute(query, (session,)).fetchall()
    return Carried(session, {name: value for name, value in zip(names, found, strict=True) if name != "id"}, rows)


def insert_carried(connection: sqlite3.Connection, carried: Carried, keep_id: bool = False) -> int:
    """Puts a session into another store; what of it is there stays as it is. Returns its id there.

    `keep_id`: the one that it had, unless another session has that. Raises sqlite3.Error.
    """
    values = dict(carried.session)
    if keep_id and not connection.execute("SELECT 1 FROM sessions WHERE id = ?", (carried.id,)).fetchone():
        values["id"] = carried.id
    columns = tuple(values)
    connection.execute(
        f"INSERT INTO sessions ({quoted(columns)}) VALUES ({marks(columns)}) ON CONFLICT (key) DO NOTHING",
        tuple(values.values()),
    )
    row = connection.execute("SELECT id FROM sessions WHERE key = ?", (carried.session["key"],)).fetchone()
    session = int(row[0])
    for table, (names, rows) in carried.rows.items():
        insert_rows(connection, table, ("session", *names), ((session, *row) for row in rows))
    return session


def insert_rows(connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Adds rows; where one of the same second or number is there, that one stays. Raises sqlite3.Error."""
    statement = f"INSERT OR IGNORE INTO {table} ({quoted(columns)}) VALUES ({marks(columns)})"
    connection.executemany(statement, rows)


def quoted(columns: Iterable[str]) -> str:
    """Names of columns in a statement."""
    return ", ".join(f'"{name}"' for name in columns)


def marks(columns: tuple[str, ...]) -> str:
    """A place for a value of each."""
    return ", ".join("?" * len(columns))
