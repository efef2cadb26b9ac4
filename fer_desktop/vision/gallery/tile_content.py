"""Which rectangles of a grid are participants' tiles: those with faces, those like them, avatars and names."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import holders
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.name_plates import NameLines
from fer_desktop.vision.gallery.tile_features import Box, plate_strip
from fer_desktop.vision.gallery.tiles_by_ground.rectangles import main_colour

_ONE_SIZE: Final = 0.08  # relative difference of the sides of tiles of one size
_PLAIN: Final = 0.35  # of a tile in one colour: an avatar's, or a slide's
_ELSEWHERE: Final = 0.15  # of what stands in an avatar's tile that is neither in its middle nor a name: icons, a frame
_MIDDLE: Final = 0.32  # of the side, in both directions from the centre
_NAME_BELOW: Final = 0.85  # of the height, from which on a name may be
_NAME_ABOVE: Final = 0.2  # or down to which
_NAME_UP_TO: Final = 0.4  # of the width
_NAMED: Final = 0.6  # of the tiles of a grid without any face that have a name or an avatar
_MARKED: Final = 0.75  # of a call's tiles that have a name or an avatar; clothes and hair look like letters at times
_LEAST_FILLED: Final = 4  # tiles, all of which show a face or an avatar
_LEAST_OFF: Final = 2  # of them without any face: a photo before one colour looks like an avatar
_CENTRED: Final = 0.3  # of a tile's width, from which on a name in its middle is looked for
_WIDE: Final = 1.2  # width over height of a tile in a grid without faces: boards have squares


def faces_held(tiles: FloatArray, faces: FloatArray) -> npt.NDArray[np.int64]:
    """(N,) how many of the faces each tile holds."""
    found = holders(tiles, faces)
    return np.bincount(found[found >= 0], minlength=len(tiles))


def plausible(image: Image, tiles: FloatArray, held: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
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


def is_avatar(image: Image, tile: FloatArray, whole: FloatArray | None = None) -> bool:
    """Whether a tile (4,) px is plain but for something in its middle and a name, below or in the upper left.

    Where the picture's edge cuts it, `whole` (4,) is where it would be.
    """
    share, rest = main_colour(image, tile)
    if share < _PLAIN or not len(rest):
        return False
    if whole is not None:
        rest = (tile[:2] + rest * (tile[2:] - tile[:2]) - whole[:2]) / (whole[2:] - whole[:2])
    x, y = rest.T
    middle = (np.abs(rest - 0.5) <= _MIDDLE).all(axis=1)
    below = (y >= _NAME_BELOW) & (x <= _NAME_UP_TO)
    above = (y <= _NAME_ABOVE) & (x <= _NAME_UP_TO)
    return bool((middle | below | above).mean() >= 1 - _ELSEWHERE)


def carries_names(image: Image, tiles: FloatArray, faces: FloatArray) -> bool:
    """Whether the tiles (N, 4) px of a picture are a call's by what stands in them: names, or avatars.

    `faces` (F, 4) px are those in the picture.
    """
    avatar = _avatars(image, tiles, faces)
    return bool((has_name(image, tiles) | avatar).mean() >= _MARKED)


def shows_who_is_off(image: Image, tiles: FloatArray, faces: FloatArray) -> bool:
    """Whether each of several tiles (N, 4) px has one face or an avatar without a face, and both occur.

    Where names stand beside the tiles, or nowhere, that tells a call from a page of photos. `faces` (F, 4) px are all
    of the picture, those in photos too.
    """
    if len(tiles) < _LEAST_FILLED:
        return False
    one, avatar = faces_held(tiles, faces) == 1, _avatars(image, tiles, faces)
    return bool((one | avatar).all() and one.any() and avatar.sum() >= _LEAST_OFF)


def _avatars(image: Image, tiles: FloatArray, faces: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) which of the tiles show an avatar and none of the faces (F, 4)."""
    empty = faces_held(tiles, faces) == 0
    return np.array([one and is_avatar(image, tile) for one, tile in zip(empty, tiles, strict=True)], np.bool_)


def has_name(image: Image, tiles: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) whether something is written in white at the lower left of each tile (N, 4) px, or in its middle below."""
    named = np.zeros(len(tiles), np.bool_)
    right = np.array([_CENTRED, 0, _CENTRED, 0], np.float32) * (tiles[:, 2:3] - tiles[:, :1])
    for part in (tiles, np.minimum(tiles + right, tiles[:, [2, 3, 2, 3]])):
        boxes: list[Box] = [(x0, y0, x1, y1) for x0, y0, x1, y1 in np.rint(part).astype(int).tolist()]
        lines = NameLines().lines(boxes, [plate_strip(image, box) for box in boxes])
        named |= lines.any(axis=(1, 2))
    return named
