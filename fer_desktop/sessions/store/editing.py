"""What she changes in a stored lesson: its name, its class, her notes, its moments."""

from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.events import Marker, MarkerColour, MarkerEdited
from fer_desktop.sessions.store.apply import Place, apply, storable
from fer_desktop.sessions.store.sqlite.database import opened, reading

MOST_NAME: Final = 120  # characters of a lesson's or a class's name
_NONE: Final = "There is no session {id}: `sessions list` shows those that there are."


def rename(path: Path, session_id: int, name: str) -> None:
    """Calls a lesson by that name; empty: by its source's. Raises StoreError."""
    _set(path, session_id, "name", _one_line(name))


def set_class(path: Path, session_id: int, class_name: str) -> None:
    """Says which class a lesson was of; empty: none. Raises StoreError."""
    _set(path, session_id, "class_name", _one_line(class_name))


def set_notes(path: Path, session_id: int, text: str) -> None:
    """Keeps what she wrote of a lesson. Raises StoreError."""
    _set(path, session_id, "own_notes", storable(text))


def add_marker(path: Path, session_id: int, elapsed_s: float, text: str, colour: MarkerColour) -> Marker:
    """Marks a moment of a lesson afterwards; the marker as it is stored. Raises StoreError."""
    with opened(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM sessions WHERE id = ?", (session_id,)).fetchone():
            connection.execute("ROLLBACK")
            raise StoreError(_NONE, id=session_id)
        query = "SELECT coalesce(max(number), 0) + 1 FROM markers WHERE session = ?"
        number = int(connection.execute(query, (session_id,)).fetchone()[0])
        marker = Marker(number, elapsed_s, storable(text), colour)
        apply(connection, marker, Place(session_id))
        connection.execute("COMMIT")
    return marker


def edit_marker(path: Path, session_id: int, edited: MarkerEdited) -> None:
    """Changes a marker: without a text it is gone, with its time it comes back. Raises StoreError."""
    with opened(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        apply(connection, edited, Place(session_id))
        connection.execute("COMMIT")


def classes(path: Path) -> list[str]:
    """The names of classes that lessons have, the one that was given last first. Raises StoreError."""
    if not path.exists():
        return []
    with reading(path) as connection:
        query = "SELECT class_name FROM sessions WHERE class_name <> '' GROUP BY class_name ORDER BY max(id) DESC"
        return [str(name) for (name,) in connection.execute(query).fetchall()]


def _set(path: Path, session_id: int, column: str, value: str) -> None:
    with opened(path) as connection:
        changed = connection.execute(f"UPDATE sessions SET {column} = ? WHERE id = ?", (value, session_id))
        if not changed.rowcount:
            raise StoreError(_NONE, id=session_id)


def _one_line(text: str) -> str:
    """The text as a name: one line, without blanks around it, not endless."""
    return storable(" ".join(text.split()))[:MOST_NAME].strip()
