"""A CSV file that grows row by row and is complete after every row, however the program ends."""

import contextlib
import csv
import errno
import io
import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import write_whole
from fer_desktop.core.messages import Message, message
from fer_desktop.sessions.write_errors import could_not_create, could_not_write

# What a spreadsheet takes for the start of a formula, at the start of a cell. A cell starts after a semicolon too:
# Excel splits there in most of Europe, whatever the file's own separator.
_FORMULA: Final = re.compile(r"(^|;\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Without it Excel assumes the system's legacy code page and garbles every accented letter.
_BOM: Final = b"\xef\xbb\xbf"
_NOT_AS_LEFT: Final = "{path} was moved, erased or changed since: begin a new session."


class FileTakenError(StoreError):
    """A file of that name exists and is never overwritten."""


class _Fate(Enum):
    """What somebody else did to the file; each with what the user is told."""

    REMOVED = Message("The file of the session was removed: all of it is written again, to {path}.")
    MOVED = Message("The file of the session was moved: all of it is written again, to {path}, and goes on there.")
    REPLACED = Message("Another file was put in the place of the session's: all of it is written again, to {path}.")
    CHANGED = Message("The file of the session was changed by another program: all of it is written again, to {path}.")
    STALE = Message("The file of the session was lost by the network drive: all of it is written again, to {path}.")


class CsvFile:
    """Rows under a constant header, UTF-8 with BOM. One thread."""

    def __init__(self, path: Path, header: Sequence[str], durable: bool = True) -> None:
        """Creates the file and its folders and writes the header.

        `durable` rows are flushed to the disk on each call, and kept in memory too: where the file is removed, moved,
        replaced or changed, it is written anew. Raises FileTakenError where the file exists, StoreError where it cannot
        be written.
        """
        self.path = path
        self.notice: Message | None = None  # what happened to the file that the user should know
        self._durable = durable
        self._head = head_of(header)
        self._rows: list[bytes] = []  # of a durable file
        self._size = 0
        try:
            self._file = _created(path)
        except FileExistsError as error:
            if path.exists():
                raise FileTakenError(
                    "{path} already exists: choose another name or move it away.", path=path
                ) from error
            raise could_not_create(path, error) from error
        except OSError as error:
            raise could_not_create(path, error) from error
        try:
            self._append(self._head)
        except OSError as error:
            self.close()
            path.unlink(missing_ok=True)
            raise could_not_create(path, error) from error

    @property
    def rows(self) -> int:
        """How many a durable file has, the header aside."""
        return len(self._rows)

    def row(self, number: int) -> tuple[str, ...]:
        """The cells of that row (from 0) of a durable file."""
        return tuple(next(csv.reader([self._rows[number].decode("utf-8")])))

    def append(self, rows: Iterable[Sequence[str]]) -> None:
        """Adds all rows, or none and raises StoreError; it may then be tried again."""
        self._write([line_of(row) for row in rows])

    def replace_from(self, first: int, row: Sequence[str]) -> None:
        """Puts one row in the place of row `first` (from 0) and all that follow, in a durable file.

        What ends the program in between leaves the rows before. Raises StoreError, and may then be tried again.
        """
        self._size -= sum(map(len, self._rows[first:]))
        del self._rows[first:]
        self._write([line_of(row)])

    def replace_rows(self, rows: Mapping[int, Sequence[str]]) -> None:
        """Puts each row in the place of that of its number (from 0), in a durable file that is closed.

        The file is replaced whole, or is as it was. Raises StoreError, and may then be tried again.
        """
        lines = [line_of(rows[number]) if number in rows else line for number, line in enumerate(self._rows)]
        try:
            write_whole(self.path, self._head + b"".join(lines))
        except OSError as error:
            raise could_not_write(self.path, error) from error
        self._rows = lines
        self._size = len(self._head) + sum(map(len, lines))

    def verify(self) -> None:
        """Opens the file again, once it is closed, and sees whether all rows are there; else writes it anew.

        Raises StoreError where that cannot be done.
        """
        try:
            if self._is_whole():
                return
            self._write_anew(_Fate.CHANGED if self.path.exists() else _Fate.REMOVED)
            self.close()
            if not self._is_whole():
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        except OSError as error:
            raise could_not_write(self.path, error) from error

    def reopen(self) -> None:
        """Opens the closed file again to add rows, where it is durable and as it was left.

        Raises StoreError: what was erased must not come back, and what was changed is not ours.
        """
        try:
            if not self._is_whole():
                raise StoreError(_NOT_AS_LEFT, path=self.path)
            self._file = io.FileIO(self.path, "r+b")
        except OSError as error:
            raise could_not_write(self.path, error) from error

    def close(self) -> None:
        """Closes the file; may be called twice."""
        self._file.close()

    def _write(self, lines: list[bytes]) -> None:
        try:
            fate = self._fate() if self._durable else None
            if fate is not None:
                self._write_anew(fate)
            try:
                self._append(b"".join(lines))
            except OSError as error:
                if error.errno != errno.ESTALE or not self._durable:
                    raise
                self._write_anew(_Fate.STALE)
                self._append(b"".join(lines))
        except OSError as error:
            raise could_not_write(self.path, error) from error
        if self._durable:
            self._rows += lines

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
        self._size += len(data)

    def _to_last_row(self) -> None:
        self._file.seek(self._size)
        self._file.truncate()

    def _fate(self) -> _Fate | None:
        """What has become of the file; None where it is as it was left. Raises OSError where nobody knows."""
        if self._file.closed:
            return None
        try:
            opened = os.fstat(self._file.fileno())
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            # Some file systems keep no count of links; a file without a name is then taken for a removed one.
            return _Fate.MOVED if opened.st_nlink else _Fate.REMOVED
        except OSError as error:
            if error.errno == errno.ESTALE:
                return _Fate.STALE
            raise
        if not os.path.samestat(opened, found):
            return _Fate.REPLACED
        # A write that failed half-way may have left a part of a row, which the next one takes away.
        return _Fate.CHANGED if opened.st_size < self._size else None

    def _write_anew(self, fate: _Fate) -> None:
        """All that was written so far, in a file of its own beside whatever lies there now. Raises OSError."""
        file, path = _created_beside(self.path)
        old, old_size = self._file, self._size
        self._file, self._size = file, 0
        try:
            self._append(self._head + b"".join(self._rows))
        except BaseException:
            self._file, self._size = old, old_size
            with contextlib.suppress(OSError):
                file.close()
                path.unlink()
            raise
        with contextlib.suppress(OSError):
            old.close()
        self.path = path
        self.notice = message(fate.value.text, path=path)

    def _is_whole(self) -> bool:
        """Whether the file at its path holds what was written, row by row."""
        try:
            with self.path.open("rb") as file:
                if file.read(len(self._head)) != self._head:
                    return False
                return all(file.read(len(row)) == row for row in self._rows) and not file.read(1)
        except FileNotFoundError:
            return False


def number(value: float, digits: int) -> str:
    """`value` with at most `digits` (1 or more) decimals, no trailing zeros; empty for NaN."""
    if math.isnan(value):
        return ""
    written = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def text(value: str) -> str:
    """`value` on one line; an apostrophe before whatever a spreadsheet would run as a formula."""
    return _FORMULA.sub(r"\1'", _CONTROL.sub(" ", value).strip())


def head_of(header: Sequence[str]) -> bytes:
    """What a file of that header begins with."""
    return _BOM + line_of(header)


def line_of(row: Sequence[str]) -> bytes:
    """The row as it stands in a file, its end included."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(row)
    # A file name may contain bytes that are not text; they are escaped so that the rest stays readable.
    return written.getvalue().encode("utf-8", errors="backslashreplace")


def _created(path: Path) -> io.FileIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return io.FileIO(path, "xb")


def _created_beside(path: Path) -> tuple[io.FileIO, Path]:
    """A new file under that name, or with a number after it where the name is taken."""
    for count in range(1, 1000):
        name = path if count == 1 else path.with_stem(f"{path.stem} ({count})")
        try:
            return _created(name), name
        except FileExistsError:
            if not name.exists():  # it is the folder that is in the way
                raise
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
