"""The picture in the picture: a small tile in a corner of the gallery, mostly one's own picture."""

from typing import Final

import numpy as np

from fer_desktop.core.geometry import area, holders
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.lines.face_rectangles import face_rectangles
from fer_desktop.vision.gallery.lines.line_evidence import LineEvidence

_SIDES: Final = 0.8  # mean share of its sides that shows
_EACH_SIDE: Final = 0.6  # and of each
_MOST_SECOND: Final = 2  # faces beside another in a tile; where more are, they are posters and people behind
_LARGEST: Final = 0.2  # of the area that it lies in
_SHAPES: Final = np.array([16 / 9, 4 / 3, 1.0, 3 / 4, 9 / 16])  # width over height
_SHAPE_TOLERANCE: Final = 0.1
# Of the shorter side of what it lies in: so near is it to two edges that meet. A poster hangs anywhere.
_CORNER: Final = 0.12


def find_inset(image: Image, tiles: FloatArray, faces: FloatArray) -> FloatArray:
    """(1, 4) px of the small tile over a corner of the tiles (T, 4) px, around a second face in one; else (0, 4).

    `faces` (F, 4) px are those of an image (H, W, 3) BGR. A call has one inset: several are posters on walls.
    """
    second = _second_faces(tiles, faces)
    if not 0 < len(second) <= _MOST_SECOND:
        return np.zeros((0, 4), np.float32)
    lines = LineEvidence(image)
    boxes, owners, scores = face_rectangles(lines, np.asarray(faces * lines.scale, np.float32))
    each = lines.sides(boxes).min(axis=1) if len(boxes) else scores
    boxes = np.asarray(boxes / lines.scale, np.float32)
    hull = np.concatenate([tiles[:, :2].min(axis=0), tiles[:, 2:].max(axis=0)])
    found = []
    for face in second:
        tile = tiles[holders(tiles, faces[face : face + 1])[0]]
        good = (owners == face) & (scores >= _SIDES) & (each >= _EACH_SIDE) & _has_usual_shape(boxes)
        good &= (area(boxes) <= _LARGEST * area(tile[None])) & _in_corner(boxes, hull)
        if good.any():
            found.append(boxes[np.flatnonzero(good)[scores[good].argmax()]])
    return np.array(found if len(found) == 1 else [], np.float32).reshape(-1, 4)


def _second_faces(tiles: FloatArray, faces: FloatArray) -> list[int]:
    """The indices of the faces in tiles that hold a larger one."""
    held, sizes = holders(tiles, faces), area(faces)
    return [
        k for k in range(len(faces)) if held[k] >= 0 and (sizes[(held == held[k])] > sizes[k]).any()
    ]  # fmt: skip


def _has_usual_shape(boxes: FloatArray) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    off = np.abs((width / np.maximum(height, 1))[:, None] / _SHAPES - 1)
    return np.asarray(off.min(axis=1, initial=np.inf) <= _SHAPE_TOLERANCE, np.bool_)


def _in_corner(boxes: FloatArray, around: FloatArray) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """(N,) whether boxes (N, 4) lie near two edges of a box (4,) that meet."""
    near = _CORNER * float((around[2:] - around[:2]).min())
    beside = np.minimum(np.abs(boxes[:, 0] - around[0]), np.abs(boxes[:, 2] - around[2])) <= near
    above = np.minimum(np.abs(boxes[:, 1] - around[1]), np.abs(boxes[:, 3] - around[3])) <= near
    return np.asarray(beside & above, np.bool_)
