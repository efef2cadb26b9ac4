"""Pages of the Help menu: the keys, the program itself."""

import platform
from typing import Final

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fer_desktop import __version__
from fer_desktop.ui.look.ring import RING_PX
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.widgets.accessible import Role, speak_as
from fer_desktop.ui.widgets.screen_geometry import fit

translate: Final = QCoreApplication.translate

_WORDS_PX: Final = 376  # what a key does, in one line
_KEYS: Final = (
    (QT_TRANSLATE_NOOP("KeysPage", "Space"), QT_TRANSLATE_NOOP("KeysPage", "Pause or resume")),
    (
        QT_TRANSLATE_NOOP("KeysPage", "M"),
        QT_TRANSLATE_NOOP("KeysPage", "Add a marker; press twice to add it without a name"),
    ),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+E"), QT_TRANSLATE_NOOP("KeysPage", "Stop and save")),
    (
        QT_TRANSLATE_NOOP("KeysPage", "Arrows, Space"),
        QT_TRANSLATE_NOOP("KeysPage", "In the live view: move between faces, leave out or bring back"),
    ),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+B"), QT_TRANSLATE_NOOP("KeysPage", "Bring everybody back")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+N"), QT_TRANSLATE_NOOP("KeysPage", "New session")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+R"), QT_TRANSLATE_NOOP("KeysPage", "Choose a part of the screen")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+O"), QT_TRANSLATE_NOOP("KeysPage", "Open a recording or pictures")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+Shift+O"), QT_TRANSLATE_NOOP("KeysPage", "Open a folder of pictures")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+H"), QT_TRANSLATE_NOOP("KeysPage", "Saved lessons")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+L"), QT_TRANSLATE_NOOP("KeysPage", "Show or hide what is read")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+M"), QT_TRANSLATE_NOOP("KeysPage", "Mini strip")),
    (QT_TRANSLATE_NOOP("KeysPage", "F11"), QT_TRANSLATE_NOOP("KeysPage", "Full screen")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+,"), QT_TRANSLATE_NOOP("KeysPage", "Settings")),
    (QT_TRANSLATE_NOOP("KeysPage", "F1"), QT_TRANSLATE_NOOP("KeysPage", "This page")),
    (QT_TRANSLATE_NOOP("KeysPage", "Ctrl+Q"), QT_TRANSLATE_NOOP("KeysPage", "Quit; a running session is saved")),
)


class Page(QDialog):
    """A heading, something to read, a button to close it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(title)
        set_role(heading, "heading")
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        self._content, self._scroll = QWidget(), QScrollArea()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, SPACE, 0)
        self.body.setSpacing(SPACE)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        set_role(self._scroll, "read")
        self._scroll.setAccessibleName(title)
        speak_as(self._scroll, Role.Document)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(heading)
        column.addWidget(self._scroll, 1)
        column.addLayout(buttons)

    def sizeHint(self) -> QSize:
        """All of it without scrolling."""
        return self._column.sizeHint() - self._scroll.sizeHint() + self._content.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the room that the screen has."""
        super().showEvent(event)
        # Sideways nothing scrolls.
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(self._content.minimumSizeHint().width() + bar + 2 * RING_PX)
        fit(self)


def keys_page(parent: QWidget | None = None) -> Page:
    """All keyboard shortcuts."""
    page = Page(translate("KeysPage", "Keyboard shortcuts"), parent)
    grid = QGridLayout()
    grid.setHorizontalSpacing(4 * SPACE)
    grid.setVerticalSpacing(SPACE)
    for row, (key, does) in enumerate(_KEYS):
        name = QLabel(translate("KeysPage", str(key)))
        set_role(name, "strong")
        grid.addWidget(name, row, 0)
        words = QLabel(translate("KeysPage", str(does)))
        words.setWordWrap(True)
        words.setMinimumWidth(_WORDS_PX)
        grid.addWidget(words, row, 1)
    grid.setColumnStretch(1, 1)
    page.body.addLayout(grid)
    return page


def about_page(parent: QWidget | None = None) -> Page:
    """Name, version, purpose, licence."""
    page = Page("FER Desktop", parent)
    lines = (
        (translate("AboutPage", "Version {version}").format(version=__version__), ""),
        (
            translate(
                "AboutPage",
                "Expressions on the faces of a video call, for the class as a whole: an aid and never a verdict.",
            ),
            "",
        ),
        (translate("AboutPage", "Works on this computer alone. No picture is saved."), ""),
        (
            translate("AboutPage", "Python {python} · Qt {qt} · MIT licence").format(
                python=platform.python_version(), qt=qt_version
            ),
            "small",
        ),
    )
    for words, role in lines:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setMinimumWidth(400)
        if role == "small":
            set_role(label, "small")
        page.body.addWidget(label)
    return page
