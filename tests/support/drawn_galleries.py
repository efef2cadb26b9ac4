"""Galleries of pictures that cameras might send, drawn for tests of what finds their tiles."""

import cv2
import numpy as np
from support.drawn_calls import draw_call

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import FloatArray, Image
from fer_desktop.simulation.layout import THEMES, Box, Layout, Style, View, layout

SIZE = (1280, 720)


def camera_picture(seed: int) -> Image:
    """What a camera might see: shades, furniture, noise; every third one in a dark room."""
    rng = np.random.default_rng(seed)
    corners = rng.uniform(40, 220, (3, 3, 3)).astype(np.float32)
    picture = np.asarray(cv2.resize(corners, (320, 180), interpolation=cv2.INTER_CUBIC))
    for _ in range(6):
        x, y = int(rng.integers(0, 300)), int(rng.integers(0, 160))
        cv2.rectangle(picture, (x, y), (x + 60, y + 50), rng.uniform(30, 230, 3).tolist(), -1)
    picture = picture * (0.15 if seed % 3 == 0 else 1.0) + rng.normal(0, 4, picture.shape)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def gallery(
    style: Style, count: int, view: View = View.GALLERY, window: Box | None = None, moment: int = 0
) -> tuple[Image, Layout]:
    """A call in which every fifth camera is off and the second participant speaks."""
    made = layout(style, view, count, SIZE, window)
    shown = len(made.tiles)
    pictures = [None if k % 5 == 4 else camera_picture(k + 100 * moment) for k in range(shown)]
    return draw_call(made, pictures, [f"Kim {k}" for k in range(shown)], speaking=min(1, shown - 1)), made


def tight(
    style: Style, count: int, down: bool, margin: int, corner: int | None = None, moment: int = 0
) -> tuple[Image, FloatArray]:
    """A region dragged round one row, or one column, of tiles with so many px of the ground around them; its tiles."""
    theme, away = THEMES[style], 40
    step = (0, 144 + theme.gap_px) if down else (256 + theme.gap_px, 0)
    corners = [(away + k * step[0], away + k * step[1]) for k in range(count)]
    tiles = tuple((x, y, x + 256, y + 144) for x, y in corners)
    size = tiles[-1][2] + away, tiles[-1][3] + away
    window = (0, 0, *size)
    radius = theme.corner_px if corner is None else corner
    made = Layout(style, View.GALLERY, size, window, window, tiles, None, None, 1.0, radius)
    pictures = [None if k % 5 == 3 else camera_picture(k + 1 + 3 * moment) for k in range(count)]
    drawn = draw_call(made, pictures, [f"Kim {k}" for k in range(count)], speaking=1)
    image = np.full_like(drawn, theme.ground)
    for x0, y0, x1, y1 in tiles:
        image[y0:y1, x0:x1] = drawn[y0:y1, x0:x1]
    cut = away - margin
    return np.ascontiguousarray(image[cut:-cut, cut:-cut]), np.asarray(boxes(made) - cut, np.float32)


def boxes(made: Layout) -> FloatArray:
    return np.array(made.tiles, np.float32)


def assert_same(found: FloatArray, expected: FloatArray) -> None:
    assert found.dtype == np.float32
    assert len(found) == len(expected)
    assert len(match_greedily(iou_matrix(expected, found), 0.8)) == len(expected)
