"""Whose faces are in a frame: by tile where the picture is a gallery, by face where it is not."""

import dataclasses
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.seats import Seats
from fer_desktop.core.tile_seats import TileSeats
from fer_desktop.core.types import Face, FloatArray, Frame, Image, LeftOutFace, Tile
from fer_desktop.pipeline.ports import FaceDetector, GalleryReader

# A face that was found is where it was for so long, moved with its tile, until its tile is looked at again.
FACE_HOLDS_S: Final = 0.8
_FORGET_S: Final = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The people of one frame; those left out are among the tiles and the last alone."""

    faces: list[Face]
    seats: list[int]  # of each face
    tiles: tuple[Tile, ...] = ()
    taken: int = 0  # seats
    cameras_on: int = 0
    left_out: tuple[LeftOutFace, ...] = ()


@dataclass(slots=True)
class _Sight:
    """The face that was last seen at a seat, in shares of its tile."""

    looked_s: float
    score: float = 0.0
    xyxy: FloatArray | None = None  # (4,); None where there was no face
    landmarks: FloatArray | None = None  # (5, 2)


class People:
    """Who is in the frames of one scene. Not shared between threads."""

    def __init__(self, detector: FaceDetector, gallery: GalleryReader | None = None) -> None:
        self._detector, self._gallery = detector, gallery
        self._seats, self._tile_seats = Seats(), TileSeats()
        self._sights: dict[int, _Sight] = {}

    def find(self, frame: Frame, left_out: frozenset[int] = frozenset()) -> Found:
        """The faces of a frame and their seats. With a gallery each tile has one face at most: the largest.

        Nothing is looked for in the tiles of seats that are left out.
        """
        views = self._gallery.read(frame.image) if self._gallery is not None else None
        if views is None or not len(views):
            return self._without_gallery(frame, left_out)
        tiles = [
            dataclasses.replace(tile, left_out=True) if tile.seat in left_out else tile
            for tile in self._tile_seats.assign(views, frame.captured_s)
        ]
        taken = [tile for tile in tiles if not tile.left_out]
        self._look(frame.image, taken, frame.captured_s)
        shown = [(tile, self._sights[tile.seat]) for tile in taken if tile.camera_on]
        faces, seats = [], []
        for tile, sight in shown:
            if (face := _in_frame(sight, tile.xyxy)) is not None:
                faces.append(face)
                seats.append(tile.seat)
        return Found(faces, seats, tuple(tiles), taken=len(taken), cameras_on=len(shown))

    def _without_gallery(self, frame: Frame, left_out: frozenset[int]) -> Found:
        found = self._detector.detect(frame.image)
        numbered = list(zip(found, self._seats.assign(found, frame.captured_s), strict=True))
        taken = len(set(self._seats.numbers) - left_out)
        return Found(
            [face for face, seat in numbered if seat not in left_out],
            [seat for _, seat in numbered if seat not in left_out],
            taken=taken,
            cameras_on=taken,
            left_out=tuple(LeftOutFace(seat, face.xyxy) for face, seat in numbered if seat in left_out),
        )

    def _look(self, image: Image, tiles: list[Tile], now_s: float) -> None:
        """Looks for faces where none was looked for yet or the last look is the longest ago."""
        assert self._gallery is not None
        on = [tile for tile in tiles if tile.camera_on]
        never = [tile for tile in on if not self._holds(tile.seat, now_s)]
        again = sorted((tile for tile in on if self._holds(tile.seat, now_s)), key=self._looked_s)
        due = [*never, *again[: max(0, self._gallery.at_once - len(never))]]
        if not due:
            return
        boxes = np.stack([tile.xyxy for tile in due])
        for tile, faces in zip(due, self._gallery.find(image, boxes), strict=True):
            self._sights[tile.seat] = _sight(faces, tile.xyxy, now_s)
        old = [seat for seat, sight in self._sights.items() if now_s - sight.looked_s > _FORGET_S]
        for seat in old:
            del self._sights[seat]

    def _holds(self, seat: int, now_s: float) -> bool:
        return seat in self._sights and now_s - self._sights[seat].looked_s <= FACE_HOLDS_S

    def _looked_s(self, tile: Tile) -> float:
        return self._sights[tile.seat].looked_s


def _sight(faces: list[Face], tile: FloatArray, now_s: float) -> _Sight:
    if not faces:
        return _Sight(now_s)
    # Who sits at the camera is nearer to it than a picture on the wall or somebody passing by.
    face = max(faces, key=lambda one: one.score * float((one.xyxy[2:] - one.xyxy[:2]).max()))
    corner, size = tile[:2], tile[2:] - tile[:2]
    xyxy = (face.xyxy - np.tile(corner, 2)) / np.tile(size, 2)
    landmarks = (face.landmarks - corner) / size
    return _Sight(now_s, face.score, np.asarray(xyxy, np.float32), np.asarray(landmarks, np.float32))


def _in_frame(sight: _Sight, tile: FloatArray) -> Face | None:
    if sight.xyxy is None or sight.landmarks is None:
        return None
    corner, size = tile[:2], tile[2:] - tile[:2]
    xyxy = sight.xyxy * np.tile(size, 2) + np.tile(corner, 2)
    return Face(xyxy.astype(np.float32), sight.score, (sight.landmarks * size + corner).astype(np.float32))
