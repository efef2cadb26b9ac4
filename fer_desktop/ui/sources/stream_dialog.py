"""Asks for the address of a stream."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.sources.choice_text import choice_of_stream
from fer_desktop.ui.toolkit.plain import PlainLabel

_SCHEMES: Final = ("http://", "https://", "rtsp://", "rtsps://")
_WIDTH_PX: Final = 480


class StreamDialog(QDialog):
    """One line and the button to go on."""

    chosen = Signal(object)  # StreamChoice

    def __init__(self, url: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Stream"))
        title = PlainLabel(self.tr("Address of the stream"))
        hint = PlainLabel(self.tr("It begins with http://, https:// or rtsp://"))
        set_role(title, "heading")
        set_role(hint, "small")
        self.line = QLineEdit(url)
        self.line.setPlaceholderText("rtsp://192.168.0.20:554/stream")
        self.line.setAccessibleName(title.text())
        self.cancel, self.go_on = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Open stream"))
        set_role(self.go_on, "primary")
        self.go_on.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for widget in (title, self.line, hint):
            column.addWidget(widget)
        column.addSpacing(SPACE)
        column.addLayout(buttons)
        self.setMinimumWidth(px(_WIDTH_PX))
        self.line.textChanged.connect(self._validate)
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self._choose)
        self._validate()

    def _validate(self) -> None:
        address = self.line.text().strip().lower()
        self.go_on.setEnabled(any(address.startswith(scheme) and len(address) > len(scheme) for scheme in _SCHEMES))

    def _choose(self) -> None:
        self.chosen.emit(choice_of_stream(self.line.text()))
        self.accept()
