"""What an exported file is called: free of what a file system takes for a path, and never an older file's name."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final

# Windows refuses these in names; a dot or a space at the end as well.
_UNFIT: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
# What turns the direction of writing would show another suffix than there is.
_TURNS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOST_BYTES: Final = 120  # of the lesson's name, of the 255 that a file's may have


def file_name(started: datetime, name: str) -> str:
    """The lesson's day and time, and what of its name can stand in a file's; without suffix."""
    fit = " ".join(_UNFIT.sub(" ", _TURNS.sub("", name)).split())
    fit = fit.encode("utf-8")[:_MOST_BYTES].decode("utf-8", errors="ignore").rstrip(". ")
    return f"{started:%Y-%m-%d %H-%M} {fit}".strip()


def free_file(folder: Path, name: str, suffix: str) -> Path:
    """The first file of that name that is not there yet: a number follows where it is."""
    file, count = folder / f"{name}.{suffix}", 1
    while file.exists() or file.is_symlink():
        count += 1
        file = folder / f"{name} ({count}).{suffix}"
    return file
