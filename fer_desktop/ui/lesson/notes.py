"""Her own notes of a lesson, saved as she types."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import single_shot_timer

AFTER_MS: Final = 800  # without a key


class _Text(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(72))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(56))


class Notes(QWidget):
    """A field, and beside its name whether what is in it is saved: that is said once it is so."""

    failed = Signal(str)  # why it is not saved
    saved = Signal()  # all of it is

    def __init__(self, text: str, save: Callable[[str], object], parent: QWidget | None = None) -> None:
        """`save` keeps the text; slow, from a worker; raises StoreError."""
        super().__init__(parent)
        self._save, self._saved_text, self._saving = save, text, False
        self.text, self.state = _Text(), PlainLabel()
        title = PlainLabel(self.tr("Your notes"))
        set_role(title, "strong")
        set_role(self.state, "small")
        title.setBuddy(self.text)
        self.text.setPlainText(text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title.text())
        self.text.setPlaceholderText(self.tr("What you want to remember of this lesson. Name no student."))
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(title, 1)
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self._later = single_shot_timer(self, AFTER_MS)
        self._later.timeout.connect(self.flush)
        self.text.textChanged.connect(self._on_typed)
        self.text.left.connect(self.flush)

    @property
    def unsaved(self) -> bool:
        """Whether there is anything that is not on the disk."""
        return self.text.toPlainText() != self._saved_text

    def flush(self) -> None:
        """Saves now what is not saved."""
        self._later.stop()
        if self._saving or not self.unsaved:
            return
        text, self._saving = self.text.toPlainText(), True
        self._say(self.tr("Saving…"))
        run_job(lambda: self._save(text), lambda _done: self._on_saved(text), self._on_failed, self)

    def hideEvent(self, event: QHideEvent) -> None:
        """She goes elsewhere."""
        super().hideEvent(event)
        self.flush()

    def _on_typed(self) -> None:
        if self.unsaved:
            self._later.start()
            self._say("")
        elif not self._saving:
            self._later.stop()

    def _on_saved(self, text: str) -> None:
        self._saving, self._saved_text = False, text
        if not self.unsaved:
            self._say(self.tr("Saved"))
            announce(self, self.state.text())
            self.saved.emit()
        elif not self._later.isActive():  # she has typed since, and left
            self.flush()

    def _on_failed(self, sentence: str) -> None:
        self._saving = False
        self._say(self.tr("Not saved"), failed=True)
        self.failed.emit(sentence)

    def _say(self, words: str, failed: bool = False) -> None:
        set_role(self.state, "error" if failed else "small")
        self.state.setText(words)
