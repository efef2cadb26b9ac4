"""Writes lessons out of the store: each file whole or not at all, and none over another."""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import UNFINISHED_SUFFIX, write_whole
from fer_desktop.sessions.csv_of_events import save_csv
from fer_desktop.sessions.exports.checking import check
from fer_desktop.sessions.exports.columns import as_markdown
from fer_desktop.sessions.exports.json_file import write_json
from fer_desktop.sessions.exports.kinds import Format
from fer_desktop.sessions.exports.lesson import Lesson, lesson
from fer_desktop.sessions.exports.names import file_name, free_file
from fer_desktop.sessions.exports.parquet import needs_pyarrow, write_parquet
from fer_desktop.sessions.exports.xlsx import write_xlsx
from fer_desktop.sessions.store.exports import note_export, refuse_own
from fer_desktop.sessions.write_errors import could_not_create

Report = Callable[[Lesson], str | bytes]  # a lesson as one page: text of HTML, or a PDF
_WRITERS: Final[dict[Format, Callable[[Lesson, Path, Path], None]]] = {
    Format.XLSX: write_xlsx,
    Format.JSON: write_json,
    Format.PARQUET: write_parquet,
}
# What a table of its own lies beside; the others have it within.
_WITH_DICTIONARY: Final = (Format.CSV, Format.PARQUET)
_DICTIONARY: Final = "columns"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was made."""

    lesson: int  # id
    file: Path


class Exporter:
    """Exports lessons of one store into one folder, in one format. The store is read alone."""

    def __init__(self, store: Path, folder: Path, kind: Format, report: Report) -> None:
        """Raises StoreError where that kind cannot be made here."""
        if kind is Format.PARQUET:
            needs_pyarrow()
        self._store, self._folder, self._kind, self._report = store, folder, kind, report

    def export(self, session_id: int) -> Written:
        """Writes one lesson. Raises StoreError where there is none, or it cannot be written; no file is left then."""
        found = lesson(self._store, session_id)
        file = free_file(self._folder, file_name(found.stored.started, found.stored.name), self._kind.value)
        refuse_own(self._store, file)
        with _whole(file) as part:
            self._write(found, part)
            check(part, self._kind, file)
        # Erasing the lesson names what was made of it. The file is hers with or without that.
        with contextlib.suppress(StoreError):
            note_export(self._store, session_id, file)
        return Written(session_id, file)

    def dictionary(self) -> Path | None:
        """What the columns mean, beside the files; None where these say it themselves. Raises StoreError."""
        if self._kind not in _WITH_DICTIONARY:
            return None
        words, file = as_markdown(), self._folder / f"{_DICTIONARY}.md"
        with contextlib.suppress(OSError, ValueError):
            if file.read_text(encoding="utf-8") == words:
                return file
        file = free_file(self._folder, _DICTIONARY, "md")
        try:
            write_whole(file, words)
        except OSError as error:
            raise could_not_create(file, error) from error
        return file

    def _write(self, found: Lesson, part: Path) -> None:
        if self._kind in (Format.HTML, Format.PDF):
            page = self._report(found)
            part.write_bytes(page if isinstance(page, bytes) else page.encode())
        elif self._kind is Format.CSV:
            save_csv(found.events, part)
        else:
            table = part.with_name(f"{part.name}.csv{UNFINISHED_SUFFIX}")
            try:
                save_csv(found.events, table)
                _WRITERS[self._kind](found, table, part)
            finally:
                with contextlib.suppress(OSError):
                    table.unlink(missing_ok=True)


@contextlib.contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A place to write it, which becomes the file where nothing fails. Raises StoreError; nothing is left then."""
    part = file.with_name(f".{secrets.token_hex(4)}{UNFINISHED_SUFFIX}")
    try:
        yield part
        with part.open("rb+") as opened:
            os.fsync(opened.fileno())
        os.replace(part, file)
    except OSError as error:
        raise could_not_create(file, error) from error
    except StoreError as error:
        # Of the file that she gets, not of the one that it is first.
        raise (could_not_create(file, error.__cause__) if isinstance(error.__cause__, OSError) else error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
