"""The seconds of a lesson as Parquet, through pyarrow, which is the extra `parquet`."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.csv_export import HEADER, SCHEMA_VERSION
from fer_desktop.sessions.exports.columns import LIMITS, NO_VERDICT, SECONDS, TEXTS, WHOLE
from fer_desktop.sessions.exports.lesson import Lesson
from fer_desktop.sessions.exports.rows import Row, typed_rows

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS: Final = 8192  # at a time


def needs_pyarrow() -> None:
    """Raises StoreError, with the way to it, where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401 (only whether it can be loaded is asked)
    except ImportError as error:
        raise StoreError(
            "Parquet needs pyarrow, which is not installed: `pip install pyarrow` beside this program, or choose CSV."
        ) from error


def write_parquet(lesson: Lesson, table: Path, file: Path) -> None:
    """Writes the seconds of the lesson, whose CSV is `table`. Raises OSError, StoreError without pyarrow."""
    needs_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    schema = _schema(lesson)
    # A file of Python's own says in its errors what the disk said.
    with file.open("wb") as opened, parquet.ParquetWriter(opened, schema, compression="zstd") as writer:
        for rows in _in_parts(typed_rows(table)):
            columns = [
                pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _in_parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while part := list(islice(rows, _ROWS)):
        yield part


def _schema(lesson: Lesson) -> "pa.Schema":
    import pyarrow as pa

    offset = lesson.stored.started.strftime("%z")
    types = {
        "time": pa.timestamp("ms", tz=f"{offset[:3]}:{offset[3:5]}"),
        **dict.fromkeys(TEXTS, pa.string()),
        **dict.fromkeys(WHOLE, pa.int32()),
    }
    fields = [pa.field(name, types.get(name, pa.float64()), metadata={"holds": SECONDS[name]}) for name in HEADER]
    about = {
        "csv_schema": str(SCHEMA_VERSION),
        "about": NO_VERDICT,
        "limits": LIMITS if lesson.stored.live_class else "",
        "lesson": json.dumps(lesson.figures(), ensure_ascii=False),
    }
    return pa.schema(fields, metadata=about)
