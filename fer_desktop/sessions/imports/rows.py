"""The rows of a session's CSV of schema 1, 2 or 3, as values; anything else is refused."""

import csv
import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.types import State, Summary
from fer_desktop.sessions.csv_export import HEADER

# By schema version; the columns that came later are missing.
HEADERS: Final = {
    3: HEADER,
    2: tuple(name for name in HEADER if name != "gap_s"),
    1: tuple(name for name in HEADER if name not in ("gap_s", "left", "came_back")),
}
_MOST_BYTES: Final = 100_000_000  # four days of rows
_MOST_SECONDS: Final = 10_000_000.0
_NOT_OURS: Final = "{file} is no session of this program: choose a CSV file that it has written."
_WRONG: Final = "{file} was changed, or is damaged, in line {line}: choose the CSV file as this program wrote it."
# What `text` in csv_file puts before a formula.
_APOSTROPHE: Final = re.compile(r"(^|;\s*)'(?=[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row."""

    time: datetime
    summary: Summary  # without figures where the second was not seen
    cell_s: str  # its time as it stands there
    gap_s: float | None
    markers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvSession:
    """All rows of a file."""

    schema: int
    rows: list[CsvRow]
    sha256: str  # of the file


def read_session(file: Path) -> CsvSession:
    """The session in a file. Raises StoreError, in one sentence, where it is none of ours or cannot be read."""
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            raise StoreError(_NOT_OURS, file=file)
        with file.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        with file.open(encoding="utf-8-sig", newline="") as text:
            lines = csv.reader(text)
            header = tuple(next(lines, ()))
            schema = next((version for version, names in HEADERS.items() if names == header), None)
            if schema is None:
                raise StoreError(_NOT_OURS, file=file)
            return CsvSession(schema, list(_rows(file, header, lines)), sha256)
    except OSError as error:
        raise StoreError("{file} cannot be opened: check its name, and that you may read it.", file=file) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise StoreError(_NOT_OURS, file=file) from error


def _rows(file: Path, header: tuple[str, ...], lines: Iterator[list[str]]) -> Iterator[CsvRow]:
    before_s = 0.0
    for number, line in enumerate(lines, start=2):
        try:
            row = _row(dict(zip(header, line, strict=True)))
            if not before_s < row.summary.elapsed_s < _MOST_SECONDS:
                raise ValueError("times run backwards")
        except (ValueError, OverflowError) as error:
            raise StoreError(_WRONG, file=file, line=number) from error
        before_s = row.summary.elapsed_s
        yield row


def _row(cells: Mapping[str, str]) -> CsvRow:
    """Raises ValueError where a cell holds what the program does not write."""
    time = datetime.fromisoformat(cells["time"])
    if time.utcoffset() is None:
        raise ValueError("a time without its offset")
    mean, low, high = (_figures(cells, figure) for figure in ("mean", "low", "high"))
    counts = np.array([_count(cells[f"count_{expression}"] or "0") for expression in EXPRESSIONS], np.int64)
    seats, cameras_on, faces, readable = (_count(cells[name]) for name in ("seats", "cameras_on", "faces", "readable"))
    state = State(cells["state"])
    if state is State.LIVE and readable and np.isnan(mean).all():
        state = State.WITHHELD  # as it was called before version 3
    left, came_back = _count(cells.get("left", "0")), _count(cells.get("came_back", "0"))
    elapsed_s = _number(cells["elapsed_s"])
    summary = Summary(
        elapsed_s, state, seats, cameras_on, faces, readable, mean, low, high, counts, (), left, came_back
    )
    gap_s = _number(cells["gap_s"]) if cells.get("gap_s") else None
    return CsvRow(time, summary, cells["elapsed_s"], gap_s, _markers(cells["marker"]))


def _figures(cells: Mapping[str, str], figure: str) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    values = [_number(cells[f"{figure}_{expression}"] or "nan") for expression in EXPRESSIONS]
    if any(not (math.isnan(value) or 0 <= value <= 1) for value in values):
        raise ValueError("no share")
    return np.array(values, np.float32)


def _number(cell: str) -> float:
    value = float(cell)
    if math.isinf(value):
        raise ValueError("no number")
    return value


def _count(cell: str) -> int:
    value = int(cell)
    if not 0 <= value < 1_000_000:
        raise ValueError("no count")
    return value


def _markers(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (piece.strip() for piece in _APOSTROPHE.sub(r"\1", cell).split(";"))))
