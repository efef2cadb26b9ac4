"""Faces between two runs of the detector: each is followed by its pixels, in shares of the box that it moves with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import GalleryReader

# A face that matches its template less has turned, gone, or been covered: it is searched at once. Of 3,187 simulated
# faces 57 matched less, of which 19 were tracked to a wrong place, mostly where somebody moves out of the picture; of
# those above, none. From 0.7 on there were three.
MIN_NCC: Final = 0.85
_FORGET_S: Final = 60.0


@dataclass(slots=True)
class _Detection:
    """The face last detected at a seat, in shares of its home."""

    detected_s: float  # when it was last searched for
    score: float = 0.0
    xyxy: FloatArray | None = None  # (4,); None where no face was found
    landmarks: FloatArray | None = None  # (5, 2)
    template: FloatArray | None = None  # for tracking


class FollowedFaces:
    """The faces of the seats of one scene; a seat's home (4,) px is its tile, or the picture where it has none."""

    def __init__(self, gallery: GalleryReader) -> None:
        self._gallery = gallery
        self._detections: dict[int, _Detection] = {}

    def __contains__(self, seat: int) -> bool:
        return seat in self._detections

    def searched_s(self, seat: int) -> float:
        """When the seat's face was last searched for; minus infinity where it never was."""
        detection = self._detections.get(seat)
        return -np.inf if detection is None else detection.detected_s

    def learn(
        self, image: Image, found: Mapping[int, Face | None], homes: Mapping[int, FloatArray], now_s: float
    ) -> None:
        """Remembers what was found for these seats in an image (H, W, 3), and that nothing was where it is None."""
        faces = {seat: face for seat, face in found.items() if face is not None}
        for seat, face in found.items():
            self._detections[seat] = _Detection(now_s) if face is None else _detection(face, homes[seat], now_s)
        if faces:
            templates = self._gallery.make_templates(image, np.stack([face.xyxy for face in faces.values()]))
            for seat, template in zip(faces, templates, strict=True):
                self._detections[seat].template = template
        self._forget(now_s)

    def follow(self, image: Image, homes: Mapping[int, FloatArray]) -> tuple[dict[int, Face], list[int]]:
        """By seat, where the faces of these seats are now; and the seats whose face no longer matches.

        A seat that has never been searched is among the latter; one in which nothing was found is in neither.
        """
        lost = [seat for seat in homes if seat not in self._detections]
        known = {seat: face for seat, home in homes.items() if (face := self._in_frame(seat, home)) is not None}
        if not known:
            return {}, lost
        boxes = np.stack([face.xyxy for face in known.values()])
        templates = [template for seat in known if (template := self._detections[seat].template) is not None]
        moves, ncc = self._gallery.follow(image, boxes, np.stack(templates))
        matched = {seat: (face, by, like) for (seat, face), by, like in zip(known.items(), moves, ncc, strict=True)}
        followed = {seat: _moved(face, by) for seat, (face, by, like) in matched.items() if like >= MIN_NCC}
        return followed, [*lost, *(seat for seat in known if seat not in followed)]

    def last_faces(self, homes: Mapping[int, FloatArray]) -> dict[int, Face]:
        """By seat, the faces last found in those homes."""
        return {seat: face for seat, home in homes.items() if (face := self._in_frame(seat, home)) is not None}

    def rename(self, seat: int, new: int) -> None:
        """Keeps under another number what is known of a seat."""
        if seat in self._detections:
            self._detections[new] = self._detections.pop(seat)

    def forget_all_but(self, seats: Collection[int]) -> None:
        """Forgets every other seat."""
        self._detections = {seat: kept for seat, kept in self._detections.items() if seat in seats}

    def _in_frame(self, seat: int, home: FloatArray) -> Face | None:
        detection = self._detections.get(seat)
        if detection is None or detection.xyxy is None or detection.landmarks is None:
            return None
        corner, size = home[:2], home[2:] - home[:2]
        xyxy = detection.xyxy.reshape(2, 2) * size + corner
        landmarks = detection.landmarks * size + corner
        return Face(xyxy.ravel().astype(np.float32), detection.score, landmarks.astype(np.float32))

    def _forget(self, now_s: float) -> None:
        for seat in [seat for seat, known in self._detections.items() if now_s - known.detected_s > _FORGET_S]:
            del self._detections[seat]


def _detection(face: Face, home: FloatArray, now_s: float) -> _Detection:
    corner, size = home[:2], home[2:] - home[:2]
    xyxy = (face.xyxy.reshape(2, 2) - corner) / size
    landmarks = (face.landmarks - corner) / size
    return _Detection(now_s, face.score, np.asarray(xyxy.ravel(), np.float32), np.asarray(landmarks, np.float32))


def _moved(face: Face, by: FloatArray) -> Face:
    return Face((face.xyxy.reshape(2, 2) + by).ravel(), face.score, face.landmarks + by)
