"""A grid that was found in part, completed from the faces: each proposes a tile of the size and pitch of the others."""

from typing import Final

import numpy as np

from fer_desktop.core.geometry import holders, iou_matrix
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.tiles_by_ground.lattice import fit, similar_sizes

_OFF_PX: Final = 3.0  # by which a place may reach past the picture
_TOUCHES: Final = 0.02  # overlap (IoU) with a neighbour that rounding makes


def completed(tiles: FloatArray, faces: FloatArray, image: Image) -> FloatArray:
    """The tiles (N, 4), with those of their size and pitch in which the faces are that are in none."""
    outside = faces[holders(tiles, faces) < 0]
    if len(tiles) < 2 or not len(outside):
        return tiles
    often = similar_sizes(tiles)
    lattice, _ = fit(tiles[often[often.sum(axis=1).argmax()]])
    around = [lattice.beside(down, shift).places() for down in (-1, 1) for shift in (0.0, 0.5)]
    places = np.concatenate([lattice.wider().places(), *around])
    limits = np.array([image.shape[1], image.shape[0]]) + _OFF_PX
    within = (places[:, :2] >= -_OFF_PX).all(axis=1) & (places[:, 2:] <= limits).all(axis=1)
    places = places[within & (iou_matrix(places, tiles).max(axis=1) <= _TOUCHES)]
    proposed = np.unique(holders(places, outside))
    return in_reading_order(np.concatenate([tiles, places[proposed[proposed >= 0]]]))


def in_reading_order(tiles: FloatArray) -> FloatArray:
    """The tiles (N, 4) row by row, those of a row from left to right."""
    if not len(tiles):
        return tiles
    apart = float(np.median(tiles[:, 3] - tiles[:, 1])) / 2
    order = np.argsort(tiles[:, 1], kind="stable")
    rows = np.concatenate([[0], np.cumsum(np.diff(tiles[order, 1]) > apart)])
    return np.asarray(tiles[order[np.lexsort((tiles[order, 0], rows))]], np.float32)
