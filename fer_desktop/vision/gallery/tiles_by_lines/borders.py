"""Tiles that touch, or whose gaps are blurred: found by the lines between them and by their faces."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.tiles_by_lines.alignment import aligned
from fer_desktop.vision.gallery.tiles_by_lines.comb import Candidates, size_classes
from fer_desktop.vision.gallery.tiles_by_lines.face_rectangles import face_rectangles
from fer_desktop.vision.gallery.tiles_by_lines.faceless import FacelessTiles
from fer_desktop.vision.gallery.tiles_by_lines.line_evidence import LineEvidence
from fer_desktop.vision.gallery.tiles_by_lines.plausibility import connected, in_a_tile, is_gallery
from fer_desktop.vision.gallery.tiles_by_lines.touching_lattice import FaceTiles, fit_faces

_LEAST_PX: Final = 48  # of a picture's side that may hold several tiles
_LEAST_SIDES: Final = (0.88, 0.85, 0.8, 0.7)  # share of their sides that one, two, three, four and more tiles show
_SIDES_FROM: Final = 0.45  # what a tile's sides show beyond this speaks for it
_MOST_SIZES: Final = 4
_LARGE: Final = 1.5  # times the area of other tiles: of a size that may be among these, or have one tile
_TINY: Final = 0.1  # times the area of other tiles: pictures in a list
_LEAST_ALONE: Final = 0.6  # of each side of a tile whose size no other has
_SEVERAL: Final = 5  # tiles
_PLACED: Final = 0.1  # what it is worth that all faces have a place
_NEARLY_ALL: Final = 0.9  # of the faces in tiles of one size
_CLEAR: Final = 0.93  # share of their sides: no other size explains more
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
_MIDST: Final = 0.04  # of the tile's side, from its edge on
_LEAST_SIDE: Final = 0.35  # of the side of a tile that shows least
_SHOWN: Final = 0.75  # or of all four
_WHOLE: Final = 0.95  # of a tile, in the picture
_LEAST_SIDE_OF_CUT: Final = 0.65  # of each side of a tile that the picture's edge cuts: photos of a page go on there
_MOST_WEAK: Final = 0.25  # of the tiles of one size, that show less: they are carried by the others
_NONE: Final = np.zeros((0, 4), np.float32)


def find_touching_tiles(image: Image, faces: FloatArray) -> FloatArray:
    """(N, 4) xyxy px of the tiles of an image (H, W, 3) BGR in reading order; (0, 4) without a convincing gallery.

    `faces` (F, 4) px are all that are sure to be faces: nearly every camera that is on has one.
    """
    if not len(faces) or min(image.shape[:2]) < _LEAST_PX:
        return _NONE
    lines = LineEvidence(image)
    small = _single(np.asarray(faces * lines.scale, np.float32))
    found = Candidates(*face_rectangles(lines, small))
    groups: list[FaceTiles] = []
    tiles, explained = _NONE, np.zeros(len(small), np.bool_)
    for _ in range(_MOST_SIZES):
        best = _best(lines, found, small, explained, tiles)
        if best is None:
            break
        if _is_detail(best, groups):
            found = found.only(~np.isin(found.faces, best.faces))
            continue
        groups.append(best)
        tiles = np.concatenate([tiles, best.boxes])
        explained |= in_a_tile(small, tiles)
        found = found.only(~explained[found.faces] & ~_overlapping(found.boxes, tiles))
    # Cameras that are off come last: a large tile would be taken for some of them.
    for group in groups:
        others = np.concatenate([other.boxes for other in groups if other is not group] or [_NONE])
        found_before = tiles[~in_a_tile(tiles, group.boxes) & ~in_a_tile(tiles, others)]
        same = FacelessTiles(lines, group, small, np.concatenate([others, found_before])).all()
        tiles = np.concatenate([tiles[~in_a_tile(tiles, same)], same])
    tiles = connected(tiles, small) if len(tiles) else tiles
    if not is_gallery(lines, tiles, small):
        return _NONE
    limits = np.array([lines.width, lines.height] * 2)
    return np.asarray(_in_reading_order(np.clip(tiles, 0, limits)) / lines.scale, np.float32)


def _is_detail(found: FaceTiles, groups: list[FaceTiles]) -> bool:
    """Whether what was found after the `groups` is only an avatar, or a picture on a wall."""
    size = found.grid.width * found.grid.height
    several = [group for group in groups if len(group.cells) > 1]
    if len(found.cells) == 1:
        large = all(size >= _LARGE * group.grid.width * group.grid.height for group in several)
        return bool(found.sides.min() < _LEAST_ALONE or not large)
    for group in several:
        around = np.concatenate([group.boxes[:, :2].min(axis=0), group.boxes[:, 2:].max(axis=0)])
        small = size < _LARGE * group.grid.width * group.grid.height
        tiny = size < _TINY * group.grid.width * group.grid.height
        if tiny or (small and in_a_tile(found.boxes, around[None]).any()):
            return True
    return False


def _single(faces: FloatArray) -> FloatArray:
    """The faces (F, 4) without the smaller ones on a larger one: a face that fills the picture may be found twice."""
    order = np.argsort(-(faces[:, 2:] - faces[:, :2]).prod(axis=1), kind="stable")
    kept: list[int] = []
    for k in order:
        if not kept or not in_a_tile(faces[[k]], faces[kept]).any():
            kept.append(int(k))
    return faces[sorted(kept)]


def _best(
    lines: LineEvidence, found: Candidates, faces: FloatArray, done: npt.NDArray[np.bool_], others: FloatArray
) -> FaceTiles | None:
    """The tiles of one size that explain most of the faces that are not done."""
    best, most = None, 0.0
    for size in size_classes(found):
        fitted = fit_faces(lines, found, faces, size)
        if fitted is None:
            continue
        tiles = _consistent(lines, aligned(lines, fitted), found, done)
        if tiles is None or tiles.sides.mean() < _least(len(tiles.cells)):
            continue
        score = _score(lines, tiles, others)
        # A face whose tile hardly shows speaks for it too.
        score *= 1 + _PLACED * len(fitted.cells) / len(faces)
        if score > most:
            best, most = tiles, score
            # Sizes follow one another by how many faces they explain.
            if len(tiles.cells) >= max(_SEVERAL, _NEARLY_ALL * (~done).sum()) and tiles.sides.mean() >= _CLEAR:
                break
    return best


def _least(count: int) -> float:
    """What share of their sides so many tiles of one size have to show: few may agree by chance."""
    return _LEAST_SIDES[min(count, len(_LEAST_SIDES)) - 1]


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


def _consistent(
    lines: LineEvidence, tiles: FaceTiles, found: Candidates, done: npt.NDArray[np.bool_]
) -> FaceTiles | None:
    """Without the tiles of faces that are done, or around which other rectangles show much more of their sides."""
    shown = tiles.sides.mean(axis=1)
    kept = ~done[tiles.faces]
    for k, box in enumerate(tiles.boxes):
        # What is in the midst of the tile may be an avatar or a picture on the wall.
        margin = _MIDST * np.tile(box[2:] - box[:2], 2) * np.array([1, 1, -1, -1], np.float32)
        outside = np.any((found.boxes - (box + margin)) * np.array([1, 1, -1, -1], np.float32) < 0, axis=1)
        others = found.scores[(found.faces == tiles.faces[k]) & outside]
        kept[k] &= not len(others) or shown[k] >= others.max() - _MUCH
    cut = np.array([lines.shown(box) < _WHOLE for box in tiles.boxes], np.bool_)
    kept &= ~cut | (tiles.sides.min(axis=1) >= _LEAST_SIDE_OF_CUT)
    weak = kept & ((tiles.sides.min(axis=1) < _LEAST_SIDE) & (shown < _SHOWN))
    if weak.sum() > _MOST_WEAK * kept.sum():
        kept &= ~weak
    if not kept.any():
        return None
    cells = tuple(cell for cell, keep in zip(tiles.cells, kept, strict=True) if keep)
    return FaceTiles(tiles.grid, cells, tiles.faces[kept], tiles.sides[kept])


def _overlapping(boxes: FloatArray, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) which boxes (N, 4) overlap a tile (T, 4)."""
    low = np.maximum(boxes[:, None, :2], tiles[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], tiles[None, :, 2:])
    common = np.clip(high - low, 0, None).prod(axis=2)
    size = (tiles[:, 2:] - tiles[:, :2]).prod(axis=1)
    return np.asarray((common > 0.05 * size).any(axis=1), np.bool_)


def _in_reading_order(tiles: FloatArray) -> FloatArray:
    return tiles[np.lexsort((tiles[:, 0], np.rint(tiles[:, 1] / 8)))]
