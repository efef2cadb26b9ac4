"""Home: her lessons, one button for the next one, and all other ways behind it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.core.sources import DemoChoice, SourceKind
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.home.cards import Unread, Welcome
from fer_desktop.ui.home.listed import Listed
from fer_desktop.ui.home.menus import SourcesMenu
from fer_desktop.ui.home.outlines import Outlines
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.saved.editing import Edit
from fer_desktop.ui.saved.flow import SavedFlow
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import single_shot_timer

_WIDEST_PX: Final = 1128  # of the whole page
_NARROW_PX: Final = 800  # below, the buttons stand under the title
_LOW_PX: Final = 480  # below, the lessons have the room of what is kept of them
_AGAIN_MS: Final = 1000


class HomePage(QWidget):
    """The stored lessons by day; empty, it is a welcome."""

    lesson_wanted = Signal()  # the call's window, wherever it is
    kind_wanted = Signal(object)  # SourceKind, or a SourceChoice
    sources_wanted = Signal()  # all of them, with what they show
    lesson_opened = Signal(int)  # a stored lesson's id
    saved_wanted = Signal(str)  # what can be done with a lesson, named by its key
    settings_wanted = Signal()

    def __init__(self, services: Services, saved: SavedFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._saved = services, saved
        self._lessons: Sequence[SavedSession] | None = None  # nothing was read yet
        self._unread_why = ""  # why the store could not be read at last
        self.start = self._button(self.tr("Start a lesson"), primary=True)
        self.region = self._button(self.tr("Draw a region"))
        self.more, self.sources = self._button(self.tr("More")), SourcesMenu(self)
        self._title = PlainLabel(self.tr("Your lessons"))
        self._promise = PlainLabel(
            self.tr("Only figures of the class are kept. No picture is saved, and nothing leaves this computer.")
        )
        self._outlines = Outlines(services.stored, self)
        self.listed = Listed(self._outlines, saved.editing, saved.erasing)
        self.rows = self.listed.rows
        self.welcome, self.unread = Welcome(self), Unread(self)
        self._below, self._page = QStackedWidget(), QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._again = single_shot_timer(self, _AGAIN_MS)  # how long a lesson is that another window records
        self._again.timeout.connect(self.look)
        self._lay_out()
        self._connect()

    def _button(self, text: str, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        if primary:
            set_role(button, "primary")
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        set_role(self._title, "display")
        set_role(self._promise, "muted")
        self._promise.setWordWrap(True)
        self.more.setAccessibleName(self.tr("More sources"))
        self.more.setMenu(self.sources)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.more, self.region, self.start):
            buttons.addWidget(button)
        self._head.setSpacing(SPACE)
        self._head.addWidget(self._title, 1)
        self._head.addLayout(buttons)
        self._below.addWidget(QWidget())  # until the store was read
        for one in (self.listed, self.welcome, self.unread):
            self._below.addWidget(one)
        column = QVBoxLayout(self._page)
        # Below there is room for a message of the window.
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 6 * SPACE)
        column.setSpacing(SPACE)
        column.addLayout(self._head)
        column.addWidget(self._promise)
        column.addSpacing(SPACE)
        column.addWidget(self._below, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        whole.addWidget(self._page, 100)
        whole.addStretch(1)
        self._fit()

    def _connect(self) -> None:
        for start in (self.start, self.welcome.start):
            start.clicked.connect(self.lesson_wanted)
        self.welcome.demo.clicked.connect(self._on_demo)
        self.region.clicked.connect(lambda: self.kind_wanted.emit(SourceKind.REGION))
        self.sources.wanted.connect(self.kind_wanted)
        self.sources.demo_wanted.connect(self._on_demo)
        self.sources.all_wanted.connect(self.sources_wanted)
        self.listed.opened.connect(self._open)
        self.listed.saved_wanted.connect(self.saved_wanted)
        self.listed.settings_wanted.connect(self.settings_wanted)
        self.unread.again.connect(self.look)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self.rows)
        undo.setContext(Qt.ShortcutContext.WidgetShortcut)
        undo.activated.connect(self._saved.undo_last)
        self._saved.erasing.changed.connect(self._show)
        self._saved.erasing.over.connect(self.look_if_shown)
        self._saved.editing.changed.connect(self._show)
        self._saved.editing.written.connect(self._on_written)
        self._saved.tended.connect(self.look_if_shown)

    @property
    def kept(self) -> str:
        """What is said of how long lessons are kept."""
        return self.listed.kept.text()

    def look(self) -> None:
        """Reads the store again."""
        self._outlines.try_again()
        run_job(self._services.stored.listed, self.show_lessons, self._on_unread, self)

    def look_if_shown(self) -> None:
        """The same where anybody sees it."""
        if self.isVisible():
            self.look()

    def find_lesson(self) -> None:
        """Goes to the search, where there is anything to be searched."""
        if self._below.currentWidget() is self.listed:
            self.listed.find_lesson()

    def sizeHint(self) -> QSize:
        """As large as the window likes to be."""
        return QSize(_WIDEST_PX, 640)

    def minimumSizeHint(self) -> QSize:
        """All scrolls."""
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Shows what is stored by now."""
        super().showEvent(event)
        self.listed.tell_kept(self._services.settings().keep_sessions)
        self.look()
        self._focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Reads nothing while nobody sees it."""
        super().hideEvent(event)
        self._again.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the buttons beside the title where there is room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    def _fit(self) -> None:
        self._page.setMaximumWidth(px(_WIDEST_PX))
        for card in (self.welcome, self.unread, self.listed.nothing):
            card.fit()
        self._promise.setVisible(self.height() >= px(_LOW_PX))
        narrow = self.width() < px(_NARROW_PX)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._head.direction() != way:
            self._head.setDirection(way)

    def _focus(self) -> None:
        if not any(one.hasFocus() for one in (self.rows, self.listed.search, self.region, self.more)):
            start = self.welcome.start if self._below.currentWidget() is self.welcome else self.start
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_demo(self) -> None:
        demo: DemoChoice = self._services.demo()
        self.kind_wanted.emit(demo)

    def show_lessons(self, lessons: Sequence[SavedSession]) -> None:
        """These are stored, newest first."""
        self._lessons, self._unread_why = lessons, ""
        self._show()
        if any(one.state is SavedState.RECORDING for one in lessons) and self.isVisible():
            self._again.start()

    def _on_unread(self, sentence: str) -> None:
        """What was read before stays."""
        self._unread_why = sentence
        self._show()

    def _on_written(self, edit: Edit) -> None:
        if self._lessons is not None:
            self._lessons = [edit.of(lesson) for lesson in self._lessons]
        self.look_if_shown()

    def _show(self) -> None:
        if self._lessons is None and not self._unread_why:
            return
        had_focus = self.start.hasFocus() or self.welcome.start.hasFocus()
        hides, shown = self._saved.erasing.hides, self._saved.editing.shown
        lessons = [shown(lesson) for lesson in self._lessons or () if not hides(lesson)]
        self.listed.show_lessons(lessons)
        unread = self._lessons is None and bool(self._unread_why)
        empty = not lessons and not unread
        self.unread.tell(self._unread_why)
        self._below.setCurrentWidget(self.unread if unread else self.welcome if empty else self.listed)
        self.start.setVisible(not empty)
        self._title.setText(self.tr("Welcome") if empty else self.tr("Your lessons"))
        if had_focus:
            self._focus()

    def _open(self, lesson: SavedSession) -> None:
        self.lesson_opened.emit(lesson.id)
