"""A sheet of A4: type and lines on it, measured before they are painted."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintDevice, QPainter, QPen, QTextLayout, QTextOption

from fer_desktop.ui.look.theme import font_of

PER_POINT: Final = 10  # units of the sheet; letters are placed that finely
DPI: Final = 72 * PER_POINT
_LEADING: Final = 1.12  # of a line's own height, between lines


def pt(points: float) -> float:
    """A length in units of the sheet."""
    return points * PER_POINT


@dataclass(frozen=True, slots=True)
class Lines:
    """Words broken into the lines that they take, and how high these are."""

    text: tuple[str, ...]
    font: QFont
    step: float  # from line to line
    ascent: float  # from the top to the feet of the letters of the first

    @property
    def height(self) -> float:
        """Of all of them."""
        return self.step * len(self.text)


class Paper:
    """What is painted on; nothing is until `begin`."""

    def __init__(self, device: QPaintDevice, scale: float = 1.0) -> None:
        """`scale`: of all type, where the page is full."""
        self._device, self._scale = device, scale
        self._painter: QPainter | None = None

    def begin(self, painter: QPainter) -> None:
        """Paints with this from now on."""
        self._painter = painter

    @property
    def painter(self) -> QPainter:
        """Only while it paints."""
        assert self._painter is not None
        return self._painter

    def font(self, points: float, heavy: bool = False) -> QFont:
        """Type of that height, with figures of one width."""
        size = round(pt(points * self._scale))
        font = font_of(size, QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("liga"), 0)  # "fi" as one sign is read aloud as nothing by some
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def metrics(self, font: QFont) -> QFontMetricsF:
        """Its measures in units of the sheet."""
        return QFontMetricsF(font, self._device)

    def lines(self, words: str, font: QFont, width: float, most: int | None = None) -> Lines:
        """The words in lines of that width; what does not fit into `most` of them ends in an ellipsis."""
        measures = self.metrics(font)
        broken = [line for paragraph in words.splitlines() for line in self._broken(paragraph, font, width)]
        if most is not None and len(broken) > most:
            rest = " ".join(filter(None, broken[most - 1 :]))
            broken[most - 1 :] = [measures.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
        return Lines(tuple(broken), font, measures.height() * _LEADING, measures.ascent() * _LEADING)

    def _broken(self, paragraph: str, font: QFont, width: float) -> list[str]:
        layout = QTextLayout(paragraph, font, self._device)
        layout.setTextOption(_wrapping())
        layout.beginLayout()
        found: list[str] = []
        utf16 = paragraph.encode("utf-16-le", errors="replace")  # which Qt counts
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
            found.append(utf16[start:end].decode("utf-16-le", errors="replace").rstrip())
        layout.endLayout()
        return found or [""]

    def write(self, x: float, y: float, lines: Lines, colour: QColor) -> None:
        """Paints them with their top there."""
        for number, line in enumerate(lines.text):
            self._line(x, y + lines.ascent + number * lines.step, line, lines.font, colour)

    def label(self, x: float, y: float, words: str, font: QFont, colour: QColor, part: float = 0.0) -> None:
        """Paints one line on the height `y`; `part` (0-1) of its width lies left of `x`."""
        self._line(x - part * self.metrics(font).horizontalAdvance(words), y, words, font, colour)

    def _line(self, x: float, y: float, words: str, font: QFont, colour: QColor) -> None:
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(QPointF(x, y), words)

    def rule(self, left: float, right: float, y: float, colour: QColor, points: float = 0.5) -> None:
        """Paints a line across."""
        self.painter.setPen(QPen(colour, pt(points)))
        self.painter.drawLine(QPointF(left, y), QPointF(right, y))

    def box(self, rect: QRectF, colour: QColor) -> None:
        """Fills a rectangle."""
        self.painter.fillRect(rect, colour)


def _wrapping() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
