"""Seats in the picture: who is left out, what is pointed at, the numbers of the seat view."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.core.types import Tile
from fer_desktop.ui.live.hit_test import HitTarget
from fer_desktop.ui.look.theme import SMALL, app_font, current_theme

YOU, LEFT_OUT = "you", "left out"
_GROUND: Final = QColor(0, 0, 0, 190)
_INK: Final = QColor("#E6E7EC")
_EDGE: Final = QColor(0, 0, 0, 110)
_VEIL: Final = QColor(0, 0, 0, 165)  # in both themes: a bright tile would be the first thing seen
_WIDER: Final = 1.4  # words may be so much wider than a face, beside which is room, and not wider than a tile
_NUMBER_SHARE: Final = 0.35  # of a tile's width and height that its seat's number may take
_ROUND_PX: Final = 4
_PAD_PX: Final = 6.0


def paint_excluded(
    painter: QPainter, targets: Sequence[HitTarget], excluded: Exclusion, picture: QRectF, scale: float
) -> None:
    """Paints a veil over each spot that is left out and says so on it; a stroke where the words have no room.

    `picture` is where the frame lies, `scale` painted px over the frame's.
    """
    for target in targets:
        if target.seat in excluded.seats:
            x0, y0, x1, y1 = (float(edge) * scale for edge in target.xyxy)
            box = QRectF(x0, y0, x1 - x0, y1 - y0).translated(picture.topLeft())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_VEIL)
            painter.drawRoundedRect(box, _ROUND_PX, _ROUND_PX)
            room = box.width() * (1.0 if target.is_tile else _WIDER)
            _paint_words(painter, box, room, YOU if target.seat == excluded.you else LEFT_OUT)


def _paint_words(painter: QPainter, box: QRectF, room: float, words: str) -> None:
    width, height = _chip_size(words)
    if width > room or height > box.height():
        painter.setPen(QPen(_INK, 2))
        painter.drawLine(box.center() + QPointF(-6, 6), box.center() + QPointF(6, -6))
        return
    chip = QRectF(0, 0, width, height)
    chip.moveCenter(box.center())
    _paint_chip(painter, chip, words)


def paint_seat_numbers(painter: QPainter, tiles: Sequence[Tile], picture: QRectF, scale: float) -> None:
    """Paints the number of each tile's seat into its lower right corner, away from names and labels."""
    for tile in tiles:
        width, height = _chip_size(str(tile.seat))
        x0, y0, x1, y1 = (float(edge) * scale for edge in tile.xyxy)
        if width <= _NUMBER_SHARE * (x1 - x0) and height <= _NUMBER_SHARE * (y1 - y0):
            chip = QRectF(x1 - width - 3, y1 - height - 3, width, height).translated(picture.topLeft())
            _paint_chip(painter, chip, str(tile.seat))


def paint_pointed_at(painter: QPainter, box: QRectF, by_keys: bool) -> None:
    """Paints a line round what a click or a key would act on; that of the keys is the accent's and thicker."""
    inside = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(Qt.GlobalColor.white) if by_keys else _EDGE, 5 if by_keys else 4))
    painter.drawRoundedRect(inside, _ROUND_PX, _ROUND_PX)
    painter.setPen(QPen(current_theme().accent, 3) if by_keys else QPen(QColor(255, 255, 255, 230), 2))
    painter.drawRoundedRect(inside, _ROUND_PX, _ROUND_PX)


def _chip_size(words: str) -> tuple[float, float]:
    metrics = QFontMetricsF(app_font(SMALL))
    return metrics.horizontalAdvance(words) + 2 * _PAD_PX, metrics.height() + 4


def _paint_chip(painter: QPainter, chip: QRectF, words: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(chip, _ROUND_PX, _ROUND_PX)
    painter.setFont(app_font(SMALL))
    painter.setPen(_INK)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
