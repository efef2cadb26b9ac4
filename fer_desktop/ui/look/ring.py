"""The ring of the keyboard, as widgets draw it that paint themselves."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from fer_desktop.ui.look.theme import RADIUS, current_theme

RING_PX = 2


def paint_ring(painter: QPainter, widget: QWidget) -> None:
    """Paints it along the edge of the widget, whole."""
    half = RING_PX / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(current_theme().focus, RING_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(half, half, -half, -half), RADIUS, RADIUS)
