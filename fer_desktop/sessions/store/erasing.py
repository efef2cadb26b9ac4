"""Erases sessions for good: from the store, from its backups, and with their CSV files."""

import contextlib
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.own_csv import Held, held_in
from fer_desktop.sessions.store import backups, reader
from fer_desktop.sessions.store.database import opened
from fer_desktop.sessions.store.exports import exports_of
from fer_desktop.sessions.store.faults import told


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone, and what is not."""

    sessions: tuple[int, ...]  # their ids
    csv_files: tuple[Path, ...]  # that were erased with them
    out_of_reach: tuple[Path, ...]  # CSV files that were moved or changed: she may want to erase them herself
    exports: tuple[Path, ...] = ()  # CSV files that she had made of them: as well


NOTHING: Final = Erased((), (), ())


def erase(path: Path, session_id: int) -> Erased:
    """Erases a session. Raises StoreError where there is none, it is being recorded, or the store cannot be written."""
    return erase_all_of(path, [reader.session(path, session_id)])


def erase_everything(path: Path) -> Erased:
    """Erases all sessions and all backups. Raises StoreError where one is being recorded."""
    erased = erase_all_of(path, reader.sessions(path))
    with told(path):
        for backup in backups.backups(path):
            backups.remove(backup.file)
    return erased


def erase_marker_text(path: Path, session_id: int, number: int) -> Erased:
    """Erases what a marker says; the moment stays, and so does the CSV file. Raises StoreError where there is none."""
    found = reader.session(path, session_id)
    key = found.key
    change = "UPDATE markers SET text = '' WHERE number = ? AND session IN (SELECT id FROM sessions WHERE key = ?)"
    with opened(path) as connection:
        if not connection.execute(change, (number, key)).rowcount:
            raise StoreError("Session {id} has no marker {number}.", id=session_id, number=number)
        _overwrite(connection)
    _rewrite_backups(path, change, [(number, key)])
    csv_files = (found.csv_file,) if found.csv_file is not None and found.csv_file.exists() else ()
    return Erased((), (), csv_files, tuple(exports_of(path, [session_id])))


def erase_all_of(path: Path, gone: Collection[reader.StoredSession]) -> Erased:
    """As `erase`, for several at once."""
    for session in gone:
        if session.state is reader.SessionState.RECORDING:
            raise StoreError("Session {id} is being recorded: end it first.", id=session.id)
    keys = [(session.key,) for session in gone]
    change = "DELETE FROM sessions WHERE key = ?"
    exports = exports_of(path, [session.id for session in gone]) if path.exists() else []
    named = [(session.csv_file, _held_in_csv(path, session)) for session in gone if session.csv_file]
    if path.exists():
        with opened(path) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(change, keys)
            connection.execute("COMMIT")
    _rewrite_backups(path, change, keys)
    files = [(file, _erase_csv(file, held)) for file, held in named]
    if path.exists():  # last, since another program may be in its way
        with opened(path) as connection:
            _overwrite(connection)
    return Erased(
        tuple(session.id for session in gone),
        tuple(file for file, erased in files if erased),
        tuple(file for file, erased in files if not erased),
        tuple(exports),
    )


def _overwrite(connection: sqlite3.Connection) -> None:
    """Nothing of what was deleted is left, neither in free pages nor in the log beside the file."""
    connection.execute("VACUUM")
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StoreError("The store is being read by another program: close that, then erase once more.")


def _rewrite_backups(path: Path, change: str, values: Sequence[tuple[object, ...]]) -> None:
    """Makes the same change in all copies; one that cannot be changed, a damaged one first of all, goes as a whole."""
    with told(path):
        for backup in backups.backups(path):
            try:
                with contextlib.closing(sqlite3.connect(backup.file, isolation_level=None)) as copy:
                    for pragma in ("secure_delete = ON", "foreign_keys = ON", "temp_store = MEMORY"):
                        copy.execute(f"PRAGMA {pragma}")
                    if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                        raise sqlite3.DatabaseError("damaged")
                    copy.executemany(change, values)
                    copy.execute("VACUUM")
            except sqlite3.DatabaseError:
                backups.remove(backup.file)


def _held_in_csv(path: Path, session: reader.StoredSession) -> Held:
    """What the session's CSV file holds; one of which nothing can be said is taken for hers."""
    if session.csv_file is None or not session.csv_file.exists():
        return Held.OTHER
    try:
        return held_in(session.csv_file, reader.events(path, session.id))
    except StoreError:
        return Held.OTHER


def _erase_csv(file: Path, held: Held) -> bool:
    """Whether the session's CSV file is gone; one that is not as it was written is left alone."""
    if held is Held.OTHER:
        return False
    try:
        file.unlink()
    except OSError:
        return False
    return True
