"""Whether a gallery is one: a wall of photos or a page of news has tiles and faces too, but nothing in it moves."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.seats.stillness import MOVES_FROM, change
from fer_desktop.core.types import FloatArray, Image

_THUMB_PX: Final = (16, 9)  # width, height
_LEAST_MOVING: Final = 2  # tiles: of a page of videos one plays
_INSET: Final = 0.06  # of a side: a speaker's frame is not movement


class Liveliness:
    """Remembers the tiles of a picture, and tells whether another picture shows that they move."""

    def __init__(self, image: Image, tiles: FloatArray) -> None:
        self._tiles = tiles
        self._thumbs = _thumbs(image, tiles)
        self._moved = np.zeros(len(tiles), np.bool_)

    def is_shown_by(self, image: Image) -> bool:
        """Whether several tiles have moved as cameras do, in an image (H, W, 3) BGR or before; or the only one."""
        now = _thumbs(image, self._tiles)
        self._moved |= [change(a, b) >= MOVES_FROM for a, b in zip(self._thumbs, now, strict=True)]
        return bool(self._moved.sum() >= min(_LEAST_MOVING, len(self._tiles)))


def _thumbs(image: Image, tiles: FloatArray) -> npt.NDArray[np.float32]:
    """(N, T) grey levels of the tiles (N, 4) px."""
    inset = _INSET * (tiles[:, 2:] - tiles[:, :2])
    inner = np.rint(np.concatenate([tiles[:, :2] + inset, tiles[:, 2:] - inset], axis=1)).astype(int)
    thumbs = np.zeros((len(tiles), _THUMB_PX[0] * _THUMB_PX[1]), np.float32)
    for thumb, (x0, y0, x1, y1) in zip(thumbs, inner, strict=True):
        part = image[max(y0, 0) : y1, max(x0, 0) : x1]
        if part.size:
            small = cv2.resize(part, _THUMB_PX, interpolation=cv2.INTER_AREA)
            thumb[:] = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).ravel()
    return thumbs
