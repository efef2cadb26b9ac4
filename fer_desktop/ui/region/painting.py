"""How the picker of a region looks: the frozen screen, the region on it, its size, a magnifier."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from fer_desktop.core.types import Image
from fer_desktop.ui.look.theme import DARK, RADIUS, SMALL, TEXT, app_font
from fer_desktop.ui.region.geometry import GRIPS, Grip
from fer_desktop.ui.toolkit.qimage import as_qimage

# The picker lies on pictures of any colour, so it is dark in the light theme too.
LOOK: Final = DARK
WARNING: Final = QColor("#FFB545")
_HANDLE: Final = 10.0
_MAGNIFIED: Final = 17  # px shown by the magnifier, odd: one in the middle
_ZOOM: Final = 7.0
_CAPTION: Final = 22.0


def frozen(image: Image) -> tuple[QImage, QImage]:
    """The picture (H, W, 3) BGR as Qt draws it fastest, and one of half its brightness."""
    return as_qimage(image), as_qimage(np.right_shift(image, 1, dtype=np.uint8))


def paint_region(painter: QPainter, bright: QImage, rect: QRect, scale: float, *, usable: bool) -> None:
    """Draws the region undimmed and its border around it; `rect` and the painter's units are device pixels."""
    painter.drawImage(rect, bright, rect)
    width = max(1, round(1.5 * scale))
    screen = bright.rect()
    # Around the region, never on it; at the edge of the monitor there is nothing around it.
    outer = rect.adjusted(-width, -width, width, width).intersected(screen)
    inner = rect.intersected(screen.adjusted(width, width, -width, -width))
    colour = LOOK.accent if usable else WARNING
    painter.fillRect(QRect(outer.topLeft(), QSize(outer.width(), inner.y() - outer.y())), colour)
    below = inner.y() + inner.height()
    painter.fillRect(QRect(outer.x(), below, outer.width(), outer.y() + outer.height() - below), colour)
    painter.fillRect(QRect(outer.x(), inner.y(), inner.x() - outer.x(), inner.height()), colour)
    right = inner.x() + inner.width()
    painter.fillRect(QRect(right, inner.y(), outer.x() + outer.width() - right, inner.height()), colour)


def paint_handles(painter: QPainter, rect: QRectF) -> None:
    """Draws the handles of a region; logical pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(LOOK.accent, 2))
    painter.setBrush(Qt.GlobalColor.white)
    for grip in _handles_with_room(rect):
        center = QPointF(rect.left() + rect.width() * (grip.x + 1) / 2, rect.top() + rect.height() * (grip.y + 1) / 2)
        painter.drawEllipse(center, _HANDLE / 2, _HANDLE / 2)


def size_rect(rect: QRectF, room: QRectF, text: str) -> QRectF:
    """Where a region's size is written: above its upper left corner, or inside it where there is no room."""
    pill = QRectF(0, 0, QFontMetricsF(_size_font()).horizontalAdvance(text) + 20, 26)
    above = rect.top() - pill.height() - 10
    pill.moveTopLeft(QPointF(rect.left(), above) if above >= room.top() + 4 else rect.topLeft() + QPointF(12, 12))
    pill.moveRight(min(pill.right(), room.right() - 8))
    pill.moveLeft(max(pill.left(), room.left() + 8))
    return pill


def paint_size(painter: QPainter, pill: QRectF, text: str, *, usable: bool) -> None:
    """Draws a region's size."""
    _paint_card(painter, pill, 6)
    painter.setFont(_size_font())
    painter.setPen(LOOK.text if usable else WARNING)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def magnifier_rect(pointer: QPointF, room: QRectF) -> QRectF:
    """Where the magnifier hangs: below and right of the pointer, or where there is room."""
    size = _MAGNIFIED * _ZOOM
    rect = QRectF(pointer.x() + 20, pointer.y() + 20, size, size + _CAPTION)
    if rect.right() > room.right() - 8:
        rect.moveRight(pointer.x() - 20)
    if rect.bottom() > room.bottom() - 8:
        rect.moveBottom(pointer.y() - 20)
    return rect


def paint_magnifier(painter: QPainter, bright: QImage, pixel: tuple[int, int], rect: QRectF, caption: str) -> None:
    """Draws the pixels around one (of the picture) enlarged into `rect`, logical pixels, with a line below."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(rect, RADIUS, RADIUS)
    painter.fillPath(shape, LOOK.card)
    painter.setClipPath(shape)
    glass = QRectF(rect.left(), rect.top(), rect.width(), rect.height() - _CAPTION)
    reach = _MAGNIFIED // 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    source = QRectF(pixel[0] - reach, pixel[1] - reach, _MAGNIFIED, _MAGNIFIED)
    _draw_within(painter, glass, bright, source)
    centre = QRectF(glass.left() + reach * _ZOOM, glass.top() + reach * _ZOOM, _ZOOM, _ZOOM)
    _paint_cross(painter, glass, centre)
    painter.setClipping(False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(LOOK.strong_line, 1))
    painter.drawPath(shape)
    painter.setFont(app_font(SMALL))
    painter.setPen(LOOK.text)
    painter.drawText(QRectF(rect.left(), glass.bottom(), rect.width(), _CAPTION), Qt.AlignmentFlag.AlignCenter, caption)
    painter.restore()


def paint_card(painter: QPainter, rect: QRectF) -> None:
    """Draws the ground of the picker's bar."""
    _paint_card(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS)


def _size_font() -> QFont:
    return app_font(TEXT, QFont.Weight.DemiBold)


def _paint_card(painter: QPainter, rect: QRectF, radius: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(LOOK.strong_line, 1))
    painter.setBrush(LOOK.card)
    painter.drawRoundedRect(rect, radius, radius)


def _paint_cross(painter: QPainter, glass: QRectF, centre: QRectF) -> None:
    veil = QColor(LOOK.accent)
    veil.setAlpha(90)
    painter.fillRect(QRectF(glass.left(), centre.top(), centre.left() - glass.left(), centre.height()), veil)
    painter.fillRect(QRectF(centre.right(), centre.top(), glass.right() - centre.right(), centre.height()), veil)
    painter.fillRect(QRectF(centre.left(), glass.top(), centre.width(), centre.top() - glass.top()), veil)
    painter.fillRect(QRectF(centre.left(), centre.bottom(), centre.width(), glass.bottom() - centre.bottom()), veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
    painter.drawRect(centre)


def _draw_within(painter: QPainter, target: QRectF, picture: QImage, source: QRectF) -> None:
    # A source that reaches past the picture would be squeezed: draw its part at its place.
    part = source.intersected(QRectF(picture.rect()))
    zoom = target.width() / source.width()
    place = QRectF(
        target.left() + (part.left() - source.left()) * zoom,
        target.top() + (part.top() - source.top()) * zoom,
        part.width() * zoom,
        part.height() * zoom,
    )
    painter.drawImage(place, picture, part)


def _handles_with_room(rect: QRectF) -> list[Grip]:
    room = 4 * _HANDLE
    return [grip for grip in GRIPS if (grip.x != 0 or rect.width() >= room) and (grip.y != 0 or rect.height() >= room)]
