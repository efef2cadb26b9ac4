"""Home: her lessons, one button for the next one, and all other ways behind it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.settings import Retention
from fer_desktop.core.sources import DemoChoice, SourceKind
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSession, SavedState
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.home.lessons import LESSON, LessonRows
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.saved.erasing import Erasing
from fer_desktop.ui.toolkit.timers import single_shot_timer

_WIDEST_PX: Final = 1128  # of the whole page
_NARROW_PX: Final = 800  # below, the buttons stand under the title
_CARD_PX: Final = 440  # of the welcome
_AGAIN_MS: Final = 1000


class HomePage(QWidget):
    """The stored lessons by day; empty, it is a welcome."""

    lesson_wanted = Signal()  # the call's window, wherever it is
    kind_wanted = Signal(object)  # SourceKind, or a DemoChoice
    sources_wanted = Signal()  # all of them, with what they show
    saved_wanted = Signal(str)  # what can be done with a lesson, named by its key
    settings_wanted = Signal()

    def __init__(self, services: Services, erasing: Erasing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._erasing = services, erasing
        self._lessons: Sequence[SavedSession] | None = None  # nothing was read yet
        self.start = self._button(self.tr("Start a lesson"), "primary")
        self.region = self._button(self.tr("Draw a region"))
        self.more = self._more()
        self.rows = LessonRows()
        self._kept, self._title = QLabel(), QLabel(self.tr("Your lessons"))
        self.manage = self._button(self.tr("Save or erase…"), "quiet")
        self.change = self._button(self.tr("Change…"), "quiet")
        self.welcome = _Welcome(self)
        self._below, self._listed = QStackedWidget(), self._list()
        self._page = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._again = single_shot_timer(self, _AGAIN_MS)  # how long a lesson is that another window records
        self._again.timeout.connect(self.look)
        self._lay_out()
        self._connect()

    def _button(self, text: str, role: str = "") -> QPushButton:
        button = QPushButton(text)
        if role == "primary":
            set_role(button, "primary")
        elif role:
            set_role(button, "quiet")
        button.setAutoDefault(False)
        return button

    def _more(self) -> QPushButton:
        button = self._button(self.tr("More"))
        button.setAccessibleName(self.tr("More sources"))
        menu = QMenu(button)
        for text, kind in (
            (self.tr("&Window…"), SourceKind.WINDOW),
            (self.tr("&Recording or pictures…"), SourceKind.RECORDING),
            (self.tr("&Folder of pictures…"), SourceKind.PICTURES),
            (self.tr("S&tream…"), SourceKind.STREAM),
        ):
            self._entry(menu, text).triggered.connect(lambda _=False, kind=kind: self.kind_wanted.emit(kind))
        self._entry(menu, self.tr("&Demo class")).triggered.connect(self._on_demo)
        menu.addSeparator()
        self._entry(menu, self.tr("&Cameras and all others")).triggered.connect(self.sources_wanted)
        button.setMenu(menu)
        return button

    def _entry(self, menu: QMenu, text: str) -> QAction:
        action = QAction(text, menu)
        menu.addAction(action)
        return action

    def _lay_out(self) -> None:
        promise = QLabel(
            self.tr("Only figures of the class are kept. No picture is saved, and nothing leaves this computer.")
        )
        set_role(self._title, "display")
        set_role(promise, "muted")
        set_role(self._kept, "small")
        promise.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.more, self.region, self.start):
            buttons.addWidget(button)
        self._head.setSpacing(SPACE)
        self._head.addWidget(self._title, 1)
        self._head.addLayout(buttons)
        self._below.addWidget(QWidget())  # until the store was read
        self._below.addWidget(self._listed)
        self._below.addWidget(self.welcome)
        page = self._page
        column = QVBoxLayout(page)
        # Below there is room for a message of the window.
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 6 * SPACE)
        column.setSpacing(SPACE)
        column.addLayout(self._head)
        column.addWidget(promise)
        column.addSpacing(SPACE)
        column.addWidget(self._below, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        whole.addWidget(page, 100)
        whole.addStretch(1)
        self._fit()

    def _list(self) -> QWidget:
        page, foot = QWidget(), QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self._kept)
        foot.addWidget(self.change)
        foot.addStretch(1)
        foot.addWidget(self.manage)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.rows, 1)
        column.addLayout(foot)
        return page

    def _connect(self) -> None:
        for start in (self.start, self.welcome.start):
            start.clicked.connect(self.lesson_wanted)
        self.welcome.demo.clicked.connect(self._on_demo)
        self.region.clicked.connect(lambda: self.kind_wanted.emit(SourceKind.REGION))
        self.manage.clicked.connect(lambda: self._open(self.rows.currentIndex()))
        self.change.clicked.connect(self.settings_wanted)
        self.rows.doubleClicked.connect(self._open)
        self._erasing.changed.connect(self._show)
        self._erasing.over.connect(self._look_if_shown)

    @property
    def kept(self) -> str:
        """What is said of how long lessons are kept."""
        return self._kept.text()

    def look(self) -> None:
        """Reads the store again."""
        run_job(self._services.stored.listed, self.show_lessons, self._on_unread, self)

    def _look_if_shown(self) -> None:
        if self.isVisible():
            self.look()

    def sizeHint(self) -> QSize:
        """As large as the window likes to be."""
        return QSize(_WIDEST_PX, 640)

    def minimumSizeHint(self) -> QSize:
        """All scrolls."""
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Shows what is stored by now."""
        super().showEvent(event)
        self._tell_kept()
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
        self.welcome.fit()
        narrow = self.width() < px(_NARROW_PX)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._head.direction() != way:
            self._head.setDirection(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen lesson."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows.hasFocus():
            self._open(self.rows.currentIndex())
        else:
            super().keyPressEvent(event)

    def _focus(self) -> None:
        if not any(one.hasFocus() for one in (self.rows, self.region, self.more)):
            start = self.welcome.start if self._below.currentWidget() is self.welcome else self.start
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_demo(self) -> None:
        demo: DemoChoice = self._services.demo()
        self.kind_wanted.emit(demo)

    def show_lessons(self, lessons: Sequence[SavedSession]) -> None:
        """These are stored, newest first."""
        self._lessons = lessons
        self._show()
        if any(one.state is SavedState.RECORDING for one in lessons) and self.isVisible():
            self._again.start()

    def _on_unread(self, _sentence: str) -> None:
        """The window says what is wrong with the store as it is looked after at the start."""
        self.show_lessons(self._lessons or ())

    def _show(self) -> None:
        if self._lessons is None:
            return
        had_focus = self.start.hasFocus() or self.welcome.start.hasFocus()
        self.rows.show_lessons(self._lessons, self._erasing.hides)
        empty = not self.rows.lessons.lessons
        self._below.setCurrentWidget(self.welcome if empty else self._listed)
        self.start.setVisible(not empty)
        self._title.setText(self.tr("Welcome") if empty else self.tr("Your lessons"))
        if had_focus:
            self._focus()

    def _open(self, index: QModelIndex) -> None:
        lesson = index.data(LESSON)
        if isinstance(lesson, SavedSession):
            self.saved_wanted.emit(lesson.key)

    def _tell_kept(self) -> None:
        keep = self._services.settings().keep_sessions
        if keep is Retention.FOR_EVER:
            self._kept.setText(self.tr("Kept until you erase them."))
        elif not keep.days:
            self._kept.setText(self.tr("Kept until the next lesson or start, then erased."))
        else:
            self._kept.setText(self.tr("Kept for {days} days, then erased.").format(days=keep.days))


class _Welcome(QFrame):
    """What stands in place of the list before the first lesson."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start, self.demo = QPushButton(self.tr("Start a lesson")), QPushButton(self.tr("See the demo class"))
        set_role(self.start, "primary")
        title = QLabel(self.tr("How does the class look?"))
        text = QLabel(
            self.tr(
                "Open your video call with the gallery of faces, then start: the call's window is found by itself. You "
                "see in a second what most faces show and whether it has changed. Or look at a made-up class first."
            )
        )
        set_role(self, "card")
        set_role(title, "heading")
        set_role(text, "muted")
        text.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.start, self.demo):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        inner = self._inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(text)
        column.addLayout(buttons)
        column.addStretch(3)
        whole = QHBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(inner, 100)
        whole.addStretch(1)
        self.fit()

    def fit(self) -> None:
        """Takes the room that the words need at their size."""
        self._inner.setMaximumWidth(px(_CARD_PX))
