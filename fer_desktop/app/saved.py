"""The sessions that are stored, as the window asks for them."""

import contextlib
import functools
import logging
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from fer_desktop.app import paths
from fer_desktop.core.comparison.series import Series
from fer_desktop.core.errors import StoreError
from fer_desktop.core.readings.outline import Outline
from fer_desktop.core.seats.kept_aliases import erase_aliases
from fer_desktop.core.settings import Retention, Settings
from fer_desktop.core.sources import DEMO_NAME
from fer_desktop.pipeline.events import Marker, MarkerColour, MarkerEdited
from fer_desktop.sessions import comparing
from fer_desktop.sessions.outline import outline
from fer_desktop.sessions.store import editing, erasing, expiry, reader, upkeep
from fer_desktop.sessions.store.sqlite.database import local_time
from fer_desktop.sessions.store.sqlite.drives import on_network
from fer_desktop.sessions.store.sqlite.faults import DamagedStoreError
from fer_desktop.ui.bridge.saved import Gone, Left, LeftFile, OpenedLesson, SavedSession, SavedState, Tended

logger = logging.getLogger(__name__)
_READINGS_S: Final = 7 * 86_400.0

P = ParamSpec("P")
R = TypeVar("R")


def for_a_window(ask: Callable[P, R]) -> Callable[P, R]:
    """What the command line is told to call, the next start of the window does by itself."""

    @functools.wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return ask(*args, **kwargs)
        except DamagedStoreError as error:
            logger.warning("%s", error)
            raise StoreError(
                "Your saved lessons are damaged: start the program again, and what can be read is saved."
            ) from error

    return asked


_NOT_STORED: Final = "This lesson is no longer stored."


class StoredSessions:
    """Fulfils `ui.bridge.saved.SavedSessions`."""

    def __init__(self, store: Path, settings: Callable[[], Settings]) -> None:
        self._store, self._settings = store, settings
        self.changing = threading.Lock()  # one changes the store at a time, since SQLite waits for seconds only

    @property
    def store(self) -> Path:
        """The file that holds them."""
        return self._store

    def on_network(self) -> bool:
        """Whether they lie on a drive of another computer."""
        return on_network(self._store)

    @for_a_window
    def tend(self) -> Tended:
        """Checks the store, repairs and backs it up, and lets go what was kept long enough. Raises StoreError."""
        self._let_go_readings()
        with self.changing:
            done = upkeep.tend(self._store, self._keep_days())
        if done.repaired is not None:
            logger.warning("%s", done.repaired.sentence)
        return Tended(done.repaired.sentence if done.repaired is not None else None, _gone(done.erased))

    @for_a_window
    def expire(self) -> Gone:
        """Lets go what was kept long enough. Raises StoreError."""
        with self.changing:
            return _gone(expiry.erase_expired(self._store, local_time(), self._keep_days()))

    @for_a_window
    def unfinished(self) -> Sequence[SavedSession]:
        """Those that ended unexpectedly and of which she has not been told, newest first. Raises StoreError."""
        return [self._saved(found) for found in reader.unfinished(self._store)]

    @for_a_window
    def listed(self) -> Sequence[SavedSession]:
        """All of them, newest first, with their markers. Raises StoreError."""
        found, markers = reader.sessions(self._store), reader.markers(self._store)
        return [self._saved(one, tuple(markers.get(one.id, ()))) for one in found]

    @for_a_window
    def outline(self, session: SavedSession) -> Outline:
        """How well it was covered, and its course. Raises StoreError."""
        return outline(self._store, self.found(session).id, session.length_s)

    @for_a_window
    def rename(self, session: SavedSession, name: str) -> None:
        """Calls it by that name, and the next one of its source too; empty: by its source's. Raises StoreError."""
        with self.changing:
            found = self.found(session)
            editing.rename(self._store, found.id, "" if name == found.source else name)

    @for_a_window
    def set_class(self, session: SavedSession, class_name: str) -> None:
        """Says which class it was of; empty: none. Raises StoreError."""
        with self.changing:
            editing.set_class(self._store, self.found(session).id, class_name)

    @for_a_window
    def of_file(self, file: Path) -> SavedSession | None:
        """The one whose CSV file that is; of the store itself, the newest that is over. Raises StoreError."""
        found = reader.sessions(self._store)
        over = (one for one in found if one.state is not reader.SessionState.RECORDING)
        session = next((one for one in over if file in (one.csv_file, self._store)), None)
        return None if session is None else self._saved(session)

    @for_a_window
    def go(self, keep: Retention) -> Sequence[datetime]:
        """When each goes that does, kept for so long; the next one first. Raises StoreError."""
        times = (expiry.goes_at(found, keep.days) for found in reader.sessions(self._store))
        return sorted(at for at in times if at is not None)

    @for_a_window
    def keep(self, session: SavedSession) -> None:
        """Takes one that ended unexpectedly as it is; it is not offered again. Raises StoreError."""
        reader.acknowledge(self._store, self.found(session).id)

    @for_a_window
    def opened(self, session_id: int) -> OpenedLesson:
        """All that is stored of the lesson of that id. Raises StoreError."""
        found = next((one for one in reader.sessions(self._store) if one.id == session_id), None)
        if found is None:
            raise StoreError(_NOT_STORED)
        events = reader.events(self._store, session_id)
        markers = tuple(event for event in events if isinstance(event, Marker))
        return OpenedLesson(self._saved(found, markers), found.live_class, found.own_notes, tuple(events))

    @for_a_window
    def set_notes(self, session: SavedSession, text: str) -> None:
        """Keeps what she wrote of it. Raises StoreError."""
        with self.changing:
            editing.set_notes(self._store, self.found(session).id, text)

    @for_a_window
    def add_marker(self, session: SavedSession, elapsed_s: float, text: str, colour: MarkerColour) -> Marker:
        """Marks a moment of it afterwards. Raises StoreError."""
        with self.changing:
            return editing.add_marker(self._store, self.found(session).id, elapsed_s, text, colour)

    @for_a_window
    def edit_marker(self, session: SavedSession, edited: MarkerEdited) -> None:
        """Changes a marker: without a text it is gone, with its time it comes back. Raises StoreError."""
        with self.changing:
            editing.edit_marker(self._store, self.found(session).id, edited)

    @for_a_window
    def pair(self, session_id: int, other_id: int) -> tuple[Series, Series]:
        """Two lessons by their ids, counted alike. Raises StoreError."""
        return comparing.pair(self._store, session_id, other_id)

    @for_a_window
    def with_earlier(self, session_id: int) -> tuple[Series, Sequence[Series]]:
        """A lesson, and the last ten of its class before it. Raises StoreError."""
        return comparing.with_earlier(self._store, session_id)

    def found(self, session: SavedSession) -> reader.StoredSession:
        """Where it is now: its id is another one once the store was repaired. Raises StoreError where it is gone."""
        if session.id:
            with contextlib.suppress(StoreError):  # met again below, where it is none of the id
                found = reader.session(self._store, session.id)
                if found.key == session.key:
                    return found
        for found in reader.sessions(self._store):
            if found.key == session.key:
                return found
        raise StoreError(_NOT_STORED)

    @for_a_window
    def erase(self, sessions: Sequence[SavedSession]) -> Gone:
        """Erases them for good, from backups and with their CSV files. Raises StoreError."""
        wanted = {session.key for session in sessions}
        with self.changing:
            erasing.make_room(self._store)
            found = [one for one in reader.sessions(self._store) if one.key in wanted]
            return _gone(erasing.erase_all_of(self._store, found), wanted=True)

    @for_a_window
    def erase_everything(self) -> Gone:
        """Erases all of them and all backups, and what was kept of aliases. Raises StoreError."""
        with self.changing:
            erase_aliases(paths.aliases_file(self._store))
            shutil.rmtree(paths.readings_folder(self._store), ignore_errors=True)
            return _gone(erasing.erase_everything(self._store), wanted=True)

    @for_a_window
    def erase_marker_text(self, session: SavedSession, number: int) -> Gone:
        """Erases what a marker says, for good; the moment stays. Raises StoreError."""
        with self.changing:
            erasing.make_room(self._store)
            return _gone(erasing.erase_marker_text(self._store, self.found(session).id, number), wanted=True)

    def _let_go_readings(self) -> None:
        """Removes readings of recordings that were interrupted long ago, and with which nobody went on."""
        before_s = time.time() - _READINGS_S
        for folder in paths.readings_folder(self._store).glob("*"):
            with contextlib.suppress(OSError):  # somebody goes on with it, or has removed it
                if max(file.stat().st_mtime for file in (folder, *folder.rglob("*"))) < before_s:
                    shutil.rmtree(folder)

    def _keep_days(self) -> int | None:
        return self._settings().keep_sessions.days

    def _saved(self, found: reader.StoredSession, markers: tuple[Marker, ...] = ()) -> SavedSession:
        goes = expiry.goes_at(found, self._keep_days())
        state = SavedState(found.state.value)
        seen = found.has_figures or found.state is reader.SessionState.RECORDING
        own = None if seen else own_csv(found)
        return SavedSession(
            found.key,
            found.name,
            found.started,
            found.length_s,
            state,
            goes,
            markers,
            seen,
            own,
            found.id,
            found.class_name,
            found.source,
            not found.live_class and found.source == DEMO_NAME,
            found.live_class,
        )


def own_csv(session: reader.StoredSession) -> Path | None:
    """The CSV file that was written while it ran, where that is still there."""
    return session.csv_file if session.csv_file is not None and session.csv_file.exists() else None


def _gone(erased: erasing.Erased, wanted: bool = False) -> Gone:
    """`wanted`: she erased it herself, and would know what else there is. What expires does not concern her copies."""
    if erased.sessions:
        logger.info("Erased %d sessions", len(erased.sessions))
    why = Left.CSV if erased.sessions else Left.MARKER
    left = [LeftFile(why, one.file, one.started) for one in erased.out_of_reach]
    copies = [LeftFile(Left.COPY, file) for file in erased.exports if wanted]
    return Gone(len(erased.sessions), (*left, *copies))
