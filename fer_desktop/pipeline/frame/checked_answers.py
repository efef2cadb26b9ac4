"""Answers of detector and network that were checked: what is no answer becomes one clear fault and never a figure."""

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.errors import ModelError
from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import CropSpec, ExpressionClassifier, FaceDetector

# A lecture hall has fewer; a detector that finds more finds noise, and all that follows would take minutes.
MOST_FACES: Final = 1000
# What rounding leaves: a softmax in 8 bits is off by up to 7 / 256 in its sum.
_OFF_SUM: Final = 0.03
_OFF_RANGE: Final = 1e-3
_LEAST_PX: Final = 1.0  # side of a box


def checked_probabilities(answer: object, count: int) -> FloatArray:
    """The answer (count, 7), each row within 0-1 with the sum 1. Raises ModelError where it is anything else."""
    rows = _numbers(answer)
    if rows is None or rows.shape != (count, N_EXPRESSIONS) or not np.isfinite(rows).all():
        raise _no_probabilities()
    if count and (rows.min() < -_OFF_RANGE or np.abs(rows.sum(axis=1) - 1).max() > _OFF_SUM):
        raise _no_probabilities()
    return rows


def checked_faces(faces: Iterable[Face], width: int, height: int) -> list[Face]:
    """The faces that lie in a picture of that size, their boxes cut off at its edges, best first.

    Raises ModelError where a box, a score or a point is no number, or there are more than any class has.
    """
    found = list(faces)
    if len(found) > MOST_FACES:
        raise ModelError(
            "The face detector gave {count} faces for one picture, which is noise: choose another in the settings, or "
            "leave it empty there.",
            count=len(found),
        )
    kept = [inside for face in found if (inside := _in_picture(face, width, height)) is not None]
    return sorted(kept, key=lambda face: face.score, reverse=True)


class CheckedDetector:
    """A detector whose faces were checked."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector

    def detect(self, image: Image) -> list[Face]:
        """The faces in an image (H, W, 3) BGR, in its pixels, best first. Raises ModelError where they are none."""
        return checked_faces(self._detector.detect(image), image.shape[1], image.shape[0])


class CheckedClassifier:
    """A network whose probabilities were checked."""

    def __init__(self, classifier: ExpressionClassifier) -> None:
        self._classifier = classifier

    @property
    def spec(self) -> CropSpec:
        """The crops it takes."""
        return self._classifier.spec

    def classify(self, crops: npt.NDArray[np.uint8]) -> FloatArray:
        """(N, 7) probabilities of crops (N, side, side, channels). Raises ModelError where they are none."""
        return checked_probabilities(self._classifier.classify(crops), len(crops))


def _in_picture(face: Face, width: int, height: int) -> Face | None:
    """The face with its box cut off at the edges; None where it lies outside."""
    box, points = _numbers(face.xyxy), _numbers(face.landmarks)
    fits = box is not None and points is not None and box.shape == (4,) and points.shape == (5, 2)
    if not fits or box is None or points is None or not (np.isfinite(box).all() and np.isfinite(points).all()):
        raise _no_faces()
    if not math.isfinite(face.score) or not -_OFF_RANGE <= face.score <= 1 + _OFF_RANGE:
        raise _no_faces()
    limits = np.array([width, height, width, height], np.float32)
    inside = np.clip(box, 0, limits)
    if (inside[2:] - inside[:2]).min() < _LEAST_PX:
        return None
    same = face.score <= 1 and np.array_equal(inside, box)
    return face if same else Face(inside, min(face.score, 1.0), face.landmarks)


def _numbers(answer: object) -> FloatArray | None:
    try:
        return np.asarray(answer, np.float32)
    except (TypeError, ValueError):
        return None


def _no_probabilities() -> ModelError:
    return ModelError(
        "The network's answers are no probabilities, so nothing was read from them: choose another in the settings, or "
        "the shipped one."
    )


def _no_faces() -> ModelError:
    return ModelError(
        "The face detector's answers are no faces, so nothing was read from them: choose another in the settings, or "
        "leave it empty there."
    )
