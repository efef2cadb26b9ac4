"""Whether a file is a picture or a recording, told from its name, and from its bytes where the name does not tell."""

from pathlib import Path
from typing import BinaryIO, Final

from fer_desktop.core.sources import PICTURE_SUFFIXES, RECORDING_SUFFIXES

_HEAD_BYTES: Final = 16
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_AVIF: Final = (b"ftypavif", b"ftypavis", b"ftypheic", b"ftypheix", b"ftypmif1")
_GIF: Final = b"GIF8"
_GIF_IMAGE, _GIF_EXTENSION = 0x2C, 0x21
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_MOST_PARTS: Final = 10_000  # looked at before a file counts as still


def is_picture(path: Path) -> bool:
    """Whether the file is read as one picture: not a recording, and no GIF or PNG that moves.

    Asks the file system, so from a worker. One that cannot be read counts as what its name says.
    """
    suffix = path.suffix.lower()
    if suffix in RECORDING_SUFFIXES:
        return False
    named = suffix in PICTURE_SUFFIXES
    try:
        # Opened only where it is a file: a pipe would wait for a writer.
        if not path.is_file():
            return named
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            return (named or _looks_like_picture(head)) and not _moves(file, head)
    except (OSError, ValueError):  # ValueError: a zero in its name
        return named


def _looks_like_picture(head: bytes) -> bool:
    return head.startswith(_PICTURES) or head[4:12] in _AVIF or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _moves(file: BinaryIO, head: bytes) -> bool:
    if head.startswith(_GIF):
        return _gif_moves(file)
    return head.startswith(_PNG) and _png_moves(file)


def _gif_moves(file: BinaryIO) -> bool:
    """Whether a GIF has a second image."""
    file.seek(0)
    head = file.read(13)
    if len(head) < 13:
        return False
    file.seek(_table_bytes(head[10]), 1)
    images = 0
    for _ in range(_MOST_PARTS):
        kind = file.read(1)
        if kind == bytes([_GIF_IMAGE]):
            images += 1
            place = file.read(9)
            if images > 1 or len(place) < 9:
                return images > 1
            file.seek(_table_bytes(place[8]) + 1, 1)
        elif kind == bytes([_GIF_EXTENSION]):
            file.seek(1, 1)
        else:
            return False
        while (length := file.read(1)) and length != b"\0":
            file.seek(length[0], 1)
    return False


def _table_bytes(flags: int) -> int:
    """Of the table of colours that the flags tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _png_moves(file: BinaryIO) -> bool:
    """Whether a PNG tells of more than one frame before its first."""
    file.seek(len(_PNG))
    for _ in range(_MOST_PARTS):
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IDAT":
            return False
        if head[4:] == b"acTL":
            return int.from_bytes(file.read(4), "big") > 1
        file.seek(int.from_bytes(head[:4], "big") + 4, 1)
    return False
