"""Seats in the picture: who is left out, what is pointed at, the numbers of the seat view."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from fer_desktop.core.seats.exclusion import Exclusion
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.live.hit_test import HitTarget
from fer_desktop.ui.look.theme import CHIP_RADIUS, OVER_PICTURE, current_theme
from fer_desktop.ui.widgets.chips import chip_size, paint_chip

_WIDER: Final = 1.4  # how much wider than a face words may be, since there is room beside it; a tile leaves none
_NUMBER_SHARE: Final = 0.35  # of a tile's width and height that its seat's number may take
_MARGIN_PX: Final = 3  # between a number and the tile's corner
_STROKE_PX: Final = 6  # half of its width, where there is no room for words


def paint_excluded(painter: QPainter, targets: Sequence[HitTarget], excluded: Exclusion, mapping: FrameMapping) -> None:
    """Paints a veil with words over each target that is left out; a stroke where the words have no room."""
    you = QCoreApplication.translate("LiveView", "you", "the user's own tile")
    left_out = QCoreApplication.translate("LiveView", "left out")
    for target in targets:
        if target.seat in excluded.seats:
            box = mapping.to_widget(target.xyxy)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(OVER_PICTURE.veil)
            painter.drawRoundedRect(box, CHIP_RADIUS, CHIP_RADIUS)
            room = box.width() * (1.0 if target.is_tile else _WIDER)
            _paint_words(painter, box, room, you if target.seat == excluded.you else left_out)


def _paint_words(painter: QPainter, box: QRectF, room: float, words: str) -> None:
    chip = QRectF(QPointF(), chip_size(words))
    chip.moveCenter(box.center())
    if chip.width() <= room and chip.height() <= box.height():
        paint_chip(painter, chip, words)
    else:
        painter.setPen(QPen(OVER_PICTURE.ink, 2))
        stroke = QPointF(_STROKE_PX, -_STROKE_PX)
        painter.drawLine(box.center() - stroke, box.center() + stroke)


def paint_seat_numbers(painter: QPainter, targets: Sequence[HitTarget], mapping: FrameMapping) -> None:
    """Paints the number of each seat into the lower right corner of tile or face, away from names and labels."""
    for target in targets:
        box, chip = mapping.to_widget(target.xyxy), QRectF(QPointF(), chip_size(str(target.seat)))
        if chip.width() <= _NUMBER_SHARE * box.width() and chip.height() <= _NUMBER_SHARE * box.height():
            chip.moveBottomRight(box.bottomRight() - QPointF(_MARGIN_PX, _MARGIN_PX))
            paint_chip(painter, chip, str(target.seat))


def paint_pointed_at(painter: QPainter, box: QRectF, by_keys: bool) -> None:
    """Paints a line round what a click or a key would act on; that of the keys is the accent's and thicker."""
    inside = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(Qt.GlobalColor.white) if by_keys else OVER_PICTURE.edge, 5 if by_keys else 4))
    painter.drawRoundedRect(inside, CHIP_RADIUS, CHIP_RADIUS)
    painter.setPen(QPen(current_theme().focus, 3) if by_keys else QPen(OVER_PICTURE.pointed_at, 2))
    painter.drawRoundedRect(inside, CHIP_RADIUS, CHIP_RADIUS)
