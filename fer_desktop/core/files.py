"""Files that are there whole or not at all."""

import os
import secrets
from pathlib import Path


def write_whole(path: Path, data: bytes | str) -> None:
    """Writes `data` (text as UTF-8) beside the file, then puts it in its place, with a new file's usual permissions.

    Raises OSError; what was there before is then untouched, and nothing is left beside it.
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
