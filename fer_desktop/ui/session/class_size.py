"""How large the class is, as she says, and how much of it the call shows."""

import hashlib
from typing import Final

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fer_desktop.core.calls import LARGEST_CLASS, CallProgram, ClassShown, program_of, tells_which
from fer_desktop.core.sources import SourceChoice, WindowChoice
from fer_desktop.core.types import Summary
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.widgets.fields import SpinBox

_SETTLED_MS: Final = 600  # a number of two digits is typed digit by digit
_GROUP: Final = "class size"


class ClassSizeField(SpinBox):
    """A number, and what is to be said where the call shows fewer. It is kept for a source that tells its class."""

    changed = Signal(int)  # 0: she does not say

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        self.setParent(parent)
        self._store: QSettings | None = None
        self._keeps = True
        self._source = ""
        self._shown = ClassShown(CallProgram.UNKNOWN)
        set_role(self, "small")
        self.lineEdit().setTextMargins(SPACE // 2, 0, 0, 0)
        self.setRange(0, LARGEST_CLASS)
        self.setPrefix(self.tr("In class: ", "before a number"))
        self.setSpecialValueText(self.tr("In class: ?"))
        self.setAccessibleName(self.tr("How many are in this class"))
        self.setToolTip(self.tr("How many are in the class, whether or not the call shows them all"))
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self._on_settled)
        self.valueChanged.connect(lambda _size: self._settling.start())
        self.editingFinished.connect(self._settle_now)

    @property
    def hint(self) -> str:
        """What is to be said of a call that shows fewer; empty where it does not."""
        return told(self._shown.hint(self.value()))

    def restore(self, store: QSettings) -> None:
        """Where sizes are kept by source."""
        self._store = store

    def keep(self, on: bool) -> None:
        """Whether anything of a source may be kept; where not, what is kept of any is forgotten."""
        self._keeps = on
        if not on and self._store is not None:
            self._store.remove(_GROUP)

    def begin(self, choice: SourceChoice) -> None:
        """Another session begins; of a source that she knows the size is there again."""
        kept = choice.is_live_class and not (isinstance(choice, WindowChoice) and not tells_which(choice.name))
        self._source = _key_of(choice) if kept else ""
        self._shown = ClassShown(program_of(choice))
        size = str(self._store.value(self._source, "")) if self._store is not None and self._source else ""
        self.setValue(int(size) if size.isdecimal() else 0)
        self._settling.stop()
        self.changed.emit(self.value())

    def show_summary(self, summary: Summary) -> None:
        """Takes the next second."""
        self._shown.update(summary)

    def _settle_now(self) -> None:
        if self._settling.isActive():
            self._settling.stop()
            self._on_settled()

    def _on_settled(self) -> None:
        if self._store is not None and self._source and self._keeps:
            self._store.setValue(self._source, self.value())
        self.changed.emit(self.value())


def _key_of(choice: SourceChoice) -> str:
    """The source without its name in clear: of a window that is its title and its program."""
    name = f"{choice.program} {choice.name}" if isinstance(choice, WindowChoice) else choice.name
    return f"{_GROUP}/{hashlib.sha256(f'{choice.kind} {name}'.encode()).hexdigest()[:16]}"
