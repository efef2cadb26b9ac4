"""The marks of what cameras show: a square with a sign, told apart without its colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from fer_desktop.ui.look.group_colours import Mark, mark_colours
from fer_desktop.ui.look.theme import font_of

_LEAST_SIGN_PX = 9.0  # a smaller square has no sign that could be seen: the words below it have one


def paint_mark(painter: QPainter, box: QRectF, mark: Mark) -> None:
    """Paints the square of a mark into a box."""
    colours = mark_colours(mark)
    side = min(box.width(), box.height())
    if mark is Mark.CAMERA_OFF:
        _paint_dash(painter, box, colours.ink)
        return
    line = 1.5 if side >= 2 * _LEAST_SIGN_PX else 1.0
    pen = QPen(colours.edge, line)
    if mark is Mark.NO_FACE:
        pen.setDashPattern([2.5, 2.0] if side >= 2 * _LEAST_SIGN_PX else [2.0, 1.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if mark is Mark.NO_FACE else colours.fill)
    inset = line / 2
    radius = side * 0.16
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    if side >= _LEAST_SIGN_PX:
        paint_sign(painter, box, mark, colours.ink)


def paint_sign(painter: QPainter, box: QRectF, mark: Mark, ink: QColor) -> None:
    """Paints a mark's sign alone: a smile, a ring, a question mark, a triangle downwards; neutral has none."""
    side = min(box.width(), box.height())
    centre = box.center()
    thick = max(1.25, side * 0.1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if mark is Mark.SMILING:
        smile = QPainterPath(centre + QPointF(-0.25, -0.08) * side)
        smile.quadTo(centre + QPointF(0, 0.32) * side, centre + QPointF(0.25, -0.08) * side)
        painter.drawPath(smile)
    elif mark is Mark.SURPRISED:
        painter.drawEllipse(centre, side * 0.17, side * 0.17)
    elif mark is Mark.LOW:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        corners = [QPointF(-0.24, -0.18), QPointF(0.24, -0.18), QPointF(0, 0.24)]
        painter.drawPolygon(QPolygonF([centre + corner * side for corner in corners]))
    elif mark is Mark.UNSURE:
        painter.setFont(font_of(max(7, round(side * 0.58)), QFont.Weight.DemiBold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")


def _paint_dash(painter: QPainter, box: QRectF, ink: QColor) -> None:
    side = min(box.width(), box.height())
    painter.setPen(QPen(ink, max(1.25, side * 0.09), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    half = QPointF(side * 0.18, 0)
    painter.drawLine(box.center() - half, box.center() + half)
