"""The ring of the keyboard, as widgets draw it that paint themselves."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from fer_desktop.ui.look.theme import RADIUS, current_theme

RING_PX = 2


def paint_ring(painter: QPainter, widget: QWidget, over_picture: bool = False) -> None:
    """Paints it along the edge of the widget, whole; over a picture, which may have any colour, with a second line."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if over_picture:
        _paint(painter, widget, current_theme().card, RING_PX, RING_PX)
    _paint(painter, widget, current_theme().focus, RING_PX, 0)


def _paint(painter: QPainter, widget: QWidget, colour: QColor, line_px: float, inset_px: float) -> None:
    middle = inset_px + line_px / 2
    painter.setPen(QPen(colour, line_px))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(middle, middle, -middle, -middle), RADIUS, RADIUS)
