"""Whether tiles that were found are a gallery, rather than shelves, a table or a page of photos."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.line_evidence import LineEvidence

_EDGE_PX: Final = 3.0  # from the picture's edge
_SEVERAL: Final = 5  # tiles
_WIDEST_GAP: Final = 0.16  # of a tile's shorter side, to the next one
_GOES_ON: Final = 0.2  # of a tile's side, beyond the tiles, over which their edges must not go on
_CLEAR_PX: Final = 6.0
_MOST_GOES_ON: Final = 0.5  # share of such lines
_EXPLAINED: Final = 0.67  # of the faces that are in a tile each


def is_gallery(lines: LineEvidence, tiles: FloatArray, faces: FloatArray) -> bool:
    """Whether tiles (N, 4) are convincing: there are several, they explain the faces (F, 4), and touch."""
    if len(tiles) < 2 or in_a_tile(faces, tiles).mean() < _EXPLAINED:
        return False
    return _touch(tiles) and _divides(lines, tiles) and not _continued(lines, tiles)


def _divides(lines: LineEvidence, tiles: FloatArray) -> bool:
    """Whether enough lines are inside the picture: a few tiles from edge to edge may be one room."""
    limits = np.array([lines.width, lines.height])
    inside = (tiles[:, :2] > _EDGE_PX).sum() + (tiles[:, 2:] < limits - _EDGE_PX).sum()
    return bool(len(tiles) >= _SEVERAL or inside >= 2 * len(tiles))


def _continued(lines: LineEvidence, tiles: FloatArray) -> bool:
    """Whether the edges of tiles go on outside of them: shelves, a window, a table."""
    low, high = tiles[:, :2].min(axis=0), tiles[:, 2:].max(axis=0)
    shares: list[float] = []
    away = _GOES_ON * (tiles[:, 2:] - tiles[:, :2]).min(axis=0)
    for x in np.unique(np.rint(tiles[:, [0, 2]])).astype(np.int64):
        if _EDGE_PX < x < lines.width - _EDGE_PX:
            ends = [(low[1] - away[1], low[1] - _CLEAR_PX), (high[1] + _CLEAR_PX, high[1] + away[1])]
            shares += [float(lines.down(x, round(a), round(b))) for a, b in ends if a > 0 and b < lines.height]
    for y in np.unique(np.rint(tiles[:, [1, 3]])).astype(np.int64):
        if _EDGE_PX < y < lines.height - _EDGE_PX:
            ends = [(low[0] - away[0], low[0] - _CLEAR_PX), (high[0] + _CLEAR_PX, high[0] + away[0])]
            shares += [float(lines.across(y, round(a), round(b))) for a, b in ends if a > 0 and b < lines.width]
    return bool(len(shares) and np.mean(shares) > _MOST_GOES_ON)


def _touch(tiles: FloatArray) -> bool:
    """Whether each of the tiles (N, 4), N at least 2, has another beside it."""
    low = np.maximum(tiles[:, None, :2], tiles[None, :, :2])
    high = np.minimum(tiles[:, None, 2:], tiles[None, :, 2:])
    apart = np.clip(low - high, 0, None).max(axis=2)
    apart[np.arange(len(tiles)), np.arange(len(tiles))] = np.inf
    side = (tiles[:, 2:] - tiles[:, :2]).min(axis=1)
    return bool((apart.min(axis=1) <= _WIDEST_GAP * side).all())


def in_a_tile(faces: FloatArray, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(F,) which faces (F, 4) have their middle in one of the tiles (T, 4)."""
    centres = ((faces[:, :2] + faces[:, 2:]) / 2)[:, None]
    inside = (centres > tiles[:, :2]) & (centres < tiles[:, 2:])
    return np.asarray(np.any(np.all(inside, axis=2), axis=1), np.bool_)
