"""How far a grid is believed: only as far as it explains the faces.

Each person's face stands alone in a tile. Faces outside of all tiles say that a grid is partial or wrong; several faces
in one tile larger than the others, that it is a window or a picture rather than a tile; a tile without a face, a name
or an avatar among tiles with them, that it is a slide, a chat or a card.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import area, holders, iou_matrix, is_tiny
from fer_desktop.core.types import FloatArray, GalleryLayout, Image
from fer_desktop.vision.gallery.completion import completed, with_avatars
from fer_desktop.vision.gallery.small_pictures import are_small_pictures
from fer_desktop.vision.gallery.tile_content import faces_held, is_avatar, plausible
from fer_desktop.vision.gallery.tiles_by_ground.grid import Grid, find_grid, is_slide
from fer_desktop.vision.gallery.tiles_by_ground.lattice import similar_sizes
from fer_desktop.vision.gallery.tiles_by_lines.borders import find_touching_tiles
from fer_desktop.vision.gallery.tiles_by_lines.inset import find_inset

SURE_SCORE: Final = 0.65  # from which on a face is evidence: no true one of the cases was less sure
_LARGER: Final = 1.5  # times the usual tile: several faces in it are several participants
_CROWDED: Final = 0.3  # of the tiles with faces: where more hold several, the grid is another one
_BESIDE: Final = 0.65  # of the largest face in a tile: who is nearer than this sits beside them
_ONE_SIZE: Final = 0.08  # relative difference of the sides of tiles of one size
_ASPECTS: Final = (1.25, 1.9)  # width over height of a tile of another size than the others
_ASPECT_TOLERANCE: Final = 0.2  # or it has theirs
_OVERLAP: Final = 0.1  # of the smaller of two tiles, that may lie in the other
_WITHIN: Final = 0.95  # of a small tile that lies over a large one
_LEAST_OF_USUAL: Final = 0.05  # of the usual tile's area, for one of another size
_LEAST_FACES: Final = 2  # in tiles that touch: what looks like one face once is in a table or on a board too
_MOST_ON_SLIDES: Final = 2.0  # faces on slides, times those in tiles: where more are, it is no slide
_LEAST_EXPLAINED: Final = 0.75  # of all faces, by tiles that touch: rows of seats in one scene have lines too
_FACELESS: Final = 0.3  # that a plausible tile without a face counts, where one with a face counts 1
_WHOLE_FACE: Final = 0.6  # of a face's box; detectors go on beyond what is cut off
_EXTRA: Final = 0.5  # that a second face in a tile counts against it
_NONE: Final = np.zeros((0, 4), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """A layout, and how it was found."""

    layout: GalleryLayout
    touching: bool = False  # there is no ground around some of the tiles, where it would show that they change


def find_gallery(image: Image, faces: FloatArray) -> Gallery:
    """The layout of an image (H, W, 3) BGR, in which sure faces (F, 4) px were found; no tiles where it has none."""
    drawn = are_small_pictures(image, faces)
    filmed = faces[~drawn & ~is_tiny(faces, len(image))]
    found = _found(image, filmed)
    tiles = with_avatars(found.layout.tiles, found.layout.shared, faces, drawn, image)
    if not len(tiles):
        return found
    beside = faces[drawn & (holders(tiles, faces) < 0)]
    inset = find_inset(image, tiles, faces[~is_tiny(faces, len(image))])
    layout = GalleryLayout(np.concatenate([tiles, inset]), np.concatenate([found.layout.shared, beside]))
    return Gallery(layout, found.touching or len(inset) > 0)


def _found(image: Image, faces: FloatArray) -> Gallery:
    """The same by the faces that may be participants'."""
    grid = _without_lone_slide(image, find_grid(image))
    exact = _believed(image, grid, faces)
    if _explains_all(exact, grid.slides, faces):
        return Gallery(GalleryLayout(exact, grid.slides))
    on_slides = holders(grid.slides, faces) >= 0
    best = _best(image, grid, exact, faces[~on_slides])
    in_tiles = int(faces_held(best.layout.tiles, faces[~on_slides]).sum())
    if on_slides.sum() <= _MOST_ON_SLIDES * in_tiles:
        return best
    # Nearly everybody is on it: what looks like a slide is the gallery, whose avatars have one colour.
    return _best(image, Grid(grid.tiles, _NONE, grid.others), exact, faces)


def _best(image: Image, grid: Grid, exact: FloatArray, faces: FloatArray) -> Gallery:
    """Of all ways to read the picture that which explains most faces; `exact` is what is believed of the grid."""
    whole = _believed(image, Grid(completed(exact, faces, image), grid.slides, _NONE), faces)
    touching = _touching(image, faces)
    best = max(exact, whole, touching, key=lambda tiles: _score(tiles, faces))
    # What holds somebody's tile is no slide, and without a gallery nothing is shared in one.
    shared = grid.slides[faces_held(grid.slides, best) == 0] if len(grid.slides) and len(best) else _NONE
    return Gallery(GalleryLayout(best, shared), touching=len(best) > 0 and best is touching)


def _touching(image: Image, faces: FloatArray) -> FloatArray:
    """(N, 4) px of tiles that touch, where they explain enough of the faces."""
    limits = [image.shape[1], image.shape[0]] * 2
    found = np.clip(find_touching_tiles(image, faces), 0, limits).astype(np.float32)
    tiles = _believed(image, Grid(found, _NONE, _NONE), faces)
    held = faces_held(tiles, faces)
    enough = (held > 0).sum() >= _LEAST_FACES and held.sum() >= _LEAST_EXPLAINED * len(faces)
    return tiles if enough else _NONE


def _explains_all(tiles: FloatArray, slides: FloatArray, faces: FloatArray) -> bool:
    """Whether each of the faces (F, 4) is alone in a tile, or in what is shared."""
    outside = count_outside(GalleryLayout(tiles, slides), faces)
    alone = len(tiles) > 0 and int(faces_held(tiles, faces).max()) <= 1
    return alone and not outside and bool(_mostly_inside(np.concatenate([tiles, slides]), faces).all())


def _without_lone_slide(image: Image, grid: Grid) -> Grid:
    """The grid with its only tile among the slides if that is one."""
    if len(grid.tiles) != 1 or not is_slide(image, grid.tiles[0]):
        return grid
    return Grid(_NONE, np.concatenate([grid.slides, grid.tiles]), grid.others)


def _score(tiles: FloatArray, faces: FloatArray) -> float:
    """How well tiles explain the faces (F, 4)."""
    whole = faces[_mostly_inside(tiles, faces)]
    held = faces_held(tiles, whole)
    outside = len(faces) - int(held.sum())
    # However small the tiles, those without a face say no more than those with one.
    faceless = min(int((held == 0).sum()), int((held > 0).sum()))
    return float((held > 0).sum() + _FACELESS * faceless - _EXTRA * np.maximum(held - 1, 0).sum() - outside)


def _mostly_inside(tiles: FloatArray, faces: FloatArray) -> npt.NDArray[np.bool_]:
    """(F,) whether most of each face (F, 4) is in one tile: an edge through a face is none of a tile's."""
    low, high = np.maximum(tiles[:, None, :2], faces[:, :2]), np.minimum(tiles[:, None, 2:], faces[:, 2:])
    common = np.clip(high - low, 0, None).prod(axis=2).max(axis=0, initial=0)
    return np.asarray(common >= _WHOLE_FACE * area(faces), np.bool_)


def count_outside(layout: GalleryLayout, faces: FloatArray) -> int:
    """How many of the faces (F, 4) are in no tile and in nothing that is shared."""
    return int((holders(np.concatenate([layout.tiles, layout.shared]), faces) < 0).sum())


def _believed(image: Image, grid: Grid, faces: FloatArray) -> FloatArray:
    """(N, 4) px of those rectangles of a grid that are participants' tiles, in its order."""
    tiles = _apart(_with_others(image, grid, faces))
    if not len(tiles):
        return _NONE
    held = faces_held(tiles, _without_small(tiles, faces))
    if (held > 1).sum() > _CROWDED * max(1, (held > 0).sum()) and len(tiles) > 1:
        return _NONE
    usual = float(np.median(area(tiles[held == 1]))) if (held == 1).any() else float(np.median(area(tiles)))
    alone = len(tiles) == 1
    crowd = (held > 1) & (alone | (area(tiles) >= _LARGER * usual))
    tiles, held = tiles[~crowd], held[~crowd]
    return tiles[plausible(image, tiles, held)] if len(tiles) else _NONE


def _with_others(image: Image, grid: Grid, faces: FloatArray) -> FloatArray:
    """The tiles, and rectangles of other sizes beside them: with just one face, or with an avatar where several are."""
    if not len(grid.tiles) or not len(grid.others):
        return grid.tiles
    aspect, usual = _aspects(grid.others), float(np.median(_aspects(grid.tiles)))
    # Two tiles between which the gap does not show are no tile.
    shape = (np.abs(aspect / usual - 1) <= _ASPECT_TOLERANCE) | ((aspect >= _ASPECTS[0]) & (aspect <= _ASPECTS[1]))
    large = area(grid.others) >= _LEAST_OF_USUAL * float(np.median(area(grid.tiles)))
    others = grid.others[shape & large]
    held = faces_held(others, faces)
    # A window or a picture on somebody's wall is plain as well.
    free = iou_matrix(others, grid.tiles).max(axis=1) == 0
    empty = free & (held == 0)
    avatar = np.array([one and is_avatar(image, box) for one, box in zip(empty, others, strict=True)], np.bool_)
    likely = others[(held == 1) | avatar]
    several = similar_sizes(likely).sum(axis=1) > 1
    return np.concatenate([grid.tiles, likely[(faces_held(likely, faces) == 1) | several]])


def _aspects(boxes: FloatArray) -> FloatArray:
    """(N,) width over height."""
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    return np.asarray(width / np.maximum(height, 1), np.float32)


def _apart(tiles: FloatArray) -> FloatArray:
    """The tiles (N, 4), in their order, without those that lie across others: the sizes that are rarer go first.

    A small tile may lie over a large one.
    """
    if len(tiles) < 2:
        return tiles
    common = np.clip(
        np.minimum(tiles[:, None, 2:], tiles[None, :, 2:]) - np.maximum(tiles[:, None, :2], tiles[None, :, :2]), 0, None
    ).prod(axis=2)
    share = common / np.minimum(area(tiles)[:, None], area(tiles)[None])
    across = (share > _OVERLAP) & (share < _WITHIN)
    alike = np.abs(
        (tiles[:, None, 2:] - tiles[:, None, :2]) / np.maximum(tiles[None, :, 2:] - tiles[None, :, :2], 1) - 1
    )
    often = (alike.max(axis=2) <= _ONE_SIZE).sum(axis=1)
    kept: list[int] = []
    for index in np.argsort(-often, kind="stable"):
        if not across[index, kept].any():
            kept.append(int(index))
    return tiles[sorted(kept)]


def _without_small(tiles: FloatArray, faces: FloatArray) -> FloatArray:
    """The faces but for those that are small beside another in the same tile: pictures, people further away."""
    found, sizes = holders(tiles, faces), (faces[:, 2:] - faces[:, :2]).max(axis=1, initial=0)
    largest = np.zeros(len(tiles) + 1, np.float32)
    np.maximum.at(largest, found, sizes)
    return np.asarray(faces[(found < 0) | (sizes >= _BESIDE * largest[found])], np.float32)
