"""The slides that are shared in a simulated call: text, a chart, or a picture without people."""

from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.render.backgrounds import Background, make_background
from fer_desktop.simulation.render.drawing import BOLD, REGULAR, Colour, write

_TITLES: Final = (
    "Reading a graph", "What we know so far", "Plants and light", "Rivers and where they run", "Averages and spread",
    "The water cycle", "A letter in three parts",
)  # fmt: skip
_LINES: Final = (
    "Compare both columns before you answer", "Write down one question of your own",
    "The slope says how fast it changes", "Half of the group starts with part two",
    "Sources are listed on the last page", "Discuss with the person next to you",
    "Which value does not fit, and why?", "Homework: exercises 4 to 7", "Look at the axis first",
)  # fmt: skip
_ACCENTS: Final[tuple[Colour, ...]] = ((180, 90, 30), (60, 120, 40), (50, 60, 190), (120, 60, 130))


def make_slide(seed: int, number: int, width: int, height: int) -> Image:
    """Slide `number` (H, W, 3) BGR; the same for the same seed and number, whatever its size."""
    rng = np.random.default_rng([seed, 61, number])
    accent = _ACCENTS[int(rng.integers(len(_ACCENTS)))]
    slide = np.empty((height, width, 3), np.uint8)
    slide[:] = (255, 255, 255) if rng.random() < 0.7 else (44, 38, 36)
    ink: Colour = (60, 52, 48) if slide[0, 0, 0] > 128 else (232, 232, 232)
    unit = height / 100
    cv2.rectangle(slide, (0, 0), (width, round(2.4 * unit)), accent, -1)
    title = _TITLES[int(rng.integers(len(_TITLES)))]
    write(slide, title, round(8 * unit), round(15 * unit), max(6, round(7.5 * unit)), ink, BOLD)
    kind = number % 3
    lines = rng.permutation(len(_LINES))[: 6 if kind == 2 else 4]
    for place, line in enumerate(lines):
        y = round((32 + 11 * place) * unit)
        cv2.circle(slide, (round(10 * unit), y), max(1, round(0.8 * unit)), accent, -1, cv2.LINE_AA)
        write(slide, _LINES[int(line)], round(14 * unit), y, max(5, round(4.0 * unit)), ink, REGULAR)
    box = round(width * 0.6), round(28 * unit), round(width * 0.95), round(86 * unit)
    if kind == 0:
        _chart(slide, box, rng, accent, ink)
    elif kind == 1:
        _photo(slide, box, rng)
    return slide


def _chart(slide: Image, box: tuple[int, int, int, int], rng: np.random.Generator, accent: Colour, ink: Colour) -> None:
    x0, y0, x1, y1 = box
    values = rng.uniform(0.2, 1.0, 7)
    step = (x1 - x0) / len(values)
    if rng.random() < 0.5:
        for place, value in enumerate(values):
            left = round(x0 + (place + 0.2) * step)
            corner = (left, round(y1 - value * (y1 - y0))), (round(left + 0.6 * step), y1)
            cv2.rectangle(slide, *corner, accent if place % 2 else (170, 170, 170), -1)
    else:
        points = [(round(x0 + (k + 0.5) * step), round(y1 - v * (y1 - y0))) for k, v in enumerate(values)]
        cv2.polylines(slide, [np.array(points, np.int32)], False, accent, max(1, (y1 - y0) // 90), cv2.LINE_AA)
        for point in points:
            cv2.circle(slide, point, max(2, (y1 - y0) // 50), accent, -1, cv2.LINE_AA)
    cv2.line(slide, (x0, y0), (x0, y1), ink, 1)
    cv2.line(slide, (x0, y1), (x1, y1), ink, 1)


def _photo(slide: Image, box: tuple[int, int, int, int], rng: np.random.Generator) -> None:
    x0, y0, x1, y1 = box
    kind = Background.VIRTUAL if rng.random() < 0.6 else Background.ROOM
    grain = rng.normal(0, 4, (y1 - y0, x1 - x0, 1))
    whole = make_background(rng, kind)
    high, wide = whole.shape[:2]
    seen = round(min(wide, high * (x1 - x0) / (y1 - y0)))
    left = (wide - seen) // 2
    picture = cv2.resize(whole[:, left : left + seen], (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    slide[y0:y1, x0:x1] = np.clip(picture + grain, 0, 255)
