"""The table of the seat view: chosen and named by keys as well as by the pointer."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fer_desktop.core.seats.aliases import LONGEST_ALIAS
from fer_desktop.ui.look.theme import SPACE, TEXT, app_font, current_theme
from fer_desktop.ui.seats.table_model import Column, Index, SeatTableModel
from fer_desktop.ui.seats.words import all_words, seat_words
from fer_desktop.ui.toolkit.marker_key import is_marker_key

_ROW_PX: Final = 32
_SEAT_PX: Final = (120, 260)  # least and most: a row is followed with the eye
_PAD_PX: Final = 2 * SPACE + 4  # beside the longest words of a column
_ARROW_PX: Final = 16  # of the column that is sorted by
_ROWS: Final = 4  # at least in sight
_LEFT_OUT: Final = (Column.SINCE, Column.CAMERA, Column.PLACE)  # one after another, where there is no room
_RENAMES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class AliasDelegate(QStyledItemDelegate):
    """Types an alias, with those that are kept offered."""

    def __init__(self, model: SeatTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._seats = model
        self.offered: tuple[str, ...] = ()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 (Qt calls it)
        """A line of an alias's length."""
        line = QLineEdit(parent)
        line.setMaxLength(LONGEST_ALIAS)
        seat = seat_words(self._seats.seat_at(index) or 0)
        line.setAccessibleName(self.tr("Alias of {seat}").format(seat=seat))
        line.setPlaceholderText(seat)
        if self.offered:
            completer = QCompleter(list(self.offered), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        return line


class SeatTable(QTableView):
    """Space leaves out or brings back, Enter and F2 type an alias, a click on a heading sorts."""

    switch_wanted = Signal(int, bool)  # seat; whether it is to be left out
    me_wanted = Signal(int)  # seat

    def __init__(self, model: SeatTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seats, self._delegate = model, AliasDelegate(model, self)
        self._why = ""  # there is no row
        self.setModel(model)
        self.setItemDelegateForColumn(Column.SEAT, self._delegate)
        self.setAccessibleName(self.tr("Seats"))
        self.setAccessibleDescription(self.tr("Space leaves out or brings back, F2 gives an alias"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)
        self._widths: dict[Column, int] = {}
        self._whole = False
        self._lay_out_columns()
        self.setMinimumHeight((_ROWS + 1) * _ROW_PX)
        for changed in (model.rowsInserted, model.rowsRemoved):
            changed.connect(lambda *_: self._fit_rows())

    def show_whole(self, on: bool) -> None:
        """As high as all its rows, so that only what lies around it scrolls; else as high as it is given."""
        self._whole = on
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if on else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self._fit_rows()

    def _fit_rows(self) -> None:
        rows = max(_ROWS, self._seats.rowCount()) if self._whole else _ROWS
        frame = self.height() - self.viewport().height() - self.horizontalHeader().height()
        self.setMinimumHeight((rows + 1) * _ROW_PX + (max(0, min(frame, _ROW_PX)) if self._whole else 0))

    def offer(self, aliases: Sequence[str]) -> None:
        """Offers these as an alias is typed."""
        self._delegate.offered = tuple(aliases)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.SEAT, Qt.SortOrder.AscendingOrder)
        words, heading = self.fontMetrics(), header.fontMetrics()
        for column, texts in zip(list(Column)[1:], all_words(), strict=True):
            name = str(self._seats.headerData(column, Qt.Orientation.Horizontal))
            widest = max(heading.horizontalAdvance(name) + _ARROW_PX, *map(words.horizontalAdvance, texts))
            self._widths[column] = widest + _PAD_PX
            self.setColumnWidth(column, self._widths[column])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the names what the other columns leave; where that is too little there are fewer columns.

        What is left out stands in the hint on whether it is read.
        """
        super().resizeEvent(event)
        widths = dict(self._widths)
        for column in _LEFT_OUT:
            no_room = self.viewport().width() < sum(widths.values()) + _SEAT_PX[0]
            if no_room:
                del widths[column]
            self.setColumnHidden(column, no_room)
        rest = self.viewport().width() - sum(widths.values())
        name = min(_SEAT_PX[1], max(_SEAT_PX[0], rest))
        self.setColumnWidth(Column.SEAT, name)
        last = Column.SINCE if Column.SINCE in widths else Column.READ
        self.setColumnWidth(Column.READ, self._widths[Column.READ])
        self.setColumnWidth(last, self._widths[last] + max(0, rest - name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """M marks and Space leaves out, rather than looking for a row of that letter."""
        index = self.currentIndex()
        edits = not self.hasFocus()  # the line that is typed in lets Enter through, once it is done
        if is_marker_key(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            if not event.isAutoRepeat():
                self._switch(index)
        elif event.key() in _RENAMES and index.isValid() and not edits:
            self.edit(index.siblingAtColumn(Column.SEAT))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers what can be done with a participant."""
        by_keys = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keys else self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_keys else event.globalPos()
        self._open_menu(index, at)

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        seat = self._seats.seat_at(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named = index.siblingAtColumn(Column.SEAT)
        menu.addAction(self.tr("Alias…")).triggered.connect(lambda: self.edit(named))
        out = self._seats.is_out(index)
        words = self.tr("Bring back") if out else self.tr("Leave out")
        menu.addAction(words).triggered.connect(lambda: self._switch(named))
        menu.addAction(self.tr("This is me")).triggered.connect(lambda: self.me_wanted.emit(seat))
        menu.popup(at)

    def _switch(self, index: Index) -> None:
        seat = self._seats.seat_at(index)
        if seat is not None:
            self.switch_wanted.emit(seat, not self._seats.is_out(index))

    @property
    def empty_words(self) -> str:
        """What it says where there is no row."""
        return self._why or self.tr("Nobody is seen yet")

    def wait(self, why: str) -> None:
        """What it says where there is no row; empty: that nobody is seen yet."""
        if why != self._why:
            self._why = why
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Says so where there is no row."""
        super().paintEvent(event)
        if not self._seats.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(current_theme().muted)
            painter.setFont(app_font(TEXT))
            place = QRect(self.viewport().rect()).adjusted(SPACE, SPACE, -SPACE, -SPACE)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(place, int(flags), self.empty_words)
            painter.end()
