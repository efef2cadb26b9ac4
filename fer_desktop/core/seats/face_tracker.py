"""Which face belongs to which participant: seats follow boxes from frame to frame."""

import itertools
from collections.abc import Iterator, Sequence
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

    def assign(self, faces: Sequence[Face], now_s: float) -> list[int]:
        """The seat number of each face; a face that overlaps no seat gets a new one. Old empty seats are forgotten."""
        self._now_s = now_s
        self._seats = [seat for seat in self._seats if now_s - seat.seen_s <= MEMORY_S]
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
