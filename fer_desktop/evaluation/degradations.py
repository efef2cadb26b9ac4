"""What a call does to a face: fewer pixels, blur, compression, dim light."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.geometry import FER_FRAMING
from fer_desktop.core.types import FloatArray, Image

HEIGHTS_PX: Final = (16, 24, 32, 48)
# The height of a face in FER-2013, at which blur, compression and light are measured.
FULL_HEIGHT_PX: Final = 48
# A picture hardly larger is left alone: resampling would blur it more than the missing pixels do.
_HARDLY_LARGER: Final = 1.05
# Noise that a webcam's sensor adds in any light: standard deviation, of 255.
_SENSOR_NOISE: Final = 3.0

Change = Callable[[Image, np.random.Generator], Image]


@dataclass(frozen=True, slots=True)
class Condition:
    """One way in which a picture gets worse."""

    name: str
    words: str
    change: Change


def at_height(picture: Image, height_px: int) -> Image | None:
    """The picture (H, W, 3) as of a face of `height_px` in a frame; None where it has fewer pixels itself.

    The face fills the picture as it fills FER-2013's, whose frame is a square of 0.97 times the longer side of the face
    box (FER_FRAMING): a face of 24 px is a picture of 23 px, and FER-2013's own 48 px show a face of 49.5 px. If
    the picture is not square, its longer side counts. It is shrunk by averaging, as a camera or a call does; nothing is
    enlarged here, since the crop cutter does that. A picture within 5 % of the size is left alone, so that 48 is
    FER-2013's original picture.
    """
    height, width = picture.shape[:2]
    side, longer = round(FER_FRAMING * height_px), max(height, width)
    if longer < side:
        return None
    if longer <= side * _HARDLY_LARGER:
        return picture
    size = (max(1, round(width * side / longer)), max(1, round(height * side / longer)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def whole_square(picture: Image) -> FloatArray:
    """(1, 4) the square around the whole picture: as wide as its longer side, centred."""
    height, width = picture.shape[:2]
    side = max(height, width)
    left, top = (width - side) / 2, (height - side) / 2
    return np.array([[left, top, left + side, top + side]], dtype=np.float32)


def _blurred(sigma_px: float) -> Change:
    def change(picture: Image, _rng: np.random.Generator) -> Image:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE), dtype=np.uint8)

    return change


def _compressed(quality: int) -> Change:
    def change(picture: Image, _rng: np.random.Generator) -> Image:
        _, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), dtype=np.uint8)

    return change


def _dimmed(share: float) -> Change:
    def change(picture: Image, rng: np.random.Generator) -> Image:
        noise = rng.normal(0.0, _SENSOR_NOISE, (*picture.shape[:2], 1))
        return np.asarray(np.clip(np.rint(picture * share + noise), 0, 255), dtype=np.uint8)

    return change


# Strengths suit a picture of FULL_HEIGHT_PX: mild as in a usual call, then as bad as a call gets.
CONDITIONS: Final = (
    Condition("blur_1", "blurred, 1 px", _blurred(1.0)),
    Condition("blur_2", "blurred, 2 px", _blurred(2.0)),
    Condition("jpeg_30", "JPEG, quality 30", _compressed(30)),
    Condition("jpeg_10", "JPEG, quality 10", _compressed(10)),
    Condition("dim_30", "30 % of the light", _dimmed(0.30)),
    Condition("dim_10", "10 % of the light", _dimmed(0.10)),
)
