"""Text, rounded boxes and small icons, as in a video call's window."""

from functools import lru_cache
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import FloatArray, Image

Colour = tuple[int, int, int]  # BGR
REGULAR: Final = 400
BOLD: Final = 600
_FINE: Final = 8  # icons are drawn this many times larger, then shrunk


@lru_cache(maxsize=1)
def _font() -> cv2.FontFace:
    return cv2.FontFace("sans")


def text_width(text: str, size_px: int, weight: int = REGULAR) -> int:
    """The width of a line of text, px."""
    box = cv2.getTextSize((4000, 400), text, (0, 200), _font(), size_px, weight)
    return int(box[2])


@lru_cache(maxsize=512)
def fitting(text: str, size_px: int, width: int, weight: int = REGULAR) -> str:
    """The text, shortened with dots where it is too wide; empty where not even one letter fits."""
    if text_width(text, size_px, weight) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        shortened = text[:length].rstrip() + "…"
        if text_width(shortened, size_px, weight) <= width:
            return shortened
    return ""


def write(picture: Image, text: str, x: int, middle: int, size_px: int, colour: Colour, weight: int = REGULAR) -> None:
    """A line of text from `x` on, its capitals centred on the height `middle`; in place."""
    cv2.putText(picture, text, (x, middle + round(size_px * 0.36)), colour, _font(), size_px, weight)


def write_centred(picture: Image, text: str, x: int, middle: int, size_px: int, colour: Colour, weight: int) -> None:
    """The same, centred on `x`."""
    write(picture, text, x - text_width(text, size_px, weight) // 2, middle, size_px, colour, weight)


def text_mask(text: str, size_px: int, weight: int = REGULAR) -> Image:
    """A line of text as coverage (1.5 * size, W) 0-255."""
    high = round(size_px * 1.5)
    canvas = np.zeros((high, text_width(text, size_px, weight) + 2, 3), np.uint8)
    write(canvas, text, 0, high // 2, size_px, (255, 255, 255), weight)
    return canvas[..., 0]


@lru_cache(maxsize=256)
def rounded(width: int, height: int, radius: float) -> FloatArray:
    """How much of each pixel a rounded box covers (H, W, 1) 0-1."""
    return _covered(_depth(width, height, radius))


@lru_cache(maxsize=64)
def rounded_frame(width: int, height: int, radius: float, line_px: float) -> FloatArray:
    """The same of a frame along the box's inner edge."""
    depth = _depth(width, height, radius)
    return np.asarray(_covered(depth) * _covered(line_px - depth), np.float32)


def _depth(width: int, height: int, radius: float) -> FloatArray:
    """(H, W) how far inside a rounded box a pixel's centre is, px; negative outside."""
    radius = max(0.0, min(radius, width / 2, height / 2))
    across = np.abs(np.arange(width) + 0.5 - width / 2) - (width / 2 - radius)
    down = np.abs(np.arange(height) + 0.5 - height / 2) - (height / 2 - radius)
    outside = np.hypot(np.maximum(across, 0)[None, :], np.maximum(down, 0)[:, None])
    inside = np.minimum(np.maximum(across[None, :], down[:, None]), 0)
    return np.asarray(radius - outside - inside, np.float32)


def _covered(depth: FloatArray) -> FloatArray:
    return np.asarray(np.clip(depth + 0.5, 0, 1)[..., None], np.float32)


def blend(picture: Image, x: int, y: int, coverage: FloatArray, colour: Image | Colour) -> None:
    """Draws a colour, or a picture of the coverage's size (H, W, 1) 0-1, at x, y; in place, cut at the edges."""
    height, width = coverage.shape[:2]
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + width, picture.shape[1]), min(y + height, picture.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    rows, columns = slice(y0 - y, y1 - y), slice(x0 - x, x1 - x)
    share = coverage[rows, columns]
    above = np.asarray(colour, np.float32) if isinstance(colour, tuple) else colour[rows, columns]
    below = picture[y0:y1, x0:x1]
    below[:] = np.round(below * (1 - share) + above * share)


def fill_rounded(
    picture: Image, box: tuple[int, int, int, int], radius: float, colour: Colour, share: float = 1.0
) -> None:
    """A rounded box of one colour; in place."""
    x0, y0, x1, y1 = box
    if x1 > x0 and y1 > y0:
        blend(picture, x0, y0, rounded(x1 - x0, y1 - y0, radius) * np.float32(share), colour)


@lru_cache(maxsize=32)
def microphone(side_px: int, colour: Colour, stroke: Colour | None) -> tuple[FloatArray, Image]:
    """A microphone, struck through where it is muted: coverage (S, S, 1) 0-1 and colours (S, S, 3)."""
    side = side_px * _FINE
    picture = np.zeros((side, side, 3), np.uint8)
    mask = np.zeros((side, side), np.uint8)
    line = max(side // 13, 1)
    for canvas, ink in ((picture, colour), (mask, (255, 255, 255))):
        _draw_microphone(canvas, side, line, ink)
    if stroke is not None:
        ends = (side // 7, side // 8), (side - side // 7, side - side // 8)
        cv2.line(mask, *ends, (0, 0, 0), line * 3)
        for canvas, ink in ((picture, stroke), (mask, (255, 255, 255))):
            cv2.line(canvas, *ends, ink, line + line // 2)
    weight = mask[..., None] / np.float32(255)
    small = cv2.resize(mask, (side_px, side_px), interpolation=cv2.INTER_AREA)[..., None] / np.float32(255)
    ink_sum = cv2.resize(picture * weight, (side_px, side_px), interpolation=cv2.INTER_AREA)
    colours = np.asarray(np.clip(ink_sum / np.maximum(small, 1e-3), 0, 255), np.uint8)
    return small, colours


def _draw_microphone(canvas: Image, side: int, line: int, ink: Colour) -> None:
    middle, radius = side // 2, side // 7
    cv2.line(canvas, (middle, side // 4), (middle, side // 2), ink, radius * 2)
    cv2.circle(canvas, (middle, side // 4), radius, ink, -1)
    cv2.circle(canvas, (middle, side // 2), radius, ink, -1)
    cv2.ellipse(canvas, (middle, side // 2), (side // 4, side // 4), 0, 0, 180, ink, line)
    cv2.line(canvas, (middle, side * 3 // 4), (middle, side * 7 // 8), ink, line)
    cv2.line(canvas, (side * 3 // 8, side * 7 // 8), (side * 5 // 8, side * 7 // 8), ink, line)
