"""The small field in which a marker gets its name."""

import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.session.marker_list import LONGEST_NAME, MarkerList
from fer_desktop.ui.toolkit.marker_key import is_marker_key
from fer_desktop.ui.toolkit.plain import PlainLabel

# A second M this soon after the first leaves the marker without a name; later it is a letter of the name.
DOUBLE_TAP_S: Final = 0.7
WIDTH_PX: Final = 360


class MarkerPopover(QFrame):
    """Asks for the optional name of a marker that is set. Below it those that were set before can be changed."""

    named = Signal(str)  # it is called so
    kept = Signal()  # it stays without a name
    taken_back = Signal()  # it is not to be there

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "card")
        self._opened_s, self._open = 0.0, False
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Name of this moment (optional)"))
        self._line.setMaxLength(LONGEST_NAME)
        self._line.setAccessibleName(self.tr("Name of the marker"))
        self._line.returnPressed.connect(self._done)
        self._line.installEventFilter(self)
        hint = self._hint = PlainLabel(self.tr("The moment is marked. Enter: done · Esc: take it back"))
        set_role(hint, "small")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(*[SPACE + SPACE // 2] * 4)
        column.setSpacing(SPACE)
        column.addWidget(self._line)
        column.addWidget(hint)
        self.markers = MarkerList()
        self.markers.resized.connect(self._fit)
        # Once the name was taken, which comes after the key.
        self.markers.done.connect(lambda: QTimer.singleShot(0, self, self._done))
        column.addWidget(self.markers)

    def open_below(self, anchor: QWidget, naming: bool = True, chosen: int = 0) -> None:
        """Shows it under a widget, kept inside the window. `naming`: a marker was just set, which gets its name.

        `chosen`: else the number of the one whose name is to be changed.
        """
        self._line.clear()
        self._line.setVisible(naming)
        self._hint.setVisible(naming)
        self._fit()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + SPACE // 2))
        window = anchor.window()
        right = window.mapToGlobal(QPoint(window.width() - SPACE, 0)).x()
        self.move(max(window.x(), min(corner.x(), right - self.width())), corner.y())
        self._opened_s, self._open = time.monotonic(), naming
        self.show()
        if naming:
            self._line.setFocus(Qt.FocusReason.PopupFocusReason)
        elif self.markers.rows:
            row = self.markers.rows.get(chosen, next(reversed(self.markers.rows.values())))
            row.name.setFocus(Qt.FocusReason.PopupFocusReason)
            row.name.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes a second M for Enter while it comes right after the first; Esc takes the marker back."""
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            at_once = not self._line.text() and time.monotonic() - self._opened_s < DOUBLE_TAP_S
            if is_marker_key(event) and at_once:
                self.close()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._line.clear()
                self._open = False
                self.close()
                self.taken_back.emit()
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A name that stands in the field is the marker's, also where another place was clicked."""
        super().closeEvent(event)
        if self._open:
            self._open = False
            name = self._line.text().strip()
            if name:
                self.named.emit(name)
            else:
                self.kept.emit()

    def _fit(self) -> None:
        self.setMinimumWidth(px(WIDTH_PX))
        self._column.activate()
        self.resize(self.sizeHint())

    def _done(self) -> None:
        self.close()
