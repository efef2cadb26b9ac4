"""Faces in the tiles of a gallery: the tiles are laid together, without what is between them, and looked at at once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector

# As many pixels as the detector takes without shrinking them, and tiles in which a face is still 45 px tall.
MOSAIC_PX: Final = (1280, 720)  # width, height
CELLS_ACROSS: Final = 5
CELLS: Final = CELLS_ACROSS * CELLS_ACROSS  # tiles that are looked at at once
# A tile is enlarged no further than this: there is nothing more to see.
_MOST_ENLARGED: Final = 2.0


def find_in_tiles(detector: FaceDetector, image: Image, tiles: FloatArray) -> list[list[Face]]:
    """For each tile (N, 4) px of a frame (H, W, 3) BGR its faces, best first, in px of the frame."""
    found: list[list[Face]] = []
    for start in range(0, len(tiles), CELLS):
        found += _in_mosaic(detector, image, tiles[start : start + CELLS])
    return found


def _in_mosaic(detector: FaceDetector, image: Image, tiles: FloatArray) -> list[list[Face]]:
    boxes = np.rint(tiles).astype(int)
    cells = _cells(boxes)
    picture = np.full((cells.height, cells.width, 3), 32, np.uint8)
    for number, (x0, y0, x1, y1) in enumerate(boxes):
        left, top = cells.at(number)
        size = max(1, int((x1 - x0) * cells.scale)), max(1, int((y1 - y0) * cells.scale))
        how = cv2.INTER_AREA if cells.scale < 1 else cv2.INTER_LINEAR
        shown = cv2.resize(image[y0:y1, x0:x1], size, interpolation=how)
        picture[top : top + size[1], left : left + size[0]] = shown
    found: list[list[Face]] = [[] for _ in boxes]
    for face in detector.detect(picture):
        number = cells.holding(face)
        if number < len(boxes):
            offset = np.array(cells.at(number), np.float32)
            found[number].append(_back(face, offset, cells.scale, boxes[number]))
    return found


@dataclass(frozen=True, slots=True)
class _Cells:
    across: int
    down: int
    width_px: int
    height_px: int
    scale: float  # px of the mosaic a px of the frame

    @property
    def width(self) -> int:
        return self.across * self.width_px

    @property
    def height(self) -> int:
        return self.down * self.height_px

    def at(self, number: int) -> tuple[int, int]:
        """Left and upper edge of a cell."""
        return number % self.across * self.width_px, number // self.across * self.height_px

    def holding(self, face: Face) -> int:
        """The cell in which the middle of a face is."""
        x, y = (face.xyxy[:2] + face.xyxy[2:]) / 2
        return int(y // self.height_px) * self.across + int(min(x // self.width_px, self.across - 1))


def _cells(boxes: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> _Cells:
    """Cells in which each of the tiles fits, as large as a mosaic allows."""
    sizes = boxes[:, 2:] - boxes[:, :2]
    width, height = int(sizes[:, 0].max()), int(sizes[:, 1].max())
    best = _Cells(1, 1, 1, 1, 0.0)
    for across in range(1, len(boxes) + 1):
        down = math.ceil(len(boxes) / across)
        scale = min(MOSAIC_PX[0] / (across * width), MOSAIC_PX[1] / (down * height), _MOST_ENLARGED)
        if scale > best.scale:
            best = _Cells(across, down, max(1, int(width * scale)), max(1, int(height * scale)), scale)
    return best


def _back(face: Face, offset: FloatArray, scale: float, box: Sequence[int]) -> Face:
    """The face in px of the frame, no part of it past its tile."""
    corner = np.array(box[:2], np.float32)
    limits = np.array([box[0], box[1], box[2], box[3]], np.float32)
    xyxy = (face.xyxy - np.tile(offset, 2)) / scale + np.tile(corner, 2)
    xyxy = np.clip(xyxy, np.tile(limits[:2], 2), np.tile(limits[2:], 2))
    landmarks = (face.landmarks - offset) / scale + corner
    return Face(xyxy.astype(np.float32), face.score, landmarks.astype(np.float32))
