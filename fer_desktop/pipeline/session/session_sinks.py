"""Where a session's events are kept: its file, and a store beside it that may fail without the session."""

from fer_desktop.core.messages import Message
from fer_desktop.pipeline.events import SessionEvent
from fer_desktop.pipeline.ports import ClosableSink, SessionFile
from fer_desktop.pipeline.session.retrying_sink import RetryingSink


class SessionSinks:
    """Keeps each event in both; neither waits for the other. A session waits for its file alone."""

    def __init__(self, file: SessionFile, store: ClosableSink | None = None) -> None:
        self._files: list[ClosableSink] = [file] if store is None else [file, store]
        self._sinks = [RetryingSink(target) for target in self._files]

    @property
    def unsaved(self) -> int:
        """Events that wait in memory for the file."""
        return self._sinks[0].unsaved

    @property
    def unsaved_seconds(self) -> int:
        """Summaries among them."""
        return self._sinks[0].unsaved_seconds

    @property
    def problem(self) -> Message | None:
        """Why the last try failed, of the file first; None where nothing waits."""
        return next((sink.problem for sink in self._sinks if sink.problem is not None), None)

    def write(self, event: SessionEvent) -> None:
        """Keeps the event in both: on disk where that works, else in memory."""
        for sink in self._sinks:
            sink.write(event)

    def retry(self) -> None:
        """Tries what waits once more."""
        for sink in self._sinks:
            sink.retry()

    def close(self) -> None:
        """Closes both; may be called twice."""
        for file in self._files:
            file.close()
