"""Tiles whose edges are not fully visible: places of the lattice that are not empty."""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import iou_matrix
from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.tiles_by_ground.lattice import Lattice
from fer_desktop.vision.gallery.tiles_by_ground.rectangles import MaskCoverage, along_sides

_NOT_EMPTY: Final = 0.01  # of a place between tiles that is not background: initials or a name are enough
_MOST_ROUNDS: Final = 4
# Further out there are other things than tiles, so more is required.
_MORE: Final = 0.03
_NAME: Final = 0.15  # of the height, at the bottom, where a name or a person is
_FEW: Final = 3  # up to this many tiles may have another row
_CLEAR: Final = 0.95  # of the gap on each side that is background


def filled(lattice: Lattice, members: FloatArray, background: MaskCoverage) -> FloatArray:
    """(N, 4) the tiles in reading order: `members` (M, 4), whose edges were found, and those in line with them.

    `background` is the mask of the background.
    """
    tiles = _between(lattice, members, background)
    for _ in range(_MOST_ROUNDS):
        more = _further(lattice, tiles, background)
        if not len(more):
            break
        tiles = np.concatenate([tiles, more])
        rows = {round(top): (top, left) for top, left in lattice.rows}
        rows |= {
            round(float(box[1])): (float(box[1]), float(box[0])) for box in more if round(float(box[1])) not in rows
        }
        lattice = replace(
            lattice,
            rows=tuple(rows[top] for top in sorted(rows)),
            left=float(tiles[:, 0].min()),
            right=float(tiles[:, 2].max()),
        )
        tiles = _between(lattice, tiles, background)
    return tiles


def _between(lattice: Lattice, members: FloatArray, background: MaskCoverage) -> FloatArray:
    places = lattice.places()
    taken = iou_matrix(places, members).max(axis=1) >= 0.5
    occupied = 1 - background.of(places) >= _NOT_EMPTY
    around = np.nan_to_num(background.of(_gaps(lattice, places)), nan=1.0)
    return np.asarray(places[taken | (occupied & (around.mean(axis=0) >= 0.75))], np.float32)


def _gaps(lattice: Lattice, places: FloatArray) -> FloatArray:
    return along_sides(places, 0.5, 0.5 + max(1.0, lattice.gap - 1))


def _further(lattice: Lattice, tiles: FloatArray, background: MaskCoverage) -> FloatArray:
    """(N, 4) tiles one column or row outside the known ones; the tiles of a row may be shifted by half a pitch."""
    sideways = _clear(lattice, lattice.wider().places(), tiles, background)
    found = [sideways]
    # A toolbar in the background's colour is not another row of small tiles.
    for down in (-1, 1) if len(tiles) <= _FEW else ():
        rows = [_clear(lattice, lattice.beside(down, shift).places(), tiles, background) for shift in (0.0, 0.5)]
        found.append(max(rows, key=len))
    return np.concatenate(found)


def _clear(lattice: Lattice, places: FloatArray, tiles: FloatArray, background: MaskCoverage) -> FloatArray:
    """Those places (N, 4) apart from the tiles that are not empty and have clear background on all sides."""
    if not len(places):
        return places
    apart: npt.NDArray[np.bool_] = iou_matrix(places, tiles).max(axis=1) < 0.02
    name, middle = places.copy(), places.copy()
    name[:, 1] = places[:, 3] - _NAME * lattice.height
    # In a toolbar nothing is higher up.
    middle[:, 1], middle[:, 3] = places[:, 1] + 0.35 * lattice.height, places[:, 1] + 0.65 * lattice.height
    occupied = (1 - background.of(np.stack([places, name, middle])) >= _MORE).all(axis=0)
    clear = np.nan_to_num(background.of(_gaps(lattice, places)), nan=0.0).min(axis=0) >= _CLEAR
    return np.asarray(places[apart & occupied & clear & background.inside(places)], np.float32)
