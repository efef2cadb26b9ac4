"""Files that are complete or not there at all, that nobody else reads, and folders for a moment."""

import contextlib
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TEMPORARY_PREFIX: Final = "fer-desktop-"  # then the number of the process, so that the next start knows what is left
UNFINISHED_SUFFIX: Final = ".part"


def read_small(path: Path, most_bytes: int) -> str:
    """The text of a file, UTF-8. OSError where it is no file, such as a pipe, or longer; ValueError if no text."""
    # A pipe is opened without waiting for who writes into it.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(f"{path} is no file")
    with os.fdopen(number, "rb") as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(f"{path} is longer than {most_bytes} bytes")
    return content.decode("utf-8")


def private_opener(path: str, flags: int) -> int:
    """For `open`: a file that this makes is readable by its owner alone, whatever the process makes else."""
    return os.open(path, flags, 0o600)


def write_whole(path: Path, data: bytes | str, private: bool = False) -> None:
    """Writes `data` (text as UTF-8) to a temporary file beside `path`, then replaces `path` with it.

    The file gets a new file's usual permissions, or is `private`, its owner's alone. Raises OSError; the old file is
    then untouched, and nothing is left beside it.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    beside = path.with_name(f".{secrets.token_hex(4)}{UNFINISHED_SUFFIX}")
    try:
        with open(beside, "xb", opener=private_opener if private else None) as file:
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
