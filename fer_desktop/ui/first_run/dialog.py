"""What is read and answered before anything is captured: three short pages."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.core.policy import Opening, verdict
from fer_desktop.core.settings import Settings
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.services import Services
from fer_desktop.ui.first_run.blocks import Page, words
from fer_desktop.ui.first_run.knowing_page import KnowingPage
from fer_desktop.ui.first_run.law_page import LawPage
from fer_desktop.ui.first_run.steps import Steps
from fer_desktop.ui.first_run.telling_page import TellingPage
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.toolkit.keyboard import FollowFocus
from fer_desktop.ui.toolkit.screen_geometry import fit

_SIZE: Final = QSize(736, 560)
_LEAST: Final = QSize(400, 320)
_KNOWING, _LAW, _TELLING = range(3)


class FirstRun(QDialog):
    """What it can and cannot know, where it may be used, what the class is told; Escape leaves all as it was."""

    answered = Signal(object)  # Settings with the answers in them; they are in the log by then

    def __init__(self, services: Services, changing: bool = False, parent: QWidget | None = None) -> None:
        """`changing`: answers that were given are looked at again, from the questions on."""
        super().__init__(parent)
        self._services, self._changing = services, changing
        self._logging = False
        self.setWindowTitle(self.tr("Change answers") if changing else self.tr("Before you begin"))
        self.setMinimumSize(_LEAST)
        self.law, self.telling = LawPage(services.settings()), TellingPage(services)
        self.pages: tuple[Page, ...] = (KnowingPage(services), self.law, self.telling)
        self._stack, self._heading, self.steps = QStackedWidget(), words("", "heading"), Steps(len(self.pages))
        self._problem = words("", "error")
        self.later = QPushButton(self.tr("Cancel") if changing else self.tr("Later"))
        self.back, self.go_on = QPushButton(self.tr("Back")), QPushButton()
        self._lay_out()
        self._connect()
        self.turn_to(_LAW if changing else _KNOWING)

    def _lay_out(self) -> None:
        set_role(self.go_on, "primary")
        self.go_on.setDefault(True)
        for button in (self.later, self.back):
            button.setAutoDefault(False)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self.steps)
        for page in self.pages:
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(page)
            FollowFocus(scroll)
            self._stack.addWidget(scroll)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.go_on)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(SPACE + SPACE // 2)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._problem)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self.later.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self.turn_to(self.page - 1))
        self.go_on.clicked.connect(self._go_on)
        self.law.answered.connect(self._on_answered)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self).activated.connect(self.back.click)

    @property
    def page(self) -> int:
        """Which page is shown, from 0 on."""
        return self._stack.currentIndex()

    @property
    def problem(self) -> str:
        """Why the answers could not be kept; empty where nothing is wrong."""
        return self._problem.text()

    def turn_to(self, page: int) -> None:
        """Shows a page, with the keyboard on what is to be done there."""
        answers = self.law.answers()
        self.telling.tell(verdict(answers, Opening.LIVE_CLASS).allowed)
        self._stack.setCurrentIndex(page)
        self._heading.setText(self.pages[page].title)
        self.steps.show_step(page)
        self._complain("")
        self._show_state()
        if self.isVisible():
            self._focus()

    def sizeHint(self) -> QSize:
        """All of a page without scrolling, in most languages."""
        return QSize(px(_SIZE.width()), px(_SIZE.height()))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the room that the screen has, and its icons."""
        fit(self)  # first, as Qt finds a place on the screen for the size that it has by then
        super().showEvent(event)
        apply_icons(self)
        self._focus()

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down scroll, whatever has the keyboard."""
        ways = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        scroll = self._stack.currentWidget()
        way = ways.get(Qt.Key(event.key()))
        if way is not None and isinstance(scroll, QScrollArea):
            bar = scroll.verticalScrollBar()
            bar.setValue(bar.value() + way * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Leaves all as it was; not while what was accepted is being written."""
        if not self._logging:
            super().reject()

    def _focus(self) -> None:
        (self.pages[self.page].first_focus() or self.go_on).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self) -> None:
        """Which buttons there are, and which of them can be pressed."""
        last = self.page == _TELLING
        accept = self.tr("Save answers") if self._changing else self.tr("Accept and start")
        self.go_on.setText(accept if last else self.tr("Next"))
        settled = self.law.answers().use_is_settled
        self.go_on.setEnabled(not self._logging and (self.page == _KNOWING or settled))
        self.back.setEnabled(self.page != _KNOWING)

    def _on_answered(self) -> None:
        self._show_state()
        scroll = self._stack.widget(_LAW)
        if isinstance(scroll, QScrollArea) and self.go_on.isEnabled():
            scroll.ensureWidgetVisible(self.law.outcome)  # what follows is seen at once, in a small window too

    def _go_on(self) -> None:
        if self.page != _TELLING:
            self.turn_to(self.page + 1)
            return
        answers = self.law.answers()
        self._logging = True
        self._show_state()
        run_job(
            lambda: self._services.log_answers(answers), lambda _: self._on_logged(answers), self._on_not_logged, self
        )

    def _on_logged(self, answers: Settings) -> None:
        self._logging = False
        self.accept()  # before anything that goes on with the answers opens a dialog of its own
        self.answered.emit(answers)

    def _on_not_logged(self, sentence: str) -> None:
        self._logging = False
        self._complain(sentence)
        self._show_state()

    def _complain(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
