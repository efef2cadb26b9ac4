"""Pictures of widgets, and in which way two differ."""

from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from fer_desktop.core.types import Image

FAMILY = "DejaVu Sans"
# Edges of letters may be drawn a little differently; a word or a figure that differs, or is missing, may not.
_A_DIFFERENCE = 48  # of 255, in one channel of one pixel
_AT_MOST = 0.003  # of the pixels
_BLOCK = (16, 32)  # px, about a word
_AT_MOST_IN_A_BLOCK = 16.0  # of 255, the mean

Snapshot = Callable[[QWidget | QImage, str], None]


def picture_of(widget: QWidget) -> QImage:
    """The widget as it is painted, laid out though it was never on a screen."""
    widget.ensurePolished()
    pixmap = QPixmap(widget.grab())
    return pixmap.toImage()


def pixels(picture: QImage) -> Image:
    """(H, W, 3) BGR copy of a picture."""
    plain = picture.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def rgb(colour: QColor) -> tuple[int, int, int]:
    """What `pixels(...)[y, x, ::-1]` holds where that colour was painted."""
    return colour.red(), colour.green(), colour.blue()


def difference(expected: Image, seen: Image) -> str:
    """In which way two pictures differ; empty where they agree."""
    if expected.shape != seen.shape:
        return f"size {seen.shape[1]}x{seen.shape[0]} instead of {expected.shape[1]}x{expected.shape[0]}"
    apart = np.abs(expected.astype(int) - seen.astype(int)).max(axis=2)
    share = float((apart > _A_DIFFERENCE).mean())
    if share > _AT_MOST:
        return f"{100 * share:.1f} % of the pixels differ"
    rows, columns = apart.shape[0] // _BLOCK[0], apart.shape[1] // _BLOCK[1]
    whole = apart[: rows * _BLOCK[0], : columns * _BLOCK[1]]
    blocks = whole.reshape(rows, _BLOCK[0], columns, _BLOCK[1]).mean(axis=(1, 3))
    row, column = (int(index) for index in np.unravel_index(blocks.argmax(), blocks.shape))
    if blocks[row, column] > _AT_MOST_IN_A_BLOCK:
        return f"something else is painted near x {column * _BLOCK[1]}, y {row * _BLOCK[0]}"
    return ""
