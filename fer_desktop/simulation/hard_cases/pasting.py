"""Puts a picture on a canvas: with round corners, and with edges that lie between pixels."""

import math
from functools import lru_cache

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.ground_truth import FloatBox


def outer_px(box: FloatBox) -> tuple[int, int]:
    """Width and height of the pixels that the box touches."""
    return (
        math.ceil(box[2] - 1e-6) - math.floor(box[0] + 1e-6),
        math.ceil(box[3] - 1e-6) - math.floor(box[1] + 1e-6),
    )


def paste(canvas: Image, picture: Image, box: FloatBox, radius: float) -> None:
    """Puts a picture of `outer_px(box)` into the box; in place. What is out of the canvas is cut off."""
    height, width = picture.shape[:2]
    x0, y0 = math.floor(box[0] + 1e-6), math.floor(box[1] + 1e-6)
    # Only along the edges a pixel is not covered as a whole.
    edge = min(math.ceil(radius) + 1, height // 2, width // 2)
    covered = _coverage(
        round(box[0] - x0, 3), round(box[1] - y0, 3), round(box[2] - box[0], 3), round(box[3] - box[1], 3), radius
    )
    for top, bottom, left, right in (
        (0, edge, 0, width),
        (height - edge, height, 0, width),
        (edge, height - edge, 0, edge),
        (edge, height - edge, width - edge, width),
    ):
        _mix(canvas, picture[top:bottom, left:right], covered[top:bottom, left:right], x0 + left, y0 + top)
    _put(canvas, picture[edge : height - edge, edge : width - edge], x0 + edge, y0 + edge)


def _mix(canvas: Image, part: Image, covered: FloatArray, x: int, y: int) -> None:
    seen = _seen(canvas, x, y, part.shape[1], part.shape[0])
    if seen is None:
        return
    rows, columns, below = seen
    share = covered[rows, columns]
    below[:] = np.rint(below * (1 - share) + part[rows, columns] * share)


def _put(canvas: Image, part: Image, x: int, y: int) -> None:
    seen = _seen(canvas, x, y, part.shape[1], part.shape[0])
    if seen is not None:
        rows, columns, below = seen
        below[:] = part[rows, columns]


def _seen(canvas: Image, x: int, y: int, width: int, height: int) -> tuple[slice, slice, Image] | None:
    """Rows and columns of a part that are on the canvas, and what is there; None where nothing is."""
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + width, canvas.shape[1]), min(y + height, canvas.shape[0])
    if x0 >= x1 or y0 >= y1:
        return None
    return slice(y0 - y, y1 - y), slice(x0 - x, x1 - x), canvas[y0:y1, x0:x1]


@lru_cache(maxsize=64)
def _coverage(left: float, top: float, width: float, height: float, radius: float) -> FloatArray:
    """(H, W, 1) 0-1: how much of each pixel a box covers that begins at `left`, `top` (0-1)."""
    wide, high = math.ceil(left + width - 1e-6), math.ceil(top + height - 1e-6)
    across = _overlap(left, width, wide)
    down = _overlap(top, height, high)
    covered = down[:, None] * across[None, :]
    if radius > 0:
        # Signed distance to the rounded box: https://iquilezles.org/articles/distfunctions2d (rounded box).
        out_x = np.abs(np.arange(wide) + 0.5 - left - width / 2) - (width / 2 - radius)
        out_y = np.abs(np.arange(high) + 0.5 - top - height / 2) - (height / 2 - radius)
        outside = np.hypot(np.maximum(out_x, 0)[None, :], np.maximum(out_y, 0)[:, None])
        inside = np.minimum(np.maximum(out_x[None, :], out_y[:, None]), 0)
        covered = np.minimum(covered, np.clip(radius - outside - inside + 0.5, 0, 1))
    return np.asarray(covered[..., None], np.float32)


def _overlap(start: float, length: float, pixels: int) -> FloatArray:
    """(pixels,) how much of each pixel lies between `start` and `start + length`."""
    edges = np.arange(pixels)
    overlap = np.minimum(edges + 1, start + length) - np.maximum(edges, start)
    return np.asarray(np.clip(overlap, 0, 1), np.float32)


def resized(picture: Image, width: int, height: int) -> Image:
    """The picture at another size, as a call's window shows it."""
    how = cv2.INTER_AREA if picture.shape[1] > width else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (width, height), interpolation=how), np.uint8)
