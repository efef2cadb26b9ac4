"""Whether a recording's file is all there, as far as its bytes tell."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from fer_desktop.capture.files.whole_matroska import matroska_is_cut
from fer_desktop.capture.files.whole_mpeg import program_stream_is_cut, transport_stream_is_cut, transport_unit

_ISO_KINDS: Final = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide")
_ASF: Final = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_PROPERTIES: Final = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_HEAD_BYTES: Final = 8192
_TAIL_BYTES: Final = 1 << 17  # an Ogg page has 65,307 at most
_TAG_HEAD: Final = 11  # bytes of an FLV tag before its data
_OGG_HEAD: Final = 27  # bytes of an Ogg page before its table of segments
_OGG_LAST: Final = 4  # the flag of a stream's last page

_Check = Callable[[BinaryIO, int], bool]


def is_cut_off(path: Path, ends_early: bool) -> bool:
    """Whether the end of the file is missing. False where nothing tells.

    `ends_early`: whether the picture ended before the length that the file claims. Where the length stands in a header,
    a missing end matters only then: what is missing may be an index. In other kinds of file the length is a guess from
    the end that there is. Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        size = file.seek(0, 2)
        if head[:4] == b"RIFF":
            return ends_early and _riff_is_cut(file, size)
        if head[4:8] in _ISO_KINDS:
            return ends_early and _iso_is_cut(file, size)
        check = _check_of(head)
        return check is not None and check(file, size)


def _check_of(head: bytes) -> _Check | None:
    if transport_unit(head):
        return transport_stream_is_cut
    by_magic: dict[bytes, _Check] = {
        b"\x1a\x45\xdf\xa3": matroska_is_cut,
        b"\x00\x00\x01\xba": program_stream_is_cut,
        b"GIF8": _gif_is_cut,
        b"OggS": _ogg_is_cut,
        b"FLV\x01": _flv_is_cut,
        _ASF[:4]: _asf_is_cut,
    }
    return by_magic.get(head[:4])


def _riff_is_cut(file: BinaryIO, size: int) -> bool:
    at = 0
    while at + 8 <= size:
        file.seek(at + 4)
        length = 8 + int.from_bytes(file.read(4), "little")
        at += length + length % 2
    return at > size + 1


def _iso_is_cut(file: BinaryIO, size: int) -> bool:
    at = 0
    while at + 8 <= size:
        file.seek(at)
        part = file.read(16)
        length = int.from_bytes(part[:4], "big")
        if length == 1:  # too long for four bytes
            length = int.from_bytes(part[8:16], "big")
        if length < 8:  # 0: to the file's end; else it is none of these files
            return False
        at += length
    return at > size + 1


def _gif_is_cut(file: BinaryIO, size: int) -> bool:
    return not _tail(file, size).rstrip(b"\0").endswith(b";")


def _ogg_is_cut(file: BinaryIO, size: int) -> bool:
    """Whether the last page is not whole, or not the last of its stream."""
    tail = _tail(file, size)
    page = tail[max(0, tail.rfind(b"OggS")) :]
    if len(page) < _OGG_HEAD or len(page) < _OGG_HEAD + page[26]:
        return True
    length = _OGG_HEAD + page[26] + sum(page[_OGG_HEAD : _OGG_HEAD + page[26]])
    return length > len(page) or not page[5] & _OGG_LAST


def _flv_is_cut(file: BinaryIO, size: int) -> bool:
    """Whether the last four bytes do not tell the length of the tag before them."""
    file.seek(max(0, size - 4))
    length = int.from_bytes(file.read(4), "big")
    if not _TAG_HEAD <= length <= size - 4:
        return True
    file.seek(size - 4 - length + 1)
    return int.from_bytes(file.read(3), "big") + _TAG_HEAD != length


def _asf_is_cut(file: BinaryIO, size: int) -> bool:
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    at = head.find(_ASF_PROPERTIES)
    # The size follows the object's own id and length, and the file's id; 0 in one that was written as it came.
    return at >= 0 and int.from_bytes(head[at + 40 : at + 48], "little") > size


def _tail(file: BinaryIO, size: int) -> bytes:
    file.seek(max(0, size - _TAIL_BYTES))
    return file.read()
