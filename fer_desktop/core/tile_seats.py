"""Who sits in which tile of a call's gallery.

A seat is known again by what its tile looks like: the pixels of the name plate, the colours of the room, its place. No
name is read, and nothing outlives the session.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import FloatArray, Tile

Truths = npt.NDArray[np.bool_]

# What each kind of evidence counts for where there are plates to compare, and where there are none. A plate stays the
# same whatever the camera does; rooms may be alike, and a place is anybody's after the next reordering.
_PLATE, _LOOK, _PLACE = 0.5, 0.45, 0.2
_LOOK_ALONE, _PLACE_ALONE = 0.75, 0.1
# A tile that is less like a seat than this is somebody else's.
LEAST_ALIKE: Final = 0.42
# Correlations of the plates of two people stay under the first, those of one person's are mostly over the second.
_PLATES_DIFFER, _PLATES_AGREE = 0.3, 0.7
_WHOLE_DIFFER, _WHOLE_AGREE = 0.7, 0.88  # the same with all that plates have in common
_SAME_PLATE: Final = 0.85  # with all that plates have in common
_SAME_SIZE: Final = 0.02  # plates are written larger or smaller with the tile: only tiles this alike are compared
_TYPICAL_OF: Final = 6  # plates are enough to tell what all of them have in common
# Colours that differ by so much on average are of another room.
_LOOK_RANGE: Final = 0.06
_KEPT: Final = 4  # looks and plates of a seat: camera on and off, microphone on and off, sizes of the window
_LEARNT_AT_ONCE: Final = 0.2  # of a plate or a room, at each sight
# A place says little once the others have had time to move.
_PLACE_HOLDS_S: Final = 5.0
_STAYED: Final = 0.9  # overlap of a tile with where it was
# A picture that has not moved for so long is none of a camera.
STILL_S: Final = 4.0
_MOVES_FROM: Final = 2.0  # grey levels, of the most changed pixel of a thumbnail; a still picture keeps within 1
_FLAT_WITHIN: Final = 1.5  # grey levels; the plainest wall has more light on one side
_FLAT_SHARE: Final = 0.62  # of the thumbnail
MOST_SEATS: Final = 200  # that are remembered: four pages


@dataclass(frozen=True, slots=True, eq=False)
class TileViews:
    """The tiles of one frame, and what tells them from one another."""

    xyxy: FloatArray  # (N, 4) px, in reading order
    plates: FloatArray  # (N, P) fingerprints of the name plates, of length 1; zeros where nothing is written
    looks: FloatArray  # (N, L) colours along the edges, 0-1
    thumbs: FloatArray  # (N, T) small grey pictures, 0-255

    def __len__(self) -> int:
        return len(self.xyxy)


@dataclass(slots=True)
class _Seat:
    number: int
    xyxy: FloatArray
    place: int  # in reading order, when it was last seen
    thumb: FloatArray
    first_s: float  # since it was last away
    seen_s: float
    moved_s: float = -np.inf
    looks: list[FloatArray] = field(default_factory=list)
    plates: list[tuple[float, FloatArray]] = field(default_factory=list)  # width of the tile in px, fingerprint


class TileSeats:
    """The seats of one gallery. Not shared between threads."""

    def __init__(self) -> None:
        self._seats: list[_Seat] = []
        self._next = 1
        self._tile_px = (0.0, 0.0)  # of the last frame

    def __len__(self) -> int:
        return len(self._seats)

    def assign(self, views: TileViews, now_s: float) -> list[Tile]:
        """A tile for each of the views, with its seat; a tile that is like no seat gets a new one."""
        chosen: dict[int, _Seat] = {}
        if self._seats and len(views):
            place = self._places_alike(views, now_s)
            plates, compared = _plates_alike(self._seats, views)
            alike = self._affinity(views, plates, compared, place)
            for row, column in match_greedily(alike, LEAST_ALIKE):
                chosen[column] = self._seats[row]
            self._stay(chosen, place, compared)
        for index in range(len(views)):
            if index not in chosen:
                chosen[index] = self._new(views, index, now_s)
            _learn(chosen[index], views, index, now_s)
        self._forget()
        self._tile_px = _tile_px(views)
        return [
            Tile(views.xyxy[index], chosen[index].number, _camera_on(chosen[index], now_s))
            for index in range(len(views))
        ]

    def _affinity(self, views: TileViews, plates: FloatArray, compared: Truths, place: FloatArray) -> FloatArray:
        """(S, N): how much each tile is like each seat."""
        looks = _looks_alike(self._seats, views.looks) * _distinct(views.looks)
        told = _PLATE * plates + _LOOK * looks + _PLACE * place
        untold = _LOOK_ALONE * looks + _PLACE_ALONE * place
        return np.where(compared, told, untold).astype(np.float32)

    def _places_alike(self, views: TileViews, now_s: float) -> FloatArray:
        """(S, N) 0-1: whether a tile is where the seat was; in a gallery of another size, whether it is as manieth."""
        if np.allclose(self._tile_px, _tile_px(views), rtol=_SAME_SIZE):
            place = iou_matrix(np.stack([seat.xyxy for seat in self._seats]), views.xyxy)
        else:
            order = np.array([seat.place for seat in self._seats])
            place = (order[:, None] == np.arange(len(views))[None]).astype(np.float32)
        place[[now_s - seat.seen_s > _PLACE_HOLDS_S for seat in self._seats]] = 0.0
        return place

    def _stay(self, chosen: dict[int, _Seat], place: FloatArray, compared: Truths) -> None:
        """A tile without a name that looks new is whose it was, where most of the others have kept their places.

        A camera that is switched off looks new.
        """
        rows = {seat.number: row for row, seat in enumerate(self._seats)}
        stayed = [place[rows[seat.number], index] > _STAYED for index, seat in chosen.items()]
        # After a page turn nobody is where anybody was, and where none is known nothing speaks for a place.
        if 2 * sum(stayed) <= len(stayed):
            return
        taken = {rows[seat.number] for seat in chosen.values()}
        for index in set(range(place.shape[1])) - chosen.keys():
            row = int(place[:, index].argmax())
            if place[row, index] > _STAYED and row not in taken and not compared[row, index]:
                chosen[index] = self._seats[row]

    def _new(self, views: TileViews, index: int, now_s: float) -> _Seat:
        seat = _Seat(self._next, views.xyxy[index], index, views.thumbs[index], first_s=now_s, seen_s=now_s)
        self._next += 1
        self._seats.append(seat)
        return seat

    def _forget(self) -> None:
        """Keeps memory bounded in a gallery that never shows anybody twice."""
        if len(self._seats) > MOST_SEATS:
            self._seats = sorted(self._seats, key=lambda seat: seat.seen_s)[-MOST_SEATS:]


def _tile_px(views: TileViews) -> tuple[float, float]:
    """The usual width and height of a tile; one that is larger, as a speaker's, does not count."""
    if not len(views):
        return 0.0, 0.0
    width, height = np.median(views.xyxy[:, 2:] - views.xyxy[:, :2], axis=0)
    return float(width), float(height)


def _plates_alike(seats: list[_Seat], views: TileViews) -> tuple[FloatArray, Truths]:
    """(S, N) 0-1: how much the plates agree, and whether there are two of one size to compare."""
    widths = views.xyxy[:, 2] - views.xyxy[:, 0]
    written = views.plates.any(axis=1)
    owners = np.array([row for row, seat in enumerate(seats) for _ in seat.plates], np.int64)
    best = np.full((len(seats), len(views)), -1.0, np.float32)
    compared = np.zeros(best.shape, np.bool_)
    if len(owners):
        known = np.stack([plate for seat in seats for _, plate in seat.plates])
        known_widths = np.array([width for seat in seats for width, _ in seat.plates])
        # What all plates have in common, the bar and the microphone, tells nobody from anybody.
        usual = views.plates[written].mean(axis=0) if written.sum() >= _TYPICAL_OF else np.float32(0)
        apart = _unit(known - usual) @ _unit(views.plates - usual).T
        # What only some have in common, such as a missing microphone, passes for likeness then; it does not in full.
        whole = (known @ views.plates.T - _WHOLE_DIFFER) / (_WHOLE_AGREE - _WHOLE_DIFFER)
        alike = np.minimum(apart, _PLATES_DIFFER + whole * (_PLATES_AGREE - _PLATES_DIFFER))
        comparable = (np.abs(known_widths[:, None] / widths - 1) <= _SAME_SIZE) & np.atleast_1d(written)
        np.maximum.at(best, owners, np.where(comparable, alike, -1.0))
        np.logical_or.at(compared, owners, comparable)
    return np.clip((best - _PLATES_DIFFER) / (_PLATES_AGREE - _PLATES_DIFFER), 0, 1).astype(np.float32), compared


def _unit(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def _looks_alike(seats: list[_Seat], looks: FloatArray) -> FloatArray:
    """(S, N) 0-1: how much each tile has colours that each seat has had."""
    owners = np.repeat(np.arange(len(seats)), [len(seat.looks) for seat in seats])
    known = np.stack([look for seat in seats for look in seat.looks])
    nearest = np.full((len(seats), len(looks)), np.inf, np.float32)
    np.minimum.at(nearest, owners, _apart(known, looks))
    return np.asarray(np.clip(1 - nearest / _LOOK_RANGE, 0, 1), np.float32)


def _distinct(looks: FloatArray) -> FloatArray:
    """(N,) 0-1: how much each tile's colours differ from all others' of the frame; avatars are alike."""
    apart = _apart(looks, looks)
    np.fill_diagonal(apart, np.inf)
    return np.asarray(np.clip(apart.min(axis=1) / _LOOK_RANGE, 0, 1), np.float32)


def _apart(a: FloatArray, b: FloatArray) -> FloatArray:
    """(N, M) mean difference of rows (N, L) and (M, L)."""
    return np.asarray(np.abs(a[:, None] - b[None]).mean(axis=2), np.float32)


def _learn(seat: _Seat, views: TileViews, index: int, now_s: float) -> None:
    box = views.xyxy[index]
    # A tile of another size is sampled at other points: what changes then is no movement.
    comparable = np.array_equal(seat.xyxy, box) and now_s - seat.seen_s < STILL_S
    if comparable and np.abs(views.thumbs[index] - seat.thumb).max() >= _MOVES_FROM:
        seat.moved_s = now_s
    if now_s - seat.seen_s >= STILL_S:
        seat.first_s = now_s  # whether it moves has to be seen anew
    seat.xyxy, seat.place, seat.thumb, seat.seen_s = box, index, views.thumbs[index], now_s
    _learn_look(seat, views.looks[index])
    if views.plates[index].any():
        _learn_plate(seat, float(box[2] - box[0]), views.plates[index])


def _learn_look(seat: _Seat, look: FloatArray) -> None:
    apart = [float(np.abs(look - known).mean()) for known in seat.looks]
    if apart and min(apart) <= 0.4 * _LOOK_RANGE:
        nearest = int(np.argmin(apart))
        seat.looks[nearest] = seat.looks[nearest] + np.float32(_LEARNT_AT_ONCE) * (look - seat.looks[nearest])
    else:
        seat.looks = [*seat.looks[-_KEPT + 1 :], look]


def _learn_plate(seat: _Seat, width: float, plate: FloatArray) -> None:
    alike = [float(known @ plate) if abs(of / width - 1) <= _SAME_SIZE else -1.0 for of, known in seat.plates]
    if alike and max(alike) >= _SAME_PLATE:
        nearest = int(np.argmax(alike))
        of, known = seat.plates[nearest]
        seat.plates[nearest] = of, _unit((known + np.float32(_LEARNT_AT_ONCE) * (plate - known))[None])[0]
    else:
        seat.plates = [*seat.plates[-_KEPT + 1 :], (width, plate)]


def _camera_on(seat: _Seat, now_s: float) -> bool:
    """Whether the tile shows a moving picture; one that was only just seen is believed unless it is flat."""
    if now_s - seat.moved_s <= STILL_S:
        return True
    return now_s - seat.first_s < STILL_S and not _flat(seat.thumb)


def _flat(thumb: FloatArray) -> bool:
    """Whether most of it is one grey, as round an avatar's circle."""
    return bool((np.abs(thumb - np.median(thumb)) <= _FLAT_WITHIN).mean() >= _FLAT_SHARE)
