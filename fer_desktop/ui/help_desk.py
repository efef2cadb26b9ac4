"""Opens help from everywhere: by its key, by the menu, and from a message that says what went wrong."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QWidget

from fer_desktop.core.card_errors import CardErrors, errors_of
from fer_desktop.core.help.library import Finder
from fer_desktop.core.help.pages import Page, Topic
from fer_desktop.pipeline.session_engine.channel.status import SessionStatus
from fer_desktop.ui.bridge.jobs import run_job
from fer_desktop.ui.bridge.services import ModelCard, Services
from fer_desktop.ui.first_run.dialog import FirstRun
from fer_desktop.ui.first_run.knowing_page import words_of_error
from fer_desktop.ui.glance.sentence_label import SentenceLabel
from fer_desktop.ui.help.finding import window_finder
from fer_desktop.ui.help.help_pages import about_page
from fer_desktop.ui.help.help_window import HelpWindow
from fer_desktop.ui.help.keys import keys_of
from fer_desktop.ui.help.model_card_dialog import ModelCardDialog
from fer_desktop.ui.look.words import told
from fer_desktop.ui.mini.strip import MiniStrip
from fer_desktop.ui.saved.dialog import SavedDialog
from fer_desktop.ui.settings.dialog import SettingsDialog
from fer_desktop.ui.sources.own_recording import OwnRecording
from fer_desktop.ui.sources.stream_dialog import StreamDialog
from fer_desktop.ui.widgets.message_bar import MessageBar

KEY: Final = "F1"
_EQUIPPED: Final = "answers_help_key"
_TOPICS: Final[tuple[tuple[type[QWidget], str], ...]] = (
    (SettingsDialog, Topic.SETTINGS),
    (SavedDialog, Topic.LESSONS),
    (FirstRun, Topic.LAW),
    (OwnRecording, Topic.LAW),
    (StreamDialog, "stream-address"),
    (MiniStrip, Topic.STRIP),
    (ModelCardDialog, Topic.WORDS),
)


class HelpDesk(QObject):
    """One window of help for the whole program, made when it is first asked for."""

    def __init__(
        self,
        window: QMainWindow,
        services: Services,
        store: QSettings,
        status: Callable[[], SessionStatus],
        left: SignalInstance,
        keep_clear: Callable[[QWidget], object],
    ) -> None:
        """`status`: of the session, whose trouble the key explains; `left`: the window was closed for good.

        `keep_clear` has the window of help open beside what is read.
        """
        super().__init__(window)
        self._keep_clear = keep_clear
        self._main, self._services, self._store, self._status = window, services, store, status
        self._finder: Finder | None = None
        self._window: HelpWindow | None = None
        self._equip(window)
        left.connect(self.close)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @property
    def window(self) -> HelpWindow:
        """The window of help."""
        if self._window is None:
            # Without a parent: what a dialog blocks, it does not block with it.
            self._window = HelpWindow(self._store, lambda: keys_of(self._main.menuBar()))
            self._keep_clear(self._window)
            run_job(self._services.model_card, self._show_rates, self._show_no_rates, self)
        return self._window

    def open(self, key: str | None = None) -> None:
        """Opens that page, or else the one that fits what is shown now."""
        if key is None:
            self._open_here()
        else:
            self.window.open(key)

    def show_model(self) -> None:
        """Opens what is known of the network in use."""
        self._show(ModelCardDialog(self._services, self._main))

    def show_about(self) -> None:
        """Opens what is to be said of the program."""
        self._show(about_page(self._main))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_here(self) -> None:
        """The page about what goes wrong just now, or about the window that is used, or the first steps."""
        active = QApplication.activeWindow() or self._main
        if active is self._window:
            self.open(Topic.FIRST_STEPS)
            return
        pages = (self.page_of(sentence) for sentence in self._said(active))
        page = next((page for page in pages if page is not None), None)
        topic = next((topic for kind, topic in _TOPICS if isinstance(active, kind)), Topic.FIRST_STEPS)
        self.open(page.key if page is not None else topic)

    def page_of(self, sentence: str) -> Page | None:
        """The page about a sentence that the window says; None where there is none."""
        if not sentence:
            return None
        if self._finder is None:
            self._finder = window_finder()
        return self._finder.page_of(sentence)

    def close(self) -> None:
        """Closes the window of help, for the end of the program."""
        window, self._window = self._window, None
        if window is not None:
            window.close()
            # It has no parent that takes it along, and Python's collector may run in another thread.
            window.deleteLater()

    def _said(self, window: QWidget) -> Iterator[str]:
        """What is said there of anything that went wrong, the latest first."""
        for bar in reversed(window.findChildren(MessageBar)):
            if bar.isVisible():
                yield bar.text
        for label in window.findChildren(QLabel):
            if label.isVisible() and label.property("role") == "error":
                yield label.text()
        if window is self._main:
            yield told(self._status().reason)
        for sentence in window.findChildren(SentenceLabel):
            if sentence.isVisible():
                yield sentence.text()
        if (focused := window.focusWidget()) is not None:
            yield from (focused.accessibleDescription(), focused.toolTip(), focused.accessibleName())

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """A window that is used for the first time gets the key, and its messages what helps."""
        if new is None:
            return
        top = new.window()
        over_all = top.isFullScreen() and top is not self._main  # the screen that a part is drawn on
        if not over_all and top.windowType() not in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            self._equip(top)

    def _equip(self, top: QWidget) -> None:
        if top.property(_EQUIPPED):
            return
        top.setProperty(_EQUIPPED, True)
        for bar in top.findChildren(MessageBar):
            bar.explain_with(self._explaining)
        if top is not self._main:  # its menu has the key
            QShortcut(QKeySequence(KEY), top, self.open)

    def _explaining(self, sentence: str) -> Callable[[], object] | None:
        page = self.page_of(sentence)
        return None if page is None else lambda: self.open(page.key)

    def _show_rates(self, card: ModelCard) -> None:
        self.window.show_rates(words_of_error(errors_of(card.content, card.head)))

    def _show_no_rates(self, _sentence: str) -> None:
        self.window.show_rates(words_of_error(CardErrors()))
