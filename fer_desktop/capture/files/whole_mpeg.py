"""Whether an MPEG program or transport stream ends where a picture ends; none of its headers tells its length."""

from dataclasses import dataclass
from typing import BinaryIO, Final

_TAIL_BYTES: Final = 1 << 20  # holds a picture and the header of its sequence
_START: Final = b"\x00\x00\x01"
_PACK, _END, _SOUND, _VIDEO = 0xBA, 0xB9, range(0xC0, 0xE0), range(0xE0, 0xF0)
_SEQUENCE, _EXTENSION, _PICTURE, _SLICES = b"\x00\x00\x01\xb3", b"\x00\x00\x01\xb5", b"\x00\x00\x01\x00", range(1, 0xB0)
_PICTURE_CODING: Final = 8  # the extension that tells frames from fields
_FRAME: Final = 3
_SYNC: Final = 0x47
_UNITS: Final = (188, 192, 204)  # bytes of a transport packet: plain, with a time code (M2TS), with error correction
_HAS_PAYLOAD, _HAS_ADAPTATION = 0x10, 0x20
_NULL_PID: Final = 0x1FFF
_CLOCKS: Final = ((0x10, 6), (0x08, 6), (0x04, 1))  # flags of an adaptation field, and the bytes of what they announce
_SECTOR: Final = 2048  # bytes of a pack, which the last one fills with padding


def program_stream_is_cut(file: BinaryIO, size: int) -> bool:
    """Whether the last packet reaches past the file's end, or the last picture lacks its lower rows."""
    tail = _tail(file, size)
    at = tail.find(_START + bytes([_PACK]))
    video = bytearray()
    code = 0
    while at >= 0 and at + 4 <= len(tail):
        code = tail[at + 3]
        if tail[at : at + 3] != _START:
            if not tail[at:].strip(b"\0"):
                break  # padding
            at = tail.find(_START + bytes([_PACK]), at)  # damaged
            continue
        if code == _END:
            return False
        length = _pack_bytes(tail, at) if code == _PACK else 6 + int.from_bytes(tail[at + 4 : at + 6], "big")
        if at + length > len(tail):
            return True
        if code in _VIDEO:
            video += _payload(tail[at : at + length])
        at += length
    return 0 <= at < len(tail) < at + 4 or (code in _VIDEO and size % _SECTOR == 0) or _lacks_rows(bytes(video))


def transport_unit(head: bytes) -> int:
    """The length of the packets of a transport stream; 0 where it is none."""
    for unit in _UNITS:
        first = 4 if unit == 192 else 0
        if len(head) > first + 4 * unit and all(head[first + number * unit] == _SYNC for number in range(5)):
            return unit
    return 0


def transport_stream_is_cut(file: BinaryIO, size: int) -> bool:
    """Whether the last packet is not whole, or the file ends inside of a picture or a piece of sound.

    Sound tells how long each piece is, pictures mostly do not. But each begins with a packet of its own, so the last
    one of the picture before is filled up, but for one in 184. A stream that is cut between two pictures is a shorter
    stream that is whole: nothing tells it from one whose recorder was stopped there.
    """
    file.seek(0)
    unit = transport_unit(file.read(_TAIL_BYTES))
    if not unit:
        return False
    if size % unit:
        return True
    file.seek(size - min(size, _TAIL_BYTES // unit * unit))
    tail = file.read()
    pieces: dict[int, _Piece] = {}
    for at in range(4 if unit == 192 else 0, len(tail), unit):
        packet = tail[at : at + 188]
        pid = int.from_bytes(packet[1:3], "big") & _NULL_PID
        if packet[0] != _SYNC or pid == _NULL_PID or not packet[3] & _HAS_PAYLOAD:
            continue
        payload = packet[5 + packet[4] :] if packet[3] & _HAS_ADAPTATION else packet[4:]
        if payload[:3] == _START and len(payload) >= 6 and payload[3] in (*_SOUND, *_VIDEO):
            length = int.from_bytes(payload[4:6], "big")
            pieces[pid] = _Piece(payload[3] in _VIDEO, 6 + length if length else None)
        if pid in pieces:
            pieces[pid].take(packet, len(payload))
    return any(piece.is_cut for piece in pieces.values())


@dataclass(slots=True)
class _Piece:
    """A picture or a piece of sound in a transport stream, as far as it has come."""

    is_picture: bool
    length: int | None  # None where it is not told
    found: int = 0
    last_packet: bytes = b""

    def take(self, packet: bytes, length: int) -> None:
        """Its next packet, with so many bytes of it."""
        self.found += length
        self.last_packet = packet

    @property
    def is_cut(self) -> bool:
        """Whether its end is missing."""
        if self.length is not None:
            return self.found < self.length
        return self.is_picture and not _is_filled_up(self.last_packet)


def _is_filled_up(packet: bytes) -> bool:
    """Whether a transport packet has bytes that stand for nothing, as the last one of a picture has."""
    if not packet[3] & _HAS_ADAPTATION:
        return False
    length, flags = packet[4], packet[5]
    needed = 1 + sum(most for flag, most in _CLOCKS if flags & flag)
    return length == 0 or length > needed


def _pack_bytes(data: bytes, at: int) -> int:
    head = data[at : at + 14]
    if len(head) > 4 and head[4] >> 6 == 1:  # of MPEG-2
        return 14 + (head[13] & 7 if len(head) == 14 else 0)
    return 12


def _payload(packet: bytes) -> bytes:
    """The picture's bytes in a packet of video."""
    if len(packet) > 8 and packet[6] >> 6 == 2:  # of MPEG-2
        return packet[9 + packet[8] :]
    at = 6
    while at < len(packet) and packet[at] == 0xFF:
        at += 1
    if at < len(packet) and packet[at] >> 6 == 1:
        at += 2
    if at < len(packet):
        at += {2: 5, 3: 10}.get(packet[at] >> 4, 1)
    return packet[at:]


def _lacks_rows(video: bytes) -> bool:
    """Whether the last picture of MPEG-2 video, of which each row of blocks is a slice, lacks the lowest row."""
    sequence, picture = video.find(_SEQUENCE), video.rfind(_PICTURE)
    if sequence < 0 or picture < 0 or _EXTENSION not in video[sequence : sequence + 160]:  # as of MPEG-1
        return False
    height = int.from_bytes(video[sequence + 5 : sequence + 7], "big") & 0xFFF
    rows = (height + 15) // 16
    lowest, at = 0, picture + 4
    while (at := video.find(_START, at)) >= 0 and at + 6 < len(video):
        code = video[at + 3]
        if code == _EXTENSION[3] and video[at + 4] >> 4 == _PICTURE_CODING and video[at + 6] & 3 != _FRAME:
            return False  # a field: half of the rows
        if code in _SLICES:
            lowest = max(lowest, code)
        at += 4
    return rows <= _SLICES[-1] and lowest < rows


def _tail(file: BinaryIO, size: int) -> bytes:
    file.seek(max(0, size - _TAIL_BYTES))
    return file.read()
