"""Rectangles on a background, and what is inside and around them."""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.tiles_by_ground.background import Mask

_LEAST_SIDES: Final = (28.0, 18.0)  # px of the picture
_LEAST_WIDTH: Final = 0.03  # of the picture's; buttons are narrower
_ASPECTS: Final = (0.52, 2.4)  # width over height
_LEAST_SIDE_SHOWN: Final = 0.75  # of each side; corners and dark spots may hide the rest
_MOST_SIDE_COVERED: Final = 0.2  # of the line just outside, by neighbouring content
_SAME_LEVELS: Final = 1  # levels within which colours count as the same
_SAMPLES_A_SIDE: Final = 64


class MaskCoverage:
    """The share of a mask (H, W) that is set within rectangles, for any number of them at once."""

    def __init__(self, mask: Mask) -> None:
        self._sums = cv2.integral(mask)
        self._limits = np.array([mask.shape[1], mask.shape[0]] * 2)

    def of(self, boxes: FloatArray) -> FloatArray:
        """(...) 0-1 for boxes (..., 4), over the part inside the picture; NaN where that is empty."""
        x0, y0, x1, y1 = np.moveaxis(np.clip(np.rint(boxes), 0, self._limits).astype(np.int64), -1, 0)
        sums = self._sums
        total = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        size = np.maximum(x1 - x0, 0) * np.maximum(y1 - y0, 0)
        return np.asarray(np.where(size > 0, total / (255.0 * np.maximum(size, 1)), np.nan), np.float32)

    def inside(self, boxes: FloatArray) -> npt.NDArray[np.bool_]:
        """(N,) whether boxes (N, 4) lie entirely inside the picture."""
        low, high = (boxes[:, :2] >= 0).all(axis=1), (boxes[:, 2:] <= self._limits[:2]).all(axis=1)
        return np.asarray(low & high, np.bool_)


def along_sides(boxes: FloatArray, near: float, far: float) -> FloatArray:
    """(4, N, 4) strips along the left, upper, right and lower side of boxes (N, 4), from `near` to `far` px outwards.

    Negative is inwards.
    """
    x0, y0, x1, y1 = boxes.T
    strips = [
        (x0 - far, y0, x0 - near, y1),
        (x0, y0 - far, x1, y0 - near),
        (x1 + near, y0, x1 + far, y1),
        (x0, y1 + near, x1, y1 + far),
    ]
    return np.stack([np.stack(strip, axis=1) for strip in strips])


def rectangles(runs: Mask, scale: int) -> FloatArray:
    """(N, 4) px of the mask: what has four straight sides on the background and is large enough for a tile.

    `runs` (H, W) is where the background forms straight runs, at 1/`scale` of the picture's size. A side on the
    picture's edge counts as straight, but what reaches from one edge to the opposite one is not a tile.
    """
    covered = np.asarray(cv2.bitwise_not(runs), np.uint8)
    outlines, levels = cv2.findContours(covered, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    # A contour without a parent is an outer one rather than a hole.
    outer = [cv2.boundingRect(line) for line, level in zip(outlines, _rows(levels), strict=True) if level[3] < 0]
    boxes = np.array(outer, np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    wide, tall = (boxes[:, 2:] - boxes[:, :2]).T
    least_width = max(_LEAST_SIDES[0] / scale, _LEAST_WIDTH * runs.shape[1])
    large = (wide >= least_width) & (tall >= _LEAST_SIDES[1] / scale)
    across = (wide >= runs.shape[1] - 2) | (tall >= runs.shape[0] - 2)
    boxes = boxes[large & ~across & (wide >= _ASPECTS[0] * tall) & (wide <= _ASPECTS[1] * tall)]
    shares = MaskCoverage(covered)
    shown = shares.of(along_sides(boxes, -3, -1)).min(axis=0)
    reached = np.nan_to_num(shares.of(along_sides(boxes, 0, 1)), nan=0.0).max(axis=0)
    return np.asarray(boxes[(shown >= _LEAST_SIDE_SHOWN) & (reached <= _MOST_SIDE_COVERED)], np.float32)


def _rows(levels: Any) -> npt.NDArray[np.int32]:
    """(N, 4) of what OpenCV says of contours, which is None where there are none."""
    return np.zeros((0, 4), np.int32) if levels is None else np.asarray(levels[0], np.int32)


def free_on_all_sides(boxes: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    """The boxes (N, 4) that do not touch the edge of a picture of this width and height."""
    width, height = size_px
    inside = (boxes[:, :2] > 0).all(axis=1) & (boxes[:, 2] < width) & (boxes[:, 3] < height)
    return boxes[inside]


def main_colour(image: Image, box: FloatArray) -> tuple[float, FloatArray]:
    """The share of a box (4,) that its most frequent colour covers, and where its other pixels are.

    These are (M, 2), x and y as a share of the box.
    """
    x0, y0, x1, y1 = np.rint(box).astype(int)
    part = image[max(y0, 0) : y1, max(x0, 0) : x1]
    inset = max(2, round(0.03 * min(part.shape[:2])))  # without frame and corners
    part = part[inset:-inset, inset:-inset]
    if not part.size:
        return 0.0, np.zeros((0, 2), np.float32)
    step = max(1, part.shape[0] // _SAMPLES_A_SIDE)
    part = part[::step, ::step]
    codes = part.astype(np.int32) @ np.array([1 << 16, 1 << 8, 1], np.int32)
    values, counts = np.unique(codes, return_counts=True)
    code = int(values[counts.argmax()])
    colour = np.array([code >> 16, code >> 8 & 255, code & 255])
    same = cv2.inRange(part, (colour - _SAME_LEVELS).astype(float), (colour + _SAME_LEVELS).astype(float))
    other = same == 0
    rest = np.argwhere(other)[:, ::-1] / np.array(other.shape[::-1])
    return 1 - float(other.mean()), np.asarray(rest, np.float32)
