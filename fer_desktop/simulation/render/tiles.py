"""A participant's tile as Zoom, Meet and Teams draw it: name plate, avatar, corners, the speaker's frame."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.layout import THEMES, Box, Style, Theme
from fer_desktop.simulation.render.drawing import (
    BOLD,
    REGULAR,
    Colour,
    blend,
    fill_rounded,
    fitting,
    microphone,
    rounded,
    rounded_frame,
    text_mask,
    text_width,
    write_centred,
)

_ZOOM: Final = (Style.ZOOM_DARK, Style.ZOOM_LIGHT)
_AVATARS: Final = (
    (163, 113, 38), (78, 125, 46), (59, 80, 180), (146, 78, 122), (40, 118, 168), (122, 122, 30), (110, 72, 196),
    (66, 96, 120),
)  # fmt: skip
_WHITE: Final = (255, 255, 255)
_MUTED_RED: Final = (66, 66, 235)


@dataclass(frozen=True, slots=True, eq=False)
class TileContent:
    """What one tile shows."""

    participant: int  # chooses the avatar's colour
    name: str
    picture: Image | None  # (H, W, 3) what the camera sends; None where it is off
    version: Hashable  # equal versions mean equal pictures
    portrait: Image | None = None  # (S, S, 3) the avatar of a camera that is off; None where it is the initials
    speaking: bool = False
    muted: bool = True


def finished_tile(content: TileContent, style: Style, tile_px: tuple[int, int], corner_px: int, scale: float) -> Image:
    """The tile (H, W, 3) on the style's ground; `tile_px` is width, height."""
    theme = THEMES[style]
    if content.picture is None:
        tile = avatar_tile(content, style, theme, tile_px)
    else:
        shrinks = content.picture.shape[1] > tile_px[0]
        how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        tile = np.asarray(cv2.resize(content.picture, tile_px, interpolation=how), np.uint8)
    put_name(tile, content, style)
    if content.speaking:
        put_frame(tile, corner_px, max(2.0, theme.speaking_px * scale), theme.speaking)
    if corner_px:
        _round_corners(tile, corner_px, theme.ground)
    return tile


def put_frame(tile: Image, corner_px: int, line_px: float, colour: Colour) -> None:
    """Draws the speaker's frame; only along the edges, to save time."""
    height, width = tile.shape[:2]
    frame = rounded_frame(width, height, corner_px, line_px)
    edge = min(math.ceil(max(corner_px, line_px)) + 1, height // 2, width // 2)
    for y0, y1, x0, x1 in (
        (0, edge, 0, width),
        (height - edge, height, 0, width),
        (edge, height - edge, 0, edge),
        (edge, height - edge, width - edge, width),
    ):
        blend(tile, x0, y0, frame[y0:y1, x0:x1], colour)


def _round_corners(tile: Image, corner_px: int, ground: tuple[int, int, int]) -> None:
    height, width = tile.shape[:2]
    side = min(corner_px, height // 2, width // 2)
    first = slice(None, side)
    places = [
        (rows, columns)
        for rows in (first, slice(height - side, None))
        for columns in (first, slice(width - side, None))
    ]
    for place, (share, outside) in zip(places, _corners(side, ground), strict=True):
        tile[place] = tile[place] * share + outside


@lru_cache(maxsize=16)
def _corners(side: int, ground: tuple[int, int, int]) -> tuple[tuple[FloatArray, FloatArray], ...]:
    """For each corner (S, S): the tile's opacity (.., 1) 0-1, and the background's contribution (.., 3)."""
    covered = rounded(2 * side, 2 * side, side)
    halves = slice(None, side), slice(side, None)
    shares = [covered[rows, columns] for rows in halves for columns in halves]
    return tuple((share, np.array(ground, np.float32) * (1 - share)) for share in shares)


def avatar_tile(content: TileContent, style: Style, theme: Theme, tile_px: tuple[int, int]) -> Image:
    """The tile (H, W, 3) of a camera that is off, without the name plate: initials, name or portrait."""
    width, height = tile_px
    tile = np.empty((height, width, 3), np.uint8)
    tile[:] = theme.off
    if content.portrait is not None:
        _put_portrait(tile, content.portrait, style, portrait_box(style, tile_px))
        return tile
    if style in _ZOOM and content.participant % 2:
        # Zoom shows the name instead of a picture.
        size = max(7, round(min(tile_px) * 0.13))
        shown = fitting(content.name, size, width - 8)
        write_centred(tile, shown, width // 2, height // 2, size, theme.off_ink, REGULAR)
        return tile
    side = round(min(tile_px) * (0.46 if style in _ZOOM else 0.5))
    x, y = (width - side) // 2, (height - side) // 2
    colour = _AVATARS[content.participant % len(_AVATARS)]
    fill_rounded(tile, (x, y, x + side, y + side), side * 0.18 if style in _ZOOM else side / 2, colour)
    letters = content.name[:1] if style is Style.MEET else _initials(content.name)
    write_centred(tile, letters, width // 2, height // 2, max(6, round(side * 0.46)), _WHITE, REGULAR)
    return tile


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2])


def portrait_box(style: Style, tile_px: tuple[int, int]) -> Box:
    """Where in a tile of that width and height the portrait of a camera that is off is: xyxy px."""
    width, height = tile_px
    side = round(min(tile_px) * (0.62 if style in _ZOOM else 0.55))
    x, y = (width - side) // 2, (height - side) // 2
    return x, y, x + side, y + side


def _put_portrait(tile: Image, portrait: Image, style: Style, box: Box) -> None:
    """Zoom's is a square, the others' a disc on a ground of the picture's colour."""
    if style is Style.MEET:
        tile[:] = np.clip(cv2.mean(portrait)[:3], 20, 150)
    side = box[2] - box[0]
    small = np.asarray(cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
    radius = side * 0.06 if style in _ZOOM else side / 2
    blend(tile, box[0], box[1], rounded(side, side, radius), small)


def put_name(tile: Image, content: TileContent, style: Style) -> None:
    """Name and microphone at the lower left; Meet has no plate, and its microphone at the upper right."""
    height, width = tile.shape[:2]
    size = min(max(round(height * 0.078), 7), 15)
    sign = round(size * 1.15)
    with_sign = content.muted and style is not Style.MEET
    room = width - 4 * size - (sign if with_sign else 0)
    shown = fitting(content.name, size, max(room, 0), REGULAR if style is not Style.MEET else BOLD)
    if style is Style.MEET:
        _put_name_of_meet(tile, shown, size, content.muted)
        return
    through, colours = _plate(shown, size, with_sign, style)
    plate_height, plate_width = through.shape[:2]
    margin = 0 if style in _ZOOM else max(2, size // 3)
    below = tile[height - margin - plate_height : height - margin, margin : margin + plate_width]
    rows, columns = below.shape[:2]
    below[:] = np.rint(below * through[:rows, :columns] + colours[:rows, :columns])


@lru_cache(maxsize=512)
def _plate(name: str, size: int, muted: bool, style: Style) -> tuple[FloatArray, FloatArray]:
    """A name plate: its transparency (H, W, 1) 0-1, and the colours (H, W, 3) that it adds."""
    sign, pad = round(size * 1.15), max(3, round(size * 0.5))
    name_px = text_width(name, size)
    width = name_px + 2 * pad + (sign + pad // 2 if muted else 0)
    height = round(size * 1.7)
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:] = (28, 26, 25)
    mask = text_mask(name, size)
    sign_first = style in _ZOOM
    text_x = pad + (sign + pad // 2 if muted and sign_first else 0)
    blend(picture, text_x, (height - mask.shape[0]) // 2, _covering(mask), (245, 245, 245))
    coverage = rounded(width, height, size * 0.3) * np.float32(0.72)
    coverage[..., 0] = np.maximum(coverage[..., 0], picture.max(axis=2) / np.float32(255) * (picture.max(axis=2) > 60))
    if muted:
        covered, colours = microphone(sign, _WHITE, _MUTED_RED if sign_first else _WHITE)
        x, y = pad if sign_first else width - pad - sign, (height - sign) // 2
        blend(picture, x, y, covered, colours)
        part = coverage[y : y + sign, x : x + sign]
        part[:] = np.maximum(part, covered)
    return np.asarray(1 - coverage, np.float32), np.asarray(picture * coverage, np.float32)


def _put_name_of_meet(tile: Image, name: str, size: int, muted: bool) -> None:
    height, width = tile.shape[:2]
    mask = _covering(text_mask(name, size, BOLD))
    x, y = size, height - round(size * 1.9)
    shadow = np.asarray(cv2.GaussianBlur(mask, (0, 0), 1.2), np.float32)[..., None]
    blend(tile, x, y + 1, shadow * np.float32(0.6), (0, 0, 0))
    blend(tile, x, y, mask, _WHITE)
    if muted:
        side = max(10, round(size * 1.9))
        x, y = width - side - size // 2, size // 2
        fill_rounded(tile, (x, y, x + side, y + side), side / 2, (40, 36, 34), 0.65)
        sign = max(6, round(side * 0.62))
        covered, colours = microphone(sign, _WHITE, _WHITE)
        blend(tile, x + (side - sign) // 2, y + (side - sign) // 2, covered, colours)


def _covering(mask: Image) -> FloatArray:
    """(H, W, 1) 0-1 of a mask (H, W) 0-255."""
    return (mask[..., None] / np.float32(255)).astype(np.float32)
