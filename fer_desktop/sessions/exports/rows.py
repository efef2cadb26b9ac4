"""A lesson's CSV read back as typed rows, so that every kind of file has the same ones, one at a time."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from fer_desktop.sessions.csv_export import HEADER
from fer_desktop.sessions.exports.columns import TEXTS, WHOLE
from fer_desktop.sessions.exports.lesson import Lesson
from fer_desktop.sessions.exports.moments import Moment

Cell = str | int | float | datetime | None
Row = list[Cell]


def typed_rows(file: Path) -> Iterator[Row]:
    """The rows under the header, in the order of HEADER. Raises OSError."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = csv.reader(opened)
        next(lines)
        for line in lines:
            yield [_typed(name, cell) for name, cell in zip(HEADER, line, strict=True)]


def moment_row(lesson: Lesson, moment: Moment) -> Row:
    """The cells of a moment, in the order of columns.MOMENTS."""
    length_s = None if moment.length_s is None else round(moment.length_s, 2)
    when = lesson.time_of(moment.elapsed_s), round(moment.elapsed_s, 2), length_s
    return [*when, moment.kind.value, moment.name, moment.faces, moment.usual, moment.of]


def _typed(name: str, cell: str) -> Cell:
    if name in TEXTS:
        return cell
    if not cell:
        return None
    if name == "time":
        return datetime.fromisoformat(cell)
    return int(cell) if name in WHOLE else float(cell)
