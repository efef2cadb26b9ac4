"""Files that are complete or not there at all, that nobody else reads, and folders for a moment."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TEMPORARY_PREFIX: Final = "fer-desktop-"  # then the number of the process, so that the next start knows what is left
UNFINISHED_SUFFIX: Final = ".part"


def write_whole(path: Path, data: bytes | str) -> None:
    """Writes `data` (text as UTF-8) to a temporary file beside `path`, then replaces `path` with it.

    The file gets a new file's usual permissions. Raises OSError; the old file is then untouched, and nothing is left
    beside it.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    beside = path.with_name(f".{secrets.token_hex(4)}{UNFINISHED_SUFFIX}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def make_private(path: Path) -> None:
    """Closes a file or folder that is there to all but its owner; Windows keeps a user's files from others itself."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            path.chmod(0o700 if path.is_dir() else 0o600)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """An empty folder that nobody else reads and that is gone afterwards; after a hard end, with the next start."""
    folder = Path(tempfile.mkdtemp(prefix=f"{TEMPORARY_PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
