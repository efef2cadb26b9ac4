"""Which face belongs to which participant: seats follow boxes from frame to frame."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import Face, FloatArray

# A face that moved by half its width between two analyses still overlaps its last box by a third.
MIN_IOU: Final = 0.3
# Longer than a glance aside, shorter than it takes somebody else to sit down there.
MEMORY_S: Final = 3.0
# Who was seen for less is gone as soon as unseen: people in a film or a slide show do not glance aside.
_ESTABLISHED_S: Final = 1.0


@dataclass(slots=True)
class _Seat:
    number: int
    xyxy: FloatArray
    first_s: float
    seen_s: float


class FaceTracker:
    """The seats of one session. Not thread-safe."""

    def __init__(self, numbers: Iterator[int] | None = None) -> None:
        """`numbers` for new seats; None: from 1 on."""
        self._seats: list[_Seat] = []
        self._numbers = numbers or itertools.count(1)
        self._now_s = 0.0

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def numbers(self) -> list[int]:
        """The occupied seats, including established ones that are empty for a moment."""
        return [
            seat.number
            for seat in self._seats
            if seat.seen_s == self._now_s or seat.seen_s - seat.first_s >= _ESTABLISHED_S
        ]

    def seats_at(self, faces: Sequence[tuple[int, Face]], now_s: float) -> dict[int, int]:
        """By the key of each face, the seat that is where this face is now; without those that are at none."""
        seats = [seat for seat in self._seats if now_s - seat.seen_s <= MEMORY_S]
        if not faces or not seats:
            return {}
        known, found = np.stack([seat.xyxy for seat in seats]), np.stack([face.xyxy for _, face in faces])
        pairs = match_greedily(iou_matrix(known, found), MIN_IOU)
        return {faces[column][0]: seats[row].number for row, column in pairs}

    def adopt(self, number: int, face: Face, now_s: float) -> None:
        """Takes over a seat that comes from elsewhere, with the face that it has now."""
        self.release(number)
        self._seats.append(_Seat(number, face.xyxy, now_s - _ESTABLISHED_S, now_s))

    def release(self, number: int) -> None:
        """Forgets a seat that was taken over."""
        self._seats = [seat for seat in self._seats if seat.number != number]

    def release_inside(self, boxes: FloatArray, numbers: Collection[int], kept: Collection[int] = ()) -> None:
        """Forgets the seats `numbers`, and those that are in one of the boxes (N, 4) px but for the ones `kept`."""
        self._seats = [
            seat
            for seat in self._seats
            if seat.number not in numbers and (seat.number in kept or not _is_in_any(seat.xyxy, boxes))
        ]

    def assign(self, faces: Sequence[Face], now_s: float, kept: Collection[int] = ()) -> list[int]:
        """The seat number of each face; a face that overlaps no seat gets a new one. Old empty seats are forgotten."""
        self._now_s = now_s
        self._seats = [seat for seat in self._seats if now_s - seat.seen_s <= MEMORY_S or seat.number in kept]
        numbers = [0] * len(faces)
        if faces and self._seats:
            known = np.stack([seat.xyxy for seat in self._seats])
            found = np.stack([face.xyxy for face in faces])
            for row, column in match_greedily(iou_matrix(known, found), MIN_IOU):
                seat = self._seats[row]
                seat.xyxy, seat.seen_s = faces[column].xyxy, now_s
                numbers[column] = seat.number
        for index, face in enumerate(faces):
            if numbers[index] == 0:
                numbers[index] = next(self._numbers)
                self._seats.append(_Seat(numbers[index], face.xyxy, now_s, now_s))
        return numbers


def _is_in_any(box: FloatArray, boxes: FloatArray) -> bool:
    middle = (box[:2] + box[2:]) / 2
    return bool(((boxes[:, :2] <= middle) & (middle < boxes[:, 2:])).all(axis=1).any())
