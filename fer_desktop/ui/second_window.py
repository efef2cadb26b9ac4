"""Asks what is wanted where a window of the program is open already."""

from collections.abc import Callable
from enum import Enum
from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import repeating_timer

LOOK_EVERY_MS: Final = 100
PATIENCE_MS: Final = 4000
_WIDTH_PX: Final = 520


class Answer(Enum):
    """What is wanted."""

    LEAVE = 0
    SHOW = 1  # the other window
    GO_ON = 2  # without recording


class SecondWindow(QDialog):
    """Shown in place of the window; Escape leaves the program."""

    def __init__(
        self, ask_to_show: Callable[[], object], was_shown: Callable[[], bool], parent: QWidget | None = None
    ) -> None:
        """`ask_to_show` asks the other window to come to the front, `was_shown` tells whether it has."""
        super().__init__(parent)
        self._ask_to_show, self._was_shown = ask_to_show, was_shown
        self._looks = 0
        self.answer = Answer.LEAVE
        self.setWindowTitle("FER Desktop")
        self.says = PlainLabel(
            self.tr(
                "One window at a time records. You can look at a class in a second one, but nothing of it is kept"
                " as long as the first is open."
            )
        )
        self.show_other = QPushButton(self.tr("&Show the other window"))
        self.go_on = QPushButton(self.tr("&Go on without recording"))
        self._lay_out()
        self._looking = repeating_timer(self, LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look)
        self.show_other.clicked.connect(self._show_other)
        self.go_on.clicked.connect(lambda: self._end(Answer.GO_ON))

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("FER Desktop is open already"))
        set_role(title, "heading")
        set_role(self.says, "muted")
        self.says.setWordWrap(True)
        self.says.setMinimumHeight(2 * self.says.fontMetrics().lineSpacing())
        set_role(self.show_other, "primary")
        self.show_other.setDefault(True)
        self.go_on.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        buttons.addWidget(self.show_other)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(title)
        column.addWidget(self.says)
        column.addSpacing(SPACE)
        column.addLayout(buttons)
        self.setMinimumWidth(px(_WIDTH_PX))
        self.show_other.setFocus()

    def _show_other(self) -> None:
        self.show_other.setEnabled(False)
        self._looks = 0
        self._ask_to_show()
        self._looking.start()

    def _look(self) -> None:
        self._looks += 1
        if self._was_shown():
            self._end(Answer.SHOW)
        elif self._looks * LOOK_EVERY_MS >= PATIENCE_MS:
            self._looking.stop()
            self.show_other.setEnabled(True)
            self.show_other.setFocus()
            self.says.setText(
                self.tr("The other window does not answer. It may be busy: try once more, or go on without recording.")
            )

    def _end(self, answer: Answer) -> None:
        self._looking.stop()
        self.answer = answer
        self.accept()
