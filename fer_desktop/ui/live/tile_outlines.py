"""The tiles of a gallery over its picture, so that the teacher sees what was understood."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from fer_desktop.core.types import FloatArray, Tile
from fer_desktop.ui.look.theme import SMALL, app_font

_LINE: Final = QColor(255, 255, 255, 150)
_EDGE: Final = QColor(0, 0, 0, 90)
_OFF: Final = QColor(255, 255, 255, 90)
_GROUND: Final = QColor(0, 0, 0, 190)
_INK: Final = QColor("#E6E7EC")
_ROUND_PX: Final = 4
_PAD_PX: Final = 6.0
_IN_LINE: Final = 0.5  # of a tile's height: nearer ones stand in one row


def tiles_words(tiles: Sequence[Tile]) -> str:
    """ "7 x 7 tiles, 44 cameras on"; "23 tiles, …" where they fill no rectangle; empty where there are none.

    Of those left out it says no more than how many they are.
    """
    if not tiles:
        return ""
    boxes = np.stack([tile.xyxy for tile in tiles])
    rows = _lines(boxes[:, 1], boxes[:, 3] - boxes[:, 1])
    columns = _lines(boxes[:, 0], boxes[:, 2] - boxes[:, 0])
    count = f"{columns} × {rows} tiles" if min(rows, columns) > 1 and rows * columns == len(tiles) else _of(tiles)
    on = sum(tile.camera_on and not tile.excluded for tile in tiles)
    out = sum(tile.excluded for tile in tiles)
    return f"{count}, {on} camera{'' if on == 1 else 's'} on{f', {out} left out' if out else ''}"


def _of(tiles: Sequence[Tile]) -> str:
    return "1 tile" if len(tiles) == 1 else f"{len(tiles)} tiles"


def _lines(starts: FloatArray, sizes: FloatArray) -> int:
    """How many rows or columns the edges make."""
    return 1 + int((np.diff(np.sort(starts)) > _IN_LINE * float(np.median(sizes))).sum())


def paint_tiles(painter: QPainter, tiles: Sequence[Tile], picture: QRectF, scale: float) -> None:
    """Paints a thin outline round each tile, a broken one where the camera is off, and how many there are.

    `picture` is where the frame lies, `scale` painted px over the frame's.
    """
    if not tiles:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for tile in tiles:
        x0, y0, x1, y1 = (float(edge) * scale for edge in tile.xyxy)
        corner = QPointF(picture.left(), picture.top())
        box = QRectF(corner + QPointF(x0, y0), corner + QPointF(x1, y1)).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(_EDGE, 3))
        painter.drawRoundedRect(box, _ROUND_PX, _ROUND_PX)
        pen = QPen(_LINE if tile.camera_on else _OFF, 1)
        if not tile.camera_on:
            pen.setDashPattern([3, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(box, _ROUND_PX, _ROUND_PX)


def paint_tiles_words(painter: QPainter, tiles: Sequence[Tile], picture: QRectF) -> None:
    """Paints how many tiles there are into the lower right corner, over everything else."""
    words = tiles_words(tiles)
    if not words:
        return
    font = app_font(SMALL)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(words) + 2 * _PAD_PX, metrics.height() + 4
    chip = QRectF(picture.right() - width - _PAD_PX, picture.bottom() - height - _PAD_PX, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(chip, _ROUND_PX, _ROUND_PX)
    painter.setFont(font)
    painter.setPen(_INK)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
