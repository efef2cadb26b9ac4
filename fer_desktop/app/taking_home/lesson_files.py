"""Files of lessons for the window: what the commands `export`, `sessions backup|restore` and `import` do."""

import importlib.util
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from fer_desktop.app import paths
from fer_desktop.app.saved import StoredSessions, for_a_window, own_csv
from fer_desktop.app.taking_home.reports import report_maker
from fer_desktop.app.terminal.outputs import is_writable
from fer_desktop.core.errors import SourceError, StoreError
from fer_desktop.core.messages import Message
from fer_desktop.core.policy import Opening, verdict
from fer_desktop.core.settings import Settings
from fer_desktop.sessions.exports.export import Exporter
from fer_desktop.sessions.exports.kinds import Format
from fer_desktop.sessions.exports.names import free_file
from fer_desktop.sessions.store import expiry, moving
from fer_desktop.sessions.store.sqlite.database import local_time
from fer_desktop.ui.bridge.lesson_files import BroughtBack, FileKind, Seen, Tell
from fer_desktop.ui.bridge.saved import SavedSession

_OPENINGS: Final = {
    Seen.CLASS: Opening.RECORDING,  # others, however they were seen then
    Seen.MYSELF: Opening.OWN_RECORDING,
    Seen.DEMO: Opening.DEMO,
}
_NO_FIGURES: Final = "No figures of this lesson are left: there is nothing to save."
_NO_FIGURES_BUT: Final = "No figures of this lesson are left with the others: its CSV file is {file}"


class StoredLessonFiles:
    """Fulfils `ui.bridge.lesson_files.LessonFiles`."""

    def __init__(self, stored: StoredSessions, settings: Callable[[], Settings]) -> None:
        self._stored, self._settings = stored, settings

    def folder(self) -> Path:
        """The one that was used last, else that of the CSV files; quick."""
        chosen = self._settings().export_folder
        return Path(chosen) if chosen else paths.sessions_folder(self._settings())

    def can_make(self, kind: FileKind) -> bool:
        """Whether what that kind needs is installed; quick."""
        return kind is not FileKind.PARQUET or importlib.util.find_spec("pyarrow") is not None

    def exporter(self, kind: FileKind, folder: Path) -> "_LessonExporter":
        """What makes such files. Raises StoreError where nothing can be written in the folder."""
        self._check(folder)
        settings, wanted = self._settings(), Format(kind.value)
        return _LessonExporter(
            self._stored, Exporter(self._stored.store, folder, wanted, report_maker(wanted, settings))
        )

    def free_backup(self, folder: Path) -> Path:
        """By its day. Raises StoreError where nothing can be written there."""
        self._check(folder)
        return free_file(folder, f"FER Desktop {datetime.now().astimezone():%Y-%m-%d}", "db")

    @for_a_window
    def back_up(self, file: Path, tell: Tell) -> int:
        """Writes all lessons into one new file. Raises StoreError."""
        return moving.save_backup(self._stored.store, file, tell)

    @for_a_window
    def restore(self, file: Path, tell: Tell) -> BroughtBack:
        """Adds the lessons of a backup that are not here. Raises StoreError."""
        with self._stored.changing:
            done = moving.restore(self._stored.store, file, tell=tell)
        old = {one.id for one in expiry.expired(self._stored.store, local_time(), self._settings().keep_sessions.days)}
        return BroughtBack(len(done.lessons), done.kept, len(old.intersection(done.lessons)))

    def _check(self, folder: Path) -> None:
        if folder == paths.sessions_folder(self._settings()):
            _make(folder)  # nothing was written there yet
        if not folder.is_dir():
            raise StoreError("The folder {folder} is not there: choose another, or connect its drive.", folder=folder)
        if not is_writable(folder):
            raise StoreError("Nothing can be written in the folder {folder}: choose another.", folder=folder)

    def import_refusal(self, seen: Seen) -> Message | None:
        """Why a CSV of those may not be taken over with her answers; quick."""
        return verdict(self._settings(), _OPENINGS[seen]).refusal

    @for_a_window
    def import_csv(self, file: Path, seen: Seen) -> None:
        """Makes a lesson of a session's CSV. Raises SourceError, StoreError."""
        from fer_desktop.sessions.imports.import_csv import import_csv

        refusal = self.import_refusal(seen)
        if refusal is not None:
            raise SourceError(refusal)
        with self._stored.changing:
            import_csv(self._stored.store, file, live_class=seen is Seen.CLASS)


class _LessonExporter:
    """Fulfils `ui.bridge.lesson_files.LessonExporter`."""

    def __init__(self, stored: StoredSessions, exporter: Exporter) -> None:
        self._stored, self._exporter = stored, exporter

    @for_a_window
    def export(self, session: SavedSession) -> Path:
        """Writes one lesson. Raises StoreError."""
        found = self._stored.found(session)
        if not found.has_figures:
            own = own_csv(found)
            raise StoreError(_NO_FIGURES) if own is None else StoreError(_NO_FIGURES_BUT, file=own)
        return self._exporter.export(found.id).file

    def finish(self) -> Path | None:
        """Writes what the columns hold. Raises StoreError."""
        return self._exporter.dictionary()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("Nothing can be written in the folder {folder}: choose another.", folder=folder) from error
