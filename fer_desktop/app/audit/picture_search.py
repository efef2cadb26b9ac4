"""Pictures in files: by what image files begin with, and by pixels that are known; packed ones are unpacked."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.app.audit.needles import NeedleIndex

# What is long enough to be no chance is looked for anywhere, the rest where a file begins.
_ANYWHERE: Final = {
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "JPEG": rb"\xff\xd8\xff[\xe0\xe1\xdb\xee]..(?:JFIF|Exif|Adobe|\x00[\x01-\x20])",
    "GIF": rb"GIF8[79]a",
    "WebP": rb"RIFF....WEBP",
    "AVI": rb"RIFF....AVI ",
    "HEIC, AVIF or MP4": rb"ftyp(?:heic|heix|mif1|avif|isom|mp4[12]|qt  )",
    "JPEG 2000": rb"\x00\x00\x00\x0cjP  \r\n\x87\n",
    "JPEG XL": rb"\x00\x00\x00\x0cJXL \r\n\x87\n",
    "NumPy array": rb"\x93NUMPY[\x01-\x03]",
}
_AT_START: Final = {
    "JPEG": rb"\xff\xd8\xff",
    "BMP": rb"BM.{4}\x00\x00\x00\x00",
    "TIFF": rb"II\*\x00|MM\x00\*",
    "Portable bitmap": rb"P[1-7]\s",
    "Matroska or WebM": rb"\x1aE\xdf\xa3",
    "QOI": rb"qoif",
    "icon": rb"\x00\x00\x01\x00[\x01-\x40]\x00",
}
_MAGIC: Final = {name: re.compile(pattern, re.DOTALL) for name, pattern in _ANYWHERE.items()}
_START: Final = {name: re.compile(pattern, re.DOTALL) for name, pattern in _AT_START.items()}
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{256,}")
_HEX: Final = re.compile(rb"[0-9a-fA-F]{256,}")
_PACKED: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04", re.DOTALL)
_CHUNK_BYTES: Final = 16_000_000
_OVERLAP_BYTES: Final = 4096
_MOST_UNPACKED_BYTES: Final = 64_000_000  # of one stream
_DEEPEST: Final = 3  # packed in packed


@dataclass(frozen=True, slots=True)
class Picture:
    """Picture data in a file."""

    file: str
    what: str
    at: int  # bytes from the beginning of the file, or of the packed part


def pictures_in(file: Path, name: str, index: NeedleIndex) -> list[Picture]:
    """The picture data in a file of any size, one entry for each kind. Raises OSError where it cannot be read."""
    found: dict[str, int] = {}
    with file.open("rb") as opened:
        at, before = 0, b""
        while chunk := opened.read(_CHUNK_BYTES):
            content = before + chunk
            for what, place in _search(content, index, at_start=at == 0):
                found.setdefault(what, at - len(before) + place)
            at += len(chunk)
            before = content[-_OVERLAP_BYTES:]
    return [Picture(name, what, place) for what, place in found.items()]


def _search(content: bytes, index: NeedleIndex, at_start: bool = True, depth: int = 0) -> Iterator[tuple[str, int]]:
    """What is found, and where; what is packed is only looked into where nothing lies open."""
    found = [(name, hit.start()) for name, magic in _MAGIC.items() if (hit := magic.search(content))]
    if at_start:
        found += [(name, 0) for name, magic in _START.items() if magic.match(content)]
    place = index.first_in(content)
    if place is not None:
        found.append(("pixels of the session", place))
    yield from found
    if not found and depth < _DEEPEST:
        for how, at, unpacked in _unpacked(content):
            for what, _ in _search(unpacked, index, depth=depth + 1):
                yield f"{what}, {how}", at


def _unpacked(content: bytes) -> Iterator[tuple[str, int, bytes]]:
    """What is packed in the content: how, where, and what it was."""
    for hit in _HEX.finditer(content):
        digits = hit[0][: len(hit[0]) // 2 * 2]
        yield "in hexadecimal digits", hit.start(), binascii.unhexlify(digits)
    for hit in _BASE64.finditer(content):
        if _HEX.fullmatch(hit[0]):
            continue
        letters = hit[0].translate(bytes.maketrans(b"-_", b"+/"))
        for skipped in range(4):  # it may begin in the middle of a word
            part = letters[skipped:]
            yield "in base64", hit.start(), base64.b64decode(part[: len(part) // 4 * 4])
    for hit in _PACKED.finditer(content):
        unpacked = _inflated(content, hit.start())
        if unpacked:
            yield "compressed", hit.start(), unpacked


def _inflated(content: bytes, at: int) -> bytes:
    """The bytes of a zlib, gzip or zip stream that begins there, as far as they can be had; empty where it is none."""
    window = zlib.MAX_WBITS | 32  # zlib or gzip, by what it begins with
    if content.startswith(b"PK", at):
        names, extra = (int.from_bytes(content[at + place : at + place + 2], "little") for place in (26, 28))
        at += 30 + names + extra
        window = -zlib.MAX_WBITS
    try:
        return zlib.decompressobj(window).decompress(content[at:], _MOST_UNPACKED_BYTES)
    except zlib.error:
        return b""
