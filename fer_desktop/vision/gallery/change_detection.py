"""Whether a gallery's tiles are still where they were found, judged from a few thousand pixels."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image

_PER_SIDE: Final = 8  # points along each side of a tile, outside and inside
_INSET: Final = 0.12  # of a side, skipped at both ends: corners are rounded
_ACROSS, _DOWN = 64, 36  # points over the whole picture
_TOLERANCE: Final = 6  # levels
_MOST_OF_A_TILE: Final = 0.2  # of the points around one tile that may be covered, by a mouse pointer for example
_MOST_OF_ALL: Final = 0.004  # of the background further out that may be covered
_CHANGED_LEVELS: Final = 24
_CHANGED_SHARE: Final = 0.15  # of the points of a picture without a grid; above this it is another picture

_Points = npt.NDArray[np.intp]  # (..., 2) x, y


class TileWatch:
    """Remembers a picture and its tiles, and tells whether another picture has them in the same places."""

    def __init__(self, image: Image, tiles: FloatArray) -> None:
        """`image` (H, W, 3), `tiles` (N, 4) px with N at least 1."""
        self._shape = image.shape
        # One or two pixels from the edge, since the gap may be no wider than three.
        outside = _along(tiles, 1.5)
        self._outside = _inside_picture(outside, image)  # (N, 4, P, 2)
        self._edges = _inside_picture(_along(tiles, -3.0), image)
        # A tile may reach to the picture's edge, beyond which there is no background.
        seen = (self._outside == np.floor(outside + 0.5)).all(axis=3)
        around = _colours_at(image, self._outside)[seen if seen.any() else ...].reshape(-1, 3)
        self._colour = np.median(around, axis=0).astype(np.int16)
        self._background = self._is_background(image, self._outside) & seen
        self._open = self._is_background(image, self._edges).mean(axis=2) > 0.5
        further = _all_over(image)
        self._further = further[self._is_background(image, further) & ~_in_any(further, tiles)]

    def is_unchanged(self, image: Image) -> bool:
        """Whether the tiles of an image (H, W, 3) are still the same."""
        if image.shape != self._shape:
            return False
        lost = self._background & ~self._is_background(image, self._outside)
        if (lost.mean(axis=(1, 2)) > _MOST_OF_A_TILE).any():
            return False
        # A side became background: the tile is gone, or smaller.
        if ((self._is_background(image, self._edges).mean(axis=2) > 0.95) & ~self._open).any():
            return False
        covered = np.count_nonzero(~self._is_background(image, self._further))
        return bool(covered <= 2 + _MOST_OF_ALL * len(self._further))

    def _is_background(self, image: Image, points: _Points) -> npt.NDArray[np.bool_]:
        away = np.abs(_colours_at(image, points) - self._colour)
        return np.asarray(away.max(axis=-1) <= _TOLERANCE, np.bool_)


class PictureWatch:
    """Remembers a picture without a grid, and tells whether another picture differs."""

    def __init__(self, image: Image) -> None:
        self._shape = image.shape
        self._points = _all_over(image)
        self._colours = _colours_at(image, self._points)

    def is_unchanged(self, image: Image) -> bool:
        """Whether an image (H, W, 3) is much the same."""
        if image.shape != self._shape:
            return False
        away = np.abs(_colours_at(image, self._points) - self._colours).max(axis=-1)
        return bool((away > _CHANGED_LEVELS).mean() <= _CHANGED_SHARE)


def _colours_at(image: Image, points: _Points) -> npt.NDArray[np.int16]:
    """(..., 3) the colours at points (..., 2)."""
    return image[points[..., 1], points[..., 0]].astype(np.int16)


def _along(tiles: FloatArray, out_px: float) -> FloatArray:
    """(N, 4, P, 2) points along the left, upper, right and lower sides, `out_px` outside them."""
    x0, y0, x1, y1 = (tiles[:, k, None] for k in range(4))
    share = np.linspace(_INSET, 1 - _INSET, _PER_SIDE)[None, :]
    across, down = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
    lines = [
        (x0 - out_px + 0 * down, down),
        (across, y0 - out_px + 0 * across),
        (x1 - 1 + out_px + 0 * down, down),
        (across, y1 - 1 + out_px + 0 * across),
    ]
    return np.stack([np.stack(line, axis=-1) for line in lines], axis=1).astype(np.float32)


def _inside_picture(points: FloatArray, image: Image) -> _Points:
    limits = np.array([image.shape[1] - 1, image.shape[0] - 1])
    return np.asarray(np.clip(np.floor(points + 0.5), 0, limits), np.intp)


def _all_over(image: Image) -> _Points:
    """(64 * 36, 2) points spread evenly over the image."""
    height, width = image.shape[:2]
    x = ((np.arange(_ACROSS) + 0.5) * width / _ACROSS).astype(np.intp)
    y = ((np.arange(_DOWN) + 0.5) * height / _DOWN).astype(np.intp)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _in_any(points: _Points, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(P,) whether the points lie in a tile, or within two pixels of one."""
    x, y = points[:, 0, None], points[:, 1, None]
    across = (x >= tiles[:, 0] - 2) & (x <= tiles[:, 2] + 1)
    return np.asarray((across & (y >= tiles[:, 1] - 2) & (y <= tiles[:, 3] + 1)).any(axis=1), np.bool_)
