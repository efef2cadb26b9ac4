"""The sessions that are stored, as the window asks for them."""

import functools
import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from fer_desktop.app import paths
from fer_desktop.core.comparison.series import Series
from fer_desktop.core.errors import StoreError
from fer_desktop.core.seats.kept_aliases import erase_aliases
from fer_desktop.core.settings import Retention, Settings
from fer_desktop.pipeline.events import Marker
from fer_desktop.sessions import comparing
from fer_desktop.sessions.csv_of_events import save_csv
from fer_desktop.sessions.store import erasing, expiry, exports, reader, upkeep
from fer_desktop.sessions.store.sqlite.database import local_time
from fer_desktop.sessions.store.sqlite.faults import DamagedStoreError
from fer_desktop.ui.bridge.saved import Gone, Left, LeftFile, SavedSession, SavedState, Tended

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


def _for_a_window(ask: Callable[P, R]) -> Callable[P, R]:
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


_NO_FIGURES: Final = "No figures of this lesson are left: there is nothing to save."
_NO_FIGURES_BUT: Final = "No figures of this lesson are left with the others: its CSV file is {file}"


class StoredSessions:
    """Fulfils `ui.bridge.saved.SavedSessions`."""

    def __init__(self, store: Path, settings: Callable[[], Settings]) -> None:
        self._store, self._settings = store, settings
        self._changing = threading.Lock()  # one changes the store at a time, since SQLite waits for seconds only

    @property
    def store(self) -> Path:
        """The file that holds them."""
        return self._store

    @_for_a_window
    def tend(self) -> Tended:
        """Checks the store, repairs and backs it up, and lets go what was kept long enough. Raises StoreError."""
        with self._changing:
            done = upkeep.tend(self._store, self._keep_days())
        if done.repaired is not None:
            logger.warning("%s", done.repaired.sentence)
        return Tended(done.repaired.sentence if done.repaired is not None else None, _gone(done.erased))

    @_for_a_window
    def expire(self) -> Gone:
        """Lets go what was kept long enough. Raises StoreError."""
        with self._changing:
            return _gone(expiry.erase_expired(self._store, local_time(), self._keep_days()))

    @_for_a_window
    def unfinished(self) -> Sequence[SavedSession]:
        """Those that ended unexpectedly and of which she has not been told, newest first. Raises StoreError."""
        return [self._saved(found) for found in reader.unfinished(self._store)]

    @_for_a_window
    def listed(self) -> Sequence[SavedSession]:
        """All of them, newest first, with their markers. Raises StoreError."""
        found, markers = reader.sessions(self._store), reader.markers(self._store)
        return [self._saved(one, tuple(markers.get(one.id, ()))) for one in found]

    @_for_a_window
    def of_file(self, file: Path) -> SavedSession | None:
        """The one whose CSV file that is; of the store itself, the newest that is over. Raises StoreError."""
        found = reader.sessions(self._store)
        over = (one for one in found if one.state is not reader.SessionState.RECORDING)
        session = next((one for one in over if file in (one.csv_file, self._store)), None)
        return None if session is None else self._saved(session)

    @_for_a_window
    def go(self, keep: Retention) -> Sequence[datetime]:
        """When each goes that does, kept for so long; the next one first. Raises StoreError."""
        times = (expiry.goes_at(found, keep.days) for found in reader.sessions(self._store))
        return sorted(at for at in times if at is not None)

    @_for_a_window
    def keep(self, session: SavedSession) -> None:
        """Takes one that ended unexpectedly as it is; it is not offered again. Raises StoreError."""
        reader.acknowledge(self._store, self._found(session).id)

    def csv_name(self, session: SavedSession) -> Path:
        """A free place for its CSV file."""
        folder, name = paths.sessions_folder(self._settings()), f"session {session.started:%Y-%m-%d %H-%M-%S}"
        if not folder.is_dir():  # nothing was written there yet, and a file dialog opens no such folder
            folder = folder.parent
        file, count = folder / f"{name}.csv", 1
        while file.exists():
            count += 1
            file = folder / f"{name} ({count}).csv"
        return file

    @_for_a_window
    def save_csv(self, session: SavedSession, file: Path) -> None:
        """Writes its CSV file, whole. Raises StoreError."""
        exports.refuse_own(self._store, file)
        found = self._found(session)
        if not found.has_figures:
            own = _own_csv(found)
            raise StoreError(_NO_FIGURES) if own is None else StoreError(_NO_FIGURES_BUT, file=own)
        save_csv(reader.events(self._store, found.id), file)
        if file.absolute() != found.csv_file:
            exports.note_export(self._store, found.id, file)

    @_for_a_window
    def erase(self, sessions: Sequence[SavedSession]) -> Gone:
        """Erases them for good, from backups and with their CSV files. Raises StoreError."""
        wanted = {session.key for session in sessions}
        with self._changing:
            erasing.make_room(self._store)
            found = [one for one in reader.sessions(self._store) if one.key in wanted]
            return _gone(erasing.erase_all_of(self._store, found), wanted=True)

    @_for_a_window
    def erase_everything(self) -> Gone:
        """Erases all of them and all backups, and what was kept of aliases. Raises StoreError."""
        with self._changing:
            erase_aliases(paths.aliases_file(self._store))
            return _gone(erasing.erase_everything(self._store), wanted=True)

    @_for_a_window
    def erase_marker_text(self, session: SavedSession, number: int) -> Gone:
        """Erases what a marker says, for good; the moment stays. Raises StoreError."""
        with self._changing:
            erasing.make_room(self._store)
            return _gone(erasing.erase_marker_text(self._store, self._found(session).id, number), wanted=True)

    @_for_a_window
    def pair(self, session_id: int, other_id: int) -> tuple[Series, Series]:
        """Two lessons by their ids, counted alike. Raises StoreError."""
        return comparing.pair(self._store, session_id, other_id)

    @_for_a_window
    def with_earlier(self, session_id: int) -> tuple[Series, Sequence[Series]]:
        """A lesson, and the last ten of its class before it. Raises StoreError."""
        return comparing.with_earlier(self._store, session_id)

    def _keep_days(self) -> int | None:
        return self._settings().keep_sessions.days

    def _found(self, session: SavedSession) -> reader.StoredSession:
        """Where it is now: its id is another one once the store was repaired."""
        for found in reader.sessions(self._store):
            if found.key == session.key:
                return found
        raise StoreError("This lesson is no longer stored.")

    def _saved(self, found: reader.StoredSession, markers: tuple[Marker, ...] = ()) -> SavedSession:
        goes = expiry.goes_at(found, self._keep_days())
        state = SavedState(found.state.value)
        seen = found.has_figures or found.state is reader.SessionState.RECORDING
        own = None if seen else _own_csv(found)
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
        )


def _own_csv(session: reader.StoredSession) -> Path | None:
    return session.csv_file if session.csv_file is not None and session.csv_file.exists() else None


def _gone(erased: erasing.Erased, wanted: bool = False) -> Gone:
    """`wanted`: she erased it herself, and would know what else there is. What expires does not concern her copies."""
    if erased.sessions:
        logger.info("Erased %d sessions", len(erased.sessions))
    why = Left.CSV if erased.sessions else Left.MARKER
    left = [LeftFile(why, one.file, one.started) for one in erased.out_of_reach]
    copies = [LeftFile(Left.COPY, file) for file in erased.exports if wanted]
    return Gone(len(erased.sessions), (*left, *copies))
