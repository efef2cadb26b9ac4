"""Rectangles that may be the tile of a face: four straight lines around it."""

from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import FloatArray
from fer_desktop.vision.gallery.line_evidence import LineEvidence

_MOST_LINES: Final = 8  # on each side of a face
_REACH: Final = (7.0, 3.5)  # face heights from a face to its tile's edge, across and down
_INTO: Final = 0.38  # of a face's side that may be outside of its tile: detectors go on beyond what is cut off
_SEEN: Final = 0.45  # face heights around a face, in which its tile's edges are looked for
_LEAST_LINE: Final = 0.35  # share of a line beside a face
_ASPECTS: Final = (0.45, 2.5)  # width over height
_LEAST_SIDES: Final = 0.4  # mean share of the four sides
_MOST_EACH: Final = 16  # rectangles of a face
_SAME_PX: Final = 1.5


def face_rectangles(lines: LineEvidence, faces: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int64], FloatArray]:
    """Rectangles (N, 4) around faces (F, 4) px, whose face each is (N,), and how much of their sides shows (N,) 0-1.

    No rectangle reaches past a face beside.
    """
    boxes, owners, scores = [], [], []
    for k in range(len(faces)):
        found, score = _around(lines, faces, k)
        boxes.append(found)
        scores.append(score)
        owners.append(np.full(len(found), k, np.int64))
    if not boxes:
        return np.zeros((0, 4), np.float32), np.zeros(0, np.int64), np.zeros(0, np.float32)
    return np.concatenate(boxes), np.concatenate(owners), np.concatenate(scores)


def _around(lines: LineEvidence, faces: FloatArray, k: int) -> tuple[FloatArray, FloatArray]:
    x0, y0, x1, y1 = (float(v) for v in faces[k])
    wide, tall = x1 - x0, y1 - y0
    low, high = _limits(lines, faces, k)
    seen_y = max(0, round(y0 - _SEEN * tall)), min(lines.height, round(y1 + _SEEN * tall))
    seen_x = max(0, round(x0 - _SEEN * tall)), min(lines.width, round(x1 + _SEEN * tall))
    left = np.arange(round(low[0]), round(x0 + _INTO * wide) + 1)
    right = np.arange(round(x1 - _INTO * wide), round(high[0]) + 1)
    top = np.arange(round(low[1]), round(y0 + _INTO * tall) + 1)
    bottom = np.arange(round(y1 - _INTO * tall), round(high[1]) + 1)
    picked = [
        _peaks(left, lines.down(left, *seen_y)),
        _peaks(top, lines.across(top, *seen_x)),
        _peaks(right, lines.down(right, *seen_y)),
        _peaks(bottom, lines.across(bottom, *seen_x)),
    ]
    boxes = np.stack(np.meshgrid(*picked, indexing="ij"), axis=-1).reshape(-1, 4).astype(np.float32)
    aspect = (boxes[:, 2] - boxes[:, 0]) / np.maximum(boxes[:, 3] - boxes[:, 1], 1)
    boxes = boxes[(aspect >= _ASPECTS[0]) & (aspect <= _ASPECTS[1])]
    score = lines.sides(boxes).mean(axis=1)
    order = np.argsort(-score)[: 6 * _MOST_EACH]
    order = order[score[order] >= _LEAST_SIDES]
    kept: list[int] = []
    for index in order:
        if all(np.abs(boxes[index] - boxes[other]).max() > _SAME_PX for other in kept):
            kept.append(int(index))
            if len(kept) == _MOST_EACH:
                break
    return boxes[kept], score[kept]


def _limits(lines: LineEvidence, faces: FloatArray, k: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """How far left and up, and right and down, the tile of face k may reach."""
    x0, y0, x1, y1 = (float(v) for v in faces[k])
    wide, tall = x1 - x0, y1 - y0
    others = np.delete(faces, k, axis=0)
    in_row = (np.minimum(others[:, 3], y1) - np.maximum(others[:, 1], y0)) > 0.3 * np.minimum(
        others[:, 3] - others[:, 1], tall
    )
    in_column = (np.minimum(others[:, 2], x1) - np.maximum(others[:, 0], x0)) > 0.3 * np.minimum(
        others[:, 2] - others[:, 0], wide
    )
    centre_x, centre_y = (others[:, 0] + others[:, 2]) / 2, (others[:, 1] + others[:, 3]) / 2
    inset = _INTO * (others[:, 2:] - others[:, :2])
    before_x = (others[:, 2] - inset[:, 0])[in_row & (centre_x < x0)]
    after_x = (others[:, 0] + inset[:, 0])[in_row & (centre_x > x1)]
    before_y = (others[:, 3] - inset[:, 1])[in_column & (centre_y < y0)]
    after_y = (others[:, 1] + inset[:, 1])[in_column & (centre_y > y1)]
    low = max(0.0, x0 - _REACH[0] * tall, *before_x), max(0.0, y0 - _REACH[1] * tall, *before_y)
    high = (
        min(float(lines.width), x1 + _REACH[0] * tall, *after_x),
        min(float(lines.height), y1 + _REACH[1] * tall, *after_y),
    )
    return low, high


def _peaks(places: npt.NDArray[np.int64], shares: FloatArray) -> npt.NDArray[np.int64]:
    """The places (M,) of those (N,) at which most of a line shows."""
    kept: list[int] = []
    for index in np.argsort(-shares, kind="stable"):
        if shares[index] < _LEAST_LINE or len(kept) == _MOST_LINES:
            break
        if all(abs(int(places[index]) - other) > 1 for other in kept):
            kept.append(int(places[index]))
    return np.array(kept, np.int64)
