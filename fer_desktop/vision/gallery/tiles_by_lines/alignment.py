"""Rows and columns moved to where the lines of a picture show most."""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.tiles_by_lines.line_evidence import LineEvidence
from fer_desktop.vision.gallery.tiles_by_lines.touching_lattice import FaceTiles

_SHIFTS: Final = np.arange(-7.0, 8.0, dtype=np.float32)  # px that are tried
_PITCHES: Final = np.arange(-6.0, 6.5, 0.5, dtype=np.float32)
_SIDES: Final = np.arange(-10.0, 7.0, dtype=np.float32)
_INSET_PX: Final = 3  # from a tile's corners
_SMALLER: Final = 1.5  # times that for each px of the side
_LESS: Final = 0.002  # of a share, that a px of difference from the first guess costs


def aligned(lines: LineEvidence, tiles: FaceTiles) -> FaceTiles:
    """The same tiles, with size, pitch and place such that most of their sides shows."""
    grid, boxes = tiles.grid, tiles.boxes
    rows = np.array([cell[0] for cell in tiles.cells])
    columns = np.array([cell[1] for cell in tiles.cells])
    x0, y0, x1, y1 = boxes.T
    shift, pitch, side = _best(_across(lines, x0, x1), y0, grid.height, rows, grid.pitch_y)
    middle = float(np.median(rows))
    tops = grid.tops + shift + (np.arange(len(grid.tops)) - middle) * pitch
    grid = replace(grid, tops=tops.astype(np.float32), pitch_y=grid.pitch_y + pitch, height=grid.height + side)
    y0 = tops[rows]
    y1 = y0 + grid.height
    number = np.rint((x0 - x0.min()) / grid.pitch_x * 2) / 2
    shift, pitch, side = _best(_down(lines, y0, y1), x0, grid.width, number, grid.pitch_x)
    middle = float(np.median(number))
    x0 = x0 + shift + (number - middle) * pitch
    lefts = grid.lefts + shift
    for row in np.unique(rows):
        own = rows == row
        lefts[row] = np.median(x0[own] - columns[own] * (grid.pitch_x + pitch))
    grid = replace(grid, lefts=lefts, pitch_x=grid.pitch_x + pitch, width=grid.width + side)
    moved = replace(tiles, grid=grid)
    return replace(moved, sides=lines.sides(moved.boxes))


def _across(lines: LineEvidence, x0: FloatArray, x1: FloatArray) -> FloatArray:
    """(N, H + 1) the share of every line from x0 to x1 (N,)."""
    low, high = np.rint([x0 + _INSET_PX, x1 - _INSET_PX]).astype(np.int64)[..., None]
    return lines.across(np.arange(lines.height + 1), low, high)


def _down(lines: LineEvidence, y0: FloatArray, y1: FloatArray) -> FloatArray:
    """(N, W + 1) the share of every line from y0 to y1 (N,)."""
    low, high = np.rint([y0 + _INSET_PX, y1 - _INSET_PX]).astype(np.int64)[..., None]
    return lines.down(np.arange(lines.width + 1), low, high)


def _best(
    shares: FloatArray, starts: FloatArray, side: float, numbers: npt.NDArray[np.number], known: float
) -> tuple[float, float, float]:
    """By how much the edges that start at (N,) px have to move, their pitch and their side to change."""
    away = (numbers - np.median(numbers)).astype(np.float32)
    pitches = _PITCHES if np.ptp(away) >= 1 else np.zeros(1, np.float32)
    first = starts + _SHIFTS[:, None, None] + pitches[:, None] * away  # (S, P, N)
    each, last = np.arange(len(starts)), shares.shape[1] - 1
    near = shares[each, np.clip(np.rint(first), 0, last).astype(np.int64)].mean(axis=2)
    ends = np.clip(np.rint(first + side + _SIDES[:, None, None, None]), 0, last).astype(np.int64)
    far = shares[each, ends].mean(axis=3)  # (W, S, P)
    # Of a gap both edges show: the tile is the smaller box.
    cost = _SMALLER * _SIDES
    total = near + far - _LESS * (cost[:, None, None] + np.abs(_SHIFTS)[:, None] + np.abs(pitches))
    # A tile is not larger than its pitch.
    total[side + _SIDES[:, None, None] > known + pitches + np.zeros_like(total) + 1] = -1
    w, s, p = np.unravel_index(total.argmax(), total.shape)
    return float(_SHIFTS[s]), float(pitches[p]), float(_SIDES[w])
