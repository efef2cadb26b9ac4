"""What is behind a participant of a simulated call."""

from enum import StrEnum
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image

BACKGROUND_PX: Final = (640, 360)  # width, height
Colour = tuple[float, float, float]


class Background(StrEnum):
    """The available kinds."""

    ROOM = "room"
    WALL = "wall"
    BLURRED = "blurred"  # a room that the call blurs
    VIRTUAL = "virtual"  # a picture that the call puts there


class Walls(StrEnum):
    """What the participants sit before."""

    USUAL = "usual"  # any background
    WHITE = "white"  # a white wall
    POSTERS = "posters"  # any background, with a portrait of somebody else on it


def make_background(rng: np.random.Generator, kind: Background) -> Image:
    """A random background of that kind (360, 640, 3) BGR."""
    if kind is Background.VIRTUAL:
        return _quantised((_beach, _hills, _gradient)[int(rng.integers(3))](rng))
    picture = _wall(rng)
    if kind is Background.WALL:
        if rng.random() < 0.4:
            _hang_picture(picture, rng)
        return _quantised(_lit(picture, rng))
    _furnish(picture, rng)
    sigma = 18.0 if kind is Background.BLURRED else float(rng.uniform(1.0, 4.0))
    return _quantised(np.asarray(cv2.GaussianBlur(_lit(picture, rng), (0, 0), sigma), np.float32))


def make_white_wall(rng: np.random.Generator) -> Image:
    """A bright white wall (360, 640, 3) BGR, nearly without a shade."""
    width, height = BACKGROUND_PX
    across = np.linspace(rng.uniform(236, 252), rng.uniform(236, 252), width, dtype=np.float32)
    picture = np.repeat(np.repeat(across[None, :, None], height, axis=0), 3, axis=2)
    return _quantised(picture * np.array([1.0, 0.995, 0.99], np.float32))


def _quantised(picture: FloatArray) -> Image:
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def _colour(rng: np.random.Generator, low: float, high: float, tint: float = 0.2) -> Colour:
    grey = rng.uniform(low, high)
    blue, green, red = (float(v) for v in np.clip(grey * rng.uniform(1 - tint, 1 + tint, 3), 0, 255))
    return blue, green, red


def _wall(rng: np.random.Generator) -> FloatArray:
    width, height = BACKGROUND_PX
    return np.full((height, width, 3), _colour(rng, 70, 215, 0.12), np.float32)


def _lit(picture: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The picture with light from one side and from above."""
    height, width = picture.shape[:2]
    across = np.linspace(rng.uniform(0.7, 1.15), rng.uniform(0.7, 1.15), width, dtype=np.float32)
    down = np.linspace(rng.uniform(0.95, 1.1), rng.uniform(0.75, 0.95), height, dtype=np.float32)
    return picture * across[None, :, None] * down[:, None, None]


def _box(picture: FloatArray, x: int, y: int, width: int, height: int, colour: Colour) -> None:
    cv2.rectangle(picture, (x, y), (x + width, y + height), colour, -1, cv2.LINE_AA)


def _furnish(picture: FloatArray, rng: np.random.Generator) -> None:
    pieces = (_shelf, _window, _hang_picture, _door, _lamp, _plant)
    for number in rng.permutation(len(pieces))[: int(rng.integers(2, 5))]:
        pieces[int(number)](picture, rng)


def _shelf(picture: FloatArray, rng: np.random.Generator) -> None:
    x, width, top = int(rng.integers(-60, 480)), int(rng.integers(120, 260)), int(rng.integers(0, 60))
    wood = _colour(rng, 50, 170, 0.3)
    step = int(rng.integers(62, 84))
    for y in range(top, 360, step):
        _box(picture, x, y, width, step, (wood[0] * 0.6, wood[1] * 0.6, wood[2] * 0.6))
        left = x + 6
        while left < x + width - 22:
            thick, tall = int(rng.integers(7, 20)), int(rng.integers(step // 2, step - 12))
            if rng.random() < 0.85:
                _box(picture, left, y + step - tall - 6, thick, tall, _colour(rng, 40, 210, 0.45))
            left += thick + 2
        _box(picture, x, y + step - 6, width, 6, wood)


def _window(picture: FloatArray, rng: np.random.Generator) -> None:
    x, y = int(rng.integers(-40, 480)), int(rng.integers(-20, 60))
    width, height = int(rng.integers(120, 220)), int(rng.integers(160, 240))
    _box(picture, x - 7, y - 7, width + 14, height + 14, (235.0, 235.0, 235.0))
    _box(picture, x, y, width, height, _colour(rng, 200, 250, 0.08))
    _box(picture, x, y + height * 2 // 3, width, height // 3, _colour(rng, 110, 190, 0.25))
    _box(picture, x + width // 2 - 3, y, 6, height, (235.0, 235.0, 235.0))


def _hang_picture(picture: FloatArray, rng: np.random.Generator) -> None:
    x, y = int(rng.integers(0, 520)), int(rng.integers(10, 110))
    width, height = int(rng.integers(60, 150)), int(rng.integers(60, 130))
    _box(picture, x, y, width, height, _colour(rng, 20, 90))
    _box(picture, x + 5, y + 5, width - 10, height - 10, _colour(rng, 180, 240, 0.1))
    for _ in range(3):
        across, down = int(rng.integers(x + 12, x + width - 12)), int(rng.integers(y + 12, y + height - 12))
        _box(picture, across, down, min(24, x + width - 8 - across), 16, _colour(rng, 60, 200, 0.5))


def _door(picture: FloatArray, rng: np.random.Generator) -> None:
    x, wood = int(rng.integers(-40, 540)), _colour(rng, 110, 235, 0.12)
    _box(picture, x, 30, 140, 330, (wood[0] * 0.8, wood[1] * 0.8, wood[2] * 0.8))
    _box(picture, x + 8, 38, 124, 322, wood)
    cv2.circle(picture, (x + 118, 210), 6, (90.0, 110.0, 120.0), -1, cv2.LINE_AA)


def _lamp(picture: FloatArray, rng: np.random.Generator) -> None:
    x = int(rng.integers(30, 610))
    _box(picture, x - 2, 120, 4, 240, (60.0, 60.0, 60.0))
    shade = np.array([[x - 26, 60], [x + 26, 60], [x + 42, 124], [x - 42, 124]], np.int32)
    cv2.fillConvexPoly(picture, shade, (190.0, 225.0, 245.0), cv2.LINE_AA)


def _plant(picture: FloatArray, rng: np.random.Generator) -> None:
    x, y = int(rng.integers(20, 620)), int(rng.integers(150, 260))
    for _ in range(26):
        across, down = rng.normal(x, 30), rng.normal(y, 38)
        green = float(rng.uniform(60, 150))
        leaf = (float(across), float(down)), (float(rng.uniform(14, 30)), float(rng.uniform(8, 14)))
        cv2.ellipse(picture, (*leaf, float(rng.uniform(0, 180))), (green * 0.5, green, green * 0.55), -1, cv2.LINE_AA)
    _box(picture, x - 22, y + 46, 44, 60, _colour(rng, 90, 200))


def _vertical(colours: list[Colour]) -> FloatArray:
    """A vertical gradient through the colours."""
    width, height = BACKGROUND_PX
    column = np.array(colours, np.float32)[:, None, :]
    return np.asarray(cv2.resize(column, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _beach(rng: np.random.Generator) -> FloatArray:
    picture = _vertical([(230, 190, 120), (240, 215, 170), (245, 230, 205)])
    _box(picture, 0, 190, 640, 80, (170.0, 140.0, float(rng.uniform(20, 60))))
    _box(picture, 0, 262, 640, 98, (160.0, 200.0, 225.0))
    cv2.circle(picture, (int(rng.integers(80, 560)), 80), 34, (220.0, 245.0, 255.0), -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 3.0), np.float32)


def _hills(rng: np.random.Generator) -> FloatArray:
    picture = _vertical([_colour(rng, 120, 230, 0.35), _colour(rng, 180, 240, 0.2)])
    across = np.arange(-10, 660, 10)
    for number in range(4):
        waves = np.sum([np.sin(across / rng.uniform(30, 140) + rng.uniform(0, 6)) for _ in range(3)], axis=0)
        ridge = 150 + 50 * number + 16 * waves
        outline = np.array([[-10, 400], *zip(across, ridge, strict=True), [660, 400]], np.int32)
        cv2.fillPoly(picture, [outline], _colour(rng, 130 - 25 * number, 170 - 25 * number, 0.3), cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.5), np.float32)


def _gradient(rng: np.random.Generator) -> FloatArray:
    picture = _vertical([_colour(rng, 60, 220, 0.5), _colour(rng, 60, 220, 0.5), _colour(rng, 60, 220, 0.5)])
    for _ in range(5):
        centre = int(rng.integers(0, 640)), int(rng.integers(0, 360))
        cv2.circle(picture, centre, int(rng.integers(40, 130)), _colour(rng, 60, 220, 0.5), -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 30.0), np.float32)
