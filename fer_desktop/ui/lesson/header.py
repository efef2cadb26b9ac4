"""Above an opened lesson: the way back, its name, when it was, and what can be done with it."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QToolButton, QWidget

from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.lesson.content import LessonContent
from fer_desktop.ui.lesson.naming import ClassAndFacts, Name
from fer_desktop.ui.lesson.words import facts
from fer_desktop.ui.look.icons import apply_icons, request_icon
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.saved.editing import Field
from fer_desktop.ui.saved.words import no_figures

_BESIDE_FROM_PX: Final = 760  # below, the buttons stand under the name
EXPORTS: Final = (
    ("report", QT_TRANSLATE_NOOP("LessonHeader", "Report")),
    ("spreadsheet", QT_TRANSLATE_NOOP("LessonHeader", "Spreadsheet")),
    ("csv", QT_TRANSLATE_NOOP("LessonHeader", "CSV")),
    ("compare", QT_TRANSLATE_NOOP("LessonHeader", "Compare…")),
)


class LessonHeader(QWidget):
    """Its height depends on its width alone."""

    back_wanted = Signal()
    export_wanted = Signal(str)  # of EXPORTS
    erase_wanted = Signal()
    edit_wanted = Signal(object, str)  # Field, what she typed
    edit_over = Signal()  # the keyboard is free again

    def __init__(
        self,
        content: LessonContent,
        offered: Collection[str],
        classes: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        """`offered`: the kinds of files that a lesson can become here. `classes`: those that she has used; slow."""
        super().__init__(parent)
        self.back = QToolButton()
        self.back.setAccessibleName(self.tr("Back to your lessons"))
        self.back.setToolTip(self.tr("Back to your lessons (Escape)"))
        set_role(self.back, "quiet")
        request_icon(self.back, "arrow-left")
        self.name, self.below = Name(), ClassAndFacts(facts(content), classes)
        self.facts = self.below.facts
        self.show_named(content.saved)
        self.exports = {kind: self._export(kind, str(label)) for kind, label in EXPORTS}
        self.erase = QPushButton(self.tr("Erase"))
        self._grey(content)
        for kind, button in self.exports.items():
            button.setVisible(kind in offered)
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.erase.clicked.connect(self.erase_wanted)
        self.name.typed.connect(lambda text: self.edit_wanted.emit(Field.NAME, text))
        self.below.typed.connect(lambda text: self.edit_wanted.emit(Field.CLASS, text))
        for part in (self.name, self.below):
            part.over.connect(self.edit_over)

    def show_named(self, lesson: SavedSession) -> None:
        """What it is called, and its class."""
        self.name.show_lesson(lesson)
        self.below.show_lesson(lesson)

    def edit(self, field: Field) -> None:
        """Opens a field over its name or its class."""
        (self.name if field is Field.NAME else self.below).edit()

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
        self._grid.addWidget(self.below, 1, 1, 1, 2)
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
