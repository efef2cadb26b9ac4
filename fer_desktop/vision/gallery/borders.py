"""Tiles that touch, or whose gaps a codec or scaling has blurred: found by the lines between them and by their faces."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.alignment import aligned
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
_WIDEST_GAP: Final = 0.12  # of a tile's shorter side, to the next one
_DIVIDED: Final = 0.9  # share of a line from side to side through a tile
_HALF_PX: Final = 3  # from the middle, within which such a line halves a tile
_MOST_DIVIDED: Final = 0.7  # of the tiles of one size: they are halved
_MOST_LINES: Final = 2  # through half of the tiles
_USUAL_ASPECTS: Final = np.array([16 / 9, 4 / 3, 1.0, 9 / 16])
_ASPECT_TOLERANCE: Final = 0.035
_USUAL: Final = 1.1  # what such an aspect is worth
_IN_LINE_PX: Final = 4.0  # between edges of tiles of different sizes
_IN_LINE: Final = 0.4  # what it is worth that all edges are in line
_MUCH: Final = 0.2  # more of its sides shown: then the rectangle is rather that one
_WITHIN_PX: Final = 3.0
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
        best = _best(lines, found, small, explained, tiles)
        if best is None:
            break
        if len(best.cells) == 1 and (best.sides.mean() < _ALONE or best.sides.min() < _LEAST_ALONE):
            break
        same = FacelessTiles(lines, best, small, tiles).all()
        tiles = np.concatenate([tiles, same])
        explained[best.faces] = True
        found = found.only(~explained[found.faces] & ~_inside(found.boxes, tiles))
    if len(tiles) < 2 or explained.mean() < _EXPLAINED or not _touch(tiles):
        return _NONE
    return np.asarray(_in_reading_order(tiles) / lines.scale, np.float32)


def _best(
    lines: LineEvidence, found: Candidates, faces: FloatArray, done: npt.NDArray[np.bool_], others: FloatArray
) -> FaceTiles | None:
    """The tiles of one size that explain most of the faces that are not done."""
    fitted = (fit_faces(lines, found, faces, size) for size in size_classes(found))
    kept = (_consistent(aligned(lines, tiles), found, done) for tiles in fitted if tiles is not None)
    sure = [tiles for tiles in kept if tiles is not None and tiles.sides.mean() >= _LEAST_SIDES]
    scores = [_score(lines, tiles, others) for tiles in sure]
    best = max(scores, default=0.0)
    return sure[scores.index(best)] if best > 0 else None


def _score(lines: LineEvidence, tiles: FaceTiles, others: FloatArray) -> float:
    """What speaks for tiles of one size; 0 where too many of them are divided."""
    if _divided(lines, tiles.boxes):
        return 0.0
    aspect = tiles.grid.width / tiles.grid.height
    usual = np.abs(aspect / _USUAL_ASPECTS - 1).min() <= _ASPECT_TOLERANCE
    each = tiles.sides.mean(axis=1) - _SIDES_FROM
    in_line = 0.0
    if len(others):
        edges = [np.unique(others[:, [axis, axis + 2]]) for axis in (0, 1)]
        near = [np.abs(tiles.boxes[:, k, None] - edges[k % 2]).min(axis=1) <= _IN_LINE_PX for k in range(4)]
        in_line = _IN_LINE * float(np.mean(near))
    return float(each.sum()) * ((_USUAL if usual else 1.0) + in_line)


def _divided(lines: LineEvidence, boxes: FloatArray) -> bool:
    """Whether boxes (N, 4) of one size are two or more tiles each, or shelves, or cells of a table."""
    for shares in lines.inner_lines(boxes):
        clear = shares >= _DIVIDED
        if not clear.shape[1]:
            continue
        # Rooms have straight lines too, but not at the same place of every tile, nor several.
        middle = clear.shape[1] // 2
        halves = clear[:, max(middle - _HALF_PX, 0) : middle + _HALF_PX + 1].any(axis=1)
        lines_each = (np.diff(clear.astype(np.int8), axis=1, prepend=0) > 0).sum(axis=1)
        if halves.mean() >= _MOST_DIVIDED or np.median(lines_each) >= _MOST_LINES:
            return True
    return False


def _consistent(tiles: FaceTiles, found: Candidates, done: npt.NDArray[np.bool_]) -> FaceTiles | None:
    """Without the tiles of faces that are done, or around which other rectangles show much more of their sides."""
    shown = tiles.sides.mean(axis=1)
    kept = ~done[tiles.faces]
    for k, box in enumerate(tiles.boxes):
        # What is inside of the tile may be an avatar or a picture on the wall.
        outside = (found.boxes[:, :2] < box[:2] - _WITHIN_PX).any(axis=1) | (found.boxes[:, 2:] > box[2:] + _WITHIN_PX).any(axis=1)
        others = found.scores[(found.faces == tiles.faces[k]) & outside]
        kept[k] &= not len(others) or shown[k] >= others.max() - _MUCH
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


def _touch(tiles: FloatArray) -> bool:
    """Whether each of the tiles (N, 4), N at least 2, has another beside it."""
    low = np.maximum(tiles[:, None, :2], tiles[None, :, :2])
    high = np.minimum(tiles[:, None, 2:], tiles[None, :, 2:])
    apart = np.clip(low - high, 0, None).max(axis=2)
    apart[np.arange(len(tiles)), np.arange(len(tiles))] = np.inf
    side = (tiles[:, 2:] - tiles[:, :2]).min(axis=1)
    return bool((apart.min(axis=1) <= _WIDEST_GAP * side).all())


def _in_reading_order(tiles: FloatArray) -> FloatArray:
    return tiles[np.lexsort((tiles[:, 0], np.rint(tiles[:, 1] / 8)))]
