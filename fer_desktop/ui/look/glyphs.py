"""The check marks and arrows of the standard widgets, drawn in the theme's colours.

A style sheet can only show a picture from a file, so they are drawn into a folder that lives as long as the program.
"""

from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

_SIDE_PX: Final = 16
_SHAPES: Final = {
    "check": ((3.5, 8.5), (6.8, 11.8), (12.5, 4.8)),
    "down": ((4, 6.2), (8, 10.2), (12, 6.2)),
    "up": ((4, 9.8), (8, 5.8), (12, 9.8)),
}


@cache
def _folder() -> QTemporaryDir:
    return QTemporaryDir()


def glyph_files(line: QColor, on_accent: QColor) -> dict[str, str]:
    """Name to file for a style sheet's url(): `check`, `dot` (on the accent), `down`, `up`; sharp at scales 1 to 3."""
    colours = {"check": on_accent, "dot": on_accent, "down": line, "up": line}
    return {name: _file(name, colour.name()) for name, colour in colours.items()}


@cache
def _file(name: str, colour: str) -> str:
    base = f"{_folder().path()}/{name}-{colour[1:]}"
    for scale, suffix in ((1, ""), (2, "@2x"), (3, "@3x")):
        _draw(name, QColor(colour), scale).save(f"{base}{suffix}.png")
    return f"{base}.png"


def _draw(name: str, colour: QColor, scale: int) -> QImage:
    image = QImage(_SIDE_PX * scale, _SIDE_PX * scale, QImage.Format.Format_ARGB32_Premultiplied)
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
