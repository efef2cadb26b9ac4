"""Boxes: overlap, area, squares, matching. All boxes are xyxy in pixels; edges lie between pixels."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray

# Side of a FER-2013 image over the longer side of its face box: the median over the training faces.
FER_FRAMING: Final = 0.97
# A face of less height, and of so small a share of the usual one, is an avatar's in a list beside the gallery.
TINY_PX: Final = 24.0
TINY_OF_FRAME: Final = 0.026  # the height, where that is more
TINY_SHARE: Final = 0.6


def iou_matrix(a: FloatArray, b: FloatArray) -> FloatArray:
    """(N, M) intersection over union of boxes (N, 4) and (M, 4)."""
    top_left = np.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = np.minimum(a[:, None, 2:], b[None, :, 2:])
    overlap = np.clip(bottom_right - top_left, 0, None).prod(axis=2)
    union = area(a)[:, None] + area(b)[None, :] - overlap
    return np.asarray(overlap / np.maximum(union, 1e-9), dtype=np.float32)


def area(boxes: FloatArray) -> FloatArray:
    """(N,) px²."""
    return np.asarray(np.clip(boxes[:, 2:] - boxes[:, :2], 0, None).prod(axis=1), dtype=np.float32)


def holders(boxes: FloatArray, faces: FloatArray) -> npt.NDArray[np.int64]:
    """(F,) index of the smallest of the boxes (N, 4) that holds the middle of each face (F, 4); -1 where none does."""
    if not len(boxes) or not len(faces):
        return np.full(len(faces), -1, np.int64)
    middles = (faces[:, None, :2] + faces[:, None, 2:]) / 2
    inside = np.asarray(((boxes[None, :, :2] <= middles) & (middles < boxes[None, :, 2:])).all(axis=2), np.bool_)
    smallest = np.where(inside, area(boxes)[None], np.inf).argmin(axis=1)
    return np.where(inside.any(axis=1), smallest, -1).astype(np.int64)


def is_tiny(faces: FloatArray, frame_height: int) -> npt.NDArray[np.bool_]:
    """(F,) which faces (F, 4) px of a frame are tiny beside the others, as those of avatars in a list of names are."""
    heights = faces[:, 3] - faces[:, 1]
    usual = float(np.median(heights)) if len(heights) else 0.0
    small = heights < max(TINY_PX, TINY_OF_FRAME * frame_height)
    return np.asarray(small & (heights < TINY_SHARE * usual), np.bool_)


def rows_and_columns(mask: npt.NDArray[np.bool_]) -> tuple[slice, slice]:
    """The smallest part of a mask (H, W) that holds all that is set; what is done there is done quickly."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    high = slice(int(rows[0]), int(rows[-1]) + 1)
    columns = np.flatnonzero(mask[high].any(axis=0))
    return high, slice(int(columns[0]), int(columns[-1]) + 1)


def face_squares(boxes: FloatArray, framing: float = FER_FRAMING) -> FloatArray:
    """(N, 4) squares around face boxes (N, 4), framed as FER-2013 frames faces; they may extend past the image."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = framing * (boxes[:, 2:] - boxes[:, :2]).max(axis=1, keepdims=True) / 2
    return np.asarray(np.concatenate([centre - half, centre + half], axis=1), dtype=np.float32)


def match_greedily(affinity: FloatArray, at_least: float) -> list[tuple[int, int]]:
    """Pairs (row, column) by descending affinity, each row and column at most once, none under `at_least`."""
    left = affinity.copy()
    pairs = []
    while left.size and left.max() >= at_least:
        row, column = (int(index) for index in np.unravel_index(left.argmax(), left.shape))
        pairs.append((row, column))
        left[row, :] = left[:, column] = -1.0
    return pairs
