"""The tiles of a gallery over its picture, so that the teacher sees what was understood."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPainter, QPen

from fer_desktop.core.types import Analysis, FloatArray, Tile
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.theme import CHIP_RADIUS, OVER_PICTURE
from fer_desktop.ui.look.words import listed

_IN_LINE: Final = 0.5  # of a tile's height: nearer ones stand in one row


def tiles_words(analysis: Analysis) -> str:
    """ "7 x 7 tiles"; "23 tiles and 2 faces beside them, 2 left out"; empty where there are no tiles.

    Of those left out it gives only their number. Cameras are counted elsewhere, once for all places.
    """
    tiles = analysis.tiles
    if not tiles:
        return ""
    counts = Counts()
    boxes = np.stack([tile.xyxy for tile in tiles])
    rows = _lines(boxes[:, 1], boxes[:, 3] - boxes[:, 1])
    columns = _lines(boxes[:, 0], boxes[:, 2] - boxes[:, 0])
    if min(rows, columns) > 1 and rows * columns == len(tiles):
        text = QCoreApplication.translate("LiveView", "{columns} × {rows} tiles")
        count = text.format(columns=columns, rows=rows)
    else:
        count = counts.tiles(len(tiles))
    seats = {tile.seat for tile in tiles}
    beside = sum(reading.seat not in seats for reading in analysis.readings)
    out = sum(tile.excluded for tile in tiles) + len(analysis.excluded)
    return listed((counts.tiles_and_faces(count, beside), counts.left_out(out) if out else ""))


def _lines(starts: FloatArray, sizes: FloatArray) -> int:
    """How many rows or columns the edges make."""
    return 1 + int((np.diff(np.sort(starts)) > _IN_LINE * float(np.median(sizes))).sum())


def paint_tiles(painter: QPainter, tiles: Sequence[Tile], mapping: FrameMapping) -> None:
    """Paints a thin outline round each tile, a dashed one where the camera is off."""
    if not tiles:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for tile in tiles:
        box = mapping.to_widget(tile.xyxy).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(OVER_PICTURE.edge, 3))
        painter.drawRoundedRect(box, CHIP_RADIUS, CHIP_RADIUS)
        pen = QPen(OVER_PICTURE.line if tile.camera_on else OVER_PICTURE.faint_line, 1)
        if not tile.camera_on:
            pen.setDashPattern([3, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(box, CHIP_RADIUS, CHIP_RADIUS)
