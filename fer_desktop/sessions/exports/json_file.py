"""A lesson as JSON; docs/exports.md says what it holds."""

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from fer_desktop.sessions.csv_export import HEADER, SCHEMA_VERSION
from fer_desktop.sessions.exports.columns import LIMITS, MOMENTS, NO_VERDICT, SECONDS
from fer_desktop.sessions.exports.lesson import Lesson
from fer_desktop.sessions.exports.rows import moment_row, typed_rows

FORMAT: Final = "fer-desktop lesson"
VERSION: Final = 1


def write_json(lesson: Lesson, table: Path, file: Path) -> None:
    """Writes the lesson, whose CSV is `table`. Raises OSError."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "csv_schema": SCHEMA_VERSION,
        "about": NO_VERDICT,
        "limits": LIMITS if lesson.stored.live_class else "",
        "lesson": lesson.figures(),
        "columns": SECONDS,
        "moment_columns": MOMENTS,
        "moments": [dict(zip(MOMENTS, moment_row(lesson, moment), strict=True)) for moment in lesson.moments],
    }
    with file.open("w", encoding="utf-8", newline="\n") as opened:
        # The seconds last and line by line: there may be many.
        opened.write(_text(head)[:-1] + ', "seconds": [')
        for number, row in enumerate(typed_rows(table)):
            opened.write((",\n" if number else "\n") + _text(dict(zip(HEADER, row, strict=True))))
        opened.write("\n]}\n")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_time)


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    raise TypeError(f"{value!r} has no JSON")
