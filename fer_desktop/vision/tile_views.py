"""What tells one tile of a gallery from another, out of its pixels; nothing is read, nothing can be shown again."""

from typing import Final

import cv2
import numpy as np

from fer_desktop.core.tile_seats import TileViews
from fer_desktop.core.types import FloatArray, Image

# Shares of a tile: left, top, right, bottom.
_PLATE_AT: Final = (0.0, 0.78, 0.7, 1.0)  # calls write names at the lower left
_THUMB_AT: Final = (0.06, 0.08, 0.94, 0.78)  # neither the speaker's frame nor the plate
_PLATE_PX: Final = (160, 20)  # width, height
_THUMB_PX: Final = (16, 9)
_LOOK_PX: Final = (12, 7)
_STROKES: Final = 0.35  # of the strip's height: strokes of letters are finer
_WRITTEN_LEVEL: Final = 60  # grey levels over what is round them
_WRITTEN_SHARE: Final = 0.005  # of the strip's pixels


def tile_views(image: Image, tiles: FloatArray) -> TileViews:
    """What the tiles (N, 4) px of a frame (H, W, 3) BGR look like."""
    count = len(tiles)
    plates = np.zeros((count, _PLATE_PX[0] * _PLATE_PX[1]), np.float32)
    looks = np.zeros((count, _LOOK_PX[0] * _LOOK_PX[1], 3), np.float32)
    thumbs = np.zeros((count, _THUMB_PX[0] * _THUMB_PX[1]), np.float32)
    for index, box in enumerate(np.rint(tiles).astype(int)):
        plates[index] = _fingerprint(_part(image, box, _PLATE_AT))
        inner = _part(image, box, _THUMB_AT)
        looks[index] = cv2.resize(inner, _LOOK_PX, interpolation=cv2.INTER_AREA).reshape(-1, 3)
        small = cv2.resize(inner, _THUMB_PX, interpolation=cv2.INTER_AREA)
        thumbs[index] = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).ravel()
    colours = looks[:, _EDGES].reshape(count, 3 * int(_EDGES.sum())) / np.float32(255)
    return TileViews(tiles, plates, colours, thumbs)


def _edges() -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which pixels of a look are room rather than person: the left, the right and the upper edge."""
    width, height = _LOOK_PX
    y, x = np.mgrid[0:height, 0:width]
    return np.asarray((x < 2) | (x >= width - 2) | (y == 0)).ravel()


_EDGES: Final = _edges()


def _part(image: Image, box: "np.ndarray[tuple[int], np.dtype[np.int64]]", shares: tuple[float, ...]) -> Image:
    """A part of a tile, at least a pixel large."""
    width, height = box[2] - box[0], box[3] - box[1]
    x0, y0 = int(box[0] + shares[0] * width), int(box[1] + shares[1] * height)
    x1, y1 = int(box[0] + shares[2] * width), int(box[1] + shares[3] * height)
    x0, y0 = min(max(x0, 0), image.shape[1] - 1), min(max(y0, 0), image.shape[0] - 1)
    return image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]


def _fingerprint(strip: Image) -> FloatArray:
    """The white strokes of what is written in a strip, of length 1; zeros where nothing is."""
    # Letters are white in every call, the lines of rooms and shirts seldom are.
    white = strip.min(axis=2)
    side = max(5, round(strip.shape[0] * _STROKES)) | 1
    strokes = cv2.morphologyEx(white, cv2.MORPH_TOPHAT, np.ones((side, side), np.uint8))
    if (strokes >= _WRITTEN_LEVEL).mean() < _WRITTEN_SHARE:
        return np.zeros(_PLATE_PX[0] * _PLATE_PX[1], np.float32)
    small = cv2.resize(strokes, _PLATE_PX, interpolation=cv2.INTER_AREA).astype(np.float32)
    small = np.minimum(small, np.percentile(small, 97))  # a bright spot must not outshine the letters
    small -= small.mean()
    return np.asarray((small / max(float(np.linalg.norm(small)), 1e-6)).ravel(), np.float32)
