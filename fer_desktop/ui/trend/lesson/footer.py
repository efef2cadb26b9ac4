"""Below the lesson so far: the values under the cursor, the way back to now, and what else can be shown."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.toolkit.plain import PlainLabel

_ONE_LINE_FROM_PX, _TWO_LINES_FROM_PX = 960, 480  # of width
_LINE_PX: Final = 17


class LessonFooter(QWidget):
    """Its height depends on its width and on what is chosen alone, so that no value moves anything."""

    def __init__(self, choices: QToolButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more_lines = 0
        self._choices = choices
        self._values = PlainLabel()
        set_role(self._values, "small")
        self._values.setWordWrap(True)
        self._values.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.back = QPushButton(self.tr("Back to now"))
        set_role(self.back, "segment")
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(SPACE // 2)
        self._layout.setVerticalSpacing(0)
        self._layout.setColumnStretch(0, 1)
        self._fit()

    @property
    def text(self) -> str:
        """What it says."""
        return self._values.text()

    def say(self, text: str) -> None:
        """Says that."""
        if text != self._values.text():
            self._values.setText(text)

    def leave_room(self, many: bool) -> None:
        """Whether there are many values to tell."""
        self._more_lines = int(many)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the values take more lines, above the buttons."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    def _fit(self) -> None:
        width = self.width()
        narrow = width < px(_TWO_LINES_FROM_PX)
        self._layout.addWidget(self._values, 0, 0, 1, 3 if narrow else 1)
        for column, button in enumerate((self.back, self._choices), start=1):
            self._layout.addWidget(button, int(narrow), column)
        lines = 1 if width >= px(_ONE_LINE_FROM_PX) else 2 if not narrow else 3
        self._values.setFixedHeight(max(px(24), (lines + self._more_lines) * px(_LINE_PX) + 4))
