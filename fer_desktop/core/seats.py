"""Which face belongs to which participant: seats follow boxes from frame to frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import Face, FloatArray

# A face that moved by half its width between two analyses still overlaps its last box by a third.
MIN_IOU: Final = 0.3
# Longer than a look away, shorter than the time in which somebody else takes the place.
MEMORY_S: Final = 3.0


@dataclass(slots=True)
class _Seat:
    number: int
    xyxy: FloatArray
    seen_s: float


class Seats:
    """The seats of one session. Not shared between threads."""

    def __init__(self) -> None:
        self._seats: list[_Seat] = []
        self._next = 1

    def __len__(self) -> int:
        return len(self._seats)

    @property
    def numbers(self) -> list[int]:
        """The seats that are taken, those included that are empty for a moment."""
        return [seat.number for seat in self._seats]

    def assign(self, faces: Sequence[Face], now_s: float) -> list[int]:
        """The seat's number for each face; a face that overlaps none gets a new one. Empty seats are forgotten."""
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
                numbers[index] = self._next
                self._seats.append(_Seat(self._next, face.xyxy, now_s))
                self._next += 1
        return numbers
