"""Pages of the Help menu: the keys, the program itself."""

import platform
from typing import Final

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fer_desktop import __version__
from fer_desktop.ui.look.theme import SPACE, set_role

_KEYS: Final = (
    ("Space", "Pause or resume"),
    ("M", "Add a marker; press twice to add it without a name"),
    ("Ctrl+E", "Stop and save"),
    ("Arrows, Space", "In the live view: move between faces, leave out or bring back"),
    ("Ctrl+B", "Bring everybody back"),
    ("Ctrl+N", "New session"),
    ("Ctrl+R", "Choose a part of the screen"),
    ("Ctrl+O", "Open a recording or pictures"),
    ("Ctrl+Shift+O", "Open a folder of pictures"),
    ("Ctrl+L", "Show or hide the live view"),
    ("F11", "Full screen"),
    ("Ctrl+,", "Settings"),
    ("F1", "This page"),
    ("Ctrl+Q", "Quit; a running session is saved"),
)


class Page(QDialog):
    """A heading, something to read, a button to close it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(title)
        set_role(heading, "heading")
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(heading)
        column.addLayout(self.body, 1)
        column.addLayout(buttons)


def keys_page(parent: QWidget | None = None) -> Page:
    """All keyboard shortcuts."""
    page = Page("Keyboard shortcuts", parent)
    grid = QGridLayout()
    grid.setHorizontalSpacing(4 * SPACE)
    grid.setVerticalSpacing(SPACE)
    for row, (key, does) in enumerate(_KEYS):
        name = QLabel(key)
        set_role(name, "strong")
        grid.addWidget(name, row, 0)
        grid.addWidget(QLabel(does), row, 1)
    grid.setColumnStretch(1, 1)
    page.body.addLayout(grid)
    return page


def about_page(parent: QWidget | None = None) -> Page:
    """Name, version, purpose, licence."""
    page = Page("FER Desktop", parent)
    lines = (
        (f"Version {__version__}", ""),
        ("Expressions on the faces of a video call, for the class as a whole: an aid and never a verdict.", ""),
        ("Works on this computer alone. No picture is saved.", ""),
        (f"Python {platform.python_version()} · Qt {qt_version} · MIT licence", "small"),
    )
    for words, role in lines:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setMinimumWidth(400)
        if role == "small":
            set_role(label, "small")
        page.body.addWidget(label)
    return page
