"""Writes a running session into the store: one commit a second."""

import json
import logging
import os
import sqlite3
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from fer_desktop.core.calls import tells_which
from fer_desktop.core.errors import StoreError
from fer_desktop.core.messages import Message, message
from fer_desktop.core.types import Summary
from fer_desktop.pipeline.events import Ended, Gap, SessionEvent, Started, TakenUp
from fer_desktop.sessions.store.apply import Place, apply, storable
from fer_desktop.sessions.store.repair import REPAIRS
from fer_desktop.sessions.store.repairing import Repairing
from fer_desktop.sessions.store.sqlite.carry import Carried, carried_from, insert_carried, marks
from fer_desktop.sessions.store.sqlite.database import open_store, opened
from fer_desktop.sessions.store.sqlite.faults import DamagedStoreError, ElsewhereError, told
from fer_desktop.sessions.store.sqlite.lock import RecordingLock, recorded

logger = logging.getLogger(__name__)

# A store that fails is left alone for this long, so that waiting for it never takes the session's own time.
AGAIN_S: Final = 10.0
_ELSEWHERE: Final = (
    "Another window of this program is recording: this session is kept in its CSV file alone until that one ends."
)
_REPAIRED: Final = (
    "The store of sessions is damaged and is being repaired: this session is stored as soon as that is done."
)
_GONE: Final = (
    "The store of sessions was moved, removed or replaced: this session is written again from its start, to {path}."
)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is known of a session before its first event."""

    program: str  # version
    model_sha256: str
    settings: Mapping[str, object] = field(default_factory=dict)  # that shape the figures
    csv_file: Path | None = None
    recording: str = ""  # which recording is read, and how; empty where it is none


class SessionStore:
    """A sink of one session's events. One thread.

    What comes between two summaries is stored with the second of them, in one transaction, so that a session is never
    seen with half a second in it.
    """

    def __init__(self, path: Path, facts: SessionFacts, again_s: float = AGAIN_S) -> None:
        """Touches nothing yet: the store is opened with the first event."""
        self._path, self._facts, self._pause_s = path, facts, again_s
        self._key = uuid.uuid4().hex
        self._lock = RecordingLock(path)
        self._connection: sqlite3.Connection | None = None
        self._file_id: tuple[int, int] | None = None
        self._carried: Carried | None = None  # out of a file that was moved away
        self._notice: Message | None = None
        self._csv_moved = False  # and the store does not know it yet
        self._damaged = False  # and to be repaired before it is used again
        self._repairing: Repairing | None = None
        self._started: Started | None = None
        self._pending: list[SessionEvent] = []
        self._place = Place()
        self._failed: StoreError | None = None
        self._again_s = 0.0

    @property
    def path(self) -> Path:
        """The file of the store."""
        return self._path

    @property
    def notice(self) -> Message | None:
        """What happened to the store that the user should know; nothing is lost by it. None: nothing happened."""
        return self._notice

    @property
    def session_id(self) -> int | None:
        """The session's id in the store; None before its start is there."""
        return self._place.session or None

    def open(self) -> None:
        """Opens the store before there is anything to be kept. Raises StoreError where that cannot be done."""
        with told(self._path):
            self._connected()

    def write(self, event: SessionEvent) -> None:
        """Takes an event; with a summary, a gap, the start or an end all that came before is on disk at return.

        Raises StoreError, and may be tried again; at once where the last failure is a moment ago, except for the end.
        """
        self.write_many((event,))

    def write_many(self, events: Sequence[SessionEvent]) -> None:
        """As `write` for each, with one commit."""
        if not any(isinstance(event, Ended) for event in events):  # after which there may be no other time to try
            self._let_alone()
        if not any(isinstance(event, Started | Summary | Gap | Ended | TakenUp) for event in events):
            self._pending += events
            return
        self._try([*self._pending, *events])
        self._pending.clear()

    def move_csv(self, file: Path) -> None:
        """The session's CSV is that file from here on, and goes with the session; where it has none, that stays so.

        Raises StoreError; it is stored with the next event then.
        """
        if self._facts.csv_file is None:
            return
        self._facts = replace(self._facts, csv_file=file)
        self._csv_moved = True
        if self._started is not None:
            self._let_alone()
            self._try([])

    def _let_alone(self) -> None:
        if self._failed is not None and time.monotonic() < self._again_s:
            raise self._failed

    def _try(self, events: list[SessionEvent]) -> None:
        try:
            self._store(events)
        except StoreError as error:
            self._damaged = isinstance(error, DamagedStoreError)
            self._failed, self._again_s = error, time.monotonic() + (0.0 if self._damaged else self._pause_s)
            self._disconnect()
            raise
        self._failed = None

    def verify(self) -> None:
        """Opens the closed store again and sees whether the session is there to its end. Raises StoreError if not."""
        ended = None
        if self._path.exists():
            with opened(self._path) as connection:
                query = "SELECT end_reason FROM sessions WHERE key = ?"
                ended = connection.execute(query, (self._key,)).fetchone()
        if ended is None or ended[0] is None:
            raise StoreError("The session cannot be read back from {path}: look at its disk.", path=self._path)

    def reopen(self) -> None:
        """Sees whether the session is still there that goes on after its end; the next event connects to the store.

        Raises StoreError: what was erased in between must not come back.
        """
        if self._path.exists():
            with opened(self._path) as connection:
                if connection.execute("SELECT 1 FROM sessions WHERE key = ?", (self._key,)).fetchone():
                    return
        raise StoreError("This lesson is no longer stored: begin a new session.")

    def close(self) -> None:
        """Closes the store; a session without its end has ended unexpectedly. May be called twice."""
        self._disconnect()
        if self._repairing is not None:
            self._repairing.leave()
        else:
            self._lock.release()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _store(self, events: list[SessionEvent]) -> None:
        with told(self._path):
            known = self._connection
            connection = self._connected()
            connection.execute("BEGIN IMMEDIATE")
            try:
                place = self._place
                if self._carried is not None:
                    insert_carried(connection, self._carried)
                if connection is not known and self._started is not None:
                    # The file may be another one, or one that has lost this session.
                    place = replace(place, session=self._start(connection, self._started))
                for event in events:
                    if isinstance(event, Started):
                        self._started = event
                        place = replace(place, session=self._start(connection, event))
                    else:
                        place = apply(connection, event, place)
                if self._csv_moved:
                    row = (self._csv_file(), place.session)
                    connection.execute("UPDATE sessions SET csv_file = ? WHERE id = ?", row)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            self._place, self._carried, self._csv_moved = place, None, False

    def _connected(self) -> sqlite3.Connection:
        if self._connection is not None and _file_id(self._path) != self._file_id:
            self._carry(self._connection)
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._lock.acquire(self._key):
                raise StoreError(_REPAIRED) if recorded(self._path) == REPAIRS else ElsewhereError(_ELSEWHERE)
            self._connection = self._open()
            self._file_id = _file_id(self._path)
        return self._connection

    def _open(self) -> sqlite3.Connection:
        if self._repairing is None and not self._damaged:
            try:
                return open_store(self._path)
            except DamagedStoreError:
                pass
        if self._repairing is None:
            self._repairing = Repairing(self._path, self._lock)
        if not self._repairing.is_over():
            raise StoreError(_REPAIRED)
        failed, self._repairing = self._repairing.failed, None
        if failed is not None:
            raise failed
        self._damaged = False
        return open_store(self._path)

    def _carry(self, connection: sqlite3.Connection) -> None:
        """Takes the session out of the file that was moved away, which is still open, to put it into a new one."""
        self._notice = message(_GONE, path=self._path)
        logger.warning("%s", self._notice)
        if self._carried is None and self._place.session:
            self._carried = carried_from(connection, self._place.session)
        # The files beside the old one go with it; only then may there be a new one.
        self._disconnect()
        self._lock.release()

    def _start(self, connection: sqlite3.Connection, event: Started) -> int:
        if event.at.utcoffset() is None:
            raise ValueError("the start of a session needs its offset from UTC")
        facts, source = self._facts, storable(event.source)
        # What she called the last lesson of the same source this one is called as well.
        last = connection.execute(
            "SELECT name, class_name FROM sessions WHERE source = ? AND live_class = ? ORDER BY id DESC LIMIT 1",
            (source, int(event.live_class)),
        ).fetchone()
        name, class_name = last if last is not None and tells_which(source) else ("", "")
        row = {
            "key": self._key,
            "started": event.at.isoformat(),
            "source": source,
            "name": name,
            "class_name": class_name,
            "live_class": int(event.live_class),
            "program": facts.program,
            "model_sha256": facts.model_sha256,
            "settings": json.dumps(dict(facts.settings), default=str),
            "csv_file": self._csv_file(),
            "recording": facts.recording,
        }
        connection.execute(
            f"INSERT INTO sessions ({', '.join(row)}) VALUES ({marks(tuple(row))}) ON CONFLICT (key) DO NOTHING",
            tuple(row.values()),
        )
        return int(connection.execute("SELECT id FROM sessions WHERE key = ?", (self._key,)).fetchone()[0])

    def _csv_file(self) -> str:
        file = self._facts.csv_file
        return "" if file is None else storable(os.fspath(file.absolute()))


def _file_id(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
