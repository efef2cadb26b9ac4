"""The page of an opened lesson: it is read in a worker, then shown; or why it cannot be, and what can be done."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import SavedSession, SavedSessions
from fer_desktop.ui.lesson.content import LessonContent, load
from fer_desktop.ui.lesson.view import LessonView
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import SPACE, px, resizes_text, set_role
from fer_desktop.ui.saved.editing import Edit, Editing, Field
from fer_desktop.ui.saved.erasing import Erasing, Erasure
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.timers import single_shot_timer

_PATIENCE_MS = 300  # a short lesson is there before anything is said of waiting
_CARD_PX = 440


class LessonPage(QWidget):
    """One lesson at a time. What another one left, or was left of this one, is gone with the next."""

    back_wanted = Signal()
    export_wanted = Signal(int, str)  # the lesson's id, and a kind of header.EXPORTS
    problem = Signal(str)  # one sentence
    shown = Signal()  # the lesson, or why it is not

    def __init__(
        self,
        stored: SavedSessions,
        erasing: Erasing,
        editing: Editing,
        offered: Collection[str],
        parent: QWidget | None = None,
    ) -> None:
        """`offered`: the kinds of files that a lesson can become here."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Lesson"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stored, self._erasing, self._editing, self._offered = stored, erasing, editing, offered
        self._saved: SavedSession | None = None  # the lesson that is shown, as the store has it
        self._wanted = self._turn = 0  # the lesson, and how many were asked for before
        self.view: LessonView | None = None
        self._pages, self._blank, self._waiting = (
            QStackedWidget(),
            QWidget(),
            PlainLabel(self.tr("Reading the lesson…")),
        )
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._waiting, "muted")
        self.trouble = _Trouble()
        for page in (self._blank, self._waiting, self.trouble):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._patience = single_shot_timer(self, _PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._pages.setCurrentWidget(self._waiting))
        self.trouble.again.clicked.connect(lambda: self.open(self._wanted))
        self.trouble.back.clicked.connect(self.back_wanted)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.back_wanted)
        erasing.changed.connect(self._on_erasing)
        editing.written.connect(self._on_written)
        editing.changed.connect(self._name)

    def open(self, session_id: int) -> None:
        """Shows the lesson of that id, as soon as it is read."""
        if self.view is not None and self._wanted == session_id and self.view.notes.unsaved:
            self.view.notes.flush()  # what could not be saved is not thrown away
            return
        self._drop()
        self._wanted, self._turn = session_id, self._turn + 1
        turn = self._turn
        self._pages.setCurrentWidget(self._blank)
        self._patience.start()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # so that Escape leads back before it is read

        def show(content: LessonContent) -> None:
            if turn == self._turn:
                self._show(content)

        def fail(sentence: str) -> None:
            if turn == self._turn:
                self._fail(sentence)

        run_job(lambda: load(self._stored.opened, session_id), show, fail, self)

    def _show(self, content: LessonContent) -> None:
        self._patience.stop()
        saved = self._saved = content.saved
        hides = partial(self._erasing.hides_marker, saved)
        self.view = view = LessonView(content, self._stored, self._offered, hides)
        view.back_wanted.connect(self.back_wanted)
        view.problem.connect(self._on_problem)
        view.export_wanted.connect(lambda kind: self.export_wanted.emit(self._wanted, kind))
        view.erase_wanted.connect(self._erase)
        view.edit_wanted.connect(self._edit)
        self._name()
        self._pages.addWidget(view)
        self._pages.setCurrentWidget(view)
        apply_icons(view)
        if self.isVisible():
            view.focus()
        self.shown.emit()

    @property
    def lesson(self) -> SavedSession | None:
        """What is shown, with all changes of it."""
        return self._editing.shown(self._saved) if self._saved is not None else None

    def _erase(self) -> None:
        if (lesson := self.lesson) is not None:
            self._erasing.ask(Erasure((lesson,)))

    def _edit(self, field: Field, text: str) -> None:
        if (lesson := self.lesson) is not None:
            self._editing.ask(lesson, field, text)

    def _on_written(self, edit: Edit) -> None:
        if self._saved is not None:
            self._saved = edit.of(self._saved)

    def _name(self) -> None:
        lesson = self.lesson
        if self.view is not None and lesson is not None:
            self.view.header.show_named(lesson)

    def _fail(self, sentence: str) -> None:
        self._patience.stop()
        self.trouble.tell(sentence)
        self._pages.setCurrentWidget(self.trouble)
        if self.isVisible():
            self.trouble.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def _drop(self) -> None:
        view, self.view, self._saved = self.view, None, None
        if view is not None:
            view.player.pause()
            self._pages.removeWidget(view)
            view.hide()
            view.deleteLater()

    def _on_problem(self, sentence: str) -> None:
        """Of a lesson that is erased nothing needs to be saved."""
        if self.view is None or not self._erasing.hides(self.view.content.saved):
            self.problem.emit(sentence)

    def _on_erasing(self) -> None:
        if self.view is not None and self._erasing.hides(self.view.content.saved):
            self._drop()
            self._pages.setCurrentWidget(self._blank)
            self.back_wanted.emit()
        elif self.view is not None:
            self.view.show_markers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back, before there is a lesson too."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays while nobody sees it."""
        super().hideEvent(event)
        if self.view is not None:
            self.view.player.pause()

    def minimumSizeHint(self) -> QSize:
        """All scrolls."""
        return QSize(0, 0)


class _Trouble(QWidget):
    """Why there is no lesson."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = PlainLabel()
        set_role(self._sentence, "error")
        self._sentence.setWordWrap(True)
        self.again, self.back = QPushButton(self.tr("Try again")), QPushButton(self.tr("Back to your lessons"))
        set_role(self.back, "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.back, self.again):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._card = QFrame()
        set_role(self._card, "card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._sentence)
        column.addLayout(buttons)
        whole, middle = QVBoxLayout(self), QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 100)
        middle.addStretch(1)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        self._fit()

    @property
    def text(self) -> str:
        """What it says."""
        return self._sentence.text()

    def tell(self, sentence: str) -> None:
        """Says that."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Gives words of another size their room."""
        super().changeEvent(event)
        if resizes_text(event):
            self._fit()

    def _fit(self) -> None:
        self._card.setMaximumWidth(px(_CARD_PX))
