"""A flag in the colour of a marker."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from fer_desktop.pipeline.events import MarkerColour
from fer_desktop.ui.look.theme import SPACE, current_theme, px
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.toolkit.accessible import Role, speak_as

_FLAG_PX: Final = 32
_COLOURS: Final = tuple(MarkerColour)
_COLOUR_WORDS: Final = {
    MarkerColour.GREY: QT_TRANSLATE_NOOP("MarkerFlag", "Grey"),
    MarkerColour.VIOLET: QT_TRANSLATE_NOOP("MarkerFlag", "Violet"),
    MarkerColour.TEAL: QT_TRANSLATE_NOOP("MarkerFlag", "Teal"),
    MarkerColour.BROWN: QT_TRANSLATE_NOOP("MarkerFlag", "Brown"),
}


def marker_colour(colour: MarkerColour) -> QColor:
    """That colour in the theme in force."""
    return current_theme().markers[_COLOURS.index(colour)]


class MarkerFlag(QAbstractButton):
    """A flag in a marker's colour; a press takes the next one."""

    def __init__(self, colour: MarkerColour, elapsed_s: float = 0.0) -> None:
        """`elapsed_s`: when the marker was set."""
        super().__init__()
        speak_as(self, Role.Button)
        self.setFixedSize(px(_FLAG_PX), px(_FLAG_PX))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_marker(colour, elapsed_s)

    def show_marker(self, colour: MarkerColour, elapsed_s: float) -> None:
        """Is of the marker of that time."""
        self._time = moment_words(elapsed_s)
        self.show_colour(colour)

    def show_none(self) -> None:
        """No marker is chosen."""
        self.show_colour(MarkerColour.GREY)
        self.setAccessibleName(self.tr("Colour of the chosen marker"))
        self.setToolTip(self.tr("Choose a marker first: then this gives it another colour"))
        self.setAccessibleDescription(self.toolTip())

    def show_colour(self, colour: MarkerColour) -> None:
        """Takes that colour, and says which it is."""
        self.colour = colour
        word = self.tr(str(_COLOUR_WORDS[colour]))
        self.setToolTip(self.tr("Colour: {colour}. Press for the next").format(colour=word))
        self.setAccessibleName(self.tr("Colour of the marker at {time}").format(time=self._time))
        self.setAccessibleDescription(self.toolTip())
        self.update()

    @property
    def next_colour(self) -> MarkerColour:
        """What a press leads to."""
        return _COLOURS[(_COLOURS.index(self.colour) + 1) % len(_COLOURS)]

    def sizeHint(self) -> QSize:
        """As large as other small buttons."""
        return QSize(px(_FLAG_PX), px(_FLAG_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws flag and pole, and the focus ring."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.focus, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.hover)
            painter.drawRoundedRect(box, SPACE / 2, SPACE / 2)
        colour = marker_colour(self.colour) if self.isEnabled() else theme.strong_line
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour)
        pole = QPointF(self.width() / 2 - 5, self.height() / 2 - 7)
        painter.drawLine(pole, pole + QPointF(0, 14))
        flag = [pole, pole + QPointF(11, 0), pole + QPointF(8, 4), pole + QPointF(11, 8), pole + QPointF(0, 8)]
        painter.drawPolygon(QPolygonF(flag))
