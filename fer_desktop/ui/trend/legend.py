"""The seven expressions beside the trend, each a switch of its curve."""

from typing import Final

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, N_EXPRESSIONS, SAD, STACK_ORDER
from fer_desktop.ui.look.theme import current_theme, set_role
from fer_desktop.ui.look.words import expression_word

_LOW: Final = (SAD, FEAR, ANGRY, DISGUST)
_SIDE_PX: Final = 14
_SHARP: Final = 3  # the largest scale at which the symbols stay sharp


class Legend(QWidget):
    """In the order of the stack, topmost first, so that names stand about where their areas do."""

    toggled = Signal(int, bool)  # index of the expression, whether it is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[int, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addStretch(1)
        for expression in reversed(STACK_ORDER):
            layout.addWidget(self._make_button(expression))
        layout.addStretch(1)
        self.explain(live_class=False)
        self._paint_icons()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """All switches, the topmost first."""
        return tuple(self._buttons[expression] for expression in reversed(STACK_ORDER))

    def button(self, expression: int) -> QToolButton:
        """The switch of that expression."""
        return self._buttons[expression]

    def explain(self, live_class: bool) -> None:
        """Says of a live class under the pointer when a curve has a gap that no gap of the lesson is."""
        for expression, button in self._buttons.items():
            word = expression_word(expression)
            text = self.tr("Show or hide {expression}").format(expression=word)
            if live_class and expression in _LOW:
                few = self.tr("Drawn where at least three faces look sad, afraid or angry; else among neutral.")
                text = f"{text}\n{few}"
            button.setToolTip(text)

    def _make_button(self, expression: int) -> QToolButton:
        button = QToolButton(self)
        word = expression_word(expression)
        button.setText(word)
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(_SIDE_PX, _SIDE_PX))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self.tr("Show {expression}").format(expression=word))
        set_role(button, "legend")
        button.toggled.connect(lambda shown: self.toggled.emit(expression, shown))
        self._buttons[expression] = button
        return button

    def _paint_icons(self) -> None:
        theme = current_theme()
        for expression in range(N_EXPRESSIONS):
            icon = QIcon()
            symbol, colour = theme.symbols[expression], theme.expressions[expression]
            icon.addPixmap(_symbol(symbol, colour, filled=True), state=QIcon.State.On)
            icon.addPixmap(_symbol(symbol, colour, filled=False), state=QIcon.State.Off)
            self._buttons[expression].setIcon(icon)

    def changeEvent(self, event: QEvent) -> None:
        """Draws the symbols anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icons()
        super().changeEvent(event)


def _symbol(symbol: str, colour: QColor, filled: bool) -> QPixmap:
    pixmap = QPixmap(_SIDE_PX * _SHARP, _SIDE_PX * _SHARP)
    pixmap.setDevicePixelRatio(_SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(_SIDE_PX / 2, _SIDE_PX / 2))
    painter.scale(_SIDE_PX - 4, _SIDE_PX - 4)
    painter.setPen(QPen(colour, 1.5 / (_SIDE_PX - 4)))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(Symbols[symbol])
    painter.end()
    return pixmap
