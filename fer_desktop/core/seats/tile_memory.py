"""What is remembered of a seat in a call's gallery: features of its tile, for as long as the session lasts."""

from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from fer_desktop.core.seats.tile_evidence import ROOM_RANGE, SAME_SIZE, TileFeatures
from fer_desktop.core.types import FloatArray

_ROOMS: Final = 4  # kept per seat: camera on and off, backgrounds
_PLATES: Final = 6  # kept per seat: sizes, with and without the microphone icon
_AVATARS: Final = 2
_ROOM_LEARNING_RATE: Final = 0.2  # per frame
_SAME_ROOM: Final = 0.4 * ROOM_RANGE
_SAME_AVATAR: Final = 0.015
_SAME_PLATE: Final = 0.85

_Item = TypeVar("_Item")


@dataclass(slots=True, eq=False)
class SeatMemory:
    """The memory of one seat."""

    number: int
    xyxy: FloatArray
    place: int  # position in reading order when it was last seen
    thumb: FloatArray
    seen_s: float
    border_colours: list[FloatArray] = field(default_factory=list)
    avatars: list[FloatArray] = field(default_factory=list)
    plates: list[tuple[float, FloatArray]] = field(default_factory=list)  # tile height in px, line (C, P)
    seen_with: set[int] = field(default_factory=set)  # seats that were visible in the same frame

    @property
    def is_known(self) -> bool:
        """Whether it was learnt how its tile looks."""
        return bool(self.border_colours)

    def stay(self, features: TileFeatures, index: int, now_s: float) -> None:
        """Its tile is there, and cannot be looked at."""
        self.xyxy, self.place, self.seen_s = features.xyxy[index], index, now_s

    def learn(self, features: TileFeatures, index: int, now_s: float) -> None:
        """Learns how this seat's tile looks."""
        box, thumb = features.xyxy[index], features.thumbs[index]
        self.xyxy, self.place, self.thumb, self.seen_s = box, index, thumb, now_s
        self._learn_room(features.border_colours[index])
        if features.avatars[index].any():
            self._learn_avatar(features.avatars[index])
        if features.plates[index].any():
            self._learn_plate(float(box[3] - box[1]), features.plates[index])

    def take_over(self, other: "SeatMemory") -> None:
        """Takes over what was learnt on a second seat that was wrongly given to the same participant."""
        before, after = sorted((self, other), key=lambda seat: seat.seen_s)
        self.border_colours = _freshest(before.border_colours, after.border_colours, _ROOMS)
        self.avatars = _freshest(before.avatars, after.avatars, _AVATARS)
        self.plates = _freshest(before.plates, after.plates, _PLATES)
        self.xyxy, self.place, self.thumb, self.seen_s = after.xyxy, after.place, after.thumb, after.seen_s
        self.seen_with = self.seen_with | other.seen_with - {other.number}

    def _learn_room(self, room: FloatArray) -> None:
        differences = [_difference(room, known) for known in self.border_colours]
        if differences and min(differences) <= _SAME_ROOM:
            nearest = differences.index(min(differences))
            self.border_colours[nearest] = self.border_colours[nearest] + np.float32(_ROOM_LEARNING_RATE) * (
                room - self.border_colours[nearest]
            )
        else:
            self.border_colours = [*self.border_colours[-_ROOMS + 1 :], room]

    def _learn_avatar(self, avatar: FloatArray) -> None:
        if all(_difference(avatar, known) > _SAME_AVATAR for known in self.avatars):
            self.avatars = [*self.avatars[-_AVATARS + 1 :], avatar]

    def _learn_plate(self, height: float, plate: FloatArray) -> None:
        for index, (of, known) in enumerate(self.plates):
            if abs(of / height - 1) <= SAME_SIZE and float(known[0] @ plate[0]) >= _SAME_PLATE:
                del self.plates[index]
                break
        self.plates = [*self.plates[-_PLATES + 1 :], (height, plate)]


def _difference(a: FloatArray, b: FloatArray) -> float:
    """The mean difference; calling `mean` would take longer than the rest, for so few numbers."""
    return float(np.add.reduce(np.abs(a - b)) / len(a))


def _freshest(before: list[_Item], after: list[_Item], most: int) -> list[_Item]:
    """The newest of both, half from each where both have enough."""
    kept = before[-max(most - len(after), most // 2) :]
    return [*kept, *after[-(most - len(kept)) :]]
