"""The small field in which a marker gets its name."""

import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.session.marker_list import LONGEST_NAME, MarkerList
from fer_desktop.ui.toolkit.marker_key import is_marker_key

# A second M this soon after the first adds the marker without a name; later it is a letter of the name.
DOUBLE_TAP_S: Final = 0.45
WIDTH_PX: Final = 360


class MarkerPopover(QFrame):
    """Asks for an optional name; Enter adds the marker, Esc cancels. Below it those that were set can be changed."""

    named = Signal(str)  # the name; empty where none was given

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "card")
        self._opened_s = 0.0
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Name of this moment (optional)"))
        self._line.setMaxLength(LONGEST_NAME)
        self._line.setAccessibleName(self.tr("Name of the marker"))
        self._line.returnPressed.connect(self._done)
        self._line.installEventFilter(self)
        hint = QLabel(self.tr("Enter: add · M twice: add without a name · Esc: cancel"))
        set_role(hint, "small")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(*[SPACE + SPACE // 2] * 4)
        column.setSpacing(SPACE)
        column.addWidget(self._line)
        column.addWidget(hint)
        self.markers = MarkerList()
        self.markers.resized.connect(self._fit)
        column.addWidget(self.markers)

    def open_below(self, anchor: QWidget) -> None:
        """Shows it under a widget, kept inside the window."""
        self._line.clear()
        self._fit()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + SPACE // 2))
        window = anchor.window()
        right = window.mapToGlobal(QPoint(window.width() - SPACE, 0)).x()
        self.move(max(window.x(), min(corner.x(), right - self.width())), corner.y())
        self._opened_s = time.monotonic()
        self.show()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes a second M for Enter while it comes right after the first."""
        if (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and is_marker_key(event)
            and not self._line.text()
            and time.monotonic() - self._opened_s < DOUBLE_TAP_S
        ):
            self._done()
            return True
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.setMinimumWidth(px(WIDTH_PX))
        self._column.activate()
        self.resize(self.sizeHint())

    def _done(self) -> None:
        name = self._line.text().strip()
        self.close()
        self.named.emit(name)
