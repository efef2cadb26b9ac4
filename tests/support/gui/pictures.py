"""Pictures of widgets, and in which way two differ."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from fer_desktop.core.types import Image

FAMILY = "DejaVu Sans"
# Edges of letters may be drawn a little differently; a word or a figure that differs, or is missing, may not.
_A_DIFFERENCE = 48  # of 255, in one channel of one pixel
_AT_MOST = 0.003  # of the pixels


@dataclass(frozen=True)
class Fineness:
    """How small a part is that must not differ."""

    block: tuple[int, int]  # px, height and width
    at_most: float  # of 255, the mean in a block


WORDS = Fineness((16, 32), 16.0)  # a block is about a word
# Of whole windows at three eighths. There another hinting of all letters makes 14 at most, a button that is gone 35.
SMALL = Fineness((8, 8), 18.0)

Snapshot = Callable[..., None]  # QWidget | QImage, its name, and a Fineness where it is not of words


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


def difference(expected: Image, seen: Image, fineness: Fineness = WORDS) -> str:
    """In which way two pictures differ; empty where they agree."""
    if expected.shape != seen.shape:
        return f"size {seen.shape[1]}x{seen.shape[0]} instead of {expected.shape[1]}x{expected.shape[0]}"
    apart = np.abs(expected.astype(int) - seen.astype(int)).max(axis=2)
    share = float((apart > _A_DIFFERENCE).mean())
    if share > _AT_MOST:
        return f"{100 * share:.1f} % of the pixels differ"
    high, wide = fineness.block
    rows, columns = apart.shape[0] // high, apart.shape[1] // wide
    whole = apart[: rows * high, : columns * wide]
    blocks = whole.reshape(rows, high, columns, wide).mean(axis=(1, 3))
    row, column = (int(index) for index in np.unravel_index(blocks.argmax(), blocks.shape))
    if blocks[row, column] > fineness.at_most:
        return f"something else is painted near x {column * wide}, y {row * high}"
    return ""
