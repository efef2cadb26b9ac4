"""What was read of a part of a recording, in a file until the recording is done: numbers by seat, and no picture."""

import contextlib
import io
import json
import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from fer_desktop.core.files import private_opener, write_whole
from fer_desktop.core.types import (
    Analysis,
    Attendance,
    Face,
    FloatArray,
    Frame,
    Quality,
    Reading,
    Reason,
    SharesRule,
    Tile,
)
from fer_desktop.sessions.write_errors import could_not_create, could_not_write

_MAGIC: Final = b"FERPART2\n"
_LENGTH: Final = struct.Struct("<II")  # bytes of the JSON, bytes of the numbers
_MOST_BYTES: Final = 4_000_000  # of one frame: far more than a screen has room for
_PER_FACE, _PER_TILE = 4 + 7, 4
_NO_LANDMARKS: Final = np.zeros((5, 2), np.float32)


class PartFile:
    """A file that grows frame by frame. It stands under its name once it is finished, and beside that until then."""

    def __init__(self, path: Path) -> None:
        """Begins it anew. Raises StoreError."""
        self._path, self._unfinished = path, path.with_suffix(".writing")
        try:
            self._file: BinaryIO = open(self._unfinished, "wb", opener=private_opener)  # noqa: SIM115 - closed by `finish` or `close`
        except OSError as error:
            raise could_not_create(path, error) from error
        self._write(_MAGIC)

    def add(self, analysis: Analysis) -> None:
        """Adds what a frame shows. Raises StoreError."""
        self._write(_packed(analysis))

    def finish(self, end: dict[str, object]) -> None:
        """All frames are there, and this is how it ended. Raises StoreError."""
        self._write(_record(end, np.empty(0, np.float64)))
        self.close()
        try:
            self._unfinished.replace(self._path)
        except OSError as error:
            raise could_not_write(self._path, error) from error

    def close(self) -> None:
        """Closes it; may be called twice."""
        self._file.close()

    def _write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise could_not_write(self._path, error) from error


class PackedPart:
    """The bytes of such a file, made where there is no place for one: on another computer."""

    def __init__(self) -> None:
        self._records = [_MAGIC]

    def add(self, analysis: Analysis) -> None:
        """Adds what a frame shows."""
        self._records.append(_packed(analysis))

    def finish(self, end: dict[str, object]) -> None:
        """All frames are there, and this is how it ended."""
        self._records.append(_record(end, np.empty(0, np.float64)))

    def data(self) -> bytes:
        """All of it."""
        return b"".join(self._records)


def write_part(path: Path, data: bytes) -> None:
    """Puts the bytes of a finished part where `PartFile` would have. Raises StoreError."""
    try:
        write_whole(path, data, private=True)
    except OSError as error:
        raise could_not_write(path, error) from error


def part_frames(part: Path | bytes) -> Iterator[Analysis]:
    """What the frames of a part showed, one at a time. Raises ValueError, OSError where it is damaged."""
    for head, numbers in _records(part):
        if "at" in head:
            yield _unpacked(head, numbers)


def part_end(part: Path | bytes) -> dict[str, object] | None:
    """How a finished part ended; None where it is not there, or damaged."""
    end: dict[str, object] | None = None
    with contextlib.suppress(OSError, ValueError):
        for head, _ in _records(part):
            end = head
    return end if end is not None and "at" not in end else None


def _records(part: Path | bytes) -> Iterator[tuple[dict[str, object], FloatArray]]:
    with io.BytesIO(part) if isinstance(part, bytes) else part.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ValueError("this is no part of a recording")
        while lengths := file.read(_LENGTH.size):
            head_bytes, number_bytes = _LENGTH.unpack(_whole(lengths, _LENGTH.size))
            if head_bytes + number_bytes > _MOST_BYTES:
                raise ValueError("a frame that is too long")
            head = json.loads(_whole(file.read(head_bytes), head_bytes))
            yield head, np.frombuffer(_whole(file.read(number_bytes), number_bytes), np.float64)


def _whole(data: bytes, length: int) -> bytes:
    if len(data) < length:
        raise ValueError("the file is cut off")
    return data


def _record(head: dict[str, object], numbers: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> bytes:
    text = json.dumps(head, separators=(",", ":")).encode()
    with io.BytesIO() as record:
        record.write(_LENGTH.pack(len(text), numbers.nbytes))
        record.write(text)
        record.write(numbers.tobytes())
        return record.getvalue()


def _packed(analysis: Analysis) -> bytes:
    left = analysis.attendance
    head: dict[str, object] = {
        "at": analysis.frame.captured_s,
        "index": analysis.frame.index,
        "took": analysis.duration_s,
        "seats": analysis.seats,
        "on": analysis.cameras_on,
        "faces": [[one.seat, one.face.score, one.quality.reason.value] for one in analysis.readings],
        "tiles": [[one.seat, one.camera_on] for one in analysis.tiles],
        "merged": analysis.merged,
        "rule": _rule_row(analysis.rule),
        "left": [left.left, left.came_back, left.just_left, left.just_back],
    }
    faces = [np.concatenate([one.face.xyxy, one.probabilities]) for one in analysis.readings]
    numbers = [np.asarray(one, np.float64) for one in (*faces, *(tile.xyxy for tile in analysis.tiles))]
    return _record(head, np.concatenate(numbers) if numbers else np.empty(0, np.float64))


def _unpacked(head: dict[str, object], numbers: FloatArray) -> Analysis:
    """Raises ValueError, TypeError, KeyError where it is none."""
    told: dict[str, object] = head
    faces, tiles = _rows(told["faces"]), _rows(told["tiles"])
    split = len(faces) * _PER_FACE
    by_face = numbers[:split].reshape(len(faces), _PER_FACE).astype(np.float32)
    by_tile = numbers[split:].reshape(len(tiles), _PER_TILE).astype(np.float32)
    left, came_back, just_left, just_back = _rows(told["left"])
    return Analysis(
        Frame(int(str(told["index"])), float(str(told["at"])), np.zeros((0, 0, 3), np.uint8)),
        tuple(_reading(row, values) for row, values in zip(faces, by_face, strict=True)),
        float(str(told["took"])),
        int(str(told["seats"])),
        int(str(told["on"])),
        tuple(Tile(box, int(seat), bool(on)) for (seat, on), box in zip(tiles, by_tile, strict=True)),
        (),
        Attendance(left, came_back, {}, tuple(just_left), tuple(just_back)),
        tuple((int(seat), int(into)) for seat, into in _rows(told["merged"])),
        rule=_rule(told["rule"]),
    )


def _rule_row(rule: SharesRule) -> list[object]:
    usual = None if rule.usual is None else [float(share) for share in rule.usual]
    return [usual, rule.weight, rule.common, rule.common_unclear]


def _rule(value: object) -> SharesRule:
    usual, weight, common, unclear = _rows(value)
    shares = None if usual is None else np.array(_rows(usual), np.float32)
    return SharesRule(shares, float(weight), float(common), float(unclear))


def _rows(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("no rows")
    return value


def _reading(row: list[Any], values: FloatArray) -> Reading:
    seat, score, why = row
    reason = Reason(why)
    quality = Quality(reason is Reason.NONE, reason, math.nan)
    return Reading(int(seat), Face(values[:4], float(score), _NO_LANDMARKS), quality, values[4:])
