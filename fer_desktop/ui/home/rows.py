"""The list of lessons itself: chosen, opened, renamed in place."""

import sys
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.home import row
from fer_desktop.ui.home.model import LESSON, Index, LessonsModel
from fer_desktop.ui.home.outlines import Outlines
from fer_desktop.ui.home.search import Search
from fer_desktop.ui.look.theme import SPACE, px
from fer_desktop.ui.saved.editing import MOST_NAME, Field, value_of
from fer_desktop.ui.toolkit.timers import single_shot_timer

# The Mac's key of that name is Qt's Backspace.
_DELETES: Final = (Qt.Key.Key_Delete, *([Qt.Key.Key_Backspace] if sys.platform == "darwin" else []))
_FIELD_PX: Final = (360, 32)


class LessonRows(QListView):
    """One column; F2 edits the name, Shift+F2 the class, Enter opens, Delete erases."""

    opened = Signal(object)  # SavedSession
    edited = Signal(object, object, str)  # SavedSession, Field, what she typed
    erase_wanted = Signal(object)  # SavedSession
    menu_wanted = Signal(object)  # QPoint on the screen
    edit_over = Signal()

    def __init__(self, outlines: Outlines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(LessonsModel(outlines.of, self))
        self._painting = _Row(self, outlines)
        self.setItemDelegate(self._painting)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)  # a double click opens
        self.setAccessibleName(self.tr("Your lessons"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)
        self._closed = single_shot_timer(self, 0)  # once the field is gone
        self._closed.timeout.connect(self.edit_over)
        self._painting.closeEditor.connect(lambda *_: self._closed.start())
        outlines.read.connect(self.viewport().update)

    @property
    def lessons(self) -> LessonsModel:
        """The rows."""
        model = self.model()
        assert isinstance(model, LessonsModel)
        return model

    @property
    def chosen(self) -> SavedSession | None:
        """The lesson that is chosen."""
        found = self.currentIndex().data(LESSON)
        return found if isinstance(found, SavedSession) else None

    @property
    def is_edited(self) -> bool:
        """Whether something is being typed into a row."""
        return self.state() is QListView.State.EditingState

    def show_lessons(self, lessons: Sequence[SavedSession]) -> None:
        """Replaces the rows; the choice stays, or falls on what took its place."""
        chosen, at = self.chosen, self.currentIndex().row()
        self.lessons.show_lessons(lessons)
        self._choose_again(chosen, at)

    def show_found(self, search: Search) -> None:
        """Leaves what the search finds; the choice stays, or is the first that was found."""
        chosen = self.chosen
        self.lessons.show_found(search)
        self._choose_again(chosen, 0)
        self.viewport().update()

    def _choose_again(self, chosen: SavedSession | None, at: int) -> None:
        model = self.lessons
        row_of = model.row_of(chosen.key) if chosen is not None else -1
        found = row_of if row_of >= 0 else model.nearest(max(at, 0))
        if found >= 0 and self.currentIndex().row() != found:
            self.setCurrentIndex(model.index(found))
            self.scrollTo(self.currentIndex())

    def edit_chosen(self, field: Field) -> None:
        """Opens a field over the chosen lesson's name, for that or for its class."""
        if self.chosen is not None:
            self._painting.field = field
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is done with the chosen lesson; all else moves among them."""
        if self.is_edited:  # what the field leaves over, as the Enter that ended it, is meant for nobody else
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(self.currentIndex())
            case Qt.Key.Key_F2:
                self.edit_chosen(Field.CLASS if shifted else Field.NAME)
            case key if key in _DELETES and self.chosen is not None:
                self.erase_wanted.emit(self.chosen)
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the lesson that is pointed at, or with the chosen one."""
        at = self.indexAt(event.pos())
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            at = self.currentIndex()
        if at.data(LESSON) is None:
            return
        self.setCurrentIndex(at)
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(
            event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(at).center())
        )

    def _open(self, index: QModelIndex) -> None:
        lesson = index.data(LESSON)
        if isinstance(lesson, SavedSession):
            self.opened.emit(lesson)


class _Row(QStyledItemDelegate):
    """Paints rows, and makes the field that one is renamed in."""

    def __init__(self, rows: LessonRows, outlines: Outlines) -> None:
        super().__init__(rows)
        self._rows, self._model, self._outlines = rows, rows.lessons, outlines
        self.field = Field.NAME

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two heights there are. Each row is asked whenever there are others: it must be quick."""
        return row.row_size(self._model.is_lesson(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A title, or a lesson on its ground."""
        lesson = index.data(LESSON)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(lesson, SavedSession):
            row.paint_ground(painter, option)
            outline = self._outlines.of(lesson)
            if self._rows.is_edited and index == self._rows.currentIndex():
                row.paint_course(painter, option.rect, outline)
            else:
                row.paint_lesson(painter, option.rect, lesson, outline, self._model.search)
        else:
            row.paint_title(painter, option.rect, str(index.data()), with_key=index.row() == 0)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:  # noqa: N802
        """A line to type in; for a class it completes those that she has used."""
        line = QLineEdit(parent)
        line.setMaxLength(MOST_NAME)
        named = self.field is Field.NAME
        line.setAccessibleName(self.tr("Name of the lesson") if named else self.tr("Class of the lesson"))
        if not named:
            line.setPlaceholderText(self.tr("Class, such as 9b"))
            known = dict.fromkeys(one.class_name for one in self._model.lessons if one.class_name)
            completer = QCompleter(list(known), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's own name)
        """What it is called now, all of it marked."""
        lesson = index.data(LESSON)
        if isinstance(editor, QLineEdit) and isinstance(lesson, SavedSession) and not editor.isModified():
            editor.setText(value_of(lesson, self.field))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """Over the name, and as high as a line that is typed in."""
        place = row.words_place(option.rect)
        height = max(px(_FIELD_PX[1]), editor.sizeHint().height())
        width = min(place.width(), px(_FIELD_PX[0]))
        editor.setGeometry(QRect(place.left() - SPACE, option.rect.center().y() - height // 2, width, height))

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Hands on what was typed; the list shows it as soon as it is told to."""
        lesson = index.data(LESSON)
        if isinstance(editor, QLineEdit) and isinstance(lesson, SavedSession):
            self._rows.edited.emit(lesson, self.field, editor.text())
