"""Draws a video call's gallery: tiles, rooms behind people, name plates, initials."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image

FRAME_PX: Final = (1920, 1080)  # width, height
TILE_PX: Final = (366, 206)
COLUMNS: Final = 5
_GAP_PX: Final = 8
_CORNER_PX: Final = 8
GROUND: Final = 26  # grey level of what is between the tiles
_OFF_GROUND: Final = (43, 40, 38)
_SPEAKING: Final = (64, 214, 176)
_PLATE_PX: Final = 24
_AVATARS: Final = ((140, 92, 60), (82, 110, 60), (60, 84, 150), (120, 70, 120), (120, 110, 50), (56, 104, 134))

Box = tuple[int, int, int, int]  # x0, y0, x1, y1 px


@dataclass(frozen=True, slots=True)
class Pose:
    """How a person sits in a tile at one time."""

    shift_x: float  # px of the tile
    shift_y: float
    scale: float  # px of the tile a px of the bust
    turn: float  # rad

    def matrix(self, bust_px: tuple[int, int]) -> FloatArray:
        """(2, 3) from px of the bust to px of the tile: its lower edge on the tile's, whatever the scale."""
        cos, sin = np.cos(self.turn) * self.scale, np.sin(self.turn) * self.scale
        turn = np.array([[cos, -sin], [sin, cos]])
        foot = np.array([bust_px[0] / 2, bust_px[1]])
        # A little lower than the edge, so that the edge stays hidden however the person moves.
        target = np.array([TILE_PX[0] / 2 + self.shift_x, TILE_PX[1] + 10 + self.shift_y])
        return np.hstack([turn, (target - turn @ foot)[:, None]]).astype(np.float32)


def tile_boxes(count: int) -> tuple[Box, ...]:
    """Where `count` tiles are in the frame: rows of five, the last one centred."""
    width, height = TILE_PX
    rows = -(-count // COLUMNS)
    top = (FRAME_PX[1] - rows * height - (rows - 1) * _GAP_PX) // 2
    boxes = []
    for place in range(count):
        row, column = divmod(place, COLUMNS)
        in_row = min(COLUMNS, count - row * COLUMNS)
        left = (FRAME_PX[0] - in_row * width - (in_row - 1) * _GAP_PX) // 2
        x, y = left + column * (width + _GAP_PX), top + row * (height + _GAP_PX)
        boxes.append((x, y, x + width, y + height))
    return tuple(boxes)


def empty_frame() -> Image:
    """The gallery's ground (1080, 1920, 3)."""
    picture = np.empty((FRAME_PX[1], FRAME_PX[0], 3), np.uint8)
    picture.fill(GROUND)
    return picture


def room(rng: np.random.Generator) -> Image:
    """What is behind a person: a blurred room, a wall, or a virtual background (206, 366, 3)."""
    kind = rng.choice(("room", "room", "wall", "gradient"))
    width, height = TILE_PX
    base = rng.uniform(95, 205) * np.array([rng.uniform(0.9, 1.02), 1.0, rng.uniform(0.98, 1.1)])
    picture = np.full((height, width, 3), base, np.float32)
    if kind == "room":
        _furnish(picture, rng)
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(4, 9))), np.float32)
    elif kind == "gradient":
        other = rng.uniform(60, 200, 3)
        picture += np.linspace(0, 1, height, dtype=np.float32)[:, None, None] * (other - base).astype(np.float32)
    side = np.linspace(rng.uniform(0.82, 1.12), rng.uniform(0.82, 1.12), width, dtype=np.float32)
    return np.asarray(np.clip(picture * side[None, :, None], 0, 255), np.uint8)


def _furnish(picture: FloatArray, rng: np.random.Generator) -> None:
    """A window, a shelf with books, a picture on the wall: blurred, they are enough."""
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(2, 5))):
        x, y = int(rng.integers(-40, width - 20)), int(rng.integers(-20, height // 2))
        wide, tall = int(rng.integers(40, 130)), int(rng.integers(40, 150))
        colour = [float(v) for v in rng.uniform(40, 235) * rng.uniform(0.8, 1.1, 3)]
        cv2.rectangle(picture, (x, y), (x + wide, y + tall), colour, -1)
        if rng.random() < 0.5:
            for book in range(x, x + wide, 9):
                spine = [float(v) for v in rng.uniform(40, 200, 3)]
                cv2.rectangle(picture, (book, y + int(rng.integers(4, 16))), (book + 7, y + tall), spine, -1)


def initials(name: str, number: int) -> Image:
    """The tile of a camera that is off (206, 366, 3)."""
    width, height = TILE_PX
    tile = np.full((height, width, 3), _OFF_GROUND, np.uint8)
    cv2.circle(tile, (width // 2, height // 2), 44, _AVATARS[number % len(_AVATARS)], -1, cv2.LINE_AA)
    letter, scale = name[0], 1.6
    (wide, tall), _ = cv2.getTextSize(letter, cv2.FONT_HERSHEY_SIMPLEX, scale, 2)
    place = (width - wide) // 2, (height + tall) // 2
    cv2.putText(tile, letter, place, cv2.FONT_HERSHEY_SIMPLEX, scale, (255, 255, 255), 2, cv2.LINE_AA)
    return tile


def plate(name: str) -> Image:
    """A name plate (24, W, 3) on black: it is added to the darkened picture below it."""
    (wide, tall), _ = cv2.getTextSize(name, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)
    picture = np.zeros((_PLATE_PX, wide + 16, 3), np.uint8)
    place = 8, (_PLATE_PX + tall) // 2
    cv2.putText(picture, name, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (240, 240, 240), 1, cv2.LINE_AA)
    return picture


def seat_person(tile: Image, bust: Image, matrix: FloatArray) -> None:
    """Draws a premultiplied bust (H, W, 4) into the tile (206, 366, 3), in place."""
    height, width = bust.shape[:2]
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]]) @ matrix[:, :2].T + matrix[:, 2]
    left = int(np.clip(corners[:, 0].min(), 0, TILE_PX[0] - 1)) // 8 * 8
    right = int(np.clip(corners[:, 0].max() + 1, left + 1, TILE_PX[0]))
    moved = matrix.copy()
    moved[0, 2] -= left
    placed = cv2.warpAffine(bust, moved, (right - left, TILE_PX[1]), flags=cv2.INTER_LINEAR)
    alpha = cv2.bitwise_not(placed[..., 3])
    through = cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGR)
    below = tile[:, left:right]
    cv2.add(cv2.multiply(below, through, scale=1 / 255), cv2.cvtColor(placed, cv2.COLOR_BGRA2BGR), dst=below)


def finish(tile: Image, name_plate: Image, speaking: bool) -> None:
    """Name plate, rounded corners and the speaker's frame, in place on the tile (206, 366, 3)."""
    height, width = tile.shape[:2]
    tall, wide = name_plate.shape[:2]
    below = tile[height - tall - 4 : height - 4, 6 : 6 + wide]
    cv2.addWeighted(below, 0.35, name_plate, 1.0, 0, dst=below)
    if speaking:
        cv2.rectangle(tile, (1, 1), (width - 2, height - 2), _SPEAKING, 3)
    for corner, mask in _CORNERS:
        tile[corner][mask] = GROUND


def _corners() -> tuple[tuple[tuple[slice, slice], Image], ...]:
    y, x = np.mgrid[0:_CORNER_PX, 0:_CORNER_PX]
    outside = (x - _CORNER_PX + 0.5) ** 2 + (y - _CORNER_PX + 0.5) ** 2 > _CORNER_PX**2
    first, last = slice(None, _CORNER_PX), slice(-_CORNER_PX, None)
    return (
        ((first, first), outside),
        ((first, last), outside[:, ::-1]),
        ((last, first), outside[::-1]),
        ((last, last), outside[::-1, ::-1]),
    )


_CORNERS: Final = _corners()
