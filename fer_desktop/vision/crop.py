"""Crops: the image squares that a network takes."""

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.pipeline.ports import CropSpec


def cut_crops(image: Image, squares: FloatArray, spec: CropSpec) -> npt.NDArray[np.uint8]:
    """(N, side, side, channels) crops of the squares (N, 4) px; beyond the frame its edge pixels are repeated."""
    crops = np.empty((len(squares), spec.side_px, spec.side_px, spec.channels), dtype=np.uint8)
    colour = cv2.COLOR_BGR2GRAY if spec.channels == 1 else cv2.COLOR_BGR2RGB
    for crop, square in zip(crops, squares, strict=True):
        patch = cv2.cvtColor(_cut(image, square), colour)
        # Averaging when shrinking, so that no pixel is skipped; bilinear when enlarging.
        shrinks = patch.shape[0] > spec.side_px
        how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        crop[:] = cv2.resize(patch, (spec.side_px, spec.side_px), interpolation=how).reshape(crop.shape)
    return crops


def _cut(image: Image, square: FloatArray) -> Image:
    height, width = image.shape[:2]
    side = max(1, round(float(square[2] - square[0])))
    left, top = round(float(square[0])), round(float(square[1]))
    x0, y0 = min(max(left, 0), width - 1), min(max(top, 0), height - 1)
    x1, y1 = max(min(left + side, width), x0 + 1), max(min(top + side, height), y0 + 1)
    patch = image[y0:y1, x0:x1]
    if patch.shape[:2] == (side, side):
        return patch
    above, below, before, after = y0 - top, top + side - y1, x0 - left, left + side - x1
    whole = cv2.copyMakeBorder(
        patch, max(0, above), max(0, below), max(0, before), max(0, after), borderType=cv2.BORDER_REPLICATE
    )
    return np.asarray(whole, dtype=np.uint8)
