"""The list of what is stored: copies can be saved, and it can be erased."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.saved import Gone, SavedSession, SavedSessions, SavedState
from fer_desktop.ui.look.icons import apply_icons
from fer_desktop.ui.look.theme import SPACE, px, set_role
from fer_desktop.ui.saved.erasing import UNDO_MS, Erasing, Erasure
from fer_desktop.ui.saved.list import SavedList
from fer_desktop.ui.saved.words import erased, left_alone, no_figures
from fer_desktop.ui.toolkit.plain import PlainLabel
from fer_desktop.ui.toolkit.screen_geometry import fit
from fer_desktop.ui.toolkit.timers import single_shot_timer
from fer_desktop.ui.widgets.message_bar import MessageBar

_LEAST_PX: Final = 584  # with a frame it fits a screen of 640 px
_AGAIN_MS: Final = 1000
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Offers:
    """What the list leads to; each is given the dialog that it opens over."""

    save: Callable[[Sequence[SavedSession], QWidget], object]
    back_up: Callable[[QWidget], object]
    restore: Callable[[QWidget], object]
    import_csv: Callable[[QWidget], object]
    compare: Callable[[Sequence[SavedSession], QWidget], object]  # one, or two of which the first is the newer


class SavedDialog(QDialog):
    """What was erased can be undone here, and after closing it in the window behind."""

    looked = Signal()  # the list is shown, or why it is not
    opened = Signal(int)  # the lesson of that id is to be shown; the dialog is closed

    def __init__(
        self,
        saved: SavedSessions,
        erasing: Erasing,
        offers: Offers,
        parent: QWidget | None = None,
        chosen: str = "",
        may_open: Callable[[], bool] = lambda: True,
    ) -> None:
        """`chosen`: the key of the session that is chosen at first; without it that is the newest.

        `may_open`: whether one may be shown now.
        """
        super().__init__(parent)
        self._saved, self._erasing, self._offers = saved, erasing, offers
        self._sessions: Sequence[SavedSession] = ()
        self._chosen, self._may_open = chosen, may_open
        self._told: Erasure | None = None  # what the bar says can be undone
        self.setWindowTitle(self.tr("Saved lessons"))
        self.bar, self.list, self.nothing = MessageBar(), SavedList(), PlainLabel(self.tr("No lesson is saved."))
        self.open_button = QPushButton(self.tr("&Open"))
        self.save, self.erase = QPushButton(self.tr("&Save a copy…")), QPushButton()
        self.compare, self.more = QPushButton(self.tr("&Compare…")), self._more()
        self.erase_all, self.close_button = QPushButton(self.tr("Erase everything…")), QPushButton(self.tr("Close"))
        self._promise = self.tr("Figures of the class, second by second, and what your markers say. No picture.")
        self.promise = PlainLabel(self._promise)  # or what is left of the chosen lesson
        self._pages = QStackedWidget()
        self._again = single_shot_timer(self, _AGAIN_MS)  # how long a lesson is that is being recorded
        self._again.timeout.connect(self.look)
        self._lay_out()
        self.list.itemSelectionChanged.connect(self._grey)
        self.open_button.clicked.connect(self._open)
        self.save.clicked.connect(self._save)
        self.compare.clicked.connect(self._open_comparison)
        self.erase.clicked.connect(self._erase)
        self.erase_all.clicked.connect(self._ask_all)
        self.close_button.clicked.connect(self.accept)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.erase.click)
        erasing.changed.connect(self._show)
        erasing.gone.connect(self._on_gone)
        erasing.failed.connect(self._on_failed)
        self._grey()
        self.look()

    def _more(self) -> QPushButton:
        button, menu = QPushButton(self.tr("&More")), QMenu(self)
        for text, open_it in (
            (self.tr("&Back up all…"), self._offers.back_up),
            (self.tr("&Restore…"), self._offers.restore),
            (self.tr("&Import a CSV…"), self._offers.import_csv),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda _=False, open_it=open_it: open_it(self))
            menu.addAction(action)
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        title, promise = PlainLabel(self.tr("Saved lessons")), self.promise
        set_role(title, "heading")
        set_role(promise, "muted")
        set_role(self.nothing, "muted")
        promise.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(_LEAST_PX)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.nothing)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.save, self.erase, self.erase_all):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.close_button.setDefault(True)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.open_button)
        self.open_button.setAutoDefault(False)
        head.addWidget(self.compare)
        head.addWidget(self.more)
        self.compare.setAutoDefault(False)
        self.more.setAutoDefault(False)
        column.addLayout(head)
        column.addWidget(promise)
        column.addSpacing(SPACE)
        column.addWidget(self._pages, 1)
        column.addWidget(self.bar)
        column.addSpacing(SPACE)
        column.addLayout(buttons)

    def look(self) -> None:
        """Reads the store again."""
        run_job(self._saved.listed, self._on_listed, self._on_failed, self)

    def sizeHint(self) -> QSize:
        """Room for some ten lessons."""
        return QSize(px(880), px(560))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes its room and its icons."""
        super().showEvent(event)
        fit(self)
        apply_icons(self)
        self.list.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Gives the icons the colours of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            apply_icons(self)

    def _on_listed(self, sessions: Sequence[SavedSession]) -> None:
        self._sessions = sessions
        if not sessions or not self.list.show_lengths(sessions, self._erasing):
            self._show()
        if any(one.state is SavedState.RECORDING for one in sessions):
            self._again.start()
        self.looked.emit()

    def _show(self) -> None:
        self.list.show_sessions(self._sessions, self._erasing)
        if self._sessions and self._chosen:
            self.list.choose(self._chosen)
            self._chosen = ""
        self._pages.setCurrentWidget(self.list if self.list.topLevelItemCount() else self.nothing)
        self._grey()
        waiting = self._erasing.waiting
        if waiting is not None and waiting is not self._told:
            self.bar.tell("done", erased(waiting), [(self.tr("Undo"), self._erasing.undo)], closable=False)
            if not self.list.hasFocus():
                self.bar.focus(self.tr("Undo"))
        elif waiting is None and (undo := self.bar.button(self.tr("Undo"))) is not None:
            had_focus = undo.hasFocus()
            self.bar.clear()
            if had_focus:
                (self.list if self.list.topLevelItemCount() else self.close_button).setFocus()
        self._told = waiting

    def _on_gone(self, gone: Gone) -> None:
        if words := left_alone(gone.left):
            self.bar.tell("note", words)

    def _on_failed(self, sentence: str) -> None:
        self.bar.tell("problem", sentence)
        self.looked.emit()

    def _grey(self) -> None:
        session, marker = self.list.session, self.list.marker
        self.compare.setEnabled(0 < len(self._to_compare()) <= _TWO)
        self.erase.setText(self.tr("&Erase its text") if marker is not None else self.tr("&Erase"))
        running = not self._may_open()
        self.open_button.setEnabled(session is not None and len(self.list.sessions) == 1 and not running)
        self.open_button.setToolTip(self.tr("A lesson is running: stop it first.") if running else "")
        self.save.setEnabled(any(one.has_figures for one in self.list.sessions))
        self.save.setToolTip(no_figures(session) if session is not None else "")
        self.promise.setText((session is not None and no_figures(session)) or self._promise)
        runs = marker is None and any(one.state is SavedState.RECORDING for one in self.list.sessions)
        self.erase.setEnabled(session is not None and not runs)
        self.erase.setToolTip(self.tr("This lesson is being recorded: stop it first.") if runs else "")
        shown = [one for one in self._sessions if not self._erasing.hides(one)]
        any_runs = any(one.state is SavedState.RECORDING for one in shown)
        self.erase_all.setEnabled(bool(shown) and not any_runs)
        self.erase_all.setToolTip(self.tr("A lesson is being recorded: stop it first.") if any_runs else "")

    def _open(self) -> None:
        session = self.list.session
        if session is not None and self._may_open():
            self.accept()
            self.opened.emit(session.id)

    def _to_compare(self) -> list[SavedSession]:
        """The chosen lessons; none where one of them cannot be compared."""
        chosen = self.list.sessions
        fit_for = all(one.has_figures and one.state is not SavedState.RECORDING for one in chosen)
        return list(chosen) if fit_for else []

    def _open_comparison(self) -> None:
        chosen = sorted(self._to_compare(), key=lambda one: one.started, reverse=True)
        if 0 < len(chosen) <= _TWO:
            self._offers.compare(chosen, self)

    def _save(self) -> None:
        self._offers.save([one for one in self.list.sessions if one.has_figures], self)

    def _erase(self) -> None:
        marker = self.list.marker
        if self.list.sessions:
            self._erasing.ask(Erasure(tuple(self.list.sessions), marker.number if marker is not None else None))

    def _ask_all(self) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Erase everything"), self.tr("Erase all lessons?"))
        box.setParent(self, box.windowFlags())
        box.setInformativeText(
            self.tr(
                "With their CSV files, as far as these are where they were written, and all backups. "
                "You can undo it for {seconds} seconds."
            ).format(seconds=UNDO_MS // 1000)
        )
        wanted = box.addButton(self.tr("Erase everything"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        if isinstance(wanted, QPushButton):
            wanted.setAutoDefault(False)  # a new theme gives the keyboard to the first button that Enter may press
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wanted.clicked.connect(lambda: self._erasing.ask(Erasure(tuple(self._sessions), everything=True)))
        box.open()
