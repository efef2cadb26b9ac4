"""The areas, lanes and lines of what is usual of the lesson so far, from pictures that are kept until it changes."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from fer_desktop.ui.look.theme import Theme
from fer_desktop.ui.trend.lesson.columns import Columns, Row, columns_of, dashed, edge_of, filled, picture_of_colours
from fer_desktop.ui.trend.lesson.lanes import Bands, Lane
from fer_desktop.ui.trend.lesson.picture import LessonPicture

_EDGE_PX: Final = 1.5
_HATCH_PX: Final = 7


class Fills:
    """Pictures for one picture of a lesson, one theme and one ratio of pixels."""

    def __init__(self) -> None:
        self._made_for: tuple[int, str, float] | None = None
        self._kept: LessonPicture | None = None  # so that its identity is not given to another
        self._images: list[tuple[QRectF, QImage]] = []

    def paint(self, painter: QPainter, picture: LessonPicture, theme: Theme) -> None:
        """Paints them, made anew where anything else is wanted than the last time."""
        ratio = ratio_of(painter)
        wanted = (id(picture), theme.name, ratio)
        if wanted != self._made_for:
            self._made_for, self._kept, self._images = wanted, picture, _images(picture, theme, ratio)
        painter.setPen(QPen(theme.line, 1))
        for _, rect in picture.bands.lanes:
            painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right(), rect.bottom() + 0.5))
        for rect, image in self._images:
            painter.drawImage(rect, image)


def ratio_of(painter: QPainter) -> float:
    """Pixels of what is painted on by px; 1 at least."""
    return max(1.0, float(painter.deviceTransform().m11()))


def _images(picture: LessonPicture, theme: Theme, ratio: float) -> list[tuple[QRectF, QImage]]:
    bands, scale = picture.bands, picture.scale
    count = max(1, round((scale.right - scale.left) * ratio))
    lanes = [lane for lane, _ in bands.lanes]
    columns = columns_of(picture.points, scale, count, lanes)
    if columns is None:
        return []
    found = _upward(columns, bands, theme, ratio)
    if bands.down is not None:
        found += _downward(columns, bands.down, theme, ratio)
    found += [(rect, _lane(columns.lanes[lane], lane, rect, theme, ratio)) for lane, rect in bands.lanes]
    gaps = [rect for blank in picture.blanks if not blank.rest for rect in blank.rects]
    return found + [(rect, _hatched(rect, theme, ratio)) for rect in gaps]


def _upward(columns: Columns, bands: Bands, theme: Theme, ratio: float) -> list[tuple[QRectF, QImage]]:
    height = round(bands.up.height() * ratio)
    outer, usual = np.minimum(columns.smiling, 1.0) * height, columns.usual_smiling * height
    inner = edge_of(outer, _EDGE_PX * ratio)
    pale = _within(inner, usual)
    colours = (theme.smiling_edge, theme.smiling, theme.smiling_pale)
    area = filled((outer, inner, pale), colours, height, upwards=True)
    line = dashed(np.where(np.isfinite(outer), usual, np.nan), theme.text, height, upwards=True, ratio=ratio)
    return [(bands.up, area), (bands.up, line)]


def _downward(columns: Columns, band: QRectF, theme: Theme, ratio: float) -> list[tuple[QRectF, QImage]]:
    height = round(band.height() * ratio)
    whole = 2 * height
    sill, told = columns.sill * whole, columns.low * whole
    usual = np.maximum(columns.usual_low * whole, sill)
    outer = np.minimum(np.fmax(told, np.where(np.isfinite(told), sill, np.nan)), height)
    inner = np.fmax(edge_of(outer, _EDGE_PX * ratio), np.minimum(outer, sill))
    pale = _within(inner, usual)
    levels = (outer, inner, pale, np.minimum(outer, sill))
    area = filled(levels, (theme.low, theme.low, theme.low_pale, theme.track), height, upwards=False)
    line = dashed(np.where(np.isfinite(outer), usual, np.nan), theme.text, height, upwards=False, ratio=ratio)
    return [(band, area), (band, line)]


def _within(inner: Row, usual: Row) -> Row:
    """As far as it is usual; all of it while nothing is known to be usual, and nothing where nothing is known."""
    return np.where(np.isfinite(inner), np.fmin(inner, usual), np.nan)


def _lane(shares: Row, lane: Lane, rect: QRectF, theme: Theme, ratio: float) -> QImage:
    """Grey, since colour belongs to what faces show; surprise hollow in dark, where its blue is near the other one."""
    height = round(rect.height() * ratio)
    level = np.clip(shares, 0.0, 1.0) * height
    if lane is Lane.SURPRISED:
        edge, fill = theme.surprised_edge, theme.card if theme.is_dark else theme.surprised
    else:
        edge, fill = theme.neutral_edge, theme.neutral
    return filled((level, edge_of(level, max(1.0, ratio))), (edge, fill), height, upwards=True)


def _hatched(rect: QRectF, theme: Theme, ratio: float) -> QImage:
    """The ground of a gap."""
    height, width = max(1, round(rect.height() * ratio)), max(1, round(rect.width() * ratio))
    lines = (np.arange(height)[:, None] + np.arange(width)[None, :]) % round(_HATCH_PX * ratio) < ratio
    return picture_of_colours(lines.astype(np.uint8) + np.uint8(1), [theme.card, theme.neutral_edge])
