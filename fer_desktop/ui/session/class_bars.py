"""The class now: seven bars with their uncertainty and their last minutes."""

import math
from collections import deque
from typing import Final

import numpy as np
from PySide6.QtCore import QEasingCurve, QEvent, QLineF, QPoint, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from fer_desktop.core.expressions import N_EXPRESSIONS, STACK_ORDER
from fer_desktop.core.readings.withholding import is_withheld
from fer_desktop.core.types import FloatArray, Summary, no_figures
from fer_desktop.ui.look.motion import reduced_motion
from fer_desktop.ui.look.ring import paint_ring
from fer_desktop.ui.look.theme import EASE_MS, SPACE, TEXT, app_font, current_theme, mixed, px, resizes_text, text_on
from fer_desktop.ui.look.words import expression_word, in_sentences
from fer_desktop.ui.toolkit.accessible import Role, speak_as

HISTORY_S: Final = 300.0  # what a sparkline shows
_RING_PX: Final = SPACE  # the ring of the keyboard cuts no letter
_ROW_PX: Final = 32
_TALLEST_ROW_PX: Final = 52
_SPARK_PX: Final = 72
_SPARK_POINTS: Final = _SPARK_PX  # more cannot be seen
_SPARK_TOP: Final = 0.5  # share at a sparkline's upper edge, unless one was higher


class ClassBars(QWidget):
    """Seven rows: name, bar from 0 to 100 % with its 95 % interval, figure, sparkline of the last five minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: Summary | None = None
        self._shown = np.zeros(N_EXPRESSIONS)  # lengths of the bars as painted, 0-1
        self._from = np.zeros(N_EXPRESSIONS)
        self._history: deque[tuple[float, FloatArray]] = deque()
        self._ease = QVariantAnimation(self)
        self._ease.setDuration(EASE_MS)
        self._ease.setStartValue(0.0)
        self._ease.setEndValue(1.0)
        self._ease.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._ease.valueChanged.connect(self._on_ease)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(self.minimumSizeHint())
        self.setAccessibleName(self.tr("Expressions of the class now"))
        speak_as(self, Role.Chart)
        self._describe()

    def sizeHint(self) -> QSize:
        """Seven rows."""
        return QSize(420, N_EXPRESSIONS * px(_ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """Seven rows with a short bar."""
        return QSize(px(300), N_EXPRESSIONS * px(24))

    def show_summary(self, summary: Summary | None) -> None:
        """Shows the class at that tick; None clears it, the sparklines too."""
        self._summary = summary
        if summary is None:
            self._history.clear()
        else:
            self._history.append((summary.elapsed_s, summary.mean))
            while self._history[0][0] < summary.elapsed_s - HISTORY_S:
                self._history.popleft()
        self._start_ease()
        self._describe()
        self.update()

    def row_text(self, expression: int) -> str:
        """The figure of a row: "46 %", or a dash where nothing was readable."""
        share = self._target()[expression]
        return "–" if self._summary is None or math.isnan(self._summary.mean[expression]) else f"{100 * share:.0f} %"

    def _target(self) -> FloatArray:
        return np.nan_to_num(self._summary.mean if self._summary else no_figures())

    def _start_ease(self) -> None:
        self._ease.stop()
        moved = float(np.abs(self._target() - self._shown).max()) * self._bar(0).width()
        if reduced_motion() or not self.isVisible() or moved < 1.0:
            self._shown = self._target().astype(float)
            return
        self._from = self._shown.copy()
        self._ease.start()

    def _on_ease(self, done: float) -> None:
        self._shown = self._from + (self._target() - self._from) * done
        bars = self._bar(0).united(self._bar(N_EXPRESSIONS - 1)).toAlignedRect()
        self.update(bars.adjusted(-1, -1, 1, 1))

    def _describe(self) -> None:
        if self._summary is None or not self._summary.readable:
            words = self.tr("No figures: no face is readable.")
        elif is_withheld(self._summary):
            words = self.tr("No figures: too few faces are readable.")
        else:
            words = in_sentences(self._row_words(index) for index in STACK_ORDER)
        self.setAccessibleDescription(words)

    def _row_words(self, expression: int) -> str:
        if self._summary is None or math.isnan(self._summary.mean[expression]):
            return self.tr("{expression}: no figure").format(expression=expression_word(expression))
        text = self.tr(
            "{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it",
            None,
            self._summary.readable,
        )
        return text.format(
            expression=expression_word(expression),
            share=self.row_text(expression),
            low=f"{100 * self._summary.low[expression]:.0f}",
            high=f"{100 * self._summary.high[expression]:.0f}",
            count=self._summary.counts[expression],
        )

    def _row(self, row: int) -> QRectF:
        height = min(self.height() / N_EXPRESSIONS, px(_TALLEST_ROW_PX))
        return QRectF(_RING_PX, row * height, self.width() - 2 * _RING_PX, height)

    def _bar(self, row: int) -> QRectF:
        place = self._row(row)
        left, right = place.left() + self._name_px(), place.right() - _SPARK_PX - SPACE - self._figure_px()
        height = max(12.0, 0.42 * place.height())
        return QRectF(left, place.center().y() - height / 2, max(8.0, right - left), height)

    def _name_px(self) -> float:
        return px(9.5 * SPACE)

    def _figure_px(self) -> float:
        return px(7.0 * SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the rows; while bars ease, the bars alone."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = event.rect().width() > self._bar(0).width() + 4
        top = self._spark_top()
        for row, expression in enumerate(STACK_ORDER):
            self._paint_bar(painter, self._bar(row), expression)
            if whole:
                self._paint_words(painter, self._row(row), expression)
                self._paint_spark(painter, self._row(row), expression, top)
        if self.hasFocus():
            paint_ring(painter, self)
        painter.end()

    def _paint_words(self, painter: QPainter, place: QRectF, expression: int) -> None:
        theme = current_theme()
        painter.setFont(app_font(TEXT))
        painter.setPen(theme.text)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            place.adjusted(0, 0, -SPACE, 0), int(middle | Qt.AlignmentFlag.AlignLeft), expression_word(expression)
        )
        right = QRectF(
            place.right() - _SPARK_PX - SPACE - self._figure_px(), place.top(), self._figure_px(), place.height()
        )
        text = self.row_text(expression)
        painter.setPen(theme.muted if text == "–" else theme.text)
        painter.drawText(right.adjusted(0, 0, -SPACE, 0), int(middle | Qt.AlignmentFlag.AlignRight), text)

    def _paint_bar(self, painter: QPainter, bar: QRectF, expression: int) -> None:
        theme = current_theme()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.track)
        painter.drawRoundedRect(bar, 4, 4)
        length = float(self._shown[expression]) * bar.width()
        if length >= 0.5:
            painter.save()
            painter.setClipRect(QRectF(bar.left(), bar.top(), length, bar.height()))
            painter.setBrush(theme.expressions[expression])
            painter.drawRoundedRect(bar, 4, 4)
            painter.restore()
        if self._summary is not None and not math.isnan(self._summary.low[expression]):
            low, high = float(self._summary.low[expression]), float(self._summary.high[expression])
            self._paint_whisker(painter, bar, low, high, length, expression)

    def _paint_whisker(
        self, painter: QPainter, bar: QRectF, low: float, high: float, length: float, expression: int
    ) -> None:
        theme = current_theme()
        y, x0, x1 = bar.center().y(), bar.left() + low * bar.width(), bar.left() + high * bar.width()
        lines = [QLineF(x0, y, x1, y), QLineF(x0, y - 3, x0, y + 3), QLineF(x1, y - 3, x1, y + 3)]
        end = bar.left() + length
        beyond = QRectF(end, bar.top(), bar.right() - end + 2, bar.height())
        on_bar = QRectF(bar.left() - 2, bar.top(), length + 2, bar.height())
        for place, colour in ((beyond, theme.text), (on_bar, text_on(theme.expressions[expression]))):
            painter.setClipRect(place)
            painter.setPen(QPen(colour, 1.25))
            painter.drawLines(lines)
        painter.setClipping(False)

    def _spark_top(self) -> float:
        highest = max((float(np.nan_to_num(mean).max()) for _, mean in self._history), default=0.0)
        return _SPARK_TOP if highest <= _SPARK_TOP else 1.0

    def _paint_spark(self, painter: QPainter, place: QRectF, expression: int, top: float) -> None:
        if not self._history:
            return
        theme = current_theme()
        bottom = self._bar(0).height() / 2
        area = QRectF(place.right() - _SPARK_PX, place.center().y() - 12, _SPARK_PX - 3, 12 + bottom)
        now_s = self._history[-1][0]
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        colour = theme.expressions[expression]
        painter.setPen(QPen(colour if theme.is_dark else mixed(colour, theme.text, 0.15), 1.5))
        every = max(1, math.ceil(len(self._history) / _SPARK_POINTS))
        run: list[QPointF] = []
        for index, (elapsed_s, mean) in enumerate(self._history):
            if index % every and index != len(self._history) - 1:
                continue
            if math.isnan(mean[expression]):
                painter.drawPolyline(run)
                run = []
                continue
            x = area.right() - (now_s - elapsed_s) / HISTORY_S * area.width()
            run.append(QPointF(x, area.bottom() - min(1.0, float(mean[expression]) / top) * area.height()))
        painter.drawPolyline(run)
        if run:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(run[-1], 2.5, 2.5)

    def changeEvent(self, event: QEvent) -> None:
        """Takes the room that words of another size need."""
        super().changeEvent(event)
        if resizes_text(event):
            self.setMinimumSize(self.minimumSizeHint())

    def event(self, event: QEvent) -> bool:
        """Shows the figures of the row under the pointer, with their basis."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip_at(event.pos()), self)
            return True
        return super().event(event)

    def _tip_at(self, position: QPoint) -> str:
        row = int(position.y() // self._row(0).height())
        return self._row_words(STACK_ORDER[row]) if 0 <= row < N_EXPRESSIONS else ""
