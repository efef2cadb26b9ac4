"""Boxes and labels over the picture, legible from one large face to a gallery of 49 small ones."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.geometry import iou_matrix
from fer_desktop.core.types import AsideFace, FloatArray, Reading
from fer_desktop.ui.live.frame_mapping import FrameMapping
from fer_desktop.ui.look.theme import OVER_PICTURE, SMALL, app_font, current_theme, text_on
from fer_desktop.ui.look.words import expression_word, listed, reason_word
from fer_desktop.ui.widgets.chips import paint_chip

_PAD_PX: Final = 4.0  # beside the words: gallery faces are small
_RADIUS_PX: Final = 3
# The share of the faces that must have room for a length before small faces get it: a gallery looks alike throughout.
_ENOUGH: Final = 0.6
# A face that is this much of its label wide gets what it has room for, whatever the others have.
_LARGE: Final = 0.4


class Length(IntEnum):
    """How much a label says."""

    NONE = 0
    WORD = 1  # "smiling"; "not sure"
    FULL = 2  # "smiling 82 %"; "too dark" where the face is not readable


def not_sure_words() -> str:
    """What a label says of a face of which no expression is likely."""
    return QCoreApplication.translate("LiveView", "not sure")


def share_words(expression: str, percent: float) -> str:
    """ "smiling 82 %"."""
    text = QCoreApplication.translate("LiveView", "{expression} {percent} %", "happy 82 %")
    return text.format(expression=expression, percent=f"{percent:.0f}")


def face_label(reading: Reading, length: Length = Length.FULL) -> str:
    """What stands on a face: its expression, "not sure", or the reason why it is not readable where that has room."""
    if reading.expression is None:
        return reason_word(reading.quality.reason) if length is Length.FULL else ""
    if length is Length.NONE:
        return ""
    if not reading.sure:
        return not_sure_words()
    word = expression_word(reading.expression)
    if length is Length.FULL:
        return share_words(word, 100 * float(reading.probabilities[reading.expression]))
    return word


def face_tip(reading: Reading) -> str:
    """What the tooltip of a face says."""
    if reading.expression is None:
        text = QCoreApplication.translate("LiveView", "Not readable: {reason}, {height} px tall")
        return text.format(reason=reason_word(reading.quality.reason), height=f"{reading.quality.height_px:.0f}")
    order = np.argsort(reading.probabilities)[::-1][:3]
    words = listed(share_words(expression_word(index), 100 * float(reading.probabilities[index])) for index in order)
    if reading.sure:
        return words
    return QCoreApplication.translate("LiveView", "Not sure: {expressions}").format(expressions=words)


def aside_tip(face: AsideFace) -> str:
    """What the tooltip of a face that belongs to no participant says."""
    text = QCoreApplication.translate("LiveView", "Not counted: {reason}")
    return text.format(reason=reason_word(face.reason))


def label_lengths(boxes: FloatArray, widths: Sequence[float], height: float) -> list[Length]:
    """How long each label may be so that it covers neither a face nor another label.

    `boxes` (N, 4) px as painted; `widths` px of the longest text of each length from `Length.WORD` on; `height` px of
    a label. What a face shows plays no part, so that labels do not change their length when expressions change.
    """
    lengths = np.zeros(len(boxes), dtype=np.int64)
    if not len(boxes):
        return []
    taken = np.zeros((0, 4), dtype=np.float32)
    for length in (Length.FULL, Length.WORD):
        open_ = lengths == Length.NONE
        labels = _label_rects(boxes, widths[length - 1], height)
        free = open_ & ~_hits(labels, boxes) & ~_hits(labels, labels, among=open_)
        if len(taken):
            free &= ~(iou_matrix(labels, taken) > 0).any(axis=1)
        if (free | (lengths > length)).mean() < _ENOUGH:
            free &= boxes[:, 2] - boxes[:, 0] >= _LARGE * widths[length - 1]
        lengths[free] = length
        taken = np.concatenate([taken, labels[free]])
    return [Length(int(length)) for length in lengths]


def _label_rects(boxes: FloatArray, width: float, height: float) -> FloatArray:
    centre, top = (boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 1]
    return np.stack([centre - width / 2, top - height, centre + width / 2, top], axis=1)


def _hits(
    a: FloatArray, b: FloatArray, among: np.typing.NDArray[np.bool_] | None = None
) -> np.typing.NDArray[np.bool_]:
    """(N,) whether a[i] overlaps some b[j], j not i."""
    over = iou_matrix(a, b) > 0
    np.fill_diagonal(over, False)
    if among is not None:
        over[:, ~among] = False
    return np.asarray(over.any(axis=1))


def label_font() -> QFont:
    """The type of the labels."""
    return app_font(SMALL, QFont.Weight.DemiBold)


def paint_overlay(painter: QPainter, readings: Sequence[Reading], mapping: FrameMapping) -> None:
    """Paints boxes and labels."""
    if not readings:
        return
    places = [mapping.to_widget(reading.face.xyxy) for reading in readings]
    boxes = np.array([place.getCoords() for place in places], dtype=np.float32)
    font = label_font()
    metrics = QFontMetricsF(font)
    words = [expression_word(index) for index in range(N_EXPRESSIONS)]
    longest = max(words, key=metrics.horizontalAdvance)
    texts = (max((longest, not_sure_words()), key=metrics.horizontalAdvance), share_words(longest, 100))
    height = metrics.height() + 2
    widths = [metrics.horizontalAdvance(text) + 2 * _PAD_PX for text in texts]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for reading, place in zip(readings, places, strict=True):
        _paint_box(painter, reading, place)
    for reading, place, length in zip(readings, places, label_lengths(boxes, widths, height), strict=True):
        text = face_label(reading, length)
        if text:
            width = metrics.horizontalAdvance(text) + 2 * _PAD_PX
            rect = QRectF(place.center().x() - width / 2, place.top() - height, width, height)
            _paint_label(painter, text, font, _inside(rect, mapping.rect), reading)


def paint_aside(painter: QPainter, faces: Sequence[AsideFace], mapping: FrameMapping) -> None:
    """Paints a faint dotted outline round each face that belongs to no participant."""
    pen = QPen(OVER_PICTURE.faint_line, 1.5)
    pen.setDashPattern([1, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for face in faces:
        painter.drawRoundedRect(mapping.to_widget(face.xyxy), _RADIUS_PX, _RADIUS_PX)


def _paint_box(painter: QPainter, reading: Reading, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # A dark edge keeps the colour visible on a bright wall.
    painter.setPen(QPen(OVER_PICTURE.edge, 4))
    painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
    if reading.expression is None:
        pen = QPen(OVER_PICTURE.quiet, 1.5)
        pen.setDashPattern([3, 3])
    else:
        pen = QPen(_colour(reading), 2)
    painter.setPen(pen)
    painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)


def _colour(reading: Reading) -> QColor:
    if reading.expression is None or not reading.sure:
        return OVER_PICTURE.quiet
    return current_theme().expressions[reading.expression]


def _paint_label(painter: QPainter, text: str, font: QFont, rect: QRectF, reading: Reading) -> None:
    if reading.sure:
        paint_chip(painter, rect, text, font, ground=_colour(reading), ink=text_on(_colour(reading)))
    else:
        paint_chip(painter, rect, text, font, ink=OVER_PICTURE.quiet)


def _inside(rect: QRectF, picture: QRectF) -> QRectF:
    left = min(max(rect.left(), picture.left()), picture.right() - rect.width())
    top = max(rect.top(), picture.top())
    return QRectF(left, top, rect.width(), rect.height())
