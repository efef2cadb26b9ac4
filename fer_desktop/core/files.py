"""Files that are complete or not there at all."""

import os
import secrets
from pathlib import Path


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
