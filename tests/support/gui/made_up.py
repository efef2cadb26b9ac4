"""Readings and summaries for the widgets' tests: figures of a class that does not exist."""

import math

import numpy as np
from support.scripted_lessons import wilson_interval

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.types import (
    Analysis,
    Face,
    FloatArray,
    Frame,
    Image,
    Quality,
    Reading,
    Reason,
    State,
    Summary,
    Tile,
    no_figures,
)
from fer_desktop.pipeline.events import Marker

_REASONS = tuple(reason for reason in Reason if reason is not Reason.NONE)
Box = tuple[float, float, float, float]


def shares(**parts: float) -> FloatArray:
    """(7,) shares; what is not named divides the rest."""
    rest = (1.0 - sum(parts.values())) / max(1, N_EXPRESSIONS - len(parts))
    return np.array([parts.get(name, rest) for name in EXPRESSIONS], dtype=np.float32)


def summary(elapsed_s: float, mean: FloatArray | None = None, readable: int = 31, cameras_on: int = 42) -> Summary:
    """A tick; without `mean` nothing was readable."""
    if mean is None:
        none = no_figures()
        counts = np.zeros(N_EXPRESSIONS, dtype=np.int64)
        return Summary(elapsed_s, State.LIVE, cameras_on, cameras_on, 0, 0, none, none, none, counts)
    low, high = wilson_interval(mean, readable)
    counts = np.round(mean * readable).astype(np.int64)
    faces = max(readable, cameras_on - 1)
    unread = ((Reason.TOO_SMALL, faces - readable),) if faces > readable else ()
    return Summary(elapsed_s, State.LIVE, cameras_on, cameras_on, faces, readable, mean, low, high, counts, unread)


def lesson(seconds: int) -> list[Summary]:
    """A class that turns happy, cannot be read for a while, and has sad faces afterwards."""
    ticks = []
    for second in range(1, seconds + 1):
        part = second / seconds
        happy = 0.12 + 0.5 * math.exp(-(((part - 0.3) / 0.12) ** 2)) + 0.03 * math.sin(second / 5)
        sad = 0.05 + 0.4 * math.exp(-(((part - 0.75) / 0.1) ** 2))
        mean = shares(happy=happy, sad=sad, neutral=0.75 * (1 - happy - sad))
        unread = 0.46 < part < 0.54
        ticks.append(summary(float(second), None if unread else mean))
    return ticks


def lesson_markers(seconds: int) -> list[Marker]:
    """The two moments that were named in it."""
    return [Marker(1, round(0.2 * seconds), "slide 7"), Marker(2, round(0.7 * seconds), "group work")]


def reading(
    box: Box,
    expression: int = NEUTRAL,
    share: float = 0.82,
    readable: bool = True,
    seat: int = 0,
    reason: Reason = Reason.TOO_SMALL,
) -> Reading:
    """What a face there shows; `reason` where it is not readable."""
    probabilities = np.full(N_EXPRESSIONS, (1 - share) / (N_EXPRESSIONS - 1), dtype=np.float32)
    probabilities[expression] = share
    face = Face(np.array(box, dtype=np.float32), 0.9, np.zeros((5, 2), dtype=np.float32))
    quality = Quality(readable, Reason.NONE if readable else reason, box[3] - box[1])
    return Reading(seat, face, quality, probabilities if readable else no_figures())


def gallery(columns: int, rows: int, readable: bool = True, tiled: bool = False) -> Analysis:
    """A drawn 1280x720 gallery: a disc for each face, every sixth of them not readable, each for another reason.

    With `tiled` its tiles are known, every seventh with its camera off.
    """
    image = np.full((720, 1280, 3), 32, dtype=np.uint8)
    width, height = 1280 // columns, 720 // rows
    grid_y, grid_x = np.mgrid[0:720, 0:1280]
    readings: list[Reading] = []
    tiles: list[Tile] = []
    for number in range(columns * rows):
        row, column = divmod(number, columns)
        x, y = column * width, row * height
        image[y + 2 : y + height - 2, x + 2 : x + width - 2] = (60 + 12 * (number % 7), 78, 90 + 9 * (number % 5))
        centre_x, centre_y, radius = x + width / 2, y + height * 0.56, height * 0.26
        image[((grid_x - centre_x) / 0.8) ** 2 + (grid_y - centre_y) ** 2 < radius**2] = (150, 180, 215)
        outline = np.array([x + 2, y + 2, x + width - 2, y + height - 2], np.float32)
        tiles.append(Tile(outline, number, camera_on=number % 7 != 6))
        if tiled and not tiles[-1].camera_on:
            continue
        box = (centre_x - 0.8 * radius, centre_y - radius, centre_x + 0.8 * radius, centre_y + radius)
        share, seen = 0.4 + 0.1 * (number % 6), readable and number % 6 != 5
        reason = _REASONS[number // 6 % len(_REASONS)]
        readings.append(reading(box, number % N_EXPRESSIONS, share, seen, number, reason))
    return Analysis(Frame(0, 0.0, image), tuple(readings), 0.1, tiles=tuple(tiles) if tiled else ())


def empty_picture(height: int = 720, width: int = 1280) -> Analysis:
    """A frame in which nothing was found."""
    image: Image = np.full((height, width, 3), (90, 110, 120), dtype=np.uint8)
    return Analysis(Frame(0, 0.0, image), (), 0.1)
