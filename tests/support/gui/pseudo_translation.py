"""A language in which every translated text is in brackets, so that a text without them was never translated."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTextBrowser,
    QWidget,
)

OPEN, CLOSE = "⟦", "⟧"


class PseudoTranslator(QTranslator):
    """Puts every text that it is asked for into brackets."""

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's own name)
        return False

    def translate(self, _context: str, source: str, _hint: str | None = None, _count: int = -1) -> str:
        return f"{OPEN}{source}{CLOSE}" if source else source


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Widgets that are made in here speak it."""
    translator = PseudoTranslator()
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)


def untranslated(root: QObject) -> list[str]:
    """The texts of a widget and all within that a user can read and that were not translated.

    Figures, signs and single letters are the same in all languages.
    """
    everything = [root, *root.findChildren(QObject)]
    read = {(type(one).__name__, text) for one in everything for text in _texts(one)}
    return sorted(f"{kind}: {text}" for kind, text in read if _needs_translation(text))


def untranslated_texts(*texts: str) -> list[str]:
    """Those of them that were not translated, for what is painted; an empty one counts among them."""
    return [text for text in texts if not text or _needs_translation(text)]


def _texts(one: QObject) -> Iterator[str]:
    if isinstance(one, QWidget):
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle())
    if isinstance(one, QLabel | QAbstractButton | QAction):
        yield one.text()
    elif isinstance(one, QMenu | QGroupBox):
        yield one.title()
    elif isinstance(one, QLineEdit):
        yield one.placeholderText()
    elif isinstance(one, QComboBox):
        yield from (one.itemText(index) for index in range(one.count()))
    elif isinstance(one, QTextBrowser):
        yield from one.toPlainText().splitlines()


def _needs_translation(text: str) -> bool:
    """Whether there is a word of two letters or more outside of all brackets."""
    outside, within = text, 1
    while within:  # from the innermost brackets outwards: a sentence may have translated words in it
        outside, within = re.subn(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", outside)
    return re.search(r"[^\W\d_]{2,}", outside) is not None
