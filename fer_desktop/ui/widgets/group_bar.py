"""The class as one bar in three parts, for where there is no room for squares: smiling, all others, looking low."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.core.glance.shown import LEAST_LOW, ShownCounts
from fer_desktop.core.glance.types import GroupCounts
from fer_desktop.ui.look.group_colours import Mark, mark_colours
from fer_desktop.ui.look.theme import current_theme, px
from fer_desktop.ui.widgets.group_marks import paint_sign

_TICK_PX: Final = 5.0  # of a tick's triangle, above the bar and below it
_STALE: Final = 0.35  # opacity of what is not of this moment


@dataclass(frozen=True, slots=True)
class BarParts:
    """Where the bar changes colour, and where it usually does; shares of its length, 0-1 from the left."""

    smiling: float = 0.0  # the end of the smiling part
    low: float = 1.0  # the start of the low part
    usual_smiling: float | None = None
    usual_low: float | None = None


def bar_parts(counts: ShownCounts) -> BarParts | None:
    """The bar of these counts; None where no face is read."""
    if counts.now.read <= 0:
        return None
    usual = counts.usual if counts.usual is not None and counts.usual.read > 0 else None
    return BarParts(
        smiling=counts.now.smiling / counts.now.read,
        low=1 - counts.now.low / counts.now.read,
        usual_smiling=usual.smiling / usual.read if usual else None,
        usual_low=_usual_low(usual) if usual and counts.names_low else None,
    )


def _usual_low(usual: GroupCounts) -> float:
    # Of "0–2" the middle, whatever it is: where the tick lies must not tell more than the words.
    low = usual.low if usual.low >= LEAST_LOW else (LEAST_LOW - 1) / 2
    return 1 - low / usual.read


class GroupBar(QWidget):
    """The bar with a tick at each usual place, which has its room whether there is one or not."""

    def __init__(self, bar_px: int, parent: QWidget | None = None) -> None:
        """`bar_px`: the height of the bar itself, without the ticks."""
        super().__init__(parent)
        self._bar_px = bar_px
        self._parts: BarParts | None = None
        self._stale = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Its height, with the ticks."""
        return QSize(240, px(self._bar_px) + round(2 * _TICK_PX))

    def minimumSizeHint(self) -> QSize:
        """The same height, and a bar in which parts can be told apart."""
        return QSize(96, self.sizeHint().height())

    @property
    def parts(self) -> BarParts | None:
        """What is shown."""
        return self._parts

    def show_parts(self, parts: BarParts | None, stale: bool = False) -> None:
        """Shows the bar; an empty one for None. `stale`: it is not of this moment."""
        if (parts, stale) != (self._parts, self._stale):
            self._parts, self._stale = parts, stale
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the parts, their signs and the ticks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = px(self._bar_px)
        bar = QRectF(0.5, (self.height() - high) / 2, self.width() - 1, high)
        painter.setOpacity(_STALE if self._stale else 1.0)
        outline = QPainterPath()
        outline.addRoundedRect(bar, 4, 4)
        self._paint_parts(painter, bar, outline)
        if self._parts is not None:
            for share in (self._parts.usual_smiling, self._parts.usual_low):
                if share is not None:
                    self._paint_tick(painter, bar, share)
        painter.end()

    def _paint_parts(self, painter: QPainter, bar: QRectF, outline: QPainterPath) -> None:
        theme, parts = current_theme(), self._parts
        neutral = mark_colours(Mark.NEUTRAL)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(bar, neutral.fill if parts is not None else theme.track)
        if parts is not None:
            left = QRectF(bar.left(), bar.top(), parts.smiling * bar.width(), bar.height())
            start = bar.left() + parts.low * bar.width()
            self._paint_part(painter, left, Mark.SMILING)
            self._paint_part(painter, QRectF(start, bar.top(), bar.right() - start, bar.height()), Mark.LOW)
        painter.restore()
        painter.setPen(QPen(neutral.edge if parts is not None else theme.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _paint_part(self, painter: QPainter, part: QRectF, mark: Mark) -> None:
        if part.width() < 1:
            return
        colours = mark_colours(mark)
        painter.fillRect(part, colours.fill)
        # A line where it ends: orange against pale grey has less than 3:1.
        x = part.right() if mark is Mark.SMILING else part.left()
        painter.setPen(QPen(colours.edge, 1.5))
        painter.drawLine(QPointF(x, part.top()), QPointF(x, part.bottom()))
        side = min(part.height(), 16.0) + 2
        if part.width() >= side + 4:
            middle = part.left() + 2 + side / 2 if mark is Mark.SMILING else part.right() - 2 - side / 2
            paint_sign(painter, _square(middle, part.center().y(), side), mark, colours.ink)

    def _paint_tick(self, painter: QPainter, bar: QRectF, share: float) -> None:
        theme = current_theme()
        x = min(max(bar.left() + share * bar.width(), bar.left() + _TICK_PX / 2), bar.right() - _TICK_PX / 2)
        painter.setPen(QPen(theme.card, 3))
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))
        painter.setPen(QPen(theme.text, 1.5))
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.text)
        half = _TICK_PX * 0.7
        for y, tip in ((bar.top() - _TICK_PX, bar.top()), (bar.bottom() + _TICK_PX, bar.bottom())):
            painter.drawPolygon(QPolygonF([QPointF(x - half, y), QPointF(x + half, y), QPointF(x, tip)]))


def _square(x: float, y: float, side: float) -> QRectF:
    return QRectF(x - side / 2, y - side / 2, side, side)
