"""A line of the sentence: legible from a metre away, in a room that no words change."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from fer_desktop.ui.look.theme import GLANCE, app_font, current_theme, px, resizes_text
from fer_desktop.ui.toolkit.plain import plain_tip

_LEADING: Final = 1.22  # height of a line, of the type's
_ROUNDED: Final = 0.05  # of a line, that a height in whole px may lack


class SentenceLabel(QLabel):
    """Words in one line or two, smaller where they are long, and shortened where even that does not help.

    What is shortened is told whole under the pointer and to screen readers.
    """

    def __init__(
        self, size_px: int, weight: QFont.Weight = QFont.Weight.Normal, least_px: int = GLANCE, lines: int = 1
    ) -> None:
        """`least_px`: the smallest type; `lines`: how many have room. Heights of type go with the size of text."""
        super().__init__()
        self._size_px, self._least_px, self._weight, self._lines = size_px, least_px, weight, lines
        self._room_px: int | None = None  # its height where that was told; None: that of its lines
        self._usual_least_px = least_px
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Its lines at the full height of type, or the height that it was given."""
        return QSize(240, round(self._lines * self.line_px) if self._room_px is None else self._room_px)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(0, self.sizeHint().height())

    @property
    def line_px(self) -> float:
        """The height of a line of the largest type."""
        return px(self._size_px) * _LEADING

    def reserve(self, lines: int) -> None:
        """Gives it the room of that many lines, whatever it says."""
        if lines != self._lines or self._room_px is not None:
            self._lines, self._room_px = lines, None
            self.updateGeometry()
            self._tell_whole()

    def take(self, height_px: int, least_px: int | None = None) -> None:
        """Gives it that height, in which smaller type has more lines; `least_px` as in `tell`."""
        least_px = self._usual_least_px if least_px is None else least_px
        if (height_px, least_px) != (self._room_px, self._least_px):
            self._room_px, self._least_px = height_px, least_px
            self._lines = max(1, int(height_px / self.line_px + _ROUNDED))
            self.updateGeometry()
            self._tell_whole()

    def lines_at(self, width_px: int, size_px: int | None = None) -> int:
        """How many lines its words have in that width, in that type, or in as small a one as it usually may take."""
        return len(_broken(self.text(), app_font(size_px or self._usual_least_px, self._weight), width_px))

    def height_at(self, width_px: int, size_px: int) -> int:
        """How high its words are in that width and type, px; 0 where it says nothing."""
        return round(self.lines_at(width_px, size_px) * px(size_px) * _LEADING) if self.text() else 0

    def tell(self, words: str, least_px: int | None = None) -> None:
        """Shows the words; `least_px`: in smaller type than usual rather than cut, where they are read on purpose."""
        least_px = self._usual_least_px if least_px is None else least_px
        if (words, least_px) != (self.text(), self._least_px):
            self._least_px = least_px
            self.setText(words)
            self._tell_whole()

    @property
    def whole(self) -> bool:
        """Whether all words have room."""
        return " ".join(self._laid_out()[1]) == self.text()

    @property
    def shown(self) -> str:
        """The lines as they are painted."""
        return "\n".join(self._laid_out()[1])

    @property
    def shown_px(self) -> int:
        """The height of type that they are painted in."""
        return self._laid_out()[0].pixelSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Looks whether all of it can be read now."""
        super().resizeEvent(event)
        self._tell_whole()

    def changeEvent(self, event: QEvent) -> None:
        """Looks the same where the words have another size."""
        super().changeEvent(event)
        if resizes_text(event):
            self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the lines."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        font, lines = self._laid_out()
        painter.setFont(font)
        painter.setPen(current_theme().text)
        height = min(self.line_px, self.height() / max(1, len(lines)))
        left_over = self.height() - len(lines) * height
        top = 0.0 if self.alignment() & Qt.AlignmentFlag.AlignTop else left_over
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top = left_over / 2
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        for index, line in enumerate(lines):
            painter.drawText(QRectF(0, top + index * height, self.width(), height), int(where), line)
        painter.end()

    def _tell_whole(self) -> None:
        self.setToolTip("" if self.whole else plain_tip(self.text()))
        self.update()

    def _laid_out(self) -> tuple[QFont, list[str]]:
        """The largest type in which all words have room, and the lines; the last one ends with dots in the smallest."""
        font = app_font(self._size_px, self._weight)
        for size_px in range(self._size_px, self._least_px - 1, -2):
            font = app_font(size_px, self._weight)
            lines, room = _broken(self.text(), font, self.width()), self._lines_of(size_px)
            if len(lines) <= room:
                return font, _balanced(self.text(), font, self.width(), lines)
        kept = lines[: room - 1]
        rest = " ".join(lines[room - 1 :])
        return font, [*kept, QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, self.width())]

    def _lines_of(self, size_px: int) -> int:
        """How many of that type have room. Where lines were reserved it is these, whatever their type."""
        if self._room_px is None:
            return self._lines
        return max(1, int(self._room_px / (px(size_px) * _LEADING) + _ROUNDED))


def share_room(first: SentenceLabel, second: SentenceLabel, width_px: int, room_px: int, least_px: int) -> bool:
    """Gives the first, where it is too long for one line, the room that the second leaves; whether it did.

    Both have type of one size, the largest down to `least_px` in which they fit.
    """
    for size_px in range(GLANCE, least_px - 1, -2):
        lines = first.lines_at(width_px, size_px)
        if lines == 1:
            return False
        below_px = second.height_at(width_px, size_px)
        if first.height_at(width_px, size_px) + below_px <= room_px:
            below_px = max(below_px, room_px - round(lines * first.line_px))  # no hole above the first
            first.take(room_px - below_px, least_px)
            second.take(below_px, least_px)
            return True
    return False


def _balanced(words: str, font: QFont, width: float, lines: list[str]) -> list[str]:
    """As many lines, of as equal a length as can be: no word stands alone in the last one."""
    least, most = width / 2, float(width)
    while len(lines) > 1 and most - least > 4:
        middle = (least + most) / 2
        narrower = _broken(words, font, middle)
        if len(narrower) > len(lines):
            least = middle
        else:
            most, lines = middle, narrower
    return lines


def _broken(words: str, font: QFont, width: float) -> list[str]:
    """The words in lines of that width."""
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines = list[str]()
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        lines.append(words[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines
