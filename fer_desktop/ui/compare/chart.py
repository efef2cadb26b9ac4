"""The two trends over one another, with a cursor under the pointer and by keys."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.core.comparison.alignment import By
from fer_desktop.core.comparison.compare import Comparison
from fer_desktop.core.comparison.series import STEP_S
from fer_desktop.core.glance.types import Group
from fer_desktop.ui.compare import drawing
from fer_desktop.ui.compare.shown import Shown, low, smiling
from fer_desktop.ui.compare.words import CompareWords
from fer_desktop.ui.look.theme import RADIUS, SMALL, SPACE, app_font, current_theme, px
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.trend.lesson.columns import Scale

_LEAST_PX: Final = 180
_TEN: Final = 10
_DOT_PX: Final = 4


class CompareChart(QWidget):
    """Shows one comparison; without one it is empty."""

    pointed = Signal(int)  # the stretch under the cursor; -1: there is none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = CompareWords(self)
        self._comparison: Comparison | None = None
        self._smiling: Shown | None = None
        self._low: Shown | None = None
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Both lessons, as a chart"))
        speak_as(self, Role.Chart)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(px(820), px(300))

    def minimumSizeHint(self) -> QSize:
        """Small enough for the smallest window."""
        return QSize(px(280), px(_LEAST_PX))

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Takes it instead of the one before."""
        self._comparison, self._at = comparison, -1
        self._smiling = smiling(comparison) if comparison is not None else None
        self._low = low(comparison) if comparison is not None else None
        self.setAccessibleDescription(self._words.described(comparison) if comparison is not None else "")
        self.update()
        self.pointed.emit(-1)

    @property
    def stretch(self) -> int:
        """The stretch under the cursor; -1: there is none."""
        return self._at

    def point_at(self, stretch: int) -> None:
        """Puts the cursor there; -1 takes it away."""
        if stretch == self._at or self._comparison is None:
            return
        self._at = stretch
        comparison, words = self._comparison, self._words
        self.setAccessibleDescription(words.at(comparison, stretch) if stretch >= 0 else words.described(comparison))
        self.update()
        self.pointed.emit(stretch)

    def _left_px(self) -> float:
        metrics = QFontMetricsF(app_font(SMALL))
        return max(metrics.horizontalAdvance(text) for text in self._heights()) + 2 * SPACE

    def _heights(self) -> tuple[str, str, str]:
        return self.tr("none"), self.tr("half"), self.tr("all")

    def _places(self) -> drawing.Places:
        return drawing.places(self.width(), self.height(), self._left_px(), self._low is not None)

    def _scale(self, where: drawing.Places) -> Scale:
        length_s = self._comparison.lesson.length_s if self._comparison is not None else 1.0
        return Scale(0.0, max(1.0, length_s), where.up.left(), where.up.right())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints all of it."""
        comparison, theme = self._comparison, current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if comparison is not None and self._smiling is not None:
            where = self._places()
            scale = self._scale(where)
            drawing.paint_grid(painter, where, theme, self._heights())
            there = comparison.reference.gaps if comparison.reference is not None else ()
            brush = drawing.Brush(painter, scale, theme, drawing.Unseen(comparison.lesson.gaps, there))
            brush.group(where.up, self._smiling, True, comparison.usual)
            if self._low is not None and where.down is not None:
                brush.group(where.down, self._low, False, comparison.usual)
            drawing.paint_names(painter, where, scale, self._named(comparison), theme)
            drawing.paint_title(painter, where.up_title, self.tr("Smiling"), True, theme)
            if where.down_title is not None:
                drawing.paint_title(painter, where.down_title, self.tr("Sad, afraid or angry"), False, theme)
            drawing.paint_times(painter, where.times, scale, theme)
            self._paint_beyond(painter, where, scale, comparison)
            self._paint_cursor(painter, where, scale)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()

    def _named(self, comparison: Comparison) -> list[tuple[float, str]]:
        """The lesson's moments; by markers those alone that both have, and of several lessons those of this one."""
        if comparison.by is By.MARKERS and not comparison.usual:
            return [(anchor.at_s, anchor.name) for anchor in comparison.tied]
        return [(moment.at_s, moment.name) for moment in comparison.lesson.moments]

    def _paint_beyond(self, painter: QPainter, where: drawing.Places, scale: Scale, comparison: Comparison) -> None:
        painter.setBrush(current_theme().link)
        for one in comparison.found:
            left, right = scale.x(one.start_s), scale.x(one.end_s)
            lane = where.up_beyond if one.group is Group.SMILING else where.down_beyond
            bar = QRectF(left, lane.top(), max(3.0, right - left), lane.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(bar, 2, 2)
            if one.group is Group.SURPRISED:  # of which nothing is drawn
                row = QRectF(left, lane.bottom(), 2 * px(_LEAST_PX), px(drawing.ROW_PX))
                painter.setFont(app_font(SMALL))
                painter.setPen(current_theme().text)
                painter.drawText(row, int(Qt.AlignmentFlag.AlignVCenter), self.tr("surprised"))

    def _paint_cursor(self, painter: QPainter, where: drawing.Places, scale: Scale) -> None:
        if self._at < 0 or self._smiling is None:
            return
        theme = current_theme()
        x = scale.x(min((self._at + 0.5) * STEP_S, scale.end_s))
        bottom = where.down.bottom() if where.down is not None else where.up.bottom()
        painter.setPen(QPen(theme.text, 1))
        painter.drawLine(QPointF(x, where.up.top()), QPointF(x, bottom))
        for band, shown, upwards in ((where.up, self._smiling, True), (where.down, self._low, False)):
            if band is None or shown is None:
                continue
            edge = theme.smiling_edge if upwards else theme.low
            for values, colour in ((shown.lesson, edge), (shown.other, theme.text)):
                share = float(values[self._at])
                if math.isfinite(share):
                    painter.setPen(QPen(theme.card, 1.5))
                    painter.setBrush(colour)
                    painter.drawEllipse(QPointF(x, drawing.y_of(band, share, upwards)), _DOT_PX, _DOT_PX)

    @property
    def _last(self) -> int:
        return len(self._comparison.lesson.faces) - 1 if self._comparison is not None else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Points at what lies under the mouse."""
        where = self._places()
        at = event.position().x()
        inside = self._last >= 0 and where.up.left() <= at <= where.up.right()
        self.point_at(min(self._last, int(self._scale(where).time(at) // STEP_S)) if inside else -1)

    def leaveEvent(self, event: QEvent) -> None:
        """Points at nothing."""
        super().leaveEvent(event)
        self.point_at(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the cursor, with Page Up and Down ten times as far; Escape takes it away."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -_TEN, Qt.Key.Key_PageDown: _TEN}
        key, last = Qt.Key(event.key()), self._last
        if key in steps and last >= 0:
            begin = (-1 if steps[key] > 0 else last + 1) if self._at < 0 else self._at
            self.point_at(min(max(begin + steps[key], 0), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.point_at(0 if key == Qt.Key.Key_Home else last)
        elif key == Qt.Key.Key_Escape and self._at >= 0:
            self.point_at(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the ring."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        self.update()
