"""What the live view says where there is no picture, or over one that stands still or cannot be read."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from fer_desktop.ui.look.theme import HEADING, RADIUS, SPACE, TEXT, app_font, current_theme, px

_TEXT_WIDTH_PX: Final = 440
_CENTRED: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_VEIL: Final = 0.6  # share of the ground over a picture that stands still


@dataclass(frozen=True, slots=True)
class LiveState:
    """A state in words."""

    title: str
    text: str
    beat: int | None  # 0 to 2: which of three dots is lit; None: nothing is being waited for


def paint_state(painter: QPainter, view: QRect, state: LiveState, over_picture: bool) -> None:
    """Paints the words in the middle of the view, over a picture on a card and with a veil round it."""
    theme = current_theme()
    width = min(px(_TEXT_WIDTH_PX), view.width() - 8 * SPACE)
    title_font, text_font = app_font(HEADING, QFont.Weight.DemiBold), app_font(TEXT)
    title, text = _size(title_font, width, state.title), _size(text_font, width, state.text)
    dots_px = 0 if state.beat is None else 4 * SPACE
    height = dots_px + title.height() + SPACE + text.height()
    place = QRectF((view.width() - width) / 2, (view.height() - height) / 2, width, height)
    if over_picture:
        aside = (width - max(title.width(), text.width())) / 2 - 3 * SPACE
        _paint_veil(painter, view, place.adjusted(aside, -3 * SPACE, -aside, 3 * SPACE))
    if state.beat is not None:
        _paint_dots(painter, QPointF(view.width() / 2, place.top() + SPACE), state.beat)
    painter.setFont(title_font)
    painter.setPen(theme.text)
    painter.drawText(place.adjusted(0, dots_px, 0, 0), int(_CENTRED), state.title)
    painter.setFont(text_font)
    painter.setPen(theme.muted)
    painter.drawText(place.adjusted(0, dots_px + title.height() + SPACE, 0, 2), int(_CENTRED), state.text)


def paint_banner(painter: QPainter, view: QRect, words: str) -> None:
    """Paints quiet words near the view's lower edge, in as many lines as its width takes."""
    theme = current_theme()
    painter.setFont(app_font(TEXT))
    room = QRect(0, 0, max(1, view.width() - 6 * SPACE), view.height())
    needed = painter.fontMetrics().boundingRect(room, int(_CENTRED), words).size()
    width, height = needed.width() + 4 * SPACE, needed.height() + 2 * SPACE
    rect = QRectF((view.width() - width) / 2, max(0, view.height() - height - 2 * SPACE), width, height)
    painter.setPen(QPen(theme.line, 1))
    painter.setBrush(theme.card)
    painter.drawRoundedRect(rect, RADIUS, RADIUS)
    painter.setPen(theme.text)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)


def _paint_veil(painter: QPainter, view: QRect, card: QRectF) -> None:
    theme = current_theme()
    veil = QColor(theme.ground)
    veil.setAlphaF(_VEIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(view, RADIUS, RADIUS)
    painter.setBrush(theme.card)
    painter.drawRoundedRect(card, RADIUS, RADIUS)


def _paint_dots(painter: QPainter, centre: QPointF, beat: int) -> None:
    theme = current_theme()
    painter.setPen(Qt.PenStyle.NoPen)
    for index in range(3):
        painter.setBrush(theme.accent if index == beat else theme.strong_line)
        painter.drawEllipse(centre + QPointF((index - 1) * 2 * SPACE, 0), 4, 4)


def _size(font: QFont, width: float, text: str) -> QRectF:
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10_000), int(_CENTRED), text)
