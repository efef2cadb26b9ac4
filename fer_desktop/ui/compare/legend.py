"""What is which in the chart: a fill, a line, a band, a bar."""

from typing import Final

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, current_theme, px, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_WIDE: Final = 24


class Legend(QWidget):
    """One row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._this, self._other, self._beyond = (
            PlainLabel(self.tr("This lesson")),
            PlainLabel(),
            PlainLabel(self.tr("Beyond chance")),
        )
        self._line = _Swatch("line")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self._bar = _Swatch("bar")
        for swatch, label in ((_Swatch("fill"), self._this), (self._line, self._other), (self._bar, self._beyond)):
            set_role(label, "small")
            row.addWidget(swatch)
            row.addWidget(label)
            row.addSpacing(SPACE)
        row.addStretch(1)

    def show_kind(self, usual: bool, beyond: bool) -> None:
        """Whether the reference is the usual of the class, and whether anything lies beyond chance."""
        self._other.setText(self.tr("Usual, middle 80 %") if usual else self.tr("The other lesson"))
        self._line.kind = "band" if usual else "line"
        self._line.update()
        self._bar.setVisible(beyond)
        self._beyond.setVisible(beyond)


class _Swatch(QWidget):
    """A piece of what is drawn."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As high as a line of small type."""
        return QSize(px(_WIDE), px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints it."""
        theme, painter, rect = current_theme(), QPainter(self), QRectF(self.rect()).adjusted(0, 2, 0, -2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = rect.center().y()
        if self.kind == "fill":
            half = QRectF(rect.left(), rect.top(), rect.width() / 2, rect.height())
            painter.fillRect(half, theme.smiling)
            painter.fillRect(half.translated(half.width(), 0), theme.low)
        elif self.kind == "bar":
            painter.fillRect(QRectF(rect.left(), y - 3, rect.width(), 6), theme.link)
        else:
            if self.kind == "band":
                faint = QColor(theme.text)
                faint.setAlpha(64)
                painter.fillRect(rect, faint)
            dash = Qt.PenStyle.DashLine if self.kind == "band" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.text, 2, dash))
            painter.drawLine(QLineF(rect.left(), y, rect.right(), y))
        painter.end()
