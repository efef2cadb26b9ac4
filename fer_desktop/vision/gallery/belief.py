"""How far a grid is believed: only as far as it explains the faces.

Each person's face stands alone in a tile. Faces outside of all tiles say that a grid is partial or wrong; several faces
in one tile larger than the others, that it is a window or a picture rather than a tile; a tile without a face, a name
or an avatar among tiles with them, that it is a slide, a chat or a card.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import area, holders
from fer_desktop.core.types import FloatArray, GalleryLayout, Image
from fer_desktop.vision.gallery.borders import find_touching_tiles
from fer_desktop.vision.gallery.grid import Grid, find_grid, is_slide
from fer_desktop.vision.gallery.name_plates import NameLines
from fer_desktop.vision.gallery.rectangles import main_colour
from fer_desktop.vision.gallery.tile_features import Box, plate_strip

SURE_SCORE: Final = 0.5  # from which on a face is evidence
_LARGER: Final = 1.5  # times the usual tile: several faces in it are several participants
_CROWDED: Final = 0.3  # of the tiles with faces: where more hold several, the grid is another one
_BESIDE: Final = 0.65  # of the largest face in a tile: who is nearer than this sits beside them
_ONE_SIZE: Final = 0.08  # relative difference of the sides of tiles of one size
_ASPECTS: Final = (0.5, 2.4)  # width over height of a tile of another size than the others
_LEAST_OF_USUAL: Final = 0.15  # of the usual tile's area, for one of another size
_PLAIN: Final = 0.35  # of a tile in one colour: an avatar's, or a slide's
_NAMED: Final = 0.6  # of the tiles of a grid without any face that have a name or an avatar
_MARKED: Final = 0.75  # of a call's tiles that have a name or an avatar; clothes and hair look like letters at times
_CENTRED: Final = 0.3  # of a tile's width, from which on a name in its middle is looked for
_WIDE: Final = 1.2  # width over height of a tile in a grid without faces: boards have squares
_FACELESS: Final = 0.3  # that a plausible tile without a face counts, where one with a face counts 1
_EXTRA: Final = 0.5  # that a second face in a tile counts against it
_NONE: Final = np.zeros((0, 4), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """A layout, and how it was found."""

    layout: GalleryLayout
    touching: bool = False  # there is no ground between the tiles


def find_gallery(image: Image, faces: FloatArray) -> Gallery:
    """The layout of an image (H, W, 3) BGR, in which sure faces (F, 4) px were found; no tiles where it has none."""
    grid = find_grid(image)
    exact = GalleryLayout(_believed(image, grid, faces), grid.slides)
    if len(exact.tiles) and not count_outside(exact, faces):
        return Gallery(exact)
    touching = np.clip(find_touching_tiles(image, faces), 0, [image.shape[1], image.shape[0]] * 2).astype(np.float32)
    tiles = _believed(image, Grid(touching, _NONE, _NONE), faces)
    if _score(tiles, faces) <= _score(exact.tiles, faces):
        return Gallery(exact)
    # What holds somebody's tile was no slide.
    shared = grid.slides[_held(grid.slides, tiles) == 0] if len(grid.slides) else grid.slides
    return Gallery(GalleryLayout(tiles, shared), touching=True)


def _score(tiles: FloatArray, faces: FloatArray) -> float:
    """How well tiles explain the faces (F, 4)."""
    near = _without_small(tiles, faces)
    held = _held(tiles, near)
    outside = len(near) - int(held.sum())
    return float((held > 0).sum() + _FACELESS * (held == 0).sum() - _EXTRA * np.maximum(held - 1, 0).sum() - outside)


def count_outside(layout: GalleryLayout, faces: FloatArray) -> int:
    """How many of the faces (F, 4) are in no tile and in nothing that is shared."""
    return int((holders(np.concatenate([layout.tiles, layout.shared]), faces) < 0).sum())


def _believed(image: Image, grid: Grid, faces: FloatArray) -> FloatArray:
    """(N, 4) px of those rectangles of a grid that are participants' tiles, in its order."""
    tiles = _with_others(grid, faces)
    if not len(tiles):
        return _NONE
    held = _held(tiles, _without_small(tiles, faces))
    if (held > 1).sum() > _CROWDED * max(1, (held > 0).sum()) and len(tiles) > 1:
        return _NONE
    usual = float(np.median(area(tiles[held == 1]))) if (held == 1).any() else float(np.median(area(tiles)))
    alone = len(tiles) == 1
    crowd = (held > 1) & (alone | (area(tiles) >= _LARGER * usual))
    tiles, held = tiles[~crowd], held[~crowd]
    return tiles[_plausible(image, tiles, held)] if len(tiles) else _NONE


def _with_others(grid: Grid, faces: FloatArray) -> FloatArray:
    """The tiles, and rectangles of other sizes beside them that hold just one face: a large speaker, a second row."""
    if not len(grid.tiles) or not len(grid.others):
        return grid.tiles
    others = grid.others[_held(grid.others, faces) == 1]
    width, height = (others[:, 2:] - others[:, :2]).T
    shape = (width >= _ASPECTS[0] * height) & (width <= _ASPECTS[1] * height)
    large = area(others) >= _LEAST_OF_USUAL * float(np.median(area(grid.tiles)))
    return np.concatenate([grid.tiles, others[shape & large]])


def _without_small(tiles: FloatArray, faces: FloatArray) -> FloatArray:
    """The faces but for those that are small beside another in the same tile: pictures, people further away."""
    found, sizes = holders(tiles, faces), (faces[:, 2:] - faces[:, :2]).max(axis=1, initial=0)
    largest = np.zeros(len(tiles) + 1, np.float32)
    np.maximum.at(largest, found, sizes)
    return np.asarray(faces[(found < 0) | (sizes >= _BESIDE * largest[found])], np.float32)


def _held(tiles: FloatArray, faces: FloatArray) -> npt.NDArray[np.int64]:
    """(N,) how many of the faces each tile holds."""
    found = holders(tiles, faces)
    return np.bincount(found[found >= 0], minlength=len(tiles))


def _plausible(image: Image, tiles: FloatArray, held: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """(N,) which of the tiles are participants': those with a face, those of their size, and avatars."""
    faced = held > 0
    if faced.all():
        return faced
    avatar = np.array([not one and is_avatar(image, tile) for one, tile in zip(faced, tiles, strict=True)], np.bool_)
    if faced.any():
        return faced | avatar | _has_size_of(tiles, tiles[faced])
    if len(tiles) == 1:
        return avatar
    width, height = np.median(tiles[:, 2:] - tiles[:, :2], axis=0)
    named = (avatar | has_name(image, tiles)).mean() >= _NAMED
    return np.full(len(tiles), bool(named and width >= _WIDE * height))


def _has_size_of(tiles: FloatArray, known: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) whether each tile has the size of one of the known ones."""
    sizes, of = tiles[:, 2:] - tiles[:, :2], known[:, 2:] - known[:, :2]
    differ = np.abs(sizes[:, None] / np.maximum(of[None], 1) - 1).max(axis=2)
    return np.asarray(differ.min(axis=1) <= _ONE_SIZE, np.bool_)


def is_avatar(image: Image, tile: FloatArray) -> bool:
    """Whether a tile (4,) px is plain but for something in its middle and a name."""
    share, rest = main_colour(image, tile)
    return share >= _PLAIN and len(rest) > 0 and not is_slide(image, tile)


def carries_names(image: Image, tiles: FloatArray, faces: FloatArray) -> bool:
    """Whether the tiles (N, 4) px of a picture are a call's by what stands in them: names, or avatars.

    `faces` (F, 4) px are those in the picture.
    """
    empty = _held(tiles, faces) == 0
    avatar = [one and is_avatar(image, tile) for one, tile in zip(empty, tiles, strict=True)]
    return bool((has_name(image, tiles) | np.array(avatar, np.bool_)).mean() >= _MARKED)


def has_name(image: Image, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) whether something is written in white at the lower left of each tile (N, 4) px, or in its middle below."""
    named = np.zeros(len(tiles), np.bool_)
    right = np.array([_CENTRED, 0, _CENTRED, 0], np.float32) * (tiles[:, 2:3] - tiles[:, :1])
    for part in (tiles, np.minimum(tiles + right, tiles[:, [2, 3, 2, 3]])):
        boxes: list[Box] = [(x0, y0, x1, y1) for x0, y0, x1, y1 in np.rint(part).astype(int).tolist()]
        lines = NameLines().lines(boxes, [plate_strip(image, box) for box in boxes])
        named |= lines.any(axis=(1, 2))
    return named
