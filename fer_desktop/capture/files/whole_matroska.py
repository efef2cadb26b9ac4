"""Whether a Matroska or WebM file is all there: its elements say how long they are (RFC 8794, RFC 9559)."""

from typing import BinaryIO, Final

_SEGMENT: Final = 0x18538067
_CLUSTER: Final = 0x1F43B675
_DURATION: Final = b"\x44\x89"  # with the length of a number: 4 or 8 bytes
_BROWSERS: Final = (b"Chrome", b"QTmuxingAppLibWebM")
_HEAD_BYTES: Final = 4096
_MOST_ELEMENTS: Final = 2_000_000  # a day of blocks; more is no recording


def matroska_is_cut(file: BinaryIO, size: int) -> bool:
    """Whether an element reaches past the file's end, or a recorder never came to write how long it is."""
    file.seek(0)
    if _was_never_finished(file.read(_HEAD_BYTES)):
        return True
    at = 0
    for _ in range(_MOST_ELEMENTS):
        if at >= size:
            return at > size
        file.seek(at)
        head = file.read(12)
        kind, id_bytes = _number(head, keep_marker=True)
        length, length_bytes = _number(head[id_bytes:], keep_marker=False)
        if not id_bytes:
            return False  # damaged, not cut
        if not length_bytes:
            return at + 12 > size
        inside = at + id_bytes + length_bytes
        unknown = length == (1 << 7 * length_bytes) - 1
        if not unknown and inside + length > size:
            return True
        at = inside if kind == _SEGMENT or (kind == _CLUSTER and unknown) else inside + length
    return False


def _was_never_finished(head: bytes) -> bool:
    """Whether the recording's length is still unknown. Browsers never write it: they record without going back."""
    segment = head.find(_SEGMENT.to_bytes(4, "big"))
    if segment < 0 or b"webm" in head[:segment] or any(browser in head for browser in _BROWSERS):
        return False
    length, length_bytes = _number(head[segment + 4 : segment + 12], keep_marker=False)
    unknown = length_bytes > 0 and length == (1 << 7 * length_bytes) - 1
    return unknown and not any(_DURATION + bytes([0x80 + width]) in head for width in (4, 8))


def _number(data: bytes, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length, and its bytes: 0 of these where it is none."""
    if not data or not data[0]:
        return 0, 0
    length = 9 - data[0].bit_length()
    if length > len(data):
        return 0, 0
    value = int.from_bytes(data[:length], "big")
    return value if keep_marker else value & ((1 << 7 * length) - 1), length
