"""Words on a small dark ground, legible over pictures of any colour."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from fer_desktop.ui.look.theme import CHIP_PAD, CHIP_RADIUS, OVER_PICTURE, SMALL, app_font


def chip_size(words: str, font: QFont | None = None) -> QSizeF:
    """The size of a chip with these words, in the small font unless another is named."""
    metrics = QFontMetricsF(font or app_font(SMALL))
    return QSizeF(metrics.horizontalAdvance(words) + 2 * CHIP_PAD, metrics.height() + 4)


def paint_chip(
    painter: QPainter,
    chip: QRectF,
    words: str,
    font: QFont | None = None,
    ground: QColor = OVER_PICTURE.ground,
    ink: QColor = OVER_PICTURE.ink,
) -> None:
    """Paints the words in the middle of their ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(chip, CHIP_RADIUS, CHIP_RADIUS)
    painter.setFont(font or app_font(SMALL))
    painter.setPen(ink)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
