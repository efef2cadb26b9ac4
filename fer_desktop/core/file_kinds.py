"""Whether a file is a picture or a recording, told from its bytes, and from its name where these do not tell."""

from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from fer_desktop.core.sources import PICTURE_SUFFIXES, RECORDING_SUFFIXES

_HEAD_BYTES: Final = 1024
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_AVIF: Final = (b"ftypavif", b"ftypavis", b"ftypheic", b"ftypheix", b"ftypmif1")
# How videos begin: by the bytes at their start, and the brands of the ISO family that are pictures.
_VIDEOS: Final = (
    *(b"\x1a\x45\xdf\xa3", b"FLV\x01", b"OggS", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),  # Matroska, Flash, Ogg, ASF
    *(b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"),  # MPEG
)
_ISO: Final = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_TRANSPORT: Final = ((188, 0), (192, 4), (204, 0))  # bytes of a packet, and before the first one's sign
_TRANSPORT_SIGN: Final = 0x47
_OF_MANY_JPEGS: Final = (".mjpeg", ".mjpg")  # which begin as one does
_GIF: Final = b"GIF8"
_AVIF_MOVES: Final = b"ftypavis"
_WEBP_MOVES: Final = 0x02  # among the flags of an extended WebP
_GIF_IMAGE, _GIF_EXTENSION = 0x2C, 0x21
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_MOST_PARTS: Final = 10_000  # looked at before a file counts as still


class FileKind(StrEnum):
    """What a file is read as."""

    PICTURE = "picture"  # one that stands still
    ANIMATION = "animation"  # a picture that moves: it is read as a recording
    VIDEO = "video"
    UNKNOWN = "unknown"  # neither by its bytes, or it cannot be read


def kind_of(path: Path) -> FileKind:
    """What the file is by its bytes, whatever it is called. Asks the file system, so from a worker."""
    try:
        # Opened only where it is a file: a pipe would wait for a writer.
        if not path.is_file():
            return FileKind.UNKNOWN
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if _looks_like_picture(head):
                return FileKind.ANIMATION if _moves(file, head) else FileKind.PICTURE
            return FileKind.VIDEO if _looks_like_video(head) else FileKind.UNKNOWN
    except (OSError, ValueError):  # ValueError: a zero in its name
        return FileKind.UNKNOWN


def is_picture(path: Path) -> bool:
    """Whether the file is read as one picture, by its bytes; by its name where these do not tell, or cannot be read.

    Asks the file system, so from a worker.
    """
    suffix, kind = path.suffix.lower(), kind_of(path)
    if kind is FileKind.PICTURE:
        return suffix not in _OF_MANY_JPEGS
    return kind is FileKind.UNKNOWN and suffix in PICTURE_SUFFIXES


def is_offered(path: Path) -> bool:
    """Whether the file of a folder is taken: it is a picture or a recording by its name, or by its bytes."""
    named = path.suffix.lower() in PICTURE_SUFFIXES | RECORDING_SUFFIXES
    hidden = path.name.startswith(".") and not path.name.startswith("..")
    return not hidden and (named or kind_of(path) is not FileKind.UNKNOWN) and path.is_file()


def _looks_like_picture(head: bytes) -> bool:
    return head.startswith(_PICTURES) or head[4:12] in _AVIF or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _looks_like_video(head: bytes) -> bool:
    if head.startswith(_VIDEOS) or head[4:8] in _ISO or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return True
    return any(
        len(head) > first + 4 * unit and all(head[first + number * unit] == _TRANSPORT_SIGN for number in range(5))
        for unit, first in _TRANSPORT
    )


def _moves(file: BinaryIO, head: bytes) -> bool:
    if head.startswith(_GIF):
        return _gif_moves(file)
    if head[8:12] == b"WEBP":
        return head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & _WEBP_MOVES)
    if head[4:12] == _AVIF_MOVES:
        return True
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
