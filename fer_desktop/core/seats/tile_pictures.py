"""What a single picture of a tile tells: whether it is plainly an avatar, whatever it does later."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

THUMB_PX: Final = (16, 9)  # width, height of a tile's thumbnail
_FLAT_WITHIN: Final = 1.5  # grey levels; even a bare wall is lit more on one side
_BLACK: Final = 26.0  # grey level; nothing that a call draws is as dark throughout
# The same where there is anything but one colour: initials and small portraits of simulated calls have 90 and more
# somewhere, cameras in the dark 48 at most.
_DARK: Final = 60.0
_ONE_COLOUR: Final = 4.0  # grey levels from the darkest to the lightest, with what an encoder leaves
_LIT: Final = 90.0  # grey level to which the mean of a camera's dark picture is raised
_MOST_GAIN: Final = 6.0
_FLAT_SHARE: Final = 0.62  # of the thumbnail: initials, or a small portrait
_AROUND_SHARE: Final = 0.9  # of the edges; an icon may be in a corner
_SIDE: Final = 2  # columns at the left and the right edge
_SHOULDERS: Final = 3  # rows, from the lower edge
_NAME: Final = (slice(0, 2), slice(0, 7))  # rows, columns
_MIDDLE: Final = slice(4, 12)  # columns in which the picture of an upright phone begins and ends


def plainly_avatar(thumb: FloatArray) -> bool:
    """Whether a tile's thumbnail (T,) shows initials, or a photo amid one colour, rather than a camera's picture."""
    if bool(_are_dark(thumb[None])[0]):
        return False
    rows = thumb.reshape(THUMB_PX[1], THUMB_PX[0])
    ground = _ground(rows)
    mostly = float(ground.mean()) >= _FLAT_SHARE and not _upright(~ground)
    return (mostly or _surrounded(ground)) and _no_shoulders(~ground)


def with_dark_ones_lit(thumbs: FloatArray) -> FloatArray:
    """The thumbnails (N, T), those of cameras in the dark brighter: there somebody moves by a few grey levels."""
    means = thumbs.mean(axis=1, keepdims=True)
    gains = np.clip(_LIT / np.maximum(means, 1), 1, _MOST_GAIN)
    return np.asarray(np.where(_are_dark(thumbs)[:, None], thumbs * gains, thumbs), np.float32)


def _are_dark(thumbs: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) which thumbnails (N, T) are of cameras in the dark."""
    lightest = thumbs.max(axis=1, initial=0)
    several = lightest - thumbs.min(axis=1, initial=255) > _ONE_COLOUR
    return np.asarray((lightest < _BLACK) | ((lightest < _DARK) & several), np.bool_)


def _ground(rows: FloatArray) -> npt.NDArray[np.bool_]:
    """(H, W) where the thumbnail has the colour that most of its edges have."""
    edges = np.concatenate([rows[0], rows[:, :_SIDE].ravel(), rows[:, -_SIDE:].ravel()])
    return np.asarray(np.abs(rows - np.median(edges)) <= _FLAT_WITHIN)


def _surrounded(ground: npt.NDArray[np.bool_]) -> bool:
    """Whether the edges are ground but for a name at the upper left, where some calls write it."""
    unnamed = ground.copy()
    # Beside a name the edge is ground; beside the left half of an upright phone's picture is the right one.
    unnamed[_NAME] |= bool(ground[0, _NAME[1].stop :].all())
    edges = np.concatenate([unnamed[0], unnamed[1:, :_SIDE].ravel(), unnamed[1:, -_SIDE:].ravel()])
    return bool(edges.mean() >= _AROUND_SHARE)


def _upright(picture: npt.NDArray[np.bool_]) -> bool:
    """Whether it reaches from the upper to the lower edge between pillars, as that of an upright phone does."""
    return bool(picture[:, _MIDDLE].any(axis=1).all())


def _no_shoulders(picture: npt.NDArray[np.bool_]) -> bool:
    """Whether it is no wider below than above: a person before a plain ground is widest at the lower edge."""
    widths = picture.sum(axis=1)
    return bool(widths[-1] <= widths[:-_SHOULDERS].max() + 1)
