"""The lesson so far, painted in px: fills, lines of what is usual, lanes, gaps, named moments, words, the cursor."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from fer_desktop.ui.look.theme import SMALL, SPACE, Theme, app_font, current_theme
from fer_desktop.ui.trend.lanes import ROW_PX, TICK_PX, Bands, Lane
from fer_desktop.ui.trend.lesson_labels import Mark, Word
from fer_desktop.ui.trend.lesson_shapes import Area, Scale, Shapes
from fer_desktop.ui.trend.marker_labels import lines_fit, placed

_NAME_PX: Final = 160  # of the longest name
_WORD_PAD: Final = 4.0
_TICKS_APART: Final = 10.0


@dataclass(frozen=True, slots=True)
class NamedMoment:
    """A marker or an alert."""

    elapsed_s: float
    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap, and its reason in a word or two."""

    rects: tuple[QRectF, ...]  # the uppermost first
    word: str


@dataclass(frozen=True, slots=True)
class LessonPicture:
    """All that is painted."""

    bands: Bands
    scale: Scale
    shapes: Shapes
    blanks: tuple[Blank, ...]
    moments: tuple[NamedMoment, ...]  # in the order of their time
    words: tuple[Word, ...]
    now_x: float


class _Whole(pg.GraphicsObject):
    """As large as the plot, in px, and not in the way of the mouse."""

    def __init__(self, z: float) -> None:
        super().__init__()
        self._rect = QRectF()
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """The plot."""
        return self._rect

    def cover(self, rect: QRectF) -> None:
        """Takes another size."""
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect


class LessonItem(_Whole):
    """Paints a picture of the lesson."""

    def __init__(self) -> None:
        super().__init__(5)
        self.picture: LessonPicture | None = None

    def show_picture(self, picture: LessonPicture) -> None:
        """Takes what is to be painted."""
        self.picture = picture
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        """From the grid upwards; words last."""
        picture = self.picture
        if picture is None:
            return
        theme, bands = current_theme(), picture.bands
        painter.setFont(app_font(SMALL))
        _paint_grid(painter, bands, theme)
        _paint_areas(painter, picture, theme)
        _paint_lanes(painter, picture, theme)
        for blank in picture.blanks:
            _paint_blank(painter, blank, bands, theme)
        _paint_baseline(painter, bands, theme)
        painter.setPen(QPen(theme.strong_line, 1))
        for stripe in bands.stripes(lanes=False):
            painter.drawLine(QLineF(picture.now_x, stripe.top(), picture.now_x, stripe.bottom()))
        _paint_moments(painter, picture, theme)
        _paint_words(painter, picture.words, theme)


def _paint_grid(painter: QPainter, bands: Bands, theme: Theme) -> None:
    painter.setPen(QPen(theme.line, 1))
    heights = [bands.y_up(1.0), bands.y_up(0.5)]
    if bands.down is not None:
        heights.append(bands.y_down(0.5))
    for y in heights:
        painter.drawLine(QLineF(bands.up.left(), round(y) + 0.5, bands.up.right(), round(y) + 0.5))


def _paint_baseline(painter: QPainter, bands: Bands, theme: Theme) -> None:
    painter.setPen(QPen(theme.strong_line, 1))
    zeros = {round(bands.up.bottom())} | ({round(bands.down.top())} if bands.down is not None else set())
    for y in zeros:
        painter.drawLine(QLineF(bands.up.left(), y + 0.5, bands.up.right(), y + 0.5))


def _paint_areas(painter: QPainter, picture: LessonPicture, theme: Theme) -> None:
    bands, shapes = picture.bands, picture.shapes
    painter.save()
    painter.setClipRect(bands.figures)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_area(painter, shapes.up, theme.smiling_edge, theme.smiling, theme.smiling_pale)
    if bands.down is not None:
        _paint_area(painter, shapes.down, theme.low, theme.low, theme.low_pale)
        painter.fillPath(shapes.sill, theme.track)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.text, 1.2, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([5, 3])
    painter.setPen(pen)
    painter.drawPath(shapes.up.usual)
    if bands.down is not None:
        painter.drawPath(shapes.down.usual)
    painter.restore()


def _paint_area(painter: QPainter, area: Area, edge: QColor, full: QColor, pale: QColor) -> None:
    painter.fillPath(area.edge, edge)
    if edge != full:
        painter.fillPath(area.full, full)
    painter.fillPath(area.pale, pale)


def _paint_lanes(painter: QPainter, picture: LessonPicture, theme: Theme) -> None:
    left, right = picture.bands.up.left(), picture.bands.up.right()
    for lane, rect in picture.bands.lanes:
        path = picture.shapes.lanes.get(lane)
        painter.fillRect(QRectF(left, rect.bottom(), right - left, 1), theme.line)
        if path is None:
            continue
        painter.save()
        painter.setClipRect(QRectF(left, rect.top() - 1, right - left, rect.height() + 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if lane is Lane.SURPRISED and theme.is_dark:  # hollow, so that it is not taken for the low group's blue
            painter.setPen(QPen(theme.surprised_edge, 1))
            painter.drawPath(path)
        else:
            painter.fillPath(path, theme.surprised if lane is Lane.SURPRISED else theme.neutral)
            painter.setPen(QPen(theme.surprised_edge if lane is Lane.SURPRISED else theme.neutral_edge, 1))
            painter.drawPath(path)
        painter.restore()


def _paint_blank(painter: QPainter, blank: Blank, bands: Bands, theme: Theme) -> None:
    for rect in blank.rects:
        painter.fillRect(rect, theme.card)
        painter.fillRect(rect, QBrush(theme.neutral_edge, Qt.BrushStyle.BDiagPattern))
    rect = blank.rects[0]
    width = QFontMetricsF(painter.font()).horizontalAdvance(blank.word) + 2 * _WORD_PAD
    if rect.width() < width or not blank.word:
        return
    painter.setPen(theme.muted)
    between = (bands.y_up(1.0) + bands.y_up(0.5)) / 2
    where = QRectF(rect.center().x() - width / 2, between - SPACE, width, 2 * SPACE)
    painter.fillRect(where, theme.card)
    painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), blank.word)


def _paint_moments(painter: QPainter, picture: LessonPicture, theme: Theme) -> None:
    bands, names = picture.bands, picture.bands.names
    moments = [m for m in picture.moments if picture.scale.start_s <= m.elapsed_s <= picture.scale.end_s]
    places = [round(picture.scale.x(moment.elapsed_s)) + 0.5 for moment in moments]
    if lines_fit(places, names.left(), names.right()):
        for place, moment in zip(places, moments, strict=True):
            style = Qt.PenStyle.SolidLine if moment.alert else Qt.PenStyle.DashLine
            painter.setPen(QPen(theme.strong_line, 1, style))
            for stripe in bands.stripes(lanes=False):
                painter.drawLine(QLineF(place, stripe.top(), place, stripe.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.muted)
    last = -1e9
    for place, moment in zip(places, moments, strict=True):
        if place - last < _TICKS_APART:
            continue
        last = place
        painter.drawPolygon(_flag(place, names.bottom()) if moment.alert else _tip(place, names.bottom()))
    _paint_names(painter, places, moments, bands, theme)


def _paint_names(
    painter: QPainter, places: list[float], moments: list[NamedMoment], bands: Bands, theme: Theme
) -> None:
    names, metrics = bands.names, QFontMetricsF(painter.font())
    rows = int((names.height() - TICK_PX) // ROW_PX)
    if rows < 1:
        return
    widths = [min(metrics.horizontalAdvance(moment.text), _NAME_PX) for moment in moments]
    more = metrics.horizontalAdvance(" +99")
    painter.setPen(theme.text)
    for label in placed(places, widths, names.left(), names.right(), rows, more):
        count = f" +{label.count - 1}" if label.count > 1 else ""
        room = label.width - metrics.horizontalAdvance(count) + 1.0
        text = metrics.elidedText(moments[label.first].text, Qt.TextElideMode.ElideRight, room) + count
        # The row next to the chart is filled first.
        top = names.bottom() - TICK_PX - ROW_PX * (label.row + 1)
        on_left = label.x + label.width <= places[label.first]
        where = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if on_left else Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(label.x, top, label.width, ROW_PX), int(where), text)


def _tip(x: float, bottom: float) -> QPolygonF:
    return QPolygonF([QPointF(x, bottom), QPointF(x - 4, bottom - TICK_PX), QPointF(x + 4, bottom - TICK_PX)])


def _flag(x: float, bottom: float) -> QPolygonF:
    top, middle = bottom - TICK_PX, bottom - TICK_PX / 2
    return QPolygonF([QPointF(x, bottom), QPointF(x, top), QPointF(x + 8, (top + middle) / 2), QPointF(x + 1, middle)])


def _paint_words(painter: QPainter, words: Iterable[Word], theme: Theme) -> None:
    for word in words:
        rect = word.rect
        if word.mark is not None:
            _paint_mark(painter, QRectF(rect.left(), rect.center().y() - 5, 10, 10), word.mark, theme)
            rect = rect.adjusted(14, 0, 0, 0)
        painter.setFont(app_font(SMALL, QFont.Weight.DemiBold if word.strong else QFont.Weight.Normal))
        painter.setPen(theme.text if word.strong else theme.muted)
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect, int(word.align | Qt.AlignmentFlag.AlignVCenter), text)


def _paint_mark(painter: QPainter, rect: QRectF, mark: Mark, theme: Theme) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark is Mark.USUAL:
        pen = QPen(theme.text, 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 1.5])
        painter.setPen(pen)
        painter.drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()))
    else:
        up = mark is Mark.UP
        painter.setPen(QPen(theme.smiling_edge if up else theme.low, 1))
        painter.setBrush(theme.smiling if up else theme.low)
        base, tip = (rect.bottom() - 1, rect.top() + 1) if up else (rect.top() + 1, rect.bottom() - 1)
        corners = [QPointF(rect.left() + 0.5, base), QPointF(rect.right() - 0.5, base), QPointF(rect.center().x(), tip)]
        painter.drawPolygon(QPolygonF(corners))
    painter.restore()


class CursorItem(_Whole):
    """The line under the pointer or of the keyboard, with a dot on each edge, and the ring of the focus."""

    def __init__(self) -> None:
        super().__init__(20)
        self._lines: tuple[QLineF, ...] = ()
        self._dots: tuple[tuple[QPointF, bool], ...] = ()
        self._focus = False

    def show_cursor(self, lines: tuple[QLineF, ...], dots: tuple[tuple[QPointF, bool], ...], focus: bool) -> None:
        """Takes lines, the dots on them and whether each belongs to smiling, and whether the chart has the focus."""
        self._lines, self._dots, self._focus = lines, dots, focus
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paints over everything."""
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.text, 1))
        painter.drawLines(list(self._lines))
        for at, smiling in self._dots:
            painter.setPen(QPen(theme.card, 1.5))
            painter.setBrush(theme.smiling_edge if smiling else theme.low)
            painter.drawEllipse(at, 4, 4)
        if self._focus:
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.boundingRect().adjusted(1, 1, -1, -1), 6, 6)
