"""The lesson that a recording becomes: made on its own while the recording is read, then put among the others."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fer_desktop import __version__
from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.figure_settings import FIGURE_SETTINGS
from fer_desktop.core.errors import SourceError
from fer_desktop.pipeline.events import Ended, SessionEvent
from fer_desktop.sessions.store.writer import SessionFacts, SessionStore

# Events of one transaction: a lesson that can be made anew need not be safe each second.
_AT_ONCE: Final = 300


class LessonBeside:
    """A sink that stores a lesson in a file of its own, which nobody else waits for."""

    def __init__(self, file: Path, facts: SessionFacts) -> None:
        """What is there of an earlier try is removed."""
        for old in (file, *file.parent.glob(f"{file.name}*")):
            old.unlink(missing_ok=True)
        self._store = SessionStore(file, facts)
        self._waiting: list[SessionEvent] = []

    def write(self, event: SessionEvent) -> None:
        """Takes an event; it is stored with those that follow, and at the latest with the end. Raises StoreError."""
        self._waiting.append(event)
        if len(self._waiting) >= _AT_ONCE or isinstance(event, Ended):
            waiting: Sequence[SessionEvent] = self._waiting
            self._store.write_many(waiting)
            self._waiting = []

    def close(self) -> None:
        """Lets the file go."""
        self._store.close()


def facts_of(models: LoadedModels, key: str, every_s: float) -> SessionFacts:
    """What is known of a recording's lesson before its first event."""
    return SessionFacts(__version__, models.sha256, _shapes_figures(models, every_s), None, key)


def recording_key(path: Path, models: LoadedModels, every_s: float) -> str:
    """By which a recording, read in one way, is known again, whatever it is called: 64 hexadecimal digits.

    Reads the whole file. Raises SourceError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError("The recording {path} cannot be opened: check that you may read it.", path=path) from error
    how = json.dumps([content, models.sha256, _shapes_figures(models, every_s)], sort_keys=True, default=str)
    return hashlib.sha256(how.encode()).hexdigest()


def _shapes_figures(models: LoadedModels, every_s: float) -> dict[str, object]:
    return {name: getattr(models.settings, name) for name in FIGURE_SETTINGS} | {"every_s": every_s}
