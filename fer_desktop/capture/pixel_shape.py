"""Pictures whose pixels are not square, as films and some cameras have them."""

from typing import TYPE_CHECKING, Final

import numpy as np

from fer_desktop.core.types import Image

if TYPE_CHECKING:
    import cv2

_ROUNDING: Final = 0.01  # a pixel that much wider than high counts as square
_MOST: Final = 4.0  # a wider one is a fault of the file
_QUARTER_TURNS: Final = (90.0, 270.0)


def pixel_shape(capture: "cv2.VideoCapture") -> float:
    """How much wider than high a pixel of its pictures is shown; 1 where it does not say or makes no sense."""
    import cv2

    wide, high = capture.get(cv2.CAP_PROP_SAR_NUM), capture.get(cv2.CAP_PROP_SAR_DEN)
    if wide <= 0 or high <= 0:
        return 1.0
    shape = wide / high
    # The shape is that of the stored picture, which OpenCV turns.
    if capture.get(cv2.CAP_PROP_ORIENTATION_AUTO) and capture.get(cv2.CAP_PROP_ORIENTATION_META) in _QUARTER_TURNS:
        shape = 1.0 / shape
    return shape if 1.0 / _MOST <= shape <= _MOST and abs(shape - 1.0) > _ROUNDING else 1.0


def squared(image: Image, shape: float) -> Image:
    """The picture (H, W, 3) as it is shown: drawn out along one side, so that nothing of it is lost."""
    if shape == 1.0:
        return image
    import cv2

    height, width = image.shape[:2]
    size = (round(width * shape), height) if shape > 1.0 else (width, round(height / shape))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
