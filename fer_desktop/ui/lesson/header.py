"""Above an opened lesson: the way back, its name, when it was, and what can be done with it."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from fer_desktop.ui.bridge.lesson_names import name_of
from fer_desktop.ui.bridge.saved import SavedState
from fer_desktop.ui.lesson.content import LessonContent
from fer_desktop.ui.lesson.words import facts
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.saved.words import no_figures

_BESIDE_FROM_PX: Final = 760  # below, the buttons stand under the name
EXPORTS: Final = (
    ("report", QT_TRANSLATE_NOOP("LessonHeader", "Report")),
    ("spreadsheet", QT_TRANSLATE_NOOP("LessonHeader", "Spreadsheet")),
    ("csv", QT_TRANSLATE_NOOP("LessonHeader", "CSV")),
    ("compare", QT_TRANSLATE_NOOP("LessonHeader", "Compare…")),
)


class _Name(QLabel):
    """A name in one line, of which as much is shown as there is room for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._name = name
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, event.size().width()))


class LessonHeader(QWidget):
    """Its height depends on its width alone."""

    back_wanted = Signal()
    export_wanted = Signal(str)  # of EXPORTS
    erase_wanted = Signal()

    def __init__(self, content: LessonContent, offered: Collection[str], parent: QWidget | None = None) -> None:
        """`offered`: the kinds of files that a lesson can become here."""
        super().__init__(parent)
        self.back = QToolButton()
        self.back.setAccessibleName(self.tr("Back to your lessons"))
        self.back.setToolTip(self.tr("Back to your lessons (Escape)"))
        set_role(self.back, "quiet")
        request_icon(self.back, "arrow-left")
        self.name, self.facts = _Name(name_of(content.saved)), QLabel()
        set_role(self.name, "heading")
        set_role(self.facts, "muted")
        self.facts.setText(facts(content))
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.exports = {kind: self._export(kind, str(label)) for kind, label in EXPORTS}
        self.erase = QPushButton(self.tr("Erase"))
        self._grey(content)
        for kind, button in self.exports.items():
            button.setVisible(kind in offered)
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.erase.clicked.connect(self.erase_wanted)

    def _export(self, kind: str, label: str) -> QPushButton:
        button = QPushButton(self.tr(label))
        button.clicked.connect(lambda: self.export_wanted.emit(kind))
        return button

    def _grey(self, content: LessonContent) -> None:
        runs = content.saved.state is SavedState.RECORDING
        self.erase.setEnabled(not runs)
        self.erase.setToolTip(self.tr("This lesson is being recorded: stop it first.") if runs else "")
        for button in self.exports.values():
            button.setEnabled(content.saved.has_figures)
            button.setToolTip(no_figures(content.saved))

    def _lay_out(self) -> None:
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for button in (*self.exports.values(), self.erase):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.back, 0, 0)
        self._grid.addWidget(self.name, 0, 1)
        self._grid.addWidget(self.facts, 1, 1, 1, 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the buttons beside the name where there is room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room, and icons the colours of a new theme."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()
        elif event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    def _fit(self) -> None:
        beside = self.width() >= px(_BESIDE_FROM_PX)
        row, column, columns = (0, 2, 1) if beside else (2, 1, 2)
        self._grid.addWidget(self._buttons, row, column, 1, columns)
