"""Paints a row of the list: a day, or a lesson with its facts and its small trend."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from fer_desktop.core.readings.outline import Outline
from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.home import facts
from fer_desktop.ui.home.search import Search
from fer_desktop.ui.home.trend import paint_trend
from fer_desktop.ui.look.group_colours import Mark, mark_colours
from fer_desktop.ui.look.group_words import GroupWords
from fer_desktop.ui.look.theme import (
    CHIP_PAD,
    CHIP_RADIUS,
    RADIUS,
    SMALL,
    SPACE,
    TEXT,
    app_font,
    current_theme,
    mixed,
    px,
)
from fer_desktop.ui.saved import words

_ROW_PX: Final = 64
_TITLE_PX: Final = 36
_TREND_PX: Final = (144, 40)
_TREND_FROM_PX: Final = 480  # below, the words have the room
_KEPT_FROM_PX: Final = 760  # of the row, from which on it says until when a lesson is kept
_FOUND: Final = 0.25  # share of the accent in the ground of what a search has found
_KEY_PX: Final = 7
_DOT: Final = "  ·  "


def row_size(is_lesson: bool) -> QSize:
    """All lessons have the same height, and all titles."""
    return QSize(0, px(_ROW_PX if is_lesson else _TITLE_PX))


def words_place(row: QRect) -> QRect:
    """Where the words of a lesson stand in its row."""
    room = row.adjusted(2 * SPACE, SPACE, -2 * SPACE, -SPACE)
    if row.width() >= px(_TREND_FROM_PX):
        room.setRight(room.right() - px(_TREND_PX[0]) - 2 * SPACE)
    return room


def paint_title(painter: QPainter, room: QRect, title: str, with_key: bool = False) -> None:
    """A day, small and bold; `with_key`: and at its right what the trends below show."""
    theme = current_theme()
    place = room.adjusted(2 * SPACE, SPACE // 2, -2 * SPACE, 0)
    painter.setFont(app_font(SMALL))
    right = float(place.right())
    if with_key and room.width() >= px(_TREND_FROM_PX):
        right = _paint_key(painter, place, right, Mark.LOW)
        right = _paint_key(painter, place, right - 2 * SPACE, Mark.SMILING)
    painter.setFont(app_font(SMALL, QFont.Weight.DemiBold))
    painter.setPen(theme.muted)
    width = round(right) - place.left() - 2 * SPACE
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _elided(painter, title, width))


def _paint_key(painter: QPainter, place: QRect, right: float, mark: Mark) -> float:
    """A triangle and its words, ending at `right`; where they begin."""
    theme, metrics, text, up = current_theme(), painter.fontMetrics(), GroupWords().name(mark), mark is Mark.SMILING
    left = right - metrics.horizontalAdvance(text)
    painter.setPen(theme.muted)
    words_room = QRectF(left, place.top(), right - left + 1, place.height())
    painter.drawText(words_room, Qt.AlignmentFlag.AlignVCenter, text)
    half, middle = px(_KEY_PX) / 2, place.center().y() + 1
    tip, foot = (middle - half, middle + half) if up else (middle + half, middle - half)
    at = left - SPACE - half
    colours = mark_colours(mark)
    painter.setPen(QPen(colours.edge, 1))
    painter.setBrush(colours.fill)
    painter.drawPolygon([QPointF(at - half, foot), QPointF(at, tip), QPointF(at + half, foot)])
    return at - half


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What is chosen has a frame, in the accent where it has the keyboard; what is pointed at a faint ground."""
    theme = current_theme()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected or option.state & QStyle.StateFlag.State_MouseOver:
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = QPen(theme.accent if focused else theme.strong_line, 2)
        painter.setPen(edge if selected else Qt.PenStyle.NoPen)
        painter.setBrush(theme.track if selected else theme.hover)
        ground = QRectF(option.rect).adjusted(SPACE / 2, 1, -SPACE / 2, -1)
        painter.drawRoundedRect(ground, RADIUS - 2, RADIUS - 2)


def paint_lesson(painter: QPainter, row: QRect, lesson: SavedSession, outline: Outline | None, search: Search) -> None:
    """Its name with its class, what is known of it below, its course at the right."""
    _paint_words(painter, row, lesson, outline, search)
    paint_course(painter, row, outline)


def paint_course(painter: QPainter, row: QRect, outline: Outline | None) -> None:
    """Its course alone, as while its name is typed."""
    if outline is not None and row.width() >= px(_TREND_FROM_PX):
        width, height = (px(length) for length in _TREND_PX)
        corner = QPointF(row.right() - 2 * SPACE - width, row.center().y() - height / 2)
        paint_trend(painter, QRectF(corner, QSize(width, height)), outline)


def _paint_words(painter: QPainter, row: QRect, lesson: SavedSession, outline: Outline | None, search: Search) -> None:
    place = words_place(row)
    upper, lower = QRect(place), QRect(place)
    upper.setBottom(place.center().y())
    lower.setTop(place.center().y() + 1)
    _paint_names(painter, upper, lesson, search)
    told = facts.facts(lesson, outline, search.marker(lesson))
    if row.width() >= px(_KEPT_FROM_PX):
        told = [one for one in (*told, facts.kept(lesson)) if one]
    painter.setFont(app_font(SMALL))
    _paint_text(painter, lower, _DOT.join(told), current_theme().muted, search)


def _paint_names(painter: QPainter, room: QRect, lesson: SavedSession, search: Search) -> None:
    """The chips have their room first: a name may be as long as a window's title."""
    theme = current_theme()
    chips = [
        (text, search if text == lesson.class_name else Search())
        for text in (lesson.class_name, facts.badge(lesson))
        if text
    ]
    painter.setFont(app_font(SMALL))
    most = room.width() // (2 * max(1, len(chips)))
    cut = [_elided(painter, text, most - 2 * CHIP_PAD) for text, _ in chips]
    widths = [painter.fontMetrics().horizontalAdvance(text) + 2 * CHIP_PAD + 2 for text in cut]
    painter.setFont(app_font(TEXT, QFont.Weight.DemiBold))
    left = QRect(room)
    left.setWidth(room.width() - sum(widths) - SPACE * len(chips))
    x = room.left() + _paint_text(painter, left, words.name(lesson), theme.text, search) + SPACE
    painter.setFont(app_font(SMALL))
    high = painter.fontMetrics().height() + 4
    for text, (_, found), width in zip(cut, chips, widths, strict=True):
        chip = QRect(x, room.center().y() - high // 2 + 1, width, high)
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(theme.card)
        painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), CHIP_RADIUS, CHIP_RADIUS)
        _paint_text(painter, chip.adjusted(CHIP_PAD, 0, -CHIP_PAD, 0), text, theme.text, found)
        x += width + SPACE


def _paint_text(painter: QPainter, room: QRect, text: str, colour: QColor, search: Search) -> int:
    """Paints it on one line, what a search has found on a ground of its own; its width, px."""
    theme, metrics = current_theme(), painter.fontMetrics()
    shown = _elided(painter, text, room.width())
    spans: Sequence[tuple[int, int]] = search.spans(shown)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mixed(theme.card, theme.accent, _FOUND))
    for start, stop in spans:
        left, right = (metrics.horizontalAdvance(shown[:end]) for end in (start, stop))
        high = metrics.height()
        place = QRect(room.left() + left, room.center().y() - high // 2, right - left, high)
        painter.drawRoundedRect(QRectF(place).adjusted(-1, 0, 1, 0), 2, 2)
    painter.setPen(theme.text if spans else colour)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))
