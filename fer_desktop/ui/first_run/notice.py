"""What the class is told before it is read: a text for the call's chat, and a button that copies it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.first_run.blocks import words
from fer_desktop.ui.look.icons import request_icon
from fer_desktop.ui.look.theme import SPACE, set_role


def notice_text() -> str:
    """The text in the user's language."""
    return QCoreApplication.translate(
        "Notice",
        "In this call I use a program on my computer that guesses, from faces, roughly how many of us look neutral, "
        "smile, or look sad, afraid or angry. It shows me counts of the whole class and whether they change. It is "
        "often wrong, and it does not know what anybody feels. It keeps counts only: no pictures, nothing about single "
        "people, and nothing leaves my computer. Nobody is graded, judged or disciplined by it. If you do not want to "
        "be read, write to me or switch your camera off: I leave you out, and you need not say why.",
    )


class NoticeCard(QFrame):
    """The text, and a button that puts it on the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.text = words(notice_text())
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = QPushButton(self.tr("Copy the text"))
        self.copy.setAutoDefault(False)
        self.copied = words("", "muted")
        request_icon(self.copy, "content-copy", "text")
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(SPACE + SPACE // 2)
        row.addWidget(self.copy)
        row.addWidget(self.copied, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE + SPACE // 2)
        column.setSpacing(SPACE + SPACE // 2)
        column.addWidget(self.text)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(notice_text())
        self.copied.setText(self.tr("Copied: paste it into the call's chat."))
