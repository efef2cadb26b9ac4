"""The folder that results are written to."""

import contextlib
import tempfile
from pathlib import Path

from fer_desktop.core.errors import StoreError


def check_writable(folder: Path) -> None:
    """Creates the folder if missing. Raises StoreError where nothing can be written in it."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    if not is_writable(folder):
        raise StoreError("The folder {folder} cannot be written: choose another with --out.", folder=folder)


def is_writable(folder: Path) -> bool:
    """Whether a file can be made there, which is the one way to know."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def rotate_existing(file: Path) -> None:
    """Renames an older file to the next free number, so that the plain name is the newest and nothing is lost."""
    if not file.exists():
        return
    number = 1
    while (older := file.with_name(f"{file.stem}-{number}{file.suffix}")).exists():
        number += 1
    with contextlib.suppress(OSError):  # writing the new file will report that the folder cannot be written
        file.rename(older)
