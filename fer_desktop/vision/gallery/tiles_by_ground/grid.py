"""Tiles: the rectangles of a call's gallery, found by the background between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import area, iou_matrix
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.tiles_by_ground.background import (
    BackgroundColour,
    halved,
    possible_backgrounds,
    straight_runs,
)
from fer_desktop.vision.gallery.tiles_by_ground.edges import refine_edges
from fer_desktop.vision.gallery.tiles_by_ground.filling import filled
from fer_desktop.vision.gallery.tiles_by_ground.lattice import fit, similar_sizes
from fer_desktop.vision.gallery.tiles_by_ground.rectangles import (
    MaskCoverage,
    free_on_all_sides,
    main_colour,
    rectangles,
)
from fer_desktop.vision.gallery.tiles_by_ground.single_row import MARGIN_PX, backgrounds_between, whole_row, with_margin

_FULL_SIZE_PX: Final = 1_000_000  # larger pictures are searched at half their size
_RUN: Final = 0.02  # of the picture's width, shortest straight run of background
_LEAST_RUN_PX: Final = 10
_LEAST_OF_LARGEST: Final = 0.02  # area of the tiles over that of the largest other rectangle
_LEAST_ALONE: Final = 0.05  # of the picture that a single tile covers
_LARGE: Final = 2.0  # times a tile's area: the large tile of a speaker view, or a shared slide
_SEVERAL: Final = 3  # tiles, whose rows and columns are known
_SAME_EDGE_PX: Final = 3.0  # between edges in line
_SLIDE: Final = 0.5  # times a tile's area, from which on a rectangle may be what is shared
_PLAIN: Final = 0.35  # of a picture in one colour: not from a camera
_MIDDLE: Final = 0.32  # of the side, in both directions from the centre: where an avatar is
_ELSEWHERE: Final = 0.03  # of what an avatar's tile shows that is neither in the middle nor a name
_ELSEWHERE_IN_A_ROW: Final = 0.15  # the same with rounded corners and a speaker's frame
_PART: Final = 0.9  # of a place, inside a larger tile
_EMPTY: Final = 0.985  # of a tile in one colour: it contains nothing, not even a name
_SURE_FROM: Final = 4  # tiles
_SURE_SEEN: Final = 0.5  # of them, whose edges are there
_SURE_SHARE: Final = 0.3  # of the picture that these cover: no other background will yield more
_NOISY_GROUNDS: Final = 3
_NONE: Final = np.zeros((0, 4), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The rectangles found with one background colour."""

    tiles: FloatArray  # (N, 4) px of the picture, of one size
    others: FloatArray  # (M, 4) rectangles of other sizes
    background: BackgroundColour
    seen: int  # of the tiles, those whose edges are there; the others are places between them that are not empty

    @property
    def all(self) -> FloatArray:
        return np.concatenate([self.tiles, self.others])


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The rectangles of a picture that stand on one ground."""

    tiles: FloatArray  # (N, 4) px in reading order: those of one size, and the large one of a speaker view
    slides: FloatArray  # (M, 4) px of large ones that show no participant
    others: FloatArray  # (K, 4) px of the remaining ones


def find_tiles(image: Image) -> FloatArray:
    """(N, 4) xyxy px of the tiles in an image (H, W, 3) BGR in reading order; (0, 4) where there is no grid.

    A shared slide is not a participant's tile and is left out; the large tile of a speaker view is a tile.
    """
    return find_grid(image).tiles


def find_grid(image: Image) -> Grid:
    """The grid of an image (H, W, 3) BGR whose gaps have one exact colour; empty where there is none."""
    backgrounds = possible_backgrounds(image)
    best = _best(image, backgrounds)
    if best is None or not _is_sure(best, image):
        tight = _tight(image)
        if len(tight) > (0 if best is None else len(best.tiles)):
            return Grid(tight, _NONE, _NONE)
        # Tolerating codec noise produces false rectangles, so only a gallery that fills the picture counts then.
        noisy = _best(image, [background.noisy() for background in backgrounds[:_NOISY_GROUNDS]])
        if noisy is not None and _is_sure(noisy, image) and (best is None or len(noisy.tiles) > len(best.tiles)):
            best = noisy
    return Grid(_NONE, _NONE, _NONE) if best is None else _refined(image, best)


def _refined(image: Image, found: _Found) -> Grid:
    mask = found.background.mask(image)
    usual = np.median(area(found.tiles))
    several = _are_several(found.others, found.tiles)
    large = (area(found.others) >= _LARGE * usual) & ~several
    slide = (area(found.others) >= _SLIDE * usual) & ~several
    slide &= np.array([is_slide(image, box) for box in found.others], np.bool_)
    tiles = refine_edges(mask, _with_speaker(found.tiles, found.others[large & ~slide]))
    others = found.others[~slide]
    rest = others[_overlap(others, tiles) == 0] if len(others) else others
    return Grid(tiles, found.others[slide], refine_edges(mask, rest) if len(rest) else rest)


def _are_several(boxes: FloatArray, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) which boxes (N, 4) are several tiles of a row or column of the tiles (T, 4), whose gaps do not show."""
    if len(tiles) < _SEVERAL:
        return np.zeros(len(boxes), np.bool_)
    same = np.abs(boxes[:, None] - tiles[None]) <= _SAME_EDGE_PX
    return np.asarray((same[..., [0, 2]].all(axis=2) | same[..., [1, 3]].all(axis=2)).any(axis=1), np.bool_)


def _best(image: Image, backgrounds: Iterable[BackgroundColour]) -> _Found | None:
    """The best find among the backgrounds."""
    best: _Found | None = None
    for background in backgrounds:
        found = _on_background(image, background)
        if found is not None and (best is None or _is_better(found, best)):
            best = found
            if _is_sure(best, image):
                break
    return best


def _tight(image: Image) -> FloatArray:
    """(N, 4) px of the tiles of one row or column that fills the image, with no background around it."""
    for background in backgrounds_between(image):
        wider = with_margin(image, background)
        found = _on_background(wider, background)
        if found is None:
            continue
        tiles = whole_row(refine_edges(background.mask(wider), found.tiles) - MARGIN_PX, background, image)
        # Columns of a slide between straight lines are not tiles.
        if len(tiles) and not any(is_slide(image, tile, _ELSEWHERE_IN_A_ROW) for tile in tiles):
            limits = np.array([image.shape[1], image.shape[0]] * 2, np.float32)
            return np.asarray(np.clip(tiles, 0, limits), np.float32)
    return _NONE


def _is_sure(found: _Found, image: Image) -> bool:
    """Whether so much was found that it can only be the gallery, and not the avatars in it."""
    several = len(found.tiles) >= _SURE_FROM and found.seen >= _SURE_SEEN * len(found.tiles)
    return several and bool(area(found.tiles).sum() >= _SURE_SHARE * image.size / 3)


def _on_background(image: Image, background: BackgroundColour) -> _Found | None:
    mask, scale = background.mask(image), 1
    if mask.size > _FULL_SIZE_PX:
        mask, scale = halved(mask), 2
    seen = rectangles(straight_runs(mask, max(_LEAST_RUN_PX, round(_RUN * mask.shape[1]))), scale)
    members = _of_one_size(seen, (mask.shape[1], mask.shape[0]))
    if not len(members):
        return None
    lattice, members = fit(members)
    tiles = _without_parts(filled(lattice, members, MaskCoverage(mask)), members, seen)
    others = seen[_overlap(seen, tiles) == 0]
    found = _Found(tiles * scale, others * scale, background, len(members))
    alone = len(found.all) == 1 and area(found.tiles)[0] < _LEAST_ALONE * image.size / 3
    return None if alone or _all_empty(image, found.tiles) else found


def _without_parts(tiles: FloatArray, members: FloatArray, seen: FloatArray) -> FloatArray:
    """The tiles (N, 4) without those that were filled in where the rectangles `seen` (M, 4) have a larger tile.

    A room as dark as the ground looks like gaps in it.
    """
    larger = seen[(_overlap(seen, members) == 0)]
    if not len(larger):
        return tiles
    low = np.maximum(tiles[:, None, :2], larger[None, :, :2])
    high = np.minimum(tiles[:, None, 2:], larger[None, :, 2:])
    inside = np.clip(high - low, 0, None).prod(axis=2) >= _PART * area(tiles)[:, None]
    return np.asarray(tiles[~inside.any(axis=1)], np.float32)


def _all_empty(image: Image, tiles: FloatArray) -> bool:
    """Whether none of the tiles contains anything: boxes of a drawing."""
    return all(main_colour(image, tile)[0] > _EMPTY for tile in tiles)


def _overlap(boxes: FloatArray, tiles: FloatArray) -> FloatArray:
    """(N,) the highest overlap of each of the boxes (N, 4) with a tile."""
    return np.asarray(iou_matrix(boxes, tiles).max(axis=1), np.float32)


def _of_one_size(seen: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    """Those rectangles (N, 4) that have the size of the tiles."""
    if not len(seen):
        return seen
    same = similar_sizes(seen)
    covered = same @ area(seen)
    several = same.sum(axis=1) > 1
    enough = covered >= _LEAST_OF_LARGEST * area(seen).max()
    if (several & enough).any():
        return np.asarray(seen[same[np.where(several & enough, covered, 0).argmax()]], np.float32)
    # A single tile must have background on all sides, or any picture within a picture would be one.
    free = free_on_all_sides(seen, size_px)
    if not len(free):
        return free
    free = free[area(free) >= _LEAST_OF_LARGEST * area(free).max()]
    return np.asarray(free[[area(free).argmin()]], np.float32)


def _is_better(found: _Found, than: _Found) -> bool:
    """Whether `found` rather than `than` is the gallery."""
    if _inside(found, than):
        return _replaces(found, than)
    if _inside(than, found):
        return not _replaces(than, found)
    several = len(found.tiles) > 1, len(than.tiles) > 1
    if several[0] != several[1]:
        return several[0]
    return bool(area(found.tiles).sum() > area(than.tiles).sum())


def _inside(inner: _Found, outer: _Found) -> bool:
    """Whether all tiles of `inner` lie in one rectangle of `outer`."""
    low, high = inner.tiles[:, :2].min(axis=0), inner.tiles[:, 2:].max(axis=0)
    boxes = outer.all
    return bool(((boxes[:, :2] <= low + 2).all(axis=1) & (boxes[:, 2:] >= high - 2).all(axis=1)).any())


def _replaces(inner: _Found, outer: _Found) -> bool:
    """Whether `inner` is the gallery and `outer` only its window, rather than a picture within a tile or a slide."""
    if len(outer.tiles) > 1:
        return False
    if len(inner.tiles) > 1:
        return True
    return not len(outer.others) and bool(area(inner.all).sum() >= 0.25 * area(outer.tiles)[0])


def _with_speaker(tiles: FloatArray, large: FloatArray) -> FloatArray:
    """The tiles with the large one of a speaker view, where there is just one such rectangle."""
    if len(large) != 1:
        return tiles
    first = large[0, 2] <= tiles[:, 0].min() or large[0, 3] <= tiles[:, 1].min()
    return np.concatenate([large, tiles] if first else [tiles, large])


def is_slide(image: Image, box: FloatArray, elsewhere: float = _ELSEWHERE) -> bool:
    """Whether a box (4,) is mostly one colour, with more than `elsewhere` of the rest where an avatar shows nothing."""
    share, rest = main_colour(image, box)
    if share < _PLAIN:
        return False
    # Initials and avatars are in the middle, a name in the lower left corner.
    middle = (np.abs(rest - 0.5) <= _MIDDLE).all(axis=1)
    name = (rest[:, 1] >= 0.85) & (rest[:, 0] <= 0.4)
    return bool((middle | name).mean() < 1 - elsewhere) if len(rest) else False
