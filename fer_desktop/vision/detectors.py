"""The face detector: YuNet, with the file that is shipped or one of the user's own."""

import math
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.errors import ModelError
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import Face, Image
from fer_desktop.pipeline.frame.checked_answers import checked_faces
from fer_desktop.pipeline.ports import FaceDetector
from fer_desktop.vision.model_files import model_hash

SHIPPED: Final = "face_detector.onnx"
SHIPPED_SHA256: Final = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
# A larger picture is shrunk to as many pixels: more of them cost time and find no more faces (docs/detection.md).
MOST_PIXELS: Final = 1280 * 720
# Faces between this and the gate's own bound are shown as uncertain rather than overlooked; under it most are none.
LEAST_SCORE: Final = 0.4
_MOST_OVERLAP: Final = 0.3  # IoU of two boxes that are two faces
_ROW: Final = 15  # numbers that YuNet gives for a face: a box, five points, a score
_MOST_FILE_BYTES: Final = 100_000_000  # of a detector of the user's own; YuNet has 0.2 MB


def make_detector(settings: Settings, models: Path) -> FaceDetector:
    """The detector that the settings name, or the one shipped in the folder `models`.

    Raises ModelError where its file is missing or wrong, or the shipped one is not what was shipped.
    """
    if settings.detector_file:
        try:
            return YuNetDetector(Path(settings.detector_file).expanduser())
        except RuntimeError as error:  # the home folder of a user whom there is not
            raise ModelError(
                "There is no home folder for {path}: choose another face detector in the settings.",
                path=settings.detector_file,
            ) from error
    return shipped_detector(models)


def shipped_detector(models: Path) -> FaceDetector:
    """The detector in the folder `models`. Raises ModelError where its file is missing or not what was shipped."""
    return YuNetDetector(check_shipped(models))


def check_shipped(models: Path) -> Path:
    """The shipped detector's file; quick. Raises ModelError where it is missing or not what was shipped."""
    file = models / SHIPPED
    if not file.is_file():
        raise ModelError("The shipped face detector {file} is missing: install the program again.", file=file)
    if model_hash(file) != SHIPPED_SHA256:
        raise ModelError(
            "The face detector {file} is not the one that was shipped: install the program again.", file=file
        )
    return file


class YuNetDetector:
    """YuNet (Wu et al. 2023) from an .onnx file, through OpenCV."""

    def __init__(self, file: Path) -> None:
        """Raises ModelError where the file is missing or no YuNet."""
        if not file.is_file():
            raise ModelError(
                "The face detector {file} is not there: choose another in the settings, or leave it empty there.",
                file=file,
            )
        try:
            if file.stat().st_size > _MOST_FILE_BYTES:
                raise ModelError("The face detector {file} is too large: choose another in the settings.", file=file)
            # By its content: OpenCV reads no file whose name has letters beyond the code page of Windows.
            content = np.frombuffer(file.read_bytes(), np.uint8)
            none = np.empty(0, np.uint8)
            self._net = cv2.FaceDetectorYN.create("onnx", content, none, (320, 320), LEAST_SCORE, _MOST_OVERLAP)
            self.detect(np.zeros((64, 64, 3), np.uint8))
        except (OSError, cv2.error) as error:
            raise ModelError(
                "{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.",
                file=file,
            ) from error

    def detect(self, image: Image) -> list[Face]:
        """The faces in an image (H, W, 3) BGR, in its pixels, best first. Raises ModelError where it gives no faces."""
        height, width = image.shape[:2]
        fitted = _fitted(image)
        fit_height, fit_width = fitted.shape[:2]
        self._net.setInputSize((fit_width, fit_height))
        _, rows = self._net.detect(fitted)
        if rows is None:
            return []
        found = np.asarray(rows, dtype=np.float32)
        if found.ndim != 2 or found.shape[1] != _ROW:
            raise ModelError("The face detector gives no rows of YuNet: choose another in the settings.")
        scale = np.array([width / fit_width, height / fit_height], dtype=np.float32)
        faces = (
            Face(
                np.concatenate([row[:2], row[:2] + row[2:4]]) * np.tile(scale, 2),
                float(row[14]),
                # It begins with the person's right eye, which is the left one as seen; so it is with the mouth.
                row[4:14].reshape(5, 2) * scale,
            )
            for row in found
        )
        return checked_faces(faces, width, height)


def _fitted(image: Image) -> Image:
    height, width = image.shape[:2]
    shrink = math.sqrt(MOST_PIXELS / (width * height))
    if shrink >= 1:
        return image
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
