"""What SQLite says, in words that tell what to do."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError


class DamagedStoreError(StoreError):
    """The file of the store is damaged, or is no store at all."""


class ElsewhereError(StoreError):
    """Another instance of the program is recording."""


_DAMAGED: Final = "The store of sessions {path} is damaged: `sessions check --repair` saves what can be read."
# By the beginning of SQLite's name of the error; the first that fits.
_FULL: Final = "The disk of {path} is full: free some space; what was stored before is kept."
_ADVICE: Final = (
    ("SQLITE_FULL", _FULL),
    ("SQLITE_IOERR_SHMSIZE", _FULL),  # not even for the small file that a store is opened with
    ("SQLITE_READONLY", "{path} cannot be written: make the file and its folder writable."),
    ("SQLITE_PERM", "{path} cannot be written: make the file and its folder writable."),
    ("SQLITE_CANTOPEN", "{path} cannot be opened: make its folder writable, and look whether its disk is there."),
    ("SQLITE_BUSY", "{path} is in use by another program: close what reads it, or wait a moment."),
    ("SQLITE_LOCKED", "{path} is in use by another program: close what reads it, or wait a moment."),
    ("SQLITE_IOERR", "The disk of {path} does not answer as it should: check it; what was stored before is kept."),
)
_OTHER: Final = "The store of sessions {path} cannot be used ({error}): look at its disk and folder."


def is_full(error: BaseException | None) -> bool:
    """Whether SQLite says so of the disk."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"))


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns errors of SQLite and of the file system, met within, into StoreError, or DamagedStoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise as_store_error(error, path) from error
    except OSError as error:
        raise StoreError(_OTHER, path=path, error=error.strerror or error) from error


def as_store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """The same in one sentence."""
    name = getattr(error, "sqlite_errorname", "")
    # "malformed" without a code is what Python says of text that is not UTF-8.
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "UTF-8" in str(error):
        return DamagedStoreError(_DAMAGED, path=path)
    for beginning, sentence in _ADVICE:
        if name.startswith(beginning):
            return StoreError(sentence, path=path)
    return StoreError(_OTHER, path=path, error=error)
