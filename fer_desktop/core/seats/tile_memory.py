"""What is remembered of a seat in a call's gallery: pixels of its tile, as long as the session lasts."""

from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from fer_desktop.core.seats.tile_evidence import LOOK_RANGE, SAME_SIZE, TileFeatures
from fer_desktop.core.types import FloatArray

# A picture that was seen not to move for so long is none of a camera.
STILL_S: Final = 4.0
_MOVES_FROM: Final = 2.0  # grey levels, of the most changed pixel of a thumbnail; a still picture keeps within 1
_FLAT_WITHIN: Final = 1.5  # grey levels; the plainest wall has more light on one side
_FLAT_SHARE: Final = 0.62  # of the thumbnail
_LOOKS: Final = 4  # that a seat keeps: camera on and off, backgrounds
_PLATES: Final = 6  # sizes, with and without the microphone
_AVATARS: Final = 2
_LEARNT_AT_ONCE: Final = 0.2  # of a room, at each sight
_SAME_LOOK: Final = 0.4 * LOOK_RANGE
_SAME_AVATAR: Final = 0.015
_SAME_PLATE: Final = 0.85

_Thing = TypeVar("_Thing")


@dataclass(slots=True, eq=False)
class SeatMemory:
    """One seat."""

    number: int
    xyxy: FloatArray
    place: int  # in reading order, when it was last seen
    thumb: FloatArray
    seen_s: float
    moved_s: float = -np.inf
    still_s: float = 0.0  # for how long it was compared since it moved or was away, and did not move
    border_colours: list[FloatArray] = field(default_factory=list)
    avatars: list[FloatArray] = field(default_factory=list)
    plates: list[tuple[float, FloatArray]] = field(default_factory=list)  # height of the tile in px, lines (C, P)
    seen_with: set[int] = field(default_factory=set)  # numbers of the seats that were seen in the same frame

    def learn(self, features: TileFeatures, index: int, now_s: float) -> None:
        """Takes in how the tile looks that is this seat's."""
        box, thumb = features.xyxy[index], features.thumbs[index]
        # A tile of another size is sampled at other points: what changes then is no movement.
        if now_s - self.seen_s >= STILL_S:
            self.still_s = 0.0  # whether it moves has to be seen anew
        elif np.array_equal(self.xyxy, box):
            moves = np.abs(thumb - self.thumb).max() >= _MOVES_FROM
            self.moved_s = now_s if moves else self.moved_s
            self.still_s = 0.0 if moves else self.still_s + now_s - self.seen_s
        self.xyxy, self.place, self.thumb, self.seen_s = box, index, thumb, now_s
        self._learn_look(features.border_colours[index])
        if features.avatars[index].any():
            self._learn_avatar(features.avatars[index])
        if features.plates[index].any():
            self._learn_plate(float(box[3] - box[1]), features.plates[index])

    def take_over(self, other: "SeatMemory") -> None:
        """Takes over what was learnt of the same participant on a seat that should not have been."""
        before, after = sorted((self, other), key=lambda seat: seat.seen_s)
        self.border_colours = _freshest(before.border_colours, after.border_colours, _LOOKS)
        self.avatars = _freshest(before.avatars, after.avatars, _AVATARS)
        self.plates = _freshest(before.plates, after.plates, _PLATES)
        self.xyxy, self.place, self.thumb, self.seen_s = after.xyxy, after.place, after.thumb, after.seen_s
        self.still_s, self.moved_s = after.still_s, after.moved_s
        self.seen_with = self.seen_with | other.seen_with - {other.number}

    def camera_on(self, now_s: float) -> bool:
        """Whether the tile shows a moving picture; until it was seen to be still it is believed unless it is flat."""
        if now_s - self.moved_s <= STILL_S:
            return True
        return self.still_s < STILL_S and not _flat(self.thumb)

    def _learn_look(self, look: FloatArray) -> None:
        apart = [float(np.abs(look - known).mean()) for known in self.border_colours]
        if apart and min(apart) <= _SAME_LOOK:
            nearest = int(np.argmin(apart))
            self.border_colours[nearest] = self.border_colours[nearest] + np.float32(_LEARNT_AT_ONCE) * (
                look - self.border_colours[nearest]
            )
        else:
            self.border_colours = [*self.border_colours[-_LOOKS + 1 :], look]

    def _learn_avatar(self, avatar: FloatArray) -> None:
        if all(float(np.abs(avatar - known).mean()) > _SAME_AVATAR for known in self.avatars):
            self.avatars = [*self.avatars[-_AVATARS + 1 :], avatar]

    def _learn_plate(self, height: float, plate: FloatArray) -> None:
        for index, (of, known) in enumerate(self.plates):
            if abs(of / height - 1) <= SAME_SIZE and float(known[0] @ plate[0]) >= _SAME_PLATE:
                del self.plates[index]
                break
        self.plates = [*self.plates[-_PLATES + 1 :], (height, plate)]


def _freshest(before: list[_Thing], after: list[_Thing], most: int) -> list[_Thing]:
    """The newest of both, half of each where both have that many."""
    kept = before[-max(most - len(after), most // 2) :]
    return [*kept, *after[-(most - len(kept)) :]]


def _flat(thumb: FloatArray) -> bool:
    """Whether most of it is one grey, as round an avatar's circle."""
    return bool((np.abs(thumb - np.median(thumb)) <= _FLAT_WITHIN).mean() >= _FLAT_SHARE)
