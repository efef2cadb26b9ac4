"""The lessons with the field that searches them, and what holds for all of them below."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.core.settings import Retention
from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.home.cards import NothingFound
from fer_desktop.ui.home.menus import LessonMenu, LessonWays
from fer_desktop.ui.home.outlines import Outlines
from fer_desktop.ui.home.rows import LessonRows
from fer_desktop.ui.home.search import Search
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.saved.editing import Editing, Field
from fer_desktop.ui.saved.erasing import Erasing, Erasure
from fer_desktop.ui.toolkit.announcing import announce
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import single_shot_timer

_NARROW_PX: Final = 720
_TOLD_AFTER_MS: Final = 600  # how many were found is said once she has stopped typing


class Listed(QWidget):
    """Search, list, and until when lessons are kept."""

    opened = Signal(object)  # SavedSession
    saved_wanted = Signal(str)  # what can be done with a lesson, named by its key
    settings_wanted = Signal()

    def __init__(self, outlines: Outlines, editing: Editing, erasing: Erasing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing, self._erasing = editing, erasing
        self._lessons: Sequence[SavedSession] = ()
        self.search, self.rows, self.nothing = QLineEdit(), LessonRows(outlines), NothingFound()
        self.count, self.kept = PlainLabel(), PlainLabel()
        self.change = _quiet(self.tr("Change…"))
        self.with_lesson = _quiet(self.tr("This lesson"))
        self.manage = _quiet(self.tr("Save or erase…"))
        self._menu = QMenu(self.with_lesson)
        self._ways = LessonMenu(
            self._menu, LessonWays(self._open, self.rows.edit_chosen, self._set_class, self._manage, self._erase)
        )
        self.with_lesson.setMenu(self._menu)
        self._in_place = QStackedWidget()
        self._soon = single_shot_timer(self, _TOLD_AFTER_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Search lessons, classes, markers"))
        self.search.setAccessibleName(self.tr("Search lessons, classes, markers"))
        self.search.setClearButtonEnabled(True)
        set_role(self.count, "small")
        set_role(self.kept, "small")
        finding, foot = QHBoxLayout(), QHBoxLayout()
        for layout in (finding, foot):
            layout.setSpacing(SPACE)
        finding.addWidget(self.search, 1)
        finding.addWidget(self.count)
        foot.addWidget(self.kept)
        foot.addWidget(self.change)
        foot.addStretch(1)
        foot.addWidget(self.with_lesson)
        foot.addWidget(self.manage)
        self._in_place.addWidget(self.rows)
        self._in_place.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(finding)
        column.addWidget(self._in_place, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.nothing.show_all.clicked.connect(self._show_all)
        self._soon.timeout.connect(self._tell_count)
        self.change.clicked.connect(self.settings_wanted)
        self.manage.clicked.connect(self._manage)
        self.rows.opened.connect(self.opened)
        self.rows.edited.connect(self._editing.ask)
        self.rows.erase_wanted.connect(lambda _lesson: self._erase())
        self.rows.menu_wanted.connect(self._pop_up)
        self.rows.edit_over.connect(self._fit)
        self._menu.aboutToShow.connect(self._fill)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons have their room first."""
        super().resizeEvent(event)
        self.kept.setWordWrap(self.width() < px(_NARROW_PX))

    def show_lessons(self, lessons: Sequence[SavedSession]) -> None:
        """These are stored, newest first; while a row is being typed into, they wait until that is over."""
        self._lessons = lessons
        if not self.rows.is_edited:
            self._fit()

    def tell_kept(self, keep: Retention) -> None:
        """Says until when lessons are kept."""
        if keep is Retention.FOR_EVER:
            self.kept.setText(self.tr("Kept until you erase them."))
        elif not keep.days:
            self.kept.setText(self.tr("Kept until the next lesson or start, then erased."))
        else:
            self.kept.setText(self.tr("Kept for {days} days, then erased.").format(days=keep.days))

    def find_lesson(self) -> None:
        """Goes to the field that searches."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field that searches: down and Enter go to the list, Escape shows all lessons and goes there too."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Escape:
                    self._show_all()
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter if self.rows.chosen is not None:
                    self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return super().eventFilter(watched, event)

    def _show_all(self) -> None:
        self.search.clear()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_search(self, text: str) -> None:
        self.rows.show_found(Search(text))
        self._fit()
        self._soon.start()

    def _fit(self) -> None:
        self.rows.show_lessons(self._lessons)
        model = self.rows.lessons
        searched, found = model.search, len(model.lessons)
        self.nothing.tell(searched.text)
        self._in_place.setCurrentWidget(self.rows if found or not searched.words else self.nothing)
        self.count.setText(self._count(found) if searched.words and found else "")
        self.count.setVisible(bool(self.count.text()))
        self.with_lesson.setEnabled(found > 0)

    def _count(self, found: int) -> str:
        return self.tr("1 lesson") if found == 1 else self.tr("%n lessons", None, found)

    def _tell_count(self) -> None:
        searched = self.rows.lessons.search
        if searched.words and self.isVisible():
            announce(self.search, self.count.text() if self.rows.lessons.lessons else self.nothing.heading.text())

    def _fill(self) -> None:
        if (lesson := self.rows.chosen) is not None:
            self._ways.fill(lesson, list(dict.fromkeys(one.class_name for one in self._lessons if one.class_name)))

    def _pop_up(self, place: QPoint) -> None:
        self._menu.popup(place)

    def _open(self) -> None:
        if (lesson := self.rows.chosen) is not None:
            self.opened.emit(lesson)

    def _manage(self) -> None:
        if (lesson := self.rows.chosen) is not None:
            self.saved_wanted.emit(lesson.key)
        else:
            self.saved_wanted.emit("")

    def _set_class(self, name: str) -> None:
        if (lesson := self.rows.chosen) is not None:
            self._editing.ask(lesson, Field.CLASS, name)

    def _erase(self) -> None:
        lesson = self.rows.chosen
        if lesson is not None and lesson.state is not SavedState.RECORDING:
            self._erasing.ask(Erasure((lesson,)))


def _quiet(text: str) -> QPushButton:
    button = QPushButton(text)
    set_role(button, "quiet")
    button.setAutoDefault(False)
    return button
