"""A session as CSV: one row a second, and one for a long gap, written while it runs."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.messages import Message
from fer_desktop.core.types import FloatArray, State, Summary
from fer_desktop.pipeline.events import ClockSet, Marker, MarkerEdited, SessionEvent, Started
from fer_desktop.sessions.csv_file import CsvFile, FileTakenError, number, text

SCHEMA_VERSION: Final = 3
# A gap of so many seconds has a row for each; a longer one is a single row.
ROWS_OF_A_GAP: Final = 60
Clock = tuple[datetime, float]  # what the wall clock showed, and when
HEADER: Final = (
    "time",
    "elapsed_s",
    "state",
    "gap_s",
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

    def __init__(self, path: Path, durable: bool = True) -> None:
        """Creates the file; a `durable` one is on the disk after each row.

        Raises FileTakenError where the file exists, StoreError where the folder cannot be written.
        """
        self._file = CsvFile(path, HEADER, durable)
        self._clock: Clock | None = None  # what the wall clock showed, and when
        self._markers: dict[int, str] = {}  # by number, as they are now; an empty one was taken away or erased
        self._due: list[int] = []  # numbers of those whose row is still to come
        self._marked: dict[int, _MarkedRow] = {}  # by the row's number in the file
        self._late: list[tuple[int, float]] = []  # numbers and moments of those set afterwards
        self._ends_s: list[float] = []  # of the rows
        self._covered_s = 0.0  # up to where there are rows
        self._gap: _OpenGap | None = None  # that the last rows are of

    @property
    def path(self) -> Path:
        """The CSV file."""
        return self._file.path

    @property
    def notice(self) -> Message | None:
        """What happened to the file that the user should know; nothing is lost by it."""
        return self._file.notice

    def verify(self) -> None:
        """Opens the closed file again and counts its rows; writes it anew where they are not all there.

        Rows whose markers were renamed or taken away since say what these are now. Raises StoreError where that cannot
        be done, and may be tried again.
        """
        self._file.verify()
        self._place_late()
        edited = {row: marked for row, marked in self._marked.items() if marked.cells[-1] != self._said(marked.numbers)}
        if edited:
            rows = {row: (*marked.cells[:-1], self._said(marked.numbers)) for row, marked in edited.items()}
            self._file.replace_rows(rows)
            self._marked |= {row: replace(marked, cells=rows[row]) for row, marked in edited.items()}
            self._file.verify()

    def _place_late(self) -> None:
        for one, elapsed_s in self._late:
            row = bisect_left(self._ends_s, elapsed_s)
            marked = self._marked.get(row) or _MarkedRow(self._file.row(row), ())
            self._marked[row] = replace(marked, numbers=(*marked.numbers, one))
        self._late.clear()

    def write(self, event: SessionEvent) -> None:
        """Adds a row for each summary; it is safely on disk when this returns.

        A marker stands in the row of its second. The rows of a gap become one where it has grown long. Raises
        StoreError, and may then be tried again.
        """
        match event:
            case Started(at) | ClockSet(at=at):
                if at.utcoffset() is None:
                    raise ValueError("a session's clock needs its offset from UTC")
                self._clock = at, 0.0 if isinstance(event, Started) else event.elapsed_s
            case Marker():
                self._markers[event.number] = event.text
                if event.elapsed_s > self._covered_s or not self._ends_s:
                    self._due.append(event.number)
                else:  # of a row that is written: as with one that was renamed
                    self._late.append((event.number, event.elapsed_s))
            case MarkerEdited():
                # A row that is written is left until the end: a file that is written over may be lost half-way.
                self._markers[event.number] = event.text
            case Summary():
                self._add(event)
            case _:
                pass  # has no column

    def _add(self, summary: Summary) -> None:
        if self._clock is None:
            raise ValueError("a session's first event is its start")
        gap, numbers = self._gap, tuple(self._due)
        if summary.state.seen or summary.state is State.STARTING:
            gap = None
        elif gap is None or summary.state is not gap.state:
            gap = _OpenGap(summary.state, self._covered_s, self._file.rows)
        length_s = summary.elapsed_s - gap.start_s if gap is not None else 0.0
        at = self._file.rows
        if gap is not None and length_s > ROWS_OF_A_GAP:
            at, numbers = gap.first_row, (*gap.markers, *numbers)
            row = row_of(summary, self._clock, self._said(numbers), number(length_s, 2))
            self._file.replace_from(at, row)
            self._marked = {one: marked for one, marked in self._marked.items() if one < at}
        else:
            row = row_of(summary, self._clock, self._said(numbers))
            self._file.append([row])
        self._ends_s[at:] = [summary.elapsed_s]
        if numbers:
            self._marked[at] = _MarkedRow(tuple(row), numbers)
        if gap is not None:
            gap.markers.extend(self._due)
        self._gap, self._covered_s = gap, summary.elapsed_s
        self._due.clear()

    def _said(self, numbers: Iterable[int]) -> str:
        """The cell of these markers, as they are now."""
        return text("; ".join(filter(None, (self._markers[one] for one in numbers))))

    def reopen(self) -> None:
        """Opens the closed file again to go on. Raises StoreError where it is not as it was left."""
        self._file.reopen()

    def close(self) -> None:
        """Closes the file; may be called twice."""
        self._file.close()


@dataclass(slots=True)
class _OpenGap:
    """A gap that may still go on."""

    state: State
    start_s: float
    first_row: int  # number of its first row in the file
    markers: list[int] = field(default_factory=list)  # their numbers


@dataclass(frozen=True, slots=True)
class _MarkedRow:
    """A row as it was written, the cell of its markers last."""

    cells: tuple[str, ...]
    numbers: tuple[int, ...]  # of its markers


def new_session(folder: Path, started: datetime) -> SessionCsv:
    """A new file in `folder`, named after the session's start; never overwrites another. Raises StoreError."""
    name = f"session {started:%Y-%m-%d %H-%M-%S}"
    count = 1
    while True:
        try:
            return SessionCsv(folder / (f"{name}.csv" if count == 1 else f"{name} ({count}).csv"))
        except FileTakenError:
            count += 1


def row_of(summary: Summary, clock: Clock, marker: str, gap_s: str = "") -> list[str]:
    """A summary's cells; a count below zero is one that is not told."""
    at, at_s = clock
    time = at + timedelta(seconds=summary.elapsed_s - at_s)
    return [
        time.isoformat(timespec="milliseconds"),
        number(summary.elapsed_s, 2),
        summary.state.value,
        gap_s,
        *(str(count) for count in (summary.seats, summary.cameras_on, summary.faces, summary.readable)),
        *_figures(summary.mean),
        *_figures(summary.low),
        *_figures(summary.high),
        *(str(int(count)) if count >= 0 else "" for count in summary.counts),
        str(summary.left),
        str(summary.came_back),
        text(marker),
    ]


def _figures(values: FloatArray) -> list[str]:
    return [number(float(value), 4) for value in values]
