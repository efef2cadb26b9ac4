"""Reads the store: which sessions there are, and each as the events that it was."""

import heapq
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.glance.alerts.alert_choices import AlertKind
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import (
    Alert,
    AlertAnswered,
    Ended,
    EndReason,
    Gap,
    Marker,
    MarkerColour,
    Note,
    SessionEvent,
    Started,
)
from fer_desktop.sessions.store.rows import EXCLUDED, SECOND_COLUMNS, event_of, summary_of_row
from fer_desktop.sessions.store.sqlite.database import opened, reading
from fer_desktop.sessions.store.sqlite.faults import DamagedStoreError
from fer_desktop.sessions.store.sqlite.lock import recorded

UNEXPECTED: Final = "unexpected"  # the reason of an end that was acknowledged later
_ID_BITS: Final = 64  # SQLite's integers
LAST_S: Final = """max(
    coalesce((SELECT max(elapsed_s) FROM seconds WHERE session = sessions.id), 0.0),
    coalesce((SELECT max(end_s) FROM gaps WHERE session = sessions.id), 0.0))"""
_settings: Final = lru_cache(maxsize=64)(json.loads)  # thousands of lessons have the same few
_OF_MARKER: Final = "number, elapsed_s, text, colour"
_COLUMNS: Final = (
    "id, key, started, source, name, live_class, program, model_sha256, settings, csv_file, note, end_reason,"
    " class_name, own_notes, recording,"
    f" iif(ended_s IS NULL, {LAST_S}, ended_s), EXISTS (SELECT 1 FROM seconds WHERE session = sessions.id)"
)


class SessionState(StrEnum):
    """How a stored session stands."""

    RECORDING = "recording"
    ENDED = "ended"
    ENDED_UNEXPECTEDLY = "ended unexpectedly"


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What is known of a session without its seconds."""

    id: int
    key: str  # the same in every copy
    started: datetime
    name: str  # as she calls it, else the source's
    state: SessionState
    length_s: float  # up to its end, or to the last second that is stored
    source: str
    live_class: bool
    program: str
    model_sha256: str
    settings: dict[str, object]
    csv_file: Path | None
    note: str
    end_reason: str  # empty where it has none
    acknowledged: bool  # she knows that it ended unexpectedly
    has_figures: bool  # of one second at least
    class_name: str = ""  # as she calls it; empty: she gave none
    own_notes: str = ""  # what she wrote
    recording: str = ""  # which recording was read; empty where it was none

    @property
    def waits_for_answer(self) -> bool:
        """Whether it ended unexpectedly and nobody has been told; before its first second it is not worth a word."""
        return self.state is SessionState.ENDED_UNEXPECTEDLY and not self.acknowledged and self.length_s > 0

    @property
    def last_second(self) -> datetime:
        """The wall clock's time up to which the session is complete."""
        return self.started + timedelta(seconds=self.length_s)


def sessions(path: Path) -> list[StoredSession]:
    """All sessions of a store, newest first; none where there is no store. Raises StoreError."""
    if not path.exists():
        return []
    recording = recorded(path)
    with reading(path) as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM sessions ORDER BY id DESC").fetchall()
    return [_session(row, row[1] == recording, path) for row in rows]


def session(path: Path, session_id: int) -> StoredSession:
    """The session of that id. Raises StoreError where there is none."""
    row = None
    if path.exists() and session_id.bit_length() < _ID_BITS:
        recording = recorded(path)
        with reading(path) as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM sessions WHERE id = ?", (session_id,)).fetchone()
    if row is None:
        raise StoreError("There is no session {id}: `sessions list` shows those that there are.", id=session_id)
    return _session(row, row[1] == recording, path)


def unfinished(path: Path) -> list[StoredSession]:
    """Sessions that ended unexpectedly, of which nobody has been told, newest first. Raises StoreError."""
    return [found for found in sessions(path) if found.waits_for_answer]


def acknowledge(path: Path, session_id: int) -> None:
    """Keeps a session that ended unexpectedly as it is; it is not offered again. Raises StoreError."""
    found = session(path, session_id)
    if found.state is not SessionState.ENDED_UNEXPECTEDLY:
        return
    with opened(path) as connection:
        connection.execute(
            "UPDATE sessions SET ended_s = ?, end_reason = ? WHERE id = ? AND end_reason IS NULL",
            (found.length_s, UNEXPECTED, session_id),
        )


def events(path: Path, session_id: int) -> list[SessionEvent]:
    """A session's events, in the order of their time, as they were told; edited ones as they stand now.

    Seconds of which nothing was known are parts of a Gap. A session without an end has no Ended. Who was left out is
    not told. Raises StoreError.
    """
    found = session(path, session_id)
    with reading(path) as connection:
        try:
            timed = heapq.merge(*_timed(connection, session_id), key=lambda pair: pair[0])
            told: list[SessionEvent] = [Started(found.started, found.source, found.live_class)]
            told += [event for _, event in timed]
        except (ValueError, TypeError, KeyError) as error:
            raise DamagedStoreError(
                "The store of sessions {path} holds what this program did not write ({error}).", path=path, error=error
            ) from error
    if found.note:
        told.append(Note(found.note))
    if found.end_reason and found.end_reason != UNEXPECTED:
        told.append(Ended(found.length_s, EndReason(found.end_reason)))
    return told


def markers(path: Path) -> dict[int, list[Marker]]:
    """The markers of all sessions, by session, in order of their time. Raises StoreError."""
    found: dict[int, list[Marker]] = {}
    if path.exists():
        with reading(path) as connection:
            query = f"SELECT session, {_OF_MARKER} FROM markers ORDER BY session, elapsed_s, number"
            for session_id, *marker in connection.execute(query).fetchall():
                found.setdefault(session_id, []).append(_marker(*marker))
    return found


def former_texts(path: Path, session_id: int) -> frozenset[str]:
    """Hashes of what markers of the session said before they were changed. Raises StoreError."""
    with reading(path) as connection:
        rows = connection.execute("SELECT sha256 FROM former_texts WHERE session = ?", (session_id,)).fetchall()
    return frozenset(str(sha256) for (sha256,) in rows)


def exclusions(path: Path, session_id: int) -> list[tuple[float, int, bool]]:
    """Since when how many were left out, and whether the teacher herself was among them. Raises StoreError.

    Who it was is not stored, hence these are no events that could be told again.
    """
    query = "SELECT elapsed_s, data FROM events WHERE session = ? AND kind = ? ORDER BY position"
    with reading(path) as connection:
        rows = connection.execute(query, (session_id, EXCLUDED)).fetchall()
    told = [(float(elapsed_s), json.loads(data)) for elapsed_s, data in rows]
    return [(elapsed_s, int(data["seats"]), bool(data["you"])) for elapsed_s, data in told]


def summaries(path: Path, session_id: int) -> list[Summary]:
    """The seconds of a session that were seen. Raises StoreError."""
    return [event for event in events(path, session_id) if isinstance(event, Summary)]


_Timed = tuple[float, SessionEvent]


def _timed(connection: sqlite3.Connection, session_id: int) -> list[Iterator[_Timed]]:
    """Each table's events in order of time; what comes first stands before what has the same time."""

    def rows(table: str, columns: str, order: str) -> Iterator[tuple[object, ...]]:
        # `table` and the columns are our own words.
        yield from connection.execute(
            f"SELECT {columns} FROM {table} WHERE session = ? ORDER BY {order}", (session_id,)
        ).fetchall()

    return [
        _played_back(rows("events", "elapsed_s, kind, data", "elapsed_s, position")),
        _markers(rows("markers", _OF_MARKER, "elapsed_s, number")),
        _alerts(rows("alerts", 'elapsed_s, number, kind, faces, "of", usual, useful', "elapsed_s, number")),
        _seconds(rows("seconds", ", ".join(SECOND_COLUMNS), "elapsed_s")),
        _gaps(rows("gaps", "end_s, start_s, reason", "end_s")),
    ]


def _played_back(rows: Iterator[tuple[object, ...]]) -> Iterator[_Timed]:
    for elapsed_s, kind, data in rows:
        event = event_of(_float(elapsed_s), str(kind), str(data))
        if event is not None:
            yield _float(elapsed_s), event


def _markers(rows: Iterator[tuple[object, ...]]) -> Iterator[_Timed]:
    for row in rows:
        marker = _marker(*row)
        yield marker.elapsed_s, marker


def _marker(number: object, elapsed_s: object, text: object, colour: object) -> Marker:
    known = colour in {one.value for one in MarkerColour}  # a newer program may have more
    shown = MarkerColour(str(colour)) if known else MarkerColour.GREY
    return Marker(int(str(number)), _float(elapsed_s), str(text), shown)


def _alerts(rows: Iterator[tuple[object, ...]]) -> Iterator[_Timed]:
    for elapsed_s, number, kind, faces, of, usual, useful in rows:
        at_s, count = _float(elapsed_s), int(str(number))
        yield at_s, Alert(count, at_s, AlertKind(str(kind)), _float(faces), int(str(of)), _float(usual))
        if useful is not None:
            yield at_s, AlertAnswered(count, bool(useful))


def _seconds(rows: Iterator[tuple[object, ...]]) -> Iterator[_Timed]:
    for row in rows:
        summary = summary_of_row(row)
        yield summary.elapsed_s, summary


def _gaps(rows: Iterator[tuple[object, ...]]) -> Iterator[_Timed]:
    for end_s, start_s, reason in rows:
        yield _float(end_s), Gap(_float(start_s), _float(end_s), State(str(reason)))


def _float(value: object) -> float:
    return float(str(value))


def _session(row: tuple[object, ...], recording: bool, path: Path) -> StoredSession:
    (
        id_,
        key,
        started,
        source,
        name,
        live_class,
        program,
        model,
        settings,
        csv_file,
        note,
        reason,
        class_name,
        own_notes,
        of_recording,
        last_s,
        seen,
    ) = row
    if reason is None:
        state = SessionState.RECORDING if recording else SessionState.ENDED_UNEXPECTEDLY
    else:
        state = SessionState.ENDED_UNEXPECTEDLY if reason == UNEXPECTED else SessionState.ENDED
    try:
        return StoredSession(
            int(str(id_)),
            str(key),
            datetime.fromisoformat(str(started)),
            str(name or source),
            state,
            _float(last_s),
            str(source),
            bool(live_class),
            str(program),
            str(model),
            dict(_settings(str(settings))),
            Path(str(csv_file)) if csv_file else None,
            str(note),
            str(reason or ""),
            reason == UNEXPECTED,
            bool(seen),
            str(class_name),
            str(own_notes),
            str(of_recording),
        )
    except (ValueError, TypeError) as error:
        raise DamagedStoreError(
            "The store of sessions {path} holds what this program did not write ({error}).", path=path, error=error
        ) from error
