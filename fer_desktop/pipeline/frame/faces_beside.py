"""The participants whose faces are in no tile: their seats go by the face, and from tile to face and back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.seats.face_tracker import FaceTracker
from fer_desktop.core.seats.stillness import Motion, Stillness
from fer_desktop.core.seats.surroundings import SurroundingBoxes
from fer_desktop.core.types import AsideFace, Face, FloatArray, Reason

_SAME_FACE: Final = 0.3  # overlap of a face with where it was as its tile went
_TILE_GONE_S: Final = 3.0  # for so long the face of a tile that is gone keeps the tile's seat


class FacesBeside:
    """The seats by face of one scene. Not thread-safe."""

    def __init__(self, numbers: Iterator[int]) -> None:
        self._tracker = FaceTracker(numbers)
        self._surroundings, self._stillness = SurroundingBoxes(), Stillness()
        self._motions: Mapping[int, Motion] = {}
        self._in_tiles: dict[int, tuple[float, Face]] = {}  # by seat by tile: when and where its face was last
        self._set_aside: tuple[AsideFace, ...] = ()

    def seats_at(self, faces: Mapping[int, Face], now_s: float) -> dict[int, int]:
        """By the key of each face, the seat by face that it has; without those that have none."""
        return self._tracker.seats_at(faces, now_s)

    def give_to_tiles(self, tiles: FloatArray, seats: set[int], excluded: frozenset[int]) -> None:
        """Forgets the seats that tiles (N, 4) px have now, and those in their places but for the excluded ones."""
        self._tracker.release_inside(tiles, seats, excluded)

    def seated(self, faces: Sequence[Face], now_s: float, excluded: frozenset[int]) -> list[tuple[int, Face]]:
        """The faces that are in no tile, with their seats; one whose tile is just gone keeps the tile's seat."""
        self._take_from_tiles(faces, now_s)
        numbers = self._tracker.assign(faces, now_s, excluded)
        return [(seat, face) for seat, face in zip(numbers, faces, strict=True) if seat]

    def remember_tiles(self, places: Mapping[int, Face], now_s: float) -> None:
        """Remembers where the faces in tiles are, by seat."""
        kept = {seat: seen for seat, seen in self._in_tiles.items() if 0 <= now_s - seen[0] <= _TILE_GONE_S}
        self._in_tiles = kept | {seat: (now_s, face) for seat, face in places.items()}

    def watch(
        self,
        faces: Mapping[int, Face],
        covered: Collection[int],
        look_at: Callable[[FloatArray], FloatArray],
        now_s: float,
    ) -> None:
        """Learns who moves and who stands still among all faces, by seat; `look_at` gives small pictures of boxes.

        Of the seats `covered` what was known stays.
        """
        motions = {seat: motion for seat, motion in self._motions.items() if seat in covered}
        if faces:
            seats = list(faces)
            places = self._surroundings.update(seats, np.stack([face.xyxy for face in faces.values()]))
            pictures = look_at(places).reshape(len(seats), -1)
            motions |= self._stillness.update(seats, pictures, now_s, places)
        if faces or covered:
            self._motions = motions

    def is_picture(self, seat: int) -> bool:
        """Whether a seat by face has never moved while others did: a poster or an avatar, and no participant."""
        return self._motions.get(seat) is Motion.STILL

    def is_frozen(self, seat: int) -> bool:
        """Whether a seat by face moved as video does, and stands still now."""
        return self._motions.get(seat) is Motion.FROZEN

    def set_aside(self, faces: Mapping[Reason, Sequence[Face]]) -> None:
        """Remembers the faces of the last look that belong to no participant, by reason."""
        self._set_aside = tuple(AsideFace(face.xyxy, reason) for reason, some in faces.items() for face in some)

    def aside(self, by_face: Sequence[tuple[int, Face]]) -> tuple[AsideFace, ...]:
        """The faces that belong to no participant."""
        still = (AsideFace(face.xyxy, Reason.STILL) for seat, face in by_face if self.is_picture(seat))
        return (*self._set_aside, *still)

    def occupied(self, without: set[int]) -> int:
        """How many seats by face somebody has, in sight or looking away for a moment."""
        return sum(seat not in without and not self.is_picture(seat) for seat in self._tracker.numbers)

    def _take_from_tiles(self, faces: Sequence[Face], now_s: float) -> None:
        gone = {seat: face for seat, (seen_s, face) in self._in_tiles.items() if seen_s < now_s}
        if not gone or not faces:
            return
        before, now = (np.stack([face.xyxy for face in some]) for some in (list(gone.values()), faces))
        seats = list(gone)
        for row, column in match_greedily(iou_matrix(before, now), _SAME_FACE):
            self._tracker.adopt(seats[row], faces[column], now_s)
            del self._in_tiles[seats[row]]
