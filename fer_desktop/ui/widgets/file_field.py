"""A line for a path with a button that opens the system's own dialog."""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from fer_desktop.ui.look.icons import request_icon
from fer_desktop.ui.look.theme import SPACE

_WORDS_EDGE_PX: Final = 20  # beside the words of an empty line
_MOST_LEAST_PX: Final = 290  # a narrow window is not made wider by its words than this


class FileField(QWidget):
    """A path that can be typed or chosen; a folder where no filter is given."""

    changed = Signal(str)

    def __init__(self, title: str, name_filter: str | None, placeholder: str = "") -> None:
        super().__init__()
        self._title, self._filter = title, name_filter
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(title)
        self._clear = self.line.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setToolTip(self.tr("Clear the field"))
        self._clear.triggered.connect(self.line.clear)
        self._clear.setVisible(False)
        request_icon(self._clear, "close", "muted")
        self.browse = QPushButton(self.tr("Choose"))
        self.browse.setAccessibleName(self.tr("Choose: {title}").format(title=title))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._on_text)
        self.browse.clicked.connect(self._choose)

    def sizeHint(self) -> QSize:
        """So wide that what an empty line says can be read."""
        return self._widened(super().sizeHint(), self._words_px())

    def minimumSizeHint(self) -> QSize:
        """The same, as far as a narrow window has room for it."""
        return self._widened(super().minimumSizeHint(), min(self._words_px(), _MOST_LEAST_PX))

    def _words_px(self) -> int:
        return self.line.fontMetrics().horizontalAdvance(self.line.placeholderText()) + _WORDS_EDGE_PX

    def _widened(self, size: QSize, line_px: int) -> QSize:
        return size.expandedTo(QSize(line_px + SPACE + self.browse.sizeHint().width(), 0))

    def text(self) -> str:
        """The path, without spaces round it."""
        return self.line.text().strip()

    def set_text(self, path: str) -> None:
        """Replaces the path."""
        self.line.setText(path)

    def _on_text(self, path: str) -> None:
        self._clear.setVisible(bool(path))
        self.changed.emit(path)

    def _choose(self) -> None:
        if self._filter is None:
            path = QFileDialog.getExistingDirectory(self, self._title, self.text())
        else:
            filters = f"{self._filter};;{self.tr('All files (*)')}"
            path, _ = QFileDialog.getOpenFileName(self, self._title, self.text(), filters)
        if path:
            self.set_text(path)
