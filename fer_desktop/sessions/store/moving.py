"""All lessons in one file, for a new computer, and their way back from it."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import make_private, temporary_folder
from fer_desktop.sessions.store.exports import refuse_own
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.carry import carried_from, insert_carried
from fer_desktop.sessions.store.sqlite.database import Clock, local_time, opened, reading
from fer_desktop.sessions.store.sqlite.faults import told
from fer_desktop.sessions.store.sqlite.schema import APPLICATION_ID, SCHEMA, take_step, version_of
from fer_desktop.sessions.write_errors import could_not_create

Tell = Callable[[float], object]
_PAGES: Final = 256  # of SQLite's, between two words on how much is done: 1 MB
_COPIED: Final = 0.5  # how much of a restore is done once the backup is copied
BEFORE_RESTORE: Final = "before restore"
_NOT_OURS: Final = "{file} is no backup of this program: choose a file that “Back up all” or `sessions backup` made."
_DAMAGED: Final = "{file} is damaged: nothing was taken from it; choose another backup."


def _nobody(_share: float) -> None:
    """Hears it."""


def _share(tell: Tell) -> Callable[[int, int, int], None]:
    """As SQLite tells it."""

    def told_pages(_status: int, left: int, of: int) -> None:
        tell(1 - left / of if of else 1.0)

    return told_pages


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup has brought."""

    lessons: tuple[int, ...]  # ids that are new here
    kept: int  # lessons of the backup that were here already, and stay as they are


def save_backup(store: Path, file: Path, tell: Tell = _nobody) -> int:
    """Writes all lessons into one file, whole or not at all, while one is being recorded too. How many they are.

    `tell` hears how much is done, 0-1; what it raises ends the work.

    Raises StoreError where there is none, the file is there already, or it cannot be written.
    """
    if not store.exists():
        raise StoreError("No lesson is stored: there is nothing to back up.")
    refuse_own(store, file)
    if file.exists():
        raise StoreError("{path} already exists: choose another name or move it away.", path=file)
    part = file.with_name(f".{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with reading(store) as connection, told(file), contextlib.closing(sqlite3.connect(part)) as copy:
            connection.backup(copy, pages=_PAGES, progress=_share(tell))
            copy.execute("PRAGMA journal_mode = DELETE")
            lessons = int(copy.execute("SELECT count(*) FROM sessions").fetchone()[0])
        os.replace(part, file)
    except OSError as error:
        raise could_not_create(file, error) from error
    finally:
        with contextlib.suppress(OSError):
            backups.remove(part)
    return lessons


def restore(store: Path, file: Path, now: Clock = local_time, tell: Tell = _nobody) -> Restored:
    """Adds the lessons of a backup that are not stored here; those that are stay as they are. All of them or none.

    The backup is looked at whole before, and the store is copied into its own backups. Raises StoreError where the file
    is no backup, damaged or of a newer program, or where the store cannot be written. `tell` hears how much is done,
    0-1; what it raises ends the work.
    """
    with temporary_folder() as folder:
        copy = _sound_copy(file, folder / "restored.db", tell)
        with opened(store) as connection, contextlib.closing(copy):
            known = {str(row[0]) for row in connection.execute("SELECT key FROM sessions")}
            found = copy.execute("SELECT id, key FROM sessions ORDER BY id").fetchall()
            wanted = [int(id_) for id_, key in found if str(key) not in known]
            if wanted and known:
                backups.back_up(connection, store, now(), BEFORE_RESTORE)
            return Restored(_merged(connection, copy, wanted, tell), len(found) - len(wanted))


def _merged(connection: sqlite3.Connection, copy: sqlite3.Connection, wanted: list[int], tell: Tell) -> tuple[int, ...]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        ids = []
        for done, one in enumerate(wanted, start=1):
            ids.append(insert_carried(connection, carried_from(copy, one), keep_id=True))
            tell(_COPIED + (1 - _COPIED) * done / len(wanted))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return tuple(ids)


def _sound_copy(file: Path, copy_file: Path, tell: Tell) -> sqlite3.Connection:
    """A copy of the backup in the version of today, checked; the file itself is only read. Raises StoreError."""
    if not file.is_file():
        raise StoreError("{file} cannot be opened: check its name, and that you may read it.", file=file)
    copy = sqlite3.connect(copy_file, isolation_level=None)
    try:
        make_private(copy_file)
        # Of a file that lies there by itself, maybe where nothing can be written beside it.
        place = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(place, uri=True)) as source:
            if int(source.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
                raise StoreError(_NOT_OURS, file=file)
            if version_of(source) > SCHEMA.version:
                raise StoreError(
                    "{file} was written by a newer version of this program: install that one first.", file=file
                )
            source.backup(copy, pages=_PAGES, progress=_share(lambda share: tell(_COPIED * share)))
        _check(copy, file)
        for version in range(version_of(copy), SCHEMA.version):
            take_step(copy, SCHEMA, version)
    except sqlite3.DatabaseError as error:
        copy.close()
        not_ours = getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB"
        raise StoreError(_NOT_OURS if not_ours else _DAMAGED, file=file) from error
    except BaseException:
        copy.close()
        raise
    return copy


def _check(copy: sqlite3.Connection, file: Path) -> None:
    sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    if not sound or copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise StoreError(_DAMAGED, file=file)
