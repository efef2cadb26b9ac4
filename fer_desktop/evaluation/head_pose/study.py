"""What detector, landmarks and network make of faces at known angles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.geometry import face_squares
from fer_desktop.core.types import Face, FloatArray, Image, PeopleSplit
from fer_desktop.evaluation.head_pose.bending import Pose, Sitter, bent, sitter
from fer_desktop.evaluation.head_pose.shapes import Family, random_head
from fer_desktop.pipeline.ports import CropCutter, ExpressionClassifier, FaceDetector
from fer_desktop.simulation.cast.generated_people import count_people, load_people

FRAME_PX: Final = (1280, 720)
_CELLS: Final = (3, 2)  # pictures in a frame, across and down
_SURE: Final = 0.5  # the detector's score from which a face is read
_WALLS: Final = (60, 200)  # grey behind a person
_DISTANCES: Final = (7.0, 14.0)  # of the camera, in distances between the eyes: 45 to 90 cm


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to be taken."""

    person: int
    expression: int
    pose: Pose
    height_px: float  # of the face, were it frontal


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was made of N pictures; NaN where no face was found."""

    shots: Sequence[Shot]
    landmarks: FloatArray  # (N, 5, 2) px
    boxes: FloatArray  # (N, 4) xyxy px
    scores: FloatArray  # (N,) the detector's
    answers: FloatArray  # (N, 7) the network's

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """(N,) whether the face was found, and surely enough to be read."""
        return ~np.isnan(self.landmarks[:, 0, 0])

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """(N,) whether the network's answer is what the face shows; False where none was found."""
        shown = np.array([shot.expression for shot in self.shots])
        return np.asarray(self.found & (np.nan_to_num(self.answers, nan=-1.0).argmax(axis=1) == shown))


class People:
    """The generated people of a split, on heads of one family."""

    def __init__(self, resources: Path, split: PeopleSplit, family: Family, detector: FaceDetector, seed: int) -> None:
        """Raises SourceError where the people's files are missing or damaged."""
        rng = np.random.default_rng([seed, 61])
        wanted = [(number, range(N_EXPRESSIONS)) for number in range(count_people(resources, split))]
        self._people = load_people(resources, split, wanted)
        self._walls = rng.uniform(*_WALLS, len(self._people))
        self.heads = [random_head(family, rng) for _ in self._people]
        self._places = [self._place(number, detector) for number in range(len(self._people))]
        self._sitters: dict[tuple[int, int], Sitter] = {}

    def __len__(self) -> int:
        return len(self._people)

    def picture(self, shot: Shot, rng: np.random.Generator) -> Image:
        """The shot as a call shows it: of its size, with noise, its own light and a coder's loss."""
        who = self._sitter(shot.person, shot.expression)
        picture = bent(who, self.heads[shot.person], shot.pose, float(rng.uniform(*_DISTANCES)))
        box = self._people[shot.person].faces[NEUTRAL]
        scale = shot.height_px / float(box[3] - box[1])
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        picture = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how), np.uint8)
        noise = rng.normal(0, rng.uniform(1, 5), picture.shape[:2])[..., None]
        lit = np.clip(picture * rng.uniform(0.7, 1.15) + noise, 0, 255).astype(np.uint8)
        _, coded = cv2.imencode(".jpg", lit, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 80))])
        return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)

    def _sitter(self, person: int, expression: int) -> Sitter:
        key = person, expression
        if key not in self._sitters:
            bust = self._people[person].busts[expression]
            self._sitters[key] = sitter(self._on_wall(person, bust), self._places[person], bust[..., 3])
        return self._sitters[key]

    def _on_wall(self, person: int, bust: Image) -> Image:
        return np.asarray(np.rint(bust[..., :3] + self._walls[person] * (1 - bust[..., 3:] / 255.0)), np.uint8)

    def _place(self, person: int, detector: FaceDetector) -> FloatArray:
        """(5, 2) px where eyes, nose and mouth of the frontal, neutral face are."""
        faces = detector.detect(self._on_wall(person, self._people[person].busts[NEUTRAL]))
        return faces[0].landmarks


def random_shots(
    people: int, count: int, yaws: tuple[float, float], pitches: tuple[float, float], rng: np.random.Generator
) -> list[Shot]:
    """Shots at angles and sizes (32 to 160 px) drawn at random; a third of the faces is neutral."""
    heights = np.exp(rng.uniform(np.log(32), np.log(160), count))
    shown = np.where(rng.random(count) < 0.22, NEUTRAL, rng.integers(0, N_EXPRESSIONS, count))
    return [
        Shot(
            int(rng.integers(people)),
            int(shown[k]),
            Pose(float(rng.uniform(*yaws)), float(rng.uniform(*pitches)), float(rng.normal(0, 5))),
            float(heights[k]),
        )
        for k in range(count)
    ]


def look(
    people: People,
    shots: Sequence[Shot],
    detector: FaceDetector,
    cut: CropCutter,
    classifier: ExpressionClassifier,
    rng: np.random.Generator,
) -> Seen:
    """What is made of the shots, six to a frame as in a call."""
    landmarks = np.full((len(shots), 5, 2), np.nan, np.float32)
    boxes, scores = np.full((len(shots), 4), np.nan, np.float32), np.full(len(shots), np.nan, np.float32)
    answers = np.full((len(shots), N_EXPRESSIONS), np.nan, np.float32)
    for first, frame, cells in _frames(people, shots, rng):
        found = _in_cells([face for face in detector.detect(frame) if face.score >= _SURE], cells)
        if not found:
            continue
        at = [first + cell for cell in found]
        boxes[at] = [face.xyxy for face in found.values()]
        scores[at] = [face.score for face in found.values()]
        landmarks[at] = [face.landmarks for face in found.values()]
        answers[at] = classifier.classify(cut(frame, face_squares(boxes[at]), classifier.spec))
    return Seen(shots, landmarks, boxes, scores, answers)


def _frames(
    people: People, shots: Sequence[Shot], rng: np.random.Generator
) -> Iterator[tuple[int, Image, list[tuple[int, int, int, int]]]]:
    """The number of a frame's first shot, the frame, and where in it each picture is (xyxy)."""
    wide, tall = FRAME_PX[0] // _CELLS[0], FRAME_PX[1] // _CELLS[1]
    each = _CELLS[0] * _CELLS[1]
    for first in range(0, len(shots), each):
        frame = np.full((FRAME_PX[1], FRAME_PX[0], 3), 40, np.uint8)
        cells = []
        for place, shot in enumerate(shots[first : first + each]):
            picture = people.picture(shot, rng)[:tall, :wide]
            x, y = place % _CELLS[0] * wide, place // _CELLS[0] * tall
            frame[y : y + picture.shape[0], x : x + picture.shape[1]] = picture
            cells.append((x, y, x + picture.shape[1], y + picture.shape[0]))
        yield first, frame, cells


def _in_cells(faces: Sequence[Face], cells: Sequence[tuple[int, int, int, int]]) -> dict[int, Face]:
    """By cell the surest face whose middle is in it."""
    found: dict[int, Face] = {}
    for face in faces:
        x, y = (face.xyxy[:2] + face.xyxy[2:]) / 2
        for cell, (x0, y0, x1, y1) in enumerate(cells):
            if x0 <= x < x1 and y0 <= y < y1 and (cell not in found or face.score > found[cell].score):
                found[cell] = face
    return found
