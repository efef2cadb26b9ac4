"""How large the class is, as she says, and how much of it the call shows."""

import hashlib
from typing import Final

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fer_desktop.core.calls import LARGEST_CLASS, CallProgram, ClassShown, program_of
from fer_desktop.core.sources import SourceChoice, WindowChoice
from fer_desktop.core.types import Summary
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.widgets.fields import SpinBox

_SETTLED_MS: Final = 600  # a number of two digits is typed digit by digit
_GROUP: Final = "class size"


class ClassSizeField(QWidget):
    """A number that is kept for the same source, and one line below it where the call shows fewer."""

    changed = Signal(int)  # 0: she does not say

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store: QSettings | None = None
        self._source = ""
        self._shown = ClassShown(CallProgram.UNKNOWN)
        label = QLabel(self.tr("In this class"))
        set_role(label, "small")
        self.field = SpinBox()
        self.field.setRange(0, LARGEST_CLASS)
        self.field.setSpecialValueText(self.tr("not said"))
        self.field.setAccessibleName(self.tr("How many are in this class"))
        self.field.setToolTip(self.tr("How many are in the class, whether or not the call shows them all"))
        self.field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        label.setBuddy(self.field)
        self._hint = QLabel()
        set_role(self._hint, "small")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._hint)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self._on_settled)
        self.field.valueChanged.connect(lambda _size: self._settling.start())
        self.field.editingFinished.connect(self._settle_now)
        self._leave_room()

    @property
    def size_said(self) -> int:
        """How many she says there are; 0: she does not."""
        return self.field.value()

    @property
    def hint(self) -> str:
        """What is said of a call that shows fewer; empty where it does not."""
        return self._hint.text()

    def restore(self, store: QSettings) -> None:
        """Where sizes are kept by source."""
        self._store = store

    def begin(self, choice: SourceChoice) -> None:
        """Another session begins; of a source that she knows the size is there again."""
        self._settling.stop()
        self._source = _key_of(choice) if choice.is_live_class else ""
        self._shown = ClassShown(program_of(choice))
        self._hint.clear()
        kept = str(self._store.value(self._source, "")) if self._store is not None and self._source else ""
        self.field.blockSignals(True)
        self.field.setValue(int(kept) if kept.isdecimal() else 0)
        self.field.blockSignals(False)
        self.setVisible(choice.is_live_class)
        self._leave_room()
        self.changed.emit(self.size_said)

    def show_summary(self, summary: Summary) -> None:
        """Takes the next second."""
        self._shown.update(summary)
        self._say()

    def show_ended(self) -> None:
        """The call is over, and shows nobody."""
        self._hint.clear()

    def _settle_now(self) -> None:
        if self._settling.isActive():
            self._settling.stop()
            self._on_settled()

    def _on_settled(self) -> None:
        if self._store is not None and self._source:
            self._store.setValue(self._source, self.size_said)
        self._leave_room()
        self._say()
        self.changed.emit(self.size_said)

    def _say(self) -> None:
        self._hint.setText(told(self._shown.hint(self.size_said)))

    def _leave_room(self) -> None:
        """For two lines as soon as there may be a hint, so that none moves what is above."""
        self._hint.setFixedHeight(2 * self._hint.fontMetrics().lineSpacing() if self.size_said else 0)


def _key_of(choice: SourceChoice) -> str:
    """The source without its name in clear: of a window that is its title and its program."""
    name = f"{choice.program} {choice.name}" if isinstance(choice, WindowChoice) else choice.name
    return f"{_GROUP}/{hashlib.sha256(f'{choice.kind} {name}'.encode()).hexdigest()[:16]}"
