"""What lies over the tiles of a case: dialogs, menus, reactions, buttons."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import Overlay
from fer_desktop.simulation.hard_cases.layouts import hull
from fer_desktop.simulation.hard_cases.texts import LINES, put_lines
from fer_desktop.simulation.hard_cases.truth import area, common
from fer_desktop.simulation.render.drawing import (
    BOLD,
    Colour,
    blend,
    fill_rounded,
    fitting,
    rounded,
    write,
    write_centred,
)

_TRIES: Final = 60  # places of a dialog, of which the one is taken that hides no tile
_WHITE: Final[Colour] = (255, 255, 255)
_BLUE: Final[Colour] = (237, 113, 14)
_ITEMS: Final = ("Mute", "Stop video", "Chat", "Pin", "Spotlight for everyone", "Make host", "Rename", "Remove")


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Something that is drawn over the tiles."""

    x: int
    y: int
    coverage: FloatArray  # (H, W, 1) 0-1
    picture: Image  # (H, W, 3)
    solid: bool  # whether it hides what is below

    @property
    def box(self) -> FloatBox:
        """Its px on the canvas."""
        height, width = self.picture.shape[:2]
        return float(self.x), float(self.y), float(self.x + width), float(self.y + height)

    def put(self, canvas: Image) -> None:
        """Draws it; in place."""
        blend(canvas, self.x, self.y, self.coverage, self.picture)


def hidden_share(box: FloatBox, patches: tuple[Patch, ...]) -> float:
    """The share 0-1 of a box that lies under solid patches."""
    return min(1.0, sum(area(common(box, patch.box)) for patch in patches if patch.solid) / area(box))


def make_overlay(
    rng: np.random.Generator, kind: Overlay, tiles: tuple[FloatBox, ...], scale: float
) -> tuple[Patch, ...]:
    """The patches of that kind over the tiles."""
    size = max(9, round(14 * scale))
    if kind is Overlay.DIALOG:
        return (_dialog(rng, tiles, size),)
    if kind is Overlay.MENU:
        return (_menu(rng, tiles, size),)
    if kind is Overlay.REACTIONS:
        return _reactions(rng, tiles, size)
    if kind is Overlay.CAPTIONS:
        return (_captions(rng, tiles, size),)
    return _buttons(rng, tiles, size)


def _least_hiding(rng: np.random.Generator, tiles: tuple[FloatBox, ...], width: int, height: int) -> tuple[int, int]:
    """A place where a box of that size lies over several tiles and hides none."""
    x0, y0, x1, y1 = hull(tiles)
    best, place = 2.0, (int(x0), int(y0))
    for _ in range(_TRIES):
        x = int(rng.uniform(x0, max(x1 - width, x0 + 1)))
        y = int(rng.uniform(y0, max(y1 - height, y0 + 1)))
        box = (float(x), float(y), float(x + width), float(y + height))
        hidden = max(area(common(tile, box)) / area(tile) for tile in tiles)
        if hidden < best:
            best, place = hidden, (x, y)
    return place


def _dialog(rng: np.random.Generator, tiles: tuple[FloatBox, ...], size: int) -> Patch:
    width, height = 26 * size, 11 * size
    dark = rng.random() < 0.4
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = (48, 44, 42) if dark else _WHITE
    ink: Colour = (235, 235, 235) if dark else (50, 46, 44)
    write(picture, "This meeting is being recorded", 2 * size, 2 * size, round(1.15 * size), ink, BOLD)
    text = "By staying in this meeting you agree to being recorded. The owner may watch it later."
    put_lines(picture, (text,), (2 * size, round(3.6 * size), width - 2 * size, height), size, ink)
    for place, word in enumerate(("Got it", "Leave meeting")):
        right = width - 2 * size - place * round(6 * size)
        box = (right - round((9 if place else 5) * size), height - 3 * size, right, height - size)
        fill_rounded(picture, box, size * 0.5, _BLUE if not place else (120, 116, 112))
        write_centred(picture, word, (box[0] + box[2]) // 2, height - 2 * size, size, _WHITE, BOLD)
    x, y = _least_hiding(rng, tiles, width, height)
    return Patch(x, y, rounded(width, height, size * 0.7), picture, True)


def _menu(rng: np.random.Generator, tiles: tuple[FloatBox, ...], size: int) -> Patch:
    row = round(1.9 * size)
    tallest = (hull(tiles)[3] - hull(tiles)[1]) * 0.5
    items = _ITEMS[: max(3, min(len(_ITEMS), int(tallest / row)))]
    width, height = 13 * size, row * len(items) + size
    picture = np.empty((height, width, 3), np.uint8)
    dark = rng.random() < 0.5
    picture[:] = (44, 40, 38) if dark else (252, 252, 252)
    for place, item in enumerate(items):
        middle = size // 2 + place * row + row // 2
        if place == 1:
            picture[middle - row // 2 : middle + row // 2] = _BLUE
        ink: Colour = _WHITE if dark or place == 1 else (50, 46, 44)
        write(picture, fitting(item, size, width - 2 * size), size, middle, size, ink)
    x, y = _least_hiding(rng, tiles, width, height)
    return Patch(x, y, rounded(width, height, size * 0.5), picture, True)


def _reactions(rng: np.random.Generator, tiles: tuple[FloatBox, ...], size: int) -> tuple[Patch, ...]:
    """Signs rise at the lower left, and some tiles have one in a corner."""
    x0, _, x1, y1 = hull(tiles)
    patches = []
    for _ in range(int(rng.integers(4, 9))):
        side = round(size * float(rng.uniform(1.8, 3.2)))
        x, y = x0 + rng.uniform(0, 0.12) * (x1 - x0), y1 - rng.uniform(0.05, 0.5) * (y1 - hull(tiles)[1])
        patches.append(_sign(rng, int(x), int(y), side))
    for number in rng.permutation(len(tiles))[: max(1, len(tiles) // 4)]:
        tile = tiles[int(number)]
        side = max(14, round((tile[3] - tile[1]) * 0.2))
        patches.append(_sign(rng, int(tile[0]) + side // 3, int(tile[1]) + side // 3, side))
    return tuple(patches)


def _captions(rng: np.random.Generator, tiles: tuple[FloatBox, ...], size: int) -> Patch:
    """Two lines of what is said, light on dark."""
    x0, _, x1, y1 = hull(tiles)
    width, height = round((x1 - x0) * float(rng.uniform(0.5, 0.8))), round(4.6 * size)
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = (24, 22, 20)
    texts = [LINES[int(line)] for line in rng.permutation(len(LINES))[:2]]
    put_lines(picture, texts, (2 * size, size // 2, width - 2 * size, height), round(1.15 * size), _WHITE)
    cover = (rounded(width, height, size * 0.4) * np.float32(rng.uniform(0.7, 1.0))).astype(np.float32)
    return Patch(int((x0 + x1 - width) / 2), int(y1 - height - size), cover, picture, True)


def _sign(rng: np.random.Generator, x: int, y: int, side: int) -> Patch:
    """A heart, a thumb of a hand, or a smiling disc."""
    picture, mask = np.zeros((side, side, 3), np.uint8), np.zeros((side, side), np.uint8)
    middle, kind = side // 2, int(rng.integers(3))
    if kind == 0:
        for canvas, ink in ((picture, (60, 60, 235)), (mask, (255, 255, 255))):
            for across in (side * 3 // 10, side * 7 // 10):
                cv2.circle(canvas, (across, side * 7 // 20), side * 9 // 40, ink, -1, cv2.LINE_AA)
            point = np.array(
                [[side // 10, side * 9 // 20], [side * 9 // 10, side * 9 // 20], [middle, side * 19 // 20]]
            )
            cv2.fillConvexPoly(canvas, point, ink, cv2.LINE_AA)
    else:
        cv2.circle(picture, (middle, middle), middle - 1, (70, 200, 250), -1, cv2.LINE_AA)
        cv2.circle(mask, (middle, middle), middle - 1, (255, 255, 255), -1, cv2.LINE_AA)
        eye, line = max(1, side // 12), max(1, side // 14)
        for across in (side // 3, side * 2 // 3):
            cv2.circle(picture, (across, side * 2 // 5), eye, (40, 60, 90), -1, cv2.LINE_AA)
        arc = (20, 160) if kind == 1 else (0, 360)
        radius = side // 4 if kind == 1 else side // 9
        cv2.ellipse(picture, (middle, side * 11 // 20), (radius, radius), 0, *arc, (40, 60, 90), line, cv2.LINE_AA)
    return Patch(x, y, (mask[..., None] / np.float32(255)).astype(np.float32), picture, False)


def _buttons(rng: np.random.Generator, tiles: tuple[FloatBox, ...], size: int) -> tuple[Patch, ...]:
    """A hovered tile's buttons, and a toolbar that floats over the lower edge."""
    patches = []
    for number in rng.permutation(len(tiles))[:2]:
        tile = tiles[int(number)]
        width, height = min(5 * size, int(tile[2] - tile[0]) // 3), round(1.7 * size)
        for place, word in enumerate(("...", "Mute")):
            wide = height if place == 0 else width
            picture = np.empty((height, wide, 3), np.uint8)
            picture[:] = _BLUE
            write_centred(picture, word, wide // 2, height // 2, max(8, size - 2), _WHITE, BOLD)
            x = int(tile[2]) - size // 2 - height - (place * (wide + size // 2))
            patches.append(Patch(x, int(tile[1]) + size // 2, rounded(wide, height, size * 0.5), picture, False))
    x0, _, x1, y1 = hull(tiles)
    width, height = round((x1 - x0) * 0.42), round(3.6 * size)
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = (34, 32, 30)
    for place in range(8):
        x = round((place + 0.5) * width / 8)
        colour: Colour = (60, 60, 230) if place == 7 else (90, 86, 82)
        cv2.circle(picture, (x, height // 2), round(1.2 * size), colour, -1, cv2.LINE_AA)
        cv2.circle(picture, (x, height // 2), size // 2, _WHITE, max(1, size // 8), cv2.LINE_AA)
    x, y = int((x0 + x1 - width) / 2), int(y1 - height - size)
    cover = (rounded(width, height, height / 2) * np.float32(0.88)).astype(np.float32)
    patches.append(Patch(x, y, cover, picture, True))
    return tuple(patches)
