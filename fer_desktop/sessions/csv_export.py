"""A session as CSV: one row a second, written while it runs."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.types import FloatArray, Summary
from fer_desktop.pipeline.events import Marker, SessionEvent, Started
from fer_desktop.sessions.csv_file import CsvFile, FileTakenError, number, text

SCHEMA_VERSION: Final = 2
HEADER: Final = (
    "time",
    "elapsed_s",
    "state",
    "seats",
    "cameras_on",
    "faces",
    "readable",
    *(f"{figure}_{expression}" for figure in ("mean", "low", "high", "count") for expression in EXPRESSIONS),
    "left",
    "came_back",
    "marker",
)


class SessionCsv:
    """The file of a running session, a sink of its events; it is readable and complete after each row."""

    def __init__(self, path: Path) -> None:
        """Creates the file.

        Raises FileTakenError where the file exists, StoreError where the folder cannot be written.
        """
        self._file = CsvFile(path, HEADER)
        self._started: datetime | None = None
        self._markers: list[str] = []  # of the second whose row is still to come

    @property
    def path(self) -> Path:
        """The CSV file."""
        return self._file.path

    def write(self, event: SessionEvent) -> None:
        """Adds a row for each summary; it is safely on disk when this returns.

        A marker stands in the row of its second. Raises StoreError, and may then be tried again.
        """
        match event:
            case Started(at):
                if at.utcoffset() is None:
                    raise ValueError("the start of a session needs its offset from UTC")
                self._started = at
            case Marker():
                self._markers.append(event.text)
            case Summary():
                if self._started is None:
                    raise ValueError("a session's first event is its start")
                self._file.append([_row(event, self._started, "; ".join(self._markers))])
                self._markers.clear()
            case _:
                pass  # has no column

    def close(self) -> None:
        """Closes the file; may be called twice."""
        self._file.close()


def new_session(folder: Path, started: datetime) -> SessionCsv:
    """A new file in `folder`, named after the session's start; never overwrites another. Raises StoreError."""
    name = f"session {started:%Y-%m-%d %H-%M-%S}"
    count = 1
    while True:
        try:
            return SessionCsv(folder / (f"{name}.csv" if count == 1 else f"{name} ({count}).csv"))
        except FileTakenError:
            count += 1


def _row(summary: Summary, started: datetime, marker: str) -> list[str]:
    time = started + timedelta(seconds=summary.elapsed_s)
    return [
        time.isoformat(timespec="milliseconds"),
        number(summary.elapsed_s, 2),
        summary.state.value,
        *(str(count) for count in (summary.seats, summary.cameras_on, summary.faces, summary.readable)),
        *_figures(summary.mean),
        *_figures(summary.low),
        *_figures(summary.high),
        *(str(int(count)) for count in summary.counts),
        str(summary.left),
        str(summary.came_back),
        text(marker),
    ]


def _figures(values: FloatArray) -> list[str]:
    return [number(float(value), 4) for value in values]
