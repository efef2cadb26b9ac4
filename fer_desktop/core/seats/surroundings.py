"""Where the surroundings of faces are sampled to see whether they move."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.core.types import FloatArray

# The box of a detected face jitters although its picture stands still: only a larger step moves the sampled box.
_STAYS_WITHIN: Final = 0.35  # faces, between centres
_SAME_SIZE: Final = 1.35  # ratio
_WIDE: Final = 2.0  # faces: hair and shoulders move with the face


class SurroundingBoxes:
    """Boxes around the faces of one session, which stay as they are while the faces sway. Not thread-safe."""

    def __init__(self) -> None:
        self._faces: dict[int, FloatArray] = {}  # by seat, the face that its box was drawn around

    def update(self, seats: Sequence[int], faces: FloatArray) -> FloatArray:
        """(N, 4) squares around the faces (N, 4) px of these seats; they may extend past the image.

        Seats that are not among them are forgotten.
        """
        kept: dict[int, FloatArray] = {}
        for seat, face in zip(seats, faces, strict=True):
            before = self._faces.get(seat)
            kept[seat] = before if before is not None and _stays(before, face) else face
        self._faces = kept
        boxes = [_around(kept[seat]) for seat in seats]
        return np.asarray(boxes, np.float32).reshape(len(boxes), 4)


def _stays(before: FloatArray, face: FloatArray) -> bool:
    size, now = (float((box[2:] - box[:2]).max()) for box in (before, face))
    away = float(np.linalg.norm(before[:2] + before[2:] - face[:2] - face[2:])) / 2
    return away <= _STAYS_WITHIN * size and size <= _SAME_SIZE * now and now <= _SAME_SIZE * size


def _around(face: FloatArray) -> FloatArray:
    centre, half = (face[:2] + face[2:]) / 2, _WIDE * float((face[2:] - face[:2]).max()) / 2
    return np.concatenate([centre - half, centre + half])
