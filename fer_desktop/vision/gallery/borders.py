"""Tiles that touch, or whose gaps a codec or scaling has blurred: found by the lines between them and by their faces."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.comb import Candidates, size_classes
from fer_desktop.vision.gallery.face_rectangles import face_rectangles
from fer_desktop.vision.gallery.faceless import FacelessTiles
from fer_desktop.vision.gallery.line_evidence import LineEvidence
from fer_desktop.vision.gallery.touching_lattice import FaceTiles, fit_faces

_LEAST_SIDES: Final = 0.62  # mean share of the sides of tiles of one size that shows
_SIDES_FROM: Final = 0.45  # what a tile's sides show beyond this speaks for it
_MOST_SIZES: Final = 3
_ALONE: Final = 0.8  # mean share of the sides of a tile whose size no other has
_LEAST_ALONE: Final = 0.5  # and of each of them
_MUCH: Final = 0.25  # more of its sides shown: then the rectangle is rather that one
_LEAST_SIDE: Final = 0.35  # of the side of a tile that shows least
_SHOWN: Final = 0.75  # or of all four
_MOST_WEAK: Final = 0.25  # of the tiles of one size, that show less: they are carried by the others
_EXPLAINED: Final = 0.67  # of the faces that are in a tile each
_NONE: Final = np.zeros((0, 4), np.float32)


def find_touching_tiles(image: Image, faces: FloatArray) -> FloatArray:
    """(N, 4) xyxy px of the tiles of an image (H, W, 3) BGR in reading order; (0, 4) without a convincing gallery.

    `faces` (F, 4) px are all that are sure to be faces: nearly every camera that is on has one.
    """
    if not len(faces):
        return _NONE
    lines = LineEvidence(image)
    small = np.asarray(faces * lines.scale, np.float32)
    found = Candidates(*face_rectangles(lines, small))
    tiles, explained = _NONE, np.zeros(len(faces), np.bool_)
    for _ in range(_MOST_SIZES):
        best = _best(lines, found, small, explained)
        if best is None:
            break
        if len(best.cells) == 1 and (not len(tiles) or best.sides.mean() < _ALONE or best.sides.min() < _LEAST_ALONE):
            break
        same = FacelessTiles(lines, best, small, tiles).all()
        tiles = np.concatenate([tiles, same])
        explained[best.faces] = True
        found = found.only(~explained[found.faces] & ~_inside(found.boxes, tiles))
    if len(tiles) < 2 or explained.mean() < _EXPLAINED:
        return _NONE
    return np.asarray(_in_reading_order(tiles) / lines.scale, np.float32)


def _best(lines: LineEvidence, found: Candidates, faces: FloatArray, done: npt.NDArray[np.bool_]) -> FaceTiles | None:
    """The tiles of one size that explain most of the faces that are not done."""
    best, most = None, 0.0
    own = np.zeros(len(faces), np.float32)
    np.maximum.at(own, found.faces, found.scores)
    for size in size_classes(found):
        fitted = fit_faces(lines, found, faces, size)
        tiles = None if fitted is None else _consistent(fitted, own, done)
        if tiles is None:
            continue
        score = float((tiles.sides.mean(axis=1) - _SIDES_FROM).sum())
        if tiles.sides.mean() >= _LEAST_SIDES and score > most:
            best, most = tiles, score
    return best


def _consistent(tiles: FaceTiles, own: FloatArray, done: npt.NDArray[np.bool_]) -> FaceTiles | None:
    """Without the tiles of faces that are done, or around which other rectangles show much more of their sides."""
    shown = tiles.sides.mean(axis=1)
    kept = ~done[tiles.faces] & (shown >= own[tiles.faces] - _MUCH)
    weak = kept & ((tiles.sides.min(axis=1) < _LEAST_SIDE) & (shown < _SHOWN))
    if weak.sum() > _MOST_WEAK * kept.sum():
        kept &= ~weak
    if not kept.any():
        return None
    cells = tuple(cell for cell, keep in zip(tiles.cells, kept, strict=True) if keep)
    return FaceTiles(tiles.grid, cells, tiles.faces[kept], tiles.sides[kept])


def _inside(boxes: FloatArray, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) which boxes (N, 4) overlap a tile (T, 4)."""
    low = np.maximum(boxes[:, None, :2], tiles[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], tiles[None, :, 2:])
    common = np.clip(high - low, 0, None).prod(axis=2)
    size = (tiles[:, 2:] - tiles[:, :2]).prod(axis=1)
    return np.asarray((common > 0.05 * size).any(axis=1), np.bool_)


def _in_reading_order(tiles: FloatArray) -> FloatArray:
    return tiles[np.lexsort((tiles[:, 0], np.rint(tiles[:, 1] / 8)))]
