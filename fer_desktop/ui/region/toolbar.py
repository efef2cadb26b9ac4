"""The bar of the region picker: what to do now, and its two buttons."""

import math
import sys
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SMALL, SPACE, TEXT, app_font, mixed, px
from fer_desktop.ui.region.geometry import LEAST_PX
from fer_desktop.ui.region.painting import LOOK, paint_card
from fer_desktop.ui.toolkit.accessible import Role, speak_as
from fer_desktop.ui.toolkit.plain import PlainLabel


class RegionBar(QWidget):
    """A card with a hint, [Use this region] and [Cancel]."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # no region begins on the card
        # What to do, and which keys do it.
        self._draw = (
            self.tr("Drag a rectangle around the faces."),
            self.tr("An arrow key starts in the middle, Esc cancels."),
        )
        resize_key = self.tr("Option") if sys.platform == "darwin" else self.tr("Ctrl")
        self._adjust = (
            self.tr("Drag its edges to adjust it."),
            self.tr("Arrows move it, {key}+arrows resize it, Enter uses it.").format(key=resize_key),
        )
        self._enlarge = (
            self.tr("A region is at least {least} × {least} px.").format(least=LEAST_PX),
            self.tr("Drag its edges to enlarge it, Esc cancels."),
        )
        said = (self._draw, self._adjust, self._enlarge)
        self._hint = _label(TEXT, LOOK.text, [hint for hint, _ in said])
        self._keys = _label(SMALL, LOOK.muted, [keys for _, keys in said])
        self._use = BarButton(self.tr("Use this region"), primary=True)
        self._cancel = BarButton(self.tr("Cancel"), primary=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._hint)
        words.addWidget(self._keys)
        layout.addLayout(words)
        layout.addSpacing(2 * SPACE)
        layout.addWidget(self._use)
        layout.addWidget(self._cancel)
        self._use.clicked.connect(self.confirmed)
        self._cancel.clicked.connect(self.cancelled)
        self.tell(drawn=False, usable=False)
        self.adjustSize()

    def tell(self, *, drawn: bool, usable: bool) -> None:
        """Shows what can be done now."""
        hint, keys = self._adjust if usable else self._enlarge if drawn else self._draw
        self._hint.setText(hint)
        self._keys.setText(keys)
        self._use.setEnabled(usable)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the card."""
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()))
        painter.end()


class BarButton(QAbstractButton):
    """A button on the picker's dark card; all keys but Space and Enter are the picker's."""

    def __init__(self, text: str, *, primary: bool) -> None:
        super().__init__()
        self._primary = primary
        speak_as(self, Role.Button)
        self.setText(text)
        self.setFont(app_font(TEXT, QFont.Weight.DemiBold if primary else QFont.Weight.Normal))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """The text with room around it."""
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + 32, px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Presses the button, or leaves the key to the picker."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(Qt.PenStyle.NoPen if self._primary else QPen(LOOK.strong_line, 1))
        painter.setBrush(self._ground())
        painter.drawRoundedRect(shape, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(LOOK.text, 2))
            painter.drawRoundedRect(shape.adjusted(-1.5, -1.5, 1.5, 1.5), 7.5, 7.5)
        painter.setFont(self.font())
        painter.setPen(self._ink())
        painter.drawText(QRectF(self.rect()).translated(QPointF(0, -0.5)), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _ground(self) -> QColor:
        if not self.isEnabled():
            return LOOK.track
        touched = self.underMouse() and not self.isDown()
        if self._primary:
            return mixed(LOOK.accent, LOOK.ground, 0.15) if touched else LOOK.accent
        return LOOK.hover if touched else LOOK.card

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return LOOK.muted
        return LOOK.on_accent if self._primary else LOOK.text


def _label(size_px: int, colour: QColor, texts: Sequence[str]) -> QLabel:
    """A label with room for any of the texts, so that the buttons stay where they are."""
    label = PlainLabel()
    font = app_font(size_px)
    label.setFont(font)
    label.setMinimumWidth(math.ceil(max(QFontMetricsF(font).horizontalAdvance(text) for text in texts)) + 2)
    palette = label.palette()
    palette.setColor(label.foregroundRole(), colour)
    label.setPalette(palette)
    return label
