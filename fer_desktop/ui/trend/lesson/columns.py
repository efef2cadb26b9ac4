"""The lesson so far by columns of pixels: the heights of what is drawn, and pictures of them.

A picture is made of arrays, a column a pixel, since filling paths of a thousand points takes Qt several times as long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from fer_desktop.core.glance.shown import LEAST_READ
from fer_desktop.ui.trend.lesson.data import TOLD_FROM, Column, LessonPoints
from fer_desktop.ui.trend.lesson.lanes import COUNTED, Lane

Row = npt.NDArray[np.float64]
_STEPS: Final = 8  # of the faint pixel at an edge
_DASH_PX, _DASH_GAP_PX = 5, 3


@dataclass(frozen=True, slots=True)
class Scale:
    """Time to px."""

    start_s: float
    end_s: float
    left: float
    right: float

    @property
    def px_per_s(self) -> float:
        """How wide a second is."""
        return (self.right - self.left) / max(1e-6, self.end_s - self.start_s)

    def x(self, elapsed_s: float) -> float:
        """Where a time stands."""
        return self.left + (elapsed_s - self.start_s) * self.px_per_s

    def time(self, x: float) -> float:
        """The time at a place."""
        return self.start_s + (x - self.left) / self.px_per_s


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Shares by column of pixels, (N,) each, 0-1; NaN where nothing is known."""

    smiling: Row
    low: Row  # 0 where it is less than is told, NaN where nothing of it may be told
    usual_smiling: Row
    usual_low: Row
    sill: Row  # the low group is told beyond it
    lanes: dict[Lane, Row]


def columns_of(points: LessonPoints, scale: Scale, count: int, lanes: Sequence[Lane]) -> Columns | None:
    """`count` columns over the whole scale; None where there is nothing to draw."""
    if not len(points.elapsed_s):
        return None
    times = scale.start_s + (np.arange(count) + 0.5) * (scale.end_s - scale.start_s) / count
    order, at_s, gaps = _with_gaps(points)

    def over_columns(values: Row) -> Row:
        known = values[order]
        known[gaps] = np.nan
        return np.interp(times, at_s, known, left=np.nan, right=np.nan)

    low = over_columns(points.share(Column.LOW))
    faces = over_columns(points.values[:, Column.FACES])
    usual_low = over_columns(points.values[:, Column.USUAL_LOW])
    with np.errstate(divide="ignore", invalid="ignore"):
        sill = TOLD_FROM / faces
        told = np.isfinite(usual_low) & (faces >= LEAST_READ - 0.5)
    return Columns(
        over_columns(points.share(Column.SMILING)),
        np.where(told, np.where(low >= sill, low, 0.0), np.nan),
        over_columns(points.values[:, Column.USUAL_SMILING]),
        usual_low,
        sill,
        {lane: over_columns(points.share(*COUNTED[lane])) for lane in lanes},
    )


def _with_gaps(points: LessonPoints) -> tuple[npt.NDArray[np.int64], Row, npt.NDArray[np.bool_]]:
    """The points once more, with one of no value in each gap; a point alone between two gaps is a second wide."""
    times = points.elapsed_s
    repeats = np.ones(len(times), dtype=np.int64)
    starts = np.array([run.start for run in points.runs], dtype=np.int64)
    stops = np.array([run.stop for run in points.runs], dtype=np.int64)
    repeats[starts[stops - starts == 1]] += 1
    repeats[stops[:-1] - 1] += 1
    order = np.repeat(np.arange(len(times)), repeats)
    again = np.concatenate([[False], order[1:] == order[:-1]])
    ends = np.zeros(len(times), dtype=bool)
    ends[stops[:-1] - 1] = True
    last = np.concatenate([order[1:] != order[:-1], [True]])
    gaps = again & last & ends[order]
    at_s = times[order] + np.where(again, 0.5, 0.0) + np.where(gaps, 1e-3, 0.0)
    return order, at_s, gaps


def filled(levels: Sequence[Row], colours: Sequence[QColor], height: int, upwards: bool) -> QImage:
    """A picture of areas over each other; the first of `levels` (px from the base) reaches farthest.

    Each colour lies between its level and the next one; the outermost ends in a pixel as faint as it is part of one.
    """
    whole = [np.minimum(np.fmax(level, 0.0), height) for level in levels]  # nothing where nothing is known
    rows = np.arange(height, dtype=np.int16)[:, None]
    index = np.zeros((height, len(whole[0])), dtype=np.uint8)
    for level in whole:
        index += rows < level.astype(np.int16)
    ends = whole[0].astype(np.int64)
    steps = ((whole[0] - ends) * _STEPS).astype(np.int64)
    faint = np.flatnonzero((steps > 0) & (ends < height))
    index[ends[faint], faint] = len(colours) + steps[faint]
    return picture_of_colours(index[::-1] if upwards else index, colours)


def dashed(level: Row, colour: QColor, height: int, upwards: bool, ratio: float) -> QImage:
    """A picture of a dashed line at `level` (px from the base), without its steep parts."""
    thick = max(1, round(1.2 * ratio))
    columns = np.arange(len(level))
    on = (columns / ratio) % (_DASH_PX + _DASH_GAP_PX) < _DASH_PX
    shown = np.flatnonzero(on & np.isfinite(level))
    index = np.zeros((height, len(level)), dtype=np.uint8)
    lowest = np.clip(np.round(level[shown]).astype(np.int64) - thick // 2, 0, max(0, height - thick))
    for row in range(thick):
        index[np.minimum(lowest + row, height - 1), shown] = 1
    return picture_of_colours(index[::-1] if upwards else index, [colour])


def ticks(places: Sequence[float], colour: QColor, width: float, height: float, ratio: float) -> QImage:
    """A picture of triangles that point down at places (px)."""
    index = np.zeros((max(1, round(height * ratio)), max(1, round(width * ratio))), dtype=np.uint8)
    centres, half = (np.asarray(places) * ratio).astype(np.int64), round(height * ratio / 2)
    for beside in range(-half, half + 1):
        columns = centres + beside
        inside = columns[(columns >= 0) & (columns < index.shape[1])]
        index[: max(1, round(index.shape[0] * (1 - abs(beside) / (half + 1)))), inside] = 1
    return picture_of_colours(index, [colour])


def edge_of(level: Row, thick: float) -> Row:
    """The inner side of an edge of that thickness, which stays whole where the level falls steeply."""
    beside = np.minimum(np.concatenate([level[:1], level[:-1]]), np.concatenate([level[1:], level[-1:]]))
    between = np.where(np.isfinite(beside), (level + beside) / 2, level)
    return np.maximum(0.0, np.minimum(level - thick, between))


def picture_of_colours(index: npt.NDArray[np.uint8], colours: Sequence[QColor]) -> QImage:
    """A picture of (height, width) indices: 0 nothing, from 1 on the colours, then the first of them by faintness."""
    palette = _palette(tuple(colour.rgba() for colour in colours))
    pixels = np.take(palette, index)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # holds its pixels itself


@cache
def _palette(words: tuple[int, ...]) -> npt.NDArray[np.uint32]:
    """Nothing, the colours, and the first of them as faint as each of the steps."""
    colours = [QColor.fromRgba(word) for word in words]
    faint = [colours[0].alphaF() * step / _STEPS for step in range(1, _STEPS)]
    all_of_them = [(colour, colour.alphaF()) for colour in colours] + [(colours[0], alpha) for alpha in faint]
    return np.array([0] + [_premultiplied(colour, alpha) for colour, alpha in all_of_them], dtype=np.uint32)


def _premultiplied(colour: QColor, alpha: float) -> int:
    red, green, blue = (round(255 * part * alpha) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return (round(255 * alpha) << 24) | (red << 16) | (green << 8) | blue
