"""What lies behind other windows, as it was last seen: for knowing the places again, never for reading.

A hole in a gallery looks like a slide, or like a layout of its own. With what was last seen in it the tiles, their
names and their faces are where they were, so that seats outlast a window that comes and goes.
"""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import iou_matrix, rows_and_columns
from fer_desktop.core.types import FloatArray, Frame, Image

_SAME_TILE: Final = 0.8  # overlap of a tile with itself in the search before
_EVERY: Final = 4  # of the pixels are asked for the ground's colour
_PixelMask = npt.NDArray[np.bool_]


class Behind:
    """Frames of one scene without their holes. Not thread-safe; it holds one picture."""

    def __init__(self) -> None:
        self._last: Image | None = None
        self._never_seen: _PixelMask | None = None  # (H, W) pixels in it that are no more than a colour; None: none

    @property
    def is_unsure(self) -> bool:
        """Whether a part of the last frame was never seen: who is missing there may be behind a window."""
        return self._never_seen is not None

    def completed(self, frame: Frame) -> Frame:
        """The frame with what was last seen where it is hidden, and the ground's colour where nothing was."""
        if frame.hidden is None:
            self._last, self._never_seen = frame.image, None
            return frame
        image, last, part = frame.image.copy(), self._last, rows_and_columns(frame.hidden)
        never_seen: _PixelMask | None = frame.hidden
        if last is None or last.shape != image.shape:
            image[frame.hidden] = _ground(image[~frame.hidden])
        else:
            np.copyto(image[part], last[part], where=frame.hidden[part][..., None])
            never_seen = None if self._never_seen is None else self._never_seen & frame.hidden
        self._last = image
        self._never_seen = never_seen if never_seen is not None and never_seen.any() else None
        return dataclasses.replace(frame, image=image)

    def remembers(self, hidden: _PixelMask | None) -> bool:
        """Whether something that was seen before stands where the last frame is hidden."""
        return hidden is not None and (self._never_seen is None or bool((hidden & ~self._never_seen).any()))

    def forget(self) -> None:
        """What was seen before is no longer true: the call shows its tiles in other places."""
        self._last = self._never_seen = None


def hidden_shares(hidden: _PixelMask | None, boxes: FloatArray) -> FloatArray:
    """(N,) 0-1: how much of each box (N, 4) px is hidden by the mask (H, W); of what lies in the picture."""
    if hidden is None:
        return np.zeros(len(boxes), np.float32)
    height, width = hidden.shape
    corners = np.rint(np.clip(boxes, 0, [width, height, width, height])).astype(int).tolist()
    parts = [hidden[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)] for x0, y0, x1, y1 in corners]
    return np.array([part.mean() if part.size else 0.0 for part in parts], np.float32)


def are_same_tiles(a: FloatArray, b: FloatArray) -> bool:
    """Whether two searches found the same tiles (N, 4) px."""
    if len(a) != len(b):
        return False
    return not len(a) or bool((iou_matrix(a, b).max(axis=1) >= _SAME_TILE).all())


def _ground(seen: Image) -> npt.NDArray[np.uint8]:
    """(3,) the most frequent of the colours (N, 3): mostly that between the tiles, in which a hole breaks no grid."""
    if not len(seen):
        return np.zeros(3, np.uint8)
    some = seen[::_EVERY]
    shades = (some >> 2).astype(np.int64)
    packed, counts = np.unique((shades[:, 0] << 12) | (shades[:, 1] << 6) | shades[:, 2], return_counts=True)
    most = int(packed[counts.argmax()])
    near = (shades == [most >> 12, (most >> 6) & 63, most & 63]).all(axis=1)
    return np.asarray(np.median(some[near], axis=0), np.uint8)
