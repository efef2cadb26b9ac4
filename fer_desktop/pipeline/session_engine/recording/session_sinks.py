"""Where a session's events are kept: its file, and a store beside it that may fail without the session."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from fer_desktop.core.errors import FerError, StoreError
from fer_desktop.core.messages import Message
from fer_desktop.pipeline.events import SessionEvent
from fer_desktop.pipeline.ports import SessionFile, SessionStorage
from fer_desktop.pipeline.session_engine.recording.retrying_sink import RetryingSink


class SessionSinks:
    """Keeps each event in both; neither waits for the other. A session waits for its file alone."""

    def __init__(self, file: SessionFile, open_store: Callable[[Path], SessionStorage | None] | None = None) -> None:
        """Where the store cannot be opened, the file is kept alone; a session that is kept nowhere needs no store."""
        self._path = file.path
        self._file = RetryingSink(file)
        self._store: SessionStorage | None = None
        self._store_sink: RetryingSink | None = None
        self._not_opened: Message | None = None
        if open_store is not None and file.path is not None:
            try:
                self._store = open_store(file.path)
                self._store_sink = RetryingSink(self._store) if self._store is not None else None
            except FerError as error:
                self._not_opened = error.message

    @property
    def unsaved(self) -> int:
        """Events that wait in memory for the file."""
        return self._file.unsaved

    @property
    def unsaved_seconds(self) -> int:
        """Summaries among them."""
        return self._file.unsaved_seconds

    @property
    def problem(self) -> Message | None:
        """Why the last try to write the file failed; None where nothing waits for it."""
        return self._file.problem

    @property
    def store_problem(self) -> Message | None:
        """Why the store does not keep the session now; the file does."""
        return self._store_sink.problem if self._store_sink is not None else self._not_opened

    @property
    def store_notice(self) -> Message | None:
        """What happened to the store that cost nothing."""
        return self._store.notice if self._store is not None else None

    def write(self, event: SessionEvent) -> None:
        """Keeps the event in both: on disk where that works, else in memory."""
        self._file.write(event)
        if self._store_sink is not None:
            self._store_sink.write(event)

    def retry(self) -> None:
        """Tries what waits once more."""
        self._file.retry()
        if self._store_sink is not None:
            self._store_sink.retry()

    def follow(self, path: Path | None) -> None:
        """Tells the store where the file is now, which goes with the session when that is erased."""
        if path is not None and path != self._path and self._store is not None:
            # Events that fail tell of it too, and it is stored with the next that does not.
            with contextlib.suppress(StoreError):
                self._store.move_csv(path)
        self._path = path

    def reopen_store(self) -> None:
        """Goes on with a session after its end. Raises StoreError where the store had it and has it no longer."""
        if self._store is not None and self._store_sink is not None and not self._store_sink.unsaved:
            self._store.reopen()

    def close_store(self) -> None:
        """Lets the store go; may be called twice."""
        if self._store is not None:
            self._store.close()
