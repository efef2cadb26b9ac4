"""Faces in the tiles of a gallery: the tiles are laid together, without what is between them, and looked at at once."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from fer_desktop.core.types import Face, FloatArray, Image
from fer_desktop.pipeline.ports import FaceDetector

# Simulated faces of 24 px and more are all found so; a mosaic 480 px wide has false ones (docs/detection.md).
MOSAIC_PX: Final = (640, 360)  # width, height
MOST_CELLS: Final = 25  # of one mosaic
# A tile is enlarged no further than this: there is nothing more to see.
_MOST_ENLARGED: Final = 2.0
_DETECTORS_STEP_PX: Final = 32  # the detector fills up sides that are no multiples of this
_GROUND: Final = 32  # grey level
# Mean grey levels of a tile that is brightened before it is looked at, and how far: a room at night has 10 to 30. Of
# 181 faces in such rooms 164 are found as they are, 163 brighter, 166 brighter and smooth.
_DARK: Final = 45.0
_BRIGHT: Final = 90.0
_MOST_GAIN: Final = 6.0
_SMOOTH_PX: Final = (3, 3)  # a codec's blocks become bright too

Boxes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Places of one size, of which a mosaic has as many as are needed."""

    across: int
    width_px: int
    height_px: int

    def at(self, number: int) -> tuple[int, int]:
        """Left and upper edge of a cell."""
        return number % self.across * self.width_px, number // self.across * self.height_px

    def holding(self, face: Face) -> int:
        """The cell in which the middle of a face is."""
        x, y = (face.xyxy[:2] + face.xyxy[2:]) / 2
        return int(y // self.height_px) * self.across + int(min(x // self.width_px, self.across - 1))


def cells_for(tiles: FloatArray) -> Cells:
    """Cells as large as they can be where up to 25 of the tiles (N, 4) px of a gallery fit in one mosaic.

    A face has the same size in a mosaic then, however few tiles are looked at.
    """
    width, height = np.median(tiles[:, 2:] - tiles[:, :2], axis=0)
    count = min(len(tiles), MOST_CELLS)
    best, most = Cells(1, 1, 1), 0.0
    for across in range(1, count + 1):
        down = math.ceil(count / across)
        scale = min(MOSAIC_PX[0] / (across * width), MOSAIC_PX[1] / (down * height))
        if scale > most:
            best, most = Cells(across, MOSAIC_PX[0] // across, MOSAIC_PX[1] // down), scale
    return best


def find_in_tiles(detector: FaceDetector, image: Image, tiles: FloatArray, cells: Cells) -> list[list[Face]]:
    """For each tile (N, 4) px of a frame (H, W, 3) BGR its faces, best first, in px of the frame."""
    boxes = np.rint(tiles).astype(np.int64)
    found: list[list[Face]] = []
    for start in range(0, len(boxes), MOST_CELLS):
        found += _in_mosaic(detector, image, boxes[start : start + MOST_CELLS], cells)
    return found


def _in_mosaic(detector: FaceDetector, image: Image, boxes: Boxes, cells: Cells) -> list[list[Face]]:
    scales = [_scale(box, cells) for box in boxes]
    picture = np.full((*_picture_px(boxes, scales, cells), 3), _GROUND, np.uint8)
    for number, ((x0, y0, x1, y1), scale) in enumerate(zip(boxes, scales, strict=True)):
        left, top = cells.at(number)
        size = max(1, int((x1 - x0) * scale)), max(1, int((y1 - y0) * scale))
        picture[top : top + size[1], left : left + size[0]] = _lit(_resized(image[y0:y1, x0:x1], size))
    found: list[list[Face]] = [[] for _ in boxes]
    for face in detector.detect(picture):
        number = cells.holding(face)
        if number < len(boxes):
            offset = np.array(cells.at(number), np.float32)
            found[number].append(_back(face, offset, scales[number], boxes[number]))
    return found


def _lit(tile: Image) -> Image:
    """A tile (H, W, 3) in which a face can be seen: brighter where it is nearly black."""
    level = float(tile.mean())
    if level >= _DARK:
        return tile
    gain = min(_BRIGHT / max(level, 1.0), _MOST_GAIN)
    return np.asarray(cv2.GaussianBlur(cv2.convertScaleAbs(tile, alpha=gain), _SMOOTH_PX, 0), np.uint8)


def _resized(tile: Image, size: tuple[int, int]) -> Image:
    """A tile in `size` (width, height) px, every pixel of it in the result: a quarter of the time of INTER_AREA."""
    while tile.shape[1] >= 2 * size[0] and tile.shape[0] >= 2 * size[1]:
        half = tile.shape[1] // 2, tile.shape[0] // 2
        # Of two pixels one, exactly, is what OpenCV does fast.
        tile = np.asarray(cv2.resize(tile[: 2 * half[1], : 2 * half[0]], half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(tile, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _scale(box: npt.NDArray[np.int64], cells: Cells) -> float:
    """Px of the mosaic a px of the frame, so that the tile fits its cell."""
    width, height = max(1, int(box[2] - box[0])), max(1, int(box[3] - box[1]))
    return min(cells.width_px / width, cells.height_px / height, _MOST_ENLARGED)


def _picture_px(boxes: Boxes, scales: list[float], cells: Cells) -> tuple[int, int]:
    """Height and width of a mosaic that holds the tiles, in the detector's steps."""
    right = bottom = 0
    for number, ((x0, y0, x1, y1), scale) in enumerate(zip(boxes, scales, strict=True)):
        left, top = cells.at(number)
        right, bottom = max(right, left + int((x1 - x0) * scale)), max(bottom, top + int((y1 - y0) * scale))
    step = _DETECTORS_STEP_PX
    return max(step, -(-bottom // step) * step), max(step, -(-right // step) * step)


def _back(face: Face, offset: FloatArray, scale: float, box: npt.NDArray[np.int64]) -> Face:
    """The face in px of the frame, no part of it past its tile."""
    corner, limits = box[:2].astype(np.float32), box.astype(np.float32)
    xyxy = (face.xyxy - np.tile(offset, 2)) / scale + np.tile(corner, 2)
    xyxy = np.clip(xyxy, np.tile(limits[:2], 2), np.tile(limits[2:], 2))
    landmarks = (face.landmarks - offset) / scale + corner
    return Face(xyxy.astype(np.float32), face.score, landmarks.astype(np.float32))
