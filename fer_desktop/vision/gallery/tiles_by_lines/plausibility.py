"""Whether tiles that were found are a gallery, rather than shelves, a table or a page of photos."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.tiles_by_lines.line_evidence import LineEvidence

_EDGE_PX: Final = 3.0  # from the picture's edge
_SEVERAL: Final = 5  # tiles
_WIDEST_GAP: Final = 0.16  # of the shorter side of the smaller of two tiles side by side
_GOES_ON: Final = 0.2  # of a tile's side, beyond the tiles, over which their edges must not go on
_CLEAR_PX: Final = 6.0
_MOST_GOES_ON: Final = 0.5  # share of such lines
_NARROW_GAP: Final = 0.06  # of a tile's shorter side: less than between photos, and never too much beside a large one
_WITH_FACES: Final = 0.25  # of the tiles after the first, or
_SURE_FACES: Final = 4  # so many; the squares of a board have none
_EXPLAINED: Final = 0.67  # of the faces that are in a tile each


def connected(tiles: FloatArray, faces: FloatArray) -> FloatArray:
    """Those of the tiles (N, 4) that touch one another, with most of the faces (F, 4)."""
    beside = _beside(tiles)
    group = np.arange(len(tiles))
    for _ in range(len(tiles)):
        merged = np.where(beside, group[None], len(tiles)).min(axis=1)
        if (merged == group).all():
            break
        group = merged
    most = max(
        np.unique(group), key=lambda k: (int(in_a_tile(faces, tiles[group == k]).sum()), int((group == k).sum()))
    )
    return np.asarray(tiles[group == most], np.float32)


def is_gallery(lines: LineEvidence, tiles: FloatArray, faces: FloatArray) -> bool:
    """Whether tiles (N, 4) that touch are convincing: there are several, and they explain the faces (F, 4)."""
    inside = in_a_tile(faces, tiles)
    if len(tiles) < 2 or inside.sum() < min(_SURE_FACES, _WITH_FACES * (len(tiles) - 1)):
        return False
    if inside.mean() < _EXPLAINED:
        # Faces may be beside the tiles, on a slide or in a list, but not in between.
        around = np.concatenate([tiles[:, :2].min(axis=0), tiles[:, 2:].max(axis=0)])
        between = in_a_tile(faces, around[None])
        if inside.sum() < _SEVERAL or inside.sum() < _EXPLAINED * between.sum() or not has_narrow_gaps(tiles):
            return False
    return _divides(lines, tiles) and not _continued(lines, tiles)


def has_narrow_gaps(tiles: FloatArray) -> bool:
    """Whether tiles (N, 4), two at least, stand closer together than photos on a page."""
    apart = _apart(tiles).min(axis=1)
    return bool(np.median(apart / (tiles[:, 2:] - tiles[:, :2]).min(axis=1)) <= _NARROW_GAP)


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


def _beside(tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(N, N) which of the tiles (N, 4) are beside each other; each is beside itself."""
    side = (tiles[:, 2:] - tiles[:, :2]).min(axis=1)
    smaller, larger = np.minimum(side[:, None], side[None]), np.maximum(side[:, None], side[None])
    near = _apart(tiles) <= np.maximum(_WIDEST_GAP * smaller, _NARROW_GAP * larger)
    return np.asarray(near | np.eye(len(tiles), dtype=np.bool_), np.bool_)


def _apart(tiles: FloatArray) -> FloatArray:
    """(N, N) px between tiles (N, 4), the larger of across and down; infinite from a tile to itself."""
    low = np.maximum(tiles[:, None, :2], tiles[None, :, :2])
    high = np.minimum(tiles[:, None, 2:], tiles[None, :, 2:])
    apart = np.clip(low - high, 0, None).max(axis=2)
    np.fill_diagonal(apart, np.inf)
    return np.asarray(apart, np.float32)


def in_a_tile(faces: FloatArray, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(F,) which faces (F, 4) have their middle in one of the tiles (T, 4)."""
    centres = ((faces[:, :2] + faces[:, 2:]) / 2)[:, None]
    inside = (centres > tiles[:, :2]) & (centres < tiles[:, 2:])
    return np.asarray(np.any(np.all(inside, axis=2), axis=1), np.bool_)
