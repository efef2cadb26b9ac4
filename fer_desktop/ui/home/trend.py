"""The small trend of a lesson: smiling upwards, sad, afraid or angry downwards, on one scale for all lessons."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from fer_desktop.core.readings.outline import Outline
from fer_desktop.core.types import FloatArray
from fer_desktop.ui.look.theme import current_theme

_ALL: Final = 2 / 3  # of the height is all faces upwards; the rest is half of them downwards
_HALF: Final = 0.5


def paint_trend(painter: QPainter, room: QRectF, outline: Outline) -> None:
    """Paints it into `room`; where nothing was read it is empty."""
    theme = current_theme()
    base = room.top() + _ALL * room.height()
    for start, stop in _runs(outline.smiling):
        xs = _xs(room, len(outline.smiling), start, stop)
        smiling = np.clip(outline.smiling[start:stop], 0, 1) * _ALL * room.height()
        low = np.clip(outline.low[start:stop], 0, _HALF) / _HALF * (1 - _ALL) * room.height()
        line = _line(xs, [base - value for value in smiling.tolist()])
        painter.setPen(Qt.PenStyle.NoPen)
        for fill, above in ((theme.smiling, line), (theme.low, _line(xs, [base + v for v in low.tolist()]))):
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([QPointF(xs[0], base), *above, QPointF(xs[-1], base)]))
        painter.setPen(QPen(theme.smiling_edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one, next_one in pairwise(line):
            if min(one.y(), next_one.y()) < base:  # along nothing there is no edge
                painter.drawLine(QLineF(one, next_one))
        painter.setPen(QPen(theme.neutral_edge, 1))
        painter.drawLine(QLineF(xs[0], base, xs[-1], base))


def _runs(known: FloatArray) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.isfinite(known).astype(np.int8), [0]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _xs(room: QRectF, count: int, start: int, stop: int) -> list[float]:
    """The middles of the columns, and both ends."""
    width = room.width() / count
    middles = [room.left() + (column + 0.5) * width for column in range(start, stop)]
    return [room.left() + start * width, *middles, room.left() + stop * width]


def _line(xs: Sequence[float], heights: Sequence[float]) -> list[QPointF]:
    ends = [heights[0], *heights, heights[-1]]
    return [QPointF(x, y) for x, y in zip(xs, ends, strict=True)]
