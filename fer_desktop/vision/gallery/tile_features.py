"""Features that tell the tiles of a gallery apart; no text is read, and no picture can be restored from them."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

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

Box = tuple[int, int, int, int]  # px: left, top, right, bottom
Pictures = npt.NDArray[np.uint8]  # (N, H, W, 3) BGR of _PICTURE_PX


class FeatureExtractor:
    """Extracts the features of one gallery's tiles. Not thread-safe."""

    def __init__(self) -> None:
        self._lines = NameLines()

    def features(self, image: Image, tiles: FloatArray) -> TileFeatures:
        """The features of the tiles (N, 4) px of a frame (H, W, 3) BGR."""
        places: list[Box] = [(x0, y0, x1, y1) for x0, y0, x1, y1 in np.rint(tiles).astype(int).tolist()]
        lines = self._lines.lines(places, [plate_strip(image, box) for box in places])
        return features_of(tiles, lines, _pictures([_part(image, box, _ALL) for box in places]))


def plate_strip(image: Image, box: Box) -> Image:
    """The part of an image (H, W, 3) BGR where a tile (x0, y0, x1, y1) px has its name."""
    return _part(image, box, _PLATE_AT)


def _pictures(tiles: Sequence[Image]) -> Pictures:
    """The tiles, scaled down."""
    # Using every pixel would take ten times as long; noise is averaged out later.
    width, height = _PICTURE_PX
    points = np.empty((len(tiles), 2 * height, 2 * width, 3), np.uint8)
    for tile, sampled in zip(tiles, points, strict=True):
        cv2.resize(tile, (2 * width, 2 * height), dst=sampled, interpolation=cv2.INTER_NEAREST)
    pictures = np.empty((len(tiles), height, width, 3), np.uint8)
    if len(tiles):  # two by two points are averaged, of all tiles at once
        column = pictures.reshape(-1, width, 3)
        cv2.resize(points.reshape(-1, 2 * width, 3), column.shape[1::-1], dst=column, interpolation=cv2.INTER_AREA)
    return pictures


def features_of(tiles: FloatArray, lines: FloatArray, pictures: Pictures) -> TileFeatures:
    """The features of tiles from the lines (N, C, P) of their plates and their scaled-down pictures."""
    count = len(tiles)
    rooms = np.empty((count, _ROOM_PX[1], _ROOM_PX[0], 3), np.uint8)
    small = np.empty((count, _THUMB_PX[1], _THUMB_PX[0], 3), np.uint8)
    avatars = np.zeros((count, 3 * _AVATAR_PX[0] * _AVATAR_PX[1]), np.float32)
    for picture, room, thumb in zip(pictures, rooms, small, strict=True):
        inner = picture[_INNER]
        cv2.resize(inner, _ROOM_PX, dst=room, interpolation=cv2.INTER_AREA)
        cv2.resize(inner, _THUMB_PX, dst=thumb, interpolation=cv2.INTER_AREA)
    for index in np.flatnonzero(_plain(pictures)):
        avatars[index] = cv2.resize(pictures[index][_MIDDLE], _AVATAR_PX, interpolation=cv2.INTER_AREA).ravel()
    thumbs = np.zeros((count, _THUMB_PX[0] * _THUMB_PX[1]), np.float32)
    if count:
        grey = cv2.cvtColor(small.reshape(-1, _THUMB_PX[0], 3), cv2.COLOR_BGR2GRAY)
        thumbs = grey.reshape(thumbs.shape).astype(np.float32)
    edges = rooms.reshape(count, len(_EDGES), 3)[:, _EDGES].reshape(count, 3 * int(_EDGES.sum()))
    colours = edges.astype(np.float32) / np.float32(255)
    return TileFeatures(tiles, lines, colours, avatars / np.float32(255), thumbs)


def _plain(pictures: Pictures) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """(N,) whether the left and right sides have one colour."""
    inner = pictures[:, _INNER[0], _INNER[1]]
    sides = np.concatenate([inner[:, :, :_SIDE_PX], inner[:, :, -_SIDE_PX:]], axis=2)
    # (3, N, P), since pixels that lie together are sorted in a fourth of the time.
    channels = np.ascontiguousarray(sides.transpose(3, 0, 1, 2)).reshape(3, len(sides), sides.shape[1] * sides.shape[2])
    middle = channels.shape[2] // 2
    usual = np.partition(channels, middle, axis=2)[:, :, middle, None]
    off = np.maximum(channels, usual) - np.minimum(channels, usual)
    return np.asarray((off.max(axis=0) <= _PLAIN_WITHIN).mean(axis=1) >= _PLAIN_SHARE)


def _edges() -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which pixels show the room rather than the person: the left, right and upper edges."""
    width, height = _ROOM_PX
    y, x = np.mgrid[0:height, 0:width]
    return np.asarray((x < 2) | (x >= width - 2) | (y == 0)).ravel()


_EDGES: Final = _edges()


def _part(image: Image, box: Box, shares: tuple[float, ...]) -> Image:
    """A part of a tile, at least one pixel in size."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    x0, y0 = int(left + shares[0] * width), int(top + shares[1] * height)
    x1, y1 = int(left + shares[2] * width), int(top + shares[3] * height)
    x0, y0 = min(max(x0, 0), image.shape[1] - 1), min(max(y0, 0), image.shape[0] - 1)
    return image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
