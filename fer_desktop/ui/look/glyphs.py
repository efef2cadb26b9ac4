"""The check marks and arrows of the standard widgets, drawn in the theme's colours.

A style sheet can only show a picture from a file, so they are drawn into files that lie in memory: none on the disk
would be left where the program ends hard.
"""

from functools import cache
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPen, QPolygonF

from fer_desktop.ui.look.memory_files import put_in_memory

_SIDE_PX: Final = 16
_SUFFIXES: Final = {1: "", 2: "@2x", 3: "@3x"}  # by scale, as Qt looks for them
_SHAPES: Final = {
    "check": ((3.5, 8.5), (6.8, 11.8), (12.5, 4.8)),
    "down": ((4, 6.2), (8, 10.2), (12, 6.2)),
    "up": ((4, 9.8), (8, 5.8), (12, 9.8)),
}


def glyph_files(line: QColor, on_accent: QColor, percent: int = 100) -> dict[str, str]:
    """Name to file for a style sheet's url(): `check`, `dot` (on the accent), `down`, `up`; sharp at scales 1 to 3.

    `percent` of their plain size, which goes with that of text.
    """
    colours = {"check": on_accent, "dot": on_accent, "down": line, "up": line}
    return {name: _file(name, colour.name(), percent) for name, colour in colours.items()}


@cache
def _file(name: str, colour: str, percent: int) -> str:
    base = f"{name}-{colour[1:]}-{percent}"
    drawn = {
        f"{base}{suffix}.png": _png(_draw(name, QColor(colour), scale * percent / 100))
        for scale, suffix in _SUFFIXES.items()
    }
    return f"{put_in_memory(f'glyph-{base}', drawn)}/{base}.png"


def _png(image: QImage) -> bytes:
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(content, QByteArray(b"png")).write(image)
    return bytes(content.data().data())


def _draw(name: str, colour: QColor, scale: float) -> QImage:
    side_px = round(_SIDE_PX * scale)
    image = QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    if name == "dot":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(5, 5, 6, 6))
    else:
        painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in _SHAPES[name]]))
    painter.end()
    return image
