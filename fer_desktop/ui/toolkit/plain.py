"""Words that are shown as they are: a name, a window's title or a file is never taken for markup."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label that paints what it is told. Qt's own takes for HTML what looks like it, and loads its pictures."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(words: str) -> str:
    """Words for a tooltip, which has no format of its own: escaped where something in them may be markup."""
    return f"<span>{html.escape(words).replace(chr(10), '<br>')}</span>" if "<" in words else words
