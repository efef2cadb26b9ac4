"""What pyqtgraph lacks for the trend: a stack of areas, marked moments, a time axis, a view that pans along time."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from fer_desktop.core.expressions import N_EXPRESSIONS, STACK_ORDER, SURPRISE
from fer_desktop.ui.look.theme import SMALL, SPACE, app_font, current_theme, px
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.toolkit.marker_labels import apart, lines_fit, placed
from fer_desktop.ui.trend.history import Points, runs_of_figures

LABEL_PX: Final = 26  # above the figures, for the markers' names
_STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_LABEL_ROOM_PX: Final = 76
_NAME_PX: Final = 160  # of the longest name


def clock_step(span_s: float, size_px: float) -> float:
    """Seconds between two labels of a time axis: the smallest step of a clock whose labels have room."""
    most = max(1.0, size_px / px(_LABEL_ROOM_PX))
    return float(next((step for step in _STEPS_S if span_s / step <= most), _STEPS_S[-1]))


class TimeAxis(pg.AxisItem):
    """Elapsed time in steps of a clock."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N802, N803 (pyqtgraph)
        """The smallest step of a clock whose labels have room."""
        return [(clock_step(maxVal - minVal, size), 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002 (pyqtgraph)
        """ "m:ss", or "h:mm:ss" from an hour on."""
        return ["" if value < 0 else moment_words(round(value * scale)) for value in values]


class ShareAxis(pg.AxisItem):
    """Quarters of the class in per cent, up to `top`: above it stand names, through which no line may go."""

    top = 1.0

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802, N803 (pyqtgraph)
        """Those up to the top alone."""
        ticks = super().tickValues(minVal, maxVal, size)
        return [(step, [value for value in values if value <= self.top + 1e-6]) for step, values in ticks]

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N802, N803 (pyqtgraph)
        """Quarters, or halves where there is little room."""
        return [(0.25 if size * 0.25 / max(0.01, maxVal - minVal) >= px(24) else 0.5, 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002 (pyqtgraph)
        """ "50 %"; nothing above 100."""
        return [f"{100 * value * scale:.0f} %" if value <= 1.001 else "" for value in values]


class TimeViewBox(pg.ViewBox):
    """Is dragged along time; the wheel is left to what lies around it."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(x=True, y=False)
        self.setLimits(xMin=0)

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:  # noqa: ARG002 (pyqtgraph calls it so)
        """Leaves the range as it is."""
        ev.ignore()


class _Layer(pg.GraphicsObject):
    """As large as the view it lies in."""

    def boundingRect(self) -> QRectF:
        """The view, in its own units."""
        view = self.getViewBox()
        return QRectF(view.viewRect()) if view is not None else QRectF()

    def viewRangeChanged(self) -> None:
        """Grows with the view."""
        self.prepareGeometryChange()


class StackItem(_Layer):
    """The class as areas on top of each other, in STACK_ORDER from below."""

    def __init__(self) -> None:
        super().__init__()
        self._areas: dict[int, QPainterPath] = {}
        self._border: list[QPainterPath] = []
        self.shown = [True] * N_EXPRESSIONS

    def set_points(self, points: Points) -> None:
        """Takes what is to be drawn."""
        # Of what is not to be drawn nothing: where only smiling is told, the rest stays empty.
        heights = np.cumsum(np.nan_to_num(points.shares[:, STACK_ORDER].astype(np.float64)), axis=1)
        runs = runs_of_figures(points)
        # Each area reaches down to zero and the next one covers its lower part: no seams between smooth edges.
        self._areas = {
            expression: _areas(points, heights[:, place], runs) for place, expression in enumerate(STACK_ORDER)
        }
        border = heights[:, STACK_ORDER.index(SURPRISE)]
        self._border = [pg.arrayToQPath(points.elapsed_s[run], border[run]) for run in runs if run.stop - run.start > 1]
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paints from the top of the stack down."""
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for expression in reversed(STACK_ORDER):
            if expression in self._areas:
                painter.setBrush(theme.expressions[expression] if self.shown[expression] else theme.track)
                painter.drawPath(self._areas[expression])
        # The border of pleasant and unpleasant.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_cosmetic(theme.card, 2))
        for path in self._border:
            painter.drawPath(path)


def _areas(points: Points, heights: "np.typing.NDArray[np.float64]", runs: list[slice]) -> QPainterPath:
    path = QPainterPath()
    for run in runs:
        times = points.elapsed_s[run]
        if len(times) == 1:  # a moment between two gaps is a second wide
            times, values = times[0] + np.array([-0.5, 0.5]), np.repeat(heights[run], 2)
        else:
            values = heights[run]
        closed_x = np.concatenate([times[:1], times, times[-1:]])
        closed_y = np.concatenate([[0.0], values, [0.0]])
        path.addPath(pg.arrayToQPath(closed_x, closed_y))
    return path


class MarkerLayer(_Layer):
    """The moments that the teacher named: a line each, with its name where there is room."""

    def __init__(self, markers: list[tuple[float, str]], named: bool = True) -> None:
        super().__init__()
        self.markers = markers
        self.named = named
        self.setZValue(10)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paints in pixels, so that lines and names stay sharp."""
        theme, world = current_theme(), painter.worldTransform()
        view = world.mapRect(self.boundingRect())
        painter.save()
        painter.resetTransform()
        painter.setFont(app_font(SMALL))
        places = sorted(world.map(QPointF(elapsed_s, 0.0)).x() for elapsed_s, _ in self.markers)
        names = [name for _, name in sorted(self.markers)]
        if lines_fit(places, view.left(), view.right()):
            painter.setPen(QPen(theme.text, 1, Qt.PenStyle.DashLine))
            for x in places:
                painter.drawLine(QPointF(x, view.top() + px(LABEL_PX)), QPointF(x, view.bottom()))
        if self.named:
            self._paint_names(painter, places, names, view)
        painter.restore()

    def _paint_names(self, painter: QPainter, places: list[float], names: list[str], view: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().text)
        for index in apart(places, SPACE):
            tip = QPointF(places[index], view.top() + px(LABEL_PX))
            painter.drawPolygon([tip, tip + QPointF(-4, -7), tip + QPointF(4, -7)])
        metrics = QFontMetricsF(painter.font())
        painter.setPen(current_theme().text)
        more = metrics.horizontalAdvance(" +99")

        def width_of(index: int) -> float:
            return min(metrics.horizontalAdvance(names[index]), px(_NAME_PX)) + 1.0

        for label in placed(places, width_of, view.left(), view.right(), 1, more):
            count = f" +{label.count - 1}" if label.count > 1 else ""
            room = label.width - metrics.horizontalAdvance(count) + 1.0
            text = metrics.elidedText(names[label.first], Qt.TextElideMode.ElideRight, room) + count
            side = Qt.AlignmentFlag.AlignRight if label.on_left else Qt.AlignmentFlag.AlignLeft
            where = QRectF(label.x, view.top(), label.width + 1, px(LABEL_PX) - 8)
            painter.drawText(where, int(side | Qt.AlignmentFlag.AlignVCenter), text)


def _cosmetic(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen
