"""Marks on the faces of a class: that a face is read, and nothing of what it shows."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from fer_desktop.core.types import Reading, Tile
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.look.theme import CHIP_RADIUS, OVER_PICTURE, SMALL, app_font
from fer_desktop.ui.look.words import reason_word
from fer_desktop.ui.widgets.chips import chip_size, paint_chip

_CORNER_SHARE: Final = 0.16  # of a tile's shorter side
_CORNER_PX: Final = (6.0, 18.0)  # at least and at most
_DASHES: Final = (3.0, 3.0)


def read_tip(reading: Reading) -> str:
    """What the tooltip of a face in a class says: whether it is read, and why not."""
    if reading.sure:
        return QCoreApplication.translate("LiveView", "Read. It counts in the class.")
    if reading.quality.readable:
        return QCoreApplication.translate("LiveView", "Not sure: it counts as “not sure”.")
    text = QCoreApplication.translate("LiveView", "Not readable: {reason}, {height} px tall")
    return text.format(reason=reason_word(reading.quality.reason), height=f"{reading.quality.height_px:.0f}")


def paint_corners(painter: QPainter, tiles: Sequence[Tile], readings: Sequence[Reading], mapping: FrameMapping) -> None:
    """Paints a solid corner where a face is read, "?" where it is not sure, dashes where a camera shows none."""
    by_seat = {reading.seat: reading for reading in readings}
    seats = {tile.seat for tile in tiles}
    for tile in tiles:
        if tile.camera_on and not tile.excluded:
            _paint_mark(painter, mapping.to_widget(tile.xyxy), by_seat.get(tile.seat))
    for reading in readings:
        if reading.seat not in seats:
            _paint_mark(painter, mapping.to_widget(reading.face.xyxy), reading)


def _paint_mark(painter: QPainter, box: QRectF, reading: Reading | None) -> None:
    if reading is not None and reading.sure:
        _paint_corner(painter, box)
    elif reading is not None and reading.quality.readable:
        _paint_question(painter, box)
    else:
        pen = QPen(OVER_PICTURE.quiet, 1.5)
        pen.setDashPattern(list(_DASHES))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), CHIP_RADIUS, CHIP_RADIUS)


def _side(box: QRectF) -> float:
    least, most = _CORNER_PX
    return min(most, max(least, _CORNER_SHARE * min(box.width(), box.height())))


def _paint_corner(painter: QPainter, box: QRectF) -> None:
    side = _side(box)
    corner = box.topRight()
    painter.setPen(QPen(OVER_PICTURE.edge, 1))
    painter.setBrush(OVER_PICTURE.pointed_at)
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(side, 0), corner + QPointF(0, side)]))


def _paint_question(painter: QPainter, box: QRectF) -> None:
    font = app_font(SMALL, QFont.Weight.DemiBold)
    chip = QRectF(QPointF(), chip_size("?", font))
    chip.moveTopRight(box.topRight())
    paint_chip(painter, chip, "?", font)
