"""How a comparison is painted: the lesson as a fill, the other as a line, the usual as a band with its median."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from fer_desktop.core.comparison.series import STEP_S, Gaps, Rows
from fer_desktop.ui.compare.shown import Shown
from fer_desktop.ui.look.theme import SMALL, SPACE, Theme, app_font, px
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.toolkit.marker_labels import placed
from fer_desktop.ui.trend.items import clock_step
from fer_desktop.ui.trend.lesson.columns import Scale

ROW_PX: Final = 18  # of a line of small type
BEYOND_PX: Final = 6
_LINE_PX, _HALO_PX = 2.0, 4.5
_BAND_ALPHA: Final = 64
_LOW_PART: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts stand, in px; `down` is None where the low group is not told."""

    names: QRectF
    up_title: QRectF
    up: QRectF
    down: QRectF | None
    down_title: QRectF | None
    up_beyond: QRectF  # bars over what chance does not explain
    down_beyond: QRectF
    times: QRectF


def places(width: float, height: float, left: float, has_low: bool) -> Places:
    """The parts of a chart of that size, with so much room left of the figures."""
    row, wide = px(ROW_PX), max(1.0, width - left - SPACE)
    bar = px(BEYOND_PX)
    room = max(24.0, height - (4 if has_low else 3) * row - 2 * bar - SPACE)
    up_px = room * (1 - _LOW_PART) if has_low else room
    names = QRectF(left, 0, wide, row)
    up_title = QRectF(left, row, wide, row)
    up_beyond = QRectF(left, 2 * row, wide, bar)
    up = QRectF(left, up_beyond.bottom() + 2, wide, up_px)
    down = QRectF(left, up.bottom(), wide, room - up_px) if has_low else None
    down_beyond = QRectF(left, (down if down is not None else up).bottom() + 2, wide, bar)
    down_title = QRectF(left, down_beyond.bottom(), wide, row) if has_low else None
    times = QRectF(0, height - row, width, row)
    return Places(names, up_title, up, down, down_title, up_beyond, down_beyond, times)


def y_of(band: QRectF, share: float, upwards: bool) -> float:
    """Where a share of the faces stands: upwards all of them, downwards half."""
    return band.bottom() - share * band.height() if upwards else band.top() + 2 * min(share, 0.5) * band.height()


@dataclass(frozen=True, slots=True)
class Unseen:
    """Where nothing may be drawn, in the time of the lesson."""

    lesson: Gaps
    other: Gaps


class Brush:
    """Paints one group in its band: means of 30 s as steps, since how one passes into the next is not known."""

    def __init__(self, painter: QPainter, scale: Scale, theme: Theme, unseen: Unseen) -> None:
        self._painter, self._scale, self._theme, self._unseen = painter, scale, theme, unseen

    def group(self, band: QRectF, shown: Shown, upwards: bool, usual: bool) -> None:
        """The lesson's fill, then what lies over it."""
        theme, painter = self._theme, self._painter
        fill, edge = (theme.smiling, theme.smiling_edge) if upwards else (theme.low, theme.low)
        painter.save()
        painter.setClipPath(self._seen(band, self._unseen.lesson))
        zero = np.zeros(len(shown.lesson))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPath(self._area(band, zero, shown.lesson, upwards))
        painter.strokePath(self._line(band, shown.lesson, upwards), QPen(edge, 1))
        painter.setClipPath(self._seen(band, self._unseen.other))
        if usual:
            painter.fillPath(self._area(band, shown.low, shown.high, upwards), _faint(theme.text))
        line = self._line(band, shown.other, upwards)
        painter.strokePath(line, QPen(theme.card, _HALO_PX))
        dash = Qt.PenStyle.DashLine if usual else Qt.PenStyle.SolidLine
        painter.strokePath(line, QPen(theme.text, _LINE_PX, dash))
        painter.restore()

    def _seen(self, band: QRectF, gaps: Gaps) -> QPainterPath:
        """The band without its gaps, and a little more, which lines take that run along its edge."""
        path, left = QPainterPath(), band.left() - 1
        for start_s, end_s in (*gaps, (math.inf, math.inf)):
            right = min(band.right() + 1, self._scale.x(start_s))
            if right > left:
                path.addRect(QRectF(QPointF(left, band.top() - 2), QPointF(right, band.bottom() + 2)))
            left = max(left, self._scale.x(end_s))
        return path

    def _points(self, band: QRectF, values: Rows, upwards: bool) -> list[QPolygonF]:
        """A polygon for each run of what is known; from the beginning of its first stretch to the end of its last."""
        found = []
        edges = np.flatnonzero(np.diff(np.concatenate([[False], np.isfinite(values), [False]]).astype(np.int8)))
        end_s = self._scale.end_s
        for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            points = [
                QPointF(self._scale.x(min(edge * STEP_S, end_s)), y_of(band, float(values[at]), upwards))
                for at in range(start, stop)
                for edge in (at, at + 1)
            ]
            found.append(QPolygonF(points))
        return found

    def _line(self, band: QRectF, values: Rows, upwards: bool) -> QPainterPath:
        path = QPainterPath()
        for polygon in self._points(band, values, upwards):
            path.addPolygon(polygon)
        return path

    def _area(self, band: QRectF, begin: Rows, end: Rows, upwards: bool) -> QPainterPath:
        path, known = QPainterPath(), np.isfinite(begin) & np.isfinite(end)
        inner, outer = (np.where(known, values, np.nan) for values in (begin, end))
        pairs = zip(self._points(band, inner, upwards), self._points(band, outer, upwards), strict=True)
        for one, other in pairs:
            path.addPolygon(QPolygonF([*one.toList(), *reversed(other.toList())]))
            path.closeSubpath()
        return path


def paint_grid(painter: QPainter, where: Places, theme: Theme, texts: tuple[str, str, str]) -> None:
    """The heights and what they mean: none, half, all."""
    none, half, all_ = texts
    heights = [(where.up, 1.0, True, all_), (where.up, 0.5, True, half), (where.up, 0.0, True, none)]
    if where.down is not None:
        heights.append((where.down, 0.5, False, half))
    painter.setFont(app_font(SMALL))
    last = -1e9
    for band, share, upwards, text in heights:
        y = y_of(band, share, upwards)
        painter.setPen(QPen(theme.strong_line if share == 0 else theme.line, 1))
        painter.drawLine(QPointF(band.left(), y), QPointF(band.right(), y))
        if y - last >= px(ROW_PX) - 3:
            painter.setPen(theme.muted)
            rect = QRectF(0, y - px(ROW_PX) / 2, band.left() - SPACE, px(ROW_PX))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
            last = y


def paint_title(painter: QPainter, rect: QRectF, text: str, upwards: bool, theme: Theme) -> None:
    """The name of a group behind its mark."""
    size = px(8)
    base, tip = (rect.center().y() + size / 2, rect.center().y() - size / 2)
    if not upwards:
        base, tip = tip, base
    x, font = rect.left(), app_font(SMALL, QFont.Weight.DemiBold)
    wide = size + SPACE + QFontMetricsF(font).horizontalAdvance(text)
    painter.fillRect(QRectF(x - 1, rect.top(), wide, rect.height()), theme.ground)  # no line through the words
    painter.setPen(QPen(theme.smiling_edge if upwards else theme.low, 1))
    painter.setBrush(theme.smiling if upwards else theme.low)
    painter.drawPolygon(QPolygonF([QPointF(x, base), QPointF(x + size, base), QPointF(x + size / 2, tip)]))
    painter.setFont(font)
    painter.setPen(theme.text)
    painter.drawText(rect.adjusted(size + SPACE / 2, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)


def paint_times(painter: QPainter, rect: QRectF, scale: Scale, theme: Theme) -> None:
    """The time since the lesson's beginning, in steps of a clock."""
    painter.setFont(app_font(SMALL))
    painter.setPen(theme.muted)
    half = QFontMetricsF(painter.font()).horizontalAdvance(moment_words(scale.end_s)) / 2 + 1
    step_s, at_s = clock_step(scale.end_s - scale.start_s, scale.right - scale.left), 0.0
    while at_s <= scale.end_s:
        x = scale.x(at_s)
        if x + half <= rect.right():
            where = QRectF(x - half, rect.top(), 2 * half, rect.height())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), moment_words(round(at_s)))
        at_s += step_s


def paint_names(painter: QPainter, where: Places, scale: Scale, named: list[tuple[float, str]], theme: Theme) -> None:
    """Moments with a name, a line each through the figures."""
    bottom = where.down.bottom() if where.down is not None else where.up.bottom()
    xs = [scale.x(at_s) for at_s, _ in named]
    painter.setPen(QPen(theme.muted, 1, Qt.PenStyle.DashLine))
    for x in xs:
        painter.drawLine(QPointF(x, where.names.bottom()), QPointF(x, bottom))
    painter.setFont(app_font(SMALL))
    metrics = QFontMetricsF(painter.font())
    more = metrics.horizontalAdvance(" +99")
    widths = [min(metrics.horizontalAdvance(name), px(160)) for _, name in named]
    painter.setPen(theme.text)
    for label in placed(xs, lambda index: widths[index], where.names.left(), where.names.right(), 1, more):
        count = f" +{label.count - 1}" if label.count > 1 else ""
        room = label.width - metrics.horizontalAdvance(count) + 1
        text = metrics.elidedText(named[label.first][1], Qt.TextElideMode.ElideRight, room) + count
        side = Qt.AlignmentFlag.AlignRight if label.on_left else Qt.AlignmentFlag.AlignLeft
        rect = QRectF(label.x, where.names.top(), label.width + 1, where.names.height())
        painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), text)


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(_BAND_ALPHA)
    return faint
