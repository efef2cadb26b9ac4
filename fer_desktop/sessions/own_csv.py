"""Whether a session's CSV file is still as the program wrote it: what is changed in it is hers."""

import csv
import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.types import State, Summary
from fer_desktop.pipeline.events import ClockSet, Ended, Gap, Marker, SessionEvent, Started
from fer_desktop.sessions.csv_export import HEADER, Clock, row_of
from fer_desktop.sessions.csv_file import head_of, line_of, number, text

_END: Final = b"\r\n"
_TIME, _ELAPSED, _STATE, _GAP, _LEFT, _BACK, _MARKER = (
    HEADER.index(name) for name in ("time", "elapsed_s", "state", "gap_s", "left", "came_back", "marker")
)
_ROUNDING_S: Final = 0.01  # of a file's times
_NUMBER: Final = re.compile(r"(-?\d+(\.\d+)?)?")
_PART_OF_ROW: Final = re.compile(r"\d[\d\-T:.+]*(,[\d.]*(,[a-z ]*(,[\d.\-]*)*)?)?")


class Held(Enum):
    """What a file holds, held against the session in the store."""

    STORED = "rows of the session, and the store has all of them"
    MORE = "rows of the session, and the store lacks some: the program was killed, or the store was damaged"
    OTHER = "what the program did not write, or nothing that can be read"


def held_in(file: Path, events: Iterable[SessionEvent], former_texts: Collection[str] = ()) -> Held:
    """What the file holds of the session of these events, held against them to the last byte.

    A session that broke off may have left a part of its last row. What a marker said need not be in the row that the
    store would put it in, but has to be in the store, or to have been: `former_texts` are hashes of that.
    """
    known = _Known(events, former_texts)
    try:
        data = file.read_bytes()
        head = head_of(HEADER)
        if not data.startswith(head):
            return Held.OTHER
        *lines, rest = data[len(head) :].split(_END)
        if rest and (known.ended or not _PART_OF_ROW.fullmatch(rest.removesuffix(b"\r").decode("ascii"))):
            return Held.OTHER
        found = {known.held(line) for line in lines}
    except (OSError, ValueError, TypeError, csv.Error):
        return Held.OTHER
    for held in (Held.OTHER, Held.MORE):
        if held in found:
            return held
    return Held.MORE if rest else Held.STORED


class _Known:
    """What the store has of a session, and the rows that are made of it."""

    def __init__(self, events: Iterable[SessionEvent], former_texts: Collection[str]) -> None:
        self._former_texts = former_texts
        self._clocks: list[Clock] = []
        self.ended = False
        self._seconds: dict[str, Summary] = {}
        self._said: set[str] = set()
        self._covered_s = 0.0
        for event in events:
            match event:
                case Started(at):
                    self._clocks.append((at, 0.0))
                case ClockSet(elapsed_s, at):
                    self._clocks.append((at, elapsed_s))
                case Summary():
                    self._seconds[number(event.elapsed_s, 2)] = event
                case Marker():
                    self._said |= _pieces(text(event.text))
                case Ended():
                    self.ended = True
            self._covered_s = max(self._covered_s, _end_of(event))

    def held(self, line: bytes) -> Held:
        """Whose that row is. Raises ValueError, TypeError, csv.Error where it is no row."""
        cells = next(csv.reader([line.decode("utf-8")]))
        if len(cells) != len(HEADER) or line_of(cells) != line + _END:
            return Held.OTHER
        elapsed_s, state = float(cells[_ELAPSED]), State(cells[_STATE])
        beyond = elapsed_s > self._covered_s + _ROUNDING_S
        if not self._has_time(cells[_TIME], elapsed_s) or not (beyond or self._said_all(cells[_MARKER])):
            return Held.OTHER
        second = self._seconds.get(cells[_ELAPSED])
        if second is None and state.seen:  # lost by the store, or not stored yet
            return Held.MORE if all(_NUMBER.fullmatch(cell) for cell in cells[_GAP:_MARKER]) else Held.OTHER
        if second is None:
            empty = summarize((), 0, elapsed_s, state)
            second = replace(empty, left=int(cells[_LEFT]), came_back=int(cells[_BACK]))
        if cells[1:] != row_of(second, self._clocks[0], cells[_MARKER], cells[_GAP])[1:]:
            return Held.OTHER
        return Held.MORE if beyond else Held.STORED

    def _said_all(self, marker: str) -> bool:
        return all(hash_of(piece) in self._former_texts for piece in _pieces(marker) - self._said)

    def _has_time(self, time: str, elapsed_s: float) -> bool:
        at = datetime.fromisoformat(time)
        passed = [(at - clock).total_seconds() + at_s - elapsed_s for clock, at_s in self._clocks]
        return time == at.isoformat(timespec="milliseconds") and min(map(abs, passed)) <= _ROUNDING_S


def hashes_of(said: str) -> set[str]:
    """By which the parts of what a marker said are known in a file without being kept."""
    return {hash_of(piece) for piece in _pieces(text(said))}


def hash_of(piece: str) -> str:
    """Of a part between semicolons."""
    return hashlib.sha256(piece.encode("utf-8", errors="backslashreplace")).hexdigest()


def _end_of(event: SessionEvent) -> float:
    """Up to where the event tells of the session."""
    match event:
        case Summary() | Ended():
            return event.elapsed_s
        case Gap():
            return event.end_s
    return 0.0


def _pieces(marker: str) -> set[str]:
    """What stands between the semicolons."""
    return {piece.strip() for piece in marker.split(";")} - {""}
