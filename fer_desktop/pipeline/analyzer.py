"""From a frame to what its faces show."""

import time
from dataclasses import dataclass

import numpy as np

from fer_desktop.core.geometry import face_squares
from fer_desktop.core.quality import judge
from fer_desktop.core.seats import Seats
from fer_desktop.core.smoothing import Smoother
from fer_desktop.core.types import Analysis, Face, FloatArray, Frame, Image, Quality, Reading, no_figures
from fer_desktop.pipeline.ports import CropCutter, ExpressionClassifier, FaceDetector


@dataclass(frozen=True, slots=True)
class Gate:
    """From where on a face is readable."""

    min_score: float = 0.4  # 0-1
    min_height_px: float = 24.0


class FrameAnalyzer:
    """Faces, crops, one batch through the network, seats, smoothing. One session, one thread."""

    def __init__(
        self,
        detector: FaceDetector,
        cut: CropCutter,
        classifier: ExpressionClassifier,
        gate: Gate | None = None,
        smoothing_s: float = 1.0,
    ) -> None:
        self._detector, self._cut, self._classifier = detector, cut, classifier
        self._gate = gate or Gate()
        self._smoothing_s = smoothing_s
        self._scene = 0
        self._forget()

    @property
    def seats(self) -> int:
        """Seats taken now, those included that were empty for a moment."""
        return len(self._seats)

    def analyze(self, frame: Frame) -> Analysis:
        """What is to be read in the frame; its `captured_s` drives seats and smoothing and must not run backwards.

        A frame of another scene begins with no seat taken and nothing to smooth with.
        """
        started_s = time.monotonic()
        if frame.scene != self._scene:
            self._scene = frame.scene
            self._forget()
        faces = self._detector.detect(frame.image)
        qualities = [judge(face, self._gate.min_score, self._gate.min_height_px) for face in faces]
        probabilities = self._read(frame.image, faces, qualities)
        numbers = self._seats.assign(faces, frame.captured_s)
        readings = tuple(
            Reading(
                number,
                face,
                quality,
                self._smoother.smooth(number, row, frame.captured_s) if quality.readable else row,
            )
            for number, face, quality, row in zip(numbers, faces, qualities, probabilities, strict=True)
        )
        self._smoother.forget_before(frame.captured_s - 60.0)
        return Analysis(frame, readings, time.monotonic() - started_s)

    def _forget(self) -> None:
        self._seats, self._smoother = Seats(), Smoother(self._smoothing_s)

    def _read(self, image: Image, faces: list[Face], qualities: list[Quality]) -> list[FloatArray]:
        readable = [index for index, quality in enumerate(qualities) if quality.readable]
        rows = [no_figures() for _ in faces]
        if readable:
            squares = face_squares(np.stack([faces[index].xyxy for index in readable]))
            batch = self._classifier.classify(self._cut(image, squares, self._classifier.spec))
            for index, probabilities in zip(readable, batch, strict=True):
                rows[index] = probabilities
        return rows
