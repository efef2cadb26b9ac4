"""Saves what can be read of a damaged store, as SQLite's `.recover` does, and what a backup has beside that."""

import contextlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.core.files import make_private
from fer_desktop.core.messages import Message, message
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.carry import Row, carried_from, columns_of, insert_carried, insert_rows, quoted
from fer_desktop.sessions.store.sqlite.database import Clock, ensure_file, local_time, opened
from fer_desktop.sessions.store.sqlite.faults import ElsewhereError, told
from fer_desktop.sessions.store.sqlite.lock import RecordingLock
from fer_desktop.sessions.store.sqlite.schema import TABLES

REPAIRS: Final = "repair"  # what the lock says in place of a session's key while nobody records

logger = logging.getLogger(__name__)

_MOST_ROWS: Final = 1 << 26  # of a table whose end cannot be read
_MOST_FAILURES: Final = 20_000  # tries that met damage, a table
_UNFINISHED: Final = ".repaired"  # the new store, until it is complete
_BESIDE: Final = ("", "-wal", "-shm")
# One that ended within its first second never had any.
_EMPTY: Final = """SELECT count(*) FROM sessions WHERE coalesce(ended_s, 1.0) >= 1.0
    AND NOT EXISTS (SELECT 1 FROM seconds WHERE session = sessions.id)"""


_NOTHING_LEFT: Final = (
    "The store of sessions was damaged: nothing of it could be recovered; the damaged file is kept as {damaged}."
)
_LOST_ONE: Final = "The figures of 1 lesson could not be recovered"
_LOST: Final = "The figures of {empty} lessons could not be recovered"
_ALL_LOST: Final = "The store of sessions was damaged. {lost}; the damaged file is kept as {damaged}."
_SOME_LOST: Final = (
    "The store of sessions was damaged. {lost}; of others, {whole}, {seconds} seconds were saved. The damaged file is "
    "kept as {damaged}."
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of a damaged store."""

    sessions: int  # in the new one
    seconds: int
    from_backup: int  # sessions of which only a backup knew
    empty: int  # sessions of which no second is left
    damaged: Path  # the old file, among the backups

    @property
    def sentence(self) -> Message:
        """What is said of it."""
        if not self.sessions:
            return message(_NOTHING_LEFT, damaged=self.damaged)
        if self.empty:
            lost = Message(_LOST_ONE) if self.empty == 1 else message(_LOST, empty=self.empty)
            if not self.seconds:
                return message(_ALL_LOST, lost=lost, damaged=self.damaged)
            whole = self.sessions - self.empty
            return message(_SOME_LOST, lost=lost, whole=whole, seconds=self.seconds, damaged=self.damaged)
        return message(
            "The store of sessions was damaged: {sessions} sessions with {seconds} seconds were saved, {from_backup} "
            "of them out of a backup; the damaged file is kept as {damaged}.",
            sessions=self.sessions,
            seconds=self.seconds,
            from_backup=self.from_backup,
            damaged=self.damaged,
        )


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found."""

    problems: tuple[str, ...]  # in SQLite's words; none: it is sound
    sessions: int = 0
    seconds: int = 0


def check(path: Path) -> Health:
    """Whether a store is whole, all of it read; slow. A missing one is. Raises StoreError where it cannot be opened."""
    if not path.exists():
        return Health(())
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            problems = [line for line in found if line != "ok"]
            problems += [f"{row[0]}: row {row[1]} belongs to no session" for row in broken[:20]]
            with contextlib.suppress(sqlite3.OperationalError):  # an empty file is a store that was never written
                return Health(tuple(problems), *_counted(connection))
            return Health(tuple(problems))
    except sqlite3.OperationalError:
        with told(path):
            raise
    except sqlite3.DatabaseError as error:
        return Health((str(error),))


def repair_alone(path: Path, now: Clock = local_time) -> Repaired:
    """As `repair`. Raises ElsewhereError where a session is being recorded."""
    lock = RecordingLock(path)
    with told(path):
        if not lock.acquire(REPAIRS):
            raise ElsewhereError("A session is being recorded: end it, then repair the store.")
    try:
        return repair(path, now)
    finally:
        lock.release()


def repair(path: Path, now: Clock = local_time) -> Repaired:
    """Makes a store of all that can be read of a damaged one and of its backups; the old file is kept among these.

    Nobody else may have the store open. What ends the program on the way leaves the damaged one where it is. Raises
    StoreError where the new one cannot be written; then too.
    """
    unfinished = path.with_name(path.name + _UNFINISHED)
    with told(path):
        try:
            backups.remove(unfinished)
            sessions, seconds, from_backup, empty = _fill(unfinished, path, now)
            damaged = _put_aside(path, now)
            os.replace(unfinished, path)
        except BaseException:
            with contextlib.suppress(OSError):
                backups.remove(unfinished)
            raise
    return Repaired(sessions, seconds, from_backup, empty, damaged)


def _fill(new_file: Path, path: Path, now: Clock) -> tuple[int, int, int, int]:
    """Makes the new store; how many sessions and seconds are in it, how many sessions out of a backup, and empty."""
    ensure_file(new_file)
    with opened(new_file, now=now) as new:
        new.execute("BEGIN IMMEDIATE")
        try:
            _copy_readable(path, new)
        except sqlite3.DatabaseError:
            logger.warning("Nothing can be read of %s", path, exc_info=True)
        new.execute("COMMIT")
        alone = _sessions(new)
        _add_from_backups(path, new)
        sessions, seconds = _counted(new)
        empty = int(new.execute(_EMPTY).fetchone()[0])
    return sessions, seconds, sessions - alone, empty


def _put_aside(path: Path, now: Clock) -> Path:
    """Moves the damaged store to its backups; where it is then."""
    damaged = backups.free_name(path, now(), backups.DAMAGED)
    for suffix in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + suffix), damaged.with_name(damaged.name + suffix))
    make_private(damaged)
    return damaged


def _counted(connection: sqlite3.Connection) -> tuple[int, int]:
    return _sessions(connection), int(connection.execute("SELECT count(*) FROM seconds").fetchone()[0])


def _sessions(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sessions").fetchone()[0])


def _copy_readable(damaged: Path, new: sqlite3.Connection) -> None:
    with contextlib.closing(sqlite3.connect(damaged, isolation_level=None)) as old:
        old.execute("PRAGMA writable_schema = ON")  # else a file that is shorter than it says is not read at all
        # Text that is damaged must not keep the rest of its row from being seen.
        old.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        for table in TABLES:
            columns = tuple(name for name in columns_of(old, table) if name in columns_of(new, table))
            if columns:
                for row in readable_rows(old, table, columns):
                    with contextlib.suppress(sqlite3.IntegrityError):  # a row whose values or session are damaged
                        insert_rows(new, table, columns, [row])
        # Rows whose session was lost are nobody's.
        for table in TABLES[1:]:
            new.execute(f"DELETE FROM {table} WHERE session NOT IN (SELECT id FROM sessions)")


def readable_rows(old: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """All rows of a table that can be read, by halving the ranges of ids in which there is damage."""
    query = f"SELECT {quoted(columns)} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"
    ranges, failures = [(0, _last_id(old, table))], 0
    while ranges:
        low, high = ranges.pop()
        try:
            found = old.execute(query, (low, high)).fetchall()
        except sqlite3.DatabaseError:
            failures += 1
            if low < high and failures < _MOST_FAILURES:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]
        else:
            yield from found


def _last_id(old: sqlite3.Connection, table: str) -> int:
    try:
        return int(old.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])
    except sqlite3.DatabaseError:
        return _MOST_ROWS


def _add_from_backups(path: Path, new: sqlite3.Connection) -> None:
    """Fills in what the newest sound backup has and the damaged store has lost."""
    for backup in backups.backups(path):
        if backup.kind == backups.DAMAGED:
            continue
        try:
            with contextlib.closing(sqlite3.connect(backup.file, isolation_level=None)) as old:
                carried = [carried_from(old, int(row[0])) for row in old.execute("SELECT id FROM sessions").fetchall()]
            new.execute("BEGIN IMMEDIATE")
            for session in carried:
                insert_carried(new, session, keep_id=True)
            new.execute("COMMIT")
        except sqlite3.DatabaseError:
            if new.in_transaction:
                new.execute("ROLLBACK")
            logger.warning("The backup %s cannot be used", backup.file, exc_info=True)
        else:
            return
