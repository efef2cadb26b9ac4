"""The list of pages: titles in as many lines as they need."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
)

from fer_desktop.core.help.pages import Page
from fer_desktop.ui.look.theme import SPACE
from fer_desktop.ui.look.words import told

_KEY: Final = Qt.ItemDataRole.UserRole
_INDENT_PX: Final = 2 * SPACE
_ASIDE_PX: Final = 3 * SPACE  # beside the words: the padding, and what a style adds
_ABOVE_PX: Final = SPACE + SPACE // 2  # above and below them together
_LEAST_PX: Final = 4 * SPACE
_ENDLESS_PX: Final = 10_000


class PageList(QTreeWidget):
    """Pages, some of them under another; all are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(_INDENT_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_Wrapping(self))

    def add(self, page: Page, under: QTreeWidgetItem | None = None) -> QTreeWidgetItem:
        """A row for the page."""
        row = QTreeWidgetItem([told(page.title)])
        row.setData(0, _KEY, str(page.key))
        if under is None:
            self.addTopLevelItem(row)
        else:
            under.addChild(row)
            under.setExpanded(True)
        return row

    @property
    def key(self) -> str:
        """The key of the page that is chosen; empty where none is."""
        return key_of(self.currentItem())

    def items_by_key(self) -> dict[str, QTreeWidgetItem]:
        """All rows, from the first to the last."""
        found, each = {}, QTreeWidgetItemIterator(self)
        while (item := each.value()) is not None:
            found[key_of(item)] = item
            each += 1
        return found

    def show_only(self, keys: set[str]) -> None:
        """Hides all other rows, but for one that has some of these under it."""
        for key, item in self.items_by_key().items():
            below = {key_of(item.child(index)) for index in range(item.childCount())}
            item.setHidden(key not in keys and not below & keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives each row the lines that it needs at this width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Wrapping(QStyledItemDelegate):
    """As high as its words are in the width that there is."""

    def __init__(self, of: PageList) -> None:
        super().__init__(of)
        self._list = of

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height counts; the width is the list's."""
        depth = 1 if index.parent().isValid() else 0
        width = max(1, self._list.viewport().width() - depth * _INDENT_PX - _ASIDE_PX)
        flags = int(Qt.TextFlag.TextWordWrap)
        words = self._list.fontMetrics().boundingRect(QRect(0, 0, width, _ENDLESS_PX), flags, str(index.data()))
        return QSize(super().sizeHint(option, index).width(), max(_LEAST_PX, words.height() + _ABOVE_PX))


def key_of(item: QTreeWidgetItem | None) -> str:
    """The key of a row's page."""
    return str(item.data(0, _KEY)) if item is not None else ""
