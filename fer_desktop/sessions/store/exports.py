"""Which CSV files were made of a stored session: they are hers, and are named where it is erased."""

import os
from collections.abc import Collection
from pathlib import Path

from fer_desktop.sessions.store.apply import storable
from fer_desktop.sessions.store.database import opened


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
