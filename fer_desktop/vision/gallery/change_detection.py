"""Whether a gallery's tiles still stand where they were found: a few thousand pixels say so."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image

_A_SIDE: Final = 8  # points along each side of a tile, outside and inside
_INSET: Final = 0.12  # of a side left out at both ends: corners are round
_ACROSS, _DOWN = 64, 36  # points over the whole picture
_TOLERANCE: Final = 6  # levels
_MOST_OF_A_TILE: Final = 0.2  # of the points round one tile that may be something else, such as a mouse pointer
_MOST_OF_ALL: Final = 0.004  # of the ground further out
_CHANGED_LEVELS: Final = 24
_CHANGED_SHARE: Final = 0.15  # of the points of a picture without a grid that make it another picture

_Points = npt.NDArray[np.intp]  # (..., 2) x, y


class TileWatch:
    """Remembers one picture with its tiles, and tells whether another one has them in the same places."""

    def __init__(self, image: Image, tiles: FloatArray) -> None:
        """`image` (H, W, 3), `tiles` (N, 4) px with N at least 1."""
        self._shape = image.shape
        # One or two pixels from the edge, since the gap may be no wider than three.
        outside = _along(tiles, 1.5)
        self._outside = _inside_picture(outside, image)  # (N, 4, P, 2)
        self._edges = _inside_picture(_along(tiles, -3.0), image)
        # A tile may reach to the picture's edge, beyond which there is no ground.
        seen = (self._outside == np.floor(outside + 0.5)).all(axis=3)
        around = _taken(image, self._outside)[seen if seen.any() else ...].reshape(-1, 3)
        self._colour = np.median(around, axis=0).astype(np.int16)
        self._ground = self._is_ground(image, self._outside) & seen
        self._open = self._is_ground(image, self._edges).mean(axis=2) > 0.5
        further = _all_over(image)
        self._further = further[self._is_ground(image, further) & ~_in_any(further, tiles)]

    def is_unchanged(self, image: Image) -> bool:
        """Whether the tiles of an image (H, W, 3) still are what they were."""
        if image.shape != self._shape:
            return False
        lost = self._ground & ~self._is_ground(image, self._outside)
        if (lost.mean(axis=(1, 2)) > _MOST_OF_A_TILE).any():
            return False
        # A side that has become ground: the tile is gone, or smaller.
        if ((self._is_ground(image, self._edges).mean(axis=2) > 0.95) & ~self._open).any():
            return False
        covered = np.count_nonzero(~self._is_ground(image, self._further))
        return bool(covered <= 2 + _MOST_OF_ALL * len(self._further))

    def _is_ground(self, image: Image, points: _Points) -> npt.NDArray[np.bool_]:
        away = np.abs(_taken(image, points) - self._colour)
        return np.asarray(away.max(axis=-1) <= _TOLERANCE, np.bool_)


class PictureWatch:
    """Remembers a picture without a grid, and tells whether another one shows something else."""

    def __init__(self, image: Image) -> None:
        self._shape = image.shape
        self._points = _all_over(image)
        self._colours = _taken(image, self._points)

    def is_unchanged(self, image: Image) -> bool:
        """Whether an image (H, W, 3) shows much the same."""
        if image.shape != self._shape:
            return False
        away = np.abs(_taken(image, self._points) - self._colours).max(axis=-1)
        return bool((away > _CHANGED_LEVELS).mean() <= _CHANGED_SHARE)


def _taken(image: Image, points: _Points) -> npt.NDArray[np.int16]:
    """(..., 3) the colours at points (..., 2)."""
    return image[points[..., 1], points[..., 0]].astype(np.int16)


def _along(tiles: FloatArray, out_px: float) -> FloatArray:
    """(N, 4, P, 2) points along the left, upper, right and lower sides, so far outwards."""
    x0, y0, x1, y1 = (tiles[:, k, None] for k in range(4))
    share = np.linspace(_INSET, 1 - _INSET, _A_SIDE)[None, :]
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
    """(64 * 36, 2) points in even rows over the image."""
    height, width = image.shape[:2]
    x = ((np.arange(_ACROSS) + 0.5) * width / _ACROSS).astype(np.intp)
    y = ((np.arange(_DOWN) + 0.5) * height / _DOWN).astype(np.intp)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _in_any(points: _Points, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(P,) which points lie in a tile, or within two pixels of it."""
    x, y = points[:, 0, None], points[:, 1, None]
    across = (x >= tiles[:, 0] - 2) & (x <= tiles[:, 2] + 1)
    return np.asarray((across & (y >= tiles[:, 1] - 2) & (y <= tiles[:, 3] + 1)).any(axis=1), np.bool_)
