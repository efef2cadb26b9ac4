"""What an event changes in the store."""

import sqlite3
from dataclasses import dataclass, replace
from typing import Final

from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import (
    Alert,
    AlertAnswered,
    ClassSize,
    ClockSet,
    Ended,
    Excluded,
    Gap,
    Marker,
    MarkerColour,
    MarkerEdited,
    Note,
    SessionEvent,
    StateChanged,
    TakenUp,
)
from fer_desktop.sessions.own_csv import hashes_of
from fer_desktop.sessions.store.rows import SECOND_COLUMNS, event_data, insert, second_row

_SLACK_S: Final = 1.0  # how much earlier than the gap that was told its first row may begin


@dataclass(frozen=True, slots=True)
class Place:
    """How far a session has been stored."""

    session: int = 0  # its id; 0: its start is not stored yet
    covered_s: float = 0.0
    gap_start_s: float | None = None  # of the gap that goes on
    gap_reason: str = ""
    position: int = 0  # events that are only played back


def apply(connection: sqlite3.Connection, event: SessionEvent, place: Place) -> Place:
    """Stores an event that comes after the start; returns how far the session is stored then.

    What is told of a single seat is left out, since no row may be a person's, and kinds of events that this store does
    not know. Raises sqlite3.Error.
    """
    session = place.session
    match event:
        case Summary():
            return _second(connection, event, place)
        case Gap():
            return _gap(connection, event, place)
        case ClassSize() | ClockSet() | Excluded() | Glance() | StateChanged() | TakenUp():
            if isinstance(event, TakenUp):  # killed from here on, it ended unexpectedly
                connection.execute("UPDATE sessions SET ended_s = NULL, end_reason = NULL WHERE id = ?", (session,))
            kind, data = event_data(event)
            row = (session, place.position, event.elapsed_s, kind, data)
            insert(connection, "events", ("session", "position", "elapsed_s", "kind", "data"), row)
            return replace(place, position=place.position + 1)
        case Ended(elapsed_s, reason):
            connection.execute(
                "UPDATE sessions SET ended_s = ?, end_reason = ? WHERE id = ?", (elapsed_s, reason.value, session)
            )
        case _:
            _edit(connection, event, session)
    return place


def _second(connection: sqlite3.Connection, summary: Summary, place: Place) -> Place:
    """A second that was seen is a row; any other makes the running gap longer."""
    reason, end_s = summary.state.value, summary.elapsed_s
    if summary.state.seen:
        insert(connection, "seconds", ("session", *SECOND_COLUMNS), (place.session, *second_row(summary)))
        return replace(place, covered_s=end_s, gap_start_s=None)
    start_s = place.gap_start_s if place.gap_start_s is not None and reason == place.gap_reason else place.covered_s
    _insert_gap(connection, place.session, start_s, end_s, reason, is_open=True)
    return replace(place, covered_s=end_s, gap_start_s=start_s, gap_reason=reason)


def _gap(connection: sqlite3.Connection, gap: Gap, place: Place) -> Place:
    """The gap as it was takes the place of what was known of it while it went on."""
    connection.execute(
        "DELETE FROM gaps WHERE session = ? AND open AND start_s BETWEEN ? AND ?",
        (place.session, gap.start_s - _SLACK_S, gap.end_s),
    )
    _insert_gap(connection, place.session, gap.start_s, gap.end_s, gap.reason.value, is_open=False)
    return replace(place, covered_s=max(place.covered_s, gap.end_s), gap_start_s=None)


def _insert_gap(
    connection: sqlite3.Connection, session: int, start_s: float, end_s: float, reason: str, *, is_open: bool
) -> None:
    columns = ("session", "start_s", "end_s", "reason", "open")
    insert(connection, "gaps", columns, (session, start_s, end_s, reason, int(is_open)))


def _edit(connection: sqlite3.Connection, event: SessionEvent, session: int) -> None:
    """What stands in one place and may be changed later."""
    match event:
        case Marker():
            _insert_marker(connection, session, event)
        case MarkerEdited(number, ""):
            _keep_former_text(connection, session, number)
            connection.execute("DELETE FROM markers WHERE session = ? AND number = ?", (session, number))
        case MarkerEdited():
            _edit_marker(connection, session, event)
        case Alert(number, elapsed_s, kind, faces, of, usual):
            columns = ("session", "number", "elapsed_s", "kind", "faces", '"of"', "usual", "expressions")
            values = (session, number, elapsed_s, kind.value, round(faces), of, usual, "[]")
            insert(connection, "alerts", columns, values)
        case AlertAnswered(number, useful):
            connection.execute(
                "UPDATE alerts SET useful = ? WHERE session = ? AND number = ?", (int(useful), session, number)
            )
        case Note(text):
            connection.execute("UPDATE sessions SET note = ? WHERE id = ?", (storable(text), session))


def _insert_marker(connection: sqlite3.Connection, session: int, marker: Marker) -> None:
    columns = ("session", "number", "elapsed_s", "text", "colour")
    values = (session, marker.number, marker.elapsed_s, storable(marker.text), marker.colour.value)
    insert(connection, "markers", columns, values)


def _keep_former_text(connection: sqlite3.Connection, session: int, number: int) -> None:
    """Keeps the hash of what a marker said: the session's CSV file goes on saying it, and has to be known as ours."""
    query = "SELECT text FROM markers WHERE session = ? AND number = ?"
    for (said,) in connection.execute(query, (session, number)).fetchall():
        for sha256 in hashes_of(str(said)):
            insert(connection, "former_texts", ("session", "sha256"), (session, sha256))


def _edit_marker(connection: sqlite3.Connection, session: int, edited: MarkerEdited) -> None:
    """Changes the marker; one that was taken away comes back where its moment is told."""
    _keep_former_text(connection, session, edited.number)
    colour = edited.colour.value if edited.colour is not None else None
    changed = connection.execute(
        "UPDATE markers SET text = ?, colour = coalesce(?, colour) WHERE session = ? AND number = ?",
        (storable(edited.text), colour, session, edited.number),
    )
    if not changed.rowcount and edited.elapsed_s is not None:
        colour_back = edited.colour or MarkerColour.GREY
        _insert_marker(connection, session, Marker(edited.number, edited.elapsed_s, edited.text, colour_back))


def storable(text: str) -> str:
    """The text; bytes of a name that are no text are escaped, since SQLite takes UTF-8 alone."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
