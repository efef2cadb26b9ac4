"""The table of a lesson's moments: a click or Enter goes there; markers are added, renamed, removed, brought back."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.pipeline.events import Marker, MarkerColour
from fer_desktop.ui.lesson.moments import LONGEST_NAME, Column, Index, MomentsModel, Row
from fer_desktop.ui.lesson.naming import is_class_key
from fer_desktop.ui.look.theme import SPACE, TEXT, app_font, current_theme, px, resizes_text, set_role
from fer_desktop.ui.look.times import moment_words
from fer_desktop.ui.toolkit.marker_key import is_marker_key
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import single_shot_timer
from fer_desktop.ui.widgets.marker_flag import MarkerFlag

_ROW_PX: Final = 32
_WRAPS_UP_TO: Final = 200  # rows: measuring the words of thousands would take seconds
_TIME_PAD_PX, _PAD_PX = 24, 2 * SPACE
_LONGEST_S: Final = 36_000.0  # of a time whose words are as wide as any
_LEAST_ROWS: Final = 4


class _Name(QStyledItemDelegate):
    """A line for a marker's name."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 (Qt's own name)
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.setMaxLength(LONGEST_NAME)
            editor.setAccessibleName(self.tr("Name of the marker"))
        return editor

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need beside what the style keeps clear, and a little over."""
        inner = QStyleOptionViewItem(option)
        inner.rect = QRect(0, 0, max(1, option.rect.width() - _PAD_PX), option.rect.height())
        return super().sizeHint(inner, index) + QSize(0, SPACE)


class MomentsTable(QTableView):
    """The rows themselves."""

    jumped = Signal(float)  # s: a moment was chosen
    removal_wanted = Signal()

    def __init__(self, moments: MomentsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments = moments
        self._wrap = single_shot_timer(self, 0)  # once, whatever asked for it: a lesson may have hundreds of rows
        self._wrap.timeout.connect(self._fit_rows)
        self.setModel(moments)
        self.setItemDelegate(_Name(self))
        self.setAccessibleName(self.tr("Moments"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # a click goes there
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.hide()  # a time and a sentence explain themselves
        header.setSectionResizeMode(Column.TIME, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda *_: self._wrap.start())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._jump)
        self._before: Row | None = None  # what was chosen before the rows changed
        moments.modelAboutToBeReset.connect(self._remember)
        moments.modelReset.connect(self._choose_again)
        moments.modelReset.connect(self._fit)
        self._fit()

    @property
    def chosen(self) -> Row | None:
        """The row that is chosen."""
        index = self.currentIndex()
        return self._moments.rows[index.row()] if index.isValid() else None

    def _remember(self) -> None:
        self._before = self.chosen

    def _choose_again(self) -> None:
        before = self._before
        found = (at for at, row in enumerate(self._moments.rows) if before is not None and row.is_same(before))
        if (at := next(found, -1)) >= 0:
            self.setCurrentIndex(self._moments.index(at, Column.WHAT))

    def choose(self, number: int, edit: bool = False) -> None:
        """Chooses the marker of that number, and has its name typed over."""
        row = self._moments.row_of(number)
        if row < 0:
            return
        index = self._moments.index(row, Column.WHAT)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if edit:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit(index)

    def rename(self) -> None:
        """Has the chosen marker's name typed over."""
        index = self.currentIndex().siblingAtColumn(Column.WHAT)
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _jump(self, index: QModelIndex) -> None:
        self.jumped.emit(self._moments.rows[index.row()].elapsed_s)

    def minimumSizeHint(self) -> QSize:
        """A few rows."""
        return QSize(px(200), _LEAST_ROWS * px(_ROW_PX))

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    def _fit(self) -> None:
        widest = self.fontMetrics().horizontalAdvance(moment_words(_LONGEST_S))
        self.setColumnWidth(Column.TIME, widest + _TIME_PAD_PX)
        self.verticalHeader().setDefaultSectionSize(px(_ROW_PX))
        self._wrap.start()

    def _fit_rows(self) -> None:
        wraps = self._moments.rowCount() <= _WRAPS_UP_TO
        self.setWordWrap(wraps)
        if wraps:
            self.resizeRowsToContents()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, F2 renames, Delete removes; Space plays and M marks, rather than looking for a row."""
        index, edits = self.currentIndex(), self.state() is QAbstractItemView.State.EditingState
        if edits:
            super().keyPressEvent(event)
        elif is_marker_key(event) or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape) or is_class_key(event):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._jump(index)
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Says so where there is no row."""
        super().paintEvent(event)
        if not self._moments.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(current_theme().muted)
            painter.setFont(app_font(TEXT))
            place = QRect(self.viewport().rect()).adjusted(SPACE, SPACE, -SPACE, -SPACE)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            text = self.tr("Nothing was marked, and nothing changed by more than chance.")
            painter.drawText(place, int(flags), text)
            painter.end()


class Moments(QWidget):
    """The table, and what can be done with a marker."""

    mark_wanted = Signal()
    colour_wanted = Signal(object, object)  # Marker, MarkerColour
    remove_wanted = Signal(object)  # Marker
    undo_wanted = Signal(object)  # Marker that was removed

    def __init__(self, model: MomentsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gone: Marker | None = None
        self.table = MomentsTable(model)
        self.mark, self.rename = QPushButton(self.tr("Mark")), QPushButton(self.tr("Rename"))
        self.remove, self.undo = QPushButton(self.tr("Remove")), QPushButton(self.tr("Undo"))
        self.flag = MarkerFlag(MarkerColour.GREY)  # of the chosen marker
        self._told = PlainLabel()
        self._undo_row = QWidget()
        self._lay_out()
        self.mark.clicked.connect(self.mark_wanted)
        self.rename.clicked.connect(self.table.rename)
        self.flag.clicked.connect(self._colour)
        self.remove.clicked.connect(self._remove)
        self.table.removal_wanted.connect(self._remove)
        self.undo.clicked.connect(self._undo)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._grey())
        model.modelReset.connect(self._grey)
        self.show_position(None)
        self._grey()

    def _lay_out(self) -> None:
        title = PlainLabel(self.tr("Moments"))
        set_role(title, "strong")
        set_role(self._told, "muted")
        head, undo = QHBoxLayout(), QHBoxLayout(self._undo_row)
        undo.setContentsMargins(0, 0, 0, 0)
        undo.addWidget(self._told, 1)
        undo.addWidget(self.undo)
        head.setSpacing(SPACE // 2)
        head.addWidget(title, 1)
        head.addWidget(self.flag)
        for button in (self.mark, self.rename, self.remove, self.undo):
            button.setAutoDefault(False)
        for button in (self.mark, self.rename, self.remove):
            set_role(button, "segment")
            head.addWidget(button)
        self.rename.setToolTip(self.tr("Type another name for the chosen marker (F2)"))
        self.remove.setToolTip(self.tr("Remove the chosen marker (Delete)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._undo_row)
        self._undo_row.hide()

    def show_position(self, elapsed_s: float | None) -> None:
        """Which moment a marker would name; None: none is chosen."""
        self.mark.setEnabled(elapsed_s is not None)
        words = self.tr("Name the chosen moment (M)"), self.tr("Choose a moment in the lesson first, then name it (M)")
        self.mark.setToolTip(words[elapsed_s is None])
        self.mark.setAccessibleDescription(self.mark.toolTip())

    def show_removed(self, marker: Marker | None) -> None:
        """That marker is gone, and can be brought back; None: none can."""
        self._gone = marker
        self._undo_row.setVisible(marker is not None)
        if marker is not None:
            self._told.setText(self.tr("Removed: {name}").format(name=marker.text))
            self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _colour(self) -> None:
        row = self.table.chosen
        if row is not None and row.marker is not None:
            self.colour_wanted.emit(row.marker, self.flag.next_colour)

    def _remove(self) -> None:
        row = self.table.chosen
        if row is not None and row.marker is not None:
            self.remove_wanted.emit(row.marker)

    def _undo(self) -> None:
        if self._gone is not None:
            self.undo_wanted.emit(self._gone)

    def _grey(self) -> None:
        row = self.table.chosen
        marker = row.marker if row is not None else None
        for button in (self.flag, self.rename, self.remove):
            button.setEnabled(marker is not None)
        if marker is not None:
            self.flag.show_marker(marker.colour, marker.elapsed_s)
        else:
            self.flag.show_none()
