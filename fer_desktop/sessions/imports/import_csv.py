"""Makes a stored lesson of a session's CSV file: the events that it tells of, in one transaction."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.pipeline.events import ClockSet, Ended, EndReason, Gap, Marker, SessionEvent
from fer_desktop.sessions.csv_file import number
from fer_desktop.sessions.imports.rows import CsvRow, CsvSession, read_session
from fer_desktop.sessions.store import reader
from fer_desktop.sessions.store.apply import Place, apply, storable
from fer_desktop.sessions.store.sqlite.database import opened

_ROW_S: Final = 1.0  # what a row of a gap stands for that says nothing else
_SAME_S: Final = 1.0  # two lessons that begin and end within it are one
_ALREADY: Final = "{file} is in your lessons already, as number {id}: nothing was changed."


@dataclass(frozen=True, slots=True)
class Imported:
    """A lesson that is stored now."""

    lesson: int  # id
    file: Path
    seconds: int  # that were seen


def import_csv(store: Path, file: Path, live_class: bool) -> Imported:
    """Stores the session of a CSV file; `live_class`: others were captured live, so that exports tell less of it.

    Raises StoreError where it is no session of ours, is stored already, or the store cannot be written; nothing is
    stored then.
    """
    session = read_session(file)
    if not session.rows:
        raise StoreError("{file} has no rows: there is nothing to take over.", file=file)
    started, events = _events(session)
    _refuse_twice(store, file, session, started)
    with opened(store) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(
                "INSERT INTO sessions (key, started, source, live_class, program, model_sha256, settings, csv_file)"
                " VALUES (?, ?, ?, ?, '', '', ?, '')",
                (
                    session.sha256,
                    started.isoformat(),
                    storable(file.stem),
                    int(live_class),
                    json.dumps({"imported_schema": session.schema}),
                ),
            )
            row = connection.execute("SELECT id FROM sessions WHERE key = ?", (session.sha256,)).fetchone()
            place = Place(session=int(row[0]))
            for event in events:
                place = apply(connection, event, place)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return Imported(place.session, file, sum(one.summary.state.seen for one in session.rows))


def _refuse_twice(store: Path, file: Path, session: CsvSession, started: datetime) -> None:
    end_s = session.rows[-1].summary.elapsed_s
    for known in reader.sessions(store):
        same_start = abs((known.started - started).total_seconds()) < _SAME_S
        if known.key == session.sha256 or (same_start and abs(known.length_s - end_s) < _SAME_S):
            raise StoreError(_ALREADY, file=file, id=known.id)


def _events(session: CsvSession) -> tuple[datetime, list[SessionEvent]]:
    """When it began, and what happened."""
    first = session.rows[0]
    started = first.time - timedelta(seconds=first.summary.elapsed_s)
    events = list(_timed(session.rows, started))
    return started, [*events, Ended(session.rows[-1].summary.elapsed_s, EndReason.STOPPED)]


def _timed(rows: list[CsvRow], started: datetime) -> Iterator[SessionEvent]:
    at, at_s = started, 0.0
    covered_s, markers, gap = 0.0, 0, None
    for row in rows:
        # Times of the clock have three digits, those of the session two.
        elapsed_s = round((row.time - at).total_seconds() + at_s, 3)
        if number(elapsed_s, 2) != row.cell_s:
            elapsed_s = row.summary.elapsed_s
            at, at_s = row.time, elapsed_s
            yield ClockSet(elapsed_s, at)
        for text in row.markers:
            markers += 1
            yield Marker(markers, elapsed_s, text)
        state = row.summary.state
        if gap is not None and state is not gap.reason:
            yield gap
            gap = None
        if state.seen:
            yield replace(row.summary, elapsed_s=elapsed_s)
        else:
            start_s = gap.start_s if gap is not None else max(covered_s, elapsed_s - (row.gap_s or _ROW_S))
            gap = Gap(start_s, elapsed_s, state)
        covered_s = elapsed_s
    if gap is not None:
        yield gap
