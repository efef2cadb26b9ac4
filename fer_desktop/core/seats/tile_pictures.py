"""What a single picture of a tile tells: whether it is plainly an avatar, whatever it does later."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

THUMB_PX: Final = (16, 9)  # width, height of a tile's thumbnail
_FLAT_WITHIN: Final = 1.5  # grey levels; even a bare wall is lit more on one side
_BLACK: Final = 26.0  # grey level; nothing that a call draws is as dark throughout
_FLAT_SHARE: Final = 0.62  # of the thumbnail: initials, or a small portrait
_AROUND_SHARE: Final = 0.9  # of the edges; an icon may be in a corner
_SIDE: Final = 2  # columns at the left and the right edge
_SHOULDERS: Final = 3  # rows, from the lower edge
_MIDDLE: Final = slice(4, 12)  # columns in which the picture of an upright phone begins and ends


def plainly_avatar(thumb: FloatArray) -> bool:
    """Whether a tile's thumbnail (T,) shows initials, or a photo amid one colour, rather than a camera's picture."""
    rows = thumb.reshape(THUMB_PX[1], THUMB_PX[0])
    ground = _ground(rows)
    if rows.max() < _BLACK:
        return False  # a camera in the dark; initials are light
    mostly = float(ground.mean()) >= _FLAT_SHARE and not _upright(~ground)
    return (mostly or _surrounded(ground)) and _no_shoulders(~ground)


def _ground(rows: FloatArray) -> npt.NDArray[np.bool_]:
    """(H, W) where the thumbnail has the colour that most of its edges have."""
    edges = np.concatenate([rows[0], rows[:, :_SIDE].ravel(), rows[:, -_SIDE:].ravel()])
    return np.asarray(np.abs(rows - np.median(edges)) <= _FLAT_WITHIN)


def _surrounded(ground: npt.NDArray[np.bool_]) -> bool:
    edges = np.concatenate([ground[0], ground[1:, :_SIDE].ravel(), ground[1:, -_SIDE:].ravel()])
    return bool(edges.mean() >= _AROUND_SHARE)


def _upright(picture: npt.NDArray[np.bool_]) -> bool:
    """Whether it reaches from the upper to the lower edge between pillars, as that of an upright phone does."""
    return bool(picture[:, _MIDDLE].any(axis=1).all())


def _no_shoulders(picture: npt.NDArray[np.bool_]) -> bool:
    """Whether it is no wider below than above: a person before a plain ground is widest at the lower edge."""
    widths = picture.sum(axis=1)
    return bool(widths[-1] <= widths[:-_SHOULDERS].max() + 1)
