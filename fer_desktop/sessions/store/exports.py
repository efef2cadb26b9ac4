"""Which CSV files were made of a stored session: they are hers, and are named where it is erased."""

import os
from collections.abc import Collection
from pathlib import Path

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.store.apply import storable
from fer_desktop.sessions.store.sqlite import backups
from fer_desktop.sessions.store.sqlite.database import opened
from fer_desktop.sessions.store.sqlite.faults import told


def refuse_own(path: Path, file: Path) -> None:
    """Raises StoreError where that is, by whatever name, the store, what lies beside it for it, or in its backups."""
    with told(path):
        folder, target = path.parent.resolve(), file.resolve()
        beside = target.parent == folder and os.path.normcase(target.name).startswith(os.path.normcase(path.name))
        backup = target.is_relative_to(backups.folder_of(folder / path.name))
        same = file.exists() and any(file.samefile(own) for own in (*folder.glob(f"{path.name}*"), *_copies(path)))
    if beside or backup or same:
        raise StoreError("{file} is a file of this program, which holds your lessons: choose another name.", file=file)


def _copies(path: Path) -> list[Path]:
    return [backup.file for backup in backups.backups(path)]


def note_export(path: Path, session_id: int, file: Path) -> None:
    """Keeps in mind that the session's CSV was saved there. Raises StoreError."""
    with opened(path) as connection:
        row = (session_id, storable(os.fspath(file.absolute())))
        connection.execute("INSERT OR IGNORE INTO exports (session, file) VALUES (?, ?)", row)


def exports_of(path: Path, sessions: Collection[int]) -> list[Path]:
    """The files that were made of those sessions, wherever they are now. Raises StoreError."""
    with opened(path) as connection:
        found = connection.execute("SELECT session, file FROM exports ORDER BY id").fetchall()
    return [Path(file) for session, file in found if session in sessions]
