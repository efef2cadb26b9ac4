"""The log file: what went wrong and when; no pictures, and no figures about a face."""

import contextlib
import logging
import logging.handlers
import os
import threading
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from fer_desktop.core.files import make_private, private_opener

_MAX_BYTES: Final = 1_000_000
_BACKUPS: Final = 3
_silence: Final = threading.Lock()


class _QuietHandler(logging.handlers.RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        """Paths in a message tell of lessons: the file is its user's alone."""
        file = os.fdopen(private_opener(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "ab")
        return TextIOWrapper(file, encoding=self.encoding, errors=self.errors, write_through=True)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging calls it by this name)
        """Ignores a log that cannot be written, as on a full disk."""


def start_logging(file: Path) -> None:
    """Sends the program's messages and others' warnings to `file`, or nowhere if it cannot be written."""
    handler: logging.Handler
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        make_private(file)  # of an earlier version
        handler = _QuietHandler(file, maxBytes=_MAX_BYTES, backupCount=_BACKUPS, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("fer_desktop").setLevel(logging.INFO)
    logging.captureWarnings(True)


@contextlib.contextmanager
def native_chatter_silenced() -> Iterator[None]:
    """Discards what C libraries write to standard error; what Python writes there is lost too.

    LiteRT logs there and has no switch for it, while a command's standard error is to be one sentence.
    """
    with _silence:
        yield from _stderr_discarded()


def _stderr_discarded() -> Iterator[None]:
    try:
        terminal, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # a program without a terminal
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nowhere)
