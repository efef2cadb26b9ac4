"""Rectangles that may be the tile of a face: four straight lines around it."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.tiles_by_lines.line_evidence import LineEvidence

_MOST_LINES: Final = ((4, 8), (9, 7), (16, 6))  # on each side of a face, with up to so many faces
_LEAST_LINES: Final = 5  # and with more
_REACH: Final = (7.0, 3.5)  # face heights from a face to its tile's edge, across and down
_INTO: Final = 0.38  # of a face's side that may be outside of its tile: detectors go on beyond what is cut off
_SEEN: Final = 0.45  # face heights around a face, in which its tile's edges are looked for
_LEAST_LINE: Final = 0.35  # share of a line beside a face
_ASPECTS: Final = (0.45, 2.5)  # width over height
_LEAST_SIDES: Final = 0.4  # mean share of the four sides
_MOST_EACH: Final = 12  # rectangles of a face
_AROUND: Final = np.ones((1, 7), np.uint8)  # px in which there is one line
_TIE: Final = 1e-5  # of a share, by which the first of equal lines is better


def face_rectangles(lines: LineEvidence, faces: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int64], FloatArray]:
    """Rectangles (N, 4) around faces (F, 4) px, whose face each is (N,), and how much of their sides shows (N,) 0-1.

    No rectangle reaches past a face beside.
    """
    most = next((most for count, most in _MOST_LINES if len(faces) <= count), _LEAST_LINES)
    picked = np.stack(
        [_lines_around(lines, faces, k, most) for k in range(len(faces))]
    )  # (F, 4, K), NaN where there are less
    left, top, right, bottom = np.moveaxis(picked, 1, 0)
    wide = right[:, :, None, None, None] - left[:, None, None, :, None]
    tall = bottom[:, None, :, None, None] - top[:, None, None, None, :]
    owner, r, b, x, t = np.nonzero((wide >= _ASPECTS[0] * tall) & (wide <= _ASPECTS[1] * tall))
    boxes = np.stack([left[owner, x], top[owner, t], right[owner, r], bottom[owner, b]], axis=1)
    scores = lines.sides(boxes).mean(axis=1)
    order = np.lexsort((-scores, owner))
    order = order[scores[order] >= _LEAST_SIDES]
    starts = np.searchsorted(owner[order], np.arange(len(faces)))
    order = order[np.arange(len(order)) - starts[owner[order]] < _MOST_EACH]
    return boxes[order].astype(np.float32), owner[order].astype(np.int64), scores[order]


def _lines_around(lines: LineEvidence, faces: FloatArray, k: int, most: int) -> FloatArray:
    """(4, K) where the left, upper, right and lower edge of the tile of face k may be."""
    x0, y0, x1, y1 = (float(v) for v in faces[k])
    wide, tall = x1 - x0, y1 - y0
    low, high = _limits(lines, faces, k)
    seen_y = max(0, round(y0 - _SEEN * tall)), min(lines.height, round(y1 + _SEEN * tall))
    seen_x = max(0, round(x0 - _SEEN * tall)), min(lines.width, round(x1 + _SEEN * tall))
    left = np.arange(round(low[0]), min(round(x0 + _INTO * wide), lines.width) + 1)
    right = np.arange(max(0, round(x1 - _INTO * wide)), round(high[0]) + 1)
    top = np.arange(round(low[1]), min(round(y0 + _INTO * tall), lines.height) + 1)
    bottom = np.arange(max(0, round(y1 - _INTO * tall)), round(high[1]) + 1)
    return np.stack(
        [
            _peaks(left, lines.down(left, *seen_y), most),
            _peaks(top, lines.across(top, *seen_x), most),
            _peaks(right, lines.down(right, *seen_y), most),
            _peaks(bottom, lines.across(bottom, *seen_x), most),
        ]
    )


def _limits(lines: LineEvidence, faces: FloatArray, k: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """How far left and up, and right and down, the tile of face k may reach."""
    x0, y0, x1, y1 = (float(v) for v in faces[k])
    wide, tall = x1 - x0, y1 - y0
    others = np.delete(faces, k, axis=0)
    # By what is surely in a tile: a large face's box may reach beside the row above.
    inset = _INTO * (others[:, 2:] - others[:, :2])
    low, high = others[:, :2] + inset, others[:, 2:] - inset
    in_row = (low[:, 1] < y1 - _INTO * tall) & (high[:, 1] > y0 + _INTO * tall)
    in_column = (low[:, 0] < x1 - _INTO * wide) & (high[:, 0] > x0 + _INTO * wide)
    centre_x, centre_y = (others[:, 0] + others[:, 2]) / 2, (others[:, 1] + others[:, 3]) / 2
    before = (
        max(0.0, x0 - _REACH[0] * tall, *high[in_row & (centre_x < x0), 0]),
        max(0.0, y0 - _REACH[1] * tall, *high[in_column & (centre_y < y0), 1]),
    )
    after = (
        min(float(lines.width), x1 + _REACH[0] * tall, *low[in_row & (centre_x > x1), 0]),
        min(float(lines.height), y1 + _REACH[1] * tall, *low[in_column & (centre_y > y1), 1]),
    )
    return before, after


def _peaks(places: npt.NDArray[np.int64], shares: FloatArray, most: int) -> FloatArray:
    """(K,) the places of those (N,) at which most of a line shows, NaN where there are less than K."""
    found = np.full(most, np.nan, np.float32)
    if len(shares) < 3:
        return found
    # The middle of a line that is several px wide; of equal ones the first.
    rank = shares - _TIE * np.arange(len(shares), dtype=np.float32)
    rank[1:-1] += 0.1 * (shares[:-2] + shares[2:])
    rank[shares < _LEAST_LINE] = 0
    highest = cv2.dilate(rank[None], _AROUND)[0]
    indices = np.flatnonzero((rank > 0) & (rank >= highest))
    indices = indices[np.argsort(-rank[indices], kind="stable")[:most]]
    found[: len(indices)] = places[indices]
    return found
