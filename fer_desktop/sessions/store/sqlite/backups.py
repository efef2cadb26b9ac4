"""Copies of the store: one before each migration, one a day; damaged stores are kept among them."""

import contextlib
import os
import re
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from fer_desktop.core.files import make_private

KEPT: Final = 7  # of each kind
DAILY: Final = "daily"
DAMAGED: Final = "damaged"
_NAME: Final = re.compile(r"sessions (\d{4}-\d\d-\d\d) (\d\d-\d\d-\d\d) (.+)\.db")
_BESIDE: Final = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy."""

    file: Path
    made: datetime  # local time, without offset
    kind: str  # daily, damaged, before version ...


def folder_of(store: Path) -> Path:
    """Where the copies of that store are."""
    return store.parent / "backups"


def backups(store: Path) -> list[Backup]:
    """All copies of a store, newest first. Raises OSError."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        for file in folder_of(store).iterdir():
            match = _NAME.fullmatch(file.name)
            if match:
                made = datetime.strptime(f"{match[1]} {match[2]}", "%Y-%m-%d %H-%M-%S")  # noqa: DTZ007 (a name has no offset)
                found.append(Backup(file, made, match[3]))
    return sorted(found, key=lambda backup: (backup.made, backup.kind), reverse=True)


def free_name(store: Path, now: datetime, kind: str) -> Path:
    """The file for a copy made now; makes the folder. Raises OSError."""
    folder = folder_of(store)
    folder.mkdir(exist_ok=True, mode=0o700)
    make_private(folder)
    file = folder / f"sessions {now:%Y-%m-%d %H-%M-%S} {kind}.db"
    while file.exists():
        now += timedelta(seconds=1)
        file = folder / f"sessions {now:%Y-%m-%d %H-%M-%S} {kind}.db"
    return file


def back_up(connection: sqlite3.Connection, store: Path, now: datetime, kind: str) -> Path:
    """A copy of an open store, complete or not there at all. Raises sqlite3.Error, OSError."""
    file = free_name(store, now, kind)
    part = file.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
            connection.backup(copy)
            # It lies there on its own, without the files beside it that WAL needs.
            copy.execute("PRAGMA journal_mode = DELETE")
        os.replace(part, file)
    except BaseException:
        remove(part)
        raise
    return file


def daily_backup(connection: sqlite3.Connection, store: Path, now: datetime) -> Path | None:
    """Today's copy; None where there is one already. Raises sqlite3.Error, OSError."""
    if any(backup.kind == DAILY and backup.made.date() == now.date() for backup in backups(store)):
        return None
    return back_up(connection, store, now, DAILY)


def prune(store: Path, today: date, keep_days: int | None) -> list[Path]:
    """Removes copies beyond the seventh of a kind, and all older than `keep_days`; None: however old.

    Returns those that are gone. Raises OSError.
    """
    gone, seen = [], dict[str, int]()
    for backup in backups(store):
        seen[backup.kind] = seen.get(backup.kind, 0) + 1
        too_old = keep_days is not None and (today - backup.made.date()).days > keep_days
        if seen[backup.kind] > KEPT or too_old:
            remove(backup.file)
            gone.append(backup.file)
    return gone


def remove(file: Path) -> None:
    """Removes a database and what SQLite left beside it. Raises OSError."""
    for suffix in _BESIDE:
        file.with_name(file.name + suffix).unlink(missing_ok=True)
