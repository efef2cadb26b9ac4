"""The lesson so far, painted in px: fills, lines of what is usual, lanes, gaps, named moments, words, the cursor."""

from collections.abc import Iterable
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from fer_desktop.pipeline.events import MarkerColour
from fer_desktop.ui.look.theme import SMALL, Theme, app_font, current_theme
from fer_desktop.ui.trend.lesson.columns import ticks
from fer_desktop.ui.trend.lesson.fills import Fills, ratio_of
from fer_desktop.ui.trend.lesson.labels import Mark, Word
from fer_desktop.ui.trend.lesson.lanes import TICK_PX, Bands, row_px
from fer_desktop.ui.trend.lesson.named import flags, has_lines, in_view, named
from fer_desktop.ui.trend.lesson.picture import Blank, LessonPicture

_WORD_PAD: Final = 4.0


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
        self._fills = Fills()

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
        for blank in picture.blanks:
            if blank.rest:
                _paint_rest(painter, blank, theme)
        _paint_grid(painter, bands, theme)
        self._fills.paint(painter, picture, theme)
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


def _paint_rest(painter: QPainter, blank: Blank, theme: Theme) -> None:
    """The ground of a break: pale and even, since nothing is missing in it."""
    for rect in blank.rects:
        painter.fillRect(rect, theme.track)


def _paint_blank(painter: QPainter, blank: Blank, bands: Bands, theme: Theme) -> None:
    rect = blank.rects[0]
    width = QFontMetricsF(painter.font()).horizontalAdvance(blank.word) + 2 * _WORD_PAD
    if rect.width() < width or not blank.word:
        return
    painter.setPen(theme.muted)
    between = (bands.y_up(1.0) + bands.y_up(0.5)) / 2
    where = QRectF(rect.center().x() - width / 2, between - row_px() / 2, width, row_px())
    painter.fillRect(where, theme.track if blank.rest else theme.card)
    painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), blank.word)


def _paint_moments(painter: QPainter, picture: LessonPicture, theme: Theme) -> None:
    bands, names = picture.bands, picture.bands.names
    moments, places = in_view(picture)
    if has_lines(picture):
        for place, moment in zip(places, moments, strict=True):
            style = Qt.PenStyle.SolidLine if moment.alert else Qt.PenStyle.DashLine
            painter.setPen(QPen(theme.strong_line, 1, style))
            for stripe in bands.stripes(lanes=False):
                painter.drawLine(QLineF(place, stripe.top(), place, stripe.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.muted)
    shown = flags(picture)
    for index in shown:
        if moments[index].alert:
            painter.drawPolygon(_flag(places[index], names.bottom()))
    markers = [index for index in shown if not moments[index].alert]
    room = QRectF(names.left() - TICK_PX / 2, names.bottom() - TICK_PX, names.width() + TICK_PX, TICK_PX)
    for colour, paint in zip(MarkerColour, theme.markers, strict=True):
        tips = [places[index] - room.left() for index in markers if moments[index].colour is colour]
        if tips:
            painter.drawImage(room, ticks(tips, paint, room.width(), room.height(), ratio_of(painter)))
    _paint_names(painter, picture, theme)


def _paint_names(painter: QPainter, picture: LessonPicture, theme: Theme) -> None:
    metrics, (moments, _) = QFontMetricsF(painter.font()), in_view(picture)
    painter.setPen(theme.text)
    for rect, label in named(picture):
        count = f" +{label.count - 1}" if label.count > 1 else ""
        room = rect.width() - metrics.horizontalAdvance(count)
        text = metrics.elidedText(moments[label.first].text, Qt.TextElideMode.ElideRight, room)
        side = Qt.AlignmentFlag.AlignRight if label.on_left else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | side), text + count)


def _flag(x: float, bottom: float) -> QPolygonF:
    top, middle = bottom - TICK_PX, bottom - TICK_PX / 2
    return QPolygonF([QPointF(x, bottom), QPointF(x, top), QPointF(x + 8, (top + middle) / 2), QPointF(x + 1, middle)])


def _paint_words(painter: QPainter, words: Iterable[Word], theme: Theme) -> None:
    fonts = app_font(SMALL), app_font(SMALL, QFont.Weight.DemiBold)
    plain, strong = ((font, QFontMetricsF(font)) for font in fonts)
    for word in words:
        rect = word.rect
        if word.mark is not None:
            _paint_mark(painter, QRectF(rect.left(), rect.center().y() - 5, 10, 10), word.mark, theme)
            rect = rect.adjusted(14, 0, 0, 0)
        font, metrics = strong if word.strong else plain
        painter.setFont(font)
        painter.setPen(theme.text if word.strong else theme.muted)
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
        self._head: tuple[QLineF, ...] = ()
        self._focus = False

    def show_head(self, lines: tuple[QLineF, ...]) -> None:
        """Takes the line of the moment that is shown of a stored lesson."""
        if lines != self._head:
            self._head = lines
            self.update()

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
        painter.setPen(QPen(theme.focus, 2))
        painter.drawLines(list(self._head))
        for at, smiling in self._dots:
            painter.setPen(QPen(theme.card, 1.5))
            painter.setBrush(theme.smiling_edge if smiling else theme.low)
            painter.drawEllipse(at, 4, 4)
        if self._focus:
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.boundingRect().adjusted(1, 1, -1, -1), 6, 6)
