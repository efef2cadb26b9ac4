"""Tiles to the pixel: name plates are compared by pixels, so a tile must be cut the same way wherever it is."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.tiles_by_ground.background import Mask

_REACH_PX: Final = 3  # by which an edge may be off
_INSET: Final = 0.15  # of a side, skipped at both ends: corners are rounded
_OPEN: Final = 0.5  # of a line; with more background than this it is not part of a tile
_ALIGNED_PX: Final = 2  # edges of one row or column differ by no more

_Offsets = npt.NDArray[np.int64]


def refine_edges(mask: Mask, tiles: FloatArray) -> FloatArray:
    """The tiles (N, 4) px with each edge where the background of a mask (H, W) ends; aligned edges stay aligned."""
    found = np.rint(tiles).astype(np.int64)
    exact = found.copy()
    for side in range(4):
        off = _offsets(mask, found, side)
        for edge in np.unique(found[:, side]):
            in_line = np.abs(found[:, side] - edge) <= _ALIGNED_PX
            # One room may be as dark as the background, but not most of a row.
            moved = np.median((found[:, side] + off)[in_line & (off <= _REACH_PX)]) if _any(in_line, off) else edge
            exact[found[:, side] == edge, side] = round(float(moved))
    limits = np.array([mask.shape[1], mask.shape[0]] * 2)
    exact = np.clip(exact, 0, limits)
    whole = (exact[:, 2:] - exact[:, :2]).min(axis=1) > 2 * _REACH_PX
    return np.where(whole[:, None], exact, found).astype(np.float32)


def _any(in_line: npt.NDArray[np.bool_], off: _Offsets) -> bool:
    return bool((in_line & (off <= _REACH_PX)).any())


def _offsets(mask: Mask, tiles: _Offsets, side: int) -> _Offsets:
    """(N,) px inwards from that side to where the background ends; more than the reach where it does not."""
    across = side % 2 == 0  # a left or right side runs down
    inwards = 1 if side < 2 else -1
    off = np.full(len(tiles), _REACH_PX + 1, np.int64)
    for number, tile in enumerate(tiles):
        low, high = (tile[1], tile[3]) if across else (tile[0], tile[2])
        inset = int(_INSET * (high - low))
        # From outside inwards: the first line that is not background belongs to the tile.
        for step in range(-_REACH_PX, _REACH_PX + 1):
            at = int(tile[side]) + step * inwards - (side >= 2)
            if not 0 <= at < (mask.shape[1] if across else mask.shape[0]):
                continue
            line = mask[low + inset : high - inset, at] if across else mask[at, low + inset : high - inset]
            if line.mean() < _OPEN * 255:
                off[number] = step * inwards if step > -_REACH_PX else off[number]
                break
    return off
