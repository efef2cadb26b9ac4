"""Aliases that the teacher keeps over a lesson's end: words in a file of their own, for seven days at most.

Whom they belong to is not kept, and could not be: seats are numbered anew in each session.
"""

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from fer_desktop.core.errors import StoreError
from fer_desktop.core.files import read_small, write_whole
from fer_desktop.core.seats.aliases import clean_alias

KEPT_FOR: Final = timedelta(days=7)
MOST_KEPT: Final = 300  # the newest
_MOST_BYTES: Final = 200_000


def kept_aliases(file: Path, now: datetime) -> tuple[str, ...]:
    """Those that are still kept, newest first. What was kept long enough, or cannot be read, is erased by that.

    `now` has its offset from UTC. Raises StoreError where it cannot be erased.
    """
    if not os.path.lexists(file):
        return ()
    found = _read(file)
    left = {name: until for name, until in found.items() if now < until <= now + KEPT_FOR}
    if left != found or not left:
        _write(file, left)
    return tuple(reversed(left))


def keep_aliases(file: Path, names: Iterable[str], now: datetime) -> None:
    """Keeps these for seven days from now on, beside those that are kept. Raises StoreError."""
    names = [alias for alias in map(clean_alias, names) if alias]
    kept = {name: until for name, until in _read(file).items() if name not in names and now < until <= now + KEPT_FOR}
    _write(file, {**kept, **dict.fromkeys(names, now + KEPT_FOR)})


def erase_aliases(file: Path) -> None:
    """Erases all that are kept. Raises StoreError."""
    _write(file, {})


def _read(file: Path) -> dict[str, datetime]:
    """Until when each is kept, in the order in which they were; none where the file cannot be read."""
    kept: dict[str, datetime] = {}
    try:
        for line in read_small(file, _MOST_BYTES).splitlines():
            entry = json.loads(line)
            alias, until = clean_alias(str(entry["alias"])), datetime.fromisoformat(str(entry["until"]))
            if alias and until.utcoffset() is not None:
                kept[alias] = until
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return kept


def _write(file: Path, kept: Mapping[str, datetime]) -> None:
    """Replaces the file, or removes it where nothing is kept; what it held is overwritten first."""
    newest = list(kept.items())[-MOST_KEPT:]
    lines = [json.dumps({"alias": name, "until": until.isoformat()}, ensure_ascii=False) for name, until in newest]
    try:
        _overwrite(file)
        if lines:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(file, "\n".join(lines) + "\n", private=True)
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            "The aliases in {file} cannot be changed: check that its folder can be written.", file=file
        ) from error


def _overwrite(file: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if file.is_symlink() or not file.is_file():
            return
        with file.open("r+b") as opened:
            opened.write(bytes(os.fstat(opened.fileno()).st_size))
            opened.flush()
            os.fsync(opened.fileno())
