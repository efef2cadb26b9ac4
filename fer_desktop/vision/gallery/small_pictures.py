"""Photos of people in what a program draws: avatars in a list of names, on a card, in the middle of a tile.

A camera's picture has shoulders below the face; round a drawn photo there is one flat colour on all sides.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray, Image

# Shares of the face's height, from the face's box outwards, between which something is flat: photos are of many sizes,
# and in a list the next one is near.
_STRIPS: Final = ((0.5, 0.68), (0.68, 0.86), (0.86, 1.04), (1.04, 1.22))
_LARGEST: Final = 0.1  # of the frame's height that a face has: beside a larger one may be the ground around its tile
_WIDE: Final = 0.35  # of the face's width, by which a strip is wider than the face on both sides
_SAME_LEVELS: Final = 4  # a codec's noise on a flat colour
_FLAT: Final = 0.8  # of each strip, in the colour that all have
_SIDES: Final = 2  # of the three beside and above, that have the colour below
_DIFFERS: Final = 25.0  # grey levels between the photo and what is around it: a dark room is no drawing


def are_small_pictures(image: Image, faces: FloatArray) -> npt.NDArray[np.bool_]:
    """(F,) which faces (F, 4) px of an image (H, W, 3) BGR are in a photo amid one flat colour."""
    small = faces[:, 3] - faces[:, 1] <= _LARGEST * len(image)
    return np.array([one and _is_small_picture(image, face) for one, face in zip(small, faces, strict=True)], np.bool_)


def _is_small_picture(image: Image, face: FloatArray) -> bool:
    x0, y0, x1, y1 = (float(edge) for edge in face)
    wide, tall = x1 - x0, y1 - y0
    across, down = (x0 - _WIDE * wide, x1 + _WIDE * wide), (y0 - _WIDE * tall, y1 + _WIDE * tall)
    below = [_part(image, across[0], y1 + near * tall, across[1], y1 + far * tall) for near, far in _STRIPS]
    left = [_part(image, x0 - far * tall, down[0], x0 - near * tall, down[1]) for near, far in _STRIPS]
    right = [_part(image, x1 + near * tall, down[0], x1 + far * tall, down[1]) for near, far in _STRIPS]
    above = [_part(image, across[0], y0 - far * tall, across[1], y0 - near * tall) for near, far in _STRIPS]
    colours = [np.median(strip, axis=0) for strip in below if _is_flat(strip)]
    # On one side there may be a name; on two of a tile at a gallery's corner is the ground.
    around = [
        colour
        for colour in colours
        if sum(any(_is_flat(strip, colour) for strip in side) for side in (left, right, above)) >= _SIDES
    ]
    inside = _part(image, x0, y0, x1, y1)
    return len(inside) > 0 and any(np.abs(inside.mean(axis=0) - colour).max() >= _DIFFERS for colour in around)


def _is_flat(strip: npt.NDArray[np.int16], colour: npt.NDArray[np.float64] | None = None) -> bool:
    """Whether a strip (N, 3) has one colour, or that one."""
    if not len(strip):
        return False
    middle = np.median(strip, axis=0) if colour is None else colour
    return bool((np.abs(strip - middle).max(axis=1) <= _SAME_LEVELS).mean() >= _FLAT)


def _part(image: Image, x0: float, y0: float, x1: float, y1: float) -> npt.NDArray[np.int16]:
    """(N, 3) the colours of a part of the image; none where that reaches out of it."""
    left, top, right, bottom = round(x0), round(y0), round(x1), round(y1)
    if left < 0 or top < 0 or right > image.shape[1] or bottom > image.shape[0]:
        return np.zeros((0, 3), np.int16)
    return image[top:bottom, left:right].reshape(-1, 3).astype(np.int16)
