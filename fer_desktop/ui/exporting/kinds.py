"""What a lesson can become: a list with a sentence each."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from fer_desktop.ui.bridge.lesson_files import FileKind, LessonFiles
from fer_desktop.ui.look.theme import SPACE, set_role
from fer_desktop.ui.toolkit.keyboard import OneStop
from fer_desktop.ui.toolkit.plain import PlainLabel

_NAMES: Final = {
    FileKind.PDF: QT_TRANSLATE_NOOP("Kinds", "&Report as PDF"),
    FileKind.HTML: QT_TRANSLATE_NOOP("Kinds", "Report as &web page"),
    FileKind.XLSX: QT_TRANSLATE_NOOP("Kinds", "&Spreadsheet"),
    FileKind.CSV: QT_TRANSLATE_NOOP("Kinds", "&CSV"),
    FileKind.JSON: QT_TRANSLATE_NOOP("Kinds", "&JSON"),
    FileKind.PARQUET: QT_TRANSLATE_NOOP("Kinds", "&Parquet"),
}
_SENTENCES: Final = {
    FileKind.PDF: QT_TRANSLATE_NOOP("Kinds", "One page to print or to keep."),
    FileKind.HTML: QT_TRANSLATE_NOOP("Kinds", "The same for a screen or a phone, with all moments."),
    FileKind.XLSX: QT_TRANSLATE_NOOP("Kinds", "Figures, charts and moments for Excel or LibreOffice."),
    FileKind.CSV: QT_TRANSLATE_NOOP("Kinds", "A row for each second, for any program with tables."),
    FileKind.JSON: QT_TRANSLATE_NOOP("Kinds", "All of the lesson, for other programs."),
    FileKind.PARQUET: QT_TRANSLATE_NOOP("Kinds", "The rows for programs that analyse data."),
}


class Kinds(QWidget):
    """One of them is chosen."""

    changed = Signal()

    def __init__(self, files: LessonFiles, chosen: FileKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[FileKind, QRadioButton] = {}
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        for row, kind in enumerate(FileKind):
            button = self.buttons[kind] = QRadioButton(self.tr(str(_NAMES[kind])))
            can = files.can_make(kind)
            words = PlainLabel(
                self.tr(str(_SENTENCES[kind])) if can else self.tr("It needs pyarrow, which is not there.")
            )
            set_role(words, "muted")
            words.setWordWrap(True)
            button.setAccessibleDescription(words.text())
            button.setEnabled(can)
            button.setChecked(kind is chosen)
            button.toggled.connect(lambda on: self.changed.emit() if on else None)
            self._group.addButton(button)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignVCenter)
        OneStop(self._group)

    @property
    def kind(self) -> FileKind:
        """The chosen one."""
        return next(kind for kind, button in self.buttons.items() if button.isChecked())
