"""Whether a recording's file is as long as its own headers say."""

from pathlib import Path


def is_truncated(path: Path) -> bool | None:
    """Whether the last part of an AVI, MP4 or MOV file reaches past the file's end; None for files of other kinds.

    Raises OSError where it cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        riff = head[:4] == b"RIFF"
        if not riff and head[4:8] not in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"):
            return None
        at = 0
        while at + 8 <= size:
            file.seek(at)
            part = file.read(16)
            if riff:
                length = 8 + int.from_bytes(part[4:8], "little")
            else:
                length = int.from_bytes(part[:4], "big")
                if length == 1:  # too long for four bytes
                    length = int.from_bytes(part[8:16], "big")
                elif length == 0:  # to the file's end
                    return False
            if length < 8:
                return None
            at += length + (length % 2 if riff else 0)
    return at > size + 1
