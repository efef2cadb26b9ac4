"""The window of help: pages to the left, with a field that finds them, and the one that is read to the right."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.help.library import FAULTS, page_called
from fer_desktop.core.help.pages import Page, Topic
from fer_desktop.core.help.topics import TOPICS
from fer_desktop.ui.help.page_list import PageList, key_of
from fer_desktop.ui.help.page_text import LINK, faults_text, keys_text, markdown_of, settings_text
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.look.words import told
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.screen_geometry import fit
from fer_desktop.ui.widgets.markdown_page import MarkdownPage

_GEOMETRY: Final = "help/geometry"
_SPLITTER: Final = "help/splitter"
_LIST_PX, _LEAST_LIST_PX, _LEAST_PAGE_PX = 264, 152, 220
_BESIDE_FROM_PX: Final = 560  # list and page stand beside each other


class HelpWindow(QWidget):
    """Stands beside the others and blocks none of them; it remembers how large it was."""

    def __init__(self, store: QSettings, keys: Callable[[], Sequence[tuple[str, str]]]) -> None:
        """`store` keeps its place and size; `keys` tells each key and what it does."""
        super().__init__(None, Qt.WindowType.Window)
        self._store, self._keys = store, keys
        self._rates = ""  # how often the network is wrong
        self._placed = False
        self.setWindowTitle(self.tr("Help"))
        self.search, self.list, self.page = QLineEdit(), PageList(), MarkdownPage()
        self.nothing = PlainLabel(self.tr("No page has all these words."))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.page.anchorClicked.connect(self._on_link)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._seek)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search in the pages of help"))
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(self.tr("Pages of help"))
        set_role(self.nothing, "muted")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        left = QWidget()
        left.setMinimumWidth(_LEAST_LIST_PX)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self.search, self.nothing, self.list):
            column.addWidget(widget)
        self.page.setMinimumWidth(_LEAST_PAGE_PX)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(SPACE + SPACE // 2)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.page)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LIST_PX, self.sizeHint().width() - _LIST_PX])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        whole.addWidget(self._splitter)

    def _fill(self) -> None:
        for page in TOPICS:
            row = self.list.add(page)
            if page.key == Topic.FAULTS:
                for fault in FAULTS:
                    self.list.add(fault, under=row)

    @property
    def shown(self) -> str:
        """The key of the page that is read; empty where none is."""
        return self.list.key

    def show_rates(self, words: str) -> None:
        """Says how often the network is wrong, where the words are explained."""
        self._rates = words
        if self.shown == Topic.WORDS:
            self._render(page_called(Topic.WORDS))

    def open(self, key: str) -> None:
        """Shows that page, in front."""
        if (item := self.list.items_by_key().get(key)) is not None and item.isHidden():
            self.search.clear()
        if item is not None:
            self.list.setCurrentItem(item)
            self.list.scrollToItem(item)
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()  # arrows and Page Down turn it

    def sizeHint(self) -> QSize:
        """A list and a page to read beside it."""
        return QSize(880, 640)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the place and size that it had, or the room that the screen has."""
        super().showEvent(event)
        if self._placed:
            return
        self._placed = True
        kept, split = self._store.value(_GEOMETRY), self._store.value(_SPLITTER)
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            fit(self)
        if isinstance(split, QByteArray):
            self._splitter.restoreState(split)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, as beside a call, the list stands above the page."""
        super().resizeEvent(event)
        narrow = self.width() < px(_BESIDE_FROM_PX)
        across = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if across is not self._splitter.orientation():
            self._splitter.setOrientation(across)
            first = _LIST_PX if not narrow else self.height() // 3
            whole = self.height() if narrow else self.width()
            self._splitter.setSizes([first, whole - first])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers place and size."""
        self._store.setValue(_GEOMETRY, self.saveGeometry())
        self._store.setValue(_SPLITTER, self._splitter.saveState())
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the search, then closes the window."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.text():
            self.search.clear()
        else:
            self.close()

    def _seek(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _find(self, words: str) -> None:
        """Leaves the pages that have all the words."""
        wanted, items = words.casefold().split(), self.list.items_by_key()
        hits = {key for key in items if all(word in self._words_of(key) for word in wanted)} if wanted else set(items)
        self.list.show_only(hits)
        self.nothing.setVisible(not hits)
        if wanted and hits and (self.shown not in hits or self.shown == Topic.FAULTS):
            self.list.setCurrentItem(items[self._best(wanted, [key for key in items if key in hits])])

    def _best(self, words: list[str], hits: list[str]) -> str:
        """The first with all the words in its title, or the first that is no list of others."""
        titles = {key: told(page_called(key).title).casefold() for key in hits}
        named = [key for key in hits if words and all(word in titles[key] for word in words)]
        return next(iter((*named, *(key for key in hits if key != Topic.FAULTS), *hits)))

    def _words_of(self, key: str) -> str:
        return self._text(page_called(key)).casefold()

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._render(page_called(key_of(item)))

    def _render(self, page: Page) -> None:
        self.page.show_markdown(self._text(page))
        self.page.setAccessibleName(told(page.title))

    def _text(self, page: Page) -> str:
        parts = [markdown_of(page)]
        match page.key:
            case Topic.KEYS:
                parts.append(keys_text(self._keys()))
            case Topic.SETTINGS:
                parts.append(settings_text())
            case Topic.FAULTS:
                parts.append(faults_text())
            case Topic.WORDS:
                parts.append(self._rates or self.tr("Reading how often it is wrong"))
        return "\n\n".join(parts)

    def _on_link(self, url: QUrl) -> None:
        """Goes to another page; links to anywhere else lead nowhere."""
        item = self.list.items_by_key().get(url.toString().removeprefix(LINK))
        if item is not None and url.toString().startswith(LINK):
            self.list.setCurrentItem(item)
