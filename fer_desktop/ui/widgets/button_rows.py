"""Buttons in one row, or in as many as the width asks for: none is narrower than its words."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from fer_desktop.ui.look.theme import SPACE

_ANY_PX: Final = 1 << 16


class ButtonRows(QWidget):
    """What is added stands at the end of its row, in the order in which it came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, button: QWidget) -> None:
        """Puts it behind the others."""
        self._rows.addWidget(button)

    @property
    def row_px(self) -> int:
        """How wide one row of all of them is."""
        return self._rows.sizeHint().width()

    def fill_the_width(self, on: bool) -> None:
        """Whether they have rows of their own, as wide as there is room, rather than the end of another's."""
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred if on else QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)


class _Rows(QLayout):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACE)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # Qt asks beyond the last
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._in_rows(width)
        return sum(_height(row) for row in rows) + max(0, len(rows) - 1) * self.spacing()

    def sizeHint(self) -> QSize:
        shown = self._in_rows(_ANY_PX)
        return QSize(self._width(shown[0]), _height(shown[0])) if shown else QSize(0, 0)

    def minimumSize(self) -> QSize:
        widest = max((item.sizeHint().width() for row in self._in_rows(_ANY_PX) for item in row), default=0)
        return QSize(widest, self.sizeHint().height())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        parent, top = self.parentWidget(), rect.top()
        rtl = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for row in self._in_rows(rect.width()):
            x = 0 if rtl else rect.width() - self._width(row)
            for item in reversed(row) if rtl else row:
                size = item.sizeHint()
                item.setGeometry(QRect(rect.topLeft() + QPoint(x, top - rect.top()), size))
                x += size.width() + self.spacing()
            top += _height(row) + self.spacing()

    def _in_rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            if rows and self._width([*rows[-1], item]) <= width:
                rows[-1].append(item)
            else:
                rows.append([item])
        return rows

    def _width(self, row: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in row) + (len(row) - 1) * self.spacing()


def _height(row: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in row)
