"""Files that are complete or not there at all."""

import os
import secrets
import stat
from pathlib import Path


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


def write_whole(path: Path, data: bytes | str) -> None:
    """Writes `data` (text as UTF-8) to a temporary file beside `path`, then replaces `path` with it.

    The file gets a new file's usual permissions. Raises OSError; the old file is then untouched, and nothing is left
    beside it.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    beside = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
