"""How far one is: a dash for each page, and the number in words."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from fer_desktop.ui.look.theme import SPACE, current_theme, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_DASH: Final = QSize(24, 4)


class Steps(QWidget):
    """ "2 of 3", with dashes beside it."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._dashes, self._label = _Dashes(count), PlainLabel()
        set_role(self._label, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._dashes)
        row.addWidget(self._label)
        self.show_step(0)

    @property
    def text(self) -> str:
        """The number in words."""
        return self._label.text()

    def show_step(self, step: int) -> None:
        """The page that is shown, from 0 on."""
        self._label.setText(self.tr("{step} of {count}").format(step=step + 1, count=self._count))
        self._dashes.show_step(step)


class _Dashes(QWidget):
    def __init__(self, count: int) -> None:
        super().__init__()
        self._count, self._step = count, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._count * (_DASH.width() + SPACE // 2) - SPACE // 2, _DASH.height())

    def show_step(self, step: int) -> None:
        self._step = step
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(self._count):
            # What is still to come is a hollow dash: seen without colour too.
            painter.setBrush(theme.accent if index <= self._step else theme.strong_line)
            height = _DASH.height() if index <= self._step else _DASH.height() // 2
            top = (_DASH.height() - height) / 2
            painter.drawRoundedRect(
                QRectF(index * (_DASH.width() + SPACE // 2), top, _DASH.width(), height), height / 2, height / 2
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
