"""The picture in the picture: a small tile in a corner of the gallery, mostly one's own picture."""

from typing import Final

import numpy as np

from fer_desktop.core.geometry import area, holders
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.tiles_by_lines.face_rectangles import face_rectangles
from fer_desktop.vision.gallery.tiles_by_lines.line_evidence import LineEvidence

_SIDES: Final = 0.8  # mean share of its sides that shows
_EACH_SIDE: Final = 0.6  # and of each
_LONE_SIDES: Final = 0.9  # and of each, of the picture over an avatar, or over a face that it hides
_MOST_SECOND: Final = 2  # faces beside another in a tile; where more are, they are posters and people behind
_LARGEST: Final = 0.22  # of the area that it lies in; those of simulated calls take 0.21 at most
_LONE_FACE: Final = 0.35  # of its tile's height, that a face alone in it has in a picture over it
_SHAPES: Final = np.array([16 / 9, 4 / 3, 1.0, 3 / 4, 9 / 16])  # width over height
_SHAPE_TOLERANCE: Final = 0.1
_SHAPE_COUNTS: Final = 0.5  # against the share of its sides: the edge of the tile below shows as well
_ALIKE: Final = 0.04  # by which what is as good differs
# Of the gallery's shorter side, and of the tile's: so near is it to two edges that meet. A poster hangs anywhere.
_CORNER: Final = 0.12
_TILES_CORNER: Final = 0.25
_HELD: Final = 0.7  # of a face's box in the picture: of the face below it detectors guess what it hides


def find_inset(image: Image, tiles: FloatArray, faces: FloatArray) -> FloatArray:
    """(1, 4) px of the small tile over a corner of the tiles (T, 4) px, around a second face in one; else (0, 4).

    A face alone in a tile is in such a picture too, if that lies over an avatar or over the tile's own face. `faces`
    (F, 4) px are those of an image (H, W, 3) BGR. A call has one inset: several are posters on walls.
    """
    hull = np.concatenate([tiles[:, :2].min(axis=0), tiles[:, 2:].max(axis=0)])
    corner = _CORNER * float((hull[2:] - hull[:2]).min())
    second, lone = _second_faces(tiles, faces), _lone_faces(tiles, faces, hull)
    if len(second) > _MOST_SECOND or not (second or lone):
        return np.zeros((0, 4), np.float32)
    lines = LineEvidence(image)
    # The picture may begin on another face: only its own tells how far it reaches.
    own = np.array([*second, *lone])
    boxes, owners, scores = face_rectangles(lines, np.asarray(faces[own] * lines.scale, np.float32))
    each = lines.sides(boxes).min(axis=1) if len(boxes) else scores
    boxes = np.asarray(boxes / lines.scale, np.float32)
    found = []
    alone, shape_off = _hold_one(boxes, faces), _off_usual_shape(boxes)
    for number, face in enumerate(own):
        tile = tiles[holders(tiles, faces[face : face + 1])[0]]
        least = _EACH_SIDE if face in second else _LONE_SIDES
        good = alone & (owners == number) & (scores >= _SIDES) & (each >= least) & (shape_off <= _SHAPE_TOLERANCE)
        near = min(corner, _TILES_CORNER * float((tile[2:] - tile[:2]).min()))
        good &= (area(boxes) <= _LARGEST * area(tile[None])) & _in_corner(boxes, hull, near)
        if good.any():
            fits = np.where(good, scores - _SHAPE_COUNTS * shape_off, -np.inf)
            # A photo in it has edges as clear.
            alike = np.flatnonzero(fits >= fits.max() - _ALIKE)
            found.append(boxes[alike[area(boxes[alike]).argmax()]])
    return np.array(found if len(found) == 1 else [], np.float32).reshape(-1, 4)


def _hold_one(boxes: FloatArray, faces: FloatArray) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """(N,) whether boxes (N, 4) hold just one of the faces (F, 4)."""
    low, high = np.maximum(boxes[:, None, :2], faces[:, :2]), np.minimum(boxes[:, None, 2:], faces[:, 2:])
    inside = np.clip(high - low, 0, None).prod(axis=2) >= _HELD * area(faces)
    return np.asarray(inside.sum(axis=1) == 1, np.bool_)


def _second_faces(tiles: FloatArray, faces: FloatArray) -> list[int]:
    """The indices of the faces in tiles that hold a larger one."""
    held, sizes = holders(tiles, faces), area(faces)
    return [
        k for k in range(len(faces)) if held[k] >= 0 and (sizes[(held == held[k])] > sizes[k]).any()
    ]  # fmt: skip


def _lone_faces(tiles: FloatArray, faces: FloatArray, around: FloatArray) -> list[int]:
    """The indices of the small faces alone in a tile that are within half a tile of a corner of a box (4,)."""
    held = holders(tiles, faces)
    middles = (faces[:, :2] + faces[:, 2:]) / 2
    off = np.minimum(np.abs(middles - around[:2]), np.abs(middles - around[2:]))
    found = []
    for k in np.flatnonzero(held >= 0):
        tile = tiles[held[k]]
        size = tile[2:] - tile[:2]
        small = faces[k, 3] - faces[k, 1] <= _LONE_FACE * size[1]
        if (held == held[k]).sum() == 1 and small and (off[k] <= size / 2).all():
            found.append(int(k))
    return found


def _off_usual_shape(boxes: FloatArray) -> FloatArray:
    """(N,) by what share boxes (N, 4) are wider or higher than the usual shape that is nearest."""
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    off = np.abs((width / np.maximum(height, 1))[:, None] / _SHAPES - 1)
    return np.asarray(off.min(axis=1, initial=np.inf), np.float32)


def _in_corner(boxes: FloatArray, around: FloatArray, near: float) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """(N,) whether boxes (N, 4) lie within `near` px of two edges of a box (4,) that meet."""
    beside = np.minimum(np.abs(boxes[:, 0] - around[0]), np.abs(boxes[:, 2] - around[2])) <= near
    above = np.minimum(np.abs(boxes[:, 1] - around[1]), np.abs(boxes[:, 3] - around[3])) <= near
    return np.asarray(beside & above, np.bool_)
