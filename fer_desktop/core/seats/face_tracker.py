"""Which face belongs to which participant: seats follow boxes from frame to frame."""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import area, holders, iou_matrix, match_greedily
from fer_desktop.core.types import Face, FloatArray

# A face that moved by half its width between two analyses still overlaps its last box by a third.
MIN_IOU: Final = 0.3
# Ten seconds of looking away, and the second until the next look at the whole picture on either side.
MEMORY_S: Final = 12.0
# Who was seen for less is gone as soon as unseen: people in a film or a slide show do not glance aside.
_ESTABLISHED_S: Final = 1.0
_FLEETING_MEMORY_S: Final = (
    3.0  # of who was seen for less: long enough for a face that the detector misses now and then
)
# Between centres, in faces. A head that turns shifts its box by half a face; people side by side are further apart.
_NEAR: Final = 0.9
_SIMILAR: Final = (0.6, 1.6)  # ratio of sizes of one face, before and after
_ON_HEAD: Final = (0.4, 2.5)  # ratio of sizes of a face and of what is taken for one on the same head turned away
_OVERLAP: Final = 0.5  # of the smaller of two boxes, from which on they are on one head
_LEAST_FIT: Final = 1e-6
_ONE_HEAD: Final = 0.5  # between centres, in faces: no two heads in one frame are as near
_UNUSUAL_S: Final = 2.0  # a size that lasts for longer is the face's size from then on

NO_SEAT: Final = 0  # of a face that is a second box on a head


@dataclass(slots=True)
class _Seat:
    number: int
    last: FloatArray  # (4,) px: where it was last seen
    usual: FloatArray  # (4,) px: the same, without boxes of another size on a turned head
    first_s: float
    seen_s: float
    unusual_s: float | None = None  # since when it has had another size

    @property
    def established(self) -> bool:
        return self.seen_s - self.first_s >= _ESTABLISHED_S

    def see(self, xyxy: FloatArray, now_s: float) -> None:
        """Moves the seat to the box. What is usual changes once a box follows the one before it: heads come back."""
        before, usual, seen = self.last[None], self.usual[None], xyxy[None]
        if _SIMILAR[0] <= float(_sizes(seen)[0] / _sizes(usual)[0]) <= _SIMILAR[1]:
            self.unusual_s = None
        elif self.unusual_s is None:
            self.unusual_s = now_s
        lasting = self.unusual_s is None or now_s - self.unusual_s >= _UNUSUAL_S
        if lasting and iou_matrix(before, seen)[0, 0] >= MIN_IOU:
            self.usual, self.unusual_s = xyxy, None
        self.last, self.seen_s = xyxy, now_s


class FaceTracker:
    """The seats of one session. Not thread-safe.

    A seat is a place in the picture: whoever comes back to it is whom it belonged to. Somebody else who sits down in
    the same place within `MEMORY_S` cannot be told from them and takes the seat over.
    """

    def __init__(self, numbers: Iterator[int] | None = None) -> None:
        """`numbers` for new seats; None: from 1 on."""
        self._seats: list[_Seat] = []
        self._numbers = numbers or itertools.count(1)
        self._now_s = 0.0

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def numbers(self) -> list[int]:
        """The occupied seats.

        A seat that is empty counts for as long as it had been taken, at most `MEMORY_S`: who was there for a minute has
        looked away, who was there for a moment is gone.
        """
        return [seat.number for seat in self._seats if self._counts(seat)]

    def assign(self, faces: Sequence[Face], now_s: float, kept: Collection[int] = ()) -> list[int]:
        """The seat number of each face, each at most once; `NO_SEAT` for a second box on the head of a better face.

        A face near no seat gets a new one. Seats that stay empty are forgotten, but for those `kept`: a face that
        appears where an excluded person was last seen is excluded, however late.
        """
        self._now_s = now_s
        self._seats = [seat for seat in self._seats if seat.number in kept or now_s - seat.seen_s <= _memory_s(seat)]
        numbers = [NO_SEAT] * len(faces)
        single = _one_a_head(faces)
        if single and self._seats:
            affinity = self._affinity(np.stack([faces[index].xyxy for index in single]))
            for row, column in match_greedily(affinity, _LEAST_FIT):
                self._seats[row].see(faces[single[column]].xyxy, now_s)
                numbers[single[column]] = self._seats[row].number
        for index in single:
            if numbers[index] == NO_SEAT:
                numbers[index] = next(self._numbers)
                self._add(numbers[index], faces[index].xyxy, now_s, now_s)
        return numbers

    def seats_at(self, faces: Mapping[int, Face], now_s: float) -> dict[int, int]:
        """By the key of each face, the seat whose face it is; without those that are nobody's yet."""
        seats = [seat for seat in self._seats if now_s - seat.seen_s <= _memory_s(seat)]
        if not faces or not seats:
            return {}
        known, found = np.stack([seat.last for seat in seats]), np.stack([face.xyxy for face in faces.values()])
        keys = list(faces)
        return {keys[column]: seats[row].number for row, column in match_greedily(iou_matrix(known, found), MIN_IOU)}

    def adopt(self, number: int, face: Face, now_s: float) -> None:
        """Takes over a seat from elsewhere, such as that of a tile that disappeared, with its face.

        To be called before the frame's faces are assigned; a seat that is known already is moved to the face.
        """
        self.release(number)
        self._add(number, face.xyxy, now_s - MEMORY_S, now_s)

    def release(self, number: int) -> None:
        """Forgets a seat that somebody else has taken over; none where it is not known."""
        self._seats = [seat for seat in self._seats if seat.number != number]

    def release_inside(self, boxes: FloatArray, numbers: Collection[int], kept: Collection[int] = ()) -> None:
        """Forgets the seats `numbers`, and those in one of the boxes (N, 4) px but for the ones `kept`."""
        if self._seats:
            inside = holders(boxes, np.stack([seat.last for seat in self._seats])) >= 0
            self._seats = [
                seat
                for seat, taken in zip(self._seats, inside, strict=True)
                if seat.number not in numbers and (seat.number in kept or not taken)
            ]

    def _add(self, number: int, xyxy: FloatArray, first_s: float, now_s: float) -> None:
        self._seats.append(_Seat(number, xyxy, xyxy, first_s, now_s))

    def _counts(self, seat: _Seat) -> bool:
        empty_s = self._now_s - seat.seen_s
        return empty_s <= 0 or (seat.established and empty_s <= min(seat.seen_s - seat.first_s, MEMORY_S))

    def _affinity(self, found: FloatArray) -> FloatArray:
        """(S, N) how well the boxes (N, 4) fit the seats: above 1 by overlap, else by distance; 0: not at all."""
        last_seen_s = max(seat.seen_s for seat in self._seats)
        # That somebody moved is more probable than that they went and somebody else came back at the same moment.
        weight = np.array([1.0 if seat.seen_s == last_seen_s else 0.5 for seat in self._seats], np.float32)
        boxes = (np.stack([seat.last for seat in self._seats]), np.stack([seat.usual for seat in self._seats]))
        return np.asarray(np.maximum(*(_fit(known, found, weight[:, None]) for known in boxes)), np.float32)


def _memory_s(seat: _Seat) -> float:
    return MEMORY_S if seat.established else _FLEETING_MEMORY_S


def _fit(known: FloatArray, found: FloatArray, weight: FloatArray) -> FloatArray:
    """(S, N) above 1 for boxes that overlap, (0.1, 1) for near ones of similar size, up to 0.1 for others on a head."""
    iou = iou_matrix(known, found)
    ratio = _sizes(found)[None] / _sizes(known)[:, None]
    away = _distances(known, found) / _sizes(known)[:, None]
    nearness = 1 - away / _NEAR
    near = (nearness > 0) & (ratio >= _SIMILAR[0]) & (ratio <= _SIMILAR[1])
    on_head = (_overlap_of_smaller(known, found) > _OVERLAP) & (ratio >= _ON_HEAD[0]) & (ratio <= _ON_HEAD[1])
    fit = np.where(near, 0.1 + 0.9 * weight * nearness, np.where(on_head, 0.1 * weight / (1 + away), 0.0))
    return np.asarray(np.where(iou >= MIN_IOU, 1 + weight * iou, fit), np.float32)


def _one_a_head(faces: Sequence[Face]) -> list[int]:
    """The indices of the faces without second boxes on a head: the better score of each is kept."""
    if len(faces) < 2:
        return list(range(len(faces)))
    boxes = np.stack([face.xyxy for face in faces])
    sizes = _sizes(boxes)
    larger = np.maximum(sizes[:, None], sizes[None])
    same: npt.NDArray[np.bool_] = (_overlap_of_smaller(boxes, boxes) > _OVERLAP) | (
        _distances(boxes, boxes) < _ONE_HEAD * larger
    )
    kept: list[int] = []
    for index in sorted(range(len(faces)), key=lambda one: -faces[one].score):
        if not same[index, kept].any():
            kept.append(index)
    return sorted(kept)


def _sizes(boxes: FloatArray) -> FloatArray:
    """(N,) px: the longer sides; the shorter depends on how far the head is turned."""
    return np.asarray(np.maximum((boxes[:, 2:] - boxes[:, :2]).max(axis=1), 1.0), np.float32)


def _distances(a: FloatArray, b: FloatArray) -> FloatArray:
    """(N, M) px between centres."""
    between = (a[:, None, :2] + a[:, None, 2:] - b[None, :, :2] - b[None, :, 2:]) / 2
    return np.asarray(np.linalg.norm(between, axis=2), np.float32)


def _overlap_of_smaller(a: FloatArray, b: FloatArray) -> FloatArray:
    """(N, M) the area in both boxes as a share of the smaller one."""
    iou = iou_matrix(a, b)
    both = iou / (1 + iou) * (area(a)[:, None] + area(b)[None])
    return np.asarray(both / np.maximum(np.minimum(area(a)[:, None], area(b)[None]), 1e-9), np.float32)
