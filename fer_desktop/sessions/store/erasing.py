"""Erases sessions for good: from the store, from its backups, and with their CSV files."""

import contextlib
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.csv_of_events import save_csv
from fer_desktop.sessions.own_csv import Held, held_in
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.exports import exports_of
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.sqlite.faults import is_full, told


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone, and what is not."""

    sessions: tuple[int, ...]  # their ids
    csv_files: tuple[Path, ...]  # that were erased with them
    out_of_reach: tuple["LeftAlone", ...]  # CSV files that were moved or changed: she may want to erase them herself
    exports: tuple[Path, ...] = ()  # CSV files that she had made of them and that are there: as well


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A session's own CSV file, as far as anybody knows where that is."""

    file: Path
    started: datetime  # the session


NOTHING: Final = Erased((), (), ())
_DELETE: Final = "DELETE FROM sessions WHERE key = ?"


def make_room(path: Path) -> None:
    """Where the disk is so full that a store cannot be opened, its oldest backups go, as many as that takes.

    Raises StoreError where that does not help, or it cannot be opened for another reason.
    """
    while path.exists():
        try:
            with opened(path):
                return
        except StoreError as error:
            with told(path):
                copies = backups.backups(path)
                if not copies or not is_full(error.__cause__):
                    raise
                backups.remove(copies[-1].file)


def erase(path: Path, session_id: int) -> Erased:
    """Erases a session. Raises StoreError where there is none, it is being recorded, or the store cannot be written."""
    make_room(path)
    return erase_all_of(path, [reader.session(path, session_id)])


def erase_everything(path: Path) -> Erased:
    """Erases all sessions and all backups. Raises StoreError where one is being recorded."""
    make_room(path)
    erased = erase_all_of(path, reader.sessions(path))
    with told(path):
        for backup in backups.backups(path):
            backups.remove(backup.file)
    return erased


def erase_marker_text(path: Path, session_id: int, number: int) -> Erased:
    """Erases what a marker says; the moment stays. Raises StoreError where there is none.

    The session's CSV file is written again without it, where that is as it was written and nothing else is in it.
    """
    make_room(path)
    found = reader.session(path, session_id)
    key, held = found.key, _held_in_csv(path, found)
    change = "UPDATE markers SET text = '' WHERE number = ? AND session IN (SELECT id FROM sessions WHERE key = ?)"
    with opened(path) as connection:
        if not connection.execute(change, (number, key)).rowcount:
            raise StoreError("Session {id} has no marker {number}.", id=session_id, number=number)
        connection.execute("DELETE FROM former_texts WHERE session = ?", (session_id,))
        _overwrite(connection)
    _rewrite_backups(path, change, [(number, key)])
    left: tuple[LeftAlone, ...] = ()
    if found.csv_file is not None and found.csv_file.exists() and not _rewrite_csv(path, found, held):
        left = (LeftAlone(found.csv_file, found.started),)
    return Erased((), (), left, _there(exports_of(path, [session_id])))


def erase_all_of(path: Path, gone: Collection[reader.StoredSession]) -> Erased:
    """As `erase`, for several at once."""
    for session in gone:
        if session.state is reader.SessionState.RECORDING:
            raise StoreError("Session {id} is being recorded: end it first.", id=session.id)
    if not path.exists():
        return NOTHING
    keys = [(session.key,) for session in gone]
    exports = exports_of(path, [session.id for session in gone])
    named = [(session.csv_file, session.started, _held_in_csv(path, session)) for session in gone if session.csv_file]
    # Backups and CSV files first where the disk is full: without them there may be room for the change.
    deleted = _delete(path, keys)
    _rewrite_backups(path, _DELETE, keys)
    files = [(file, started, _erase_csv(file, held)) for file, started, held in named]
    if not deleted:
        _delete(path, keys, again=True)
    with opened(path) as connection:  # last, since another program may be in its way
        _overwrite(connection)
    return Erased(
        tuple(session.id for session in gone),
        tuple(file for file, _, erased in files if erased),
        tuple(LeftAlone(file, started) for file, started, erased in files if not erased),
        _there(exports),
    )


def _there(files: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(file for file in files if file.exists())


def _delete(path: Path, keys: Sequence[tuple[str]], again: bool = False) -> bool:
    """Whether the sessions are gone from the store; not, the first time, where its disk is full. Raises StoreError."""
    with opened(path) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_DELETE, keys)
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if again or not is_full(error):
                raise
            # What the log has grown to is room as well.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return False
    return True


def _overwrite(connection: sqlite3.Connection) -> None:
    """Nothing of what was deleted is left, neither in free pages nor in the log beside the file."""
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if not is_full(error):  # what was deleted is overwritten already: `secure_delete`
            raise
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
        return held_in(session.csv_file, reader.events(path, session.id), reader.former_texts(path, session.id))
    except StoreError:
        return Held.OTHER


def _rewrite_csv(path: Path, session: reader.StoredSession, held: Held) -> bool:
    """Whether the session's CSV file says what the store says now; one with more in it than that is left alone."""
    if session.csv_file is None or held is not Held.STORED or session.state is reader.SessionState.RECORDING:
        return False
    try:
        save_csv(reader.events(path, session.id), session.csv_file)
    except StoreError:
        return False
    return True


def _erase_csv(file: Path, held: Held) -> bool:
    """Whether the session's CSV file is gone; one that is not as it was written is left alone."""
    if held is Held.OTHER:
        return False
    try:
        file.unlink()
    except OSError:
        return False
    return True
