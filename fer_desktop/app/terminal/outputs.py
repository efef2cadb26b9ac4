"""The folder that results go to."""

import contextlib
import tempfile
from pathlib import Path

from fer_desktop.core.errors import StoreError


def check_writable(folder: Path) -> None:
    """Makes the folder where it is missing. Raises StoreError where nothing can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be written: choose another with --out.") from error


def rotate_existing(file: Path) -> None:
    """Gives an older file the next free number, so that the plain name is the newest and nothing is lost."""
    if not file.exists():
        return
    number = 1
    while (aside := file.with_name(f"{file.stem}-{number}{file.suffix}")).exists():
        number += 1
    with contextlib.suppress(OSError):  # the new file tells that the folder cannot be written
        file.rename(aside)
