"""From a frame to the expressions of its faces."""

import dataclasses
import time
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.geometry import face_squares
from fer_desktop.core.readings.baseline import Baseline
from fer_desktop.core.readings.pose import UsualPitch
from fer_desktop.core.readings.quality import LOOK_PX, Gate, assess, measure_crops, poses_of
from fer_desktop.core.readings.smoothing import Smoother
from fer_desktop.core.seats.attendance import AttendanceTracker
from fer_desktop.core.types import (
    Analysis,
    Face,
    FloatArray,
    Frame,
    Quality,
    Reading,
    Reason,
    SharesRule,
    no_figures,
)
from fer_desktop.pipeline.frame.behind import hidden_shares
from fer_desktop.pipeline.frame.checked_answers import CheckedClassifier, CheckedDetector
from fer_desktop.pipeline.frame.participants import DETECT_EVERY_S, ParticipantFinder
from fer_desktop.pipeline.frame.stage_timer import Stage, StageTimer
from fer_desktop.pipeline.ports import CropCutter, CropSpec, ExpressionClassifier, FaceDetector, GalleryReader

_LOOK: Final = CropSpec(LOOK_PX, 1)
_FORGET_S: Final = 60.0


class FrameAnalyzer:
    """Finds faces and seats, cuts crops, classifies them in one batch and smooths. One session, one thread."""

    def __init__(
        self,
        detector: FaceDetector,
        cut: CropCutter,
        classifier: ExpressionClassifier,
        gate: Gate | None = None,
        smoothing_s: float = 1.0,
        baseline: bool = False,
        gallery: Callable[[], GalleryReader] | None = None,
        detect_every_s: float = DETECT_EVERY_S,
        rule: SharesRule | None = None,
    ) -> None:
        """`gallery` makes a gallery reader; without it, seats are assigned by faces alone. `rule` is the network's."""
        self._rule = rule or SharesRule()
        self.stage_timer = StageTimer()
        self._detect_every_s = detect_every_s
        self._detector, self._classifier = CheckedDetector(detector), CheckedClassifier(classifier)
        self._cut = cut
        self._make_gallery = gallery
        self._gate = gate or Gate()
        self._smoothing_s, self._compares = smoothing_s, baseline
        self._scene = 0
        self._forget()

    def analyze(self, frame: Frame, excluded: frozenset[int] = frozenset()) -> Analysis:
        """All that can be read from the frame; its `captured_s` drives seats and smoothing and must not run backwards.

        A frame of another scene begins with no seats and nothing to smooth with. Excluded seats are neither read nor
        counted.
        """
        started_s = time.monotonic()
        if frame.scene != self._scene:
            self._scene = frame.scene
            self._forget()
        found = self._participants.find(frame, excluded)
        out = excluded | {self.current_seat(seat) for seat in excluded}
        seats = [tile.seat for tile in found.tiles]
        attendance = self._attendance.update(seats, frame.captured_s, out, found.is_unsure)
        faces, numbers = found.faces, found.seats
        frozen = np.array([seat in found.frozen for seat in numbers], np.bool_)
        qualities, probabilities = self._read(frame, faces, numbers, frozen)
        readable = [index for index, quality in enumerate(qualities) if quality.readable]
        rows = [no_figures() for _ in faces]
        with self.stage_timer.timing(Stage.SUMMARY):
            smoothed = self._smoothed([numbers[index] for index in readable], probabilities, frame)
        for index, row in zip(readable, smoothed, strict=True):
            rows[index] = row
        readings = tuple(map(Reading, numbers, faces, qualities, rows))
        took_s = time.monotonic() - started_s
        return Analysis(
            frame,
            readings,
            took_s,
            found.occupied,
            found.cameras_on,
            found.tiles,
            found.excluded,
            attendance,
            found.merged,
            found.aside,
            self._rule,
        )

    def current_seat(self, seat: int) -> int:
        """The seat that stands for this one now, in the scene of the last frame."""
        return self._participants.current_seat(seat)

    def _forget(self) -> None:
        gallery = self._make_gallery() if self._make_gallery else None
        self._participants = ParticipantFinder(self._detector, gallery, self._detect_every_s, self.stage_timer)
        self._attendance = AttendanceTracker()
        self._smoother, self._baseline = Smoother(self._smoothing_s), Baseline()
        self._usual_pitch = UsualPitch()

    def _read(
        self, frame: Frame, faces: list[Face], seats: list[int], frozen: npt.NDArray[np.bool_]
    ) -> tuple[list[Quality], FloatArray]:
        """The gate's verdict on each face, and (N, 7) probabilities of the readable ones.

        None that is frozen is, and none of which another window lies over any part.
        """
        if not faces:
            return [], np.empty((0, N_EXPRESSIONS), np.float32)
        spec, image = self._classifier.spec, frame.image
        poses = poses_of(faces)
        poses = poses.above(self._usual_pitch.update(seats, poses.pitch, frame.captured_s))
        with self.stage_timer.timing(Stage.CROP):
            boxes = np.stack([face.xyxy for face in faces])
            squares = face_squares(boxes)
            crops = self._cut(image, squares, _LOOK)
            qualities = assess(faces, measure_crops(crops), self._gate, poses)
            covered = (hidden_shares(frame.hidden, squares) > 0) | (hidden_shares(frame.hidden, boxes) > 0)
            qualities = _without(_without(qualities, frozen, Reason.FROZEN), covered, Reason.COVERED)
            readable = np.array([quality.readable for quality in qualities])
            taken = crops[readable] if spec == _LOOK else self._cut(image, squares[readable], spec)
        with self.stage_timer.timing(Stage.CLASSIFY):
            return qualities, self._classifier.classify(taken)

    def _smoothed(self, seats: list[int], probabilities: FloatArray, frame: Frame) -> list[FloatArray]:
        """Smoothed probabilities (7,) of each seat, relative to its usual look where that is enabled."""
        now_s = frame.captured_s
        if self._compares:
            probabilities = self._baseline.adjust(seats, probabilities, now_s)
            self._baseline.forget_before(now_s - _FORGET_S)
        self._smoother.forget_before(now_s - _FORGET_S)
        return [self._smoother.smooth(seat, row, now_s) for seat, row in zip(seats, probabilities, strict=True)]


def _without(qualities: list[Quality], out: npt.NDArray[np.bool_], reason: Reason) -> list[Quality]:
    """The verdicts, where those that are `out` (N,) are not read for that reason."""
    return [
        dataclasses.replace(one, readable=False, reason=reason) if is_out else one
        for one, is_out in zip(qualities, out, strict=True)
    ]
