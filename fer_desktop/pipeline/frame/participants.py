"""The participants of a frame: faces first, tiles second.

The detector looks at the whole frame once a second, and at once where the layout changes. Its faces tell how far the
tiles that are found can be believed; who is in a tile has its seat by the tile, and who is in none a seat by the face.
Nobody's face depends on a tile.
"""

import dataclasses
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.geometry import holders, is_tiny
from fer_desktop.core.seats.tile_seats import TileSeats
from fer_desktop.core.types import AsideFace, ExcludedFace, Face, FloatArray, Frame, GalleryLayout, Image, Reason, Tile
from fer_desktop.pipeline.frame.behind import Behind, are_same_tiles, hidden_shares
from fer_desktop.pipeline.frame.faces_beside import FacesBeside
from fer_desktop.pipeline.frame.followed_faces import FollowedFaces
from fer_desktop.pipeline.frame.stage_timer import Stage, StageTimer
from fer_desktop.pipeline.ports import FaceDetector, GalleryReader

# Faces in a call hardly move: the detector looks this often, and what it found is followed in between.
DETECT_EVERY_S: Final = 1.0
# From here on a face outside of tiles is somebody: hardly a false one of the cases was as sure, and no true one less.
SURE_SCORE: Final = 0.65
# From here on what shows of a tile beside another window tells nothing of its camera.
_COVERED_FROM: Final = 0.05
_NO_TILES: Final = np.zeros((0, 4), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Participants:
    """The participants of one frame; excluded ones appear only in `tiles` and `excluded`."""

    faces: list[Face]
    seats: list[int]  # of each face
    tiles: tuple[Tile, ...] = ()
    occupied: int = 0  # seats
    cameras_on: int = 0
    excluded: tuple[ExcludedFace, ...] = ()
    merged: tuple[tuple[int, int], ...] = ()  # see TileSeats
    aside: tuple[AsideFace, ...] = ()
    frozen: frozenset[int] = frozenset()  # seats whose picture stands still after it moved
    is_unsure: bool = False  # a part of the frame is hidden and was never seen: somebody may be there


class ParticipantFinder:
    """Finds the participants in frames of one scene. Not thread-safe."""

    def __init__(
        self,
        detector: FaceDetector,
        gallery: GalleryReader | None = None,
        detect_every_s: float = DETECT_EVERY_S,
        stage_timer: StageTimer | None = None,
    ) -> None:
        """`detect_every_s` of 0 runs the detector on every frame."""
        self._detector, self._gallery, self._detect_every_s = detector, gallery, detect_every_s
        self._stage_timer = stage_timer or StageTimer()
        numbers = itertools.count(1)  # shared, so that seats by face and seats by tile are never the same
        self._beside, self._tile_seats = FacesBeside(numbers), TileSeats(numbers)
        self._layout = GalleryLayout(_NO_TILES, _NO_TILES)
        self._followed = FollowedFaces(gallery) if gallery is not None else None
        self._looked_s, self._behind = -math.inf, Behind()
        self._outside: tuple[int, ...] = ()  # seats by face of the last look

    def current_seat(self, seat: int) -> int:
        """The seat that replaced this one after any number of merges; itself where there was none."""
        return self._tile_seats.succession.current(seat)

    def find(self, frame: Frame, excluded: frozenset[int] = frozenset()) -> Participants:
        """The faces of a frame and their seats. A tile has at most one face: the largest.

        Tiles of excluded seats, and of seats that replaced them, are not searched between two looks. Who is hidden by
        another window is where they were last seen.
        """
        found = self._find(self._behind.completed(frame), excluded)
        return dataclasses.replace(found, is_unsure=True) if self._behind.is_unsure else found

    def _find(self, frame: Frame, excluded: frozenset[int]) -> Participants:
        if self._gallery is None or self._followed is None:
            sure = [face for face in self._look(frame) if face.score >= SURE_SCORE]
            by_face = self._seated_by_face(sure, frame, excluded)
            return self._gathered({}, (), by_face, excluded)
        looked = self._look(frame) if self._look_is_due(frame, self._gallery) else None
        if looked is not None:
            frame, looked = self._laid_out(self._gallery, frame, looked)
        tiles = self._seated_by_tile(self._gallery, frame, looked, excluded)
        if looked is None:
            places, outside = self._between_looks(self._gallery, self._followed, frame, tiles)
        else:
            places, outside = self._from_look(self._gallery, self._followed, frame, tiles, looked)
        self._beside.remember_tiles(places, frame.captured_s)
        by_face = self._seated_by_face(outside, frame, excluded)
        if looked is not None:
            self._learn_outside(self._gallery, self._followed, frame, places, by_face)
        return self._gathered(places, tuple(tiles), by_face, excluded)

    def _look_is_due(self, frame: Frame, gallery: GalleryReader) -> bool:
        changed = gallery.has_changed(frame.image)
        passed_s = frame.captured_s - self._looked_s
        return changed or not len(self._layout.tiles) or passed_s >= self._detect_every_s or passed_s < 0

    def _laid_out(self, gallery: GalleryReader, frame: Frame, looked: list[Face]) -> tuple[Frame, list[Face]]:
        """Reads the layout; the frame and its faces, which are others where what is hidden must be another by now."""
        with self._stage_timer.timing(Stage.GRID):
            layout = gallery.layout(frame.image, looked)
        known, self._layout = self._layout, layout
        moved = len(known.tiles) and not are_same_tiles(known.tiles, layout.tiles)
        if moved and self._behind.remembers(frame.hidden):
            self._behind.forget()
            frame = self._behind.completed(frame)
            gallery.has_changed(frame.image)
            looked = self._look(frame)
            with self._stage_timer.timing(Stage.GRID):
                self._layout = gallery.layout(frame.image, looked)
        return frame, looked

    def _look(self, frame: Frame) -> list[Face]:
        self._looked_s = frame.captured_s
        with self._stage_timer.timing(Stage.DETECT):
            return self._detector.detect(frame.image)

    def _seated_by_tile(
        self, gallery: GalleryReader, frame: Frame, looked: Sequence[Face] | None, excluded: frozenset[int]
    ) -> list[Tile]:
        """The tiles with their seats; where a tile is new and its face is not, it takes over the seat of the face."""
        boxes = self._layout.tiles
        if not len(boxes):
            self._tile_seats.merged = ()
            return []
        with self._stage_timer.timing(Stage.SEATS):
            before = self._beside.seats_at(_main_faces(boxes, looked or ()), frame.captured_s)
            features = gallery.features(frame.image, boxes)
            covered = frozenset(np.flatnonzero(hidden_shares(frame.hidden, boxes) > _COVERED_FROM).tolist())
            tiles = self._tile_seats.assign(features, frame.captured_s, excluded, before, covered)
            self._beside.give_to_tiles(boxes, {tile.seat for tile in tiles}, excluded)
        out = {self.current_seat(seat) for seat in excluded}
        return [dataclasses.replace(tile, excluded=True) if tile.seat in out else tile for tile in tiles]

    def _from_look(
        self, gallery: GalleryReader, followed: FollowedFaces, frame: Frame, tiles: Sequence[Tile], looked: list[Face]
    ) -> tuple[dict[int, Face], list[Face]]:
        """By seat, the faces in the tiles as the detector saw them; and the faces that are in no tile."""
        boxes, on = self._layout.tiles, _searchable(tiles)
        inside = _main_faces(boxes, looked)
        found = {tile.seat: inside.get(index) for index, tile in enumerate(tiles) if tile.seat in on}
        # A tile is seen larger on its own than in the whole frame.
        missing = [seat for seat, face in found.items() if face is None]
        found |= self._searched(gallery, frame.image, {seat: on[seat] for seat in missing})
        followed.learn(frame.image, found, on, frame.captured_s)
        outside = [face for face in _outside_of(boxes, looked) if face.score >= SURE_SCORE]
        tiny = _tiny(outside, looked, len(frame.image)) if len(boxes) else []
        free = _outside_of(self._layout.shared, outside)
        others = _others(np.stack(list(on.values())) if on else _NO_TILES, looked)
        self._beside.set_aside({Reason.SHARED: _without(outside, free), Reason.TOO_SMALL: tiny, Reason.ANOTHER: others})
        return {seat: face for seat, face in found.items() if face is not None}, _without(free, tiny)

    def _between_looks(
        self, gallery: GalleryReader, followed: FollowedFaces, frame: Frame, tiles: Sequence[Tile]
    ) -> tuple[dict[int, Face], list[Face]]:
        """The same from where the faces were before; those that no longer look alike are searched for at once."""
        whole, on = _whole(frame.image), _searchable(tiles)
        homes = {**dict.fromkeys(self._outside, whole), **on}
        with self._stage_timer.timing(Stage.FOLLOW):
            places, lost = followed.follow(frame.image, homes)
        with self._stage_timer.timing(Stage.DETECT):
            around = followed.last_faces({seat: whole for seat in lost if seat not in on})
            search = {seat: on[seat] for seat in lost if seat in on}
            search |= {seat: _around(face, whole) for seat, face in around.items()}
            found = self._searched(gallery, frame.image, search)
            followed.learn(frame.image, found, homes, frame.captured_s)
        places |= {seat: face for seat, face in found.items() if face is not None}
        outside = [places.pop(seat) for seat in self._outside if seat in places and seat not in on]
        return places, outside

    def _searched(self, gallery: GalleryReader, image: Image, homes: dict[int, FloatArray]) -> dict[int, Face | None]:
        """By seat, the main face that the detector finds in these boxes alone."""
        if not homes:
            return {}
        found = gallery.find(image, np.stack(list(homes.values())))
        return {seat: _main(faces) for seat, faces in zip(homes, found, strict=True)}

    def _seated_by_face(self, faces: list[Face], frame: Frame, excluded: frozenset[int]) -> list[tuple[int, Face]]:
        with self._stage_timer.timing(Stage.SEATS):
            return self._beside.seated(faces, frame.captured_s, excluded)

    def _learn_outside(
        self,
        gallery: GalleryReader,
        followed: FollowedFaces,
        frame: Frame,
        places: dict[int, Face],
        by_face: list[tuple[int, Face]],
    ) -> None:
        """Remembers the faces in no tile to follow them, and learns of all faces whether they move."""
        self._outside = tuple(seat for seat, _ in by_face)
        homes = dict.fromkeys(self._outside, _whole(frame.image))
        with self._stage_timer.timing(Stage.FOLLOW):
            followed.learn(frame.image, dict(by_face), homes, frame.captured_s)
            faces = places | dict(by_face)
            hidden = hidden_shares(frame.hidden, _boxes(list(faces.values()))) > 0
            covered = {seat for seat, one in zip(faces, hidden, strict=True) if one}
            faces = {seat: face for seat, face in faces.items() if seat not in covered}
            self._beside.watch(
                faces, covered, lambda boxes: gallery.make_templates(frame.image, boxes), frame.captured_s
            )

    def _gathered(
        self,
        places: dict[int, Face],
        tiles: tuple[Tile, ...],
        by_face: list[tuple[int, Face]],
        excluded: frozenset[int],
    ) -> Participants:
        out = {self.current_seat(seat) for seat in excluded} | excluded
        people = [(seat, face) for seat, face in by_face if seat not in out and not self._beside.is_picture(seat)]
        shown = [*places.items(), *people]
        beside = self._beside.occupied(out)
        frozen = {tile.seat for tile in tiles if tile.frozen} | {
            seat for seat, _ in people if self._beside.is_frozen(seat)
        }
        included = [tile for tile in tiles if not tile.excluded]
        return Participants(
            [face for _, face in shown],
            [seat for seat, _ in shown],
            tiles,
            len(included) + beside,
            sum(tile.camera_on for tile in included) + beside,
            tuple(ExcludedFace(seat, face.xyxy) for seat, face in by_face if seat in out),
            self._tile_seats.merged,
            self._beside.aside([(seat, face) for seat, face in by_face if seat not in out]),
            frozenset(frozen),
        )


def _searchable(tiles: Sequence[Tile]) -> dict[int, FloatArray]:
    """By seat, the tiles in which a participant's face may be."""
    return {tile.seat: tile.xyxy for tile in tiles if tile.camera_on and not tile.excluded}


def _whole(image: Image) -> FloatArray:
    return np.array([0, 0, image.shape[1], image.shape[0]], np.float32)


def _around(face: Face, whole: FloatArray) -> FloatArray:
    """(4,) px where a face is searched for that is no longer where it was: as far again on each side."""
    size = (face.xyxy[2:] - face.xyxy[:2]).max()
    reach = np.array([-size, -size, size, size], np.float32)
    return np.asarray(np.clip(face.xyxy + reach, whole[[0, 1, 0, 1]], whole[[2, 3, 2, 3]]), np.float32)


def _outside_of(boxes: FloatArray, faces: Sequence[Face]) -> list[Face]:
    return [face for face, holder in zip(faces, holders(boxes, _boxes(faces)), strict=True) if holder < 0]


def _without(faces: Sequence[Face], some: Sequence[Face]) -> list[Face]:
    return [face for face in faces if not any(face is one for one in some)]


def _tiny(faces: Sequence[Face], among: Sequence[Face], frame_height: int) -> list[Face]:
    """Those of the faces that are tiny beside all that are sure."""
    sure = [face for face in among if face.score >= SURE_SCORE]
    tiny = {id(face) for face, small in zip(sure, is_tiny(_boxes(sure), frame_height), strict=True) if small}
    return [face for face in faces if id(face) in tiny]


def _main_faces(boxes: FloatArray, faces: Sequence[Face]) -> dict[int, Face]:
    """By index of the boxes (N, 4) that hold faces, the main one of each."""
    held: dict[int, list[Face]] = {}
    for face, holder in zip(faces, holders(boxes, _boxes(faces)), strict=True):
        if holder >= 0:
            held.setdefault(int(holder), []).append(face)
    return {index: main for index, inside in held.items() if (main := _main(inside)) is not None}


def _boxes(faces: Sequence[Face]) -> FloatArray:
    return np.stack([face.xyxy for face in faces]) if faces else _NO_TILES


def _others(boxes: FloatArray, faces: Sequence[Face]) -> list[Face]:
    """The sure faces in the boxes (N, 4) that are not the main ones."""
    main = _main_faces(boxes, faces).values()
    inside = [face for face, holder in zip(faces, holders(boxes, _boxes(faces)), strict=True) if holder >= 0]
    return [face for face in _without(inside, list(main)) if face.score >= SURE_SCORE]


def _main(faces: Sequence[Face]) -> Face | None:
    # The participant is nearer to the camera than a picture on the wall or somebody passing by.
    return max(faces, key=lambda one: one.score * float((one.xyxy[2:] - one.xyxy[:2]).max()), default=None)
