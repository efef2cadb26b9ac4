"""The participants of a frame: by tile where the picture is a gallery, by face where it is not."""

import dataclasses
import itertools
import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.seats.face_tracker import NO_SEAT, FaceTracker
from fer_desktop.core.seats.tile_seats import TileSeats
from fer_desktop.core.types import ExcludedFace, Face, FloatArray, Frame, Image, Tile
from fer_desktop.pipeline.frame.stage_timer import Stage, StageTimer
from fer_desktop.pipeline.ports import FaceDetector, GalleryReader

# Faces in a call hardly move: the detector searches each tile this often, and its face is tracked in between.
DETECT_EVERY_S: Final = 1.0
_NOT_BEFORE: Final = 0.8  # of that time: spreads out tiles that were once searched in the same frame
# A face that matches its template less has turned, gone, or been covered: its tile is searched at once. Of
# simulated faces above this, one in a thousand was tracked to a wrong place; of those below it, four in ten.
MIN_NCC: Final = 0.7
_FORGET_S: Final = 60.0


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


@dataclass(slots=True)
class _Detection:
    """The face last detected at a seat, in shares of its tile."""

    detected_s: float  # when the detector last searched the tile
    score: float = 0.0
    xyxy: FloatArray | None = None  # (4,); None where no face was found
    landmarks: FloatArray | None = None  # (5, 2)
    template: FloatArray | None = None  # for tracking


class ParticipantFinder:
    """Finds the participants in frames of one scene. Not thread-safe."""

    def __init__(
        self,
        detector: FaceDetector,
        gallery: GalleryReader | None = None,
        detect_every_s: float = DETECT_EVERY_S,
        stage_timer: StageTimer | None = None,
    ) -> None:
        """`detect_every_s` of 0 runs the detector on every tile of every frame."""
        self._detector, self._gallery, self._detect_every_s = detector, gallery, detect_every_s
        self._stage_timer = stage_timer or StageTimer()
        numbers = itertools.count(1)  # shared, so that seats by face and seats by tile are never the same
        self._face_tracker, self._tile_seats = FaceTracker(numbers), TileSeats(numbers)
        self._detections: dict[int, _Detection] = {}
        self._before_s = -math.inf  # when the last frame was captured

    def current_seat(self, seat: int) -> int:
        """The seat that replaced this one after any number of merges; itself where there was none."""
        return self._tile_seats.succession.current(seat)

    def find(self, frame: Frame, excluded: frozenset[int] = frozenset()) -> Participants:
        """The faces of a frame and their seats. In a gallery each tile has at most one face: the largest.

        Tiles of excluded seats, and of seats that replaced them, are not searched.
        """
        timing, boxes = self._stage_timer.timing, None
        if self._gallery is not None:
            with timing(Stage.GRID):
                boxes = self._gallery.tiles(frame.image)
        if self._gallery is None or boxes is None or not len(boxes):
            return self._without_gallery(frame, excluded)
        with timing(Stage.SEATS):
            tiles = self._tile_seats.assign(self._gallery.features(frame.image, boxes), frame.captured_s, excluded)
        out = {self.current_seat(seat) for seat in excluded}
        tiles = [dataclasses.replace(tile, excluded=True) if tile.seat in out else tile for tile in tiles]
        included = [tile for tile in tiles if not tile.excluded]
        on = [tile for tile in included if tile.camera_on]
        due = self._due(on, frame.captured_s)
        with timing(Stage.FOLLOW):
            places, lost = self._follow(self._gallery, frame.image, [tile for tile in on if tile not in due])
        with timing(Stage.DETECT):
            places |= self._detect(self._gallery, frame, [*due, *lost])
        seats = [tile.seat for tile in on if tile.seat in places]
        return Participants(
            [places[seat] for seat in seats],
            seats,
            tuple(tiles),
            len(included),
            len(on),
            merged=self._tile_seats.merged,
        )

    def _without_gallery(self, frame: Frame, excluded: frozenset[int]) -> Participants:
        with self._stage_timer.timing(Stage.DETECT):
            found = self._detector.detect(frame.image)
        with self._stage_timer.timing(Stage.SEATS):
            seats = self._face_tracker.assign(found, frame.captured_s, excluded)
            numbered = [(face, seat) for face, seat in zip(found, seats, strict=True) if seat != NO_SEAT]
        occupied = len(set(self._face_tracker.numbers) - excluded)
        return Participants(
            [face for face, seat in numbered if seat not in excluded],
            [seat for _, seat in numbered if seat not in excluded],
            occupied=occupied,
            cameras_on=occupied,
            excluded=tuple(ExcludedFace(seat, face.xyxy) for face, seat in numbered if seat in excluded),
        )

    def _follow(self, gallery: GalleryReader, image: Image, tiles: list[Tile]) -> tuple[dict[int, Face], list[Tile]]:
        """By seat, where the faces of these tiles are now; and the tiles whose face no longer matches."""
        known = [
            (tile, face) for tile in tiles if (face := _in_frame(self._detections[tile.seat], tile.xyxy)) is not None
        ]
        if not known:
            return {}, []
        boxes = np.stack([face.xyxy for _, face in known])
        templates = np.stack(
            [template for tile, _ in known if (template := self._detections[tile.seat].template) is not None]
        )
        moves, ncc = gallery.follow(image, boxes, templates)
        followed = {tile.seat: _moved(face, by) for (tile, face), by in zip(known, moves, strict=True)}
        lost = [tile for (tile, _), like in zip(known, ncc, strict=True) if like < MIN_NCC]
        for tile in lost:
            del followed[tile.seat]
        return followed, lost

    def _detect(self, gallery: GalleryReader, frame: Frame, tiles: list[Tile]) -> dict[int, Face]:
        """By seat, the faces that the detector finds in these tiles."""
        self._before_s = frame.captured_s
        if not tiles:
            return {}
        places: dict[int, Face] = {}
        found = gallery.find(frame.image, np.stack([tile.xyxy for tile in tiles]))
        for tile, faces in zip(tiles, found, strict=True):
            detection = self._detections[tile.seat] = _detection(faces, tile.xyxy, frame.captured_s)
            if (face := _in_frame(detection, tile.xyxy)) is not None:
                places[tile.seat] = face
        if places:
            templates = gallery.make_templates(frame.image, np.stack([face.xyxy for face in places.values()]))
            for seat, template in zip(places, templates, strict=True):
                self._detections[seat].template = template
        self._forget(frame.captured_s)
        return places

    def _due(self, on: list[Tile], now_s: float) -> list[Tile]:
        """The tiles to search: all with new seats, and of the others as many as are due by now."""
        if not self._detect_every_s:
            return on
        new = [tile for tile in on if self._is_new(tile.seat, now_s)]
        passed = min(1.0, (now_s - self._before_s) / self._detect_every_s)
        room = max(0, math.ceil(passed * len(on)) - len(new))
        not_after_s = now_s - _NOT_BEFORE * self._detect_every_s
        old = [tile for tile in on if tile not in new and self._detections[tile.seat].detected_s <= not_after_s]
        return [*new, *sorted(old, key=lambda tile: self._detections[tile.seat].detected_s)[:room]]

    def _is_new(self, seat: int, now_s: float) -> bool:
        detection = self._detections.get(seat)
        return detection is None or now_s - detection.detected_s > 2 * self._detect_every_s

    def _forget(self, now_s: float) -> None:
        for seat in [seat for seat, detection in self._detections.items() if now_s - detection.detected_s > _FORGET_S]:
            del self._detections[seat]


def _detection(faces: list[Face], tile: FloatArray, now_s: float) -> _Detection:
    if not faces:
        return _Detection(now_s)
    # The participant is nearer to the camera than a picture on the wall or somebody passing by.
    face = max(faces, key=lambda one: one.score * float((one.xyxy[2:] - one.xyxy[:2]).max()))
    corner, size = tile[:2], tile[2:] - tile[:2]
    xyxy = (face.xyxy - np.tile(corner, 2)) / np.tile(size, 2)
    landmarks = (face.landmarks - corner) / size
    return _Detection(now_s, face.score, np.asarray(xyxy, np.float32), np.asarray(landmarks, np.float32))


def _in_frame(detection: _Detection, tile: FloatArray) -> Face | None:
    if detection.xyxy is None or detection.landmarks is None:
        return None
    corner, size = tile[:2], tile[2:] - tile[:2]
    xyxy = detection.xyxy * np.tile(size, 2) + np.tile(corner, 2)
    return Face(xyxy.astype(np.float32), detection.score, (detection.landmarks * size + corner).astype(np.float32))


def _moved(face: Face, by: FloatArray) -> Face:
    return Face(face.xyxy + np.tile(by, 2), face.score, face.landmarks + by)
