"""A CSV file that grows row by row and is complete after every row, however the program ends."""

import contextlib
import csv
import io
import math
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError

# What a spreadsheet takes for the start of a formula, at the start of a cell. A cell starts after a semicolon too:
# Excel splits there in most of Europe, whatever the file's own separator.
_FORMULA: Final = re.compile(r"(^|;\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Without it Excel assumes the system's legacy code page and garbles every accented letter.
_BOM: Final = b"\xef\xbb\xbf"


class FileTakenError(StoreError):
    """A file of that name exists and is never overwritten."""


class CsvFile:
    """Rows under a constant header, UTF-8 with BOM. One thread."""

    def __init__(self, path: Path, header: Sequence[str], durable: bool = True) -> None:
        """Creates the file and its folders and writes the header; `durable` rows are flushed to the disk on each call.

        Raises FileTakenError where the file exists, StoreError where it cannot be written.
        """
        self.path = path
        self._durable = durable
        self._good = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb", buffering=0)
        except FileExistsError as error:
            if path.exists():
                raise FileTakenError(
                    "{path} already exists: choose another name or move it away.", path=path
                ) from error
            raise _unwritable(path) from error
        except OSError as error:
            raise _unwritable(path) from error
        try:
            self._append(_BOM + _lines([header]))
        except OSError as error:
            self.close()
            path.unlink(missing_ok=True)
            raise _unwritable(path) from error

    def append(self, rows: Iterable[Sequence[str]]) -> None:
        """Adds all rows, or none and raises StoreError; it may then be tried again."""
        try:
            self._append(_lines(rows))
        except OSError as error:
            raise StoreError(
                "{path} cannot be written ({error}): free some space on that disk; what was written before is kept.",
                path=self.path,
                error=error.strerror or error,
            ) from error

    def close(self) -> None:
        """Closes the file; may be called twice."""
        self._file.close()

    def _append(self, data: bytes) -> None:
        self._to_last_row()
        try:
            left = memoryview(data)
            while left:
                left = left[self._file.write(left) :]
            if self._durable:
                os.fsync(self._file.fileno())
        except BaseException:
            # On a failing disk this may fail too; the next call tries again.
            with contextlib.suppress(OSError):
                self._to_last_row()
            raise
        self._good += len(data)

    def _to_last_row(self) -> None:
        self._file.seek(self._good)
        self._file.truncate()


def number(value: float, digits: int) -> str:
    """`value` with at most `digits` (1 or more) decimals, no trailing zeros; empty for NaN."""
    if math.isnan(value):
        return ""
    written = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def text(value: str) -> str:
    """`value` on one line; an apostrophe before whatever a spreadsheet would run as a formula."""
    return _FORMULA.sub(r"\1'", _CONTROL.sub(" ", value).strip())


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    # A file name may contain bytes that are not text; they are escaped so that the rest stays readable.
    return written.getvalue().encode("utf-8", errors="backslashreplace")


def _unwritable(path: Path) -> StoreError:
    return StoreError(
        "{name} cannot be written in {parent}: make it writable, or choose another folder "
        "(in the settings; on the command line with --out).",
        name=path.name,
        parent=path.parent,
    )
