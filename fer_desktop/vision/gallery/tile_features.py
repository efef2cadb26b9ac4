"""Features that tell the tiles of a gallery apart; no text is read, and no picture can be restored from them."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.seats.tile_evidence import TileFeatures
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.vision.gallery.name_plates import NameLines

# Shares of a tile: left, top, right, bottom.
_ALL: Final = (0.0, 0.0, 1.0, 1.0)
_PLATE_AT: Final = (0.0, 0.78, 0.7, 1.0)  # calls write names at the lower left
_PICTURE_PX: Final = (64, 36)  # width, height; tiles are scaled to this to measure colours
_INNER: Final = (slice(3, 28), slice(4, 60))  # rows, columns of it: without speaker's frame and name plate
_THUMB_PX: Final = (16, 9)
_ROOM_PX: Final = (12, 7)
_MIDDLE: Final = (slice(5, 27), slice(18, 46))  # rows, columns of the picture: where an avatar is
_AVATAR_PX: Final = (14, 11)
_SIDE_PX: Final = 7  # of the inner picture, left and right
_PLAIN_WITHIN: Final = 1  # grey levels; around an avatar there is one colour only
_PLAIN_SHARE: Final = 0.75  # of the edges; an icon may be in a corner


class FeatureExtractor:
    """Extracts the features of one gallery's tiles. Not thread-safe."""

    def __init__(self) -> None:
        self._lines = NameLines()

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        """The features of the tiles (N, 4) px of a frame (H, W, 3) BGR."""
        boxes = np.rint(tiles).astype(int)
        places = [tuple(box) for box in boxes.tolist()]
        lines = self._lines.lines(places, [plate_strip(image, box) for box in boxes])
        return features_of(tiles, lines, [_small(_part(image, box, _ALL)) for box in boxes])


def plate_strip(image: Image, box: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Image:
    """The part of an image (H, W, 3) BGR where a tile (4,) px has its name."""
    return _part(image, box, _PLATE_AT)


def _small(tile: Image) -> Image:
    # Using every pixel would take ten times as long; noise is averaged out later.
    points = cv2.resize(tile, (2 * _PICTURE_PX[0], 2 * _PICTURE_PX[1]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.resize(points, _PICTURE_PX, interpolation=cv2.INTER_AREA), np.uint8)


def features_of(tiles: FloatArray, lines: FloatArray, pictures: Sequence[Image]) -> TileFeatures:
    """The features of tiles from the lines (N, C, P) of their plates and their scaled-down pictures."""
    count = len(tiles)
    border_colours = np.zeros((count, _ROOM_PX[0] * _ROOM_PX[1], 3), np.float32)
    avatars = np.zeros((count, 3 * _AVATAR_PX[0] * _AVATAR_PX[1]), np.float32)
    thumbs = np.zeros((count, _THUMB_PX[0] * _THUMB_PX[1]), np.float32)
    plain = _plain(pictures)
    for index, picture in enumerate(pictures):
        inner = picture[_INNER]
        border_colours[index] = cv2.resize(inner, _ROOM_PX, interpolation=cv2.INTER_AREA).reshape(-1, 3)
        small = cv2.resize(inner, _THUMB_PX, interpolation=cv2.INTER_AREA)
        thumbs[index] = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).ravel()
        if plain[index]:
            avatars[index] = cv2.resize(picture[_MIDDLE], _AVATAR_PX, interpolation=cv2.INTER_AREA).ravel()
    colours = border_colours[:, _EDGES].reshape(count, 3 * int(_EDGES.sum())) / np.float32(255)
    return TileFeatures(tiles, lines, colours, avatars / np.float32(255), thumbs)


def _plain(pictures: Sequence[Image]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """(N,) whether the left and right sides have one colour."""
    if not len(pictures):
        return np.zeros(0, np.bool_)
    inner = np.stack(pictures)[:, _INNER[0], _INNER[1]]
    sides = np.concatenate([inner[:, :, :_SIDE_PX], inner[:, :, -_SIDE_PX:]], axis=2).reshape(len(inner), -1, 3)
    usual = np.sort(sides, axis=1)[:, sides.shape[1] // 2, None]
    off = np.maximum(sides, usual) - np.minimum(sides, usual)
    return np.asarray((off.max(axis=2) <= _PLAIN_WITHIN).mean(axis=1) >= _PLAIN_SHARE)


def _edges() -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which pixels show the room rather than the person: the left, right and upper edges."""
    width, height = _ROOM_PX
    y, x = np.mgrid[0:height, 0:width]
    return np.asarray((x < 2) | (x >= width - 2) | (y == 0)).ravel()


_EDGES: Final = _edges()


def _part(image: Image, box: "np.ndarray[tuple[int], np.dtype[np.int64]]", shares: tuple[float, ...]) -> Image:
    """A part of a tile, at least one pixel in size."""
    width, height = box[2] - box[0], box[3] - box[1]
    x0, y0 = int(box[0] + shares[0] * width), int(box[1] + shares[1] * height)
    x1, y1 = int(box[0] + shares[2] * width), int(box[1] + shares[3] * height)
    x0, y0 = min(max(x0, 0), image.shape[1] - 1), min(max(y0, 0), image.shape[0] - 1)
    return image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
