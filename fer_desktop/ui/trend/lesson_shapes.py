"""The lesson so far as paths in px: what is drawn of its points between the gaps."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from fer_desktop.ui.trend.lanes import COUNTED, Bands, Lane
from fer_desktop.ui.trend.lesson_data import Column, LessonPoints

Places = npt.NDArray[np.float64]
_EDGE_PX: Final = 1.5


@dataclass(frozen=True, slots=True)
class Area:
    """One half of the chart."""

    edge: QPainterPath = field(default_factory=QPainterPath)  # the whole, in the colour of its edge
    full: QPainterPath = field(default_factory=QPainterPath)  # the whole within that edge
    pale: QPainterPath = field(default_factory=QPainterPath)  # as far as it is usual, over the full colour
    usual: QPainterPath = field(default_factory=QPainterPath)  # a line


@dataclass(frozen=True, slots=True)
class Shapes:
    """All that depends on the points; `sill` covers the low group as far as it is not told."""

    up: Area = field(default_factory=Area)
    down: Area = field(default_factory=Area)
    sill: QPainterPath = field(default_factory=QPainterPath)
    lanes: dict[Lane, QPainterPath] = field(default_factory=dict)


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


def shapes_of(points: LessonPoints, bands: Bands, scale: Scale, told_from: float) -> Shapes:
    """The shapes of points; the low group is drawn beyond a sill of `told_from` faces."""
    xs = scale.left + (points.elapsed_s - scale.start_s) * scale.px_per_s
    shapes = Shapes(lanes={lane: QPainterPath() for lane, _ in bands.lanes})
    smiling, low = points.share(Column.SMILING), points.share(Column.LOW)
    faces = points.values[:, Column.FACES]
    usual_up, usual_down = points.values[:, Column.USUAL_SMILING], points.values[:, Column.USUAL_LOW]
    for run in points.runs:
        places = _with_width(xs[run], scale.px_per_s)
        known = np.isfinite(smiling[run])
        if known.all():
            up = bands.up
            _add(shapes.up, places, smiling[run], usual_up[run], (up.bottom(), -up.height(), up.top()))
            if bands.down is not None:
                _add_down(shapes, places, (low[run], usual_down[run], told_from / faces[run]), bands.down)
        for lane, rect in bands.lanes:
            _add_lane(shapes.lanes[lane], places, points, run, lane, rect)
    return shapes


def _with_width(places: Places, px_per_s: float) -> Places:
    """A moment between two gaps is a second wide."""
    return places[0] + np.array([-0.5, 0.5]) * px_per_s if len(places) == 1 else places


def _add(area: Area, places: Places, shares: Places, usual: Places, axis: tuple[float, float, float]) -> None:
    """`axis`: y of none, px of all (negative: upwards), y of the far edge."""
    zero, whole, far = axis
    nearest, farthest = min(zero, far), max(zero, far)
    outer = np.clip(zero + whole * shares, nearest, farthest)
    inwards = -np.sign(whole) * _EDGE_PX
    inner = np.clip(outer + inwards, min(zero, outer.min()), max(zero, outer.max()))
    within = np.where(np.isfinite(usual), np.clip(zero + whole * usual, nearest, farthest), inner)
    pale = np.minimum(inner, within) if whole > 0 else np.maximum(inner, within)
    area.edge.addPath(_filled(places, outer, zero))
    area.full.addPath(_filled(places, inner, zero))
    area.pale.addPath(_filled(places, pale, zero))
    _add_line(area.usual, places, np.where(np.isfinite(usual), within, np.nan))


def _add_down(shapes: Shapes, places: Places, figures: tuple[Places, Places, Places], down: QRectF) -> None:
    low, usual, sill = figures
    axis = (down.top(), 2 * down.height(), down.bottom())
    _add(shapes.down, places, np.where(low >= sill, low, 0.0), np.where(usual < sill, sill, usual), axis)
    if sill.any():
        depth = np.clip(axis[0] + axis[1] * sill, axis[0], axis[2])
        shapes.sill.addPath(_filled(places, depth, axis[0]))


def _add_lane(path: QPainterPath, places: Places, points: LessonPoints, run: slice, lane: Lane, rect: QRectF) -> None:
    shares = points.share(*COUNTED[lane])[run]
    if np.isfinite(shares).all() and len(shares):
        tops = rect.bottom() - np.clip(shares, 0.0, 1.0) * rect.height()
        path.addPath(_filled(places, tops, rect.bottom()))


def _filled(places: Places, edge: Places, base: float) -> QPainterPath:
    values = np.repeat(edge, 2) if len(edge) == 1 else edge
    xs = np.concatenate([places[:1], places, places[-1:]])
    ys = np.concatenate([[base], values, [base]])
    path: QPainterPath = pg.arrayToQPath(xs, ys)
    return path


def _add_line(path: QPainterPath, places: Places, values: Places) -> None:
    """A line that holds still most of the time: where it does, its ends alone."""
    values = np.repeat(values, 2) if len(values) == 1 else values
    same = np.concatenate([[False], values[1:] == values[:-1]])
    inner = same & np.concatenate([same[1:], [False]])
    kept = ~inner & np.isfinite(values)
    if kept.any():
        path.addPath(pg.arrayToQPath(places[kept], values[kept]))
